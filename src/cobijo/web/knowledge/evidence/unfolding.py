"""A wide table, with one row for each state and one column for each year, becomes rows of one number each.

Pure but for the country pack. What is not read is said with its row and its column; a cell that says nothing ("N/D",
a dash) gives no row and is counted, so that nobody takes silence for a nought.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cobijo.engine.pack import Pack
from cobijo.engine.pack.shape import plain_word

AREA, YEAR = "area", "year"
SILENT = frozenset(
    {"", "-", "–", "—", ".", "..", "…", "*", "n/d", "nd", "n.d.", "n/a", "na", "n.a.", "s/d", "sd"}
)
#: What tables call the whole country beside its own name.
WHOLE = frozenset({"total", "nacional", "total nacional", "national", "estados unidos mexicanos", "001"})
ONE_YEAR = re.compile(r"(?<!\d)(?:19|20|21)\d\d(?!\d)")
PLAIN = re.compile(r"-?\d+(?:\.\d+)?")
IN_GROUPS = re.compile(r"-?\d{1,3}(?:[,\u00a0\u2009\u202f ']\d{3})+(?:\.\d+)?")
LOOKED_AT = 20  # rows by which the column of states is guessed
SAID = 100  # problems shown


@dataclass(frozen=True)
class Number:
    """One cell: what the table says of one area in one year."""

    row: int
    area: str
    year: int
    value: Decimal


@dataclass(frozen=True)
class Unread:
    """A cell that cannot be read: the code of its sentence, which names its row, its column and what stands there."""

    row: int
    column: str
    code: str
    value: str


@dataclass
class Unfolded:
    """What a wide table says; `silent` cells say nothing."""

    numbers: list[Number]
    unread: list[Unread]
    silent: int = 0


def year_of(column: str) -> int | None:
    """The year that a column's name says; None where it names none, or two.

    >>> year_of("Año 2015"), year_of("2015-2016"), year_of("Entidad")
    (2015, None, None)
    """
    found = ONE_YEAR.findall(column)
    return int(found[0]) if len(found) == 1 else None


def guessed(columns: Sequence[str], rows: Sequence[Sequence[str]], pack: Pack) -> tuple[str, ...]:
    """What each column seems to be: the one with the most states (in words, else codes), and those of one year."""
    found = ["" if year_of(one) is None else YEAR for one in columns]
    best, most = None, (0, 0)
    for place in range(len(columns)):
        cells = [one[place].strip() for one in rows[:LOOKED_AT] if place < len(one)]
        known = [one for one in cells if area_of(one, pack)]
        rank = (sum(1 for one in known if not one.isdigit()), len(known))
        if not found[place] and rank > most:
            best, most = place, rank
    if best is not None:
        found[best] = AREA
    return tuple(found)


def area_of(text: str, pack: Pack) -> str:
    """The code of a state, or of the country; "" where it is neither."""
    word = plain_word(text)
    if word in WHOLE or word in {plain_word(one) for one in (pack.country, *pack.names.values())}:
        return pack.country
    return pack.find_area(text) or ""


def unfold(
    columns: Sequence[str], rows: Iterable[tuple[int, Sequence[str]]], mapping: Sequence[str], pack: Pack
) -> Unfolded:
    """Every cell under a year, for the state of its row. `mapping` says of each column what it is."""
    found = Unfolded([], [])
    at = mapping.index(AREA)
    years = [
        (place, year)
        for place, one in enumerate(mapping)
        if one == YEAR and (year := year_of(columns[place]))
    ]
    seen: dict[str, int] = {}
    for number, row in rows:
        name = row[at].strip() if at < len(row) else ""
        if not any(one.strip() for one in row):
            continue
        area = area_of(name, pack)
        if not area or area in seen:
            code = "evidence.wide_area_twice" if area else "evidence.wide_area"
            found.unread.append(Unread(number, columns[at], code, name))
            continue
        seen[area] = number
        for place, year in years:
            cell = row[place].strip() if place < len(row) else ""
            if cell.casefold() in SILENT:
                found.silent += 1
            elif (value := number_in(cell)) is None:
                found.unread.append(Unread(number, columns[place], "evidence.wide_number", cell))
            else:
                found.numbers.append(Number(number, area, year, value))
    return found


def number_in(cell: str) -> Decimal | None:
    """A number as tables write it, with groups of three; a decimal comma could be either, so it is asked about.

    >>> number_in("1,234"), number_in("12.5"), number_in("1 234 567"), number_in("12,5"), number_in("many")
    (Decimal('1234'), Decimal('12.5'), Decimal('1234567'), None, None)
    """
    if PLAIN.fullmatch(cell):
        return Decimal(cell)
    if IN_GROUPS.fullmatch(cell):
        return Decimal(re.sub(r"[^\d.-]", "", cell))
    return None


def as_figures(numbers: Iterable[Number], begin: str, common: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """Rows for the register of figures: each counts the whole of its year."""
    for one in numbers:
        yield {
            "code": f"{begin}-{one.area}-{one.year}".lower(), "area": one.area, "value": str(one.value),
            "period_from": f"{one.year}-01-01", "period_until": f"{one.year}-12-31", "period_said": "1", **common,
        }  # fmt: skip


def as_values(numbers: Iterable[Number], series: str) -> Iterator[dict[str, str]]:
    """Rows for the register of values of factors."""
    for one in numbers:
        yield {"indicator": series, "area": one.area, "year": str(one.year), "value": str(one.value)}


def as_table(rows: Iterable[Mapping[str, str]]) -> bytes:
    """The rows as a table whose columns are named like the fields, for the import of a register."""
    text = io.StringIO(newline="")
    writer: csv.DictWriter[str] | None = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(text, list(row))
            writer.writeheader()
        writer.writerow(row)
    return text.getvalue().encode()
