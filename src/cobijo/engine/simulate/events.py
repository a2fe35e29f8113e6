"""Rows before anything is written: who is written down by which list on which day, with which decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.lists.schema import Status
from cobijo.engine.simulate.capture import Bools
from cobijo.engine.simulate.people import ADULT, AT_RISK, CHILD, EARLIER, NOT_VICTIM, PRESUMED, People
from cobijo.engine.simulate.settings import CountrySettings

Days = NDArray[np.datetime64]

#: What the lists say of each role.
STATUSES = (Status.IDENTIFIED, Status.PRESUMED, Status.AT_RISK, Status.NOT)
_STATUS_OF_ROLE = {CHILD: 0, PRESUMED: 1, AT_RISK: 2, NOT_VICTIM: 3, ADULT: 0, EARLIER: 0}
#: Days from the first list to the list to which a child was referred.
_REFERRAL_DAYS = 45
_MOST_REPEATS = 4


@dataclass(frozen=True)
class Rows:
    """One value a row, in the order of the lists and, within a list, of the days."""

    person: NDArray[np.int32]
    list: NDArray[np.int8]
    day: Days
    status: NDArray[np.int8]  # position in STATUSES

    def __len__(self) -> int:
        return len(self.person)

    def taken(self, chosen: NDArray[np.int64]) -> Rows:
        """These rows, in this order."""
        return Rows(self.person[chosen], self.list[chosen], self.day[chosen], self.status[chosen])


def _joined(parts: Sequence[Rows]) -> Rows:
    return Rows(
        np.concatenate([p.person for p in parts]),
        np.concatenate([p.list for p in parts]),
        np.concatenate([p.day for p in parts]),
        np.concatenate([p.status for p in parts]),
    )


def _days_between(first: np.datetime64, last: np.datetime64, size: int, rng: np.random.Generator) -> Days:
    found: Days = first + rng.integers(0, (last - first).astype(int) + 1, size).astype("timedelta64[D]")
    return found


def _captures(
    settings: CountrySettings,
    people: People,
    seen: Bools,
    referred: Bools,
    source: Sequence[int],
    rng: np.random.Generator,
) -> Rows:
    """The first row of every capture; a referred child comes after the list that referred her."""
    first, last = np.datetime64(settings.period_from), np.datetime64(settings.period_to)
    days = np.empty(seen.shape, dtype="datetime64[D]")
    for j in range(seen.shape[1]):
        days[:, j] = _days_between(first, last, len(people), rng)
    for j in sorted(range(seen.shape[1]), key=lambda j: (source[j] >= 0, j)):
        if source[j] >= 0:
            later = days[:, source[j]] + rng.integers(1, _REFERRAL_DAYS, len(people)).astype("timedelta64[D]")
            days[:, j] = np.where(referred[:, j], np.minimum(later, last), days[:, j])
    person, place = np.nonzero(seen)
    role = people.role[person]
    day = days[person, place]
    earlier = role == EARLIER
    day[earlier] -= np.timedelta64((last - first).astype(int) + 1, "D")
    status = np.array([_STATUS_OF_ROLE[r] for r in range(len(_STATUS_OF_ROLE))], dtype=np.int8)[role]
    return Rows(person.astype(np.int32), place.astype(np.int8), day, status)


def _repeats(settings: CountrySettings, rows: Rows, rng: np.random.Generator) -> Rows:
    """The same list writes the same child down again; some of these are an earlier, undecided, record."""
    often = np.minimum(rng.geometric(1 - settings.repeats, len(rows)) - 1, _MOST_REPEATS)
    again = rows.taken(np.repeat(np.arange(len(rows)), often))
    undecided = (again.status == 0) & (rng.random(len(again)) < settings.repeat_was_presumed)
    shift = np.where(undecided, -rng.integers(1, 60, len(again)), rng.integers(1, 120, len(again)))
    first, last = np.datetime64(settings.period_from), np.datetime64(settings.period_to)
    span = (last - first).astype(int) + 1
    was = (again.day < first).astype(int) * np.timedelta64(span, "D")  # rows of the year before stay in it
    day = np.clip(again.day + shift.astype("timedelta64[D]"), first - was, last - was)
    return Rows(again.person, again.list, day, np.where(undecided, 1, again.status).astype(np.int8))


def _before(settings: CountrySettings, people: People, rows: Rows, rng: np.random.Generator) -> Rows:
    """Rows of children of the population from the year before: they must not count as captures."""
    chosen = np.flatnonzero(
        (people.role[rows.person] == CHILD) & (rng.random(len(rows)) < settings.row_before_period)
    )
    old = rows.taken(chosen)
    first = np.datetime64(settings.period_from)
    day = _days_between(first - np.timedelta64(365, "D"), first - np.timedelta64(1, "D"), len(old), rng)
    alive = np.minimum(people.birth[old.person] + np.timedelta64(1, "D"), first - np.timedelta64(1, "D"))
    return Rows(old.person, old.list, np.maximum(day, alive), old.status)


def draw_rows(
    settings: CountrySettings,
    people: People,
    seen: Bools,
    referred: Bools,
    source: Sequence[int],
    rng: np.random.Generator,
) -> Rows:
    """All rows of all lists. `source[j]` is the list that refers to list j, or -1."""
    captures = _captures(settings, people, seen, referred, source, rng)
    rows = _joined([captures, _repeats(settings, captures, rng), _before(settings, people, captures, rng)])
    return rows.taken(np.lexsort((rng.random(len(rows)), rows.day, rows.list)))
