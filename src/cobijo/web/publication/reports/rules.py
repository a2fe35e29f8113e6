"""What must be so of a report and of everything in it; each check raises one sentence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cobijo.engine.pack import fold
from cobijo.errors import InputProblem
from cobijo.web.coordination.requests.identity import NamesAChild, check_no_child
from cobijo.web.coordination.requests.models import PublicRequest
from cobijo.web.coordination.requests.naming import sign
from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.publication.reports import pictured
from cobijo.web.publication.reports.models import (
    Annex,
    Contributor,
    DataTable,
    Paragraph,
    Report,
    Section,
    StateClaim,
    Step,
)
from cobijo.web.publication.reports.outline import requested
from cobijo.web.publication.reports.queries import writers
from cobijo.web.publication.reports.states import OF_A_REPORT, Answer, ReportKind, ReportState

INITIAL_WITHIN_YEARS = 2  # OPSC, article 12(1)
#: The shape of the country's personal number. Wherever it stands in a text, it is about one person.
OFFICIAL_ID = re.compile(r"\b[A-Z]{4}[\s.-]?\d{6}[\s.-]?[HMX][A-Z]{5}[A-Z0-9]\d\b", re.IGNORECASE)
SEEMS = {
    "official_id": "reports.official_id", "birth_date": "reports.birth_date", "name": "reports.seems_a_name",
}  # fmt: skip
REACHABLE = re.compile(r"[\w.+-]+@[\w-]+\.\w|\b(?:\d[\s.-]?){10,}\b")  # an address or a telephone number
TEXTS_OF_AN_ANNEX = ("title", "group", "text", "accompanied_by")


def years_after(day: date, years: int) -> date:
    """The same day of a later year; the last of February stays the last of February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def check_report(by: Access, report: Report, row: int) -> None:
    """Fills in the day on which an initial report is due."""
    if Report.objects.exclude(pk=report.pk).filter(title=report.title).exists():
        raise InputProblem("reports.title_taken", row=row)
    check_changing(report, row)
    check_text(report, (report.title, report.country, report.state_report), row, _("head of the report"))
    if report.kind == ReportKind.INITIAL:
        report.due_on = years_after(report.in_force_on, INITIAL_WITHIN_YEARS)
    elif report.due_on is None:
        raise InputProblem("reports.periodic_due", row=row)
    elif report.due_on <= report.in_force_on:
        raise InputProblem("reports.due_before_force", row=row)


def check_changing(report: Report, row: int) -> None:
    """Frozen is frozen: to change it, it is taken up again for a next edition."""
    if not report.changing:
        raise InputProblem("reports.fixed", row=row, report=report.title)


def check_step(report: Report, to: str) -> None:
    if to not in OF_A_REPORT[report.state]:
        states = {"state": report.get_state_display(), "to": ReportState(to).label}
        raise InputProblem("reports.no_such_step", **{name: str(said) for name, said in states.items()})


def check_only_read(by: Access, report: Report) -> None:
    """Four eyes: whoever wrote in it since its last edition does not approve it."""
    if by.account_id in writers(report):
        raise InputProblem("reports.own_words")


def check_stays(record: Any, row: int) -> None:
    """What belongs to one report never moves to another."""
    if record._state.adding:
        return
    name = "section" if isinstance(record, Paragraph) else "report"
    before = type(record)._default_manager.filter(pk=record.pk).values_list(name, flat=True).first()
    if before != getattr(record, f"{name}_id"):
        raise InputProblem("reports.stays", row=row)


def check_section(by: Access, section: Section, row: int) -> None:
    check_changing(section.report, row)
    check_text(section.report, (section.left_out,), row, str(section))


def check_paragraph(by: Access, paragraph: Paragraph, row: int) -> None:
    """Its number is free, its text names nobody, and what is ready rests on something."""
    report = paragraph.section.report
    check_changing(report, row)
    check_stays(paragraph, row)
    same = Paragraph.objects.filter(section=paragraph.section_id, number=paragraph.number)
    if same.exclude(pk=paragraph.pk).exists():
        raise InputProblem("reports.number_taken", row=row, number=paragraph.number or 0)
    check_text(report, (paragraph.text, paragraph.request, paragraph.statistic), row, paragraph.place)
    check_table_known(paragraph.picture_table, row)
    if paragraph.asked is not None and not can_be_looked_up(paragraph.asked):
        raise InputProblem("reports.request_not_public", row=row)
    if paragraph.is_ready:
        check_grounded(paragraph)


def can_be_looked_up(request: PublicRequest) -> bool:
    """Whether everybody who signs in may read it: a confidential request is evidence for nobody."""
    return request.is_open


def check_grounded(paragraph: Paragraph) -> None:
    """The one sentence that names a paragraph without evidence."""
    if not paragraph.grounded:
        raise InputProblem("reports.no_evidence", paragraph=paragraph.place)


def check_table(by: Access, table: DataTable, row: int) -> None:
    """A protected table with what it counts instead, or no data with a reason and a plan; never half of both."""
    check_changing(table.report, row)
    texts = (table.differs, table.reason, table.plan)
    check_text(table.report, texts, row, table.code)
    if table.answer == Answer.PICTURE:
        if requested(table.code).plan_only:
            raise InputProblem("reports.plan_only", row=row, table=table.code)
        if not table.picture_table:
            raise InputProblem("reports.which_table", row=row, table=table.code)
        check_table_known(table.picture_table, row)
        if not table.differs.strip():
            raise InputProblem("reports.differs_missing", row=row, table=table.code)
        table.reason = table.plan = ""
        return
    table.picture_table = table.differs = ""
    if table.answer == Answer.NONE and not (table.reason.strip() and table.plan.strip()):
        raise InputProblem("reports.reason_and_plan", row=row, table=table.code)


def check_table_known(table_id: str, row: int) -> None:
    """Only what the published picture shows can be named: no count is typed in."""
    if table_id and table_id not in pictured.available():
        raise InputProblem("reports.table_unknown", row=row, table=table_id)


def check_claim(by: Access, claim: StateClaim, row: int) -> None:
    check_changing(claim.report, row)
    check_stays(claim, row)
    if not (claim.figure_id or claim.picture_table or claim.source.strip()):
        raise InputProblem("reports.claim_rests_on_nothing", row=row, paragraph=claim.paragraph)
    check_table_known(claim.picture_table, row)
    check_text(claim.report, (claim.said, claim.have, claim.source), row, str(claim))


def check_annex(by: Access, annex: Annex, row: int) -> None:
    """Its texts tell nobody apart: those that change, and all of them where consent lets others read them from now on.

    The index of children is asked for these only. What was written before a child became known must not stop anybody
    from taking consent back.
    """
    check_changing(annex.report, row)
    check_stays(annex, row)
    stored = Annex.objects.filter(pk=annex.pk).values(*TEXTS_OF_AN_ANNEX, "consent").first()
    opened = annex.consent and (stored is None or not stored["consent"])
    texts = [
        getattr(annex, name)
        for name in TEXTS_OF_AN_ANNEX
        if stored is None or opened or getattr(annex, name) != stored[name]
    ]
    check_number_and_confidence(annex.report, texts, row, _("annex"))
    if any(REACHABLE.search(one) for one in texts):
        raise InputProblem("reports.child_reachable", row=row)
    try:
        check_no_child(by, texts, row)
    except NamesAChild as problem:
        raise NamesAChild("reports.child_named", by=by, row=row) from problem


def check_contributor(by: Access, contributor: Contributor, row: int) -> None:
    """Not twice. Whether a text names it in confidence is looked at again before the report is frozen."""
    check_changing(contributor.report, row)
    check_stays(contributor, row)
    same = Contributor.objects.filter(report=contributor.report_id, name__iexact=contributor.name)
    if same.exclude(pk=contributor.pk).exists():
        raise InputProblem("reports.contributor_twice", row=row)


def check_plan_step(by: Access, step: Step, row: int) -> None:
    """The calendar goes on after the report was handed in, so its state does not matter here."""
    check_stays(step, row)
    check_text(step.report, (step.title,), row, _("calendar"))


def check_text(report: Report, texts: Iterable[str], row: int, place: str) -> None:
    """Nobody who gave something in confidence, and nothing that seems to say who a child is.

    That is guessed from the text alone: a report is written by people who may not ask the index of children. Only the
    words of children themselves (`check_annex`) are looked up there.
    """
    said = [one for one in texts if one]
    check_number_and_confidence(report, said, row, place)
    pack = country.pack()
    seems = sign("\n".join(said), pack, timezone.localdate())
    if seems:
        raise InputProblem(SEEMS[seems], row=row, place=str(place))


def check_number_and_confidence(report: Report, texts: Iterable[str], row: int, place: str) -> None:
    said = [one for one in texts if one]
    if any(OFFICIAL_ID.search(one) for one in said):
        raise InputProblem("reports.official_id", row=row, place=str(place))
    if said and names_in_confidence(report, said):
        raise InputProblem("reports.names_in_confidence", row=row, place=str(place))


def names_in_confidence(report: Report, texts: Iterable[str]) -> bool:
    """Whether one of the texts names a confidential contributor, however it is written."""
    names = Contributor.objects.filter(report=report.pk, confidential=True).values_list("name", flat=True)
    sought = [one for one in map(_bare, names) if one.strip()]
    return bool(sought) and any(name in said for said in map(_bare, texts) for name in sought)


def _bare(text: str) -> str:
    """Words without accents, case, punctuation and signs that nobody sees, with one space around each.

    >>> _bare("Colectiva\u00a0 CONFIDENCÍAL,")
    ' colectiva confidencial '
    """
    seen = "".join(one for one in text if unicodedata.category(one) != "Cf")
    return " ".join(["", *re.findall(r"\w+", fold(seen)), ""])
