"""Problems of a list: gathered as Arrow columns while it is read, written as a table that a person mends
by."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from cobijo.engine.lists.limits import SHOWN
from cobijo.engine.lists.schema import PROBLEMS, AgencyList
from cobijo.engine.lists.source import Note
from cobijo.engine.lists.text import safe_cell
from cobijo.errors import Param
from cobijo.sentences import render, say
from cobijo.sentences.marks import N_

#: Problems for which `cobijo check` ends with exit code 3. Notes say what was understood how; nothing was
#: lost.
COUNTING = ("row", "field")

COLUMNS = (
    N_("file"),
    N_("row"),
    N_("column"),
    N_("value"),
    N_("what is wrong"),
    N_("how to mend"),
    N_("code"),
)


class ProblemLog:
    """Gathers problems of one file, whole columns at a time."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._tables: list[pa.Table] = []
        self._loose: list[dict[str, Any]] = []

    def add(
        self,
        code: str,
        severity: str,
        *,
        row: int | None = None,
        column: str | None = None,
        value: str | None = None,
        **params: Param,
    ) -> None:
        """One problem; without a row it is about the whole file."""
        self._loose.append(
            {
                "file": self._file,
                "row": row,
                "column": column,
                "value": None if value is None else value[:SHOWN],
                "code": code,
                "params": json.dumps(params, ensure_ascii=False, sort_keys=True),
                "severity": severity,
            }
        )

    def add_note(self, note: Note) -> None:
        """A problem met while the file was opened or cut into rows."""
        self.add(note.code, note.severity, row=note.row, column=note.column, value=note.value, **note.params)

    def add_many(
        self, code: str, severity: str, rows: pa.Array, column: str | None, values: pa.Array, **params: Param
    ) -> None:
        """One problem in each of `rows`, with the value of each."""
        count = len(rows)
        if not count:
            return
        shown = pc.utf8_slice_codeunits(values.cast(pa.string()), 0, SHOWN)
        same = {
            "file": self._file,
            "column": column,
            "code": code,
            "params": json.dumps(params, ensure_ascii=False, sort_keys=True),
            "severity": severity,
        }
        arrays = [
            rows
            if name == "row"
            else shown
            if name == "value"
            else pa.repeat(pa.scalar(same[name], pa.string()), count)
            for name in PROBLEMS.names
        ]
        self._tables.append(pa.Table.from_arrays(arrays, schema=PROBLEMS))

    def table(self) -> pa.Table:
        """All problems: of the whole file first, then by row."""
        loose = pa.Table.from_pylist(self._loose, schema=PROBLEMS)
        whole = pa.concat_tables([loose, *self._tables])
        if not len(whole):
            return whole
        order = pc.sort_indices(whole, sort_keys=[("row", "ascending", "at_start"), ("code", "ascending")])
        return whole.take(order).combine_chunks()


def has_problems(agency_list: AgencyList) -> bool:
    """Whether a list has anything to mend: an unusable row or a value that was dropped."""
    return bool(pc.any(pc.is_in(agency_list.problems["severity"], pa.array(COUNTING))).as_py())


def sentence_params(problem: Mapping[str, Any]) -> dict[str, object]:
    """Everything that a problem's sentence may name: its own parameters and its place."""
    params: dict[str, object] = json.loads(problem["params"])
    return {k: problem[k] for k in ("file", "row", "column", "value")} | params


def describe(problem: Mapping[str, Any], language: str = "en") -> tuple[str, str]:
    """(what is wrong, how to mend it) of one row of a problem table."""
    params = sentence_params(problem)
    return render(problem["code"], params, language), render(problem["code"] + ".mend", params, language)


def problem_rows(lists: Iterable[AgencyList]) -> Iterator[dict[str, Any]]:
    """Every problem of some lists as a dictionary, list by list."""
    for agency_list in lists:
        for batch in agency_list.problems.to_batches(max_chunksize=10_000):
            yield from batch.to_pylist()


def write_problems(lists: Sequence[AgencyList], path: Path, language: str = "en") -> int:
    """Write `problems.csv` and return how many rows it has.

    UTF-8 with a byte order mark, so that Excel shows accents. A text that a spreadsheet would run as a
    formula has an
    apostrophe before it.
    """
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([say(name, language) for name in COLUMNS])
        for problem in problem_rows(lists):
            wrong, mend = describe(problem, language)
            cells = [
                problem["file"],
                problem["row"],
                problem["column"],
                problem["value"],
                wrong,
                mend,
                problem["code"],
            ]
            writer.writerow([safe_cell(c) if isinstance(c, str) else c for c in cells])
            count += 1
    return count


def write_rejected(lists: Sequence[AgencyList], path: Path) -> int:
    """Write `rejected.csv`: the unusable rows of some lists as they came, each with its file and row number.

    The lists have different headers: each list's rows stand under a header line of its own. Formulas are
    neutralised
    as in `write_problems`. Returns how many rows were rejected.
    """
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        for agency_list in lists:
            rejected = agency_list.rejected
            if not len(rejected):
                continue
            writer.writerow(["file", *map(safe_cell, rejected.column_names)])
            for batch in rejected.to_batches(max_chunksize=10_000):
                for values in zip(*(c.to_pylist() for c in batch.columns), strict=True):
                    cells = [agency_list.file, *values]
                    writer.writerow([safe_cell(c) if isinstance(c, str) else c for c in cells])
                    count += 1
    return count
