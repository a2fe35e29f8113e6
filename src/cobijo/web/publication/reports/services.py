"""Writes on reports and on what lies in them. Freezing stands in `freezing.py`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from cobijo.errors import InputProblem
from cobijo.web.coordination.requests.identity import counted
from cobijo.web.core.access.context import Access
from cobijo.web.core.screens.writing import Rule, add_rows, change_rows, remove_rows
from cobijo.web.publication.reports import rules
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
from cobijo.web.publication.reports.outline import requests_for_data, written
from cobijo.web.publication.reports.states import ParagraphState, ReportState

Rows = Sequence[Mapping[str, Any]]


@transaction.atomic
def add(*, by: Access, rows: Rows) -> list[Report]:
    """Rows of the fields of a report. Each new one has every section, every table and a calendar from the start."""
    once: set[str] = set()

    def rule(by: Access, report: Report, row: int) -> None:
        if report.title in once:
            raise InputProblem("reports.title_taken", row=row)
        once.add(report.title)
        rules.check_report(by, report, row)

    made: list[Report] = add_rows(by=by, kind="alternative_report", rows=rows, rule=rule)
    sections = [
        {"report": report, "code": part.code, "order": place}
        for report in made
        for place, part in enumerate(written(), 1)
    ]
    tables = [{"report": report, "code": code} for report in made for code in requests_for_data()]
    add_rows(by=by, kind="report_section", rows=sections)
    add_rows(by=by, kind="report_table", rows=tables)
    add_steps(by=by, rows=[step for report in made for step in _calendar(report)])
    return made


def change(*, by: Access, rows: Rows) -> list[Report]:
    """Rows of pk, version and the fields to change."""
    return change_rows(by=by, kind="alternative_report", rows=rows, rule=rules.check_report)


def review(*, by: Access, rows: Rows) -> list[Report]:
    """Rows of pk and version: the draft is read by others."""
    return step_to(by, rows, ReportState.REVIEW)


def take_up(*, by: Access, rows: Rows) -> list[Report]:
    """Rows of pk and version: back to a draft. What was frozen stays as an edition."""
    return step_to(by, rows, ReportState.DRAFT, frozen_on=None)


def submit(*, by: Access, rows: Rows) -> list[Report]:
    """Rows of pk and version: the latest edition was handed in, today."""
    return step_to(by, rows, ReportState.SUBMITTED, submitted_on=timezone.localdate())


def step_to(by: Access, rows: Rows, to: ReportState, **more: Any) -> list[Report]:
    """Whoever started from an older version is told so by `change_rows`, so what is looked at here still holds."""
    for report in Report.objects.filter(pk__in=[row["pk"] for row in rows]):
        rules.check_step(report, to)
    asked = [{"pk": row["pk"], "version": row["version"], "state": to, **more} for row in rows]
    return change_rows(by=by, kind="alternative_report", rows=asked)


# --- Sections and paragraphs -------------------------------------------------------------------------------------


def change_sections(*, by: Access, rows: Rows) -> list[Section]:
    """Rows of pk, version and left_out."""
    return change_rows(by=by, kind="report_section", rows=rows, rule=rules.check_section)


def add_paragraphs(*, by: Access, rows: Rows) -> list[Paragraph]:
    """Rows of section, text and, optionally, number and what it rests on. A new one is a draft."""
    return add_rows(by=by, kind="report_paragraph", rows=rows, rule=_numbered())


def change_paragraphs(*, by: Access, rows: Rows) -> list[Paragraph]:
    """Rows of pk, version and the fields to change."""
    return change_rows(by=by, kind="report_paragraph", rows=rows, rule=_numbered())


def remove_paragraphs(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version."""
    _check_all(Paragraph, "section__report", rows)
    return remove_rows(by=by, kind="report_paragraph", rows=rows)


def ready(*, by: Access, rows: Rows) -> list[Paragraph]:
    """Rows of pk and version: these paragraphs are finished. Without evidence none of them is."""
    return change_paragraphs(by=by, rows=[{**row, "state": ParagraphState.READY} for row in rows])


def unready(*, by: Access, rows: Rows) -> list[Paragraph]:
    """Rows of pk and version: back to a draft."""
    return change_paragraphs(by=by, rows=[{**row, "state": ParagraphState.DRAFT} for row in rows])


def _numbered() -> Rule:
    """Gives a paragraph without a number the next one; of many new ones, each its own."""
    last: dict[int, int] = {}

    def rule(by: Access, paragraph: Paragraph, row: int) -> None:
        there = paragraph.section_id
        if there not in last:
            highest = Paragraph.objects.filter(section=there).aggregate(most=Max("number"))["most"]
            last[there] = highest or 0
        if paragraph.number is None:
            paragraph.number = last[there] + 1
        last[there] = max(last[there], paragraph.number)
        rules.check_paragraph(by, paragraph, row)

    return rule


# --- Tables ------------------------------------------------------------------------------------------------------


def change_tables(*, by: Access, rows: Rows) -> list[DataTable]:
    """Rows of pk, version, answer and what belongs to it: picture_table and differs, or reason and plan."""
    return change_rows(by=by, kind="report_table", rows=rows, rule=rules.check_table)


# --- What stands beside the text ---------------------------------------------------------------------------------


def add_claims(*, by: Access, rows: Rows) -> list[StateClaim]:
    """Rows of report, paragraph, said, have and what that rests on."""
    return add_rows(by=by, kind="state_claim", rows=rows, rule=rules.check_claim)


def change_claims(*, by: Access, rows: Rows) -> list[StateClaim]:
    return change_rows(by=by, kind="state_claim", rows=rows, rule=rules.check_claim)


def remove_claims(*, by: Access, rows: Rows) -> int:
    _check_all(StateClaim, "report", rows)
    return remove_rows(by=by, kind="state_claim", rows=rows)


@counted
def add_annexes(*, by: Access, rows: Rows) -> list[Annex]:
    """Rows of report, title, group, text, accompanied_by and, once it is on file, consent."""
    return add_rows(by=by, kind="report_annex", rows=rows, rule=rules.check_annex)


@counted
def change_annexes(*, by: Access, rows: Rows) -> list[Annex]:
    return change_rows(by=by, kind="report_annex", rows=rows, rule=rules.check_annex)


def remove_annexes(*, by: Access, rows: Rows) -> int:
    _check_all(Annex, "report", rows)
    return remove_rows(by=by, kind="report_annex", rows=rows)


def add_contributors(*, by: Access, rows: Rows) -> list[Contributor]:
    """Rows of report, name and, where it may be named, confidential=False."""
    return add_rows(by=by, kind="report_contributor", rows=rows, rule=rules.check_contributor)


def change_contributors(*, by: Access, rows: Rows) -> list[Contributor]:
    return change_rows(by=by, kind="report_contributor", rows=rows, rule=rules.check_contributor)


def remove_contributors(*, by: Access, rows: Rows) -> int:
    _check_all(Contributor, "report", rows)
    return remove_rows(by=by, kind="report_contributor", rows=rows)


def add_steps(*, by: Access, rows: Rows) -> list[Step]:
    """Rows of report, title and, as far as they are known, due_on and done_on."""
    return add_rows(by=by, kind="report_step", rows=rows, rule=rules.check_plan_step)


def change_steps(*, by: Access, rows: Rows) -> list[Step]:
    return change_rows(by=by, kind="report_step", rows=rows, rule=rules.check_plan_step)


def remove_steps(*, by: Access, rows: Rows) -> int:
    return remove_rows(by=by, kind="report_step", rows=rows)


def _check_all(model: Any, lookup: str, rows: Rows) -> None:
    """Nothing is taken out of a report that is frozen or handed in."""
    ids = [row["pk"] for row in rows]
    for number, one in enumerate(model.objects.filter(pk__in=ids).select_related(lookup), 1):
        report = one.section.report if isinstance(one, Paragraph) else one.report
        rules.check_changing(report, number)


def _calendar(report: Report) -> list[dict[str, Any]]:
    """The steps that every report has, in its language. Only the first day is known; the others are set by the call."""
    with translation.override(report.language):
        titles = [
            _("The State’s report is due"),
            _("Read the Committee’s call: word limit, last day, way of sending"),
            _("Text to all contributors"),
            _("Children’s annex and their consent"),
            _("Freeze the edition"),
            _("Send it to the Committee"),
            _("Meeting of the Committee with organisations"),
            _("Session with the State"),
            _("Read the Committee’s observations and take them over as recommendations"),
        ]
    return [
        {"report": report, "title": title, "due_on": report.due_on if place == 0 else None}
        for place, title in enumerate(titles)
    ]
