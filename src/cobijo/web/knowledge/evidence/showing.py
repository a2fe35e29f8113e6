"""How contradictions and factors are laid out on pages; the public pages use the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cobijo.web.core import country
from cobijo.web.knowledge.evidence import saying
from cobijo.web.knowledge.evidence.charting import rating_chart
from cobijo.web.knowledge.evidence.comparing import UNSAID
from cobijo.web.knowledge.evidence.models import (
    DEFINED_ONLY,
    Contradiction,
    ContradictionKind,
    Factor,
    Figure,
    Indicator,
    IndicatorValue,
    Rating,
    SourceKind,
)

#: What each kind of contradiction means for whoever reads it.
MEANS: dict[str, str | Promise] = {
    ContradictionKind.INCOMPATIBLE: _("Both count the same, and both cannot be so."),
    ContradictionKind.IMPOSSIBLE_CHANGE: _("So much cannot change in that time: it was counted otherwise."),
    ContradictionKind.REPEATED: _("One passes on what another one said. Count it once."),
    ContradictionKind.SAME_VALUE: _(
        "One number stands for two different things: one of the two was probably taken from the other."
    ),
    ContradictionKind.NOT_COMPARABLE: _("They do not count the same, so neither disproves the other."),
}


@dataclass(frozen=True)
class Shown:
    """A contradiction in words."""

    record: Contradiction
    first: Figure
    second: Figure
    title: str
    kind: str
    means: str
    why: tuple[str, ...]
    times: str

    @property
    def pair(self) -> tuple[Figure, Figure]:
        return self.first, self.second


def shown(one: Contradiction) -> Shown:
    far = one.times is not None and one.times > 1
    return Shown(
        record=one,
        first=one.first,
        second=one.second,
        title=f"{saying.counted(one.first)} / {saying.counted(one.second)}",
        kind=str(one.get_kind_display()),
        means=str(MEANS[one.kind]),
        why=tuple(saying.differs(name, one.first, one.second) for name in one.fields),
        times=saying.number(one.times) if far and one.times is not None else "",
    )


@dataclass(frozen=True)
class FactorShown:
    """One of the ten factors, with its series; where there is none, the page says so."""

    name: str
    defined_only: bool
    series: tuple[Indicator, ...]


def factors(indicators: Iterable[Indicator]) -> list[FactorShown]:
    by_factor: defaultdict[str, list[Indicator]] = defaultdict(list)
    for one in indicators:
        by_factor[one.factor].append(one)
    return [
        FactorShown(str(Factor(code).label), code in DEFINED_ONLY, tuple(by_factor[code]))
        for code in Factor.values
    ]


def by_state(series: Sequence[Indicator], values: Iterable[IndicatorValue]) -> list[tuple[str, list[str]]]:
    """Each state with the latest value of each series and its year; empty where there is none."""
    latest: dict[tuple[int, str], IndicatorValue] = {}
    for one in values:
        key = one.indicator_id, one.area
        if key not in latest or latest[key].year < one.year:
            latest[key] = one
    places = (country.pack().country, *country.pack().area_by_code)
    return [(saying.area(area), [_value(latest.get((one.pk, area))) for one in series]) for area in places]


def _value(value: IndicatorValue | None) -> str:
    return "" if value is None else f"{saying.number(value.value)} ({value.year})"


# --- A figure, field by field ------------------------------------------------------------------------------------

FIELDS: tuple[tuple[str, Callable[[Figure], str]], ...] = (
    ("source", lambda one: saying.source_named(one.source)),
    ("value", saying.counted),
    ("concept", lambda one: saying.concept(one.concept)),
    ("status", lambda one: str(one.get_status_display())),
    ("ages", saying.ages),
    ("area", saying.place),
    ("period", saying.period),
    ("measure", lambda one: str(one.get_measure_display())),
    ("grade", lambda one: str(one.get_grade_display())),
    ("method", lambda one: saying.told(one, "method") or saying.told(one.source, "method")),
)
#: Fields of a finding that are said under the name of another one.
UNDER = {"area_part": "area", "unit": "value"}


def described(figure: Figure) -> list[tuple[str, str]]:
    """What a figure says, each field with its name; what does not apply is left out."""
    labels = saying.labels()
    return [(labels[name], text) for name, say in FIELDS if (text := say(figure))]


def sides(record: Contradiction) -> list[tuple[str, str, str, bool]]:
    """Field by field: its name, both values, and whether it differs."""
    bare = {one.removesuffix(UNSAID) for one in record.fields}
    differing = {UNDER.get(one, one) for one in bare}
    labels = saying.labels()
    return [(labels[name], say(record.first), say(record.second), name in differing) for name, say in FIELDS]


# --- Side by side ---


@dataclass(frozen=True)
class Beside:
    """What several sources say of one and the same thing, in the order of the sources; "" where one says nothing."""

    counted: str
    place: str
    period: str
    said: tuple[tuple[int, str], ...]  # the figure and its number; 0 where there is none
    times: str  # how far apart the farthest lie


def beside(figures: Sequence[Figure]) -> tuple[list[str], list[Beside]]:
    """The sources, and a row for everything of which two or more of them speak."""
    rows: dict[tuple[object, ...], dict[int, Figure]] = defaultdict(dict)
    for one in figures:
        same = (
            one.unit, one.status, one.age_from, one.age_to, one.area, one.area_part, one.period_from, one.period_until,
            one.measure,
        )  # fmt: skip
        rows[same].setdefault(one.source_id, one)
    several = [found for found in rows.values() if len(found) > 1]
    sources = {one.source_id: saying.source_named(one.source) for found in several for one in found.values()}
    return list(sources.values()), [_beside(found, list(sources)) for found in several]


def _beside(found: Mapping[int, Figure], sources: Sequence[int]) -> Beside:
    one = next(iter(found.values()))
    said = tuple((found[key].pk, saying.amount(found[key])) if key in found else (0, "") for key in sources)
    values = [float(one.value) for one in found.values() if one.value]
    apart = max(values) / min(values) if len(values) > 1 else 1.0
    what = " · ".join(filter(None, (str(one.get_unit_display()), saying.ages(one))))
    return Beside(
        what, saying.place(one), saying.period(one), said, saying.number(round(apart, 1)) if apart > 1 else ""
    )


# --- Ratings -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Scheme:
    """The grades of one scheme, with who gave them and how."""

    code: str
    place: str
    who: str
    method: str
    foreign: bool
    rows: tuple[tuple[Rating, str], ...]  # each with how sure it is, in words
    svg: str


def schemes(rows: Iterable[Rating]) -> list[Scheme]:
    """Ratings in the order of scheme, area and year, each scheme by itself."""
    made = []
    for (code, area), group in groupby(rows, key=lambda one: (one.scheme, one.area)):
        found = tuple(group)
        source = found[-1].source
        made.append(
            Scheme(
                code,
                saying.area(area),
                saying.told(source, "who"),
                saying.told(source, "method"),
                source.kind == SourceKind.FOREIGN,
                tuple((one, saying.how_sure(one)) for one in found),
                rating_chart(found, code),
            )
        )
    return made
