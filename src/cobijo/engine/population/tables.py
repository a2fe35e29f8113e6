"""Reading a table of capture histories: one column of 0 and 1 per list, one column of counts, one row per
history."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from cobijo.engine.population.histories import LARGEST_COUNT, check_lists, from_masks
from cobijo.engine.population.shape import Histories
from cobijo.errors import InputProblem

COUNT_NAMES = {
    "count",
    "counts",
    "n",
    "freq",
    "frequency",
    "number",
    "conteo",
    "cuenta",
    "frecuencia",
    "casos",
}
LARGEST_FILE = 4_000_000  # bytes; a thousand histories of ten lists are under 100 kB
WHOLE = re.compile(r"[+]?[0-9]+(\.0*)?")
#: "1.000" is one thousand where a point groups the thousands, and one where it is the decimal sign.
THOUSANDS = re.compile(r"[+]?[1-9][0-9]{0,2}(\.000)+")
NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?")


def table_histories(path: str | Path) -> Histories:
    """Histories from a CSV file (comma, semicolon, tab or bar; UTF-8, UTF-16 or Latin-1).

    The count stands in the column named count (n, freq, conteo, …), else in the last one; every other column
    is a list, and a prefix `list_` or `lista_` that all of them share is left off. A last column of 0 and 1 alone is
    taken for a list, and the count for missing. Raises `InputProblem` with the row.
    """
    file = Path(path)
    text = decoded(file)
    lines = text.splitlines()
    if not any(line.strip() for line in lines):
        raise InputProblem("population.table_empty", file=file.name)
    first = next(line for line in lines if line.strip())
    delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader]
    except csv.Error:
        raise InputProblem("population.table_unreadable", file=file.name, row=reader.line_num) from None
    rows = [(number, row) for number, row in rows if any(row)]
    if not rows:
        raise InputProblem("population.table_empty", file=file.name)
    return histories_of_rows(rows[0][1], rows[1:])


def decoded(file: Path) -> str:
    """The text of a file, by its byte order mark, else as UTF-8, else as Latin-1."""
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise InputProblem("population.table_too_large", file=file.name)
        raw = file.read_bytes()
    except OSError:
        raise InputProblem("population.table_missing", file=file.name) from None
    encodings = ["utf-16"] if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "latin-1"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputProblem("population.table_unreadable", file=file.name, row=1)


def histories_of_rows(header: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]]) -> Histories:
    """Histories from a header and numbered rows of text."""
    named = [i for i, name in enumerate(header) if name.strip().lower() in COUNT_NAMES]
    count_at = named[-1] if named else len(header) - 1
    columns = [i for i in range(len(header)) if i != count_at]
    names = without_prefix([header[i].strip() for i in columns])
    check_lists(names)
    rows = list(rows)
    if not named and rows and all(row[count_at : count_at + 1] in (["0"], ["1"]) for _, row in rows):
        raise InputProblem("population.count_missing", column=header[count_at][:60])
    seen: dict[int, int] = {}
    counts: list[int] = []
    for number, row in rows:
        if len(row) != len(header):
            raise InputProblem("population.row_length", row=number, cells=len(row), columns=len(header))
        mask = sum(1 << j for j, i in enumerate(columns) if seen_by(row[i], number, header[i]))
        count = counted(row[count_at], number)
        if mask == 0:
            if count:
                raise InputProblem("population.history_all_zero", row=number)
            continue
        if mask in seen:
            raise InputProblem("population.history_twice", row=number, first=seen[mask])
        seen[mask] = number
        counts.append(count)
    if not seen:
        raise InputProblem("population.nobody")
    return from_masks(names, list(seen), counts)


def without_prefix(names: list[str]) -> tuple[str, ...]:
    """List names without the prefix `list_` or `lista_`, when every one has it."""
    for prefix in ("list_", "lista_"):
        if all(len(name) > len(prefix) and name.lower().startswith(prefix) for name in names):
            return tuple(name[len(prefix) :] for name in names)
    return tuple(names)


def seen_by(text: str, row: int, column: str) -> bool:
    """A cell of a list column: 1 for seen, 0 for not."""
    if text in ("0", "1"):
        return text == "1"
    raise InputProblem("population.not_zero_or_one", row=row, column=column[:60], value=text[:60])


def counted(text: str, row: int) -> int:
    """A count: a whole number, not negative, that a double can hold."""
    if THOUSANDS.fullmatch(text):
        thousands, units = text.replace(".", ""), text.partition(".")[0]
        raise InputProblem(
            "population.count_thousands", row=row, value=text[:60], thousands=thousands[:60], units=units
        )
    if WHOLE.fullmatch(text):
        digits = text.partition(".")[0].lstrip("+0")
        count = int(digits[:20] or "0")  # enough to know that it is too large
        if count > LARGEST_COUNT:
            raise InputProblem("population.count_too_large", row=row, value=text[:60])
        return count
    if not NUMBER.fullmatch(text):
        raise InputProblem("population.count_not_a_number", row=row, value=text[:60])
    code = "population.count_negative" if text.startswith("-") else "population.count_not_whole"
    raise InputProblem(code, row=row, value=text[:60])
