"""Writes on plans and on what lies in them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from cobijo.web.coordination.plans.models import (
    Activity,
    Evaluation,
    Funder,
    Indicator,
    Line,
    Objective,
    Plan,
    Target,
)
from cobijo.web.coordination.plans.rules import (
    Once,
    check_draft,
    check_evaluation,
    check_line,
    check_objective,
    check_plan,
    check_step,
    check_under,
    plan_of,
)
from cobijo.web.coordination.plans.states import OPEN, LineState, PlanState
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check
from cobijo.web.core.dates import months_after
from cobijo.web.core.screens.writing import Rule, add_rows, change_rows, remove_rows

Rows = Sequence[Mapping[str, Any]]


def add(*, by: Access, rows: Rows) -> list[Plan]:
    """Rows of the fields of a plan; a new one is a draft."""
    once = Once(Plan, ("code",), "plans.code_taken", rows)
    return add_rows(by=by, kind="plan", rows=rows, rule=_both(once, check_plan))


def change(*, by: Access, rows: Rows) -> list[Plan]:
    """Rows of pk, version and the fields to change."""
    return change_rows(by=by, kind="plan", rows=rows, rule=check_plan)


@transaction.atomic
def begin(*, by: Access, rows: Rows) -> list[Plan]:
    """Rows of pk and version: the draft is in force from today, and its lines owe their first report."""
    made = _step(by, rows, PlanState.IN_FORCE)
    for plan in made:
        first = first_report(plan)
        Line.objects.filter(objective__plan=plan, state__in=OPEN).update(report_due_on=first)
    return made


def evaluated(*, by: Access, rows: Rows) -> list[Plan]:
    """Rows of pk and version: the final evaluation is there, and nothing in the plan changes any more."""
    return _step(by, rows, PlanState.EVALUATED)


def close(*, by: Access, rows: Rows) -> list[Plan]:
    """Rows of pk and version."""
    return _step(by, rows, PlanState.CLOSED)


def add_objectives(*, by: Access, rows: Rows) -> list[Objective]:
    """Rows of plan, number and title."""
    once = Once(Objective, ("plan", "number"), "plans.number_taken", rows)
    return add_rows(by=by, kind="plan_objective", rows=rows, rule=_both(once, check_objective))


def change_objectives(*, by: Access, rows: Rows) -> list[Objective]:
    """Rows of pk, version and the fields to change."""
    once = Once(Objective, ("plan", "number"), "plans.number_taken", ())
    return change_rows(by=by, kind="plan_objective", rows=rows, rule=_both(once, check_objective))


def add_lines(*, by: Access, rows: Rows) -> list[Line]:
    """Rows of objective, number, title, owner, due_on and, optionally, the other fields of a line."""
    once = Once(Line, ("objective", "number"), "plans.number_taken", rows)
    whole = [{**row, "report_due_on": _report_due(row)} for row in rows]
    return add_rows(by=by, kind="plan_line", rows=whole, rule=_both(once, check_line))


def change_lines(*, by: Access, rows: Rows) -> list[Line]:
    """Rows of pk, version and the fields to change. What is done or dropped owes no report any more."""
    once = Once(Line, ("objective", "number"), "plans.number_taken", ())

    def rule(by: Access, line: Line, row: int) -> None:
        check_line(by, line, row)
        once(line, row)
        if line.state not in OPEN:
            line.report_due_on = None
        elif line.report_due_on is None and line.objective.plan.state == PlanState.IN_FORCE:
            line.report_due_on = first_report(line.objective.plan)

    return change_rows(by=by, kind="plan_line", rows=rows, rule=rule)


def add_activities(*, by: Access, rows: Rows) -> list[Activity]:
    """Rows of line, number and title; optionally days and state."""
    return _add_under(by, "plan_activity", Activity, ("line", "number"), rows)


def change_activities(*, by: Access, rows: Rows) -> list[Activity]:
    """Rows of pk, version and the fields to change."""
    return _change_under(by, "plan_activity", Activity, ("line", "number"), rows)


def add_indicators(*, by: Access, rows: Rows) -> list[Indicator]:
    """Rows of activity, number, title and unit; optionally baseline and source."""
    return _add_under(by, "plan_indicator", Indicator, ("activity", "number"), rows)


def change_indicators(*, by: Access, rows: Rows) -> list[Indicator]:
    """Rows of pk, version and the fields to change."""
    return _change_under(by, "plan_indicator", Indicator, ("activity", "number"), rows)


def add_targets(*, by: Access, rows: Rows) -> list[Target]:
    """Rows of indicator, year and value."""
    return _add_under(by, "plan_target", Target, ("indicator", "year"), rows)


def change_targets(*, by: Access, rows: Rows) -> list[Target]:
    """Rows of pk, version and the fields to change."""
    return _change_under(by, "plan_target", Target, ("indicator", "year"), rows)


def add_funders(*, by: Access, rows: Rows) -> list[Funder]:
    """Rows of code, name and kind."""
    code = Once(Funder, ("code",), "plans.funder_taken", rows)
    name = Once(Funder, ("name",), "plans.funder_taken", rows)

    def rule(by: Access, funder: Funder, row: int) -> None:
        code(funder, row)
        name(funder, row)

    return add_rows(by=by, kind="plan_funder", rows=rows, rule=rule)


def change_funders(*, by: Access, rows: Rows) -> list[Funder]:
    """Rows of pk, version and the fields to change."""
    name = Once(Funder, ("name",), "plans.funder_taken", ())
    return change_rows(by=by, kind="plan_funder", rows=rows, rule=lambda by, one, row: name(one, row))


def remove_funders(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version; a source of money that a budget names stays."""
    return remove_rows(by=by, kind="plan_funder", rows=rows)


def add_evaluations(*, by: Access, rows: Rows) -> list[Evaluation]:
    """Rows of plan, kind and due_on; optionally who evaluates."""
    once = Once(Evaluation, ("plan", "kind"), "plans.evaluation_twice", rows)
    return add_rows(by=by, kind="plan_evaluation", rows=rows, rule=_both(once, check_evaluation))


def change_evaluations(*, by: Access, rows: Rows) -> list[Evaluation]:
    """Rows of pk, version and the fields to change; it is done once it has a day, findings and where to read them."""
    once = Once(Evaluation, ("plan", "kind"), "plans.evaluation_twice", ())
    return change_rows(by=by, kind="plan_evaluation", rows=rows, rule=_both(once, check_evaluation))


def remove_parts(*, by: Access, kind: str, model: type[models.Model], rows: Rows) -> int:
    """Rows of pk and version, of a draft: what is part of a plan in force is dropped, never removed."""
    found = model._default_manager.in_bulk([row["pk"] for row in rows])
    for number, row in enumerate(rows, 1):
        record = found.get(int(row["pk"]))
        if record is not None:
            check_draft(plan_of(record)[0], number)
    return remove_rows(by=by, kind=kind, rows=rows)


def first_report(plan: Plan) -> date:
    """When a line of a plan in force that never reported owes a report."""
    return months_after(max(plan.starts_on, plan.in_force_on or timezone.localdate()), plan.report_every)


# --- Helpers -----------------------------------------------------------------------------------------------------


def _report_due(row: Mapping[str, Any]) -> date | None:
    plan: Plan = row["objective"].plan
    working = row.get("state", LineState.PLANNED) in OPEN
    return first_report(plan) if working and plan.state == PlanState.IN_FORCE else None


def _step(by: Access, rows: Rows, to: PlanState) -> list[Plan]:
    found = Plan.objects.in_bulk([row["pk"] for row in rows])
    for number, row in enumerate(rows, 1):
        if int(row["pk"]) in found:
            check(by, "change", "plan", found[int(row["pk"])])
            check_step(found[int(row["pk"])], to, number)
    day = {
        PlanState.IN_FORCE: "in_force_on",
        PlanState.EVALUATED: "evaluated_on",
        PlanState.CLOSED: "closed_on",
    }[to]
    whole = [
        {"pk": row["pk"], "version": row["version"], "state": to, day: timezone.localdate()} for row in rows
    ]
    return change_rows(by=by, kind="plan", rows=whole)


def _add_under(
    by: Access, kind: str, model: type[models.Model], fields: tuple[str, ...], rows: Rows
) -> list[Any]:
    once = Once(model, fields, "plans.number_taken", rows)
    return add_rows(by=by, kind=kind, rows=rows, rule=_both(once, check_under))


def _change_under(
    by: Access, kind: str, model: type[models.Model], fields: tuple[str, ...], rows: Rows
) -> list[Any]:
    once = Once(model, fields, "plans.number_taken", ())
    return change_rows(by=by, kind=kind, rows=rows, rule=_both(once, check_under))


def _both(once: Once, rule: Rule) -> Rule:
    def both(by: Access, record: Any, row: int) -> None:
        rule(by, record, row)
        once(record, row)

    return both
