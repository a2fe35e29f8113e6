"""The lines of a table that somebody handed in, CSV or XLSX, as text."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
import zipfile
from collections.abc import Iterator
from typing import IO, Any

from cobijo.errors import CobijoError, InputProblem
from cobijo.web.core.screens.exporting import FORMULA

MOST_BYTES = 32 * 2**20


#: How a CSV is opened: as UTF-8, and what is none as the letters of Windows, in which spreadsheets still save.
ENCODING, ERRORS = "utf-8-sig", "as_windows"


def _as_windows(wrong: UnicodeError) -> tuple[str, int]:
    assert isinstance(wrong, UnicodeDecodeError)
    return wrong.object[wrong.start : wrong.end].decode("cp1252"), wrong.end


codecs.register_error(ERRORS, _as_windows)


def bare_cell(text: str) -> str:
    """Without the mark that our own exports put before what looks like a formula."""
    text = text.strip()
    return text[1:] if text.startswith("'") and text[1:].lstrip(" ").startswith(FORMULA) else text


def lines(source: IO[bytes] | io.RawIOBase) -> Iterator[list[str]]:
    """The lines of a CSV or an XLSX, as they come. Raises one sentence where it is neither."""
    buffered: Any = io.BufferedReader(source, 1 << 16)
    try:
        if buffered.peek(2)[:2] == b"PK":
            yield from xlsx_lines(buffered.read())
        else:
            yield from _csv_lines(buffered)
    except (UnicodeDecodeError, csv.Error, ValueError) as wrong:
        raise InputProblem("screens.no_table") from wrong
    finally:
        buffered.detach()  # the file is closed by whoever opened it


def _csv_lines(source: Any) -> Iterator[list[str]]:
    text = io.TextIOWrapper(source, ENCODING, ERRORS, newline="")
    try:
        first = text.readline(1 << 20)
        check_letters(first)
        yield from csv.reader(itertools.chain([first], text), delimiter=mark_of(first))
    finally:
        text.detach()


def check_letters(text: str) -> None:
    """Raises one sentence where it is no text, or was written with two bytes a letter."""
    if "\0" in text:
        raise InputProblem("screens.no_table")


def mark_of(beginning: str) -> str:
    """What parts the columns of a CSV that begins so."""
    return max((",", ";", "\t"), key=beginning.count)


def xlsx_lines(content: bytes, *, most: int = MOST_BYTES) -> Iterator[list[str]]:
    """The lines of the first sheet, as text. One that unpacks to twenty times `most` bytes is refused."""
    try:
        yield from _sheet(content, most)
    except CobijoError:
        raise
    except Exception as wrong:  # of a damaged workbook, whatever the library happens to stumble over
        raise InputProblem("screens.no_table") from wrong


def _sheet(content: bytes, most: int) -> Iterator[list[str]]:
    from openpyxl import load_workbook

    with zipfile.ZipFile(io.BytesIO(content)) as box:
        if sum(one.file_size for one in box.infolist()) > 20 * most:
            raise InputProblem("screens.file_too_large", most=most // 2**20)
    sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).active
    for line in sheet.iter_rows(values_only=True):
        yield [_shown(one) for one in line]


def _shown(cell: Any) -> str:
    """A cell as text. A sheet keeps 1234.57 as 1234.5700000000002 after a sum, and shows fifteen digits."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.15g}" if abs(cell) < 10**15 else str(cell)
    return str(cell.date() if hasattr(cell, "date") else cell)
