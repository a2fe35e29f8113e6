"""Capture histories by strata (state, sex, age, form, ...), from linked records or from tables, and the rule by which
sparse strata are joined."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cobijo.engine.population.histories import check_lists, full_counts, masks_of_people
from cobijo.engine.population.shape import Histories
from cobijo.errors import InputProblem, WrongUsage

Counts = NDArray[np.int64]
Key = tuple[str, ...]
UNKNOWN = "unknown"
#: Dimensions named in the joined label of strata that differ in them.
JOIN = "+"
#: People on two lists or more below which a stratum is joined with others.
LEAST_SHARED = 10


@dataclass(frozen=True)
class Strata:
    """`counts[s, w]` people of stratum `keys[s]` have history `w` (bit mask over `lists`; `w` = 0 is never counted).

    `keys[s]` has a value for each of `dimensions`. Build with `by_records` or `by_histories`.
    """

    dimensions: tuple[str, ...]
    lists: tuple[str, ...]
    keys: tuple[Key, ...]
    counts: Counts

    @property
    def observed(self) -> int:
        """People seen by at least one list, in all strata."""
        return int(self.counts.sum())

    @property
    def whole(self) -> Histories:
        """All strata as one."""
        from cobijo.engine.population.histories import from_masks

        return from_masks(self.lists, np.arange(1, self.counts.shape[1]), self.counts.sum(axis=0)[1:])


def by_records(
    person_codes: ArrayLike,
    list_codes: ArrayLike,
    lists: Sequence[str],
    columns: Mapping[str, Sequence[object]],
) -> Strata:
    """Strata of linked records: person, list (index into `lists`) and the values of each record.

    A person whose records disagree has the value most of them give, the first in the alphabet on a tie; records
    without a value have no say, and a person with none at all is "unknown".

    >>> strata = by_records(["p", "q", "p"], [0, 0, 1], ["a", "b"], {"sex": ["f", "m", None]})
    >>> strata.keys, strata.counts.tolist()
    ((('f',), ('m',)), [[0, 0, 0, 1], [0, 1, 0, 0]])
    """
    names = tuple(lists)
    check_lists(names)
    if not columns:
        raise WrongUsage("population.strata_no_dimension")
    code, masks = masks_of_people(person_codes, list_codes, len(names))
    people = len(masks)
    values = []
    for name, given in columns.items():
        if len(given) != len(code):
            raise InputProblem(
                "population.covariate_length", column=name, values=len(given), people=len(code)
            )
        values.append(_most_given(code, given, people))
    keys, place = np.unique(np.array(values).T, axis=0, return_inverse=True)
    counts = np.zeros((len(keys), 1 << len(names)), np.int64)
    np.add.at(counts, (place.ravel(), masks), 1)
    return _checked(Strata(tuple(columns), names, tuple(tuple(map(str, key)) for key in keys), counts))


def by_histories(strata: Mapping[str | Key, Histories], dimensions: Sequence[str] = ("stratum",)) -> Strata:
    """Strata from the histories of each, keyed by value or by a tuple of values; lists are matched by name, and a list
    that saw nobody in a stratum may be missing there."""
    if not strata:
        raise InputProblem("population.nobody")
    names: list[str] = []
    for histories in strata.values():
        names += [name for name in histories.lists if name not in names]
    check_lists(tuple(names))
    keys: list[Key] = []
    counts = np.zeros((len(strata), 1 << len(names)), np.int64)
    for row, (key, histories) in enumerate(strata.items()):
        keys.append((key,) if isinstance(key, str) else tuple(key))
        if len(keys[-1]) != len(tuple(dimensions)):
            raise WrongUsage(
                "population.strata_key", key=" ".join(keys[-1]), dimensions=len(tuple(dimensions))
            )
        own = full_counts(histories)
        for mask in np.flatnonzero(own):
            moved = sum(1 << names.index(n) for j, n in enumerate(histories.lists) if mask >> j & 1)
            counts[row, moved] += own[mask]
    return _checked(Strata(tuple(dimensions), tuple(names), tuple(keys), counts))


def _checked(strata: Strata) -> Strata:
    strata.whole  # noqa: B018 - raises when a list saw nobody
    return strata


def _most_given(code: NDArray[np.int64], given: Sequence[object], people: int) -> list[str]:
    text = np.array([UNKNOWN if v is None or str(v).strip() == "" else str(v) for v in given])
    different, value = np.unique(text, return_inverse=True)
    votes = np.zeros((people, len(different)), np.int64)
    np.add.at(votes, (code, value.ravel()), 1)
    votes[:, different == UNKNOWN] = 0
    chosen = different[np.argmax(votes, axis=1)].tolist()
    return [str(v) if number else UNKNOWN for v, number in zip(chosen, list(votes.sum(axis=1)), strict=True)]


def shared(counts: Counts) -> int:
    """People on two lists or more."""
    masks = np.arange(len(counts))
    return int(counts[(masks & (masks - 1)) > 0].sum())


def groups(strata: Strata, least: int = LEAST_SHARED) -> tuple[tuple[int, ...], ...]:
    """Which strata are taken as one, as places in `strata.keys`.

    The rule: a stratum is sparse when fewer than `least` people are on two lists or more. Among strata that differ in
    the last dimension alone, the sparse ones are joined with each other; while they are still sparse, the one among
    the others with the fewest such people joins them. Where there is no other, the joined strata go on as one to the
    dimension before, and so on to the first. What stays sparse at the end is the whole.
    """
    units: list[tuple[int, ...]] = [(s,) for s in range(len(strata.keys))]

    def size(unit: tuple[int, ...]) -> int:
        return shared(strata.counts[list(unit)].sum(axis=0))

    for depth in range(len(strata.dimensions) - 1, -1, -1):
        families: dict[Key, list[tuple[int, ...]]] = {}
        for unit in units:
            families.setdefault(strata.keys[unit[0]][:depth], []).append(unit)
        units = []
        for family in families.values():
            sparse = [unit for unit in family if size(unit) < least]
            rest = sorted((unit for unit in family if size(unit) >= least), key=size)
            joined = tuple(s for unit in sparse for s in unit)
            while joined and size(joined) < least and rest:
                joined += rest.pop(0)
            units += [*rest, *([tuple(sorted(joined))] if joined else [])]
    return tuple(sorted(units))


def label(strata: Strata, unit: Sequence[int]) -> Key:
    """The values of joined strata, one per dimension: "12-14+15-17" where they differ."""
    columns = zip(*(strata.keys[s] for s in unit), strict=True)
    return tuple(JOIN.join(dict.fromkeys(column)) for column in columns)
