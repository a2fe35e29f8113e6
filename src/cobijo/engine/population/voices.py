"""Several answers as one distribution of hidden people: voices with weights, and quantiles of their mixture."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population.normal import quantile
from cobijo.engine.population.shape import Estimate

Floats = NDArray[np.float64]
LEAST_HIDDEN = 0.5
POINTS = 401


@dataclass(frozen=True)
class Member:
    """One voice in the pool: its family, its belief, equally likely log numbers of hidden people, its weight."""

    name: str
    belief: str
    curve: Floats
    weight: float


def scores(level: float = 0.95, points: int = POINTS) -> Floats:
    """Equally likely values of a standard normal, so many that ten of them lie beyond each limit of this level."""
    number = max(points, math.ceil(20.0 / (1.0 - level))) | 1  # odd: the middle one is the estimate itself
    return np.array([quantile((i + 0.5) / number) for i in range(number)])


def curve_of(answer: Estimate, z: Floats) -> Floats:
    """Equally likely log numbers of hidden people: normal halves that meet at the estimate and keep both limits."""
    assert answer.total is not None
    assert answer.interval is not None
    middle, low, high = (
        math.log(max(v - answer.observed, LEAST_HIDDEN)) for v in (answer.total, *answer.interval)
    )
    reach = quantile(0.5 + answer.level / 2.0)
    return np.asarray(middle + z * np.where(z < 0, max(middle - low, 0.0), max(high - middle, 0.0)) / reach)


def quantiles(members: Sequence[Member], probabilities: Sequence[float], observed: int) -> list[float]:
    """Quantiles of the mixture as totals."""
    values = np.concatenate([one.curve for one in members])
    weights = np.concatenate([np.full(one.curve.size, one.weight / one.curve.size) for one in members])
    order = np.argsort(values, kind="stable")
    middle = np.cumsum(weights[order]) - weights[order] / 2.0
    at = np.interp(np.asarray(probabilities) * weights.sum(), middle, values[order])
    return [observed + math.exp(min(float(v), 690.0)) for v in at]


def significant(value: float) -> int:
    """Three significant digits, for a sentence."""
    digits = max(0, math.floor(math.log10(max(value, 1.0))) - 2)
    unit: int = 10**digits
    return round(value / unit) * unit
