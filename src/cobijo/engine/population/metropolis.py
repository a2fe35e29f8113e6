"""Draws from the posterior of a log-linear model with normal priors on its interactions."""

from __future__ import annotations

import math

import numpy as np

from cobijo.engine.population.jit import kernel
from cobijo.engine.population.kernels import Floats, Ints, means, solve


@kernel
def mode(
    star: Ints,
    dead: Ints,
    effects: Ints,
    precision: Floats,
    beta: Floats,
    fitted: Floats,
    matrix: Floats,
    k: int,
) -> bool:
    """Posterior mode by Newton from `beta`; `matrix` keeps the Cholesky factor of the information there."""
    p = effects.shape[0]
    step = np.zeros(p)
    before, scale = -np.inf, 1.0
    for _ in range(300):
        means(beta, dead, fitted, k)
        value = -fitted[0]
        for i in range(p):
            value += beta[effects[i]] * star[effects[i]] - 0.5 * precision[i] * beta[effects[i]] ** 2
        if value < before - 1e-10 * (1.0 + abs(before)) and scale > 1e-6:
            for i in range(p):
                beta[effects[i]] -= 0.5 * scale * step[i]
            scale *= 0.5
            continue
        before, scale, last = value, 1.0, 0.0
        for i in range(p):
            step[i] = star[effects[i]] - fitted[effects[i]] - precision[i] * beta[effects[i]]
            for j in range(i + 1):
                matrix[i, j] = fitted[effects[i] | effects[j]]
            matrix[i, i] += precision[i]
        if not solve(matrix, step, p):
            return False
        for i in range(p):
            last = max(last, abs(step[i]))
        if last > 4.0:
            for i in range(p):
                step[i] *= 4.0 / last
        for i in range(p):
            beta[effects[i]] += step[i]
        if last < 1e-8:
            return True
    return False


@kernel
def metropolis(
    rng: np.random.Generator,
    star: Ints,
    dead: Ints,
    effects: Ints,
    precision: Floats,
    centre: Floats,
    factor: Floats,
    k: int,
    burn: int,
    thin: int,
    draws: Floats,
) -> float:
    """Random walk with the shape of the posterior at its mode; fills `draws` [number, p], returns the share
    accepted.

    `centre` [2^k] is where it starts, `factor` the Cholesky factor (lower) of the information there.
    """
    p = effects.shape[0]
    beta, trial, fitted, step = centre.copy(), centre.copy(), np.zeros(1 << k), np.zeros(p)
    here, accepted = -np.inf, 0
    width = 2.38 / math.sqrt(p)
    rounds = burn + thin * draws.shape[0]
    for turn in range(rounds):
        for i in range(p):
            step[i] = rng.standard_normal()
        for j in range(p - 1, -1, -1):
            for i in range(j + 1, p):
                step[j] -= factor[i, j] * step[i]
            step[j] /= factor[j, j]
        for i in range(p):
            trial[effects[i]] = beta[effects[i]] + (width * step[i] if turn else 0.0)
        means(trial, dead, fitted, k)
        there = -fitted[0]
        for i in range(p):
            value = trial[effects[i]]
            there += value * star[effects[i]] - 0.5 * precision[i] * value * value
        if math.log(1.0 - rng.random()) < there - here:
            here = there
            accepted += 1
            for i in range(p):
                beta[effects[i]] = trial[effects[i]]
        after = turn - burn
        if after >= 0 and after % thin == 0:
            for i in range(p):
                draws[after // thin, i] = beta[effects[i]]
    return float(accepted) / float(rounds)
