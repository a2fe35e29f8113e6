"""When an answer is due: working days, calendar days or months, over holidays and year ends. Pure, no Django.

A rule of the pack that names no law, article and number of days says nothing: `due` is None, "deadline unknown".
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from cobijo.web.core.dates import months_after

Unit = Literal["working", "calendar", "months"]
SURE = "read"
COUNSEL = "counsel must confirm"
SATURDAY = 5
ORDINALS: Mapping[str, int] = {"first": 1, "second": 2, "third": 3, "fourth": 4}
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True)
class Holiday:
    """A day on which no authority works, every year or every so many years from one on.

    `month` and `day`, or, where `ordinal` is not 0, that weekday of the month ("first monday of 02").
    """

    month: int
    day: int
    ordinal: int
    weekday: int
    from_year: int
    every_years: int
    names: Mapping[str, str]
    evidence: str

    def in_year(self, year: int) -> date | None:
        if year < self.from_year or (self.every_years > 1 and (year - self.from_year) % self.every_years):
            return None
        if not self.ordinal:
            return date(year, self.month, self.day)
        first = date(year, self.month, 1)
        ahead = (self.weekday - first.weekday()) % 7 + 7 * (self.ordinal - 1)
        return first + timedelta(days=ahead)


@dataclass(frozen=True)
class Rule:
    """How long an authority has. `last_day` "moves": a last day without work becomes the next one with it."""

    code: str
    names: Mapping[str, str]
    days: int | None
    unit: Unit
    last_day: str  # moves | stays
    silence: str  # refused | granted | presumed_true | unknown
    law: str
    article: str
    valid_until: date | None  # the law was replaced after this day
    source: str
    evidence: str

    @property
    def cited(self) -> bool:
        """Law, article and a number: only then is there a deadline at all."""
        return bool(self.law and self.article and self.days)

    @property
    def confirmed(self) -> bool:
        """Its text was read and says all that is needed. Otherwise a lawyer of the country has still to look at it,

        because nobody read it or because its evidence leaves a question to counsel; the page says so.
        """
        return self.cited and sure(self.evidence)

    def in_force(self, day: date) -> bool:
        return self.valid_until is None or day <= self.valid_until


def sure(evidence: str) -> bool:
    return evidence.startswith(SURE) and COUNSEL not in evidence


def due(rule: Rule | None, received: date, holidays: Iterable[Holiday]) -> date | None:
    """The last day on which the answer is in time; None where the deadline is unknown.

    The day of receipt does not count. A month ends on the day of the same number, or on the last of the month.
    """
    if rule is None or not rule.cited or not rule.in_force(received) or rule.days is None:
        return None
    listed = tuple(holidays)
    if rule.unit == "working":
        return _working(received, rule.days, listed)
    last = (
        months_after(received, rule.days) if rule.unit == "months" else received + timedelta(days=rule.days)
    )
    while rule.last_day == "moves" and not is_working(last, listed):
        last += timedelta(days=1)
    return last


def is_working(day: date, holidays: tuple[Holiday, ...]) -> bool:
    """Neither a Saturday, nor a Sunday, nor a holiday."""
    return day.weekday() < SATURDAY and day not in _days_off(day.year, holidays)


def working_days_between(first: date, last: date, holidays: tuple[Holiday, ...]) -> int:
    """How many working days lie after `first`, `last` included."""
    count, day = 0, first
    while day < last:
        day += timedelta(days=1)
        count += is_working(day, holidays)
    return count


def _working(received: date, days: int, holidays: tuple[Holiday, ...]) -> date:
    day, left = received, days
    while left:
        day += timedelta(days=1)
        left -= is_working(day, holidays)
    return day


@lru_cache(maxsize=64)
def _days_off_of(year: int, holidays: tuple[tuple[int, int, int, int, int, int], ...]) -> frozenset[date]:
    made = (Holiday(*one, names={}, evidence="").in_year(year) for one in holidays)
    return frozenset(one for one in made if one is not None)


def _days_off(year: int, holidays: tuple[Holiday, ...]) -> frozenset[date]:
    key = tuple(
        (one.month, one.day, one.ordinal, one.weekday, one.from_year, one.every_years) for one in holidays
    )
    return _days_off_of(year, key)
