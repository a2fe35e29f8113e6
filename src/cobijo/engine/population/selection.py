"""Walks over many tables: threads, and the few answers that need a linear programme or a decision about
infinity."""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population.certificate import EXISTS, MOST_ZEROS, NO_MAXIMUM, UNDECIDED
from cobijo.engine.population.existence import decide, full_model, supersets, unseen_direction
from cobijo.engine.population.loglinear import starting_point
from cobijo.engine.population.shape import Histories
from cobijo.engine.population.walking import walk, walk_many
from cobijo.engine.progress import Progress, silent

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
PIECE = 256  # resamples a thread takes at a time


@dataclass(frozen=True)
class Walked:
    """One walk: how it ended, the interactions in the order they entered with their p-values, the
    parameters."""

    state: int
    added: tuple[int, ...]
    p_values: tuple[float, ...]
    beta: Floats


@lru_cache(maxsize=64)
def candidates_of(k: int, order: int) -> tuple[int, ...]:
    """Masks of the interactions of 2 .. `order` lists, in the order in which ties are broken."""
    sets = (
        s for size in range(2, min(order, k - 1 if k > 2 else 1) + 1) for s in combinations(range(k), size)
    )
    return tuple(sum(1 << j for j in s) for s in sets)


def walk_once(k: int, counts: Counts, candidates: Sequence[int], threshold: float, start: Floats) -> Walked:
    """A walk on one table (2^k counts), the linear programme asked as often as needed."""
    size, p = 1 << k, 1 + k + len(candidates)
    masks = np.array(candidates, np.int64)
    known: list[list[int]] = []
    answers: list[int] = []
    order, p_values = np.full(len(masks) + 1, -1, np.int64), np.zeros(len(masks) + 1)
    inside, beta = np.zeros(size, np.int64), np.zeros(size)
    support = (counts > 0).tobytes()
    while True:
        state = walk(
            counts, masks, threshold, start,
            np.array(known, np.int64).reshape(len(known), len(masks)), np.array(answers, np.int64),
            order, p_values, inside, beta, np.zeros(size, np.int64), np.zeros(size, np.int64),
            np.zeros((1 + MOST_ZEROS, size), np.int64),
            np.zeros((size + MOST_ZEROS, 1 + MOST_ZEROS), np.int64), np.zeros(size), np.zeros((p, p)), np.zeros(p), k,
        )  # fmt: skip
        if state != UNDECIDED:
            break
        known.append([int(inside[m]) for m in candidates])
        answers.append(decide(k, support, full_model(k, np.flatnonzero(inside).tolist())))
    added = [int(q) for q in order if q >= 0]
    return Walked(state, tuple(candidates[q] for q in added), tuple(p_values[: len(added)].tolist()), beta)


def starting(k: int, counts: Counts) -> Floats:
    """Parameters from which the fits of a table and of its resamples start."""
    return starting_point(supersets(counts, k), k)


@dataclass(frozen=True)
class Many:
    """Totals of many tables: infinite where nothing bounds the hidden people, NaN where nothing can be
    said."""

    totals: Floats
    by_programme: int  # tables for which the certificate was not enough
    unbounded: int
    unclear: int
    mean_interactions: float


def walk_tables(
    histories: Histories,
    tables: Counts,
    candidates: Sequence[int],
    threshold: float,
    start: Floats,
    *,
    threads: int = 1,
    progress: Progress | None = None,
) -> Many:
    """Walk on each row of `tables` (counts of `histories.cells`); the answer does not depend on `threads`."""
    k, rows = len(histories.lists), len(tables)
    cells, masks = histories.cells.astype(np.int64), np.array(candidates, np.int64)
    totals, states, sizes = np.empty(rows), np.empty(rows, np.int64), np.empty(rows, np.int64)
    report = progress or silent

    def piece(first: int) -> int:
        part = slice(first, first + PIECE)
        walk_many(tables[part], cells, masks, threshold, start, k, totals[part], states[part], sizes[part])
        return first

    report("population.resampling", 0, rows)
    if threads > 1:
        with ThreadPoolExecutor(threads) as pool:
            for first in pool.map(piece, range(0, rows, PIECE)):
                report("population.resampling", min(first + PIECE, rows), rows)
    else:
        for first in range(0, rows, PIECE):
            report("population.resampling", min(piece(first) + PIECE, rows), rows)
    undecided = np.flatnonzero(states == UNDECIDED)
    for b in undecided.tolist():
        counts = np.zeros(1 << k, np.int64)
        counts[cells] = tables[b]
        walked = walk_once(k, counts, candidates, threshold, start)
        states[b], sizes[b] = walked.state, len(walked.added)
        totals[b] = int(tables[b].sum()) + math.exp(walked.beta[0]) if walked.state == EXISTS else math.nan
    for b in np.flatnonzero(states == NO_MAXIMUM).tolist():
        totals[b] = limit(k, cells, tables[b])
    return Many(
        totals,
        len(undecided),
        int(np.isinf(totals).sum()),
        int(np.isnan(totals).sum()),
        float(sizes.mean()) if rows else 0.0,
    )


def limit(k: int, cells: Counts, counts: Counts) -> float:
    """The total that a table without a maximum under independence tends to: infinite, those observed, or
    NaN."""
    support = np.zeros(1 << k, np.bool_)
    support[cells] = counts > 0
    direction = unseen(k, support.tobytes())
    if direction > 0:
        return math.inf
    return float(counts.sum()) if direction < 0 else math.nan


@lru_cache(maxsize=4096)
def unseen(k: int, support: bytes) -> int:
    """Where the unseen cell goes under independence, by which cells are occupied."""
    occupied = np.frombuffer(support, np.bool_)
    return unseen_direction(k, occupied, full_model(k, []))
