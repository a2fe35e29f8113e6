"""Averaging over decomposable graphs of which lists depend on which (Madigan and York 1997, Biometrika 84).

Each graph gives a likelihood in closed form under a hyper-Dirichlet prior; graphs and numbers of hidden
people are weighed together. With few overlaps the prior `delta` decides: the curve over `delta` in the
diagnostics shows how much.
"""

from __future__ import annotations

import math
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population.graphs import graphs_of, mix, tables_of
from cobijo.engine.population.histories import effect_name, full_counts, lists_without_overlap
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.errors import WrongUsage

MOST_LISTS = 7
MOST_OBSERVED = 10_000_000  # beyond it the points of the grid lie farther apart than chance is wide
REACH = 30  # the grid ends at so many times what was observed
POINTS = 1000
#: Of the thousand points of the usual grid each is 3 % of the observed apart. With many people chance is narrower than
#: that, and the posterior would sit on one or two points: limits that meet say nothing. Then the points lie closer.
FEW_STEPS = 4
LARGE = 5000
MOST_POINTS = 20_000
EDGE = 0.01  # share of the grid that counts as its end
MOST_AT_EDGE = 0.025


def fit(
    histories: Histories,
    *,
    level: float = 0.95,
    delta: float | None = None,
    every_number: bool = False,
    curve: bool = True,
) -> Estimate:
    """Posterior median of the total and its central interval.

    `delta`: prior weight of each history, 2^-k unless given. `every_number`: all numbers of hidden people up
    to 30 times the observed instead of 1,000 of them. Where the 1,000 are too far apart (more than 5,000 observed, or
    limits fewer than four points apart), points as close as chance is wide take their place: `grid_step` in the
    diagnostics is their distance at the median. The prior of the total N is 1 / N. Refused where the posterior runs
    into the end of the grid.

    >>> from cobijo.engine.datasets import load
    >>> fit(load("Kosovo"), curve=False).total
    12593.0
    """
    k, observed, lists = len(histories.lists), histories.observed, histories.lists
    if delta is not None and not 0.0 < delta <= 10.0:
        raise WrongUsage("population.delta", delta=delta)

    def answer(refused: tuple[str, dict[str, object]], found: dict[str, object] | None = None) -> Estimate:
        return Estimate(
            "decomposable", observed, None, None, level, lists, refused=refused, diagnostics=found or {}
        )

    if k > MOST_LISTS:
        return answer(("population.graphs_too_many_lists", {"lists": k, "most": MOST_LISTS}))
    if observed > MOST_OBSERVED:
        return answer(("population.graphs_too_many_people", {"observed": observed, "most": MOST_OBSERVED}))
    if len(lists_without_overlap(histories)) == k:
        return answer(("population.never_overlap", {"lists": ", ".join(lists)}))
    used = 2.0**-k if delta is None else delta
    probabilities = (0.5 - level / 2.0, 0.5, 0.5 + level / 2.0)
    hidden, spacing = grid(observed, every_number), None
    weights, evidence = posterior(histories, hidden, used)
    low, middle, high = (quantile_of(weights, q) for q in probabilities)
    if hidden[1] - hidden[0] > 1 and too_coarse(low, high, observed):
        hidden, spacing = close_grid(observed)
        weights, evidence = posterior(histories, hidden, used, spacing)
        low, middle, high = (quantile_of(weights, q) for q in probabilities)
    edge = float(weights[hidden >= (1.0 - EDGE) * hidden[-1]].sum())
    found: dict[str, object] = {
        "delta": used,
        "graphs": len(evidence),
        "best": best_graphs(histories, evidence),
        "mean": float(weights @ hidden) + observed,
        "share_at_grid_end": edge,
        "grid_step": int(hidden[min(middle + 1, len(hidden) - 1)] - hidden[max(middle - 1, 0)]) / 2.0,
    }
    if curve:
        found["curve"] = prior_curve(histories, hidden, spacing)
    if edge > MOST_AT_EDGE:
        return answer(("population.graphs_unbounded", {"reach": REACH}), found)
    names = tuple(str(name) for name in graph_names(histories, int(np.argmax(evidence))))
    return Estimate(
        "decomposable", observed, float(observed + hidden[middle]),
        (float(observed + hidden[low]), float(observed + hidden[high])),
        level, lists, model=names, diagnostics=found,
    )  # fmt: skip


def grid(observed: int, every_number: bool) -> NDArray[np.int64]:
    """Numbers of hidden people to weigh, 1 and up."""
    if every_number and observed * REACH <= 2_000_000:
        return np.arange(1, REACH * observed + 1, dtype=np.int64)
    return np.unique(np.round(np.linspace(1, REACH * observed, POINTS))).astype(np.int64)


def too_coarse(low: int, high: int, observed: int) -> bool:
    """Are the limits (as places in the usual grid) too few points apart?

    In a small table they may start at the first point, which says that next to nobody is hidden.
    """
    return observed > LARGE or (high - low < FEW_STEPS and (low > 0 or high == 0))


def close_grid(observed: int) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Numbers of hidden people evenly spread on the scale of their square root, and how many each stands for.

    Who is seen is chance, so that f hidden people are never known better than to about sqrt(f): points sqrt(f) apart
    lose nothing of any graph's peak (as long as there are no more than `MOST_POINTS`).
    """
    roots = np.linspace(
        1.0, math.sqrt(REACH * observed), min(round(2 * math.sqrt(REACH * observed)), MOST_POINTS)
    )
    hidden = np.unique(np.round(roots**2)).astype(np.int64)
    return hidden, np.gradient(hidden.astype(np.float64))


def posterior(
    histories: Histories,
    hidden: NDArray[np.int64],
    delta: float,
    spacing: NDArray[np.float64] | None = None,
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Posterior weights of the numbers of hidden people, and of the graphs (both sum to one).

    `spacing`: how many numbers each of `hidden` stands for, all alike unless given.
    """
    k, observed = len(histories.lists), histories.observed
    sets, signs, _ = graphs_of(k)
    constant, curve = np.zeros(1 << k), np.zeros((1 << k, len(hidden)))
    tables_of(full_counts(histories), hidden, delta, k, constant, curve)
    total = hidden + observed
    common = np.array(
        [
            math.lgamma(n + 1.0) - math.lgamma(h + 1.0) - math.log(n)
            for n, h in zip(total, hidden, strict=True)
        ]
    )
    if spacing is not None:
        common += np.log(spacing)
    weights, evidence = np.zeros(len(hidden)), np.zeros(len(sets))
    mix(sets, signs, constant, curve, common, weights, evidence)
    graphs = np.exp(evidence - evidence.max())
    return weights / weights.sum(), graphs / graphs.sum()


def quantile_of(weights: NDArray[np.float64], probability: float) -> int:
    """The first place where the cumulative weight reaches a probability."""
    return min(int(np.searchsorted(np.cumsum(weights), probability)), len(weights) - 1)


def prior_curve(
    histories: Histories, hidden: NDArray[np.int64], spacing: NDArray[np.float64] | None = None
) -> list[dict[str, float]]:
    """The posterior median under priors from 2^-k to 1/2: how much of the answer the prior is."""
    k = len(histories.lists)
    deltas = [2.0**-i for i in range(k, 0, -1)] if k < MOST_LISTS else [2.0**-k, 0.5]
    medians = [
        hidden[quantile_of(posterior(histories, hidden, d, spacing)[0], 0.5)] + histories.observed
        for d in deltas
    ]
    return [{"delta": d, "median": float(m)} for d, m in zip(deltas, medians, strict=True)]


def best_graphs(
    histories: Histories, evidence: NDArray[np.float64], count: int = 5
) -> list[dict[str, object]]:
    """The likeliest graphs, by their cliques."""
    order = np.argsort(-evidence, kind="stable")[:count]
    return [{"cliques": list(graph_names(histories, int(m))), "share": float(evidence[m])} for m in order]


def graph_names(histories: Histories, place: int) -> tuple[str, ...]:
    """The largest sets of lists that all depend on each other in one graph: "A:B", "C"."""
    k = len(histories.lists)
    graph = int(graphs_of(k)[2][place])
    edges = {pair for e, pair in enumerate(combinations(range(k), 2)) if graph >> e & 1}
    cliques = [
        set(some)
        for size in range(k, 0, -1)
        for some in combinations(range(k), size)
        if all(pair in edges for pair in combinations(some, 2))
    ]
    largest = [c for c in cliques if not any(c < other for other in cliques)]
    return tuple(effect_name(sum(1 << j for j in c), histories.lists) for c in largest)
