"""Chao's lower bound: at least so many are hidden, however unequal people's chances to be seen (Chao 1987,
Biometrics 43).

The bound rests on those seen once and twice. With `lists_differ` (the default) each list has its own reach,
which agencies' lists always have; the plain form takes all lists as equally large, and is then no bound
(Newton's inequality makes it too large where lists differ). Both are in the diagnostics.
"""

from __future__ import annotations

from dataclasses import replace

from cobijo.engine.population.closedp import estimate_of
from cobijo.engine.population.shape import Estimate, Histories


def fit(histories: Histories, *, level: float = 0.95, lists_differ: bool = True) -> Estimate:
    """The lower bound as a Poisson regression (Rivest and Baillargeon 2007), its interval log-normal.

    >>> from cobijo.engine.datasets import load
    >>> round(fit(load("UKdat_5")).total)
    13570
    """
    models = ("Mth Chao (LB)", "Mh Chao (LB)")
    both = {model: estimate_of("chao", model, histories, level) for model in models}
    answer = both[models[0] if lists_differ else models[1]]
    by_lists = [0] * len(histories.lists)
    for cell, count in zip(histories.cells.tolist(), histories.counts.tolist(), strict=True):
        by_lists[cell.bit_count() - 1] += count
    diagnostics = {
        **answer.diagnostics,
        "lower_bound": True,
        "seen_by_number_of_lists": by_lists,
        "totals": {model: estimate.total for model, estimate in both.items()},
    }
    return replace(answer, diagnostics=diagnostics)
