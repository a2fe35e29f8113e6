"""Workbooks (.xlsx) as a stream of rows, without trusting anything that the file says about its own size.

A workbook is a zip of XML. The zip's table of contents is checked first (unpacked size, ratio); the sheet is
then read
cell by cell, so that claimed dimensions, far-away cells and formatted empty rows cost nothing. Document type
declarations, which could expand without end, are refused.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from xml.parsers import expat

from cobijo.engine.lists.limits import MAX_RATIO, MAX_SHARED_TEXT, MAX_UNPACKED, RATIO_FREE
from cobijo.engine.lists.source import Note, Row
from cobijo.errors import InputProblem

_MERGE = re.compile(rb'mergeCell\s+ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_CHUNK = 1 << 18
_MAX_MERGES = 100_000
#: Built-in number formats of dates (ECMA-376 part 1, 18.8.30) and the letters that make a custom one a date.
_DATE_FORMATS = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 59)})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

Merge = tuple[int, int, int, int]  # first column, first row, last column, last row


def column_number(letters: str) -> int:
    """Position of a column: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


class Workbook:
    """An opened workbook: its sheets, shared texts and which styles are dates."""

    def __init__(self, path: Path) -> None:
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise InputProblem("lists.corrupt", kind="XLSX") from error
        self._sizes = {i.filename: i for i in self._zip.infolist()}
        self._check_sizes(max(path.stat().st_size, 1))
        if "xl/workbook.xml" not in self._sizes:
            raise InputProblem("lists.not_a_workbook")
        self.early_epoch = True
        self._parts = {"sharedStrings": "xl/sharedStrings.xml", "styles": "xl/styles.xml"}
        self.sheets: list[tuple[str, str, bool]] = []
        self._read_workbook()
        self.shared: list[str] = []
        self.date_styles: frozenset[int] = frozenset()

    def _check_sizes(self, packed: int) -> None:
        unpacked = sum(i.file_size for i in self._sizes.values())
        if unpacked > MAX_UNPACKED or (unpacked > RATIO_FREE and unpacked > MAX_RATIO * packed):
            raise InputProblem("lists.bomb", limit=MAX_RATIO)
        if any(i.flag_bits & 1 for i in self._sizes.values()):
            raise InputProblem("lists.password")

    def close(self) -> None:
        self._zip.close()

    def chunks(self, part: str) -> Iterator[bytes]:
        """The bytes of a part; never more than the table of contents announced and `_check_sizes` allowed."""
        try:
            with self._zip.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            KeyError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise InputProblem("lists.corrupt", kind="XLSX") from error

    def parse(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
        after: Callable[[], Iterator[Row | Note]] | None = None,
    ) -> Iterator[Row | Note]:
        """Run an XML part through callbacks; `after` hands over what has been collected after each chunk."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartElementHandler = lambda name, attributes: start(name.rpartition("}")[2], attributes)
        if end is not None:
            parser.EndElementHandler = lambda name: end(name.rpartition("}")[2])
        if text is not None:
            parser.CharacterDataHandler = text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            for chunk in self.chunks(part):
                parser.Parse(chunk, False)
                if after is not None:
                    yield from after()
            parser.Parse(b"", True)
        except (expat.ExpatError, UnicodeDecodeError) as error:
            raise InputProblem("lists.corrupt", kind="XLSX") from error
        if after is not None:
            yield from after()

    def _read_workbook(self) -> None:
        targets: dict[str, str] = {}

        def relation(name: str, attributes: dict[str, str]) -> None:
            if name == "Relationship":
                target = attributes.get("Target", "")
                full = target.lstrip("/") if target.startswith("/") else posixpath.normpath("xl/" + target)
                targets[attributes.get("Id", "")] = full
                kind = attributes.get("Type", "").rpartition("/")[2]
                if kind in self._parts and full in self._sizes:
                    self._parts[kind] = full

        def sheet(name: str, attributes: dict[str, str]) -> None:
            if name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                self.early_epoch = False
            elif name == "sheet":
                link = next(
                    (v for k, v in attributes.items() if k.rpartition("}")[2] == "id" and "}" in k), ""
                )
                part = targets.get(link, "")
                if part in self._sizes:
                    visible = attributes.get("state", "visible") == "visible"
                    self.sheets.append((attributes.get("name", ""), part, visible))

        list(self.parse("xl/_rels/workbook.xml.rels", relation))
        list(self.parse("xl/workbook.xml", sheet))
        if not self.sheets:
            raise InputProblem("lists.corrupt", kind="XLSX")

    def load_texts(self) -> None:
        """Shared texts and date styles; called once a sheet has been chosen."""
        if self._parts["styles"] in self._sizes:
            self._read_styles()
        part = self._parts["sharedStrings"]
        if part not in self._sizes:
            return
        if self._sizes[part].file_size > MAX_SHARED_TEXT:
            raise InputProblem("lists.bomb", limit=MAX_RATIO)
        pieces: list[str] = []
        state = {"t": False, "phonetic": False}

        def start(name: str, _: dict[str, str]) -> None:
            if name == "si":
                pieces.clear()
            elif name == "rPh":
                state["phonetic"] = True
            state["t"] = name == "t" and not state["phonetic"]

        def end(name: str) -> None:
            state["t"] = False
            if name == "rPh":
                state["phonetic"] = False
            elif name == "si":
                self.shared.append("".join(pieces))

        list(self.parse(part, start, end, lambda t: pieces.append(t) if state["t"] else None))

    def _read_styles(self) -> None:
        custom: set[int] = set()
        dates: set[int] = set()
        state = {"in": False, "n": 0}

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "numFmt":
                code = _QUOTED.sub("", attributes.get("formatCode", "")).lower()
                if (
                    re.search(r"[dy]", code)
                    and "general" not in code
                    and attributes.get("numFmtId", "").isdigit()
                ):
                    custom.add(int(attributes["numFmtId"][:9]))
            elif name == "cellXfs":
                state["in"] = True
            elif name == "xf" and state["in"]:
                number = attributes.get("numFmtId", "0")
                if number.isdigit() and (int(number[:9]) in _DATE_FORMATS or int(number[:9]) in custom):
                    dates.add(int(state["n"]))
                state["n"] += 1

        def end(name: str) -> None:
            if name == "cellXfs":
                state["in"] = False

        list(self.parse(self._parts["styles"], start, end))
        self.date_styles = frozenset(dates)

    def merges(self, part: str) -> list[Merge]:
        """Merged ranges of a sheet. They stand behind the cells, so they are looked up before reading."""
        found: list[Merge] = []
        tail = b""
        for chunk in self.chunks(part):
            data = tail + chunk
            last = 0
            for hit in _MERGE.finditer(data):
                a, b, c, d = hit.groups()
                found.append((column_number(a.decode()), int(b), column_number(c.decode()), int(d)))
                last = hit.end()
            tail = data[max(last, len(data) - 100) :]
            if len(found) > _MAX_MERGES:
                raise InputProblem("lists.too_many_merges", limit=_MAX_MERGES)
        return found

    def serial(self, text: str) -> str:
        """An Excel date number as ISO text; what is no date stays as it is."""
        try:
            days = float(text)
        except ValueError:
            return text
        if not 0 < days < 2_958_466:
            return text
        # Excel thinks 1900 was a leap year: its day 60 does not exist (ECMA-376 part 1, 18.17.4.1).
        first = (1899, 12, 30 if days >= 60 else 31) if self.early_epoch else (1904, 1, 1)
        moment = (datetime(*first, tzinfo=UTC) + timedelta(days=days)).replace(tzinfo=None)
        return (
            moment.date().isoformat() if days == int(days) else moment.isoformat(sep=" ", timespec="seconds")
        )


def _refuse_doctype(*_: object) -> None:
    raise InputProblem("lists.corrupt", kind="XLSX")
