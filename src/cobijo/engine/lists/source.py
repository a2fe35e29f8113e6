"""One shape for every kind of file: headers, and blocks of text columns that can be read again from the
start."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from cobijo.engine.lists.limits import BLOCK_CHARACTERS, BLOCK_ROWS, MAX_COLUMNS, MAX_ROWS
from cobijo.engine.lists.mapping import ListMapping, recognised
from cobijo.engine.lists.text import tidy
from cobijo.errors import InputProblem, Param

#: A row as a format gives it: row number as the agency sees it, and its cells.
Row = tuple[int, Sequence[str | None]]

HEADER_SEARCH = 12


@dataclass(frozen=True)
class Note:
    """A problem met while reading the file, before anything is known about fields."""

    code: str
    severity: str
    row: int | None = None
    column: str | None = None
    value: str | None = None
    params: dict[str, Param] = field(default_factory=dict)


@dataclass(frozen=True)
class Broken:
    """A row that cannot be cut into the header's columns: its cells as far as they could be told apart."""

    row: int
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Block:
    """Some rows: `rows` (int32) and one text array a header; what went wrong in them; `done` of `total` is
    progress."""

    rows: pa.Array
    columns: list[pa.Array]
    notes: list[Note]
    broken: list[Broken]
    done: int = 0
    total: int = 0


@dataclass(frozen=True)
class Source:
    """An opened list. `blocks(wanted)` starts from the first row each time; `wanted` as in `blocks_of`."""

    kind: str
    headers: list[str]
    notes: list[Note]
    blocks: Callable[[Collection[int] | None], Iterator[Block]]


def blocks_of(
    rows: Iterable[Row | Broken | Note],
    width: int,
    place: Callable[[], tuple[int, int]] = lambda: (0, 0),
    *,
    wanted: Collection[int] | None = None,
    cut: bool = False,
) -> Iterator[Block]:
    """Collect rows into blocks of columns. A row with something beyond the last header is broken.

    `wanted`: positions of the columns that somebody will look at; the others are left empty, which saves
    time.
    Where cells have addresses (`cut`, a sheet), nothing can have shifted: the surplus is noted and left out.
    """
    numbers: list[int] = []
    cells: list[Sequence[str | None]] = []
    notes: list[Note] = []
    broken: list[Broken] = []
    characters = count = 0

    def block() -> Block:
        columns = list(zip(*cells, strict=True)) if cells else [()] * width
        arrays = [
            pa.array(column, type=pa.string())
            if wanted is None or i in wanted
            else pa.nulls(len(cells), pa.string())
            for i, column in enumerate(columns)
        ]
        return Block(pa.array(numbers, type=pa.int32()), arrays, notes, broken, *place())

    for item in rows:
        if isinstance(item, Note):
            notes.append(item)
            continue
        if isinstance(item, Broken):
            broken.append(item)
        else:
            number, values = item
            if len(values) != width:
                surplus = [v for v in values[width:] if v]
                values = [*values[:width], *[None] * (width - len(values))]
            else:
                surplus = []
            if surplus and not cut:
                broken.append(Broken(number, tuple(v or "" for v in item[1])))
                notes.append(
                    Note("lists.row_too_long", "row", number, params={"found": len(item[1]), "wanted": width})
                )
            else:
                if surplus:
                    notes.append(Note("lists.cell_outside", "note", number, value=" | ".join(surplus)))
                numbers.append(number)
                cells.append(values)
                try:
                    characters += sum(map(len, values))  # type: ignore[arg-type]
                except TypeError:
                    characters += sum(len(v) for v in values if v is not None)
        count += 1
        if count > MAX_ROWS:
            raise InputProblem("lists.too_many_rows", limit=MAX_ROWS)
        if len(cells) + len(broken) >= BLOCK_ROWS or characters >= BLOCK_CHARACTERS:
            yield block()
            numbers, cells, notes, broken, characters = [], [], [], [], 0
    if numbers or notes or broken:
        yield block()


@dataclass(frozen=True)
class Heading:
    """Where the headers are: their texts and how many of the first rows come before the data."""

    headers: list[str]
    named: int  # position after the last header that is not blank
    skip: int
    notes: list[Note]


def find_heading(
    first: Sequence[Row], mapping: ListMapping, joined: Callable[[int, int], list[str]] | None = None
) -> Heading:
    """Find the header row among the first rows: the one that names most fields; a title above it is skipped.

    `joined(i, j)` gives rows i and j as one header (two header lines of a workbook, merged cells filled), or
    is None.
    Raises `InputProblem` when no row names a field.
    """
    if not first:
        raise InputProblem("lists.empty")
    if mapping.header_row is not None:
        at = next((i for i, (number, _) in enumerate(first) if number == mapping.header_row), None)
        if at is None:
            raise InputProblem("lists.header_row_absent", row=mapping.header_row)
        return make_heading([c or "" for c in first[at][1]], at, [], first[at][0])
    best, at, cells, lines = 0, -1, list[str](), 1
    for i, (_, row) in enumerate(first[:HEADER_SEARCH]):
        texts = [c or "" for c in row]
        if (hits := recognised(texts, mapping)) > best:
            best, at, cells = hits, i, texts
    for i in range(min(len(first), HEADER_SEARCH) - 1 if joined is not None else 0):
        texts = joined(i, i + 1) if joined is not None else []
        if (hits := recognised(texts, mapping)) > best:
            best, at, cells, lines = hits, i + 1, texts, 2
    if at < 0:
        shown = ", ".join(tidy(c)[:40] for c in (first[0][1][:8]) if c)
        raise InputProblem("lists.no_known_header", headers=shown)
    notes = []
    if lines == 2:
        notes.append(Note("lists.header_two_lines", "note", first[at][0]))
    elif at > 0:
        notes.append(Note("lists.header_not_first", "note", first[at][0], params={"skipped": at}))
    return make_heading(cells, at, notes, first[at][0])


def make_heading(cells: Sequence[str], at: int, notes: list[Note], row: int | None = None) -> Heading:
    """Make header texts unique and never empty; a doubled one gets a number behind it."""
    named = max((i + 1 for i, cell in enumerate(cells) if cell.strip()), default=0)
    if not named:
        raise InputProblem("lists.empty")
    if named > MAX_COLUMNS:
        raise InputProblem("lists.too_many_columns", found=named, limit=MAX_COLUMNS)
    cells = cells[:MAX_COLUMNS]
    seen = {"row": 1}
    headers: list[str] = []
    for i, cell in enumerate(cells):
        header = tidy(cell)[:120] or f"({i + 1})"
        base, n = header, seen.get(header, 0)
        while header in seen:
            n += 1
            header = f"{base} ({n})"
        if header != base and base != "row":
            notes.append(Note("lists.header_twice", "note", row, base, params={"renamed": header}))
        seen[base] = n or 1
        seen[header] = 1
        headers.append(header)
    return Heading(headers, named, at + 1, notes)
