"""Penalties of one offence side by side: over time within an area, and between areas."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from cobijo.engine.charts.ranges import Range, ranges_chart
from cobijo.engine.charts.timeline import Texts
from cobijo.web.core import country
from cobijo.web.knowledge.evidence import saying
from cobijo.web.knowledge.laws import showing
from cobijo.web.knowledge.laws.models import Penalty

MOST = 400  # penalties of one offence on one page
MOST_DRAWN = 60  # more bars than this are no picture; the table has them all


@dataclass(frozen=True)
class Line:
    """One penalty of the table."""

    pk: int
    called: str
    article: str
    instrument: int
    years: str
    fine: str
    time: str
    holds: bool
    sure: bool
    evidence: str
    source: str
    note: str


@dataclass(frozen=True)
class Place:
    """An area with its penalties, the one that holds first."""

    area: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Compared:
    """What is shown of one offence."""

    places: tuple[Place, ...]
    without: tuple[str, ...]  # states of which nothing is entered
    svg: str
    unsure: bool
    drawn_all: bool


def compared(penalties: Sequence[Penalty], called: str) -> Compared:
    """Penalties of one offence, sorted by area; the country first, then its states by name."""
    whole = country.pack().country
    today = timezone.localdate()
    order = sorted(
        penalties,
        key=lambda one: (one.area != whole, saying.area(one.area), one.article.instrument_id, one.since),
    )
    places = []
    for area, found in groupby(order, key=lambda one: one.area):
        rows = list(found)
        rows.sort(key=lambda one: one.since, reverse=True)
        places.append(Place(saying.area(area), tuple(_line(one, today) for one in rows)))
    there = {one.area for one in penalties}
    without = tuple(saying.area(code) for code in country.pack().area_by_code if code not in there)
    bars = tuple(
        Range(saying.area(one.area), f"{showing.time(one)} · {showing.years(one)}", float(one.min_years),
              float(one.max_years), past=not _holds(one, today), sure=showing.sure(one.evidence))
        for one in order[:MOST_DRAWN]
    )  # fmt: skip
    return Compared(
        tuple(places),
        without,
        _drawn(bars, called, saying.language()),
        any(not bar.sure for bar in bars),
        len(order) <= MOST_DRAWN,
    )


def _holds(penalty: Penalty, today: date) -> bool:
    return penalty.since <= today and (penalty.until is None or penalty.until >= today)


def _line(one: Penalty, today: date) -> Line:
    return Line(
        one.pk, one.called, str(one.article), one.article.instrument_id, showing.years(one), showing.fine(one),
        showing.time(one), _holds(one, today), showing.sure(one.evidence), one.evidence, one.source, one.note,
    )  # fmt: skip


@lru_cache(maxsize=64)
def _drawn(bars: tuple[Range, ...], called: str, language: str) -> str:
    """Drawn once for the same penalties: the library that draws is large, and laws change seldom."""
    texts = Texts(
        title=_("How many years of prison does each law threaten? %(offence)s") % {"offence": called},
        description=" ".join(f"{one.group}: {one.label}." for one in bars),
        value_axis=_("years of prison"),
    )
    return ranges_chart(bars, texts, language, key="penalties")
