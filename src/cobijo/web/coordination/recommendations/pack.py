"""The recommendations of a country pack: in our words, with document, paragraph and source. Pure, no Django."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from cobijo.engine.pack.reading import find_folder, read_toml
from cobijo.errors import InputProblem

FILE = "recommendations.csv"
BODIES = frozenset({"crc", "cedaw", "cmw", "hrc", "upr", "inter_american", "study", "other"})


@dataclass(frozen=True)
class Said:
    code: str
    body: str
    symbol: str
    paragraph: str
    said_on: date | None
    text: Mapping[str, str]
    responsible: Mapping[str, str]
    source: str
    evidence: str


@lru_cache(maxsize=8)
def load_recommendations(name_or_path: str | Path) -> tuple[Said, ...]:
    """Every row, or an `InputProblem` with the first that cannot stand. A pack may do without the file."""
    folder = find_folder(name_or_path)
    languages = [str(one) for one in read_toml(folder / "pack.toml")["languages"]]
    try:
        text = (folder / FILE).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return ()
    reader = csv.DictReader(text.splitlines())
    made = []
    for row in reader:
        for column in ("code", "body", "source", "evidence", *(f"text_{one}" for one in languages)):
            if not (row.get(column) or "").strip():
                raise InputProblem("recommendations.pack_row", row=reader.line_num, column=column)
        if row["body"] not in BODIES or (row["body"] != "study" and not row["symbol"]):
            raise InputProblem("recommendations.pack_row", row=reader.line_num, column="body, symbol")
        try:
            said_on = date.fromisoformat(row["said_on"]) if row["said_on"] else None
        except ValueError:
            raise InputProblem("recommendations.pack_row", row=reader.line_num, column="said_on") from None
        words, who = (
            {one: row[f"{name}_{one}"].strip() for one in languages} for name in ("text", "responsible")
        )
        cells = {
            name: row[name].strip() for name in ("code", "body", "symbol", "paragraph", "source", "evidence")
        }
        made.append(Said(**cells, said_on=said_on, text=words, responsible=who))
    return tuple(made)
