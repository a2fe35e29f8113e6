"""Households of invented people as codes; strings are made only for those whom a list holds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.simulate.capture import Traits
from cobijo.engine.simulate.settings import CountrySettings
from cobijo.engine.simulate.source import Source

Ints = NDArray[np.int32]
Bools = NDArray[np.bool_]

#: What a person is to the truth. Only `CHILD` belongs to the population whose number is estimated.
CHILD, PRESUMED, AT_RISK, NOT_VICTIM, ADULT, EARLIER = range(6)

_ADULT_AGES = np.arange(18, 46)
_DAYS_IN_YEAR = 365.25


@dataclass(frozen=True)
class People:
    """One value a person in every array; names and places are positions in the `Source`, -1 for none."""

    role: NDArray[np.int8]
    household: Ints
    twin: Bools
    birth: NDArray[np.datetime64]
    girl: Bools
    given1: Ints
    given2: Ints
    surname1: Ints
    surname2: Ints
    area: Ints
    birth_area: Ints  # -1: abroad
    municipality: Ints
    rural: Bools
    street: Ints
    number: Ints
    postcode: Ints
    has_id: Bools
    visible: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.role)

    def traits(self, settings: CountrySettings) -> Traits:
        """What the lists' reach depends on."""
        age = (np.datetime64(settings.period_to) - self.birth).astype(float) / _DAYS_IN_YEAR
        return Traits(
            age=(np.minimum(age, 18) - 14) / 5,
            girl=self.girl.astype(float),
            rural=self.rural.astype(float),
            visible=self.visible,
        )


def _roles(settings: CountrySettings, children: int, rng: np.random.Generator) -> NDArray[np.int8]:
    """Exactly `children` of the population and the others beside them, in any order."""
    shares = {
        PRESUMED: settings.presumed,
        AT_RISK: settings.at_risk,
        NOT_VICTIM: settings.not_victims,
        ADULT: settings.adults,
        EARLIER: settings.earlier,
    }
    others = [np.full(round(children * share), role, dtype=np.int8) for role, share in shares.items()]
    roles = np.concatenate([np.full(children, CHILD, dtype=np.int8), *others])
    rng.shuffle(roles)
    return roles


def _households(settings: CountrySettings, size: int, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Household of each person, and the person's place in it (0 = the eldest)."""
    shares = np.array(settings.household_sizes)
    shares = shares / shares.sum()
    mean = float((shares * np.arange(1, len(shares) + 1)).sum())
    sizes = 1 + rng.choice(len(shares), int(size / mean * 1.02) + 50, p=shares)
    household = np.repeat(np.arange(len(sizes), dtype=np.int32), sizes)[:size]
    first = np.searchsorted(household, household, side="left")
    return household, (np.arange(size) - first).astype(np.int32)


def _births(
    settings: CountrySettings, place: Ints, household: Ints, role: NDArray[np.int8], rng: np.random.Generator
) -> tuple[NDArray[np.datetime64], Bools]:
    """Birth dates: siblings 10 to 46 months apart, twins on one day; nobody is born within the period."""
    size = len(place)
    weights = np.array(settings.age_weights) / sum(settings.age_weights)
    last = np.datetime64(settings.period_to)
    days = (rng.choice(len(weights), size, p=weights) * _DAYS_IN_YEAR + rng.integers(0, 365, size)).astype(
        np.int64
    )
    eldest = np.arange(size) - place
    gap = np.where(place > 0, rng.integers(300, 1400, size), 0)
    twin_birth = (place == 1) & (rng.random(household[-1] + 1)[household] < settings.twins)
    gap[twin_birth] = 0
    # Days between the eldest and each sibling: gaps added up within the household.
    total = np.cumsum(gap)
    apart = total - total[eldest]
    younger = days[eldest] - apart
    born_in_time = younger > (last - np.datetime64(settings.period_from)).astype(int)
    # A small eldest cannot have younger siblings born in time: then the others are the older ones, or of her
    # age.
    days = np.where(born_in_time, younger, np.minimum(days[eldest] + apart, int(17.9 * _DAYS_IN_YEAR)))
    days[place == 0] = days[eldest][place == 0]
    adult = role == ADULT
    fading = 0.86 ** np.arange(len(_ADULT_AGES))
    ages = rng.choice(_ADULT_AGES, int(adult.sum()), p=fading / fading.sum())
    # One more year: adult on the first day of the period already.
    days[adult] = ((ages + 1) * _DAYS_IN_YEAR + rng.integers(1, 365, len(ages))).astype(np.int64)
    twin = twin_birth.copy()
    twin[:-1] |= twin_birth[1:]
    birth: NDArray[np.datetime64] = last - days.astype("timedelta64[D]")
    return birth, twin & ~adult


def draw_people(settings: CountrySettings, source: Source, children: int, rng: np.random.Generator) -> People:
    """Everybody whom a list could meet: `children` of the population and the others of `CountrySettings`."""
    role = _roles(settings, children, rng)
    size = len(role)
    household, place = _households(settings, size, rng)
    homes = int(household[-1]) + 1
    birth, twin = _births(settings, place, household, role, rng)
    girl = rng.random(size) < settings.girls

    given1 = source.draw_given(girl, rng, first=True)
    for _ in range(2):  # siblings seldom share a first name, twins even less
        same = (place > 0) & (given1 == given1[np.arange(size) - place])
        given1[same] = source.draw_given(girl[same], rng, first=True)
    given2 = source.draw_given(girl, rng, first=False)
    given2[(rng.random(size) >= settings.two_given_names) | (given2 == given1)] = -1

    surname1 = source.draw_surnames(homes, rng)[household]
    half = (place > 0) & ~twin & (rng.random(size) < settings.half_siblings)
    surname1[half] = source.draw_surnames(int(half.sum()), rng)
    surname2 = source.draw_surnames(homes, rng)
    surname2[rng.random(homes) < settings.single_surname] = -1

    area = source.draw_areas(homes, rng)
    rural = rng.random(homes) < settings.rural
    municipality, postcode = source.draw_places(area, rural, rng)
    born = rng.random(size)
    birth_area = area[household]
    elsewhere = born < settings.born_elsewhere
    birth_area[elsewhere] = source.draw_areas(int(elsewhere.sum()), rng)
    birth_area[born > 1 - settings.born_abroad] = -1

    common = settings.family_visibility
    visible = np.sqrt(common) * rng.standard_normal(homes)[household]
    visible += np.sqrt(1 - common) * rng.standard_normal(size)
    return People(
        role=role,
        household=household,
        twin=twin,
        birth=birth,
        girl=girl,
        given1=given1,
        given2=given2,
        surname1=surname1,
        surname2=surname2[household],
        area=area[household],
        birth_area=birth_area,
        municipality=municipality[household],
        rural=rural[household],
        street=source.draw_streets(homes, rng)[household],
        number=rng.integers(1, 900, homes, dtype=np.int32)[household],
        postcode=postcode[household],
        has_id=(rng.random(size) < settings.has_official_id) & (birth_area >= 0),
        visible=visible,
    )
