"""How many people every two lists share: what an estimate lives on."""

from __future__ import annotations

import numpy as np

from cobijo.engine.population.robustness.shape import Overlaps
from cobijo.engine.population.shape import Histories


def overlaps(histories: Histories) -> Overlaps:
    """People on every two lists, whatever other lists saw them too.

    >>> from cobijo.engine.population import from_masks
    >>> overlaps(from_masks(["a", "b"], [1, 2, 3], [30, 40, 10])).shared
    ((40, 10), (10, 50))
    """
    cells, k = histories.cells.astype(np.int64), len(histories.lists)
    on = np.array([cells >> j & 1 for j in range(k)])
    shared = (on * histories.counts) @ on.T
    return Overlaps(histories.lists, tuple(tuple(row) for row in shared.tolist()))
