"""The arithmetic of log-linear models on bit masks: transforms and maximum likelihood.

A cell is a bit mask of the lists that saw a person, and so is an effect: arrays have one place per mask (2^k
places). That makes everything a subset sum. Log means are the sums of the parameters over subsets, and the
entry (S, T) of the information matrix is the fitted number seen on all lists of S and T, one look-up in the
sums over supersets. Nobody ever builds a design matrix here.

The rules are those of Chan, Silverman and Vincent (2021, JASA 116): an effect whose lists nobody shares is
minus infinity, and the cells that contain it are out of the model ("dead").
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population.jit import kernel

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

RELATIVE_STEP = 1e-7  # Newton's error after a step of this size is of the order of its square


@kernel
def add_subsets(values: Floats | Ints, k: int) -> None:
    """In place: each mask gets the sum over its subsets."""
    for j in range(k):
        bit = 1 << j
        for base in range(0, 1 << k, bit << 1):
            for w in range(base, base + bit):
                values[w + bit] += values[w]


@kernel
def add_supersets(values: Floats | Ints, k: int) -> None:
    """In place: each mask gets the sum over the masks that contain it."""
    for j in range(k):
        bit = 1 << j
        for base in range(0, 1 << k, bit << 1):
            for w in range(base, base + bit):
                values[w] += values[w + bit]


@kernel
def solve(matrix: Floats, vector: Floats, p: int) -> bool:
    """Solve in place by Cholesky (lower triangle given); False when the matrix is not positive definite."""
    for j in range(p):
        pivot = matrix[j, j]
        floor = pivot * 1e-15
        for c in range(j):
            pivot -= matrix[j, c] * matrix[j, c]
        if not pivot > floor:
            return False
        root = math.sqrt(pivot)
        matrix[j, j] = root
        for i in range(j + 1, p):
            value = matrix[i, j]
            for c in range(j):
                value -= matrix[i, c] * matrix[j, c]
            matrix[i, j] = value / root
    for j in range(p):
        for c in range(j):
            vector[j] -= matrix[j, c] * vector[c]
        vector[j] /= matrix[j, j]
    for j in range(p - 1, -1, -1):
        for i in range(j + 1, p):
            vector[j] -= matrix[i, j] * vector[i]
        vector[j] /= matrix[j, j]
    return True


@kernel
def means(beta: Floats, dead: Ints, fitted: Floats, k: int) -> None:
    """fitted[S] becomes the fitted number of people seen on all lists of S (the unseen cell left out)."""
    for w in range(1 << k):
        fitted[w] = beta[w]
    add_subsets(fitted, k)
    fitted[0] = 0.0
    for w in range(1, 1 << k):
        fitted[w] = 0.0 if dead[w] else math.exp(min(fitted[w], 690.0))
    add_supersets(fitted, k)


@kernel
def fit(
    star: Ints,
    dead: Ints,
    effects: Ints,
    p: int,
    beta: Floats,
    fitted: Floats,
    matrix: Floats,
    step: Floats,
    k: int,
) -> bool:
    """Poisson maximum likelihood by Newton from `beta`, halving steps that lose likelihood; True when it
    converged.

    `effects[:p]` are the finite effects (0 first: the intercept). `beta` and `fitted` [2^k] hold the answer.
    """
    before, scale, last = -np.inf, 1.0, 0.0
    for _ in range(200):
        means(beta, dead, fitted, k)
        likelihood = -fitted[0]
        for i in range(p):
            likelihood += beta[effects[i]] * star[effects[i]]
        if likelihood < before - 1e-10 * (1.0 + abs(before)) and scale > 1e-6:
            for i in range(p):  # `step` still holds the last direction
                beta[effects[i]] -= 0.5 * scale * step[i]
            scale *= 0.5
            continue
        before, scale = likelihood, 1.0
        for i in range(p):
            step[i] = star[effects[i]] - fitted[effects[i]]
            for j in range(i + 1):
                matrix[i, j] = fitted[effects[i] | effects[j]]
        if not solve(matrix, step, p):
            return False
        last = 0.0
        for i in range(p):
            last = max(last, abs(step[i]))
        if last > 4.0:
            for i in range(p):
                step[i] *= 4.0 / last
        for i in range(p):
            beta[effects[i]] += step[i]
        if last < RELATIVE_STEP:
            means(beta, dead, fitted, k)
            return True
    return False
