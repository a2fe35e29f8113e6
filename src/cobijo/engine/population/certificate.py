"""The exact certificate: does the likelihood of a log-linear model have its maximum, and is it one point?

Whole numbers only. `existence` gives the argument and asks the linear programme where this is undecided.
"""

from __future__ import annotations

import math

import numpy as np

from cobijo.engine.population.jit import kernel
from cobijo.engine.population.kernels import Ints, add_subsets

#: What a check or a walk ends with.
EXISTS, NO_MAXIMUM, NOT_IDENTIFIED, UNDECIDED, NO_CONVERGENCE = 0, 1, 2, 3, 4
MOST_ZEROS = 16  # effects with an empty own cell that the exact certificate takes on
LARGEST = (
    1 << 30
)  # integers beyond this would make a product overflow: undecided, the linear programme decides


@kernel
def mark_dead(star: Ints, inside: Ints, dead: Ints, k: int) -> None:
    """dead[w] > 0 where w contains an effect of the model that nobody shows."""
    dead[0] = 0
    for w in range(1, 1 << k):
        dead[w] = 1 if inside[w] and star[w] == 0 else 0
    add_subsets(dead, k)


@kernel
def reduce_row(row: Ints, basis: Ints, pivots: Ints, rank: int) -> bool:
    """Clear the pivot columns of an integer row, keeping its sign; False when the integers grow too large."""
    unknowns = row.shape[0]
    for i in range(rank):
        column = pivots[i]
        factor = row[column]
        if factor == 0:
            continue
        pivot = basis[i, column]
        if pivot < 0:
            pivot, factor = -pivot, -factor
        common = 0
        for c in range(unknowns):
            row[c] = row[c] * pivot - factor * basis[i, c]
            common = math.gcd(common, row[c])
            if abs(row[c]) > LARGEST:
                return False
        if common > 1:
            for c in range(unknowns):
                row[c] //= common
    return True


@kernel
def only_zero(rays: Ints, count: int, free: int) -> int:
    """Is t = 0 the only solution of rays · t >= 0? Candidates are the extreme rays; `rays` has rank
    `free`."""
    t = np.zeros(3, np.int64)
    seconds = count if free > 1 else 1
    for i in range(count if free > 1 else 1):
        for j in range(i + 1 if free == 3 else 0, seconds if free == 3 else 1):
            if free == 1:
                t[0] = 1
            elif free == 2:
                t[0], t[1] = -rays[i, 1], rays[i, 0]
            else:
                t[0] = rays[i, 1] * rays[j, 2] - rays[i, 2] * rays[j, 1]
                t[1] = rays[i, 2] * rays[j, 0] - rays[i, 0] * rays[j, 2]
                t[2] = rays[i, 0] * rays[j, 1] - rays[i, 1] * rays[j, 0]
                if t[0] == 0 and t[1] == 0 and t[2] == 0:
                    continue
            above, below = False, False
            for r in range(count):
                value = 0
                for c in range(free):
                    value += rays[r, c] * t[c]
                above = above or value > 0
                below = below or value < 0
                if above and below:
                    break
            if not (above and below):
                return NO_MAXIMUM
    return EXISTS


@kernel
def verdict(
    counts: Ints, star: Ints, inside: Ints, dead: Ints, coefficients: Ints, rows: Ints, k: int
) -> int:
    """Does the maximum of the likelihood exist, and is it one point? Exact; see `existence` for the argument.

    `counts` per cell, `star` their sums over supersets, `inside` the model's effects (hierarchical, all
    lists); the others are work space: `dead` [2^k], `coefficients` [1 + MOST_ZEROS, 2^k], `rows` [2^k +
    MOST_ZEROS, 1 + MOST_ZEROS].
    """
    size = 1 << k
    mark_dead(star, inside, dead, k)
    chi = coefficients[0]
    zeros = np.empty(MOST_ZEROS, np.int64)
    unknowns = 1
    chi[0] = 0
    for s in range(1, size):
        chi[s] = 0
        if inside[s] and star[s] > 0:
            chi[s] = 1 if parity(s) else -1
            if counts[s] == 0:
                if unknowns > MOST_ZEROS:
                    return UNDECIDED
                zeros[unknowns - 1] = s
                unknowns += 1
    add_subsets(chi, k)
    identified = False
    for w in range(1, size):
        chi[w] = 1 - chi[w]
        if chi[w] != 0 and not dead[w] and not inside[w]:
            if unknowns == 1 and counts[w] > 0:
                return EXISTS
            identified = True
    if not identified:
        return NOT_IDENTIFIED
    for i in range(1, unknowns):
        s = zeros[i - 1]
        sign = parity(s)
        for w in range(size):
            coefficients[i, w] = 0
            if w & s == s and inside[w] and star[w] > 0:
                coefficients[i, w] = 1 if parity(w) == sign else -1
        add_subsets(coefficients[i], k)
    return settle(counts, inside, dead, coefficients, zeros, unknowns, rows)


@kernel
def parity(mask: int) -> bool:
    """Is the number of lists in a mask odd?"""
    odd = False
    while mask:
        odd = not odd
        mask &= mask - 1
    return odd


@kernel
def settle(
    counts: Ints, inside: Ints, dead: Ints, coefficients: Ints, zeros: Ints, unknowns: int, rows: Ints
) -> int:
    """The certificate's linear system: equations by elimination, then the signs of what is left free."""
    basis = np.zeros((unknowns, unknowns), np.int64)
    pivots = np.zeros(unknowns, np.int64)
    rank = 0
    for w in range(1, counts.shape[0]):
        if counts[w] == 0 or dead[w] or inside[w]:
            continue
        row = basis[rank]
        for c in range(unknowns):
            row[c] = coefficients[c, w]
        if not reduce_row(row, basis, pivots, rank):
            return UNDECIDED
        pivots[rank] = -1
        for c in range(unknowns):
            if row[c] != 0:
                pivots[rank] = c
                break
        if pivots[rank] < 0:
            continue
        for i in range(rank):
            if not reduce_row(basis[i], basis[rank : rank + 1], pivots[rank : rank + 1], 1):
                return UNDECIDED
        rank += 1
        if rank == unknowns:
            return EXISTS
    free = unknowns - rank
    columns = np.empty(free, np.int64)
    found = 0
    for c in range(unknowns):
        taken = False
        for i in range(rank):
            taken = taken or pivots[i] == c
        if not taken:
            columns[found] = c
            found += 1
    count = 0
    row = np.empty(unknowns, np.int64)
    for w in range(1, counts.shape[0] + unknowns - 1):
        own = w - counts.shape[0]
        if own < 0 and (counts[w] > 0 or dead[w] or inside[w]):
            continue
        for c in range(unknowns):
            row[c] = (1 if c == own + 1 else 0) if own >= 0 else coefficients[c, w]
        if not reduce_row(row, basis, pivots, rank):
            return UNDECIDED
        count += keep_new(row, columns, rows, count)
    return only_zero(rows, count, free) if free <= 3 else UNDECIDED


@kernel
def keep_new(row: Ints, columns: Ints, rows: Ints, count: int) -> int:
    """Write the free columns of a row behind `rows[:count]`, in lowest terms, unless zero or there
    already."""
    common = 0
    for i in range(columns.shape[0]):
        common = math.gcd(common, row[columns[i]])
    if common == 0:
        return 0
    for i in range(columns.shape[0]):
        rows[count, i] = row[columns[i]] // common
    for r in range(count):
        same = True
        for i in range(columns.shape[0]):
            same = same and rows[r, i] == rows[count, i]
        if same:
            return 0
    return 1
