"""A table becomes a plan: every row is checked and written in one transaction, which a dry run or a problem takes back.

What stands under the same number is changed where it differs, what is new is added, and what the table does not name
stays as it is: the same table read twice changes nothing the second time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from cobijo.engine.pack.shape import plain_word
from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import render
from cobijo.web.coordination.plans import budgets, queries, services
from cobijo.web.coordination.plans.models import Plan
from cobijo.web.coordination.plans.sheet import COLUMNS, FIELDS, Cells, Place, Row, Table, kind_in, place_in
from cobijo.web.coordination.plans.states import CHANGING
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check, visible
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.screens.showing import language

SAID = 100  # problems shown
#: Which field of a record says under what it stands.
PARENT: Mapping[str, str] = {
    "objective": "plan", "line": "objective", "activity": "line", "indicator": "activity", "target": "indicator",
    "money": "line",
}  # fmt: skip
ABOVE: Mapping[str, str] = {
    "line": "objective", "activity": "line", "indicator": "activity", "target": "indicator", "money": "line",
}  # fmt: skip
WRITES: Mapping[str, tuple[Callable[..., Any], Callable[..., Any]]] = {
    "objective": (services.add_objectives, services.change_objectives),
    "line": (services.add_lines, services.change_lines),
    "activity": (services.add_activities, services.change_activities),
    "indicator": (services.add_indicators, services.change_indicators),
    "target": (services.add_targets, services.change_targets),
    "money": (budgets.add, budgets.change),
}
#: What makes a row this one, besides its number.
KEYS: Mapping[str, tuple[str, ...]] = {"target": ("year",), "money": ("funder", "year")}
Key = tuple[Any, ...]
Progress = Callable[[int, int], object]  # rows done, rows in all
Problem = tuple[int, str, str]  # row of the file, column, sentence


class TakenBack(Exception):
    """Ends a dry run, or an import with a problem: nothing of it stays."""


@dataclass
class Outcome:
    """What a table did, or would do."""

    made: int = 0
    changed: int = 0
    same: int = 0
    problems: list[Problem] = field(default_factory=list)
    more: bool = False
    unread: list[str] = field(default_factory=list)  # columns that say nothing of a plan

    def counts(self) -> dict[str, int]:
        return {"made": self.made, "changed": self.changed, "same": self.same, "wrong": len(self.problems)}

    def note(self, row: int, column: str, said: str) -> None:
        if len(self.problems) < SAID:
            self.problems.append((row, str(COLUMNS[column]) if column in COLUMNS else column, said))
        else:
            self.more = True


@dataclass
class _Read:
    row: int
    place: Place
    key: Key
    values: dict[str, Any]


def take_in(
    *, by: Access, plan: Plan, table: Table, dry: bool, progress: Progress = lambda done, total: None
) -> Outcome:
    """All or nothing. `dry`: nothing, but everything is tried, so that the database is asked too."""
    check(by, "import", "plan", plan)
    outcome = Outcome(unread=list(table.unread))
    try:
        with transaction.atomic():
            _Taking(by, plan, table, outcome).run(progress)
            if dry or outcome.problems:
                raise TakenBack
            detail = {"rows": len(table.rows), "made": outcome.made, "changed": outcome.changed}
            audit.record("import", "plan", [plan.pk], access=by, detail=detail)
    except TakenBack:
        pass
    outcome.problems.sort()
    return outcome


class _Taking:
    """One table on its way into one plan."""

    def __init__(self, by: Access, plan: Plan, table: Table, outcome: Outcome) -> None:
        self.by, self.plan, self.table, self.outcome = by, plan, table, outcome
        self.there = _records(by, plan)
        people = visible(by, "organisation", Organisation.objects.all())
        self.cells = Cells({"owner": _named(people), "funder": _named(queries.funders(by))})

    def run(self, progress: Progress) -> None:
        """From the top of the plan downwards, a kind of row at a time."""
        rows, done = self._divided(), 0
        for kind in FIELDS:
            progress(done, len(self.table.rows))
            of_kind = rows.get(kind, ())
            read = [one for row in of_kind if (one := self._read(kind, row)) is not None]
            self._write(kind, read)
            done += len(of_kind)
        progress(len(self.table.rows), len(self.table.rows))

    def _divided(self) -> dict[str, list[Row]]:
        """The rows by what they are. A row of another plan is refused: a line lies in one plan."""
        found: dict[str, list[Row]] = {}
        for number, row in self.table.rows:
            kind = kind_in(row.get("what", ""))
            if kind is None:
                self._problem(number, "what", "plans.no_such_kind", value=row.get("what", ""))
                continue
            named = row.get("plan", "")
            if named and plain_word(named) not in (plain_word(self.plan.code), plain_word(self.plan.name)):
                self._problem(number, "plan", "plans.line_of_another", value=named, plan=self.plan.name)
                continue
            found.setdefault(kind, []).append((number, row))
        return found

    def _read(self, kind: str, row: Row) -> _Read | None:
        number, cells = row
        place = place_in(cells.get("number", ""), kind)
        if place is None:
            self._problem(number, "number", "plans.no_such_number", value=cells.get("number", ""))
            return None
        values: dict[str, Any] = {}
        named = KEYS.get(kind, ())
        if not self._fill(values, kind, row, named):
            return None
        key = _key(kind, place, values)
        rest = [one for one in FIELDS[kind] if one not in named]
        if key in self.there[kind]:  # what the table does not name stays
            rest = [one for one in rest if one in self.table.columns]
        if not self._fill(values, kind, row, rest):
            return None
        return _Read(number, place, key, values)

    def _fill(self, values: dict[str, Any], kind: str, row: Row, names: Sequence[str]) -> bool:
        """What the cells say, into `values`. False where one of them cannot be read; its sentence is noted."""
        number, cells = row
        whole = True
        for name in names:
            try:
                values[name] = self.cells.value(kind, name, cells.get(name, ""))
            except ValidationError as problem:
                self.outcome.note(number, name, " ".join(problem.messages))
                whole = False
        return whole

    def _write(self, kind: str, read: Sequence[_Read]) -> None:
        add, change = WRITES[kind]
        there = self.there[kind]
        new: list[tuple[_Read, dict[str, Any]]] = []
        differing: list[tuple[_Read, dict[str, Any]]] = []
        seen: set[Key] = set()
        for one in read:
            if one.key in seen:
                self._problem(one.row, "number", "plans.twice_in_table")
                continue
            seen.add(one.key)
            record = there.get(one.key)
            if record is None:
                above = self._above(kind, one)
                if above is None:
                    self._problem(one.row, "number", "plans.nothing_above")
                    continue
                last = {"number": one.place[-1]} if kind not in ("target", "money") else {}
                new.append((one, {PARENT[kind]: above, **last, **one.values}))
            elif any(getattr(record, name) != value for name, value in one.values.items()):
                differing.append((one, {"pk": record.pk, "version": record.version, **one.values}))
            else:
                self.outcome.same += 1
        made = self._tried(add, new)
        there.update(zip((one.key for one, _row in new), made, strict=False))
        self.outcome.made += len(made)
        self.outcome.changed += len(self._tried(change, differing))

    def _above(self, kind: str, one: _Read) -> Any:
        if kind == "objective":
            return self.plan
        above = ABOVE[kind]
        place = one.place if kind in ("target", "money") else one.place[:-1]
        return self.there[above].get(place)

    def _tried(self, write: Callable[..., Any], rows: list[tuple[_Read, dict[str, Any]]]) -> list[Any]:
        """Write them; a row that is refused is noted and left out, and the others are written again."""
        while rows:
            try:
                with transaction.atomic():
                    return list(write(by=self.by, rows=[row for _one, row in rows]))
            except Forbidden:
                raise
            except CobijoError as wrong:
                place = wrong.params.get("row")
                at = rows[place - 1][0].row if isinstance(place, int) else 0
                said = render(wrong.code, {**wrong.params, "row": at}, language())
                self.outcome.note(at, str(wrong.params.get("field") or ""), said)
                if not isinstance(place, int) or self.outcome.more:
                    return []
                del rows[place - 1]
        return []

    def _problem(self, row: int, column: str, code: str, **params: Any) -> None:
        self.outcome.note(row, column, render(code, {"row": row, **params}, language()))


def _key(kind: str, place: Place, values: Mapping[str, Any]) -> Key:
    """What makes a row this one: its number; of a target its year too, of an amount its source and year."""
    if kind == "target":
        return (*place, values.get("year"))
    if kind == "money":
        return (*place, getattr(values.get("funder"), "pk", None), values.get("year"))
    return place


def _records(by: Access, plan: Plan) -> dict[str, dict[Key, Any]]:
    """Everything that is in the plan, by its key; one query a kind."""
    found: dict[str, dict[Key, Any]] = {}
    found["objective"] = {(one.number,): one for one in queries.objectives(by).filter(plan=plan)}
    lines = queries.lines(by).filter(objective__plan=plan)
    found["line"] = {(one.objective.number, one.number): one for one in lines}

    def place(one: Any) -> Place:
        return tuple(int(part) for part in one.place.split("."))

    found["activity"] = {place(one): one for one in queries.activities(by).filter(line__objective__plan=plan)}
    indicators = queries.indicators(by).filter(activity__line__objective__plan=plan)
    found["indicator"] = {place(one): one for one in indicators}
    targets = queries.targets(by).filter(indicator__activity__line__objective__plan=plan)
    found["target"] = {(*place(one.indicator), one.year): one for one in targets}
    money = queries.budgets(by).filter(line__objective__plan=plan)
    found["money"] = {
        (one.line.objective.number, one.line.number, one.funder_id, one.year): one for one in money
    }
    return found


def _named(records: Iterable[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in records:
        found[plain_word(one.name)] = one
    for one in found.copy().values():
        found[plain_word(one.code)] = one
    return found


def check_target(plan: Plan) -> None:
    """Nothing is brought into a plan that was evaluated."""
    if plan.state not in CHANGING:
        raise InputProblem("plans.fixed", row=1, plan=plan.name)
