"""What the country pack knows of laws, penalties and studies. Pure; a pack may do without any of it.

read = load_laws("mexico")       # one that comes with Cobijo, or any folder; read once
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

#: The columns of each table: `{}` stands for each language of the pack, a star marks a cell that must not be empty.
COLUMNS: Mapping[str, str] = {
    "instruments.csv": (
        "code* kind* name_{}* abbreviation area symbol adopted in_force ratified ended dates_said_{} replaced_by"
        " about_{} source* evidence*"
    ),
    "law_articles.csv": "instrument* number* title_{} about_{} source* evidence*",
    "law_changes.csv": (
        "code* instrument* title_{}* on in_force dates_said_{} articles changed_{}* source* evidence*"
    ),
    "penalties.csv": (
        "offence* called_{}* area* instrument* number* min_years* max_years* min_fine_days max_fine_days since* until"
        " source* evidence*"
    ),
    "studies.csv": (
        "code* title_{}* who* year* about_{} method_{} children_took_part found_{} ethics* source* evidence*"
    ),
}
DAYS = frozenset({"adopted", "in_force", "ratified", "ended", "on", "since", "until"})
NUMBERS = frozenset({"year", "min_fine_days", "max_fine_days"})
DECIMALS = frozenset({"min_years", "max_years"})

Row = dict[str, Any]


@dataclass(frozen=True)
class Laws:
    """The tables of one pack, in the pack's first language, as the services take them; names of others are codes."""

    instruments: tuple[Row, ...]
    articles: tuple[Row, ...]
    changes: tuple[Row, ...]
    penalties: tuple[Row, ...]
    studies: tuple[Row, ...]


@lru_cache(maxsize=4)
def load_laws(name_or_path: str | Path) -> Laws:
    """Read the tables; raises `InputProblem` with file, row and mend for the first thing that is wrong."""
    pack = load_pack(name_or_path)
    read = {file: tuple(_rows(pack.folder, file, pack.languages)) for file in COLUMNS}
    codes = {row["code"] for row in read["instruments.csv"]}
    articles = {(row["instrument"], row["number"]) for row in read["law_articles.csv"]}
    for number, row in enumerate(read["instruments.csv"], 2):
        if row["replaced_by"]:
            _known("instruments.csv", number, "replaced_by", row["replaced_by"], codes)
    for file in ("law_articles.csv", "law_changes.csv"):
        for number, row in enumerate(read[file], 2):
            _known(file, number, "instrument", row["instrument"], codes)
    for number, row in enumerate(read["penalties.csv"], 2):
        if (row["instrument"], row["number"]) not in articles:
            _known("penalties.csv", number, "number", row["number"], ())
    return Laws(
        read["instruments.csv"], read["law_articles.csv"], read["law_changes.csv"], read["penalties.csv"],
        read["studies.csv"],
    )  # fmt: skip


def _known(file: str, row: int, column: str, value: str, known: Collection[str]) -> None:
    if value not in known:
        raise InputProblem("laws.pack_unknown", file=file, row=row, column=column, value=value)


def _rows(folder: Path, file: str, languages: tuple[str, ...]) -> Iterator[Row]:
    columns = [one.removesuffix("*") for one in COLUMNS[file].split()]
    needed = [one.removesuffix("*") for one in COLUMNS[file].split() if one.endswith("*")]
    found = table_rows(
        folder, file, in_languages(columns, languages), optional=True, filled=in_languages(needed, languages)
    )
    for line, cells in found:
        yield {
            one.removesuffix("_{}"): _value(file, line, one, cells[one.format(languages[0])])
            for one in columns
        }


def _value(file: str, row: int, column: str, text: str) -> Any:
    if column == "children_took_part":
        return text == "yes"
    if column not in DAYS | NUMBERS | DECIMALS:
        return text
    if not text:
        return None
    try:
        if column in DAYS:
            return date.fromisoformat(text)
        return int(text) if column in NUMBERS else Decimal(text)
    except (ValueError, InvalidOperation):
        raise InputProblem("laws.pack_cell", file=file, row=row, column=column, value=text) from None
