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
REACH = 30  # the grid ends at so many times what was observed
POINTS = 1000
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
    to 30 times the observed instead of 1,000 of them. The prior of the total N is 1 / N. Refused where the
    posterior runs into the end of the grid.

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

    if k > MOST_LISTS or observed > 1 << 40:
        return answer(("population.graphs_too_many_lists", {"lists": k, "most": MOST_LISTS}))
    if len(lists_without_overlap(histories)) == k:
        return answer(("population.never_overlap", {"lists": ", ".join(lists)}))
    used = 2.0**-k if delta is None else delta
    hidden = grid(observed, every_number)
    weights, evidence = posterior(histories, hidden, used)
    low, middle, high = (quantile_of(weights, q) for q in (0.5 - level / 2.0, 0.5, 0.5 + level / 2.0))
    edge = float(weights[hidden >= (1.0 - EDGE) * hidden[-1]].sum())
    found: dict[str, object] = {
        "delta": used,
        "graphs": len(evidence),
        "best": best_graphs(histories, evidence),
        "mean": float(weights @ hidden) + observed,
        "share_at_grid_end": edge,
    }
    if curve:
        found["curve"] = prior_curve(histories, hidden)
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


def posterior(
    histories: Histories, hidden: NDArray[np.int64], delta: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Posterior weights of the numbers of hidden people, and of the graphs (both sum to one)."""
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
    weights, evidence = np.zeros(len(hidden)), np.zeros(len(sets))
    mix(sets, signs, constant, curve, common, weights, evidence)
    graphs = np.exp(evidence - evidence.max())
    return weights / weights.sum(), graphs / graphs.sum()


def quantile_of(weights: NDArray[np.float64], probability: float) -> int:
    """The first place where the cumulative weight reaches a probability."""
    return min(int(np.searchsorted(np.cumsum(weights), probability)), len(weights) - 1)


def prior_curve(histories: Histories, hidden: NDArray[np.int64]) -> list[dict[str, float]]:
    """The posterior median under priors from 2^-k to 1/2: how much of the answer the prior is."""
    k = len(histories.lists)
    deltas = [2.0**-i for i in range(k, 0, -1)] if k < MOST_LISTS else [2.0**-k, 0.5]
    medians = [
        hidden[quantile_of(posterior(histories, hidden, d)[0], 0.5)] + histories.observed for d in deltas
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
