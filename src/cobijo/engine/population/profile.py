"""Profile likelihood of the hidden people, for any log-linear model: how well does each number fit?

Given that f0 people are hidden, the table is complete and the likelihood is multinomial: N!/(f0! prod n_w!) times
prod p_w^n_w, with p fitted by the model to the completed table. What is left is a curve in f0 (Cormack 1992,
Biometrics 48; Rcapture's closedpCI). It needs no normal approximation, is not symmetric, and exists where the
maximum does not.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population.existence import finite_effects, full_model, supersets
from cobijo.engine.population.normal import two_sided

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
MOST_STEPS = 60
SETTLED = 1e-10  # change of the log likelihood, relative, at which a fit has settled
LARGEST_STEP = 4.0
FARTHEST = math.log(1e9)  # hidden people for each observed one, beyond which an end is open
ROUNDS = 60


def log_factorial(values: Floats) -> Floats:
    """ln x!, exact; R's program takes x ln x - x + ln(x)/2 for it, which a test does too."""
    from scipy.special import gammaln

    return np.asarray(gammaln(values + 1.0), np.float64)


def curve(
    counts: Counts,
    effects: Sequence[int],
    hidden: Floats,
    factorial: Callable[[Floats], Floats] = log_factorial,
) -> Floats:
    """Log likelihood at each number of `hidden` people (above 0), shape as `hidden`, up to a constant.

    `counts` [2^k] by mask, the unseen cell ignored; `effects` are masks, lower ones are added. Effects that nobody
    shows are minus infinity and their cells are left out (extended maximum likelihood).

    >>> counts = np.array([0, 30, 40, 10])
    >>> values = curve(counts, [], np.array([90.0, 120.0, 150.0]))
    >>> bool(values[1] > values[0] and values[1] > values[2])
    True
    """
    table, design = completed(counts, effects)
    size = counts.sum() + hidden
    tables = np.broadcast_to(table, (len(hidden), len(table))).copy()
    tables[:, 0] = hidden
    fitted = fit_many(design, tables)
    shares = np.sum(tables * np.log(np.maximum(fitted / size[:, None], 1e-300)), axis=1)
    return np.asarray(factorial(size) - factorial(hidden) + shares)


def completed(counts: Counts, effects: Sequence[int]) -> tuple[Floats, Floats]:
    """The cells that the model leaves alive, the unseen one first, and their design matrix."""
    k = len(counts).bit_length() - 1
    seen = counts.copy()
    seen[0] = 0
    model = full_model(k, effects)
    star = supersets(seen, k)
    cells = np.arange(1 << k)
    dead = np.zeros(1 << k, np.bool_)
    for effect in model:
        if star[effect] == 0:
            dead |= cells & effect == effect
    alive = cells[~dead]
    finite = np.array(finite_effects(k, seen > 0, model), np.int64)
    design = (alive[:, None] & finite[None, :] == finite[None, :]).astype(np.float64)
    return seen[alive].astype(np.float64), design


def fit_many(design: Floats, tables: Floats) -> Floats:
    """Fitted means of one Poisson regression for many tables (rows), by Newton with step halving.

    Where the maximum lies at infinity the means still settle; a small ridge keeps the equations solvable.
    """
    beta = np.zeros((len(tables), design.shape[1]))
    beta[:, 0] = np.log(tables.mean(axis=1))
    ridge = 1e-9 * np.eye(design.shape[1])
    best = _likelihood(design, tables, beta)
    for _ in range(MOST_STEPS):
        means = np.exp(beta @ design.T)
        slope = (tables - means) @ design
        matrix = np.einsum("tc,ci,cj->tij", means, design, design, optimize=True)
        matrix += ridge * (1.0 + np.trace(matrix, axis1=1, axis2=2))[:, None, None]
        step = np.linalg.solve(matrix, slope[:, :, None])[:, :, 0]
        step *= np.minimum(1.0, LARGEST_STEP / np.maximum(np.abs(step).max(axis=1), 1e-300))[:, None]
        gain = np.sum(slope * step, axis=1)
        new = _likelihood(design, tables, beta + step)
        for _ in range(20):
            worse = new < best - 1e-12 * (1.0 + np.abs(best))
            if not worse.any():
                break
            step[worse] *= 0.5
            new[worse] = _likelihood(design, tables[worse], beta[worse] + step[worse])
        beta, best = beta + step, new
        if np.all(gain < SETTLED * (1.0 + np.abs(best) * 1e-4)):
            break
    return np.asarray(np.exp(beta @ design.T))


def _likelihood(design: Floats, tables: Floats, beta: Floats) -> Floats:
    eta = np.clip(beta @ design.T, -700.0, 700.0)
    return np.asarray(np.sum(tables * eta - np.exp(eta), axis=1))


def interval(
    counts: Counts,
    effects: Sequence[int],
    level: float = 0.95,
    factorial: Callable[[Floats], Floats] = log_factorial,
) -> tuple[float, float, float]:
    """The most likely total, and the two totals where twice the log likelihood has fallen by the chi-square limit.

    The upper one is infinite where the curve does not fall that far; the lower one is at least what was observed.
    """
    observed = float(counts[1:].sum())
    ends = (math.log(1e-3 / observed), FARTHEST)
    grid = np.linspace(*ends, 121)
    values = _at(counts, effects, grid, factorial)
    top = int(np.argmax(values))
    left, right = grid[max(top - 1, 0)], grid[min(top + 1, len(grid) - 1)]
    for _ in range(8):  # the maximum between its neighbours, ten times finer each round
        fine = np.linspace(left, right, 21)
        heights = _at(counts, effects, fine, factorial)
        best = int(np.argmax(heights))
        left, right = fine[max(best - 1, 0)], fine[min(best + 1, 20)]
    peak, height = float(fine[best]), float(heights[best])
    cut = height - 0.5 * two_sided(level) ** 2

    def cross(inside: float, outside: float) -> float:
        for _ in range(ROUNDS // 5):
            points = np.linspace(inside, outside, 17)
            below = _at(counts, effects, points, factorial) < cut
            first = int(np.argmax(below))
            inside, outside = float(points[first - 1]), float(points[first])
        return 0.5 * (inside + outside)

    low = cross(peak, float(grid[0])) if values[0] < cut else -math.inf
    high = cross(peak, float(grid[-1])) if values[-1] < cut else math.inf
    return (
        observed * (1.0 + math.exp(peak)),
        observed * (1.0 + math.exp(low)),
        observed * (1.0 + math.exp(high)) if math.isfinite(high) else math.inf,
    )


def _at(
    counts: Counts, effects: Sequence[int], log_odds: Floats, factorial: Callable[[Floats], Floats]
) -> Floats:
    return curve(counts, effects, float(counts[1:].sum()) * np.exp(log_odds), factorial)
