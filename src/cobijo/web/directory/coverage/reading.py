"""Reading a 4W table by its row of hashtags: columns and attributes in any order, headings above it or none."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from cobijo.engine.pack import Pack
from cobijo.errors import InputProblem
from cobijo.web.core.screens.sheets import ENCODING, ERRORS, bare_cell, check_letters, mark_of, xlsx_lines
from cobijo.web.directory.coverage.hxl import columns, parse_tag

MOST_BYTES = 10 * 2**20
MOST_ROWS = 5_000
SEARCHED = 25  # rows at the head of a table among which the hashtags must stand
WHOLE = frozenset({"the whole country", "todo el país", "todo el pais"})  # said for no state


@dataclass(frozen=True)
class Table:
    """A table as read: the fields that have a column, what was left aside, and rows with their number in the file."""

    fields: frozenset[str]
    left_aside: tuple[str, ...]
    rows: tuple[tuple[int, dict[str, str]], ...]


def read_table(content: bytes) -> Table:
    """CSV or XLSX, by its row of hashtags. Raises one sentence where it has none or is no table."""
    if len(content) > MOST_BYTES:
        raise InputProblem("screens.file_too_large", most=MOST_BYTES // 2**20)
    try:
        found = xlsx_lines(content, most=MOST_BYTES) if content[:2] == b"PK" else _csv(content)
        all_lines = [[one.strip() for one in line] for line in islice(found, MOST_ROWS + SEARCHED + 1)]
    except (UnicodeDecodeError, csv.Error, ValueError) as wrong:
        raise InputProblem("screens.no_table") from wrong
    at = next((place for place, line in enumerate(all_lines[:SEARCHED]) if _is_tag_row(line)), None)
    if at is None:
        raise InputProblem("coverage.no_hashtags", most=SEARCHED)
    places, left = _places(all_lines[at])
    rows = tuple(
        (
            number,
            {field: bare_cell(line[place]) for place, field in places.items() if place < len(line)},
        )
        for number, line in enumerate(all_lines[at + 1 :], at + 2)
        if any(line)
    )
    if len(rows) > MOST_ROWS:
        raise InputProblem("screens.too_many_rows", most=MOST_ROWS)
    if not rows:
        raise InputProblem("coverage.no_rows")
    return Table(frozenset(places.values()), tuple(left), rows)


def _is_tag_row(line: Sequence[str]) -> bool:
    filled = [one for one in line if one]
    return bool(filled) and sum(parse_tag(one) is not None for one in filled) * 2 > len(filled)


def _places(tags: Sequence[str]) -> tuple[dict[int, str], list[str]]:
    """Which place holds which field. An exact hashtag goes before one that says more than ours (`#org+name+lead`)."""
    parsed = [parse_tag(one) for one in tags]
    taken: dict[str, int] = {}
    for exact in (True, False):
        for place, found in enumerate(parsed):
            if found is None or place in taken.values():
                continue
            fits = [
                one
                for one in columns()
                if one.imported and one.field not in taken and _fits(one.parsed, found, exact)
            ]
            if fits:
                taken[max(fits, key=lambda one: len(one.parsed[1])).field] = place
    for place, found in enumerate(parsed):  # the bare hashtags that people write
        bare = {"#org": "organisation", "#activity": "name", "#adm1": "area_words"}
        if found is not None and not found[1] and place not in taken.values() and found[0] in bare:
            taken.setdefault(bare[found[0]], place)
    ours = {one.parsed for one in columns() if not one.imported}
    left = [
        tag
        for place, tag in enumerate(tags)
        if tag and place not in taken.values() and parsed[place] not in ours
    ]
    return {place: field for field, place in taken.items()}, left


def _fits(ours: tuple[str, frozenset[str]], theirs: tuple[str, frozenset[str]], exact: bool) -> bool:
    return ours[0] == theirs[0] and (ours[1] == theirs[1] if exact else bool(ours[1]) and ours[1] < theirs[1])


def find_area(pack: Pack, code: str, name: str) -> str | None:
    """The pack's code of a state written as ISO code, INEGI number, P-code (`MX20`) or name. Empty: whole country.

    Raises where code and name are two states: a child would be sent to the wrong one.
    """
    written = [text for text in (code, name) if text]
    known: list[str] = []
    for text in written:
        bare = re.sub(rf"^{pack.country}[-_ ]?(?=\d)", "", text, flags=re.IGNORECASE)
        found = pack.find_area(text) or pack.find_area(bare)
        if found:
            known.append(found)
    if len(set(known)) > 1:
        raise InputProblem("coverage.state_twice", code=code, name=name)
    if known:
        return known[0]
    return "" if all(text.casefold() in WHOLE for text in written) else None


def _csv(content: bytes) -> Iterator[list[str]]:
    text = content.decode(ENCODING, ERRORS)
    check_letters(text)
    return iter(csv.reader(io.StringIO(text, newline=""), delimiter=mark_of(text[:4096])))
