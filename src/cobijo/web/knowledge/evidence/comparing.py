"""Which figures do not go together, and why. Pure: numbers and codes in, findings out; no Django, no database.

Two figures can contradict each other only where they count the same: concept, unit, status, ages, area, period, and
stock or flow. Only then are ranges that do not meet *incompatible*. Where anything of it differs, or a source does not
say it, they are *not comparable*, and the finding names what differs: most quarrels about numbers end there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product
from typing import NamedTuple

#: Units that count people, and have a status and ages. Others have none.
PEOPLE = frozenset({"children", "people"})
#: Figures that count different things are worth a sentence only where they lie this many times apart.
FAR = 2.0
#: A stock or flow that grows or shrinks more than this many times in a year did not change: it was counted otherwise.
FASTEST = 3.0
#: Below this, two equal numbers are chance.
TELLING = 100
#: After the name of a field: a source does not say it.
UNSAID = "?"

INCOMPATIBLE, NOT_COMPARABLE = "incompatible", "not_comparable"
SAME_VALUE, REPEATED, IMPOSSIBLE_CHANGE = "same_value", "repeated", "impossible_change"


@dataclass(frozen=True)
class Said:
    """One figure as it is compared."""

    id: int
    source: int
    concept: str
    unit: str
    status: str
    ages: tuple[int | None, int | None]
    area: str
    area_part: str
    since: date
    until: date
    period_said: bool
    measure: str
    bound: str
    value: float | None
    low: float | None = None
    high: float | None = None
    repeats: int | None = None


class Finding(NamedTuple):
    """Two figures, `first` with the smaller id. A field that ends in `?` is one that a source does not say."""

    first: int
    second: int
    kind: str
    fields: tuple[str, ...]
    times: float | None  # how far apart what they say is, as a factor


def span(one: Said) -> tuple[float, float]:
    """The numbers that it names, from the lowest to the highest."""
    named = [number for number in (one.value, one.low, one.high) if number is not None]
    return min(named), max(named)


def limits(one: Said) -> tuple[float, float]:
    """Between which numbers the truth lies if the figure is right; `about` is half of its last digit that is no zero.

    >>> from datetime import date
    >>> day = date(2004, 1, 1)
    >>> about = Said(1, 1, "csec", "children", "unstated", (0, 17), "MX", "", day, day, True, "stock", "about", 17000)
    >>> limits(about)
    (16500.0, 17500.0)
    """
    low, high = span(one)
    if one.bound == "at_least":
        return low, float("inf")
    if one.bound == "at_most":
        return 0.0, high
    if one.bound == "about" and low == high:
        half = _last_digit(low) / 2
        return low - half, low + half
    return low, float("inf") if one.low is not None and one.high is None else high


def _last_digit(value: float) -> float:
    """The size of the last digit that is no zero: 1,000 for 17,000."""
    size = 1.0
    while value and value % (size * 10) == 0:
        size *= 10
    return size


def times_apart(one: Said, other: Said) -> float:
    """How many times the nearest numbers that they name lie apart; 1 where they meet."""
    (low, high), (other_low, other_high) = span(one), span(other)
    smaller, larger = (high, other_low) if high < other_low else (other_high, low)
    if larger <= smaller:
        return 1.0
    return larger / smaller if smaller > 0 else float("inf")


def apart(one: Said, other: Said) -> bool:
    """Whether both cannot be so, what each leaves open counted in."""
    (low, high), (other_low, other_high) = limits(one), limits(other)
    return high < other_low or other_high < low


def differing(one: Said, other: Said) -> tuple[str, ...]:
    """The fields in which they do not match. What a source does not say matches nothing."""
    found = [
        name for name in ("concept", "unit", "measure", "area") if getattr(one, name) != getattr(other, name)
    ]
    if one.area_part.casefold().strip() != other.area_part.casefold().strip():
        found.append("area_part")
    if one.unit in PEOPLE and other.unit in PEOPLE:
        if "unstated" in {one.status, other.status}:
            found.append("status" + UNSAID)
        elif one.status != other.status:
            found.append("status")
        if one.ages != other.ages:
            unsaid = (None, None) in {one.ages, other.ages}
            found.append("ages" + UNSAID if unsaid else "ages")
        elif one.ages == (None, None):
            found.append("ages" + UNSAID)
    if not (one.period_said and other.period_said):
        found.append("period" + UNSAID)
    elif not _same_period(one, other):
        found.append("period")
    return tuple(found)


def _same_period(one: Said, other: Said) -> bool:
    """Stocks are looked at in one moment, so it is enough that the periods meet; flows need the same time."""
    if "flow" in {one.measure, other.measure}:
        return (one.since, one.until) == (other.since, other.until)
    if "total" in {one.measure, other.measure}:
        return one.until == other.until
    return one.since <= other.until and other.since <= one.until


def compare(one: Said, other: Said) -> Finding | None:
    """What is wrong between two figures, if anything: the gravest thing only. People never meet web sites."""
    if _sort(one.unit) != _sort(other.unit):
        return None
    first, second = (one, other) if one.id < other.id else (other, one)
    fields = differing(first, second)
    times = times_apart(first, second)

    def found(kind: str, *, named: tuple[str, ...] = fields) -> Finding:
        return Finding(first.id, second.id, kind, named, times if times != float("inf") else None)

    if _passed_on(first, second):
        return found(REPEATED)
    if not fields:
        return found(INCOMPATIBLE) if apart(first, second) else None
    if fields == ("period",):
        if first.source != second.source and span(first) == span(second) and span(first)[0] >= TELLING:
            return found(REPEATED)
        return found(IMPOSSIBLE_CHANGE) if _impossible(first, second) else None
    if "concept" in fields and "unit" not in fields and _one_number(first, second):
        return found(SAME_VALUE)
    if times < FAR or not _side_by_side(first, second):
        return None
    if _told_apart(first, second, fields) or _another_time(fields):
        return None
    return found(NOT_COMPARABLE)


def _passed_on(one: Said, other: Said) -> bool:
    """One repeats the other, or both repeat a third."""
    if one.repeats is not None and one.repeats == other.repeats:
        return True
    return one.repeats == other.id or other.repeats == one.id


def _impossible(one: Said, other: Said) -> bool:
    """A running total that falls, or a change that no world makes: at the nearest numbers that both leave open."""
    early, late = sorted((one, other), key=lambda each: (each.since, each.until))
    (early_low, early_high), (late_low, late_high) = limits(early), limits(late)
    if early.measure == "total" and late_high < early_low:
        return True
    years = max(1.0, (_middle(late) - _middle(early)) / 365.25)
    grown = late_low / early_high if early_high > 0 else 0.0
    shrunk = early_low / late_high if late_high > 0 else 0.0
    return max(grown, shrunk) > float(FASTEST**years)


def _middle(one: Said) -> float:
    return (one.since.toordinal() + one.until.toordinal()) / 2


def _one_number(one: Said, other: Said) -> bool:
    """Both say the same single number, large enough to be no chance."""
    (low, high), (other_low, other_high) = span(one), span(other)
    return low == high == other_low == other_high and low >= TELLING


def _sort(unit: str) -> str:
    return "people" if unit in PEOPLE else unit


def _side_by_side(one: Said, other: Said) -> bool:
    """Worth setting side by side: no share, no flow beside a stock, no state beside the country it lies in."""
    if {one.unit, other.unit} & {"percent", "rate"} or one.measure != other.measure:
        return False
    return one.area == other.area or "-" not in one.area + other.area


def _another_time(fields: Collection[str]) -> bool:
    """Another thing, place or group in another time: nobody would quote the one against the other."""
    return "period" in fields and any(not name.endswith(UNSAID) for name in fields if name != "period")


def _told_apart(one: Said, other: Said, fields: Collection[str]) -> bool:
    """One source that itself says two things of two things does not contradict itself."""
    return one.source == other.source and any(not name.endswith(UNSAID) for name in fields)


def findings(said: Sequence[Said], only: Collection[int] | None = None) -> Iterator[Finding]:
    """All that do not go together; with `only`, the pairs in which one of these figures is.

    People never meet web sites, nor one state another, so each is gone through by itself.
    """
    groups: defaultdict[tuple[str, str], list[Said]] = defaultdict(list)
    for one in said:
        groups[_sort(one.unit), one.area if "-" in one.area else ""].append(one)
    for group in groups.values():
        pairs = combinations(group, 2) if only is None else _pairs_with(group, only)
        for one, other in pairs:
            finding = compare(one, other)
            if finding is not None:
                yield finding


def _pairs_with(group: Sequence[Said], only: Collection[int]) -> Iterator[tuple[Said, Said]]:
    """The pairs in which one of `only` is, each once."""
    asked = [one for one in group if one.id in only]
    rest = [one for one in group if one.id not in only]
    yield from combinations(asked, 2)
    yield from product(asked, rest)
