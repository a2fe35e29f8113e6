"""Writes on duties, on what was found of them, and on self-assessments; and the duties of the country pack."""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.coordination.duties.models import Answer, Assessment, Compliance, Duty
from cobijo.web.coordination.duties.rules import (
    check_answer,
    check_assessment,
    check_compliance,
    check_duty,
    check_whole,
)
from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens.writing import add_rows, change_rows, remove_rows
from cobijo.web.directory.organisations.rules import check_each_once

Rows = Sequence[Mapping[str, Any]]
TABLE = "duties.csv"


def add(*, by: Access, rows: Rows) -> list[Duty]:
    """Rows of the fields of a duty."""
    check_each_once((row["code"] for row in rows), "duties.code_taken")
    return add_rows(by=by, kind="duty", rows=rows, rule=check_duty)


def change(*, by: Access, rows: Rows) -> list[Duty]:
    """Rows of pk, version and the fields to change."""
    return change_rows(by=by, kind="duty", rows=rows, rule=check_duty)


def find(*, by: Access, rows: Rows) -> list[Compliance]:
    """Rows of duty, area, on, met and evidence. What was found before stays; the latest holds."""
    check_each_once(
        ((row["duty"].pk, row.get("area", ""), row["on"]) for row in rows), "duties.found_already"
    )
    return add_rows(by=by, kind="compliance", rows=rows, rule=check_compliance)


def change_findings(*, by: Access, rows: Rows) -> list[Compliance]:
    """Rows of pk, version and the fields to change: for mistakes. What changed since is a finding of its own."""
    return change_rows(by=by, kind="compliance", rows=rows, rule=check_compliance)


def remove_findings(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version: for what was entered by mistake."""
    return remove_rows(by=by, kind="compliance", rows=rows)


def add_assessments(*, by: Access, rows: Rows) -> list[Assessment]:
    """Rows of name, on and organisation; optionally how it was done."""
    check_each_once((row["name"] for row in rows), "duties.assessment_taken")
    return add_rows(by=by, kind="self_assessment", rows=rows, rule=check_assessment)


def change_assessments(*, by: Access, rows: Rows) -> list[Assessment]:
    """Rows of pk, version and the fields to change, of one that is not finished."""
    return change_rows(by=by, kind="self_assessment", rows=rows, rule=check_assessment)


def answer(*, by: Access, rows: Rows) -> list[Answer]:
    """Rows of assessment, capability, phase, evidence and next_step."""
    check_each_once(((row["assessment"].pk, row["capability"]) for row in rows), "duties.answered_already")
    return add_rows(by=by, kind="assessed_capability", rows=rows, rule=check_answer)


def change_answers(*, by: Access, rows: Rows) -> list[Answer]:
    """Rows of pk, version and the fields to change, of one that is not finished."""
    return change_rows(by=by, kind="assessed_capability", rows=rows, rule=check_answer)


@transaction.atomic
def fill_in(*, by: Access, assessment: Assessment, version: int, rows: Rows) -> list[Answer]:
    """All answers of one page at once: rows of capability, phase, evidence, next_step. `version`: the assessment's,

    which counts on, so that of two who fill it in at once the second is told.
    """
    now = Assessment.objects.select_for_update().get(pk=assessment.pk)
    if now.version != version:
        raise InputProblem("duties.assessed_meanwhile")
    Assessment.objects.filter(pk=assessment.pk).update(version=F("version") + 1)
    there = {one.capability: one for one in Answer.objects.filter(assessment=assessment)}
    new = [{"assessment": assessment, **row} for row in rows if row["capability"] not in there]
    old = [
        {"pk": there[row["capability"]].pk, "version": there[row["capability"]].version, **row}
        for row in rows
        if row["capability"] in there
    ]
    return [*answer(by=by, rows=new), *change_answers(by=by, rows=old)]


@transaction.atomic
def finish(*, by: Access, rows: Rows) -> list[Assessment]:
    """Rows of pk and version: every capability has an answer, and from now on it stays as it is."""
    for number, one in enumerate(Assessment.objects.filter(pk__in=[row["pk"] for row in rows]), 1):
        check(by, "change", "self_assessment", one)
        check_whole(one, number)
    whole = [
        {"pk": row["pk"], "version": row["version"], "finished_on": timezone.localdate()} for row in rows
    ]
    return change_rows(by=by, kind="self_assessment", rows=whole, rule=check_assessment)


@transaction.atomic
def load_pack_duties(*, by: Access) -> int:
    """Add the duties of the country pack. What is there already, or was edited, is left alone."""
    pack = country.pack()
    path, language = pack.folder / TABLE, pack.languages[0]
    if not path.is_file():
        return 0
    with path.open(encoding="utf-8-sig", newline="") as file:
        read = list(csv.DictReader(file))
    known = set(Duty.objects.values_list("code", flat=True))
    rows = [_of_the_pack(row, language) for row in read if row["code"] not in known]
    if rows:
        add(by=by, rows=rows)
    return len(rows)


def _of_the_pack(row: Mapping[str, str], language: str) -> dict[str, Any]:
    said = {name: row[f"{name}_{language}"] for name in ("title", "holder", "monitored", "sanction")}
    source = f"{row['source']} ({row['evidence']})" if row["source"] else row["evidence"]
    until = date.fromisoformat(row["until"]) if row["until"] else None
    plain = {name: row[name] for name in ("code", "level", "law", "article")}
    return {**plain, **said, "until": until, "source": source}
