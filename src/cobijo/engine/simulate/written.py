"""What stands in each row: names, dates and places with everything that goes wrong on the way to paper."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.lists.schema import ELEMENTS
from cobijo.engine.pack import Pack, fold
from cobijo.engine.simulate.events import Rows
from cobijo.engine.simulate.ids import MAKERS, Bearer
from cobijo.engine.simulate.people import People
from cobijo.engine.simulate.settings import CountrySettings, Slips
from cobijo.engine.simulate.slips import Texts, apply, keyboard, scanned, spelling, unaccented, wrong_id
from cobijo.engine.simulate.source import Source

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

#: How often each element of exploitation is present, and how often a record says either way.
_ELEMENT_SHARES = dict(zip(ELEMENTS, (0.65, 0.45, 0.93, 0.80, 0.18, 0.30, 0.38, 0.12, 0.70), strict=True))
_ELEMENT_SAID = 0.85


@dataclass(frozen=True)
class Written:
    """One value a row, before an agency gives it its own form. Missing: None in texts, 0 in numbers."""

    texts: Mapping[str, Texts]  # given1 given2 surname1 surname2 municipality address postcode official_id
    birth: tuple[Ints, Ints, Ints]  # year, month, day; day 0: only the year is known; year 0: nothing
    girl: NDArray[np.int8]  # 1, 0, -1 not said
    area: NDArray[np.int32]
    age: Ints  # whole years on the day
    form: NDArray[np.int32]  # position in the pack's forms
    elements: Mapping[str, NDArray[np.int8]]  # 1, 0, -1 not said


def _blank(texts: Texts, chance: Floats | float, rng: np.random.Generator) -> None:
    texts[rng.random(len(texts)) < chance] = None


def _taken(words: Texts, positions: NDArray[np.int32]) -> Texts:
    """The words at these positions; None for -1."""
    found: Texts = words[np.maximum(positions, 0)]
    found[positions < 0] = None
    return found


def _pick(
    table: Mapping[str, tuple[str, ...]], texts: Texts, chance: float, rng: np.random.Generator
) -> None:
    """Replace a name by one of its short forms, where it has any."""

    def shorter(text: str, number: int) -> str:
        forms = table.get(text)
        return forms[number % len(forms)] if forms else text

    apply(texts, chance, shorter, rng)


def _names(
    slips: Slips,
    source: Source,
    people: People,
    who: NDArray[np.int32],
    care: Floats,
    rng: np.random.Generator,
) -> dict[str, Texts]:
    """The four name fields with everything that happens to them."""
    given1, given2 = _taken(source.given, people.given1[who]), _taken(source.given, people.given2[who])
    surname1 = _taken(source.surnames, people.surname1[who])
    surname2 = _taken(source.surnames, people.surname2[who])
    _blank(given2, slips.no_second_given, rng)
    _blank(surname2, slips.no_second_surname, rng)
    familiar = np.flatnonzero(rng.random(len(who)) < slips.nickname)
    for i in familiar.tolist():
        forms = source.nicknames.get(given1[i])
        if forms:
            given1[i], given2[i] = forms[int(rng.integers(len(forms)))], None
    _pick(source.abbreviations, given1, slips.abbreviated, rng)

    def without_particles(text: str, _: int) -> str:
        words = text.split()
        while len(words) > 1 and fold(words[0]) in source.particles:
            words.pop(0)
        return " ".join(words)

    fields = {"given1": given1, "given2": given2, "surname1": surname1, "surname2": surname2}
    for name, texts in fields.items():
        if name.startswith("surname"):
            apply(texts, slips.particle_lost, without_particles, rng)
        apply(texts, slips.keyboard / 2 * care, keyboard, rng)
        apply(texts, slips.spelling / 2 * care, spelling, rng)
        apply(texts, slips.scanned / 2 * care, scanned, rng)
        apply(texts, slips.accents_lost, unaccented, rng)
    swapped = (rng.random(len(who)) < slips.swapped_surnames * care) & surname2.astype(bool)
    surname1[swapped], surname2[swapped] = surname2[swapped], surname1[swapped]
    return fields


def _birth(
    slips: Slips, birth: NDArray[np.datetime64], care: Floats, rng: np.random.Generator
) -> tuple[Ints, Ints, Ints]:
    """Year, month and day as written."""
    size = len(birth)
    months = birth.astype("datetime64[M]")
    year = birth.astype("datetime64[Y]").astype(int) + 1970
    month = months.astype(int) % 12 + 1
    day = (birth - months).astype(int) + 1
    spot = rng.random(size)

    def share(rate: float) -> NDArray[np.bool_]:
        """The next slice of records, so that no record has two slips in its date."""
        nonlocal spot
        hit = (spot >= 0) & (spot < rate * care)
        spot = np.where(hit, -1.0, spot - rate * care)
        return hit

    swap = share(slips.birth_swapped) & (day <= 12)
    month[swap], day[swap] = day[swap], month[swap]
    off = share(slips.birth_year_off)
    year[off] += rng.choice((-1, 1), int(off.sum()))
    off = share(slips.birth_day_off)
    day[off] = (day[off] - 1 + rng.choice((1, -1, 10), int(off.sum()))) % 28 + 1
    placeholder = share(slips.birth_placeholder)
    month[placeholder] = day[placeholder] = 1
    only_year = share(slips.birth_year_only)
    month[only_year] = day[only_year] = 0
    nothing = share(slips.birth_missing)
    year[nothing] = 0
    return year, month, day


def _ids(
    slips: Slips, pack: Pack, source: Source, people: People, who: NDArray[np.int32], rng: np.random.Generator
) -> Texts:
    """Official ids: one a person, missing or mistyped in a record."""
    found = np.full(len(who), None, dtype=object)
    official = pack.official_id
    if official is None or official.kind not in MAKERS:
        return found
    make = MAKERS[official.kind](pack)
    bearers = people.has_id[who]
    # Those who never had an id count among the missing.
    missing = (
        max(0.0, 1 - (1 - slips.official_id_missing) / max(float(bearers.mean()), 0.01)) if len(who) else 0.0
    )
    written = np.flatnonzero(bearers & (rng.random(len(who)) >= missing))
    persons, back = np.unique(who[written], return_inverse=True)
    births = people.birth[persons].astype(object)
    spice = (persons.astype(np.int64) * 2_654_435_761 % 4_294_967_296).tolist()
    made = np.empty(len(persons), dtype=object)
    for n, person in enumerate(persons.tolist()):
        given, second = source.given[people.given1[person]], people.surname2[person]
        if people.given2[person] >= 0:
            given = f"{given} {source.given[people.given2[person]]}"
        made[n] = make(
            Bearer(
                given=given,
                surname1=source.surnames[people.surname1[person]],
                surname2=source.surnames[second] if second >= 0 else "",
                birth=births[n],
                girl=bool(people.girl[person]),
                area=source.area_id_codes[people.birth_area[person]],
                spice=spice[n],
            )
        )
    found[written] = made[back]
    apply(found, slips.official_id_wrong, wrong_id, rng)
    return found


def _places(
    slips: Slips,
    source: Source,
    people: People,
    who: NDArray[np.int32],
    care: Floats,
    rng: np.random.Generator,
) -> tuple[dict[str, Texts], NDArray[np.int32]]:
    """Area, municipality, address and postcode; some children are written down far from home."""
    area = people.area[who]
    away = rng.random(len(who)) < slips.area_elsewhere
    area[away] = source.draw_areas(int(away.sum()), rng)
    town, postcode = people.municipality[who], people.postcode[who]
    town[away], postcode[away] = source.draw_places(area[away], people.rural[who][away], rng)
    street, number = people.street[who], people.number[who]
    moved = away | (rng.random(len(who)) < slips.address_moved)
    street[moved] = source.draw_streets(int(moved.sum()), rng)
    number[moved] = rng.integers(1, 900, int(moved.sum()))
    address = np.empty(len(who), dtype=object)
    address[:] = [f"{name} {n}" for name, n in zip(source.streets[street], number.tolist(), strict=True)]
    codes = np.empty(len(who), dtype=object)
    codes[:] = [f"{code:05d}" for code in postcode.tolist()]
    texts = {"municipality": source.towns[town], "address": address, "postcode": codes}
    for name, rate in zip(
        texts, (slips.municipality_missing, slips.address_missing, slips.postcode_missing), strict=True
    ):
        _blank(texts[name], rate, rng)
    apply(address, slips.keyboard * care, keyboard, rng)
    return texts, area


def write_down(
    settings: CountrySettings,
    pack: Pack,
    source: Source,
    people: People,
    rows: Rows,
    care: Floats,
    rng: np.random.Generator,
) -> Written:
    """What every row says. `care` multiplies the rates of writing errors, one value a row."""
    slips, who, size = settings.slips, rows.person, len(rows)
    texts = _names(slips, source, people, who, care, rng)
    places, area = _places(slips, source, people, who, care, rng)
    texts |= places
    texts["official_id"] = _ids(slips, pack, source, people, who, rng)

    girl = people.girl[who].astype(np.int8)
    wrong = rng.random(size) < slips.sex_wrong
    girl[wrong] = 1 - girl[wrong]
    girl[rng.random(size) < slips.sex_missing] = -1

    # Form and elements are the child's; a record says them or not.
    forms = rng.geometric(0.35, len(people)) - 1
    elements = {}
    for name, share in _ELEMENT_SHARES.items():
        present = (rng.random(len(people)) < share).astype(np.int8)[who]
        present[rng.random(size) >= _ELEMENT_SAID] = -1
        elements[name] = present
    return Written(
        texts=texts,
        birth=_birth(slips, people.birth[who], care, rng),
        girl=girl,
        area=area,
        age=_age(people.birth[who], rows.day),
        form=(forms % max(len(pack.forms), 1)).astype(np.int32)[who],
        elements=elements,
    )


def _age(birth: NDArray[np.datetime64], day: NDArray[np.datetime64]) -> Ints:
    """Whole years between two days, as birthdays count."""
    years = day.astype("datetime64[Y]").astype(int) - birth.astype("datetime64[Y]").astype(int)
    birth_month, month = birth.astype("datetime64[M]"), day.astype("datetime64[M]")
    birth_key = birth_month.astype(int) % 12 * 32 + (birth - birth_month).astype(int)
    key = month.astype(int) % 12 * 32 + (day - month).astype(int)
    found: Ints = years - (key < birth_key)
    return found
