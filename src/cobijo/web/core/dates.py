"""Months from a day. Pure, no Django."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TypeVar

Day = TypeVar("Day", bound=date)  # a moment too, which keeps its hour


def months_after(day: Day, months: int) -> Day:
    """The same day so many months later (or earlier), or the last day of a shorter month.

    >>> months_after(date(2026, 8, 31), 6), months_after(date(2024, 1, 31), 1), months_after(date(2024, 3, 31), -4)
    (datetime.date(2027, 2, 28), datetime.date(2024, 2, 29), datetime.date(2023, 11, 30))
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return day.replace(year=year, month=month + 1, day=min(day.day, monthrange(year, month + 1)[1]))
