"""Titles of a country's laws that the terminology check leaves alone, from the country pack."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from cobijo.engine.pack.reading import find_folder
from cobijo.engine.terms.shape import Title
from cobijo.errors import InputProblem

FILE = "law_titles.csv"


@lru_cache(maxsize=8)
def titles_of(pack: str | Path) -> tuple[Title, ...]:
    """The pack's official titles; a pack may do without."""
    path = find_folder(pack) / FILE
    if not path.exists():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as opened:
        rows = list(csv.DictReader(opened))
    for number, row in enumerate(rows, 2):
        if not all(row.get(name) for name in ("instrument", "language", "title", "evidence")):
            raise InputProblem("terms.row_wrong", file=FILE, row=number)
    return tuple(Title(row["instrument"], row["language"], row["title"], row["evidence"]) for row in rows)
