"""What a country pack says of requests: deadlines, holidays, and the rungs of the ladder. Pure, no Django.

    tables = load_tables("mexico")
    tables.rule("federal-procedure").cited     # True
    tables.rungs[0].code                        # 'superior'

A pack may do without any of the files: then no deadline is known, every weekday is worked, and there is no ladder.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from cobijo.engine.pack.reading import find_folder, read_toml
from cobijo.errors import InputProblem
from cobijo.web.coordination.requests.deadlines import ORDINALS, WEEKDAYS, Holiday, Rule, sure

UNITS = ("working", "calendar", "months")
SILENCES = ("refused", "granted", "presumed_true", "unknown")
DEADLINES, HOLIDAYS, RUNGS = "request_deadlines.csv", "holidays.csv", "escalation_rungs.csv"


@dataclass(frozen=True)
class Rung:
    """Who is asked next when an authority does not answer. The order of the file is the order of the ladder."""

    code: str
    number: int
    names: Mapping[str, str]
    to: Mapping[str, str]
    what: Mapping[str, str]
    law: str
    article: str
    source: str
    evidence: str

    @property
    def confirmed(self) -> bool:
        """Its law was read and leaves no question to counsel, as of a deadline; a rung without a law claims nothing."""
        return not self.law or sure(self.evidence)


@dataclass(frozen=True)
class Tables:
    rules: tuple[Rule, ...]
    holidays: tuple[Holiday, ...]
    rungs: tuple[Rung, ...]

    def rule(self, code: str) -> Rule | None:
        return next((one for one in self.rules if one.code == code), None)

    def rung(self, code: str) -> Rung | None:
        return next((one for one in self.rungs if one.code == code), None)


@lru_cache(maxsize=8)
def load_tables(name_or_path: str | Path) -> Tables:
    """Read the three files; the first thing that cannot be read is an `InputProblem` with its file and row."""
    folder = find_folder(name_or_path)
    languages = tuple(str(one) for one in read_toml(folder / "pack.toml")["languages"])
    return Tables(
        rules=tuple(_rule(row, languages) for row in _rows(folder, DEADLINES)),
        holidays=tuple(_holiday(row, languages) for row in _rows(folder, HOLIDAYS)),
        rungs=tuple(_rung(row, number, languages) for number, row in enumerate(_rows(folder, RUNGS), 1)),
    )


@dataclass(frozen=True)
class _Row:
    file: str
    line: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        if column not in self.cells:
            raise InputProblem("requests.pack_column", file=self.file, column=column)
        return self.cells[column]

    def wrong(self, column: str) -> InputProblem:
        return InputProblem(
            "requests.pack_row",
            file=self.file,
            row=self.line,
            column=column,
            value=self.cells.get(column, ""),
        )

    def text(self, column: str) -> str:
        if not self.get(column):
            raise self.wrong(column)
        return self.get(column)

    def among(self, column: str, known: tuple[str, ...]) -> str:
        if self.get(column) not in known:
            raise self.wrong(column)
        return self.get(column)

    def number(self, column: str, usual: int | None = None) -> int | None:
        text = self.get(column)
        if not text:
            return usual
        if not (text.isascii() and text.isdigit() and 0 < int(text) < 10_000):
            raise self.wrong(column)
        return int(text)

    def named(self, column: str, languages: tuple[str, ...]) -> dict[str, str]:
        return {one: self.text(f"{column}_{one}") for one in languages}


def _rows(folder: Path, file: str) -> Iterator[_Row]:
    try:
        text = (folder / file).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return
    reader = csv.DictReader(text.splitlines())
    for row in reader:
        cells: Mapping[Any, Any] = row
        if None in cells:
            raise InputProblem("requests.pack_row", file=file, row=reader.line_num, column="", value="")
        yield _Row(file, reader.line_num, {name: (value or "").strip() for name, value in cells.items()})


def _rule(row: _Row, languages: tuple[str, ...]) -> Rule:
    unit: Any = row.among("unit", UNITS)
    until = row.get("valid_until")
    try:
        valid_until = date.fromisoformat(until) if until else None
    except ValueError:
        raise row.wrong("valid_until") from None
    return Rule(
        code=row.text("code"), names=row.named("name", languages), days=row.number("days"), unit=unit,
        last_day=row.among("last_day", ("moves", "stays")), silence=row.among("silence", SILENCES),
        law=row.get("law"), article=row.get("article"), valid_until=valid_until, source=row.get("source"),
        evidence=row.text("evidence"),
    )  # fmt: skip


def _holiday(row: _Row, languages: tuple[str, ...]) -> Holiday:
    said: dict[str, Any] = {
        "from_year": row.number("from_year", 0), "every_years": row.number("every_years", 1),
        "names": row.named("name", languages), "evidence": row.text("evidence"),
    }  # fmt: skip
    row.text("law"), row.text("article")
    when = row.text("when").lower().split()
    try:
        if len(when) == 1:
            month, day = (int(part) for part in when[0].split("-"))
            date(2000, month, day)
            return Holiday(month=month, day=day, ordinal=0, weekday=0, **said)
        ordinal, weekday, of, month_text = when
        found = Holiday(
            month=int(month_text), day=0, ordinal=ORDINALS[ordinal], weekday=WEEKDAYS.index(weekday), **said
        )
        if of != "of" or not 1 <= found.month <= 12:
            raise ValueError
    except (ValueError, KeyError):
        raise row.wrong("when") from None
    return found


def _rung(row: _Row, number: int, languages: tuple[str, ...]) -> Rung:
    names, to, what = (row.named(one, languages) for one in ("name", "to", "what"))
    law, article, source, evidence = (row.get(one) for one in ("law", "article", "source", "evidence"))
    row.text("evidence")
    return Rung(row.text("code"), number, names, to, what, law, article, source, evidence)
