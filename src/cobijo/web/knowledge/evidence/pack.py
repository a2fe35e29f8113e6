"""What the country pack knows of figures: concepts to count, sources, figures, ratings. Pure; a pack may do without.

read = load_evidence("mexico")       # one that comes with Cobijo, or any folder; read once
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from typing import Any

from cobijo.engine.pack import load_pack
from cobijo.engine.pack.reading import in_languages, table_rows
from cobijo.errors import InputProblem

#: The columns of each table. `{}` stands for each language of the pack.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "figure_concepts.csv": ("code", "name_{}", "term", "evidence"),
    "figure_sources.csv": (
        "code", "who_{}", "title_{}", "year", "day", "kind", "address", "grade", "method_{}", "via", "evidence",
    ),
    "figures.csv": (
        "code", "source", "locator", "concept", "unit", "status", "age_from", "age_to", "area", "area_part_{}",
        "period_from", "period_until", "period_said", "measure", "bound", "value", "low", "high", "repeats", "grade",
        "method_{}", "do_not_say_{}", "evidence",
    ),
    "ratings.csv": ("scheme", "source", "area", "year", "grade", "evidence_{}"),
}  # fmt: skip
#: Cells that must not be empty.
NEEDED: Mapping[str, tuple[str, ...]] = {
    "figure_concepts.csv": ("code", "name_{}", "evidence"),
    "figure_sources.csv": ("code", "who_{}", "year", "kind", "grade", "evidence"),
    "figures.csv": ("code", "source", "concept", "unit", "area", "period_from", "period_until", "evidence"),
    "ratings.csv": ("scheme", "source", "area", "year", "grade", "evidence_{}"),
}
NUMBERS = frozenset({"year", "age_from", "age_to"})
DECIMALS = frozenset({"value", "low", "high"})
DAYS = frozenset({"day", "period_from", "period_until"})

Words = Mapping[str, str]  # by language


@dataclass(frozen=True)
class Row:
    """A row of one of the tables: plain values, and texts by language."""

    values: Mapping[str, Any]
    texts: Mapping[str, Words]

    def in_main(self, language: str) -> dict[str, Any]:
        """As a service takes it: with every text in one language."""
        return {**self.values, **{name: words[language] for name, words in self.texts.items()}}


@dataclass(frozen=True)
class Evidence:
    """The tables of one pack, by code."""

    language: str  # the pack's first: what the register is filled with
    concepts: Mapping[str, Words]
    sources: Mapping[str, Row]
    figures: Mapping[str, Row]
    ratings: tuple[Row, ...]


@lru_cache(maxsize=4)
def load_evidence(name_or_path: str | Path) -> Evidence:
    """Read the tables; raises `InputProblem` with file, row and mend for the first thing that is wrong."""
    pack = load_pack(name_or_path)
    read = {file: tuple(_rows(pack.folder, file, pack.languages)) for file in COLUMNS}
    concepts = {one.values["code"]: one.texts["name"] for one in read["figure_concepts.csv"]}
    sources = _by_code("figure_sources.csv", read["figure_sources.csv"])
    figures = _by_code("figures.csv", read["figures.csv"])
    for file in ("figures.csv", "ratings.csv"):
        for line, one in enumerate(read[file], 2):
            _known(file, line, "source", one.values["source"], sources)
            if one.values["area"] not in {pack.country, "001"}:
                _known(file, line, "area", one.values["area"], pack.area_by_code)
            if file == "figures.csv":
                _known(file, line, "concept", one.values["concept"], concepts)
                if one.values["repeats"]:
                    _known(file, line, "repeats", one.values["repeats"], figures)
    return Evidence(pack.languages[0], concepts, sources, figures, read["ratings.csv"])


def _rows(folder: Path, file: str, languages: tuple[str, ...]) -> Iterator[Row]:
    columns, filled = (in_languages(table[file], languages) for table in (COLUMNS, NEEDED))
    for line, cells in table_rows(folder, file, columns, optional=True, filled=filled):
        yield Row(
            {one: _value(file, line, one, cells[one]) for one in COLUMNS[file] if "{}" not in one},
            {
                one.removesuffix("_{}"): {language: cells[one.format(language)] for language in languages}
                for one in COLUMNS[file]
                if "{}" in one
            },
        )


def _value(file: str, line: int, column: str, text: str) -> Any:
    if column == "period_said":
        return text != "no"
    if column not in NUMBERS | DECIMALS | DAYS:
        return text
    try:
        if not text:
            return None
        if column in DAYS:
            return date.fromisoformat(text)
        return int(text) if column in NUMBERS else Decimal(text)
    except (ValueError, InvalidOperation):
        raise InputProblem("evidence.pack_value", file=file, row=line, column=column, value=text) from None


def _by_code(file: str, rows: tuple[Row, ...]) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for one in rows:
        code = one.values["code"]
        if code in found:
            raise InputProblem("pack.doubled", file=file, column="code", value=code)
        found[code] = one
    return found


def _known(file: str, line: int, column: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        raise InputProblem("evidence.pack_unknown", file=file, row=line, column=column, value=value)
