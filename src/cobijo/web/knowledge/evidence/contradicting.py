"""Writes on contradictions: looked for, explained, decided for a report. Nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens.writing import add_rows, change_rows
from cobijo.web.knowledge.evidence.comparing import Finding, findings
from cobijo.web.knowledge.evidence.models import Contradiction, Figure, ReportChoice, State
from cobijo.web.knowledge.evidence.queries import as_said, contradictions
from cobijo.web.knowledge.evidence.rules import check_step

MOST_TIMES = Decimal("9999999999")


@transaction.atomic
def look_again(*, by: Access, only: Collection[int] | None = None) -> tuple[int, int]:
    """Compare all figures, or the pairs in which one of `only` is. Returns how many were opened, and how many are gone.

    What is found again after it was gone is opened again, and its old explanation stays to be read.
    """
    check(by, "add", "contradiction")
    said = [as_said(one) for one in Figure.objects.order_by("pk")]
    found = {(one.first, one.second, str(one.kind)): one for one in findings(said, only)}
    known = {(one.first_id, one.second_id, one.kind): one for one in Contradiction.objects.all()}
    new = [_row(one) for key, one in found.items() if key not in known]
    changes: list[dict[str, Any]] = []
    gone = 0
    for key, one in known.items():
        if only is not None and one.first_id not in only and one.second_id not in only:
            continue
        if key not in found:
            if one.state != State.GONE:
                check_step(one, State.GONE)
                changes.append({"pk": one.pk, "version": one.version, "state": State.GONE})
                gone += 1
            continue
        anew = _row(found[key])
        change = {name: anew[name] for name in ("fields", "times") if getattr(one, name) != anew[name]}
        if one.state == State.GONE or (change and one.state != State.OPEN):
            check_step(one, State.OPEN)
            change["state"] = State.OPEN
        if change:
            changes.append({"pk": one.pk, "version": one.version, **change})
    if new:
        add_rows(by=by, kind="contradiction", rows=new)
    if changes:
        change_rows(by=by, kind="contradiction", rows=changes)
    return len(new), gone


def _row(finding: Finding) -> dict[str, Any]:
    times = None if finding.times is None else min(MOST_TIMES, Decimal(str(round(finding.times, 1))))
    return {
        "first_id": finding.first,
        "second_id": finding.second,
        "kind": str(finding.kind),
        "fields": list(finding.fields),
        "times": times,
    }


def explain(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Contradiction]:
    """Rows of pk, version and explanation. One that is explained already is explained anew."""
    said = []
    for row, contradiction in _with_records(by, rows):
        text = str(row.get("explanation") or "").strip()
        if not text:
            raise InputProblem("evidence.no_explanation")
        if contradiction.state == State.GONE:
            check_step(contradiction, State.EXPLAINED)
        state = contradiction.state if contradiction.state == State.DECIDED else State.EXPLAINED
        said.append(
            {
                "pk": row["pk"],
                "version": row["version"],
                "explanation": text,
                "state": state,
                "explained_by_id": by.by_id,
                "explained_at": timezone.now(),
            }
        )
    return change_rows(by=by, kind="contradiction", rows=said)


def reopen(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Contradiction]:
    """Rows of pk and version. The explanation stays to be bettered; what reports decided stays too."""
    said = []
    for row, contradiction in _with_records(by, rows):
        check_step(contradiction, State.OPEN)
        said.append({"pk": row["pk"], "version": row["version"], "state": State.OPEN})
    return change_rows(by=by, kind="contradiction", rows=said)


@transaction.atomic
def decide(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[ReportChoice]:
    """Rows of contradiction, report, choice and reason. Decided for one report, it is still open to the next."""
    steps: dict[int, dict[str, Any]] = {}
    for number, row in enumerate(rows, 1):
        contradiction: Contradiction = row["contradiction"]
        same = ReportChoice.objects.filter(contradiction=contradiction, report=row.get("report", ""))
        if same.exists():
            raise InputProblem("evidence.chosen_already", row=number)
        if contradiction.state not in {State.EXPLAINED, State.DECIDED}:
            raise InputProblem("evidence.explain_first", row=number)
        if contradiction.state == State.EXPLAINED:
            check_step(contradiction, State.DECIDED)
            steps[contradiction.pk] = {
                "pk": contradiction.pk,
                "version": contradiction.version,
                "state": State.DECIDED,
            }
    made: list[ReportChoice] = add_rows(by=by, kind="report_choice", rows=rows)
    if steps:
        change_rows(by=by, kind="contradiction", rows=list(steps.values()))
    return made


def _with_records(
    by: Access, rows: Sequence[Mapping[str, Any]]
) -> list[tuple[Mapping[str, Any], Contradiction]]:
    check(by, "change", "contradiction")
    found = contradictions(by).in_bulk([row["pk"] for row in rows])
    if any(int(row["pk"]) not in found for row in rows):
        raise InputProblem("screens.gone")
    return [(row, found[int(row["pk"])]) for row in rows]
