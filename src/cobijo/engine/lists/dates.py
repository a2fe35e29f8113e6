"""Dates as offices write them, with how much of them is known.

`03/04/2012` has two readings. Which one a column uses is decided by its own unambiguous dates (`25/04/2012`
proves
day first); `survey` counts that evidence over the whole column before anything is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from cobijo.engine.lists.schema import Precision
from cobijo.engine.lists.text import fold

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "enero ene january jan",
            "febrero feb february",
            "marzo mar march",
            "abril abr april apr",
            "mayo may",
            "junio jun june",
            "julio jul july",
            "agosto ago august aug",
            "septiembre setiembre sep sept set september",
            "octubre oct october",
            "noviembre nov november",
            "diciembre dic december dec",
        ),
        start=1,
    )
    for name in names.split()
}
_TIME = re.compile(
    r"(?:[T ]+|, *)\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d+)?)?(?: *[ap]\.? ?m\.?)?"
    r"(?: *(?:Z|UTC|[+-]\d{2}:?\d{2}))?$",
    re.I,
)
_YMD = re.compile(r"(\d{4})[-/. ](\d{1,2})[-/. ](\d{1,2})$")
_ENDS = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2})[-/. ]+(\d{4}|\d{2})$")
_YM = re.compile(r"(\d{4})[-/.](\d{1,2})$")
_MY = re.compile(r"(\d{1,2})[-/.](\d{4})$")
_DAY_WORD = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th|o|º|°)?[-/. ]+)?(?:de +)?"
    r"([^\W\d_]+)\.?[-/., ]+(?:del? +)?(\d{4}|\d{2})$"
)
_WORD_DAY = re.compile(r"([^\W\d_]+)\.? +(\d{1,2})(?:st|nd|rd|th)?,? +(\d{4})$")
_SERIAL = re.compile(r"(\d{5})(?:\.0+|\.\d+)?$")

#: Excel's day numbers for 1927 to 2064: five digits that can be nothing else in a column of dates.
_SERIAL_RANGE = range(10_000, 60_300)
_YEARS = range(1800, 2200)
_EXCEL_ZERO = date(1899, 12, 30)


@dataclass(frozen=True)
class Reading:
    """A text read as a date. `trait` is what the reading rests on ("serial", "two_digits")
    or why there is none ("ambiguous", "impossible", "" for what is no date at all)."""

    value: date | None
    precision: Precision | None = None
    trait: str = ""


@dataclass
class Evidence:
    """What a column says about its own order: unambiguous dates of each kind, and ambiguous ones."""

    day_first: int = 0
    month_first: int = 0
    either: int = 0

    def add(self, texts: Iterable[tuple[str, int]]) -> None:
        """Count texts with how often they occur."""
        for text, times in texts:
            hit = _ENDS.match(_TIME.sub("", text))
            if hit is None:
                continue
            first, second = int(hit[1]), int(hit[2])
            if 12 < first <= 31 and 1 <= second <= 12:
                self.day_first += times
            elif 12 < second <= 31 and 1 <= first <= 12:
                self.month_first += times
            elif 1 <= first <= 12 and 1 <= second <= 12 and first != second:
                self.either += times

    def order(self) -> str | None:
        """ "dmy" or "mdy" where one kind has at least 19 of 20 unambiguous dates, else None."""
        total = self.day_first + self.month_first
        if total and self.day_first >= 0.95 * total:
            return "dmy"
        if total and self.month_first >= 0.95 * total:
            return "mdy"
        return None


def _made(year: int, month: int, day: int, trait: str = "") -> Reading:
    """A date with zeros for what is not known, or nothing if the calendar has no such day."""
    if month == 0 and day == 0:
        return (
            Reading(date(year, 1, 1), Precision.YEAR, trait)
            if 1 <= year <= 9999
            else Reading(None, trait="impossible")
        )
    try:
        if day == 0:
            return Reading(date(year, month, 1), Precision.MONTH, trait)
        value = date(year, month, day)
    except ValueError:
        return Reading(None, trait="impossible")
    return Reading(value, Precision.PLACEHOLDER if (month, day) == (1, 1) else Precision.DAY, trait)


def says_nothing(text: str) -> bool:
    """Whether a date is only zeros or only nines, as forms fill what is not known.

    >>> says_nothing("00/00/0000"), says_nothing("99-99-9999"), says_nothing("01/01/2000")
    (True, True, False)
    """
    digits = set(text) - set("-/. :")
    return digits in ({"0"}, {"9"})


def _year(text: str, today: date) -> int:
    """A year of two digits is the latest one that is not in the future."""
    year = int(text)
    if len(text) == 4:
        return year
    century = today.year // 100 * 100
    return century + year if century + year <= today.year else century - 100 + year


def read_date(text: str, order: str | None, today: date) -> Reading:
    """Read one tidy text. `order` None: a date with two readings is not read and has the trait "ambiguous".

    >>> read_date("25/04/2012", "dmy", date(2026, 1, 1)).value.isoformat()
    '2012-04-25'
    >>> read_date("marzo de 2010", None, date(2026, 1, 1)).precision.value
    'month'
    """
    if len(text) > 60:
        return Reading(None)
    plain = _TIME.sub("", text).strip()
    if plain.isdigit() and plain.isascii():
        return _digits(plain, today)
    if hit := _YMD.match(plain):
        year, second, third = (int(g) for g in hit.groups())
        return _made(year, second, third)
    if hit := _ENDS.match(plain):
        return _day_or_month_first(hit, order, today)
    if hit := _YM.match(plain):
        return _made(int(hit[1]), int(hit[2]), 0)
    if hit := _MY.match(plain):
        return _made(int(hit[2]), int(hit[1]), 0)
    if hit := _SERIAL.match(plain):
        return _digits(hit[1], today)
    if re.fullmatch(r"\d{4}\.0+", plain):
        return _digits(plain[:4], today)
    return _worded(plain, today)


def _digits(plain: str, today: date) -> Reading:
    """2012; 20120425; Excel's 41024."""
    if len(plain) == 4 and int(plain) in _YEARS:
        return _made(int(plain), 0, 0)
    if len(plain) == 8:
        return _made(int(plain[:4]), int(plain[4:6]), int(plain[6:]))
    if len(plain) == 5 and int(plain) in _SERIAL_RANGE:
        value = _EXCEL_ZERO + timedelta(days=int(plain))
        return _made(value.year, value.month, value.day, "serial")
    return Reading(None)


def _day_or_month_first(hit: re.Match[str], order: str | None, today: date) -> Reading:
    first, second = int(hit[1]), int(hit[2])
    year = _year(hit[3], today)
    trait = "two_digits" if len(hit[3]) == 2 else ""
    if order == "ymd" and len(hit[3]) == 2:
        return _made(_year(hit[1].zfill(2), today), second, int(hit[3]), "two_digits")
    if order is None and first != second and 1 <= first <= 12 and 1 <= second <= 12:
        return Reading(None, trait="ambiguous")
    month_first = order == "mdy" or (order is None and second > 12)
    return _made(year, first, second, trait) if month_first else _made(year, second, first, trait)


def _worded(plain: str, today: date) -> Reading:
    """25 de abril de 2012; 25-abr-12; abril 2012; April 25, 2012."""
    lower = plain.lower()
    if (hit := _WORD_DAY.match(lower)) and (month := _MONTHS.get(fold(hit[1]))):
        return _made(int(hit[3]), month, int(hit[2]))
    if (hit := _DAY_WORD.match(lower)) and (month := _MONTHS.get(fold(hit[2]))):
        trait = "two_digits" if len(hit[3]) == 2 else ""
        return _made(_year(hit[3], today), month, int(hit[1] or 0), trait)
    return Reading(None)
