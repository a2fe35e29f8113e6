"""The 21 capabilities of the model of national response, in our own words; read once from `capabilities.csv`."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

DOMAINS = {
    "policy": _("Policy and governance"),
    "justice": _("Criminal justice"),
    "victim": _("The child who was harmed"),
    "society": _("Society"),
    "industry": _("Industry"),
    "media": _("Media and language"),
}


@dataclass(frozen=True)
class Capability:
    code: str
    number: int
    domain: str
    names: Mapping[str, str]
    about: Mapping[str, str]
    source: str
    evidence: str

    @property
    def name(self) -> str:
        return self.names.get(get_language() or "es", self.names["en"])

    @property
    def said(self) -> str:
        return self.about.get(get_language() or "es", self.about["en"])


@lru_cache(maxsize=1)
def capabilities() -> Mapping[str, Capability]:
    """By code, in the order of the model."""
    with (Path(__file__).parent / "capabilities.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Capability(
                row["code"],
                int(row["number"]),
                row["domain"],
                {language: row[f"name_{language}"] for language in ("en", "es")},
                {language: row[f"about_{language}"] for language in ("en", "es")},
                row["source"],
                row["evidence"],
            )
            for row in csv.DictReader(file)
        }
