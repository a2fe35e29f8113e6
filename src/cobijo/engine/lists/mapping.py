"""From an agency's headers to the canonical record: by the header tables alone, or with a small TOML file.

[columns]                      # canonical field = "header" or ["header", "header"] (joined with a space)
given_names = "Nombre de pila"
address = ["Calle", "Número", "Colonia"]

[file]                         # all optional
header_row = 3                 # the row with the headers, counted from 1
sheet = "Altas 2025"           # of a workbook
delimiter = ";"
encoding = "cp850"
automatic = false              # do not recognise any header by itself

[dates]
order = "dmy"                  # or "mdy", "ymd": how 03/04/2012 is to be read
capture_date = "mdy"           # one column that is written otherwise

[values.status]                # the agency's word = the canonical value
"en estudio" = "presumed"

[constants]                    # the same for every row, where the row says nothing
status = "identified"
status_body = "DIF Oaxaca"
"""

from __future__ import annotations

import codecs
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cobijo.engine.lists.headers import DATE_TARGETS, SEVERAL, TARGETS, recognise, spellings
from cobijo.engine.lists.text import fold
from cobijo.errors import WrongUsage

ORDERS = ("dmy", "mdy", "ymd")
_VALUE_FIELDS = frozenset({"sex", "status", "area", "form"})
_CONSTANTS = frozenset(TARGETS) - {
    "own_id",
    "full_name",
    "given_names",
    "surnames",
    "birth_year",
    "birth_month",
}


@dataclass(frozen=True)
class ListMapping:
    """What a mapping file says; the empty one says nothing."""

    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    orders: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    header_row: int | None = None
    sheet: str | None = None
    delimiter: str | None = None
    encoding: str | None = None
    automatic: bool = True

    def headers(self) -> frozenset[str]:
        """Every header that the mapping names, folded."""
        return frozenset(fold(h) for several in self.columns.values() for h in several)


@dataclass(frozen=True)
class Plan:
    """Which columns (positions in the file) fill which target, and what is worth a note."""

    sources: dict[str, tuple[int, ...]]
    unused: tuple[int, ...]
    doubled: tuple[tuple[str, int, int], ...]  # target, position taken, position left
    missing: tuple[tuple[str, str], ...]  # target, header that the mapping names and the file lacks


def load_mapping(path: Path | None) -> ListMapping:
    """Read a mapping file. Raises `WrongUsage` with the place of whatever is not understood."""
    if path is None:
        return ListMapping()
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise WrongUsage("lists.mapping_unreadable", file=path.name) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUsage("lists.mapping_not_toml", file=path.name, detail=str(error)[:200]) from error
    return _Checker(path.name).mapping(data)


class _Checker:
    """Checks the shape of a mapping file; every refusal names the file and the key."""

    def __init__(self, file: str) -> None:
        self.file = file

    def wrong(self, key: str, value: object = "") -> WrongUsage:
        return WrongUsage("lists.mapping_wrong", file=self.file, key=key, value=str(value)[:80])

    def table(self, data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        found = data.get(key, {})
        if not isinstance(found, dict):
            raise self.wrong(key, found)
        return found

    def texts(self, data: Mapping[str, Any], where: str, allowed: frozenset[str] | None) -> dict[str, str]:
        for key, value in data.items():
            if (allowed is not None and key not in allowed) or not isinstance(value, str | int):
                raise self.wrong(f"{where}.{key}", value)
        return {key: str(value) for key, value in data.items()}

    def mapping(self, data: Mapping[str, Any]) -> ListMapping:
        unknown = data.keys() - {"columns", "file", "dates", "values", "constants"}
        if unknown:
            raise self.wrong(sorted(unknown)[0])
        columns: dict[str, tuple[str, ...]] = {}
        for target, header in self.table(data, "columns").items():
            several = (
                (header,) if isinstance(header, str) else tuple(header) if isinstance(header, list) else ()
            )
            if target not in TARGETS or not several or not all(isinstance(h, str) for h in several):
                raise self.wrong(f"columns.{target}", header)
            columns[target] = several
        orders = self.texts(self.table(data, "dates"), "dates", frozenset({"order", *DATE_TARGETS}))
        for key, order in orders.items():
            if order not in ORDERS:
                raise self.wrong(f"dates.{key}", order)
        values = {
            name: {fold(k): v for k, v in self.texts(table, f"values.{name}", None).items()}
            for name, table in self.table(data, "values").items()
            if isinstance(table, dict) and name in _VALUE_FIELDS
        }
        if len(values) < len(self.table(data, "values")):
            raise self.wrong("values." + sorted(self.table(data, "values").keys() - values.keys())[0])
        constants = self.texts(self.table(data, "constants"), "constants", _CONSTANTS)
        return ListMapping(columns, orders, values, constants, **self.file_part(self.table(data, "file")))

    def file_part(self, data: Mapping[str, Any]) -> dict[str, Any]:
        kinds = {"header_row": int, "sheet": str, "delimiter": str, "encoding": str, "automatic": bool}
        for key, value in data.items():
            if key not in kinds or type(value) is not kinds[key]:
                raise self.wrong(f"file.{key}", value)
        if not 1 <= data.get("header_row", 1) <= 1000:
            raise self.wrong("file.header_row", data["header_row"])
        if len(data.get("delimiter", ";")) != 1 or data.get("delimiter") in ('"', "\n", "\r"):
            raise self.wrong("file.delimiter", data["delimiter"])
        try:
            text_codec = codecs.lookup(data.get("encoding", "utf-8"))._is_text_encoding
        except LookupError:
            text_codec = False
        if not text_codec:
            raise self.wrong("file.encoding", data["encoding"])
        return dict(data)


def recognised(cells: Sequence[str], mapping: ListMapping) -> int:
    """How many different fields a row would name if it were the header row."""
    named = mapping.headers()
    found: set[object] = set()
    for cell in cells:
        if not cell or len(cell) > 200:
            continue
        if named and any(s in named for s in spellings(cell)):
            found.add(fold(cell))
        elif mapping.automatic and (hit := recognise(cell)) is not None:
            found.add(hit[0])
    return len(found)


def plan(headers: Sequence[str], mapping: ListMapping) -> Plan:
    """Decide for every target which columns fill it. What the mapping says outranks what a header looks
    like."""
    sources: dict[str, tuple[int, ...]] = {}
    missing: list[tuple[str, str]] = []
    taken: set[int] = set()
    position = {}
    for i, header in reversed(list(enumerate(headers))):
        for spelling in spellings(header):
            position[spelling] = i
    exact = {h: i for i, h in reversed(list(enumerate(headers)))}
    for target, several in mapping.columns.items():
        found = [exact.get(h, position.get(fold(h))) for h in several]
        missing += [(target, h) for h, i in zip(several, found, strict=True) if i is None]
        if known := tuple(i for i in found if i is not None):
            sources[target] = known
            taken.update(known)
    doubled: list[tuple[str, int, int]] = []
    if mapping.automatic:
        doubled = _automatic(headers, sources, taken)
    used = {i for several in sources.values() for i in several}
    unused = tuple(i for i in range(len(headers)) if i not in used and i not in {d[2] for d in doubled})
    return Plan(sources, unused, tuple(doubled), tuple(missing))


def _automatic(
    headers: Sequence[str], sources: dict[str, tuple[int, ...]], taken: set[int]
) -> list[tuple[str, int, int]]:
    """Fill what the mapping left open; returns the headers that lost their target to another."""
    fixed = set(sources)
    wanted: dict[str, list[tuple[int, int]]] = {}
    for i, header in enumerate(headers):
        if i not in taken and (hit := recognise(header)) is not None:
            for target in hit[0]:
                wanted.setdefault(target, []).append((hit[1], i))
    bare = wanted.pop("name", [])
    if bare:
        names = {"given_names", "given1", "full_name"} & (fixed | wanted.keys())
        surnames = {"surname1", "surname2", "surnames"} & (fixed | wanted.keys())
        if not names:
            wanted["given_names" if surnames else "full_name"] = bare
    doubled: list[tuple[str, int, int]] = []
    for target, candidates in wanted.items():
        if target in fixed:
            continue
        if target in SEVERAL:
            sources[target] = tuple(i for _, i in candidates)
            continue
        rank, best = min(candidates)
        sources[target] = (best,)
        # A worse name for the same thing (an `id` beside a `folio`) is no contradiction; an equal one is.
        doubled += [(target, best, i) for r, i in candidates if i != best and r == rank]
    return doubled
