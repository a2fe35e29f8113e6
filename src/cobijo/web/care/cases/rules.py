"""What must be so before a step of a case, and of what is written under it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.cases.models import (
    Approval,
    Assessment,
    Case,
    Closure,
    Determination,
    PlanItem,
    Risk,
    SafetyPlan,
    What,
)
from cobijo.web.care.cases.models.case import Verdict
from cobijo.web.care.cases.models.work import PlanKind
from cobijo.web.care.cases.states import GOING_ON, State, may_go
from cobijo.web.care.children.models import SAYS_SOMETHING
from cobijo.web.care.children.rules import check_after_birth, check_not_erased, check_past
from cobijo.web.care.pack import CareTables, load_care_tables
from cobijo.web.core import country
from cobijo.web.core.access.context import Access

RISKS = tuple(Risk.values)  # the highest first


def tables() -> CareTables:
    """The tables of the pack in use: risk clocks, retention, protection offices."""
    return load_care_tables(country.pack_name())


def answer_within(risk: str) -> timedelta:
    return timedelta(hours=tables().hours(risk))


def first_look() -> datetime:
    """Until when somebody must have assessed a case that is open: until then its risk may be a high one."""
    return timezone.now() + answer_within(Risk.HIGH)


def check_step(case: Case, to: str) -> None:
    """Only the steps of the table."""
    if not may_go(case.state, to):
        raise no_step(case, to)


def no_step(case: Case, to: str) -> InputProblem:
    """The sentence of a step that the table does not have, with the states' names."""
    return InputProblem("cases.no_such_step", state=str(State(case.state).label), to=str(State(to).label))


def check_going_on(case: Case) -> None:
    """A closed case is reopened before anything is added to it."""
    if case.state == State.CLOSED:
        raise InputProblem("cases.closed", code=case.code)


def check_open(by: Access, case: Case, body: Mapping[str, Any], row: int) -> None:
    """A state of the pack, a day that has been, and no other case that goes on for this child here."""
    check_not_erased(case.child)
    country.check_area(case.area, row)
    check_past(case.opened_on, row, "opened_on")
    check_after_birth(case.child, case.opened_on, row)
    check_only_one(case)


def check_only_one(case: Case) -> None:
    """One case that goes on for one child in one organisation."""
    going_on = Case.objects.filter(
        child_id=case.child_id, organisation_id=case.organisation_id, state__in=GOING_ON
    ).exclude(pk=case.pk)
    there = going_on.values_list("code", flat=True).first()
    if there is not None:
        raise InputProblem("cases.open_already", code=there)


def check_assessment(by: Access, made: Assessment, body: Mapping[str, Any], row: int) -> None:
    """Safety comes first: thoughts of suicide or no safe place tonight are never less than an immediate risk."""
    check_past(made.assessed_on, row, "assessed_on")
    acute = body.get("suicide_risk") in {"plan", "attempt"} or body.get("safe_tonight") is False
    if acute and made.risk != Risk.IMMEDIATE:
        raise InputProblem("cases.safety_first", row=row)
    if body.get("suicide_risk") == "thoughts" and made.risk in {Risk.MEDIUM, Risk.LOW}:
        raise InputProblem("cases.safety_first", row=row)


def check_plan_item(by: Access, item: PlanItem, body: Mapping[str, Any], row: int) -> None:
    """A goal, an office of the pack where the plan needs one, and no return before the determination."""
    if not body.get("goal"):
        raise InputProblem("cases.goal_missing", row=row)
    names_office = item.kind in {PlanKind.URGENT, PlanKind.RESTITUTION} or bool(item.office)
    if names_office and item.office not in {one.code for one in tables().offices}:
        raise InputProblem("cases.office_unknown", row=row)
    if item.kind == PlanKind.RETURN:
        check_return(item.case)
    if item.done_on is not None:
        check_past(item.done_on, row, "done_on")
    check_going_on(item.case)


def check_return(case: Case) -> None:
    """No return without a determination that says so, in which the child was heard and represented."""
    last = Determination.objects.filter(case=case).order_by("-decided_on", "-pk").first()
    if last is None or not (last.may_return and last.heard and last.represented):
        raise InputProblem("cases.no_determination")


def check_closure(case: Case, reason: str) -> None:
    """A reason of the list; a return needs its determination, goals met need a plan."""
    if reason not in Closure.values:
        raise InputProblem("cases.closure_missing")
    if reason == Closure.RETURNED:
        check_return(case)
    if reason == Closure.GOALS_MET and not PlanItem.objects.filter(case=case, state="done").exists():
        raise InputProblem("cases.no_goal_met")


def approved(case: Case, what: str) -> Approval:
    """The approval that a step needs and has not used up; raises where there is none."""
    found = (
        Approval.objects.filter(case=case, what=what, verdict=Verdict.APPROVED, used=False)
        .order_by("-decided_at")
        .first()
    )
    if found is None:
        raise InputProblem(f"cases.not_approved_{what}")
    return found


def check_ready(case: Case, what: str) -> None:
    """What a supervisor can be asked for: there must be something to look at."""
    there: dict[str, Q | bool] = {
        What.ASSESSMENT: Assessment.objects.filter(SAYS_SOMETHING, case=case).exists(),
        What.PLAN: PlanItem.objects.filter(case=case).exists(),
        What.RETURN: Determination.objects.filter(case=case).exists(),
        What.CLOSURE: True,
    }
    if what not in there:
        raise InputProblem("screens.field_wrong", row=1, field="what")
    if not there[what]:
        raise InputProblem("cases.nothing_to_approve")


def check_safe_tonight(case: Case) -> None:
    """Nobody leaves the assessment of a high risk without a safety plan."""
    there = SafetyPlan.objects.filter(SAYS_SOMETHING, case=case)
    if case.risk in {Risk.IMMEDIATE, Risk.HIGH} and not there.exists():
        raise InputProblem("cases.safety_plan_missing")


def today() -> Any:
    return timezone.localdate()
