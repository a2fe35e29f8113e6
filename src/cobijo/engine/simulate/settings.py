"""How hard the invented country is: every rate in one place, each saying what it is a share of.

About three records in five lack an official id, as in lists linked before. The other levels are plausible
guesses, chosen after seeing what estimation and linkage made of them (docs/explanation/simulated-country.md).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

#: Names of the lists, in the order in which `lists=K` takes them.
LIST_NAMES = (
    "dif",
    "health",
    "ngo",
    "police",
    "shelter",
    "prosecutor",
    "school",
    "hotline",
    "labour",
    "court",
)

MIN_LISTS, MAX_LISTS = 2, len(LIST_NAMES)
MIN_CHILDREN, MAX_CHILDREN = 100, 5_000_000


@dataclass(frozen=True)
class Dependence:
    """What one list does to another. `referral`: a child on `source` comes onto `target` too (`strength`).

    `avoids`: a child on `source` stays off `target`, where it would have been, with `strength`. Every list is
    the target of at most one dependence, so that without heterogeneity the truth is a log-linear model of
    pairs.
    """

    source: str
    target: str
    kind: str
    strength: float


@dataclass(frozen=True)
class Reach:
    """Whom one list reaches: `share` of all children before dependence, and what raises or lowers the odds.

    The four others are slopes on the log-odds: per five years of age above 14, for girls, for rural children,
    and per standard deviation of a propensity that no list records (how visible a child is to any service).
    """

    share: float
    age: float = 0.0
    girl: float = 0.0
    rural: float = 0.0
    visible: float = 0.0


#: Shares give about half of 20,000 children seen by nobody with five lists. Schools and health services reach
#: the young, police and courts the old, shelters girls, non-governmental organisations towns: lists that fish
#: in different waters, as real ones do, so that the slopes partly cancel between lists and partly add up.
REACH = {
    "dif": Reach(0.135, age=-0.25, girl=0.10, rural=0.15, visible=0.18),
    "health": Reach(0.105, age=-0.15, girl=0.30, rural=-0.10, visible=0.12),
    "ngo": Reach(0.165, age=0.20, girl=0.10, rural=-0.30, visible=0.15),
    "police": Reach(0.115, age=0.30, girl=-0.20, rural=-0.10, visible=0.12),
    "shelter": Reach(0.085, age=0.05, girl=0.35, rural=-0.15, visible=0.12),
    "prosecutor": Reach(0.070, age=0.25, girl=0.10, rural=-0.15, visible=0.15),
    "school": Reach(0.060, age=-0.35, girl=0.0, rural=0.10, visible=0.12),
    "hotline": Reach(0.050, age=0.10, girl=0.20, rural=-0.20, visible=0.15),
    "labour": Reach(0.030, age=0.35, girl=-0.25, rural=0.25, visible=0.10),
    "court": Reach(0.035, age=0.20, girl=0.05, rural=-0.10, visible=0.12),
}

DEPENDENCES = (
    Dependence("health", "dif", "referral", 0.14),
    Dependence("ngo", "police", "avoids", 0.45),
    Dependence("police", "shelter", "referral", 0.22),
    Dependence("dif", "school", "referral", 0.06),
    Dependence("police", "prosecutor", "referral", 0.25),
    Dependence("prosecutor", "court", "referral", 0.20),
)


@dataclass(frozen=True)
class Slips:
    """What goes wrong in one record; each rate is a share of the records that hold the field.

    An agency multiplies the rates of writing errors by its own `care` (agencies.py).
    """

    keyboard: float = 0.038  # one slip of a finger in a name or surname
    spelling: float = 0.052  # written as it sounds: b for v, z for s, h dropped
    scanned: float = 0.012  # read from paper by a machine: rn for m, l for i
    accents_lost: float = 0.25  # José typed as Jose; folded away by any decent comparison
    swapped_surnames: float = 0.025  # the second surname first
    no_second_surname: float = 0.16
    no_second_given: float = 0.28  # of those who have one
    nickname: float = 0.052  # Lupita for Guadalupe, where the pack knows one
    abbreviated: float = 0.15  # Ma. for María, where the pack knows one
    particle_lost: float = 0.30  # Cruz for de la Cruz
    birth_missing: float = 0.070
    birth_year_only: float = 0.038
    birth_placeholder: float = 0.030  # 1 January of the right year
    birth_swapped: float = 0.018  # day and month, where both are 12 or less
    birth_year_off: float = 0.015  # one year off, either way
    birth_day_off: float = 0.015  # one day or one digit of the day off
    official_id_missing: float = 0.60  # of all records, so of those whose child has an id somewhat less
    official_id_wrong: float = 0.015  # one character wrong: the check digit shows it
    sex_missing: float = 0.022
    sex_wrong: float = 0.007
    address_missing: float = 0.35
    address_moved: float = 0.17  # another address than in the child's other records
    postcode_missing: float = 0.30
    municipality_missing: float = 0.10
    area_elsewhere: float = 0.040  # found in another state than the home's
    status_missing: float = 0.004
    capture_date_missing: float = 0.003


@dataclass(frozen=True)
class CountrySettings:
    """The invented country. Shares are of children, of families or of records, as each comment says."""

    period_from: date = date(2025, 1, 1)
    period_to: date = date(2025, 12, 31)
    # Families: shares of households with 1, 2, 3 and 4 exploited children.
    household_sizes: tuple[float, ...] = (0.80, 0.145, 0.04, 0.015)
    twins: float = 0.10  # of households with two or more: two children born on one day (1.7 % of children)
    half_siblings: float = 0.08  # of siblings: another first surname
    family_visibility: float = 0.5  # share of a child's unseen propensity that the household has in common
    # Children, by whole years of age on the last day of the period (nobody is born within it).
    age_weights: tuple[float, ...] = (
        *(0.0, 0.2, 0.2, 0.25, 0.35, 0.5, 0.7, 0.9, 1.2, 1.6),
        *(2.3, 3.4, 5.0, 7.2, 9.6, 11.6, 12.8, 12.0),
    )
    girls: float = 0.74
    rural: float = 0.28
    two_given_names: float = 0.55
    single_surname: float = 0.025  # a child with one surname only, in truth
    born_elsewhere: float = 0.16  # born in another area than that of the home
    born_abroad: float = 0.03
    has_official_id: float = 0.80
    # People on the lists who are not of the population, as shares of the number of children; they are reached
    # by the lists like the children, so about half of them turn up.
    presumed: float = 0.11
    at_risk: float = 0.05
    not_victims: float = 0.03
    adults: float = 0.04
    earlier: float = 0.05  # identified and found only in the year before the period
    # Records.
    repeats: float = (
        0.10  # of captures: the same list writes the child down once more (again and again: geometric)
    )
    repeat_was_presumed: float = 0.30  # of repeats: the earlier record still says presumed
    row_before_period: float = 0.02  # of captures: a further row of the same child from the year before
    useless_rows: float = 0.003  # of rows: empty or without any name (at least two a list)
    impossible_dates: float = 0.0015  # of rows: a birth date that no calendar has (at least one a list)
    reach: dict[str, Reach] = field(default_factory=lambda: dict(REACH))
    dependences: tuple[Dependence, ...] = DEPENDENCES
    slips: Slips = Slips()
