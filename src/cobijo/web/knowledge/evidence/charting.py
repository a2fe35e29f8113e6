"""From figures to what is drawn of them and stands under it. One chart a unit and measure: a flow is no stock."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from cobijo.engine.charts.timeline import Mark, Texts, grades_chart, timeline_chart
from cobijo.engine.charts.words import number, span
from cobijo.web.knowledge.evidence import saying
from cobijo.web.knowledge.evidence.comparing import differing
from cobijo.web.knowledge.evidence.comparing import span as said_span
from cobijo.web.knowledge.evidence.estimate import OwnEstimate, own_estimate
from cobijo.web.knowledge.evidence.models import Figure, Measure, Rating, Unit
from cobijo.web.knowledge.evidence.queries import as_said

#: The grades of a scheme, the best first; of one that does not stand here, as they are.
GRADES = {"tip-tier": ("1", "2", "2WL", "3")}


@dataclass(frozen=True)
class Beside:
    """One period of a table in which sources stand side by side."""

    period: str
    cells: tuple[str, ...]
    times: str  # how many times the largest is the smallest; empty where they do not count the same


@dataclass(frozen=True)
class Line:
    """One figure in the table under its chart."""

    pk: int
    code: str
    amount: str
    period: str
    place: str
    source: str
    grade: str


@dataclass(frozen=True)
class Drawn:
    """What is shown of the figures of one concept in one unit and measure."""

    title: str
    svg: str
    rows: tuple[Line, ...]
    own: OwnEstimate | None
    own_said: str
    sources: tuple[str, ...]
    beside: tuple[Beside, ...]


def drawings(figures: Sequence[Figure]) -> list[Drawn]:
    """The figures of one concept, apart by unit and measure, those with most figures first."""
    groups: defaultdict[tuple[str, str], list[Figure]] = defaultdict(list)
    for one in figures:
        groups[one.unit, one.measure].append(one)
    ranked = sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    return [_drawn(unit, measure, found) for (unit, measure), found in ranked]


def _drawn(unit: str, measure: str, figures: list[Figure]) -> Drawn:
    own = own_estimate() if (unit, measure) == (Unit.CHILDREN, Measure.STOCK) else None
    title = f"{Unit(unit).label} · {Measure(measure).label}"
    marks = tuple(_mark(one) for one in figures) + (() if own is None else (_own_mark(own),))
    ours = "" if own is None else own_said(own)
    said = [f"{saying.headline(one)} ({saying.source_named(one.source)})" for one in figures]
    concept = saying.concept(figures[0].concept)
    texts = Texts(
        title=_("Who said how many, and when? %(concept)s") % {"concept": concept},
        description=" ".join(f"{one}." for one in (*said, ours) if one),
        value_axis=str(Unit(unit).label),
    )
    svg = _timeline(marks, texts, saying.language(), f"{figures[0].concept}-{unit}-{measure}")
    sources, rows = side_by_side(figures)
    return Drawn(title, svg, tuple(_line(one) for one in figures), own, ours, sources, rows)


def _line(figure: Figure) -> Line:
    return Line(
        figure.pk,
        figure.code,
        saying.counted(figure),
        saying.period(figure),
        saying.place(figure),
        saying.source_named(figure.source),
        str(figure.get_grade_display()),
    )


def _mark(figure: Figure) -> Mark:
    low, high = said_span(as_said(figure))
    ranged = low != high
    return Mark(
        at=_middle(figure.period_from, figure.period_until),
        value=float(figure.value) if figure.value is not None else None if ranged else low,
        low=low if ranged else None,
        high=high if ranged else None,
        or_more=figure.bound == "at_least" or (figure.value is None and figure.high is None),
        or_less=figure.bound == "at_most",
        sure_when=figure.period_said,
    )


def _own_mark(own: OwnEstimate) -> Mark:
    high = own.high if own.high is not None else own.total
    at = _middle(own.since, own.until)
    return Mark(at, own.total, own.low, high, or_more=own.high is None, own=True)


def _middle(since: date, until: date) -> float:
    """In years: the middle of 2000 is 2000.5."""
    days = (since.toordinal() + until.toordinal() + 1) / 2
    year = date.fromordinal(int(days)).year
    return year + (days - date(year, 1, 1).toordinal()) / 365.25


def own_said(own: OwnEstimate) -> str:
    """Our estimate in a sentence."""
    return _("Our own estimate: %(total)s (%(range)s), %(method)s, %(status)s, under %(age)s, %(period)s") % {
        "total": number(own.total),
        "range": span(own.low, own.high, saying.language()),
        "method": _lower(own.method),
        "status": _lower(own.status),
        "age": own.under_age,
        "period": saying.between(own.since, own.until),
    }


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def side_by_side(figures: Sequence[Figure]) -> tuple[tuple[str, ...], tuple[Beside, ...]]:
    """Periods down, sources across: only where at least two sources speak of one period and area.

    How many times one is the other stands there only where both count the same; else a number would invent an error.
    """
    rows: defaultdict[tuple[date, date, str, str], list[Figure]] = defaultdict(list)
    for one in figures:
        rows[one.period_from, one.period_until, one.area, one.area_part].append(one)
    shared = {key: found for key, found in rows.items() if len({one.source_id for one in found}) > 1}
    named = {one.source_id: saying.source_named(one.source) for found in shared.values() for one in found}
    made = []
    for (_since, _until, area, _part), found in sorted(shared.items()):
        cells = [[saying.amount(one) for one in found if one.source_id == source] for source in named]
        row = f"{saying.period(found[0])} · {saying.area(area)}"
        made.append(Beside(row, tuple("; ".join(cell) for cell in cells), _times(found)))
    return tuple(named.values()), tuple(made)


def _times(figures: Sequence[Figure]) -> str:
    said = [as_said(one) for one in figures]
    if any(differing(said[0], other) for other in said[1:]):
        return ""
    ends = [said_span(one) for one in said]
    smallest, largest = min(high for _low, high in ends), max(low for low, _high in ends)
    if smallest <= 0 < largest:  # nothing is so many times nothing
        return ""
    return f"{largest / smallest:.1f}" if smallest < largest else "1"


def rating_chart(ratings: Sequence[Rating], scheme: str) -> str:
    years = tuple((one.year, one.grade) for one in ratings)
    known = GRADES.get(scheme, ())
    order = (*known, *sorted({grade for _year, grade in years} - set(known)))
    texts = Texts(
        title=_("Which grade was given each year?"),
        description=" ".join(f"{year}: {grade}." for year, grade in sorted(years)),
        value_axis=_("grade"),
    )
    return _grades(years, order, texts, saying.language(), scheme)


@lru_cache(maxsize=64)
def _timeline(marks: tuple[Mark, ...], texts: Texts, language: str, key: str) -> str:
    """Drawn once for the same figures: the library that draws is large, and the figures change seldom."""
    return timeline_chart(marks, texts, language, key=key)


@lru_cache(maxsize=16)
def _grades(
    years: tuple[tuple[int, str], ...], order: tuple[str, ...], texts: Texts, language: str, key: str
) -> str:
    return grades_chart(years, order, texts, language, key=key)
