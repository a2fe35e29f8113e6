"""From levels to calibrated probabilities: a pair is one person, two siblings, two twins, or strangers.

Two classes (same, different) make every sister look like a match: she shares surnames, address and
municipality, and the model multiplies these agreements as if they were independent evidence. Here
relatives are classes of their own, learned without labels by EM over all blocked pairs (a latent class
model with known chance and match classes). What separates a person from a relative is the given name, and
the birth date unless they are twins.

The share of each class is refitted on the pairs at hand, so that the probabilities of all pairs add up to
the number of true pairs that the data supports; this is the calibration.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from cobijo.engine.linkage.fitting import SMALLEST_SHARE, Pairs

FloatArray = NDArray[np.float64]
PERSON, SIBLING, TWIN = 0, 1, 2

#: Parents do not give two children one name: agreement by chance, taken down to this share of what
#: strangers have.
SAME_NAME_AMONG_SIBLINGS = 0.2
#: What a value repeats of others: once the ids agree, an equal birth date says nothing new (the id is made of it),
#: and neighbours who share a postcode share their town. Disagreement still counts.
REPEATED_BY = {"official_id": frozenset({"birth", "sex", "place"}), "postcode": frozenset({"place"})}
#: Shared because of blood or household, not by chance: rare values count for relatives as they do for one
#: person.
SHARED_BY_FAMILY = frozenset({"surname1", "surname2", "place", "address", "postcode"})
#: Starting shares of the strongest level among relatives; EM moves them.
_FIRST_GUESS = {"surname1": 0.9, "surname2": 0.85, "place": 0.8, "address": 0.6, "postcode": 0.8, "sex": 0.5}
#: Twin births are one to three in a hundred; families with twins have few other children on the lists.
MOST_TWINS = 0.05  # pairs of twins for each pair of siblings
ROUNDS, STILL = 40, 1e-4


@dataclass(frozen=True)
class Weighed:
    """Each blocked pair's probability of being one person, and how many pairs of each class are expected."""

    person: FloatArray
    expected: tuple[float, float, float]  # pairs that are one person, siblings, twins


def weigh(pairs: Pairs, columns: pa.Table, *, possible_pairs: float) -> Weighed:
    """Fit the classes to the blocked pairs. `possible_pairs`: how many pairs there are in all."""
    if not len(pairs.left):
        return Weighed(np.empty(0), (0.0, 0.0, 0.0))
    rarity = _rarity(pairs, columns)
    person = _evidence(pairs, pairs.m, rarity, frozenset(one.name for one in pairs.comparisons))
    shares = [_relatives(pairs, twin=False), _relatives(pairs, twin=True)]
    kin = [_evidence(pairs, share, rarity, SHARED_BY_FAMILY) for share in shares]
    prior = np.array(
        [
            len(columns) / possible_pairs,
            0.2 * len(columns) / possible_pairs,
            0.01 * len(columns) / possible_pairs,
        ]
    )
    for _ in range(ROUNDS):
        posterior = _posterior(prior, [person, *kin])
        expected = posterior.sum(axis=1)
        expected[TWIN] = min(expected[TWIN], MOST_TWINS * expected[SIBLING])
        previous, prior = prior, np.maximum(expected, 1e-3) / possible_pairs
        shares = _refit(pairs, shares, posterior)
        kin = [_evidence(pairs, share, rarity, SHARED_BY_FAMILY) for share in shares]
        if np.max(np.abs(np.log(prior / previous))) < STILL:
            break
    posterior = _posterior(prior, [person, *kin])
    persons, siblings, twins = (float(one) for one in posterior.sum(axis=1))
    return Weighed(posterior[PERSON], (persons, siblings, twins))


def _rarity(pairs: Pairs, columns: pa.Table) -> dict[str, FloatArray]:
    """How much more (or less) an agreement is worth because the value is rare (or common): ln(u /
    frequency).
    """
    out: dict[str, FloatArray] = {}
    for place, one in enumerate(pairs.comparisons):
        total = np.zeros(len(pairs.left))
        for number, level in enumerate(one.levels):
            if level.rarity is None:
                continue
            here = pairs.levels[:, place] == number
            frequency = _frequency(columns[level.rarity])[pairs.left[here]]
            total[here] = np.log(pairs.u[place][number] / frequency)
        out[one.name] = total
    return out


def _frequency(column: pa.ChunkedArray) -> FloatArray:
    """Share of the records with a value that have the same value; 1 where there is none."""
    codes = pc.fill_null(column.combine_chunks().dictionary_encode().indices, -1).to_numpy(
        zero_copy_only=False
    )
    known = codes >= 0
    counts = np.bincount(codes[known])
    out = np.ones(len(codes))
    out[known] = counts[codes[known]] / max(int(known.sum()), 1)
    return out


def _evidence(
    pairs: Pairs, shares: tuple[FloatArray, ...], rarity: dict[str, FloatArray], rare_counts: frozenset[str]
) -> FloatArray:
    """ln of how many times more likely the levels of each pair are in a class than between strangers."""
    names = [one.name for one in pairs.comparisons]
    agrees = {name: pairs.levels[:, names.index(name)] == 0 for name in REPEATED_BY if name in names}
    total = np.zeros(len(pairs.left))
    for place, name in enumerate(names):
        # a missing value (level -1) takes the last entry: no evidence
        table = np.append(np.log(shares[place] / pairs.u[place]), 0.0)
        part = table[pairs.levels[:, place]]
        if name in rare_counts:
            part = part + rarity[name]
        for stronger, agreed in agrees.items():
            if name in REPEATED_BY[stronger]:
                part = np.where(agreed, np.minimum(part, 0.0), part)
        total += part
    return total


def _relatives(pairs: Pairs, *, twin: bool) -> tuple[FloatArray, ...]:
    out = []
    for place, one in enumerate(pairs.comparisons):
        share = pairs.u[place].copy()
        if one.name == "given":
            agreeing = len(share) - 3  # all but the two weakest levels and "different"
            share[:agreeing] *= SAME_NAME_AMONG_SIBLINGS
        elif one.name == "birth" and twin:
            share = pairs.m[place].copy()
        elif one.name == "birth" or one.name == "official_id":
            share[0] = SMALLEST_SHARE
        elif one.name in _FIRST_GUESS:
            first = _FIRST_GUESS[one.name]
            share[1:] = pairs.m[place][1:] / pairs.m[place][1:].sum() * (1 - first)
            share[0] = first
        out.append(share / share.sum())
    return tuple(out)


def _posterior(prior: FloatArray, evidence: list[FloatArray]) -> FloatArray:
    odds = np.exp(np.clip(np.stack(evidence) + np.log(prior)[:, None], -700, 200))
    result: FloatArray = odds / (1.0 + odds.sum(axis=0))
    return result


def _refit(
    pairs: Pairs, shares: list[tuple[FloatArray, ...]], posterior: FloatArray
) -> list[tuple[FloatArray, ...]]:
    """Siblings and twins learn together what a household shares; given names and birth dates stay as they
    were set.
    """
    weight = posterior[SIBLING] + posterior[TWIN]
    learned: list[FloatArray | None] = []
    for place, one in enumerate(pairs.comparisons):
        if one.name in ("given", "birth"):
            learned.append(None)
            continue
        known = pairs.levels[:, place] >= 0
        seen = np.bincount(pairs.levels[known, place], weights=weight[known], minlength=len(pairs.u[place]))
        # two pairs' worth of the guess: a level that nobody showed stays possible
        counts = seen + 2.0 * shares[0][place]
        learned.append(counts / counts.sum())
    return [
        tuple(old if new is None else new for old, new in zip(one, learned, strict=True)) for one in shares
    ]
