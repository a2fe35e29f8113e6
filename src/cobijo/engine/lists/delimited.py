"""Delimited text: finds encoding, delimiter and quoting, and reads row by row with a bound on every line.

A row whose quoting is broken is set aside alone; reading goes on with the next line, so that one stray
quotation mark
never swallows the rest of a list.
"""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections import Counter, deque
from collections.abc import Collection, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from cobijo.engine.lists.limits import MAX_CELL, MAX_LINE, MAX_RATIO, MAX_UNPACKED, RATIO_FREE
from cobijo.engine.lists.mapping import ListMapping, recognised
from cobijo.engine.lists.source import (
    HEADER_SEARCH,
    Block,
    Broken,
    Note,
    Row,
    Source,
    blocks_of,
    find_heading,
)
from cobijo.errors import InputProblem

DELIMITERS = (",", ";", "\t", "|")
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: Letters and signs that Spanish text has beyond ASCII; what makes one single-byte code page likelier than
#: another.
_SPANISH = frozenset("áéíóúüñÁÉÍÓÚÜÑ")
_LIKELY = frozenset("¿¡ºª°«»“”‘’–—…´àèìòùâêîôûäëïöçãõÀÈÌÒÙÂÊÎÔÛÄËÏÖÇÃÕ€\xa0")
_CHUNK = 1 << 20


@dataclass(frozen=True)
class Encoding:
    """What the bytes are. `mixed`: lines that are not `name` are read as Windows-1252."""

    name: str
    guessed: bool = False
    mixed: bool = False


class Unpacking(io.RawIOBase):
    """A gzip stream that refuses to unpack without bound."""

    def __init__(self, path: Path) -> None:
        self._packed = max(path.stat().st_size, 1)
        self._file = gzip.open(path, "rb")  # noqa: SIM115 - closed in close()
        self._read = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._file.read(len(buffer))
        except (EOFError, OSError, zlib.error) as error:
            raise InputProblem("lists.corrupt", kind="gzip") from error
        buffer[: len(data)] = data
        self._read += len(data)
        if self._read > MAX_UNPACKED or (self._read > RATIO_FREE and self._read > MAX_RATIO * self._packed):
            raise InputProblem("lists.bomb", limit=MAX_RATIO)
        return len(data)

    def close(self) -> None:
        self._file.close()
        super().close()


def open_bytes(path: Path, packed: bool) -> BinaryIO:
    """The bytes of a file, unpacked when it is gzip."""
    return io.BufferedReader(Unpacking(path), _CHUNK) if packed else path.open("rb", buffering=_CHUNK)


def find_encoding(path: Path, packed: bool) -> Encoding:
    """Read the whole file once and decide. UTF-8 is proved, not guessed; code pages are told apart by their
    letters."""
    with open_bytes(path, packed) as stream:
        head = stream.read(4)
        for mark, name in _BOMS:
            if head.startswith(mark):
                return Encoding(name)
        sample = head + stream.read(65_536)
    if not sample:
        raise InputProblem("lists.empty")
    nul = [sample[i::2].count(0) / max(len(sample) // 2, 1) for i in (0, 1)]
    if max(nul) > 0.4 and min(nul) < 0.1:
        return Encoding("utf-16-le" if nul[1] > nul[0] else "utf-16-be", guessed=True)
    odd = sum(sample.count(c) for c in range(32) if c not in (9, 10, 12, 13))
    if odd > max(3, len(sample) // 50):
        raise InputProblem("lists.not_a_list")
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    good = bad = 0
    high: Counter[int] = Counter()
    with open_bytes(path, packed) as stream:
        while chunk := stream.read(_CHUNK):
            if chunk.isascii() and not decoder.getstate()[0]:
                continue
            text = decoder.decode(chunk)
            replaced = text.count("\ufffd")
            bad += replaced
            good += len(text) - len(text.encode("ascii", "ignore")) - replaced
            if replaced and len(high) < 128:
                high.update(b for b in chunk if b > 127)
        bad += bool(decoder.getstate()[0])
    if not bad:
        return Encoding("utf-8")
    if good > bad:
        return Encoding("utf-8", mixed=True)
    return Encoding(_code_page(high), guessed=True)


def _code_page(high: Counter[int]) -> str:
    """Windows-1252, Latin-1 or the DOS page 850, by which of them makes Spanish out of the bytes."""

    def score(name: str) -> float:
        total = 0.0
        for byte, times in high.items():
            try:
                letter = bytes([byte]).decode(name)
            except UnicodeDecodeError:
                return float("-inf")
            worth = 1.0 if letter in _SPANISH else 0.3 if letter in _LIKELY else -1.0
            total += worth * times
        return total

    return max(("cp1252", "latin-1", "cp850"), key=score)


class Lines:
    """Decoded lines of a file, each bounded, with a way to give lines back after a broken quotation."""

    def __init__(self, stream: BinaryIO, encoding: Encoding) -> None:
        self._stream = stream
        self._encoding = encoding
        self._back: deque[str] = deque()
        self._text = (
            None if encoding.mixed else io.TextIOWrapper(stream, encoding.name, errors="replace", newline="")
        )
        self.taken: list[str] = []
        self.strange = False

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        line = self._back.popleft() if self._back else self._read()
        if not line:
            raise StopIteration
        self.taken.append(line)
        return line

    def close(self) -> None:
        """Let go of the stream, which its opener closes."""
        if self._text is not None:
            self._text.detach()
            self._text = None

    def give_back(self) -> str:
        """Keep the first line that was taken since the last row and return the others to the queue."""
        first, *rest = self.taken or [""]
        self._back.extendleft(reversed(rest))
        self.taken = []
        return first

    def _read(self) -> str:
        if self._text is not None:
            line = self._text.readline(MAX_LINE)
        else:
            raw = self._stream.readline(MAX_LINE)
            try:
                line = raw.decode("utf-8")
            except UnicodeDecodeError:
                self.strange = True
                line = raw.decode("cp1252", "replace")
        if len(line) >= MAX_LINE:
            raise InputProblem("lists.line_too_long", limit=MAX_LINE)
        return line


def find_delimiter(lines: list[str], mapping: ListMapping) -> str:
    """The delimiter that names most fields in one of the first rows, then the one that cuts rows most
    evenly."""

    def worth(delimiter: str) -> tuple[int, float, int]:
        try:
            rows = [r for r in csv.reader(iter(lines), delimiter=delimiter) if r]
        except csv.Error:
            rows = [line.rstrip("\r\n").split(delimiter) for line in lines]
        if not rows:
            return 0, 0.0, 0
        width, times = Counter(len(r) for r in rows).most_common(1)[0]
        named = max(recognised(r, mapping) for r in rows[:HEADER_SEARCH])
        return named, times / len(rows) if width > 1 else 0.0, width

    return max(DELIMITERS, key=worth)


def read_rows(lines: Lines, delimiter: str, skip_lines: int) -> Iterator[Row | Broken | Note]:
    """Rows of a file from its first line; blank ones are counted and left out, broken ones are told."""
    for _ in range(skip_lines):
        next(lines, None)
    lines.taken = []
    number = skip_lines
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            raw = lines.give_back().rstrip("\r\n")
            reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=True, strict=True)
            yield Broken(number, (raw[:MAX_CELL],))
            yield Note("lists.row_quotes", "row", number, value=raw)
            continue
        lines.taken = []
        if lines.strange:
            lines.strange = False
            yield Note("lists.encoding_mixed", "note", number)
        if any(cells):
            yield number, cells


def open_delimited(path: Path, mapping: ListMapping, *, packed: bool) -> Source:
    """Open delimited text. Raises `InputProblem` for what is no list (empty, binary, no known header)."""
    encoding = Encoding(mapping.encoding) if mapping.encoding else find_encoding(path, packed)
    notes = (
        [Note("lists.encoding_guessed", "note", params={"encoding": encoding.name})]
        if encoding.guessed
        else []
    )
    with open_bytes(path, packed) as stream, closing(Lines(stream, encoding)) as lines:
        first_lines = list(islice(lines, 200))
    skip = 0
    delimiter = mapping.delimiter
    declared = first_lines[0].lstrip("\ufeff").strip().strip('"') if first_lines else ""
    if declared.lower().startswith("sep=") and len(declared) == 5:
        skip, delimiter = 1, delimiter or declared[4]
    elif declared.lower() == "sep=" and "\t" in first_lines[0]:
        skip, delimiter = 1, delimiter or "\t"
    if delimiter is None or delimiter in '"\r\n':
        delimiter = find_delimiter(first_lines[skip:100], mapping)

    def rows() -> Generator[Row | Broken | Note]:
        with open_bytes(path, packed) as stream, closing(Lines(stream, encoding)) as lines:
            current[:] = [stream]
            yield from read_rows(lines, delimiter, skip)
            current.clear()

    total = 0 if packed else path.stat().st_size
    current: list[BinaryIO] = []
    first: list[Row] = []
    before: list[Broken | Note] = []
    wanted = max(mapping.header_row or 0, HEADER_SEARCH + 1)
    with closing(rows()) as opening:
        for item in opening:
            if isinstance(item, tuple):
                first.append(item)
                if len(first) >= wanted:
                    break
            elif len(before) < 100:
                before.append(item)
    if not first and before:
        raise InputProblem("lists.no_known_header", headers="")
    heading = find_heading(first, mapping)
    last = first[heading.skip - 1][0]
    width = len(heading.headers)

    def data() -> Iterator[Row | Broken | Note]:
        for item in rows():
            if (item[0] if isinstance(item, tuple) else item.row or 0) <= last:
                continue
            if isinstance(item, tuple) and len(item[1]) < heading.named:
                yield Broken(item[0], tuple(c or "" for c in item[1]))
                yield Note(
                    "lists.row_too_short", "row", item[0], params={"found": len(item[1]), "wanted": width}
                )
            else:
                yield item

    def blocks(wanted: Collection[int] | None) -> Iterator[Block]:
        def place() -> tuple[int, int]:
            return (current[0].tell() if current and total else total), total

        return blocks_of(data(), width, place, wanted=wanted)

    return Source("csv", heading.headers, notes + heading.notes, blocks)
