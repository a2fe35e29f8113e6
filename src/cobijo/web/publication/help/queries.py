"""The public's only door to the directory. It fails closed: nobody is signed in, so there is no policy to ask.

A service comes out only if it may be public, is still offered, and its organisation is open; of it come out only the
fields of `Entry`. Of a shelter, never where it is.
"""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from django.db.models import F
from django.utils import timezone

from cobijo.web.core import country
from cobijo.web.directory.coverage.models import NATIONAL
from cobijo.web.directory.coverage.rules import betrays_place, keeps_place_secret
from cobijo.web.directory.services.models import OFFERED, Service, ServiceKind
from cobijo.web.directory.services.queries import STALE
from cobijo.web.publication.help.models import Entry, Line

MOST = 60  # entries of one page, for slow lines; where there are more, it asks to choose a kind
ALL = 5_000  # entries of a file


def entries(area: str, kind: str = "", most: int = MOST) -> list[Entry]:
    """The services of one area (empty: the whole country) that may be public, the lately verified first."""
    rows = Service.objects.filter(OFFERED, public=True, area=area).select_related("organisation")
    if kind:
        rows = rows.filter(kind=kind)
    rows = rows.order_by(F("verified_on").desc(nulls_last=True), "name", "pk")
    return [made for one in rows[:most] if (made := entry(one)) is not None]


def entry(service: Service) -> Entry | None:
    """What may be said of it; nothing at all where its words would betray a place that must stay hidden."""
    secret = keeps_place_secret(service)
    said = (service.name, service.hours, service.languages, service.phone, service.organisation.name)
    if any(betrays_place(service, text) for text in said):
        return None
    return Entry(
        organisation=service.organisation.name,
        name=service.name,
        kind=service.kind,
        area=service.area,
        for_whom=service.for_whom,
        age_from=service.age_from,
        age_to=service.age_to,
        disability=service.disability,
        languages=service.languages,
        any_papers=service.any_papers,
        hours=service.hours,
        cost=service.cost,
        child_friendly=service.child_friendly,
        phone=service.phone,
        verified_on=service.verified_on,
        public_address="" if secret else service.public_address(),
        stale=service.verified_on is None or service.verified_on < timezone.localdate() - STALE,
        keeps_place_secret=secret,
    )


def found(area: str | None, kind: str, most: int = MOST) -> tuple[list[Entry], list[Entry]]:
    """Those of the area, and those for the whole country."""
    return ([] if not area else entries(area, kind, most)), entries(NATIONAL, kind, most)


def kinds() -> list[str]:
    """The kinds that the public can ask for."""
    return [one for one in ServiceKind.values if one != ServiceKind.OTHER]


def lines(language: str) -> list[Line]:
    """The country's help lines, in the pack's order; a pack without any has none."""
    return list(_lines(country.pack().folder, language, country.pack().languages[0]))


@lru_cache(maxsize=8)
def _lines(folder: Path, language: str, default: str) -> tuple[Line, ...]:
    path = folder / "hotlines.csv"
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))

    def said(row: dict[str, str], name: str) -> str:
        return row.get(f"{name}_{language}") or row.get(f"{name}_{default}") or ""

    return tuple(
        Line(
            use=row["use"],
            name=said(row, "name"),
            number=row["number"],
            what=said(row, "what"),
            hours=said(row, "hours"),
            languages=said(row, "languages"),
            source=row["source"],
            checked_on=row["checked_on"],
        )
        for row in rows
    )
