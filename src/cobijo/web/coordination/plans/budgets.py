"""Writes on the money of a plan: what is given in another currency is converted here, by the rate that was stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cobijo.web.coordination.plans.models import Budget
from cobijo.web.coordination.plans.money import converted
from cobijo.web.coordination.plans.rules import Once, check_budget
from cobijo.web.coordination.plans.services import remove_parts
from cobijo.web.core.access.context import Access
from cobijo.web.core.screens.writing import add_rows, change_rows

PARTS = ("planned", "committed", "spent")


def add(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Budget]:
    """Rows of line, funder, year and the three given amounts; in another currency, with its rate and day."""
    once = Once(Budget, ("line", "funder", "year"), "plans.budget_twice", rows)

    def rule(by: Access, budget: Budget, row: int) -> None:
        once(budget, row)
        check_budget(by, budget, row)
        convert(budget)

    return add_rows(by=by, kind="plan_budget", rows=rows, rule=rule)


def change(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Budget]:
    """Rows of pk, version and the fields to change; the sums follow what is given."""
    once = Once(Budget, ("line", "funder", "year"), "plans.budget_twice", ())

    def rule(by: Access, budget: Budget, row: int) -> None:
        once(budget, row)
        check_budget(by, budget, row)
        convert(budget)

    return change_rows(by=by, kind="plan_budget", rows=rows, rule=rule)


def remove(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> int:
    """Rows of pk and version, of a draft."""
    return remove_parts(by=by, kind="plan_budget", model=Budget, rows=rows)


def convert(budget: Budget) -> None:
    """Work out the amounts in the plan's currency; without a rate they are what was given."""
    for part in PARTS:
        given = getattr(budget, f"given_{part}")
        setattr(budget, part, given if budget.rate is None else converted(given, budget.rate))
