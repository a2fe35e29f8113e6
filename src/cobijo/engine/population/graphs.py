"""Decomposable graphs of up to seven lists, and how well each explains a table with a given number of hidden
people.

A graph is decomposable when its lists can be taken away one by one, each leaving neighbours that all know
each other. Then the probability of a history is the product of p(list and its neighbours) / p(neighbours) in
that order, so that a graph is a short sum over sets of lists with coefficients +1, -1, ..., whatever order is
found.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from cobijo.engine.population.jit import kernel
from cobijo.engine.population.kernels import Floats, Ints

MOST_TERMS = 14  # at most k cliques and k neighbourhoods
NEGLIGIBLE = (
    45.0  # a graph whose best point is so far (in logs) below the best of all adds nothing a double holds
)


@kernel
def decompose(graph: int, k: int, near: Ints, weight: Ints) -> bool:
    """Write the coefficient of each set of lists into `weight` [2^k]; False when the graph is not
    decomposable.

    Bit e of `graph` is the e-th pair (0,1), (0,2), ..., (1,2), ...; `near` [k] is work space.
    """
    near[:] = 0
    weight[:] = 0
    e = 0
    for i in range(k):
        for j in range(i + 1, k):
            if graph >> e & 1:
                near[i] |= 1 << j
                near[j] |= 1 << i
            e += 1
    left = (1 << k) - 1
    while left:
        found = False
        for v in range(k):
            if not left >> v & 1:
                continue
            around = near[v] & left
            full = True
            for u in range(k):
                if around >> u & 1 and (around & ~near[u]) != 1 << u:
                    full = False
                    break
            if full:
                weight[around | 1 << v] += 1
                weight[around] -= 1
                left ^= 1 << v
                found = True
                break
        if not found:
            return False
    return True


@kernel
def enumerate_graphs(k: int, sets: Ints, signs: Ints, graphs: Ints) -> int:
    """Fill rows of `sets` and `signs` (0 ends a row) for every decomposable graph; returns how many there
    are."""
    near, weight = np.zeros(k, np.int64), np.zeros(1 << k, np.int64)
    count = 0
    for graph in range(1 << (k * (k - 1) // 2)):
        if not decompose(graph, k, near, weight):
            continue
        if count < sets.shape[0]:
            terms = 0
            for s in range(1 << k):
                if weight[s] != 0:
                    sets[count, terms] = s
                    signs[count, terms] = weight[s]
                    terms += 1
            graphs[count] = graph
        count += 1
    return count


@lru_cache(maxsize=6)
def graphs_of(k: int) -> tuple[Ints, Ints, Ints]:
    """Sets and coefficients of every decomposable graph of k lists, and the graphs as bits over the pairs.

    >>> [len(graphs_of(k)[2]) for k in (2, 3, 4, 5)]
    [2, 8, 61, 822]
    """
    rows = {2: 2, 3: 8, 4: 61, 5: 822, 6: 18154, 7: 617675}[k]
    sets = np.zeros((rows, MOST_TERMS), np.int64)
    signs, graphs = np.zeros((rows, MOST_TERMS), np.int64), np.zeros(rows, np.int64)
    enumerate_graphs(k, sets, signs, graphs)
    for array in (sets, signs, graphs):
        array.setflags(write=False)
    return sets, signs, graphs


@kernel
def tables_of(counts: Ints, hidden: Ints, delta: float, k: int, constant: Floats, curve: Floats) -> None:
    """For each set of lists the part of its log marginal likelihood that hidden people do not change, and the
    other.

    `constant` [2^k], `curve` [2^k, grid]: log Gamma of the cell "on none of these lists", which takes the
    hidden ones.
    """
    size = 1 << k
    cell = np.zeros(size)
    for s in range(size):
        members = 0
        for j in range(k):
            members += s >> j & 1
        prior = delta * 2.0 ** (k - members)
        cell[:] = 0.0
        for w in range(1, size):
            cell[w & s] += counts[w]
        total = -(2.0**members) * math.lgamma(prior)
        part = s
        while part:
            total += math.lgamma(cell[part] + prior)
            part = (part - 1) & s
        constant[s] = total
        for g in range(hidden.shape[0]):
            curve[s, g] = math.lgamma(cell[0] + hidden[g] + prior)


@kernel
def mix(
    sets: Ints,
    signs: Ints,
    constant: Floats,
    curve: Floats,
    common: Floats,
    posterior: Floats,
    evidence: Floats,
) -> None:
    """Unnormalised posterior over the grid, summed over graphs, and each graph's share of it.

    `common` [grid] is the part of the log posterior that all graphs have; `posterior` and `evidence` are
    filled.
    """
    grid = common.shape[0]
    line = np.empty(grid)
    reference = -np.inf
    posterior[:] = 0.0
    for m in range(sets.shape[0]):
        base = 0.0
        line[:] = common
        for t in range(sets.shape[1]):
            sign = signs[m, t]
            if sign == 0:
                break
            base += sign * constant[sets[m, t]]
            row = curve[sets[m, t]]
            if sign == 1:
                for g in range(grid):
                    line[g] += row[g]
            else:
                for g in range(grid):
                    line[g] += sign * row[g]
        highest = -np.inf
        for g in range(grid):
            highest = max(highest, line[g])
        highest += base
        evidence[m] = -np.inf
        if highest < reference - NEGLIGIBLE:
            continue
        if highest > reference:
            scale = math.exp(reference - highest)
            for g in range(grid):
                posterior[g] *= scale
            reference = highest
        mass = 0.0
        for g in range(grid):
            height = line[g] + base - reference
            if height > -NEGLIGIBLE:
                value = math.exp(height)
                posterior[g] += value
                mass += value
        evidence[m] = reference + math.log(mass) if mass > 0.0 else -np.inf
