"""Two lists: Chapman's nearly unbiased form of Lincoln and Petersen's estimator (Chapman 1951; Seber
1970)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from cobijo.engine.population.histories import full_counts
from cobijo.engine.population.normal import lognormal_interval, two_sided
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.errors import WrongUsage

WRITTEN_Z = 1.96  # the references are computed with 1.96 as written, not 1.959964


@dataclass(frozen=True)
class Pair:
    """What two lists say, alone: people on the first, the second and both, and the estimate from them."""

    lists: tuple[str, str]
    first: int
    second: int
    both: int
    total: float
    standard_error: float
    interval: tuple[float, float]


def chapman(
    first: int, second: int, both: int, level: float = 0.95
) -> tuple[float, float, tuple[float, float]]:
    """Total, its standard error and interval from the sizes of two lists and of their overlap.

    Without overlap the formula still gives a number, which only says that the lists are small beside the
    population.

    >>> round(chapman(46, 36, 6)[0], 4)
    247.4286
    """
    total = (first + 1) * (second + 1) / (both + 1) - 1
    variance = (first + 1) * (second + 1) * (first - both) * (second - both) / ((both + 1) ** 2 * (both + 2))
    union = first + second - both
    z = WRITTEN_Z if level == 0.95 else two_sided(level)
    return total, variance**0.5, lognormal_interval(union, total - union, variance, z)


def pairs(histories: Histories, level: float = 0.95) -> list[Pair]:
    """Chapman's estimate from every pair of lists, taking no notice of the others."""
    counts = full_counts(histories).tolist()
    found = []
    for (i, a), (j, b) in combinations(enumerate(histories.lists), 2):
        first = sum(c for w, c in enumerate(counts) if w >> i & 1)
        second = sum(c for w, c in enumerate(counts) if w >> j & 1)
        both = sum(c for w, c in enumerate(counts) if w >> i & 1 and w >> j & 1)
        total, error, interval = chapman(first, second, both, level)
        found.append(Pair((a, b), first, second, both, total, error, interval))
    return found


def fit(histories: Histories, *, lists: Sequence[str] | None = None, level: float = 0.95) -> Estimate:
    """Chapman's estimate from two lists: `lists`, or the only two there are.

    Refused without overlap, and for three or more lists when no pair is named (all pairs are in the
    diagnostics).
    """
    every = pairs(histories, level)
    if lists is None and len(every) == 1:
        lists = histories.lists
    overview = [
        {"lists": list(p.lists), "both": p.both, "total": p.total, "interval": list(p.interval)}
        for p in every
    ]
    if lists is None:
        refused = ("population.chapman_two_lists", {"lists": ", ".join(histories.lists)})
        return Estimate(
            "chapman", histories.observed, None, None, level, histories.lists,
            refused=refused, diagnostics={"pairs": overview},
        )  # fmt: skip
    lists = [lists] if isinstance(lists, str) else list(lists)
    chosen = [p for p in every if set(p.lists) == set(lists)]
    if len(set(lists)) != 2 or not chosen:
        raise WrongUsage("population.pair_unknown", pair=", ".join(lists), lists=", ".join(histories.lists))
    pair = chosen[0]
    observed = pair.first + pair.second - pair.both
    if pair.both == 0:
        refused = ("population.never_overlap", {"lists": ", ".join(pair.lists)})
        return Estimate("chapman", observed, None, None, level, pair.lists, refused=refused)
    diagnostics = {
        "sizes": [pair.first, pair.second], "both": pair.both, "standard_error": pair.standard_error,
    }  # fmt: skip
    return Estimate(
        "chapman", observed, pair.total, pair.interval, level, pair.lists, diagnostics=diagnostics
    )
