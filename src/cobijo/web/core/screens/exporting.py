"""CSV, XLSX and JSON of a register. No cell can start a formula; no cell says what the person may not see."""

from __future__ import annotations

import csv
import io
import itertools
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from cobijo.web.core.access.context import Access
from cobijo.web.core.screens import showing
from cobijo.web.core.screens.history import plain
from cobijo.web.core.screens.identity import attach, identity_of, name_of
from cobijo.web.core.screens.register import Column, Register

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}
AT_ONCE = 5_000  # more rows than these are a job
#: What a spreadsheet might take for the beginning of a formula, in full width too.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def harmless(text: str) -> str:
    """A cell that a spreadsheet shows and never computes."""
    text = UNPRINTABLE.sub("", text)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def columns(register: Register, identities: bool = True) -> list[Column]:
    """What is exported: the columns of the list, then the other fields of the form; what is sealed, only if asked."""
    shown = list(register.shown)
    names = {one.name for one in shown}
    rest = [name for name in register.fields if name not in names]
    return shown + [Column(name) for name in rest if identities or name not in register.sealed]


def table(
    access: Access, register: Register, records: Sequence[Any], identities: bool = False
) -> Iterator[list[str]]:
    """Rows of text as on the page; a hidden cell is empty. Identities are read where asked, in one batch."""
    if identities:
        attach(access, register.kind, records)
    for cells in showing.rows(access, register, records, columns(register, identities), "export"):
        yield [one.text for one in cells]


def objects(
    access: Access, register: Register, records: Sequence[Any], identities: bool = False
) -> Iterator[dict[str, Any]]:
    """Rows as kept, for programs."""
    if identities:
        attach(access, register.kind, records)
    for record in records:
        yield as_object(access, register, record, "export")


def as_object(access: Access, register: Register, record: Any, action: str = "see") -> dict[str, Any]:
    """One record for a program: only the fields that may be seen are in it."""
    fields = showing.seen(access, register, record, action)
    found: dict[str, Any] = {"id": record.pk}
    if register.is_field("version"):
        found["version"] = record.version
    for column in columns(register):
        if column.identity:
            found[column.name] = name_of(record)
            continue
        if fields is not None and column.name not in fields:
            continue
        if column.name in register.sealed:
            if identity_of(record) is not None:
                found[column.name] = showing.kept(record, column.name)
            continue
        if register.is_field(column.name):
            found[column.name] = plain(record, column.name)
        else:
            value = getattr(record, column.name, None)
            found[column.name] = value() if callable(value) else value
    return found


def head(register: Register, identities: bool = False) -> list[str]:
    return [register.label(one.name) for one in columns(register, identities)]


def written(
    access: Access, register: Register, records: Sequence[Any], form: str, identities: bool = False
) -> bytes:
    """The whole file."""
    if form == "json":
        found = list(objects(access, register, records, identities))
        return json.dumps(found, ensure_ascii=False, indent=1).encode()
    rows = table(access, register, records, identities)
    if form == "csv":
        return csv_head(register, identities) + b"".join(csv_rows(rows))
    return xlsx(register, rows, identities)


def csv_head(register: Register, identities: bool = False) -> bytes:
    """With a mark by which spreadsheets know that it is UTF-8."""
    return b"\xef\xbb\xbf" + _line([harmless(one) for one in head(register, identities)])


def csv_rows(rows: Iterable[list[str]]) -> Iterator[bytes]:
    for row in rows:
        yield _line([harmless(one) for one in row])


def xlsx(register: Register, rows: Iterable[list[str]], identities: bool = False) -> bytes:
    """A workbook of one sheet under the heads of the columns."""
    return workbook(itertools.chain([head(register, identities)], rows), title=register.kind)


def workbook(rows: Iterable[list[str]], *, title: str, heads: int = 1) -> bytes:
    """A workbook of one sheet whose first `heads` rows stay in view. Every cell is text, whatever it looks like."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title=title[:31])
    sheet.freeze_panes = f"A{heads + 1}"
    for row in rows:
        line = []
        for one in row:
            cell = WriteOnlyCell(sheet, value=harmless(one))
            cell.data_type = "s"
            line.append(cell)
        sheet.append(line)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def file_name(register: Register, form: str, day: date) -> str:
    return f"{register.kind}-{day.isoformat()}.{form}"


def _line(row: list[str]) -> bytes:
    target = io.StringIO()
    csv.writer(target).writerow(row)
    return target.getvalue().encode()
