"""What is done under a case: safety plans, plan items, tasks, follow-ups, outcomes, determinations, siblings.

Every `add_…` takes rows of case and the kind's fields, plain and sealed side by side; every `change_…` rows of pk,
version and the fields to change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cobijo.errors import InputProblem
from cobijo.web.care.cases.models import (
    Determination,
    FollowUp,
    Outcome,
    PlanItem,
    SafetyPlan,
    Sibling,
    Task,
)
from cobijo.web.care.cases.models.case import NO_OUTCOME
from cobijo.web.care.cases.models.work import Consular
from cobijo.web.care.cases.rules import check_going_on, check_plan_item, today
from cobijo.web.care.cases.states import State
from cobijo.web.care.children.rules import check_after_birth, check_past
from cobijo.web.care.children.writing import Rule, add_sealed, attempt, change_sealed
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check
from cobijo.web.core.dates import months_after

MONTHS = (3, 6, 12)
Rows = Sequence[Mapping[str, Any]]


def write_safety_plans(*, by: Access, rows: Rows) -> list[SafetyPlan]:
    """A new safety plan: `tonight` must say something. The latest stands; earlier ones stay readable."""
    return _add(by, "safety_plan", rows, _check_safety_plan)


def change_safety_plans(*, by: Access, rows: Rows) -> list[SafetyPlan]:
    return _change(by, "safety_plan", rows, _check_safety_plan)


def add_plan_items(*, by: Access, rows: Rows) -> list[PlanItem]:
    """Lines of the plan, urgent measures, lines of the restitution plan (these two name a protection office)."""
    return _add(by, "plan_item", rows, check_plan_item)


def change_plan_items(*, by: Access, rows: Rows) -> list[PlanItem]:
    return _change(by, "plan_item", rows, check_plan_item)


def add_tasks(*, by: Access, rows: Rows) -> list[Task]:
    """Tasks; also for other rooms, such as a task to find a legal representative."""
    return _add(by, "task", rows, _check_going_on)


def change_tasks(*, by: Access, rows: Rows) -> list[Task]:
    return _change(by, "task", rows, None)


def plan_follow_ups(*, by: Access, rows: Rows) -> list[FollowUp]:
    return _add(by, "follow_up", rows, _check_follow_up)


def change_follow_ups(*, by: Access, rows: Rows) -> list[FollowUp]:
    """What came of it: met, done_on and the sealed note."""
    return _change(by, "follow_up", rows, _check_follow_up)


def record_outcomes(*, by: Access, rows: Rows) -> list[Outcome]:
    """How the child is 3, 6 or 12 months after closure: rows of case, month and the answers, or lost_contact."""
    asked = [{"asked_on": today(), "closed_on": row["case"].closed_on} | dict(row) for row in rows]
    return _add(by, "outcome", asked, _check_outcome)


def determine(*, by: Access, rows: Rows) -> list[Determination]:
    """Best-interest determinations before a return. Added, never changed."""
    return _add(by, "determination", rows, _check_determination)


def add_siblings(*, by: Access, rows: Rows) -> list[Sibling]:
    """Other children at risk; `record` is the id of their own record where the person may open it."""
    return _add(by, "sibling", rows, _check_sibling)


def change_siblings(*, by: Access, rows: Rows) -> list[Sibling]:
    return _change(by, "sibling", rows, _check_sibling)


def _add(by: Access, kind: str, rows: Rows, rule: Rule | None) -> list[Any]:
    with attempt(by, "add", kind, [row["case"].pk for row in rows]):
        for row in rows:
            check(by, "change", "case", row["case"])
        return add_sealed(
            by=by, kind=kind, rows=[dict(row) | {"child": row["case"].child} for row in rows], rule=rule
        )


def _change(by: Access, kind: str, rows: Rows, rule: Rule | None) -> list[Any]:
    with attempt(by, "change", kind, [row["pk"] for row in rows]):
        return change_sealed(by=by, kind=kind, rows=rows, rule=rule)


def _check_going_on(by: Access, record: Any, body: Mapping[str, Any], row: int) -> None:
    check_going_on(record.case)


def _check_safety_plan(by: Access, plan: SafetyPlan, body: Mapping[str, Any], row: int) -> None:
    check_going_on(plan.case)
    if not body.get("tonight"):
        raise InputProblem("cases.tonight_missing", row=row)


def _check_follow_up(by: Access, one: FollowUp, body: Mapping[str, Any], row: int) -> None:
    check_past(one.done_on, row, "done_on")
    if one.met == "met" and one.done_on is None:
        raise InputProblem("cases.done_on_missing", row=row)


def _check_outcome(by: Access, one: Outcome, body: Mapping[str, Any], row: int) -> None:
    case = one.case
    if case.state != State.CLOSED or one.closed_on is None or case.closure in NO_OUTCOME:
        raise InputProblem("cases.not_closed", row=row)
    check_past(one.asked_on, row, "asked_on")
    if one.month not in MONTHS:
        raise InputProblem("screens.field_wrong", row=row, field="month")
    if one.asked_on < months_after(one.closed_on, one.month - 1):
        raise InputProblem("cases.outcome_too_early", row=row)
    answers = (one.safe, one.housed, one.school_or_work, one.own_rating)
    if one.lost_contact and any(said is not None for said in answers):
        raise InputProblem("cases.lost_and_known", row=row)
    if Outcome.objects.filter(case=case, closed_on=one.closed_on, month=one.month).exists():
        raise InputProblem("cases.outcome_there", row=row)


def _check_determination(by: Access, one: Determination, body: Mapping[str, Any], row: int) -> None:
    """Contact with a consulate only where it is safe and the child wants it: anything else is no contact."""
    check_past(one.decided_on, row, "decided_on")
    check_after_birth(one.child, one.decided_on, row)
    if not body.get("reasons"):
        raise InputProblem("cases.reasons_missing", row=row)
    if one.may_return and not (one.heard and one.represented):
        raise InputProblem("cases.heard_and_represented", row=row)
    if one.consular == Consular.WANTED and not one.heard:
        raise InputProblem("cases.consulate_unheard", row=row)


def _check_sibling(by: Access, one: Sibling, body: Mapping[str, Any], row: int) -> None:
    from cobijo.web.care.children import queries

    if one.record is not None and (one.record == one.child_id or queries.child(by, one.record) is None):
        raise InputProblem("screens.gone")
    if one.record is None and not body.get("name") and not body.get("note"):
        raise InputProblem("cases.sibling_empty", row=row)
