"""When no list holds a person twice, links compete, and who is left over is informative.

A record has at most one partner in each other list. If nearly all records of two lists have found theirs,
two that are left over are likelier to be each other's than two random records would be. The prior odds of
a further link are those of Sadinle (2017, "Bayesian estimation of bipartite matchings", section 3): links
found times one over the records left on either side, in place of links found over all pairs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

#: At least this share of a list counts as left over: nobody knows that everybody is on both lists.
LEFT_OVER = 0.005
#: Evidence must by itself favour one person by this many times before being left over may tip it.
FAVOURED = 100.0


def exclusive(
    probability: FloatArray, left: NDArray[np.int32], right: NDArray[np.int32], list_no: NDArray[np.int16]
) -> FloatArray:
    """Probabilities under the rule that each record has at most one partner in each other list.

    `probability`: of each pair by itself, all pairs being between lists. Two rivals share what one of
    them had.
    """
    sizes = np.bincount(list_no).astype(float)
    lists = len(sizes)
    a, b = list_no[left].astype(np.int64), list_no[right].astype(np.int64)
    both = np.minimum(a, b) * lists + np.maximum(a, b)
    expected = np.bincount(both, weights=probability, minlength=lists * lists)
    found = expected[both]
    over = np.maximum(1 - found / sizes[a], LEFT_OVER) * np.maximum(1 - found / sizes[b], LEFT_OVER)
    p = np.clip(probability, 1e-12, 1 - 1e-12)
    odds = p / (1 - p)
    alone = (
        odds * (sizes[a] * sizes[b]) / np.maximum(found, 1.0)
    )  # how much the evidence itself favours one person
    odds = np.where(alone >= FAVOURED, odds / over, odds)
    of_left = np.bincount(left * lists + b, weights=odds, minlength=len(list_no) * lists)[left * lists + b]
    of_right = np.bincount(right * lists + a, weights=odds, minlength=len(list_no) * lists)[right * lists + a]
    result: FloatArray = odds / (1.0 + np.maximum(of_left + of_right - odds, odds))
    return result
