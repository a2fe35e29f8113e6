"""HTCDS records as flat rows and as a workbook, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from cobijo.errors import InputProblem
from cobijo.web.care.exchange.htcds import Record, flat
from cobijo.web.care.exchange.mapping import htcds

#: Of a workbook from outside; a national file travels as JSON.
MOST_ROWS = 100_000


def rows_of(document: Mapping[str, Any]) -> tuple[list[str], list[list[Any]]]:
    """Heading and rows of a document: only columns that some record fills, in the order of the schema."""
    records = [flat(record) for record in document["records"]]
    used = {name for record in records for name in record}
    heading = [field.column for field in htcds().fields if field.column in used]
    return heading, [[cell_of(record.get(name)) for name in heading] for record in records]


def cell_of(value: Any) -> Any:
    if isinstance(value, list):
        return ";".join(str(one) for one in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value


def write_workbook(document: Mapping[str, Any]) -> bytes:
    """The records on one sheet, what they are on another. Texts stay texts: nothing is read as a formula."""
    from openpyxl import Workbook
    from openpyxl.styles import Font

    heading, rows = rows_of(document)
    book = Workbook()
    sheet = book.active
    sheet.title = "records"
    for number, values in enumerate([heading, *rows], start=1):
        for column, value in enumerate(values, start=1):
            cell = sheet.cell(number, column)
            if isinstance(value, str):
                cell.value = value
                cell.data_type = "s"
            elif value is not None:
                cell.value = value
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "A2"
    about = book.create_sheet("about")
    for name in ("format", "version", "made_on", "pseudonymised", "invented", "attribution"):
        about.append([name, str(document.get(name, ""))])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def read_workbook(path: Path) -> list[tuple[int, Record]]:
    """The numbered rows of the first sheet that can be seen; the workbook's own claims of size are not trusted."""
    from cobijo.engine.lists.sheet import SheetReader
    from cobijo.engine.lists.source import Note
    from cobijo.engine.lists.xlsx import Workbook

    book = Workbook(path)
    try:
        part = next((part for _, part, visible in book.sheets if visible), None)
        if part is None:
            raise InputProblem("exchange.no_records")
        book.load_texts()
        heading: Sequence[str | None] = ()
        found: list[tuple[int, Record]] = []
        for item in SheetReader(book, part).rows():
            if isinstance(item, Note):
                continue
            number, cells = item
            if not heading:
                heading = check_heading(cells)
                continue
            if len(found) >= MOST_ROWS:
                raise InputProblem("exchange.too_many", most=MOST_ROWS)
            found.append((number, named(number, heading, cells)))
    finally:
        book.close()
    if not found:
        raise InputProblem("exchange.no_records")
    return found


def check_heading(cells: Sequence[str | None]) -> Sequence[str | None]:
    """Two columns that are one field would overwrite each other silently."""
    seen: dict[str, str] = {}
    for name in cells:
        if not name:
            continue
        field = htcds().find(name)
        key = field.column if field else name
        if key in seen:
            raise InputProblem("exchange.column_twice", one=seen[key], other=name)
        seen[key] = name
    return cells


def named(number: int, heading: Sequence[str | None], cells: Sequence[str | None]) -> dict[str, Any]:
    """A cell outside the heading is kept under its place, so that the importer lists it."""
    record: dict[str, Any] = {}
    for column, cell in enumerate(cells):
        name = heading[column] if column < len(heading) else None
        if cell:
            record[name or f"column {column + 1}"] = cell
    return record
