"""4W tables with HXL hashtags: which hashtag means which field, and writing a table.

The mapping is data (`hxl.csv`, with the source of every row). What is exported of a place ends at the state: neither
address nor municipality has a column, so neither can slip out.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, gettext

from cobijo.web.core.screens.exporting import csv_rows, workbook
from cobijo.web.core.screens.history import plain
from cobijo.web.directory.coverage.forms import area_names
from cobijo.web.directory.coverage.rules import without_place
from cobijo.web.directory.services.models import Service

_TAG = re.compile(r"#\s*([a-z][a-z0-9_]*)((?:\s*\+\s*[a-z][a-z0-9_]*)*)", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """One column of the exchange format."""

    field: str
    heads: dict[str, str]
    tag: str
    exported: bool
    imported: bool

    @property
    def parsed(self) -> tuple[str, frozenset[str]]:
        found = parse_tag(self.tag)
        assert found is not None
        return found


def parse_tag(text: str) -> tuple[str, frozenset[str]] | None:
    """The hashtag and its attributes, whose order and capitals do not matter; None for what is no hashtag.

    >>> parse_tag("#Reached +children+f") == parse_tag("#reached+f+children")
    True
    """
    found = _TAG.fullmatch(text.strip().lstrip("'"))
    if found is None:
        return None
    attributes = [one.strip().lower() for one in found[2].split("+") if one.strip()]
    return f"#{found[1].lower()}", frozenset(
        one for one in attributes if not re.fullmatch("i_[a-z]{2,3}", one)
    )


@lru_cache(maxsize=1)
def columns() -> tuple[Column, ...]:
    """The exchange format, in the order of an export."""
    with (Path(__file__).parent / "hxl.csv").open(encoding="utf-8", newline="") as file:
        return tuple(
            Column(
                row["field"],
                {"en": row["header_en"], "es": row["header_es"]},
                row["tag"],
                row["exported"] == "yes",
                row["imported"] == "yes",
            )
            for row in csv.DictReader(file)
        )


# --- Writing -----------------------------------------------------------------------------------------------------


def head() -> list[list[str]]:
    """The two rows above the data: headings in the reader's language, hashtags."""
    language = get_language() or "es"
    kept = [one for one in columns() if one.exported]
    return [[one.heads.get(language, one.heads["en"]) for one in kept], [one.tag for one in kept]]


def lines(services: Iterable[Service]) -> Iterator[list[str]]:
    """A row of text for each service."""
    names = area_names(get_language() or "es")
    for one in services:
        said = {
            "organisation_code": one.organisation.code,
            "organisation": one.organisation.name,
            "organisation_kind": one.organisation.get_kind_display(),
            "sector": gettext("Child protection"),
            "kind_words": one.get_kind_display(),
            "area_words": names.get(one.area, one.area),
        }
        row = []
        for column in columns():
            if column.exported:
                value = said[column.field] if column.field in said else _plain(one, column.field)
                row.append(value)
        yield row


def written(services: Iterable[Service], form: str) -> bytes:
    """The whole file, CSV or XLSX. No cell can start a formula."""
    rows = [*head(), *lines(services)]
    if form == "csv":
        return b"\xef\xbb\xbf" + b"".join(csv_rows(rows))
    return workbook(rows, title="4W", heads=2)


def _plain(service: Service, field: str) -> str:
    value: Any = plain(service, field)
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = "" if value is None else str(value)
    return without_place(service, text) if field in {"name", "hours", "languages", "phone"} else text
