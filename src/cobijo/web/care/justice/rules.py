"""What must be so before a step, and of what hangs on a proceeding."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from cobijo.errors import InputProblem
from cobijo.web.care.cases.rules import tables, today
from cobijo.web.care.children.rules import check_after_birth, check_not_erased, check_past
from cobijo.web.care.justice.choices import MeasureState, OffenderAge, ReparationState, Verdict
from cobijo.web.care.justice.models import Alert, AllegedChild, Measure, Proceeding, Reparation, Step
from cobijo.web.care.justice.states import GOING_ON, State, may_go
from cobijo.web.core import country
from cobijo.web.core.access.context import Access

#: Steps for which the offences must be known, because the authority has named them.
NAMES_OFFENCES = (State.CHARGE, State.TRIAL, State.JUDGMENT)
ARRIVED = (ReparationState.PARTLY, ReparationState.DONE)


def check_going(proceeding: Proceeding, to: str) -> None:
    """Only the steps of the table."""
    if not may_go(proceeding.state, to):
        said = str(State(to).label) if to in State.values else str(to)[:20]
        raise InputProblem("justice.no_such_step", state=str(State(proceeding.state).label), to=said)


def check_proceeding(by: Access, one: Proceeding, body: Mapping[str, Any], row: int) -> None:
    """Against an adult, or somebody nobody knows; offences of the pack; a day that has been."""
    check_not_erased(one.child)
    check_adult(one.offender_age, row)
    check_offences(one.offences, row)
    check_past(one.opened_on, row, "opened_on")
    check_after_birth(one.child, one.opened_on, row)


def check_adult(offender_age: str, row: int) -> None:
    """A child is never listed as offender, and whoever may be one counts as one."""
    if offender_age not in OffenderAge.values:
        raise InputProblem("justice.maybe_a_child", row=row)


def check_offences(codes: Any, row: int) -> None:
    """Codes of the pack, each once."""
    there = {one.code for one in tables().offences}
    if not isinstance(codes, list) or len(set(codes)) != len(codes) or not set(codes) <= there:
        raise InputProblem("justice.offence_unknown", row=row)


def check_step(by: Access, step: Step, body: Mapping[str, Any], row: int) -> None:
    """A day that has been and not before the step before it; a body; a judgment says which one."""
    check_not_erased(step.child)
    check_past(step.on, row, "on")
    check_after_birth(step.child, step.on, row)
    country.check_area(step.area, row, "")
    others = Step.objects.filter(proceeding_id=step.proceeding_id).exclude(pk=step.pk)
    before = others.filter(pk__lt=step.pk).order_by("-pk").first()
    after = others.filter(pk__gt=step.pk).order_by("pk").first()
    if (before is not None and step.on < before.on) or (after is not None and step.on > after.on):
        raise InputProblem("justice.steps_in_order", row=row)
    if (step.state == State.JUDGMENT) != bool(step.verdict):
        raise InputProblem(
            "justice.verdict_missing" if not step.verdict else "justice.verdict_too_early", row=row
        )


def check_named_offences(proceeding: Proceeding, to: str, row: int) -> None:
    if to in NAMES_OFFENCES and not proceeding.offences:
        raise InputProblem("justice.offences_missing", row=row)


def check_convicted(proceeding: Proceeding, to: str, row: int) -> None:
    """A sentence follows a conviction and nothing else."""
    if to != State.SENTENCE:
        return
    last = Step.objects.filter(proceeding=proceeding, state=State.JUDGMENT).order_by("-pk").first()
    if last is None or last.verdict not in {Verdict.CONVICTED, Verdict.PARTLY}:
        raise InputProblem("justice.no_conviction", row=row)


def check_expected(to: str, expected_by: date | None, on: date, row: int) -> None:
    """While it goes on there is a day on which somebody asks again; at rest there is none."""
    if to in GOING_ON and expected_by is None:
        raise InputProblem("justice.expected_missing", row=row)
    if expected_by is not None and (to not in GOING_ON or expected_by < on):
        raise InputProblem("justice.expected_wrong", row=row)


def check_put_off(proceeding: Proceeding, until: Any, row: int) -> None:
    if proceeding.state not in GOING_ON or proceeding.expected_by is None:
        raise InputProblem("justice.at_rest")
    if not isinstance(until, date) or until <= proceeding.expected_by or until < today():
        raise InputProblem("justice.delay_forward", row=row)


def check_measure(by: Access, one: Measure, body: Mapping[str, Any], row: int) -> None:
    check_not_erased(one.child)
    check_past(one.asked_on, row, "asked_on")
    check_past(one.ordered_on, row, "ordered_on")
    ordered = one.state in {MeasureState.ORDERED, MeasureState.ENDED}
    if ordered != (one.ordered_on is not None) or (one.until is not None and not ordered):
        raise InputProblem("justice.measure_day", row=row)
    if one.ordered_on is not None and one.ordered_on < one.asked_on:
        raise InputProblem("justice.days_in_order", row=row)
    if one.until is not None and one.ordered_on is not None and one.until < one.ordered_on:
        raise InputProblem("justice.days_in_order", row=row)


def check_reparation(by: Access, one: Reparation, body: Mapping[str, Any], row: int) -> None:
    check_not_erased(one.child)
    check_past(one.ordered_on, row, "ordered_on")
    check_past(one.arrived_on, row, "arrived_on")
    if (one.state in ARRIVED) != (one.arrived_on is not None):
        raise InputProblem("justice.arrived_day", row=row)
    if one.arrived_on is not None and one.arrived_on < one.ordered_on:
        raise InputProblem("justice.days_in_order", row=row)
    if one.received is not None and (
        one.state not in ARRIVED or one.amount is None or one.received > one.amount
    ):
        raise InputProblem("justice.more_than_ordered", row=row)


def check_alert(by: Access, one: Alert, body: Mapping[str, Any], row: int) -> None:
    check_not_erased(one.child)
    check_past(one.happened_on, row, "happened_on")
    check_after_birth(one.child, one.happened_on, row)
    country.check_area(one.area, row)


def check_alleged(by: Access, one: AllegedChild, body: Mapping[str, Any], row: int) -> None:
    check_not_erased(one.child)
    check_past(one.noted_on, row, "noted_on")
