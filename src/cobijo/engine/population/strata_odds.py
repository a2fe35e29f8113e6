"""Partial pooling on a grid: each stratum's log hidden odds around a common centre, without normal likelihoods."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
#: Grid of the log hidden odds: from one hidden person per 1,100 observed to 1,100 per one.
ODDS = np.linspace(-7.0, 7.0, 1401)
FARTHEST_CENTRE, MOST_CENTRES, ZOOMS = 6.0, 41, 3
#: Half-normal prior of scale 1 on the spread, as Röver et al. 2021 (Research Synthesis Methods 12) advise for log odds.
SPREADS = np.geomspace(0.01, 3.0, 40)
WEIGHTS = np.gradient(SPREADS)
SCALE = 1.0


@dataclass(frozen=True)
class PooledOdds:
    """Posterior of the centre and spread (`weights`, over `centres` x `SPREADS`), and of each stratum's log odds on
    `ODDS`."""

    centres: Floats
    weights: Floats
    odds: Floats
    spread: tuple[float, float, float]
    borrowed: Floats


def normals(centres: Floats) -> Floats:
    """N(theta; centre, spread) over `ODDS` for every centre and spread, rows summing to 1."""
    centre, spread = np.meshgrid(centres, SPREADS, indexing="ij")
    z = (ODDS[None, :] - centre.reshape(-1, 1)) / spread.reshape(-1, 1)
    density = np.exp(-0.5 * np.minimum(z**2, 1400.0))
    return np.asarray(density / density.sum(axis=1, keepdims=True))


def chance_of(likelihoods: Floats, observed: NDArray[np.int64]) -> Floats:
    """Standard deviation of each stratum's log hidden odds when its chances are known: who of the stratum is seen is
    itself chance, 1/observed + 1/hidden on the log scale, at the odds that all strata together prefer."""
    odds = float(np.exp(ODDS[int(np.argmax(likelihoods.sum(axis=0)))]))
    return np.asarray(np.sqrt((1.0 + 1.0 / odds) / observed))


def smoothed(rows: Floats, noise: Floats) -> Floats:
    """Each row averaged over a normal of its own standard deviation."""
    step = float(ODDS[1] - ODDS[0])
    found = np.empty_like(rows)
    for s, (row, sd) in enumerate(zip(rows, noise, strict=True)):
        reach = min(max(int(np.ceil(5.0 * sd / step)), 1), len(ODDS) // 2)
        kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) * step / sd) ** 2)
        padded = np.pad(row, reach, mode="edge")
        found[s] = np.convolve(padded, kernel / kernel.sum(), mode="valid")
    return found


def pool_odds(likelihoods: Floats, noise: Floats) -> PooledOdds:
    """Bayes on a grid: flat prior on the centre, half-normal on the spread; the centres close in on where they
    matter."""
    exact = np.exp(likelihoods)
    likelihood = smoothed(exact, noise)
    prior = np.log(WEIGHTS) - 0.5 * (SPREADS / SCALE) ** 2
    centres = np.linspace(-FARTHEST_CENTRE, FARTHEST_CENTRE, MOST_CENTRES)
    for zoom in range(ZOOMS):
        density = normals(centres)
        marginal = np.maximum(density @ likelihood.T, 1e-300)  # (centres x spreads, strata)
        log_weight = np.log(marginal).sum(axis=1) + np.tile(prior, len(centres))
        weights = np.exp(log_weight - log_weight.max())
        weights /= weights.sum()
        by_centre = weights.reshape(len(centres), -1).sum(axis=1)
        matter = np.flatnonzero(by_centre > 1e-6)
        first, last = max(matter[0] - 1, 0), min(matter[-1] + 1, len(centres) - 1)
        if zoom < ZOOMS - 1:
            centres = np.linspace(centres[first], centres[last], MOST_CENTRES)
    odds = exact * smoothed((weights[:, None] / marginal).T @ density, noise)
    odds /= odds.sum(axis=1, keepdims=True)
    cumulative = np.cumsum(weights.reshape(len(centres), -1).sum(axis=0))
    middle, low, high = (float(v) for v in np.interp([0.5, 0.025, 0.975], cumulative, SPREADS))
    alone = variance(exact / exact.sum(axis=1, keepdims=True))
    # a stratum so large that its likelihood is one point of the grid borrows nothing
    own = np.divide(variance(odds), alone, out=np.ones_like(alone), where=alone > 0.0)
    return PooledOdds(centres, weights, odds, (middle, low, high), 1.0 - np.clip(own, 0.0, 1.0))


def draw_odds(likelihoods: Floats, noise: Floats, pooled: PooledOdds, draws: int, seed: int) -> Floats:
    """Draws of all strata's log odds together, shape (draws, strata): centre and spread first, then each stratum."""
    rng = np.random.default_rng(seed)
    likelihood = np.exp(likelihoods)
    chosen, times = np.unique(
        rng.choice(len(pooled.weights), size=draws, p=pooled.weights), return_counts=True
    )
    blocks = []
    for place, number in zip(chosen, times, strict=True):
        centre, spread = pooled.centres[place // len(SPREADS)], SPREADS[place % len(SPREADS)]
        z2 = (ODDS - centre) ** 2 / (spread**2 + noise[:, None] ** 2)
        below = np.cumsum(likelihood * np.exp(-0.5 * np.minimum(z2, 1400.0)), axis=1)
        u = rng.random((number, len(likelihood))) * below[:, -1]
        where = [np.searchsorted(below[s], u[:, s]) for s in range(len(likelihood))]
        blocks.append(ODDS[np.minimum(np.column_stack(where), len(ODDS) - 1)])
    jitter = (rng.random((draws, len(likelihood))) - 0.5) * (ODDS[1] - ODDS[0])
    return np.asarray(np.concatenate(blocks) + jitter)


def variance(odds: Floats) -> Floats:
    """Variance of the log odds, one per row."""
    mean = odds @ ODDS
    return np.asarray(np.maximum(odds @ ODDS**2 - mean**2, 0.0))


def at(row: Floats, probability: float) -> float:
    """Quantile of one stratum's log odds."""
    return float(np.interp(probability, np.cumsum(row), ODDS + 0.5 * (ODDS[1] - ODDS[0])))
