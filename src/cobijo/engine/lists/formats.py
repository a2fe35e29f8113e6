"""Which kind of file a list is, by its content and not by its name; Parquet and JSON Lines are read here."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from cobijo.engine.lists.delimited import Lines, find_encoding, open_bytes, open_delimited
from cobijo.engine.lists.limits import BLOCK_ROWS, MAX_COLUMNS, MAX_ROWS, MAX_UNPACKED
from cobijo.engine.lists.mapping import ListMapping
from cobijo.engine.lists.sheet import open_xlsx, plain_number
from cobijo.engine.lists.source import Broken, Heading, Note, Row, Source, blocks_of, make_heading
from cobijo.errors import InputProblem

#: First bytes of files that people send as lists and that are none, with the kind named in the sentence.
_OTHER = {
    b"\xd0\xcf\x11\xe0": "XLS",
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7Z",
    b"SQLite format 3": "SQLite",
    b"BZh": "BZIP2",
    b"\xfd7zXZ": "XZ",
    b"\x28\xb5\x2f\xfd": "ZSTD",
    b"{\\rtf": "RTF",
    b"<!DOCTYPE html": "HTML",
    b"<html": "HTML",
    b"<?xml": "XML",
    b"ARROW1": "Arrow",
}


def open_source(path: Path, mapping: ListMapping) -> Source:
    """Open a list of any kind. Raises `InputProblem` with one sentence for whatever cannot be read."""
    try:
        with path.open("rb") as stream:
            head = stream.read(64)
    except OSError as error:
        raise InputProblem("lists.unreadable") from error
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise InputProblem("lists.empty")
    if head.startswith(b"PK\x03\x04"):
        return open_xlsx(path, mapping)
    if head.startswith(b"PAR1"):
        return open_parquet(path)
    for mark, kind in _OTHER.items():
        if head.startswith(mark):
            raise InputProblem("lists.other_kind", kind=kind)
    packed = head.startswith(b"\x1f\x8b")
    if packed:
        head = _peek(path)
    first = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if first == b"[" and not path.name.lower().endswith((".csv", ".csv.gz", ".tsv")):
        raise InputProblem("lists.json_not_lines")
    if first == b"{":
        return open_json_lines(path, packed=packed)
    return open_delimited(path, mapping, packed=packed)


def _peek(path: Path) -> bytes:
    try:
        with gzip.open(path, "rb") as stream:
            return stream.read(64)
    except (OSError, EOFError, zlib.error) as error:
        raise InputProblem("lists.corrupt", kind="gzip") from error


def _plain(value: Any) -> str | None:
    """A value of a typed file as the text that a person would write."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return None if value != value else plain_number(repr(value))
    if isinstance(value, list | tuple):
        return "|".join(filter(None, map(_plain, value))) or None
    if isinstance(value, dict):
        return sound(json.dumps(value, ensure_ascii=False, default=str))
    if hasattr(value, "isoformat"):
        text: str = value.isoformat()
        return text.removesuffix("T00:00:00")
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return sound(str(value)) or None


def sound(text: str) -> str:
    """A text without lone surrogates, which JSON can spell and no file can hold."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


def _texts(column: pa.Array) -> list[str | None]:
    """A column of any type as texts; the common types without a step through Python objects."""
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_integer(kind) or pa.types.is_date32(kind):
        texts: list[str | None] = column.cast(pa.string()).to_pylist()
        return texts
    return [_plain(v) for v in column.to_pylist()]


def open_parquet(path: Path) -> Source:
    """Open a Parquet file; what its footer claims is checked before a row is read."""
    try:
        file = pq.ParquetFile(path)
        names, metadata = file.schema_arrow.names, file.metadata
        groups = [metadata.row_group(i).total_byte_size for i in range(min(metadata.num_row_groups, 100_000))]
    except (pa.ArrowException, OSError, ValueError) as error:
        raise InputProblem("lists.corrupt", kind="Parquet") from error
    if metadata.num_rows > MAX_ROWS:
        raise InputProblem("lists.too_many_rows", limit=MAX_ROWS)
    if max(groups, default=0) > MAX_UNPACKED:
        raise InputProblem("lists.bomb", limit=0)
    if not metadata.num_rows:
        raise InputProblem("lists.no_rows")
    heading = make_heading(names, 0, [])

    def rows() -> Iterator[Row]:
        number = 0
        try:
            for batch in file.iter_batches(batch_size=BLOCK_ROWS // 8):
                columns = [_texts(column) for column in batch.columns]
                for cells in zip(*columns, strict=True):
                    number += 1
                    yield number, cells
        except (pa.ArrowException, OSError, ValueError, OverflowError, NotImplementedError) as error:
            raise InputProblem("lists.corrupt", kind="Parquet") from error

    return Source(
        "parquet", heading.headers, heading.notes, lambda _: blocks_of(rows(), len(heading.headers))
    )


def open_json_lines(path: Path, *, packed: bool) -> Source:
    """Open JSON Lines: one object a line; fields of an object inside are named `outer.inner`."""
    encoding = find_encoding(path, packed)

    def objects() -> Iterator[tuple[int, dict[str, Any] | None, str]]:
        with open_bytes(path, packed) as stream, closing(Lines(stream, encoding)) as lines:
            for number, line in enumerate(_untaken(lines), start=1):
                if not (text := line.strip().lstrip("\ufeff")):
                    continue
                try:
                    value = json.loads(text)
                except (ValueError, RecursionError):
                    value = None
                yield number, _flat(value) if isinstance(value, dict) else None, text

    names: dict[str, int] = {}
    for _, fields, _ in objects():
        for key in fields or ():
            names.setdefault(key, len(names))
        if len(names) > MAX_COLUMNS:
            raise InputProblem("lists.too_many_columns", found=len(names), limit=MAX_COLUMNS)
    if not names:
        raise InputProblem("lists.not_a_list")
    heading: Heading = make_heading(list(names), 0, [])

    def rows() -> Iterator[Row | Broken | Note]:
        for number, fields, text in objects():
            if fields is None:
                yield Broken(number, (text,))
                yield Note("lists.row_not_json", "row", number, value=text)
                continue
            cells: list[str | None] = [None] * len(names)
            for key, value in fields.items():
                cells[names[key]] = _plain(value)
            yield number, cells

    return Source("jsonl", heading.headers, heading.notes, lambda _: blocks_of(rows(), len(names)))


def _untaken(lines: Lines) -> Iterator[str]:
    for line in lines:
        lines.taken = []
        yield line


def _flat(value: dict[str, Any]) -> dict[str, Any]:
    """Objects inside, one level deep, as `outer.inner`; deeper ones stay text."""
    flat: dict[str, Any] = {}
    for key, inner in islice(value.items(), MAX_COLUMNS + 1):
        if isinstance(inner, dict):
            flat.update({sound(f"{key}.{k}"): v for k, v in islice(inner.items(), MAX_COLUMNS + 1)})
        else:
            flat[sound(key)] = inner
    return flat
