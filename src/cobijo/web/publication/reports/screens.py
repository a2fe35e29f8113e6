"""The registers of alternative reports and of their parts. Only editions are open to everybody with a role."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from cobijo.web.coordination.requests.queries import public_requests
from cobijo.web.core.screens.register import Column, Group, Register, register_screens
from cobijo.web.publication.reports import pictured, queries, services
from cobijo.web.publication.reports.models import (
    Annex,
    Contributor,
    DataTable,
    Edition,
    Paragraph,
    Report,
    Section,
    StateClaim,
    Step,
)

SECTION = _("Alternative report")
#: Nothing here goes out as a table or comes in as one: a report leaves the house frozen, as a whole.
declare = partial(Register, section=SECTION, exports=False, imports=False)


def invented(one: Report | Edition) -> str:
    """A word in the list: of what was made for the demonstration, and of what shows an invented picture."""
    return str(_("invented")) if one.is_invented else ""


INVENTED = Column("is_invented", _("invented"), invented)
REPORT = {"report": queries.changing_reports}
PICTURE = {"picture_table": pictured.choices}

REPORTS = register_screens(
    declare(
        kind="alternative_report", path="publication/reports", title=_("Alternative reports"),
        lead=_("What organisations tell the Committee on the Rights of the Child beside the State’s report."),
        empty=_("No report is begun yet. Add one: it comes with every section, every table and a calendar."),
        model=Report, queries=queries.reports,
        columns=("title", "country", "kind", "due_on", "state", INVENTED),
        groups=(
            Group(_("Which report it is"), ("title", "country", "kind", "language")),
            Group(_("The Protocol and the State"), ("in_force_on", "due_on", "state_report")),
            Group(_("Length"), ("word_limit",)),
        ),
        more=(Group(_("Where it stands"), ("state", "frozen_on", "submitted_on")),),
        add=services.add, change=services.change, filters=("state",), search=("title",), sort="title",
    )
)  # fmt: skip

EDITIONS = register_screens(
    declare(
        kind="report_edition", path="publication/report-editions", title=_("Frozen editions"),
        part_of="alternative_report",
        lead=_("Alternative reports as they were frozen. An edition never changes; a correction is a next edition."),
        empty=_("Nothing is frozen yet. A report is frozen on its checklist, once nothing is missing."),
        model=Edition, queries=queries.editions,
        columns=("title", Column("number", _("edition")), "country", "language", "frozen_on", "words", INVENTED),
        groups=(Group(_("Edition"), ("title", "number", "country", "language", "frozen_on", "words", "sha256")),),
        filters=("language",), search=("title", "country"), sort="-frozen_on",
    )
)  # fmt: skip

SECTIONS = register_screens(
    declare(
        kind="report_section", path="publication/report-sections", title=_("Sections"),
        part_of="alternative_report",
        lead=_("The sections of all reports, in the order of the Committee’s guidelines (CRC/C/156)."),
        empty=_("There is none yet. Sections come with a new report."),
        model=Section, queries=queries.sections,
        columns=("report", "code", Column("title", _("section")), "left_out"),
        groups=(Group(_("Left out"), ("left_out",)),),
        change=services.change_sections, filters=("report",), sort="order",
    )
)  # fmt: skip

PARAGRAPHS = register_screens(
    declare(
        kind="report_paragraph", path="publication/report-paragraphs", title=_("Paragraphs"),
        part_of="alternative_report",
        lead=_("What the reports say, paragraph by paragraph, each with what it rests on."),
        empty=_("Nothing is written yet. Open a section of a report and write there."),
        model=Paragraph, queries=queries.paragraphs, columns=("section", "number", "state", "text"),
        groups=(
            Group(_("Paragraph"), ("section", "number", "text")),
            Group(_("What it rests on"), ("figure", "picture_table", "asked", "request", "statistic"),
                  help=_("At least one, so that a reader can look it up.")),
        ),
        more=(Group(_("Where it stands"), ("state",)),),
        add=services.add_paragraphs, change=services.change_paragraphs, remove=services.remove_paragraphs,
        search=("text",), filters=("state",), sort="pk",
        choices={"section": queries.changing_sections, "asked": public_requests, **PICTURE},
    )
)  # fmt: skip

TABLES = register_screens(
    declare(
        kind="report_table", path="publication/report-tables", title=_("Data tables"),
        part_of="alternative_report",
        lead=_("The nine requests of the Committee for data: a protected table, or no data with a reason and a plan."),
        empty=_("There is none yet. The tables come with a new report."),
        model=DataTable, queries=queries.tables,
        columns=("report", "code", Column("title", _("request for data")), "answer"),
        groups=(
            Group(_("Answer"), ("answer",)),
            Group(_("With a protected table"), ("picture_table", "differs")),
            Group(_("Without data"), ("reason", "plan")),
        ),
        change=services.change_tables, filters=("report", "answer"), sort="code", choices=PICTURE,
    )
)  # fmt: skip

CLAIMS = register_screens(
    declare(
        kind="state_claim", path="publication/state-claims", title=_("Contradictions with the State’s report"),
        part_of="alternative_report",
        lead=_("What the State’s report says and what we have, by its paragraphs."),
        empty=_("None is entered yet. Open a report and add one there."),
        model=StateClaim, queries=queries.claims, columns=("report", "paragraph", "said", "have"),
        groups=(
            Group(_("What it says"), ("report", "paragraph", "said")),
            Group(_("What we have"), ("have", "figure", "picture_table", "source")),
        ),
        add=services.add_claims, change=services.change_claims, remove=services.remove_claims,
        filters=("report",), search=("said", "have"), sort="paragraph", choices={**REPORT, **PICTURE},
    )
)  # fmt: skip

ANNEXES = register_screens(
    declare(
        kind="report_annex", path="publication/report-annexes", title=_("Annexes written by children"),
        part_of="alternative_report",
        lead=_("What groups of children want the Committee to know, in their own words. Text only, no names."),
        empty=_("None is entered yet. Ask a group that somebody accompanies, then add its text."),
        model=Annex, queries=queries.annexes, columns=("report", "title", "group", "consent"),
        groups=(
            Group(_("Who wrote it"), ("report", "title", "group", "accompanied_by", "consent")),
            Group(_("Text"), ("text",)),
        ),
        add=services.add_annexes, change=services.change_annexes, remove=services.remove_annexes,
        filters=("report",), sort="title", choices=REPORT, as_said=frozenset({"text"}),
    )
)  # fmt: skip

CONTRIBUTORS = register_screens(
    declare(
        kind="report_contributor", path="publication/report-contributors", title=_("Contributors"),
        part_of="alternative_report",
        lead=_("Who gave something to a report. Only those who keep reports can open this page."),
        empty=_("Nobody is entered yet. Open a report and add them; each is confidential until they say otherwise."),
        model=Contributor, queries=queries.contributors, columns=("report", "name", "confidential"),
        groups=(Group(_("Who it is"), ("report", "name", "confidential", "part")),),
        add=services.add_contributors, change=services.change_contributors, remove=services.remove_contributors,
        filters=("report",), sort="name", choices=REPORT,
    )
)  # fmt: skip

STEPS = register_screens(
    declare(
        kind="report_step", path="publication/report-steps", title=_("Calendar of handing in"),
        part_of="alternative_report",
        lead=_("What must be done until which day, from the State’s report to the Committee’s observations."),
        empty=_("There is none yet. The steps come with a new report."),
        model=Step, queries=queries.steps, columns=("report", "title", "due_on", "done_on"),
        groups=(Group(_("Step"), ("report", "title", "due_on", "done_on")),),
        add=services.add_steps, change=services.change_steps, remove=services.remove_steps,
        filters=("report",), sort="due_on",
    )
)  # fmt: skip
