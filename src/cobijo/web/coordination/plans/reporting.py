"""Writes of those who report and rate: the owner of a line, whoever approves, and the two sides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.coordination.plans.models import Line, ProgressReport, Rating, Reading
from cobijo.web.coordination.plans.rules import (
    Once,
    check_decision,
    check_own_lines,
    check_rating,
    check_report,
    side_of,
)
from cobijo.web.coordination.plans.services import change_lines
from cobijo.web.coordination.plans.states import OPEN, LineState, ReportState
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check, visible
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.dates import months_after
from cobijo.web.core.screens import history
from cobijo.web.core.screens.writing import Stale, add_rows, change_rows

Rows = Sequence[Mapping[str, Any]]


@transaction.atomic
def report(*, by: Access, rows: Rows) -> list[ProgressReport]:
    """Rows of line, period_from, period_to, text, evidence, line_state and, optionally, readings {indicator: value}.

    The line owes its next report so many months later, whether this one is approved or not; a report on earlier months
    that comes late does not bring that day nearer.
    """
    check_own_lines(by, (row["line"] for row in rows))
    plain = [{name: value for name, value in row.items() if name != "readings"} for row in rows]
    made: list[ProgressReport] = add_rows(by=by, kind="plan_report", rows=plain, rule=check_report)
    values = []
    for row, one in zip(rows, made, strict=True):
        for indicator, value in (row.get("readings") or {}).items():
            if indicator.activity.line_id != one.line_id:
                raise InputProblem("plans.reading_elsewhere")
            values.append(
                Reading(
                    report=one, indicator=indicator, value=value, made_by_id=by.by_id, changed_by_id=by.by_id
                )
            )
        due = months_after(one.period_to, one.line.objective.plan.report_every)
        owing = Line.objects.filter(pk=one.line_id, state__in=OPEN)
        owing.filter(Q(report_due_on=None) | Q(report_due_on__lt=due)).update(report_due_on=due)
    Reading.objects.bulk_create(values)
    return made


def change_reports(*, by: Access, rows: Rows) -> list[ProgressReport]:
    """Rows of pk, version and the fields to change, as long as nobody has decided on it."""

    def rule(by: Access, one: ProgressReport, row: int) -> None:
        check_own_lines(by, [one.line])
        check_report(by, one, row)

    return change_rows(by=by, kind="plan_report", rows=rows, rule=rule)


@transaction.atomic
def decide(*, by: Access, rows: Rows) -> list[ProgressReport]:
    """Rows of pk, version, state (approved or returned) and remark. Nobody decides on the own report.

    With an approved report the line stands where the report says.
    """
    check(by, "review", "plan_report")
    of = visible(
        by, "plan_report", ProgressReport.objects.filter(pk__in=[row["pk"] for row in rows]), "review"
    )
    found = {
        one.pk: one for one in of.select_related("line__objective__plan").select_for_update(of=("self",))
    }
    decided = []
    for number, row in enumerate(rows, 1):
        one = found.get(int(row["pk"]))
        if one is None:
            raise InputProblem("screens.gone")
        if one.version != int(row["version"]):
            raise Stale("plan_report", one, int(row["version"]))
        remark = str(row.get("remark", ""))
        check_decision(by, one, row["state"], remark, number)
        one.state, one.remark, one.decided_at = row["state"], remark, timezone.now()
        # `changed_by` stays whoever wrote it last: nobody approves the own words.
        one.decided_by_id = by.by_id
        one.version += 1
        one.save()
        decided.append(one)
        if one.state == ReportState.APPROVED and not _overtaken(one):
            _move_line(by, one)
    history.keep(by=by, action="review", kind="plan_report", records=decided)
    audit.record("review", "plan_report", [one.pk for one in decided], access=by)
    return decided


@transaction.atomic
def rate(*, by: Access, rows: Rows) -> list[Rating]:
    """Rows of line, on, grade, why and, optionally, evidence. Side and organisation are the rater's own."""
    organisation = Organisation.objects.get(pk=by.organisation_id)
    side = side_of(by, organisation)
    once = Once(Rating, ("line", "organisation", "on"), "plans.rated_already", rows)

    def rule(by: Access, rating: Rating, row: int) -> None:
        once(rating, row)
        check_rating(by, rating, row)

    whole = [{**row, "organisation": organisation, "side": side} for row in rows]
    return add_rows(by=by, kind="plan_rating", rows=whole, rule=rule)


def change_ratings(*, by: Access, rows: Rows) -> list[Rating]:
    """Rows of pk, version and the fields to change, of the own organisation’s ratings only."""
    once = Once(Rating, ("line", "organisation", "on"), "plans.rated_already", ())

    def rule(by: Access, rating: Rating, row: int) -> None:
        once(rating, row)
        check_rating(by, rating, row)
        if rating.side != side_of(by, rating.organisation):
            raise InputProblem("plans.other_side", row=row)

    return change_rows(by=by, kind="plan_rating", rows=rows, rule=rule)


def _overtaken(one: ProgressReport) -> bool:
    """A report on later months was approved already: where the line stands is known better."""
    approved = ProgressReport.objects.filter(line=one.line_id, state=ReportState.APPROVED)
    return approved.filter(period_to__gt=one.period_to).exists()


def _move_line(by: Access, one: ProgressReport) -> None:
    line = Line.objects.get(pk=one.line_id)  # another report of this batch may have moved it
    if line.state == one.line_state:
        return
    done = one.line_state == LineState.DONE
    change_lines(
        by=by,
        rows=[
            {
                "pk": one.line_id,
                "version": line.version,
                "state": one.line_state,
                "done_on": one.period_to if done else None,
                "why_dropped": one.text[:400] if one.line_state == LineState.DROPPED else "",
            }
        ],
    )
