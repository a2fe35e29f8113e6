"""Have the chains of a sampler mixed, and how many independent draws are theirs worth?"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def rhat(chains: Floats) -> float:
    """Split, rank-normalised potential scale reduction (Vehtari et al. 2021, Bayesian Analysis 16); 1 is
    mixed."""
    halves = split(normal_scores(chains))
    length = halves.shape[1]
    within = float(np.mean(np.var(halves, axis=1, ddof=1)))
    between = float(np.var(np.mean(halves, axis=1), ddof=1))
    if within == 0.0:
        return 1.0 if between == 0.0 else float("inf")
    return float(np.sqrt((length - 1.0) / length + between / within))


def effective_size(chains: Floats) -> float:
    """Effective sample size of all chains together, from autocorrelations summed in pairs while positive
    (Geyer 1992)."""
    halves = split(normal_scores(chains))
    number, length = halves.shape
    centred = halves - halves.mean(axis=1, keepdims=True)
    padded = np.fft.rfft(centred, n=2 * length, axis=1)
    covariance = np.fft.irfft(padded * np.conj(padded), axis=1)[:, :length].real / length
    within = float(np.mean(covariance[:, 0])) * length / (length - 1.0)
    pooled = within * (length - 1.0) / length + float(np.var(halves.mean(axis=1), ddof=1))
    if pooled == 0.0:
        return float(number * length)
    rho = 1.0 - (within - covariance.mean(axis=0) * length / (length - 1.0)) / pooled
    rho[0] = 1.0
    total, before = 0.0, float("inf")
    for lag in range(0, length - 1, 2):
        pair = float(rho[lag] + rho[lag + 1])
        if pair <= 0.0:
            break
        before = min(before, pair)
        total += before
    return float(number * length / max(2.0 * total - 1.0, 1.0 / np.log10(max(number * length, 10))))


def split(chains: Floats) -> Floats:
    """Each chain as two halves."""
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, half : 2 * half]])


def normal_scores(chains: Floats) -> Floats:
    """Ranks over all chains (ties shared) as normal quantiles, so that heavy tails do not hide what
    happens."""
    from scipy.special import ndtri

    _, place, count = np.unique(chains, return_inverse=True, return_counts=True)
    rank = np.cumsum(count) - (count - 1) / 2.0
    scores: Floats = ndtri((rank[place].reshape(chains.shape) - 0.375) / (chains.size + 0.25))
    return scores
