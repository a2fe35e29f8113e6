"""What the page of a plan shows, in a fixed number of queries however long the plan is.

Sums come from the database by line and by year and source; both are exact (whole cents), so they agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import get_language

from cobijo.engine.charts import words
from cobijo.engine.charts.words import THIN
from cobijo.web.coordination.plans import queries
from cobijo.web.coordination.plans.models import Budget, Line, Objective, Plan, Rating
from cobijo.web.coordination.plans.money import Sums, Warned, shares, total, warned
from cobijo.web.coordination.plans.states import OPEN, Grade, LineState, Side

LATE = 20  # late lines named on the page; the register has them all
SIZE = 50  # lines on one page
WARNED = 20


def cents(amount: Decimal) -> str:
    """
    >>> cents(Decimal("1234567.5")).replace(THIN, " ")
    '1 234 567.50'
    """
    return f"{amount:,.2f}".replace(",", THIN)


class Row(NamedTuple):
    """A line as the lists of the page need it."""

    id: int
    objective: int
    first: int
    second: int
    title: str
    state: str
    due_on: date
    done_on: date | None
    owner: str
    late: bool

    @property
    def place(self) -> str:
        return f"{self.first}.{self.second}"


STATES: Mapping[str, Any] = {one.value: one.label for one in LineState}
GRADES: Mapping[str, Any] = {one.value: one.label for one in Grade}
_FIELDS = (
    "pk", "objective_id", "objective__number", "number", "title", "state", "due_on", "done_on", "owner__name",
)  # fmt: skip


class Bar(NamedTuple):
    """Three bars of the chart and what they say."""

    name: str
    sums: Sums
    planned: float
    committed: float
    spent: float


@dataclass(frozen=True)
class Money:
    """What a plan’s money comes to, from every direction."""

    lines: Mapping[int, Sums]
    cells: Mapping[tuple[int, int], Sums]  # by year and source
    funders: Mapping[int, str]

    @cached_property
    def whole(self) -> Sums:
        return total(self.cells.values())

    @cached_property
    def years(self) -> dict[int, Sums]:
        found: dict[int, Sums] = {}
        for (year, _funder), sums in self.cells.items():
            found[year] = found.get(year, Sums()) + sums
        return dict(sorted(found.items()))

    @cached_property
    def sources(self) -> dict[int, Sums]:
        found: dict[int, Sums] = {}
        for (_year, funder), sums in self.cells.items():
            found[funder] = found.get(funder, Sums()) + sums
        return dict(sorted(found.items(), key=lambda pair: (-pair[1].planned, self.funders[pair[0]])))

    @property
    def bars(self) -> list[Bar]:
        """A group of bars for each year."""
        parts = shares(list(self.years.values()))
        return [
            Bar(str(year), sums, *part) for (year, sums), part in zip(self.years.items(), parts, strict=True)
        ]

    @property
    def of_sources(self) -> list[tuple[str, Sums, list[tuple[str, str]]]]:
        """Each source with its sums, and what was planned and spent in each year, in words."""
        none = Sums()
        found = []
        for funder, sums in self.sources.items():
            years = [self.cells.get((year, funder), none) for year in self.years]
            found.append(
                (self.funders[funder], sums, [(cents(one.planned), cents(one.spent)) for one in years])
            )
        return found

    def of(self, lines: Iterable[int]) -> Sums:
        none = Sums()
        return total(self.lines.get(one, none) for one in lines)

    @property
    def warnings(self) -> list[Warned]:
        return warned(dict(self.lines))


@dataclass(frozen=True)
class Progress:
    """How far the lines under one objective have come."""

    objective: Objective
    lines: Sequence[Row]
    sums: Sums

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(one.state for one in self.lines)

    @property
    def done(self) -> int:
        return self.counts[LineState.DONE]

    @property
    def under_way(self) -> int:
        return self.counts[LineState.UNDER_WAY]

    @property
    def planned(self) -> int:
        return self.counts[LineState.PLANNED]

    @property
    def dropped(self) -> int:
        return self.counts[LineState.DROPPED]

    @cached_property
    def late(self) -> int:
        return sum(one.late for one in self.lines)

    @property
    def widths(self) -> list[tuple[str, float, float]]:
        """Parts of a bar: state, where it begins, how long it is; of 100."""
        at, found = 0.0, []
        for name, count in (("done", self.done), ("under-way", self.under_way), ("dropped", self.dropped)):
            wide = 100 * count / max(1, len(self.lines))
            found.append((name, at, wide))
            at += wide
        return found


@dataclass(frozen=True)
class Page:
    """Everything on the page of one plan."""

    plan: Plan
    rows: Sequence[Row]
    progress: Sequence[Progress]
    money: Money
    late: Sequence[Row] = field(default=())

    @property
    def warnings(self) -> list[tuple[str, Row, str]]:
        """Code, line and amount of what does not fit together."""
        there = {one.id: one for one in self.rows}
        return [(one.code, there[one.line], cents(one.over)) for one in self.money.warnings[:WARNED]]


def page_of(
    plan: Plan, objectives: QuerySet[Objective], lines: QuerySet[Line], budgets: QuerySet[Budget]
) -> Page:
    """Five queries: objectives, lines, two sums, names of the sources."""
    of = lines.filter(objective__plan=plan).order_by("objective__number", "number")
    today = timezone.localdate()
    found: Any = of.values_list(*_FIELDS)
    rows = [Row._make((*one, one[5] in OPEN and one[6] < today)) for one in found]
    money = money_of(budgets.filter(line__objective__plan=plan))
    under: dict[int, list[Row]] = {}
    for one in rows:
        under.setdefault(one.objective, []).append(one)
    progress = []
    for objective in objectives.filter(plan=plan).order_by("number"):
        own = under.get(objective.pk, [])
        progress.append(Progress(objective, own, money.of(one.id for one in own)))
    late = sorted((one for one in rows if one.late), key=lambda one: (one.due_on, one.first, one.second))
    return Page(plan, rows, progress, money, late)


def money_of(budgets: QuerySet[Budget]) -> Money:
    """Sums by line, and by year and source; the database adds whole cents."""
    sums = {"planned": Sum("planned"), "committed": Sum("committed"), "spent": Sum("spent")}
    bare = budgets.select_related(None).order_by()
    names = ("planned", "committed", "spent")
    lines = {line: Sums(*said) for line, *said in _summed(bare, ("line_id",), names, sums)}
    cells = {
        (year, funder): Sums(*said)
        for year, funder, *said in _summed(bare, ("year", "funder_id"), names, sums)
    }
    return Money(lines, cells, queries.names_of_funders({one for _year, one in cells}))


def _summed(bare: Any, keys: tuple[str, ...], names: tuple[str, ...], sums: Mapping[str, Any]) -> Any:
    aliased = {f"sum_{name}": sums[name] for name in names}
    return bare.values(*keys).annotate(**aliased).values_list(*keys, *aliased)


def rated(ratings: QuerySet[Rating], lines: Iterable[int]) -> dict[int, dict[str, str]]:
    """The last rating of each side, in words, of these lines."""
    found: dict[int, dict[str, str]] = {}
    last = ratings.filter(line__in=list(lines)).order_by("on", "pk").select_related(None)
    for line, side, grade in last.values_list("line_id", "side", "grade"):
        found.setdefault(line, {})[side] = str(GRADES[grade])
    return found


def listed(
    page: Page, ratings: QuerySet[Rating], objective: int | None, number: int, place: str = ""
) -> tuple[list[dict[str, Any]], int, int]:
    """One page of the lines, with money and both ratings; its number, and of how many. `place`: where lines are."""
    rows = [one for one in page.rows if objective is None or one.first == objective]
    pages = max(1, -(-len(rows) // SIZE))
    number = min(max(1, number), pages)
    shown = rows[(number - 1) * SIZE : number * SIZE]
    said = rated(ratings, [one.id for one in shown])
    none, language = Sums(), get_language() or "es"
    return (
        [
            {
                "name": f"{one.place} {one.title}",
                "owner": one.owner,
                "due": words.day(one.due_on.isoformat(), language),
                "state": STATES[one.state],
                "late": one.late,
                "url": f"{place}{one.id}/",
                "planned": cents(page.money.lines.get(one.id, none).planned),
                "spent": cents(page.money.lines.get(one.id, none).spent),
                "state_says": said.get(one.id, {}).get(Side.STATE, "—"),
                "society_says": said.get(one.id, {}).get(Side.CIVIL_SOCIETY, "—"),
            }
            for one in shown
        ],
        number,
        pages,
    )
