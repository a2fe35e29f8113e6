"""One row of a pack's table, read cell by cell; what does not fit says file, row, column and mend."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from cobijo.engine.pack.reading import in_languages, table_rows
from cobijo.errors import InputProblem

#: The columns of each table. `{}` stands for each language of the pack.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "risk_clocks.csv": ("level", "hours", "name_{}", "evidence"),
    "duty_to_report.csv": (
        "profession", "name_{}", "duty_{}", "law", "article", "to_{}", "hours", "evidence",
    ),
    "capacity.csv": (
        "decision", "age_from", "age_to", "consent_by", "child_says", "refusal_binds", "evidence",
    ),
    "retention.csv": ("purpose", "name_{}", "starts", "months", "after", "review_months", "evidence"),
    "protection_offices.csv": (
        "code", "level", "area", "name_{}", "phone", "email", "verified", "evidence",
    ),
    "offences.csv": ("code", "law", "article", "name_{}", "iccs", "iccs_evidence", "concept", "evidence"),
}  # fmt: skip

#: How sure a row is: read from a source, inferred, general knowledge, or a default of this product.
SURE = "read"
MARKS = (SURE, "inf", "GK", "default")
#: A hundred years in hours and a person's age in months both fit below this.
LARGEST = 1_000_000


@dataclass(frozen=True)
class Row:
    """A row with its place in the file."""

    file: str
    line: int
    cells: Mapping[str, str]
    languages: tuple[str, ...]

    def get(self, column: str) -> str:
        return self.cells[column]

    def text(self, column: str) -> str:
        if not self.cells[column]:
            raise InputProblem("care_pack.empty", file=self.file, row=self.line, column=column)
        return self.cells[column]

    def names(self, stem: str = "name") -> dict[str, str]:
        return {language: self.text(f"{stem}_{language}") for language in self.languages}

    def number(self, column: str) -> int:
        value = self.cells[column]
        if not (value.isascii() and value.isdigit() and len(value) < 8 and int(value) <= LARGEST):
            raise self._wrong("care_pack.number_wrong", column)
        return int(value)

    def one_of(self, column: str, known: Collection[str]) -> str:
        if self.cells[column] not in known:
            raise InputProblem(
                "care_pack.value_wrong",
                file=self.file,
                row=self.line,
                column=column,
                value=self.cells[column],
                known=", ".join(known),
            )
        return self.cells[column]

    def matching(self, column: str, pattern: str) -> str:
        if not re.fullmatch(pattern, self.cells[column]):
            raise self._wrong("care_pack.code_wrong", column)
        return self.cells[column]

    def day(self, column: str) -> str:
        """An ISO date, or nothing."""
        try:
            return date.fromisoformat(self.cells[column]).isoformat() if self.cells[column] else ""
        except ValueError:
            raise self._wrong("care_pack.day_wrong", column) from None

    def evidence(self, column: str = "evidence") -> str:
        if not self.cells[column].startswith(MARKS):
            raise InputProblem(
                "care_pack.no_evidence", file=self.file, row=self.line, column=column, known=", ".join(MARKS)
            )
        return self.cells[column]

    def _wrong(self, code: str, column: str) -> InputProblem:
        return InputProblem(code, file=self.file, row=self.line, column=column, value=self.cells[column])


def read_table(folder: Path, file: str, languages: tuple[str, ...]) -> Iterator[Row]:
    """The rows of one table; a missing file or column stops, columns that nobody asked for are notes."""
    for line, cells in table_rows(folder, file, in_languages(COLUMNS[file], languages)):
        yield Row(file, line, cells, languages)
