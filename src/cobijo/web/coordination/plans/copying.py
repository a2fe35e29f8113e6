"""The next plan: what is still open goes on in it, and what does not is said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from cobijo.errors import InputProblem
from cobijo.web.coordination.plans import queries, services
from cobijo.web.coordination.plans.models import Activity, Indicator, Line, Objective, Plan
from cobijo.web.coordination.plans.money import Sums
from cobijo.web.coordination.plans.page import money_of
from cobijo.web.coordination.plans.states import OPEN, PlanState
from cobijo.web.core.access.context import Access


@dataclass
class Copied:
    """What went on into the next plan, and what it left."""

    plan: Plan
    carried: list[Line] = field(default_factory=list)
    moved: list[Line] = field(default_factory=list)  # carried, and due on the next plan’s last day for now
    finished: list[Line] = field(default_factory=list)  # left: done or dropped
    elsewhere: list[Line] = field(default_factory=list)  # left: they go on in another plan already
    closed: list[Line] = field(default_factory=list)  # left: whoever answered for them is closed
    activities: int = 0  # left: done or dropped
    targets: int = 0  # left: of years outside the next plan
    money: Sums = field(default_factory=Sums)  # left: all amounts; a next plan has a budget of its own


@transaction.atomic
def copy(*, by: Access, plan: Plan, values: Mapping[str, Any]) -> Copied:
    """`values`: code, name, starts_on and ends_on of the next plan, which is a draft and follows this one.

    Lines that are open go on, with their open activities, those activities' indicators, and targets of the new years.
    Money, reports, ratings and evaluations stay with the plan that they are about.
    """
    if plan.state == PlanState.DRAFT:
        raise InputProblem("plans.copy_of_a_draft")
    kept = {name: getattr(plan, name) for name in ("about", "area", "currency", "report_every")}
    [made] = services.add(by=by, rows=[{**kept, **values, "predecessor": plan}])
    copied = Copied(made)
    lines = list(queries.lines(by).filter(objective__plan=plan).order_by("objective__number", "number"))
    taken = set(Line.objects.filter(continues__in=lines).values_list("continues_id", flat=True))
    going = []
    for one in lines:
        if one.state not in OPEN:
            copied.finished.append(one)
        elif one.pk in taken:
            copied.elsewhere.append(one)
        elif not one.owner.active:
            copied.closed.append(one)
        else:
            going.append(one)
    objectives = _objectives(by, made, going)
    rows = [_line(one, objectives[one.objective_id], made, copied) for one in going]
    copied.carried = services.add_lines(by=by, rows=rows)
    _beneath(by, made, dict(zip((one.pk for one in going), copied.carried, strict=True)), copied)
    copied.money = money_of(queries.budgets(by).filter(line__objective__plan=plan)).whole
    return copied


def _objectives(by: Access, made: Plan, lines: list[Line]) -> dict[int, Objective]:
    """Those with an open line, under their numbers."""
    old = {one.objective_id: one.objective for one in lines}
    rows = [{"plan": made, "number": one.number, "title": one.title} for one in old.values()]
    return dict(zip(old, services.add_objectives(by=by, rows=rows), strict=True))


def _line(one: Line, objective: Objective, made: Plan, copied: Copied) -> dict[str, Any]:
    due = _within(one.due_on, made)
    if due is None:
        copied.moved.append(one)
    return {
        "objective": objective, "number": one.number, "title": one.title, "owner": one.owner, "state": one.state,
        "due_on": due or made.ends_on, "continues": one,
    }  # fmt: skip


def _beneath(by: Access, made: Plan, lines: Mapping[int, Line], copied: Copied) -> None:
    of = queries.activities(by).filter(line__in=list(lines)).order_by("line", "number")
    activities = [one for one in of if one.state in OPEN]
    copied.activities = len(of) - len(activities)
    rows: list[dict[str, Any]] = [
        {
            "line": lines[one.line_id], "number": one.number, "title": one.title, "state": one.state,
            "due_on": _within(one.due_on, made),
        }
        for one in activities
    ]  # fmt: skip
    acts: dict[int, Activity] = dict(
        zip((one.pk for one in activities), services.add_activities(by=by, rows=rows), strict=True)
    )
    indicators = list(queries.indicators(by).filter(activity__in=list(acts)).order_by("activity", "number"))
    rows = [
        {
            "activity": acts[one.activity_id], "number": one.number, "title": one.title, "unit": one.unit,
            "baseline": one.baseline, "source": one.source,
        }
        for one in indicators
    ]  # fmt: skip
    signs: dict[int, Indicator] = dict(
        zip((one.pk for one in indicators), services.add_indicators(by=by, rows=rows), strict=True)
    )
    targets = list(queries.targets(by).filter(indicator__in=list(signs)).order_by("indicator", "year"))
    years = range(made.starts_on.year, made.ends_on.year + 1)
    rows = [
        {"indicator": signs[one.indicator_id], "year": one.year, "value": one.value}
        for one in targets
        if one.year in years
    ]
    copied.targets = len(targets) - len(rows)
    services.add_targets(by=by, rows=rows)


def _within(day: date | None, plan: Plan) -> date | None:
    return day if day is not None and plan.starts_on <= day <= plan.ends_on else None
