"""`cobijo protect TABLE.csv --plan plan.toml`: one file of counts in, one file that may be shown out."""

from __future__ import annotations

import csv
import io
import json
import os
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from cobijo.engine.disclosure.plan import Plan
from cobijo.engine.disclosure.protection import protect
from cobijo.engine.disclosure.shape import SYMBOL, TOTAL, Cell, CountTable, ProtectedTables, Values
from cobijo.engine.progress import Progress
from cobijo.errors import InputProblem

_MOST_CELLS = 20_000


@dataclass(frozen=True)
class ProtectedFile:
    """What was written: `files` relative to the output folder, `tables` the result itself."""

    files: tuple[str, ...]
    tables: ProtectedTables
    seconds: float

    def as_dict(self) -> dict[str, object]:
        """What the command line shows: nothing that the written files do not say."""
        return {
            "files": list(self.files),
            "cells": self.tables.cells,
            "suppressed_cells": self.tables.suppressed,
            "threshold": self.tables.rules.threshold,
            "symbol": self.tables.symbol,
            "audit": "passed",
            "seconds": round(self.seconds, 3),
        }


def protect_file(
    table: Path, plan: Plan, out: Path, *, secret: bytes = b"", progress: Progress | None = None
) -> ProtectedFile:
    """Protect one CSV file by its plan; write `tables/<id>.csv` and `protection.json`, both or none.

    `InputProblem` names the row and the column that cannot be used; `Refused` comes through from `protect`,
    and then nothing has been written.
    """
    began = time.monotonic()
    safe = protect([read_table(table, plan)], plan.rules, secret=secret, progress=progress)
    about = {
        "format": "cobijo.protection/1",
        "threshold": plan.rules.threshold,
        "symbol": SYMBOL,
        "suppressed_cells": safe.suppressed,
        "cells": safe.cells,
        "audit": "passed",
        "parents": plan.parents,
    }
    texts = {
        f"tables/{plan.id}.csv": as_csv(safe, plan),
        "protection.json": json.dumps(about, ensure_ascii=False, indent=1),
    }
    _write_together(out, texts)
    return ProtectedFile(tuple(texts), safe, time.monotonic() - began)


def as_csv(safe: ProtectedTables, plan: Plan) -> str:
    """The protected table as CSV with the plan's own column names, the symbol where a count is hidden."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*plan.dimensions, plan.count])
    for values, count in safe[plan.id].rows:
        writer.writerow([*values, SYMBOL if count is None else count])
    return text.getvalue()


def read_table(path: Path, plan: Plan) -> CountTable:
    """The innermost cells of a CSV file; rows of totals are checked against their parts, then left aside."""
    file = path.name
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError:
        raise InputProblem("disclosure.table_unreadable", file=file) from None
    except UnicodeDecodeError:
        raise InputProblem("disclosure.table_not_utf8", file=file) from None
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error:
        raise InputProblem("disclosure.table_not_csv", file=file) from None
    header = [h.strip() for h in rows[0]] if rows else []
    wanted = [*plan.dimensions, plan.count, *([plan.organisations] if plan.organisations else [])]
    for column in wanted:
        if header.count(column) != 1:
            raise InputProblem("disclosure.no_column", file=file, column=column)
    places = [header.index(column) for column in wanted]
    cells: dict[Values, Cell] = {}
    totals: dict[Values, tuple[int, int]] = {}
    above = {p for tree in plan.parents.values() for p in tree.values()}
    for number, row in enumerate(rows[1:], start=2):
        if not any(field.strip() for field in row):
            continue
        if len(row) != len(header):
            raise InputProblem("disclosure.row_length", file=file, row=number)
        fields = [row[p].strip() for p in places]
        values = tuple(TOTAL if v == plan.total else v for v in fields[: len(plan.dimensions)])
        _check_values(values, plan, file, number)
        count = _count(fields[len(plan.dimensions)], file, number, plan.count)
        if values in cells or values in totals:
            raise InputProblem("disclosure.cell_twice", file=file, row=number, cell=", ".join(values))
        if TOTAL in values or any(v in above for v in values):
            totals[values] = (count, number)
        else:
            cells[values] = Cell(count, _organisations(fields, plan, file, number))
    made = CountTable(plan.id, plan.dimensions, cells, plan.publish, plan.parents)
    _check_size(made, file)
    _check_totals(made, totals, file)
    return made


def _check_values(values: Values, plan: Plan, file: str, row: int) -> None:
    for column, value in zip(plan.dimensions, values, strict=True):
        if not value:
            raise InputProblem("disclosure.empty_value", file=file, row=row, column=column)
        if value[0] in "=+@\t\r" or len(value) > 200 or any(ord(c) < 32 for c in value):
            # A spreadsheet would run what begins like a formula.
            raise InputProblem("disclosure.unsafe_value", file=file, row=row, column=column)


def _count(text: str, file: str, row: int, column: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 9):
        raise InputProblem("disclosure.not_a_count", file=file, row=row, column=column)
    return int(text)


def _organisations(fields: list[str], plan: Plan, file: str, row: int) -> frozenset[str] | int | None:
    if plan.organisations is None:
        return None
    text = fields[-1]
    if text.isascii() and text.isdigit():
        return _count(text, file, row, plan.organisations)
    return frozenset(name.strip() for name in text.split(";") if name.strip())


def _check_size(table: CountTable, file: str) -> None:
    size = 1
    for d in range(len(table.dimensions)):
        size *= 1 + len({values[d] for values in table.cells})
    if size > _MOST_CELLS:
        raise InputProblem("disclosure.too_many_cells", file=file, cells=size, most=_MOST_CELLS)


def _check_totals(table: CountTable, totals: Mapping[Values, tuple[int, int]], file: str) -> None:
    for values, (count, row) in totals.items():
        parts = 0
        for cell_values, cell in table.cells.items():
            if all(
                _within(table, d, v, t) for d, v, t in zip(table.dimensions, cell_values, values, strict=True)
            ):
                parts += cell.count
        if parts != count:
            raise InputProblem("disclosure.total_disagrees", file=file, row=row, cell=", ".join(values))


def _within(table: CountTable, dimension: str, value: str, total: str) -> bool:
    parents = table.parents.get(dimension, {})
    seen: set[str] = set()
    while value != total and value in parents and value not in seen:
        seen.add(value)
        value = parents[value]
    return total in (TOTAL, value)


def _write_together(out: Path, texts: Mapping[str, str]) -> None:
    """Write every file beside its place first, then move all into place; a reader never meets half a file."""
    waiting: list[tuple[str, Path]] = []
    try:
        for name, text in texts.items():
            place = out / name
            place.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=place.parent, prefix=".", suffix=".part")
            waiting.append((temporary, place))
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
                stream.write(text)
                stream.flush()
                os.fsync(stream.fileno())
            os.chmod(temporary, 0o644)
        while waiting:
            temporary, place = waiting[0]
            os.replace(temporary, place)
            waiting.pop(0)
    finally:
        for temporary, _ in waiting:
            Path(temporary).unlink(missing_ok=True)
