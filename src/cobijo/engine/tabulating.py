"""The picture's tables, unprotected: children by area, by sex and age, by capture history, and other statuses apart.

Everything here is private. It leaves through `disclosure.protect` alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cobijo.engine import counting
from cobijo.engine.counting import AGE_BANDS, APART, UNKNOWN, Population
from cobijo.engine.disclosure import CountTable, count_people, overlap_table
from cobijo.engine.lists.schema import Sex
from cobijo.engine.pack import Pack
from cobijo.engine.population import Histories

BANDS = [f"{low}-{high}" for low, high in AGE_BANDS] + [UNKNOWN]
SEXES = [*(sex.value for sex in Sex), UNKNOWN]


def count_tables(
    population: Population, people: NDArray[np.int64], histories: Histories, pack: Pack
) -> list[CountTable]:
    """All tables of a picture. `people`: person of every record; `histories`: of the same people.

    A child is counted once: in the area and of the sex said most often of it, at the youngest age it was seen at.
    """
    inside, two = population.inside, len(histories.lists) == 2
    _, person = np.unique(people[inside], return_inverse=True)
    count = int(person.max()) + 1
    records = population.records.filter(inside)
    area = counting.most_often(person, counting.filled(records["area"]), count)
    sex = counting.most_often(person, counting.filled(records["sex"]), count)
    masks = np.zeros(count, dtype=np.int64)
    np.bitwise_or.at(masks, person, np.left_shift(1, population.list_codes[inside]))
    seen_by = [
        [name for bit, name in enumerate(population.lists) if mask >> bit & 1] for mask in masks.tolist()
    ]
    bands = _bands(counting.youngest_ages(population.records)[inside], person, count)
    return [
        count_people(
            "area",
            {"area": area.tolist()},
            {"area": [*(one.code for one in pack.areas), UNKNOWN]},
            organisations=seen_by,
        ),
        count_people(
            "sex_age",
            {"sex": sex.tolist(), "age_band": bands.tolist()},
            {"sex": SEXES, "age_band": BANDS},
            organisations=seen_by,
        ),
        # A two-list estimate gives the overlap of its lists away: it is declared, and withheld where hidden.
        overlap_table(histories, pairs=[(histories.lists[0], histories.lists[1])] if two else []),
        _apart(population, people),
    ]


def _bands(ages: NDArray[np.float64], person: NDArray[np.int64], count: int) -> NDArray[np.str_]:
    youngest = np.full(count, np.inf)
    np.minimum.at(youngest, person, np.where(np.isnan(ages), np.inf, ages))
    return counting.age_bands(np.where(np.isinf(youngest), np.nan, youngest))


def _apart(population: Population, people: NDArray[np.int64]) -> CountTable:
    """Children of other statuses: each has the strongest that any list gave, and none is in the main tables."""
    left = population.near & ~np.isin(people, people[population.inside])
    status = counting.filled(population.records["status"])
    strongest: list[str] = []
    for kind in APART:
        these = np.unique(people[left & (status == str(kind))])
        strongest += [str(kind)] * these.size
        left &= ~np.isin(people, these)
    categories = {"status": [str(kind) for kind in APART]}
    return count_people(
        "apart", {"status": strongest}, categories, published=(("status",),), population="apart"
    )
