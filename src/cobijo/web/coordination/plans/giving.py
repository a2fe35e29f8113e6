"""A plan becomes a table that can be read in again unchanged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cobijo.web.coordination.plans import queries
from cobijo.web.coordination.plans.models import Plan
from cobijo.web.coordination.plans.sheet import COLUMNS, FIELDS, KINDS
from cobijo.web.core.access.context import Access
from cobijo.web.core.screens.exporting import csv_rows, workbook


def written(access: Access, plan: Plan, form: str) -> bytes:
    """The whole file, CSV or XLSX, in the reader's language. No cell can start a formula."""
    rows = [[str(label) for label in COLUMNS.values()], *rows_of(access, plan)]
    if form == "csv":
        return b"\xef\xbb\xbf" + b"".join(csv_rows(rows))
    return workbook(rows, title=plan.code)


def rows_of(access: Access, plan: Plan) -> Iterator[list[str]]:
    """In the order of the plan: each objective, its lines, and under a line its money and its activities."""
    under: dict[tuple[str, int], list[Any]] = {}

    def put(kind: str, parent: str, found: Any) -> None:
        for one in found:
            under.setdefault((kind, getattr(one, parent)), []).append(one)

    put("line", "objective_id", queries.lines(access).filter(objective__plan=plan).order_by("number"))
    money = queries.budgets(access).filter(line__objective__plan=plan)
    put("money", "line_id", money.order_by("year", "funder__code"))
    activities = queries.activities(access).filter(line__objective__plan=plan)
    put("activity", "line_id", activities.order_by("number"))
    indicators = queries.indicators(access).filter(activity__line__objective__plan=plan)
    put("indicator", "activity_id", indicators.order_by("number"))
    targets = queries.targets(access).filter(indicator__activity__line__objective__plan=plan)
    put("target", "indicator_id", targets.order_by("year"))

    def below(kind: str, one: Any) -> list[Any]:
        return under.get((kind, one.pk), [])

    for objective in queries.objectives(access).filter(plan=plan).order_by("number"):
        yield _row(plan, "objective", str(objective.number), objective)
        for line in below("line", objective):
            yield _row(plan, "line", line.place, line)
            for one in below("money", line):
                yield _row(plan, "money", line.place, one)
            for activity in below("activity", line):
                yield _row(plan, "activity", activity.place, activity)
                for indicator in below("indicator", activity):
                    yield _row(plan, "indicator", indicator.place, indicator)
                    for target in below("target", indicator):
                        yield _row(plan, "target", indicator.place, target)


def _row(plan: Plan, kind: str, number: str, record: Any) -> list[str]:
    said = {"plan": plan.code, "what": str(KINDS[kind]), "number": number}
    for name in FIELDS[kind]:
        said[name] = _text(record, name)
    return [said.get(name, "") for name in COLUMNS]


def _text(record: Any, name: str) -> str:
    value = getattr(record, name)
    if value is None:
        return ""
    if name in ("owner", "funder"):
        return str(value.code)
    if name == "state":
        return str(record.get_state_display())
    if name in ("baseline", "value", "rate"):
        return f"{value.normalize():f}"
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
