"""The naive baseline: lists that know nothing of each other, everybody equally easy to find.

It is here to be compared with: agencies refer people to each other, and then it is wrong.
"""

from __future__ import annotations

from cobijo.engine.population.loglinear import estimate_of
from cobijo.engine.population.shape import Estimate, Histories


def fit(histories: Histories, *, level: float = 0.95) -> Estimate:
    """The log-linear model with main effects alone.

    >>> from cobijo.engine.datasets import load
    >>> round(fit(load("UKdat")).total)
    12214
    """
    return estimate_of("independence", histories, [], level)
