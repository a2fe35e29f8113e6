"""What the page of a line shows."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cobijo.web.coordination.plans import queries
from cobijo.web.coordination.plans.models import Activity, Budget, Indicator, Line, Target
from cobijo.web.coordination.plans.money import Sums, total
from cobijo.web.coordination.plans.states import Side
from cobijo.web.core.access.context import Access


@dataclass(frozen=True)
class Measured:
    """An indicator with its targets, and what an approved report said last."""

    indicator: Indicator
    targets: list[Target]
    value: Decimal | None
    said_on: Any


def activities_of(access: Access, line: Line) -> list[tuple[Activity, list[Measured]]]:
    """Activities, their indicators and targets: four queries for all."""
    activities = list(queries.activities(access).filter(line=line).order_by("number"))
    indicators = list(queries.indicators(access).filter(activity__line=line).order_by("number"))
    targets: dict[int, list[Target]] = {}
    for one in queries.targets(access).filter(indicator__activity__line=line).order_by("year"):
        targets.setdefault(one.indicator_id, []).append(one)
    last: dict[int, tuple[Decimal, Any]] = {}
    approved = queries.approved_values(access, line)
    for indicator, value, day in approved.values_list("indicator_id", "value", "report__period_to"):
        last[indicator] = value, day
    return [
        (
            activity,
            [
                Measured(one, targets.get(one.pk, []), *last.get(one.pk, (None, None)))
                for one in indicators
                if one.activity_id == activity.pk
            ],
        )
        for activity in activities
    ]


def money_of(access: Access, line: Line) -> tuple[list[Budget], Sums]:
    """Its budget rows, and what they come to in the plan’s currency."""
    rows = list(queries.budgets(access).filter(line=line).order_by("year", "funder__name"))
    return rows, total(Sums(one.planned, one.committed, one.spent) for one in rows)


def sides(access: Access, line: Line) -> list[dict[str, Any]]:
    """Both sides beside each other, each with its last rating first; a side that never rated says so."""
    rows = list(queries.ratings(access).filter(line=line).order_by("-on", "-pk"))
    return [{"label": side.label, "ratings": [one for one in rows if one.side == side]} for side in Side]
