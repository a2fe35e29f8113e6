"""What an invented country is made of: the pack's names by frequency, its areas, places that exist nowhere.

Names are drawn one by one from frequency lists, so that a full name is a coincidence and means nobody. How
many children live in which area is drawn anew for every seed: no map of an invented country may look like a
finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.pack import Pack, fold
from cobijo.errors import WrongUsage

Ints = NDArray[np.int32]
Texts = NDArray[np.object_]

_TOWN_FIRST = (
    *(
        "Valle",
        "Villa",
        "Puerto",
        "Loma",
        "Llano",
        "Cerro",
        "Rincón",
        "Ojo",
        "Arroyo",
        "Puente",
        "Campo",
        "Mirador",
    ),
    *("Portal", "Laguna", "Vega", "Cañada", "Meseta", "Bahía", "Isla", "Hacienda"),
)
_TOWN_LAST = (
    *(
        "Sereno",
        "de la Aurora",
        "del Encino",
        "de las Garzas",
        "del Alba",
        "del Tezontle",
        "de los Colibríes",
    ),
    *(
        "del Cenzontle",
        "de la Niebla",
        "del Copal",
        "de las Nubes",
        "del Mezquite",
        "de la Brisa",
        "del Jacal",
    ),
    *("de los Ahuehuetes", "del Cántaro", "de la Golondrina", "del Quetzal", "de la Amapola", "del Girasol"),
)
_STREET_KIND = ("Calle", "Avenida", "Privada", "Callejón", "Andador", "Cerrada")
_STREET_NAME = (
    *(
        "de la Abeja",
        "del Almendro",
        "de la Bugambilia",
        "del Caracol",
        "de la Ceiba",
        "del Ciruelo",
        "del Colibrí",
    ),
    *(
        "de la Encina",
        "de la Espiga",
        "de la Estrella",
        "del Fresno",
        "de la Garza",
        "del Girasol",
        "del Granado",
    ),
    *(
        "de la Higuera",
        "del Jazmín",
        "del Laurel",
        "de la Luciérnaga",
        "de la Luna",
        "del Manantial",
        "del Mango",
    ),
    *(
        "de la Mariposa",
        "del Nogal",
        "de la Nube",
        "del Olivo",
        "de la Palma",
        "del Papalote",
        "del Pino",
        "del Río",
    ),
    *(
        "de la Rosa",
        "del Sauce",
        "del Sol",
        "del Tamarindo",
        "del Trigo",
        "de la Tuna",
        "del Venado",
        "del Viento",
    ),
)
_TOWNS_IN_AREA = 36
_TOWNS_URBAN = 12


@dataclass(frozen=True)
class Pool:
    """Names to draw from: positions in `Source.given`, cumulated shares, those of names that may come first.

    "del Carmen" never comes first: a particle needs a name before it.
    """

    positions: Ints
    shares: NDArray[np.float64]
    first_shares: NDArray[np.float64]


@dataclass(frozen=True)
class Source:
    """Frequency lists as arrays. People hold positions in them."""

    given: Texts
    girl_names: Pool
    boy_names: Pool
    surnames: Texts
    surname_shares: NDArray[np.float64]  # cumulated
    area_codes: tuple[str, ...]
    area_names: Texts
    area_id_codes: tuple[str, ...]
    area_shares: NDArray[np.float64]  # cumulated
    towns: Texts
    town_of: NDArray[np.int32]  # areas x towns in an area: positions in `towns`
    streets: Texts
    nicknames: Mapping[str, tuple[str, ...]]  # given name as in `given` -> its nicknames
    abbreviations: Mapping[str, tuple[str, ...]]
    particles: frozenset[str]

    def draw_given(self, girl: NDArray[np.bool_], rng: np.random.Generator, *, first: bool) -> Ints:
        """A given name for each person; `first` leaves out those that begin with a particle."""
        spot = rng.random(len(girl))
        names = np.empty(len(girl), dtype=np.int32)
        for mask, pool in ((girl, self.girl_names), (~girl, self.boy_names)):
            shares = pool.first_shares if first else pool.shares
            names[mask] = pool.positions[np.searchsorted(shares, spot[mask], side="right")]
        return names

    def draw_surnames(self, size: int, rng: np.random.Generator) -> Ints:
        """`size` surnames."""
        return np.searchsorted(self.surname_shares, rng.random(size), side="right").astype(np.int32)

    def draw_areas(self, size: int, rng: np.random.Generator) -> Ints:
        """`size` areas."""
        return np.searchsorted(self.area_shares, rng.random(size), side="right").astype(np.int32)

    def draw_places(
        self, area: Ints, rural: NDArray[np.bool_], rng: np.random.Generator
    ) -> tuple[Ints, Ints]:
        """Municipality (position in `towns`) and postcode of each home; few towns hold most homes."""
        spot = rng.random(len(area))
        urban = (spot**1.7 * _TOWNS_URBAN).astype(np.int32)
        country = _TOWNS_URBAN + (spot * (_TOWNS_IN_AREA - _TOWNS_URBAN)).astype(np.int32)
        place = np.where(rural, country, urban)
        postcode = (area + 1) * 1000 + place * 20 + rng.integers(0, 20, len(area), dtype=np.int32)
        return self.town_of[area, place], postcode.astype(np.int32)

    def draw_streets(self, size: int, rng: np.random.Generator) -> Ints:
        """`size` streets (positions in `streets`)."""
        return rng.integers(0, len(self.streets), size, dtype=np.int32)


def _texts(words: Iterable[str]) -> Texts:
    found = list(words)
    array = np.empty(len(found), dtype=object)
    array[:] = found
    return array


def _cumulated(weights: Sequence[float]) -> NDArray[np.float64]:
    shares = np.cumsum(np.asarray(weights, dtype=float))
    shares /= shares[-1]
    shares[-1] = 1.0
    return shares


def _short_forms(rules: Mapping[str, str], given: Texts, shape: str) -> dict[str, tuple[str, ...]]:
    """Given name -> its short forms, from the pack's short form -> full name (both folded)."""
    by_full: dict[str, list[str]] = {}
    for short, full in sorted(rules.items()):
        by_full.setdefault(full, []).append(shape.format(short.rstrip(".").capitalize()))
    return {name: tuple(by_full[fold(name)]) for name in given if fold(name) in by_full}


def source_from(pack: Pack, rng: np.random.Generator) -> Source:
    """The pack's frequency lists as arrays, and invented places; `WrongUsage` when the pack has no names."""
    if not pack.given_names or not pack.surnames or not pack.areas:
        raise WrongUsage("simulate.pack_without_names", pack=pack.code)
    given = _texts(dict.fromkeys(entry.name for entry in pack.given_names))
    position = {name: i for i, name in enumerate(given)}

    def of(sex: str) -> Pool:
        chosen = [entry for entry in pack.given_names if entry.sex in (sex, "any", "")]
        if not chosen:
            raise WrongUsage("simulate.pack_without_names", pack=pack.code)
        leads = [fold(entry.name.split()[0]) not in pack.rules.particles for entry in chosen]
        if not any(leads):
            raise WrongUsage("simulate.pack_without_names", pack=pack.code)
        return Pool(
            positions=np.array([position[entry.name] for entry in chosen], dtype=np.int32),
            shares=_cumulated([entry.weight for entry in chosen]),
            first_shares=_cumulated([e.weight * lead for e, lead in zip(chosen, leads, strict=True)]),
        )

    towns = _texts(f"{first} {last}" for first in _TOWN_FIRST for last in _TOWN_LAST)
    town_of = np.array([rng.permutation(len(towns))[:_TOWNS_IN_AREA] for _ in pack.areas], dtype=np.int32)
    return Source(
        given=given,
        girl_names=of("female"),
        boy_names=of("male"),
        surnames=_texts(entry.name for entry in pack.surnames),
        surname_shares=_cumulated([entry.weight for entry in pack.surnames]),
        area_codes=tuple(area.code for area in pack.areas),
        area_names=_texts(area.names.get(pack.languages[0], area.short) for area in pack.areas),
        area_id_codes=tuple(area.id_code for area in pack.areas),
        area_shares=_cumulated(rng.lognormal(0, 0.8, len(pack.areas)).tolist()),
        towns=towns,
        town_of=town_of,
        streets=_texts(f"{kind} {name}" for kind in _STREET_KIND for name in _STREET_NAME),
        nicknames=_short_forms(pack.rules.nicknames, given, "{}"),
        abbreviations=_short_forms(pack.rules.given_short, given, "{}."),
        particles=pack.rules.particles,
    )
