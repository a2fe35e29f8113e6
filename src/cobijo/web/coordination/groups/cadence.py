"""A mandate's cadence as a clock: when a group should have met, and how often it did. Pure, no Django."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from cobijo.web.core.dates import months_after

WINDOW_YEARS = 4  # how far back the promise is compared with what happened


@dataclass(frozen=True)
class Standing:
    """Where a group stands today. `due_on` is None where the mandate gives no cadence, or the group has ended."""

    last: date | None  # it met last
    next: date | None  # it is planned to meet
    due_on: date | None  # by then it should have met again
    met: int  # meetings in the window
    promised: int  # and how many the mandate asks for in it
    years: int  # the window: as long as the group exists, four years at most
    today: date

    @property
    def missed(self) -> bool:
        """Nobody met for longer than the cadence."""
        return self.due_on is not None and self.due_on < self.today

    @property
    def behind(self) -> bool:
        """It met less often than its mandate says, or is late now."""
        return self.missed or self.met < self.promised


def months_between(first: date, last: date) -> int:
    """Whole months that have passed.

    >>> months_between(date(2024, 1, 31), date(2024, 2, 28)), months_between(date(2024, 1, 31), date(2024, 2, 29))
    (0, 1)
    """
    months = (last.year - first.year) * 12 + last.month - first.month
    return months if months_after(first, months) <= last else months - 1


def standing(
    *,
    since: date,
    until: date | None,
    cadence: int | None,
    held: Sequence[date],
    planned: Sequence[date],
    today: date,
) -> Standing:
    """Compare the promise with what happened. Days after today count as not held."""
    past = sorted(one for one in held if one <= today)
    ahead = sorted(one for one in planned if one >= today)
    last = past[-1] if past else None
    begin = max(since, months_after(today, -12 * WINDOW_YEARS))
    months = max(0, months_between(begin, today))
    going = cadence is not None and (until is None or until > today)
    due = months_after(last or since, cadence) if going and cadence is not None else None
    promised = months // cadence if going and cadence is not None else 0
    return Standing(
        last=last, next=ahead[0] if ahead else None, due_on=due, met=sum(one >= begin for one in past),
        promised=promised, years=max(1, (months + 6) // 12), today=today,
    )  # fmt: skip
