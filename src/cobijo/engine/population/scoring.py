"""Bayesian information criterion of many models on one table, and the best of a few models on many tables."""

from __future__ import annotations

import math

import numpy as np

from cobijo.engine.population.certificate import (
    EXISTS,
    MOST_ZEROS,
    NO_CONVERGENCE,
    UNDECIDED,
    verdict,
)
from cobijo.engine.population.jit import kernel
from cobijo.engine.population.kernels import Floats, Ints, add_supersets, fit


@kernel
def score_models(
    counts: Ints,
    candidates: Ints,
    models: Ints,
    known: Ints,
    starts: Floats,
    k: int,
    criteria: Floats,
    totals: Floats,
    states: Ints,
    betas: Floats,
) -> None:
    """Fit each model (bit q: `candidates[q]` is in it) and write its criterion, total, state and parameters.

    The criterion is p ln n - 2 log L without the factorials, which no model changes; p counts parameters at
    minus infinity. `starts` has one row per model, or one row in all: then each model starts where the one
    before ended. `known[m]` >= 0 is a verdict found elsewhere. `betas` gets the parameters, when it has rows.
    """
    size, p_most = 1 << k, 1 + k + candidates.shape[0]
    star, dead, inside = np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(size, np.int64)
    beta, fitted = starts[0].copy(), np.zeros(size)
    coefficients = np.zeros((1 + MOST_ZEROS, size), np.int64)
    rows = np.zeros((size + MOST_ZEROS, 1 + MOST_ZEROS), np.int64)
    matrix, step, effects = np.zeros((p_most, p_most)), np.zeros(p_most), np.zeros(p_most, np.int64)
    for w in range(size):
        star[w] = counts[w]
    add_supersets(star, k)
    for m in range(models.shape[0]):
        if starts.shape[0] > 1:
            beta[:] = starts[m]
        inside[:] = 0
        p, rank = 1, 1 + k
        for q in range(k + candidates.shape[0]):
            mask = 1 << q if q < k else candidates[q - k]
            if q >= k:
                if not models[m] >> (q - k) & 1:
                    beta[mask] = 0.0
                    continue
                rank += 1
            inside[mask] = 1
            if star[mask] > 0:
                effects[p] = mask
                p += 1
            else:
                beta[mask] = 0.0
        states[m] = known[m]
        if known[m] < 0:
            states[m] = verdict(counts, star, inside, dead, coefficients, rows, k)
        else:
            verdict(counts, star, inside, dead, coefficients, rows, k)  # for the dead cells
        criteria[m], totals[m] = np.inf, np.nan
        if states[m] != EXISTS:
            continue
        if not fit(star, dead, effects, p, beta, fitted, matrix, step, k):
            states[m] = NO_CONVERGENCE
            beta[:] = starts[0]
            continue
        likelihood = -fitted[0]
        for i in range(p):
            likelihood += beta[effects[i]] * star[effects[i]]
        criteria[m] = rank * math.log(star[0]) - 2.0 * likelihood
        totals[m] = star[0] + math.exp(min(beta[0], 690.0))
        if betas.shape[0] > 0:
            betas[m] = beta


@kernel
def best_of(
    resamples: Ints,
    cells: Ints,
    candidates: Ints,
    models: Ints,
    known: Ints,
    starts: Floats,
    k: int,
    totals: Floats,
    states: Ints,
    chosen: Ints,
) -> None:
    """On each resample the total of the model with the lowest criterion; UNDECIDED where one verdict is
    missing.

    `known` has a row of verdicts per resample, or none. A resample where no model has a maximum gets NaN.
    """
    counts = np.zeros(1 << k, np.int64)
    many = models.shape[0]
    criteria, found, ends = np.zeros(many), np.zeros(many), np.zeros(many, np.int64)
    unknown, nothing = np.full(many, -1, np.int64), np.zeros((0, 1 << k))
    for b in range(resamples.shape[0]):
        for i in range(cells.shape[0]):
            counts[cells[i]] = resamples[b, i]
        score_models(
            counts, candidates, models, known[b] if known.shape[0] else unknown, starts, k,
            criteria, found, ends, nothing,
        )  # fmt: skip
        totals[b], states[b], chosen[b] = np.nan, NO_CONVERGENCE, -1
        lowest = np.inf
        for m in range(many):
            if ends[m] == UNDECIDED:
                states[b] = UNDECIDED
                break
            if criteria[m] < lowest:
                lowest, totals[b], states[b], chosen[b] = criteria[m], found[m], EXISTS, m
