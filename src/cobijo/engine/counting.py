"""From linked records to what is counted: who belongs to the population, and what is known of each person.

The population of a picture is defined by three things that every list must be able to tell: the status (identified),
the age (under 18 at capture; unknown or disputed age counts as a child's), and the period. Whoever is outside is
not thrown away: other statuses are shown apart and never enter the estimate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cobijo.engine.lists.schema import AgencyList, Precision, Status
from cobijo.errors import Refused, WrongUsage

UNDER_AGE = 18
UNKNOWN = "unknown"
AGE_BANDS = ((0, 5), (6, 11), (12, 14), (15, 17))
#: Statuses shown apart, the strongest first: a person has the strongest that any list gave.
APART = (Status.PRESUMED, Status.AT_RISK, UNKNOWN)


@dataclass(frozen=True)
class Population:
    """The records that belong to a picture.

    All arrays are aligned with `records` (every record of every list, in the order of the lists). `inside` marks the
    records of identified children in the period; `near` those that fit in age and period whatever their status.
    """

    records: pa.Table
    lists: tuple[str, ...]
    list_codes: NDArray[np.int64]
    period: tuple[date, date]
    inside: NDArray[np.bool_]
    near: NDArray[np.bool_]


def population(lists: Sequence[AgencyList], period: tuple[date, date] | None) -> Population:
    """Decide for every record whether it belongs.

    `period`: first and last day, both counted; None: the calendar years that the lists span.

    Raises `Refused` naming the list and the column where status or capture date cannot be told at all, and
    `WrongUsage` for a period upside down.
    """
    for one in lists:
        for column, code in (("status", "picture.no_status"), ("capture_date", "picture.no_capture_date")):
            if one.records.num_rows and one.records[column].null_count == one.records.num_rows:
                raise Refused(code, list=one.name, column=one.columns.get(column, column))
    records = pa.concat_tables([one.records for one in lists])
    names = tuple(one.name for one in lists)
    codes = np.repeat(np.arange(len(lists)), [one.records.num_rows for one in lists])
    captured = _days(records["capture_date"])
    period = _span(captured) if period is None else period
    if period[0] > period[1]:
        raise WrongUsage("picture.period_upside_down", start=str(period[0]), end=str(period[1]))
    first, last = (np.datetime64(day) for day in period)
    ages = youngest_ages(records)
    near = (captured >= first) & (captured <= last) & (np.isnan(ages) | (ages < UNDER_AGE))
    identified = (
        pc.equal(records["status"], Status.IDENTIFIED.value).fill_null(False).to_numpy(zero_copy_only=False)
    )
    return Population(records, names, codes, period, near & identified, near)


def youngest_ages(records: pa.Table) -> NDArray[np.float64]:
    """Age at capture in whole years, the youngest that the record allows; NaN where nothing is known.

    An imprecise birth date is read as its latest day, so that doubt about age counts for the child.
    """
    given = records["age_at_capture"].cast(pa.float64()).to_numpy(zero_copy_only=False)
    born = _days(records["birth_date"]).astype("datetime64[D]")
    precision = np.asarray(records["birth_precision"].to_pylist(), dtype=object)
    year_only = (precision == Precision.YEAR) | (precision == Precision.PLACEHOLDER)
    latest = born.copy()
    latest[year_only] = (born[year_only].astype("datetime64[Y]") + 1).astype("datetime64[D]") - 1
    month_only = precision == Precision.MONTH
    latest[month_only] = (born[month_only].astype("datetime64[M]") + 1).astype("datetime64[D]") - 1
    captured = _days(records["capture_date"])
    # Whole years by calendar: a birthday not reached yet in the year of capture takes one off.
    years = (captured.astype("datetime64[Y]") - latest.astype("datetime64[Y]")).astype(float)
    before_birthday = _day_of_year_key(captured) < _day_of_year_key(latest)
    derived = np.where(np.isnat(captured) | np.isnat(latest), np.nan, years - before_birthday)
    return np.asarray(np.fmin(given, np.maximum(derived, 0)))


def age_bands(ages: NDArray[np.float64]) -> NDArray[np.str_]:
    """The published band of each age ("12-14"), "unknown" for NaN."""
    bands = np.full(ages.shape, UNKNOWN, dtype="<U7")
    for low, high in AGE_BANDS:
        bands[(ages >= low) & (ages <= high)] = f"{low}-{high}"
    return bands


def most_often(people: NDArray[np.int64], values: NDArray[np.str_], count: int) -> NDArray[np.str_]:
    """For each of `count` people the value said most often of them ("unknown" loses to any other; ties: the first in
    alphabetical order, so that the answer does not depend on the order of the lists)."""
    kinds, coded = np.unique(values, return_inverse=True)
    tally = np.zeros((count, kinds.size), dtype=np.int64)
    np.add.at(tally, (people, coded), 1)
    if UNKNOWN in kinds:
        unknown = int(np.searchsorted(kinds, UNKNOWN))
        tally[:, unknown] = np.where(tally.sum(axis=1) == tally[:, unknown], 1, 0)
    return np.asarray(kinds[tally.argmax(axis=1)])


def filled(column: pa.ChunkedArray) -> NDArray[np.str_]:
    """A text column with "unknown" where nothing was said."""
    return np.asarray(column.fill_null(UNKNOWN).to_pylist(), dtype=np.str_)


def _days(column: pa.ChunkedArray) -> NDArray[np.datetime64]:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype="datetime64[D]")


def _day_of_year_key(days: NDArray[np.datetime64]) -> NDArray[np.int64]:
    months = days.astype("datetime64[M]")
    in_month = (days - months.astype("datetime64[D]")).astype(np.int64)
    return np.asarray(months.astype(np.int64) % 12 * 31 + in_month)


def _span(captured: NDArray[np.datetime64]) -> tuple[date, date]:
    """The calendar years that the lists cover, first to last."""
    known = captured[~np.isnat(captured)]
    if known.size == 0:
        raise Refused("picture.nothing_captured")
    first, last = known.min().astype("datetime64[D]").item(), known.max().astype("datetime64[D]").item()
    return date(first.year, 1, 1), date(last.year, 12, 31)
