"""The normal distribution, accurate in both tails, and the interval for a positive number that it gives."""

from __future__ import annotations

import math
from statistics import NormalDist

_STANDARD = NormalDist()


def cdf(z: float) -> float:
    """P(Z <= z)."""
    return 0.5 * math.erfc(-z / math.sqrt(2.0))


def quantile(p: float) -> float:
    """The z with P(Z <= z) = p, for 0 < p < 1."""
    return _STANDARD.inv_cdf(p)


def two_sided(level: float) -> float:
    """1.959964 for 0.95."""
    return quantile(0.5 + level / 2.0)


def lognormal_interval(observed: float, hidden: float, variance: float, z: float) -> tuple[float, float]:
    """observed + hidden / C and observed + hidden * C with C = exp(z sqrt(ln(1 + variance / hidden^2))).

    Burnham's interval for the unseen part (Chao 1987, Biometrics 43, p. 787): never below what was observed.
    """
    if hidden <= 0.0:
        return observed, observed
    spread = math.exp(min(z * math.sqrt(math.log1p(variance / hidden**2)), 600.0))
    return observed + hidden / spread, observed + hidden * spread
