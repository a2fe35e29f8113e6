"""The registers of duties, of what was found of them, and of self-assessments."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cobijo.web.coordination.duties import queries, services
from cobijo.web.coordination.duties.models import Answer, Assessment, Compliance, Duty
from cobijo.web.core.screens.register import Group, Register, register_screens
from cobijo.web.directory.services.queries import areas

SECTION = _("Duties of authorities")
AREAS = {"area": areas}

DUTIES = register_screens(
    Register(
        kind="duty", path="coordination/duties", section=SECTION, title=_("Duties"),
        lead=_("Who must do what by which article, until when, how it is watched, and what follows if not."),
        empty=_("No duty is entered yet. Add one, or load the country pack’s by: cobijo manage load_duties."),
        model=Duty, queries=queries.duties, columns=("title", "holder", "law", "article", "until"),
        groups=(
            Group(_("What must be done"), ("title", "code", "holder", "level")),
            Group(_("By which rule"), ("law", "article", "until")),
            Group(_("Who watches, and what follows"), ("monitored", "sanction")),
            Group(_("How we know"), ("source",)),
        ),
        add=services.add, change=services.change, search=("title", "law", "holder"), filters=("level",),
        sort="title",
    )
)  # fmt: skip

FINDINGS = register_screens(
    Register(
        kind="compliance", path="coordination/compliance", section=SECTION, title=_("What was found"),
        part_of="duty",
        lead=_("Whether a duty is complied with, state by state, with evidence and a day. The latest finding holds."),
        empty=_("Nothing was found out yet, so every duty counts as “not known”. Add a finding with its evidence."),
        model=Compliance, queries=queries.findings, columns=("duty", "area", "met", "on"),
        groups=(
            Group(_("Which duty, where"), ("duty", "area", "on")),
            Group(_("What was found"), ("met", "evidence", "note")),
        ),
        add=services.find, change=services.change_findings, remove=services.remove_findings,
        filters=("duty", "area", "met"), sort="-on", choices=AREAS,
    )
)  # fmt: skip

ASSESSMENTS = register_screens(
    Register(
        kind="self_assessment", path="coordination/assessments", section=SECTION, title=_("Self-assessments"),
        lead=_("How far each of the 21 capabilities of a national response has come, with evidence; no score is made."),
        empty=_("The country has not assessed itself yet. Add a self-assessment, then fill in its 21 capabilities."),
        model=Assessment, queries=queries.assessments, columns=("name", "on", "organisation", "finished_on"),
        groups=(Group(_("Self-assessment"), ("name", "on", "organisation", "method")),),
        more=(Group(_("Where it stands"), ("finished_on",)),),
        add=services.add_assessments, change=services.change_assessments, sort="-on", imports=False,
    )
)  # fmt: skip

ANSWERS = register_screens(
    Register(
        kind="assessed_capability", path="coordination/capabilities", section=SECTION,
        part_of="self_assessment",
        title=_("Assessed capabilities"),
        lead=_("One capability in one self-assessment: how far it has come, and by what evidence."),
        empty=_("No capability was assessed yet. Add a self-assessment first."),
        model=Answer, queries=queries.answers, columns=("assessment", "capability", "phase"),
        groups=(
            Group(_("Which capability"), ("assessment", "capability")),
            Group(_("How far it has come"), ("phase", "evidence", "next_step")),
        ),
        add=services.answer, change=services.change_answers, filters=("assessment", "capability", "phase"),
        sort="pk", choices={"capability": queries.named_capabilities}, imports=False,
    )
)  # fmt: skip
