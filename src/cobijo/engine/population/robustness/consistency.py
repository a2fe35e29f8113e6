"""Internal consistency: hide a list whose size is known, estimate it from the others, compare.

Binette and Steorts (2022, JRSS-A 185). Among the people of one list, those whom no other list saw play the
hidden ones; how many there are is known, so an estimator can be tried without any truth from outside.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from cobijo.engine.population import stepwise
from cobijo.engine.population.histories import from_masks
from cobijo.engine.population.robustness.shape import Repeat, repeat_of
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.errors import InputProblem

Fit = Callable[[Histories], Estimate]


def within(histories: Histories, name: str) -> Histories:
    """The histories of the people on one list, that list hidden; lists that share nobody with it are left out.

    Raises `InputProblem` where fewer than two other lists share people with it.
    """
    place = histories.lists.index(name)
    cells = histories.cells.astype(np.int64)
    on = (cells >> place & 1 == 1) & (cells != 1 << place)
    others = [
        j for j in range(len(histories.lists)) if j != place and np.any(cells[on] >> j & 1)
    ]  # a list without people in common says nothing of these
    masks = np.zeros(int(on.sum()), np.int64)
    for new, old in enumerate(others):
        masks |= (cells[on] >> old & 1) << new
    return from_masks([histories.lists[j] for j in others], masks, histories.counts[on])


def consistency(
    histories: Histories,
    *,
    method: Fit | None = None,
    level: float = 0.95,
    threshold: float = 0.02,
    resamples: int = 200,
    seed: int = 0,
) -> tuple[Repeat, ...]:
    """Each list hidden in turn: its size as `truth`, and what `method` (else stepwise) makes of the others.

    Empty with two lists. A list that fewer than two others overlap is refused, not tried.

    >>> from cobijo.engine.datasets import load
    >>> [one.found for one in consistency(load("Kosovo"), resamples=100)]
    [False, False, False, True]
    """
    if len(histories.lists) < 3:
        return ()
    fit: Fit = method or partial(
        stepwise.fit, level=level, threshold=threshold, resamples=resamples, seed=seed
    )
    found = []
    for place, name in enumerate(histories.lists):
        truth = int(histories.counts[histories.cells >> place & 1 == 1].sum())
        try:
            answer = fit(within(histories, name))
        except InputProblem:
            refused = ("robustness.too_few_others", {"list": name})
            found.append(Repeat(truth, None, None, refused, lists=(name,), truth=truth))
            continue
        found.append(repeat_of(answer, lists=(name,), truth=truth))
    return tuple(found)
