"""One sheet of a workbook as rows of text, with merged cells and formulas read as a person sees them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from cobijo.engine.lists.limits import MAX_CELL, MAX_COLUMNS
from cobijo.engine.lists.mapping import ListMapping
from cobijo.engine.lists.source import Block, Broken, Note, Row, Source, blocks_of, find_heading
from cobijo.engine.lists.xlsx import Merge, Workbook, column_number
from cobijo.errors import InputProblem

_FIRST = 14
_TRUTH = {"1": "true", "0": "false"}


class SheetReader:
    """Collects the rows of one sheet while its XML goes by."""

    def __init__(self, book: Workbook, part: str) -> None:
        self._book = book
        self._part = part
        self._ready: list[Row | Note] = []
        self._row = 0
        self._cells: dict[int, str] = {}
        self._at = -1
        self._kind = ""
        self._style = 0
        self._text: list[str] = []
        self._collect = False
        self._formula = False

    def rows(self) -> Iterator[Row | Note]:
        """Rows with something in them: row number and cells up to the last filled one."""
        yield from self._book.parse(self._part, self._start, self._end, self._characters, self._hand_over)

    def _hand_over(self) -> Iterator[Row | Note]:
        ready, self._ready = self._ready, []
        return iter(ready)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name in ("v", "t"):
            self._collect = True
        elif name == "c":
            letters = attributes.get("r", "").rstrip("0123456789")
            self._at = (
                column_number(letters)
                if 0 < len(letters) <= 3 and letters.isascii() and letters.isalpha()
                else self._at + 1
            )
            self._kind = attributes.get("t", "n")
            style = attributes.get("s", "0")
            self._style = int(style) if style.isdigit() and len(style) < 9 else 0
            self._text = []
            self._formula = False
        elif name == "f":
            self._formula = True
        elif name == "row":
            number = attributes.get("r", "")
            told = int(number) if number.isdigit() and len(number) < 9 else 0
            # Row numbers only grow: a damaged one must not give two records one id.
            self._row = max(told, self._row + 1)
            self._cells = {}
            self._at = -1

    def _characters(self, text: str) -> None:
        if self._collect and len(self._text) < 10_000:
            self._text.append(text)

    def _end(self, name: str) -> None:
        if name in ("v", "t"):
            self._collect = False
        elif name == "c":
            value = self._value("".join(self._text)[:MAX_CELL])
            if self._formula and not value:
                self._ready.append(Note("lists.formula_empty", "note", self._row))
            if value and self._at < MAX_COLUMNS:
                self._cells[self._at] = value
        elif name == "row" and self._cells:
            width = max(self._cells) + 1
            row: list[str | None] = [None] * width
            for i, value in self._cells.items():
                row[i] = value
            self._ready.append((self._row, row))

    def _value(self, text: str) -> str:
        if self._kind == "s":
            shared = self._book.shared
            index = int(text) if text.isdigit() and len(text) < 9 else len(shared)
            return shared[index] if index < len(shared) else ""
        if self._kind == "b":
            return _TRUTH.get(text, text)
        if self._kind == "n" and text:
            return self._book.serial(text) if self._style in self._book.date_styles else plain_number(text)
        if self._kind == "d":
            return text.removesuffix("T00:00:00")
        return text


def plain_number(text: str) -> str:
    """A number as a person typed it: 12.0 is 12, 5.5E3 is 5500.

    >>> plain_number("12.0"), plain_number("5.5E3"), plain_number("0.5")
    ('12', '5500', '0.5')
    """
    if text.isdigit():
        return text
    try:
        value = float(text)
    except ValueError:
        return text
    return str(int(value)) if abs(value) < 1e15 and value == int(value) else text


def fill_down(rows: Iterator[Row | Note], merges: list[Merge]) -> Iterator[Row | Note]:
    """Give every row of a cell that is merged downwards the value that a person sees beside it."""
    open_: list[tuple[int, int, str]] = []
    by_row: dict[int, list[Merge]] = {}
    for merge in merges:
        if merge[3] > merge[1]:
            by_row.setdefault(merge[1], []).append(merge)
    for item in rows:
        if isinstance(item, Note):
            yield item
            continue
        number, cells = item[0], list(item[1])
        open_ = [o for o in open_ if o[1] >= number]
        for column, _, value in open_:
            cells += [None] * (column + 1 - len(cells))
            if cells[column] is None:
                cells[column] = value
        for first, top, _, bottom in by_row.get(number, ()):
            value_here = cells[first] if first < len(cells) else None
            if value_here:
                open_.append((first, bottom, value_here))
                yield Note("lists.merged_cells", "note", top, value=value_here, params={"last": bottom})
        yield number, cells


def _choose(book: Workbook, mapping: ListMapping) -> tuple[str, str, list[Note]]:
    """The sheet asked for, or the first visible one with something in it; other sheets are named in a
    note."""
    if mapping.sheet is not None:
        for name, part, _ in book.sheets:
            if name.strip().casefold() == mapping.sheet.strip().casefold():
                return name, part, []
        raise InputProblem("lists.sheet_absent", sheet=mapping.sheet[:60])
    candidates = [s for s in book.sheets if s[2]] or book.sheets
    for name, part, _ in candidates[:50]:
        if any(isinstance(item, tuple) for item in SheetReader(book, part).rows()):
            others = [other for other, _, _ in book.sheets if other != name]
            notes = [
                Note("lists.other_sheets", "note", params={"sheet": name, "others": ", ".join(others)[:200]})
            ]
            return name, part, notes if others else []
    raise InputProblem("lists.empty")


def open_xlsx(path: Path, mapping: ListMapping) -> Source:
    """Open a workbook. Raises `InputProblem` for what is damaged, protected, too large or no list."""
    book = Workbook(path)
    book.load_texts()
    _, part, notes = _choose(book, mapping)
    merges = book.merges(part)

    def raw() -> Iterator[Row | Note]:
        return SheetReader(book, part).rows()

    wanted = max(mapping.header_row or 0, _FIRST)
    first: list[Row] = []
    for item in raw():
        if isinstance(item, tuple):
            first.append(item)
            if len(first) >= wanted:
                break

    def joined(i: int, j: int) -> list[str]:
        return _two_lines(first[i], first[j], merges)

    heading = find_heading(first, mapping, joined)
    last = first[heading.skip - 1][0]
    headers = heading.headers[: heading.named]
    below = [m for m in merges if m[1] > last]

    def data() -> Iterator[Row | Broken | Note]:
        for item in fill_down(raw(), below):
            if (item[0] if isinstance(item, tuple) else item.row or 0) > last:
                yield item

    cache: list[Block] = []

    def blocks(_: Collection[int] | None) -> Iterator[Block]:
        # Reading XML is the slow part; its text is small beside it, so it is kept for the second pass.
        if not cache:
            cache.extend(blocks_of(data(), len(headers), cut=True))
        return iter(cache)

    return Source("xlsx", headers, notes + heading.notes, blocks)


def _two_lines(top: Row, bottom: Row, merges: list[Merge]) -> list[str]:
    """Two header lines as one: the upper text of a range merged sideways belongs to all its columns."""
    width = min(max(len(top[1]), len(bottom[1])), MAX_COLUMNS)
    upper = [*(c or "" for c in top[1]), *[""] * width][:width]
    lower = [*(c or "" for c in bottom[1]), *[""] * width][:width]
    for first, row, last, _ in merges:
        if row == top[0] and first < width and upper[first]:
            for i in range(first, min(last, width - 1) + 1):
                upper[i] = upper[first]
    return [f"{u}: {v}" if u and v and u != v else v or u for u, v in zip(upper, lower, strict=True)]
