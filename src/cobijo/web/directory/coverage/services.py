"""A 4W table becomes services: what each row would do, said first, then done through the directory's own services.

A row is matched to the service that its organisation has under that name in that state, so the same table read twice
changes nothing the second time. An empty cell changes nothing either; a new shelter is hidden and not public.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from cobijo.engine.pack.shape import plain_word
from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import render
from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check, visible
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.screens.importing import Reader
from cobijo.web.core.screens.register import Register, register_of
from cobijo.web.core.screens.showing import language
from cobijo.web.directory.coverage.reading import Table, find_area
from cobijo.web.directory.services import services as directory
from cobijo.web.directory.services.models import Service, ServiceKind

Row = tuple[int, dict[str, str]]
#: What every table must have a column for, and one of which suffices.
NEEDED = (
    ("#org", {"organisation", "organisation_code"}),
    ("#activity+name", {"name"}),
    ("#activity+code", {"kind", "kind_words"}),
    ("#adm1", {"area", "area_words"}),
)
_NOT_FIELDS = {"organisation_code", "kind_words", "area_words"}


class TakenBack(Exception):
    """Ends the trial: what it wrote is undone."""


@dataclass(frozen=True)
class Change:
    """One field as it is and as it would be, in words."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Planned:
    """What one row of the file does: make, change or nothing."""

    row: int
    does: str  # make, change, same
    organisation: str
    name: str
    values: Mapping[str, Any]
    service: Service | None = None
    changes: tuple[Change, ...] = ()


@dataclass
class Plan:
    """What a table would do, and what is wrong with which row."""

    rows: list[Planned] = field(default_factory=list)
    problems: list[tuple[int, str, str]] = field(default_factory=list)  # row of the file, field, sentence

    def count(self, does: str) -> int:
        return sum(one.does == does for one in self.rows)


class _Matching:
    """Organisations and services as they are now; asked of the database once for a whole table."""

    def __init__(self, by: Access) -> None:
        self.codes: dict[str, Organisation] = {}
        self.names: defaultdict[str, list[Organisation]] = defaultdict(list)
        for one in visible(by, "organisation", Organisation.objects.all()):
            self.codes[one.code.casefold()] = one
            self.names[plain_word(one.name)].append(one)
        self.mine: defaultdict[tuple[int, str, str], list[Service]] = defaultdict(list)
        for service in visible(by, "service", Service.objects.filter(ended_on=None), "change"):
            self.mine[service.organisation_id, plain_word(service.name), service.area].append(service)

    def organisation(self, row: Mapping[str, str]) -> Organisation:
        code, name = row.get("organisation_code", ""), row.get("organisation", "")
        found = self.codes.get(code.casefold()) if code else None
        if found is None and name:
            named = self.names.get(plain_word(name), [])
            if len(named) > 1:
                raise InputProblem("coverage.organisation_twice", name=name)
            found = named[0] if named else self.codes.get(name.casefold())
        if found is None:
            raise InputProblem("coverage.organisation_unknown", name=code or name)
        return found


def plan(*, by: Access, table: Table, rows: Sequence[Row] | None = None) -> Plan:
    """What each row would do. Writes nothing."""
    check(by, "import", "service")
    for tag, fields in NEEDED:
        if not fields & table.fields:
            raise InputProblem("coverage.column_missing", tag=tag)
    register = register_of("service")
    assert register is not None
    reader, matching, made = Reader(by, register), _Matching(by), Plan()
    wanted = {one for one in table.fields if one not in _NOT_FIELDS} | {"organisation", "kind", "area"}
    wanted &= set(reader.form.fields)
    keys: Counter[tuple[int, str, str]] = Counter()
    for number, row in table.rows if rows is None else rows:
        try:
            text = _text(row, matching)
        except InputProblem as wrong:
            made.problems.append((number, "", _said(wrong, number)))
            continue
        values, problems = reader.values(text)
        if problems:
            made.problems += [(number, name, said) for name, said in problems]
            continue
        key = (values["organisation"].pk, plain_word(values["name"]), values["area"])
        keys[key] += 1
        if keys[key] > 1 or len(matching.mine[key]) > 1:
            code = "coverage.row_twice" if keys[key] > 1 else "coverage.several_services"
            made.problems.append((number, "", _said(InputProblem(code), number)))
            continue
        there = matching.mine[key][0] if matching.mine[key] else None
        made.rows.append(_planned(register, number, values, wanted & set(text), there))
    return made


def tried(*, by: Access, table: Table) -> Plan:
    """The plan, and, where no row is wrong, all of it really written and taken back: the database is asked too."""
    made = plan(by=by, table=table)
    if made.problems:
        return made
    try:
        with transaction.atomic():
            write(by=by, planned=made.rows)
            raise TakenBack
    except TakenBack:
        pass
    except CobijoError as wrong:
        number = wrong.params.get("row")
        row = number if isinstance(number, int) else 0
        made.problems.append((row, "", render(wrong.code, wrong.params, language())))
    return made


def write(*, by: Access, planned: Sequence[Planned]) -> tuple[int, int]:
    """Make and change what the plan says; how many of each. An error names the row of the file."""
    new = [one for one in planned if one.does == "make"]
    changed = [one for one in planned if one.does == "change"]
    with transaction.atomic():
        if new:
            with _rows_of_file(new):
                directory.add(by=by, rows=[one.values for one in new])
        if changed:
            with _rows_of_file(changed):
                rows = [
                    {"pk": one.service.pk, "version": one.service.version, **one.values}
                    for one in changed
                    if one.service is not None
                ]
                directory.change(by=by, rows=rows)
    return len(new), len(changed)


class _rows_of_file:  # noqa: N801 - reads as the statement it is
    """The row that a service counts becomes the row of the file."""

    def __init__(self, planned: Sequence[Planned]) -> None:
        self.planned = planned

    def __enter__(self) -> None:
        return None

    def __exit__(self, _type: Any, wrong: BaseException | None, _trace: Any) -> None:
        if isinstance(wrong, InputProblem) and isinstance(place := wrong.params.get("row"), int):
            params = {**wrong.params, "row": self.planned[place - 1].row}
            raise InputProblem(wrong.code, **params) from wrong


def _text(row: Mapping[str, str], matching: _Matching) -> dict[str, str]:
    """The row as the register reads it: organisation by its number, kind and state by their codes."""
    text = {name: cell for name, cell in row.items() if name not in _NOT_FIELDS and cell}
    text["organisation"] = str(matching.organisation(row).pk)
    text["kind"] = row.get("kind") or row.get("kind_words", "")
    area = find_area(country.pack(), row.get("area", ""), row.get("area_words", ""))
    if area is None:
        raise InputProblem("coverage.state_unknown", value=row.get("area") or row.get("area_words", ""))
    text["area"] = area
    return text


def _planned(
    register: Register, number: int, values: dict[str, Any], wanted: set[str], there: Service | None
) -> Planned:
    kept = {name: value for name, value in values.items() if name in wanted}
    who, name = str(values["organisation"]), values["name"]
    if there is None:
        shelter = {"hidden_address": True} if values["kind"] == ServiceKind.SHELTER else {}
        return Planned(number, "make", who, name, {**values, "public": False, **shelter})
    kept.pop("name")  # the same but for accents and capitals: the entry keeps its own spelling
    differing = {name: value for name, value in kept.items() if getattr(there, name) != value}
    changes = tuple(
        Change(register.label(one), _words(getattr(there, one)), _words(value))
        for one, value in differing.items()
    )
    return Planned(number, "change" if differing else "same", who, name, differing, there, changes)


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "✓" if value else "✗"
    return "—" if value in (None, "") else str(value)


def _said(wrong: CobijoError, row: int) -> str:
    return render(wrong.code, {**wrong.params, "row": row}, language())
