"""The outline of the report and the Committee's requests for data, from our own tables in the reader's language."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from django.utils.translation import get_language

DATA = "cobijo.web.publication.reports.data"
PLAN_ONLY = "plan"


@dataclass(frozen=True)
class Part:
    """A section of the outline. A head has subsections and no text of its own."""

    code: str
    head: bool
    titles: Mapping[str, str]
    asks: Mapping[str, str]
    articles: str
    source: str
    evidence: str

    @property
    def title(self) -> str:
        return _said(self.titles)

    @property
    def question(self) -> str:
        return _said(self.asks)

    @property
    def above(self) -> str:
        """The head that it stands under, or nothing."""
        return self.code.rpartition(".")[0]


@dataclass(frozen=True)
class Requested:
    """One request for data: what is to be counted and by what it is to be broken down."""

    code: str
    plan_only: bool
    titles: Mapping[str, str]
    counts: Mapping[str, str]
    by: Mapping[str, str]
    source: str
    evidence: str

    @property
    def title(self) -> str:
        return _said(self.titles)

    @property
    def unit(self) -> str:
        return _said(self.counts)

    @property
    def split(self) -> str:
        return _said(self.by)


@lru_cache(maxsize=1)
def outline() -> Mapping[str, Part]:
    """Every section in its order, heads too."""
    return {
        row["code"]: Part(
            row["code"], row["head"] == "yes", _pair(row, "title"), _pair(row, "asks"), row["articles"],
            row["source"], row["evidence"],
        )
        for row in _rows("outline.csv")
    }  # fmt: skip


@lru_cache(maxsize=1)
def requests_for_data() -> Mapping[str, Requested]:
    """The nine requests in their order."""
    return {
        row["code"]: Requested(
            row["code"], row["form"] == PLAN_ONLY, _pair(row, "title"), _pair(row, "counts"), _pair(row, "by"),
            row["source"], row["evidence"],
        )
        for row in _rows("data_requests.csv")
    }  # fmt: skip


def written() -> tuple[Part, ...]:
    """The sections that have text: all but the heads."""
    return tuple(one for one in outline().values() if not one.head)


def section_title(code: str) -> str:
    """A code that this version does not know stands as it is."""
    found = outline().get(code)
    return found.title if found is not None else code


def requested(code: str) -> Requested:
    known = requests_for_data().get(code)
    return known or Requested(code, False, {"en": code}, {}, {}, "", "")


def _rows(name: str) -> list[dict[str, str]]:
    # The folder of data is no package, so it is asked for beside this one.
    package, _dot, folder = DATA.rpartition(".")
    text = files(package).joinpath(folder, name).read_text(encoding="utf-8")
    return list(csv.DictReader(io.StringIO(text)))


def _pair(row: Mapping[str, str], name: str) -> dict[str, str]:
    return {language: row[f"{name}_{language}"] for language in ("en", "es")}


def _said(words: Mapping[str, str]) -> str:
    language = (get_language() or "es")[:2]
    return words.get(language) or words.get("en", "")
