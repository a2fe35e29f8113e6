"""Forward selection of interactions, for one table and for many resamples of it (Chan, Silverman, Vincent
2021).

A walk starts from the main effects, adds the interaction that the fitted model explains worst as long as its
p-value is below the threshold and the larger model has a maximum, and refits. Candidates are tested in
ascending order of p, and their model is checked only when they are about to enter: the answer is that of
testing all of them.
"""

from __future__ import annotations

import math

import numpy as np

from cobijo.engine.population.certificate import (
    EXISTS,
    MOST_ZEROS,
    NO_CONVERGENCE,
    UNDECIDED,
    mark_dead,
    verdict,
)
from cobijo.engine.population.jit import kernel
from cobijo.engine.population.kernels import Floats, Ints, add_supersets, fit

MANY = 1_000_000  # beyond this count a tail is taken from its uniform expansion (relative error below 1e-7)


@kernel
def tail(count: int, mean: float) -> float:
    """The smaller of P(X <= count) and P(X >= count) for X ~ Poisson(mean)."""
    if mean <= 0.0:
        return 1.0 if count == 0 else 0.0
    if count > MANY:
        return large_tail(count, mean)
    point = math.exp(count * math.log(mean) - mean - math.lgamma(count + 1.0))
    total, term = 1.0, 1.0
    if count <= mean:
        x = float(count)
        while x > 0.0 and term > 1e-17 * total:
            term *= x / mean
            total += term
            x -= 1.0
    else:
        x = count + 1.0
        while term > 1e-17 * total:
            term *= mean / x
            total += term
            x += 1.0
    one = point * total
    return min(one, 1.0 + point - one)


@kernel
def large_tail(count: int, mean: float) -> float:
    """Temme's uniform expansion of the Poisson tails (DLMF 8.12), to first order, for very large counts."""
    ratio = mean / count
    excess = ratio - 1.0
    half = excess - math.log1p(excess)  # eta^2 / 2
    eta = math.copysign(math.sqrt(max(0.0, 2.0 * half)), excess)
    point = math.exp(-count * half) / math.sqrt(2.0 * math.pi * count)
    upper = 0.5 * math.erfc(-eta * math.sqrt(count / 2.0))  # P(X >= count), leading term
    correction = -1.0 / 3.0 if abs(eta) < 1e-5 else 1.0 / excess - 1.0 / eta
    upper -= point * correction
    return max(0.0, min(upper, 1.0 + point - upper))


@kernel
def eligible(candidates: Ints, inside: Ints, q: int) -> bool:
    """May this interaction enter, that is, are the interactions one list smaller in the model?"""
    mask = candidates[q]
    rest = mask
    while rest:
        smaller = mask ^ (rest & -rest)
        rest &= rest - 1
        if smaller & (smaller - 1) and not inside[smaller]:
            return False
    return True


@kernel
def look_up(inside: Ints, candidates: Ints, known: Ints, answers: Ints) -> int:
    """What the linear programme already said of this model, if it was asked."""
    for r in range(known.shape[0]):
        same = True
        for q in range(candidates.shape[0]):
            same = same and known[r, q] == inside[candidates[q]]
        if same:
            return int(answers[r])
    return UNDECIDED


@kernel
def walk(
    counts: Ints,
    candidates: Ints,
    threshold: float,
    start: Floats,
    known: Ints,
    answers: Ints,
    order: Ints,
    p_values: Floats,
    inside: Ints,
    beta: Floats,
    star: Ints,
    dead: Ints,
    coefficients: Ints,
    rows: Ints,
    fitted: Floats,
    matrix: Floats,
    step: Floats,
    k: int,
) -> int:
    """Select and fit. Returns how it ended; `order` holds the interactions added (-1 ends it), `p_values`
    theirs, `inside` the model (at UNDECIDED: the model that must be decided), `beta` the parameters.

    `start` are parameters near those of the main effects; `known`, `answers` the models that were undecided
    before.
    """
    size, p = 1 << k, 1
    effects = np.zeros(1 + k + candidates.shape[0], np.int64)
    for w in range(size):
        star[w] = counts[w]
        inside[w] = 0
        beta[w] = start[w]
    add_supersets(star, k)
    order[:] = -1
    for j in range(k):
        inside[1 << j] = 1
        if star[1 << j] > 0:
            effects[p] = 1 << j
            p += 1
        else:
            beta[1 << j] = 0.0
    state = verdict(counts, star, inside, dead, coefficients, rows, k)
    if state == UNDECIDED:
        state = look_up(inside, candidates, known, answers)
    if state != EXISTS:
        return state
    if not fit(star, dead, effects, p, beta, fitted, matrix, step, k):
        return NO_CONVERGENCE
    tested = np.empty(candidates.shape[0])
    rejected = np.zeros(candidates.shape[0], np.int64)  # a model that fails still fails when it grows
    added = 0
    while True:
        for q in range(candidates.shape[0]):
            tested[q] = 2.0
            if not inside[candidates[q]] and not rejected[q] and eligible(candidates, inside, q):
                tested[q] = tail(star[candidates[q]], fitted[candidates[q]])
        chosen = -1
        while chosen < 0:
            best = -1
            for q in range(candidates.shape[0]):
                if tested[q] < threshold and (best < 0 or tested[q] < tested[best]):
                    best = q
            if best < 0:
                mark_dead(star, inside, dead, k)
                return EXISTS
            inside[candidates[best]] = 1
            state = verdict(counts, star, inside, dead, coefficients, rows, k)
            if state == UNDECIDED:
                state = look_up(inside, candidates, known, answers)
                if state == UNDECIDED:
                    return UNDECIDED
            if state == EXISTS:
                chosen = best
            else:
                inside[candidates[best]] = 0
                tested[best] = 2.0
                rejected[best] = 1
        order[added] = chosen
        p_values[added] = tested[chosen]
        added += 1
        mask = candidates[chosen]
        if star[mask] > 0:
            effects[p] = mask
            beta[mask] = math.log(star[mask] / fitted[mask])
            p += 1
        if not fit(star, dead, effects, p, beta, fitted, matrix, step, k):
            return NO_CONVERGENCE


@kernel
def walk_many(
    resamples: Ints,
    cells: Ints,
    candidates: Ints,
    threshold: float,
    start: Floats,
    k: int,
    totals: Floats,
    states: Ints,
    sizes: Ints,
) -> None:
    """A walk on each resample (rows of counts of `cells`): estimated totals, how each ended, interactions
    added."""
    size, p = 1 << k, 1 + k + candidates.shape[0]
    counts, star = np.zeros(size, np.int64), np.zeros(size, np.int64)
    dead, inside = np.zeros(size, np.int64), np.zeros(size, np.int64)
    beta, fitted = np.zeros(size), np.zeros(size)
    coefficients = np.zeros((1 + MOST_ZEROS, size), np.int64)
    rows = np.zeros((size + MOST_ZEROS, 1 + MOST_ZEROS), np.int64)
    matrix, step = np.zeros((p, p)), np.zeros(p)
    order, p_values = np.zeros(candidates.shape[0] + 1, np.int64), np.zeros(candidates.shape[0] + 1)
    known, answers = np.zeros((0, candidates.shape[0]), np.int64), np.zeros(0, np.int64)
    for b in range(resamples.shape[0]):
        total = 0
        for i in range(cells.shape[0]):
            counts[cells[i]] = resamples[b, i]
            total += resamples[b, i]
        states[b] = walk(
            counts, candidates, threshold, start, known, answers, order, p_values, inside, beta,
            star, dead, coefficients, rows, fitted, matrix, step, k,
        )  # fmt: skip
        totals[b] = total + math.exp(min(beta[0], 690.0)) if states[b] == EXISTS else np.nan
        sizes[b] = 0
        while order[sizes[b]] >= 0:
            sizes[b] += 1
