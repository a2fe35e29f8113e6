"""Is there a most likely population at all? An exact answer, and the lists or pairs that stand in its way.

The likelihood of a log-linear model has its maximum at finite parameters unless some direction makes cells
nobody is in less and less likely without touching the others (Fienberg and Rinaldo 2012, Annals of Statistics
40; Chan, Silverman and Vincent 2021). Written in the cells instead of the parameters, that direction has one
unknown for the unseen cell and one for each effect S of the model that nobody shows alone; every remaining
cell w outside the model gives `z_0 (1 - chi(w)) + sum z_S c_S(w)`, which is 0 where somebody is and at least
0 where nobody is. The coefficients are whole numbers, so elimination and signs decide it exactly
(`kernels.settle`). Where more than three unknowns stay free, a linear programme decides. The answer depends
on which cells are empty and on the model alone, so it is remembered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population.certificate import (
    EXISTS,
    MOST_ZEROS,
    NO_MAXIMUM,
    NOT_IDENTIFIED,
    UNDECIDED,
    verdict,
)
from cobijo.engine.population.histories import effect_name, full_counts
from cobijo.engine.population.shape import Histories


@dataclass(frozen=True)
class Verdict:
    """`state` is EXISTS, NO_MAXIMUM or NOT_IDENTIFIED; `causes` are the effects that stand in the way
    ("A:B")."""

    state: int
    causes: tuple[str, ...] = ()

    @property
    def exists(self) -> bool:
        """May the model be fitted?"""
        return self.state == EXISTS


def check(histories: Histories, effects: Sequence[int]) -> Verdict:
    """The verdict on a hierarchical model (bit masks of its effects; the main effects are always in).

    >>> from cobijo.engine.population.histories import from_masks
    >>> check(from_masks(["a", "b"], [1, 2], [10, 20]), []).causes
    ('a', 'b')
    """
    k = len(histories.lists)
    model = full_model(k, effects)
    support = full_counts(histories) > 0
    state = decide(k, support.tobytes(), model)
    if state == EXISTS:
        return Verdict(state)
    columns, cells = design(k, support, model)
    direction = recession(columns, support[cells]) if state == NO_MAXIMUM else null_direction(columns)
    finite = finite_effects(k, support, model)
    causes = [
        effect_name(s, histories.lists) for s, z in zip(finite, direction, strict=True) if s and abs(z) > 1e-9
    ]
    return Verdict(state, tuple(causes))


def full_model(k: int, effects: Sequence[int]) -> tuple[int, ...]:
    """The effects and everything below them, main effects included, ascending."""
    closed = {1 << j for j in range(k)}
    for mask in effects:
        part = mask
        while part:
            closed.add(part)
            part = (part - 1) & mask
    return tuple(sorted(closed))


@lru_cache(maxsize=65536)
def decide(k: int, support: bytes, model: tuple[int, ...]) -> int:
    """The certificate, and the linear programme where it is undecided; `support` is one boolean per cell."""
    state = certificate(k, np.frombuffer(support, np.bool_), model)
    if state != UNDECIDED:
        return state
    return by_programme(k, np.frombuffer(support, np.bool_), model)


def certificate(k: int, support: NDArray[np.bool_], model: tuple[int, ...]) -> int:
    """What integer elimination says; UNDECIDED where more than three unknowns stay free."""
    size = 1 << k
    counts = support.astype(np.int64)
    inside = np.zeros(size, np.int64)
    inside[list(model)] = 1
    return verdict(
        counts,
        supersets(counts, k),
        inside,
        np.zeros(size, np.int64),
        np.zeros((1 + MOST_ZEROS, size), np.int64),
        np.zeros((size + MOST_ZEROS, 1 + MOST_ZEROS), np.int64),
        k,
    )


def by_programme(k: int, support: NDArray[np.bool_], model: tuple[int, ...]) -> int:
    """The same question as a rank and a linear programme, from the definition (used where the certificate
    stops)."""
    columns, cells = design(k, support, model)
    if np.linalg.matrix_rank(columns) < columns.shape[1]:
        return NOT_IDENTIFIED
    return NO_MAXIMUM if np.any(recession(columns, support[cells])) else EXISTS


def recession(
    columns: NDArray[np.float64], occupied: NDArray[np.bool_], toward: int = 0
) -> NDArray[np.float64]:
    """A direction z with (columns z) = 0 on occupied cells and >= 0 on empty ones, not all 0; zeros if there
    is none.

    Scaled so that no empty cell exceeds 1. With `toward` = +1 or -1 the direction that moves the first
    parameter furthest up or down.
    """
    from scipy.optimize import linprog

    full, empty = columns[occupied], columns[~occupied]
    if not len(empty):
        return np.zeros(columns.shape[1])
    goal = -empty.sum(axis=0)
    if toward:
        goal = np.zeros(columns.shape[1])
        goal[0] = -toward
    answer = linprog(
        goal,
        A_ub=np.vstack([-empty, empty]),
        b_ub=np.concatenate([np.zeros(len(empty)), np.ones(len(empty))]),
        A_eq=full if len(full) else None,
        b_eq=np.zeros(len(full)) if len(full) else None,
        bounds=(None, None),
        method="highs",
    )
    if answer.x is None or -float(answer.fun) < 1e-6:
        return np.zeros(columns.shape[1])
    found: NDArray[np.float64] = np.asarray(answer.x, np.float64)
    return found


def unseen_direction(k: int, support: NDArray[np.bool_], model: tuple[int, ...]) -> int:
    """Where the likelihood pushes the unseen cell of a model without a maximum: +1 to infinity, -1 to nobody,
    0 unclear."""
    columns, cells = design(k, support, model)
    up = recession(columns, support[cells], -1)[0] < 0  # likelihood grows against z
    down = recession(columns, support[cells], 1)[0] > 0
    return int(up) - int(down)


def design(
    k: int, support: NDArray[np.bool_], model: Sequence[int]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Columns of the finite effects (the intercept first) over the cells that are not dead, and those
    cells."""
    star = supersets(support.astype(np.int64), k)
    missing = [s for s in model if star[s] == 0]
    cells = np.array([w for w in range(1, 1 << k) if not any(w & s == s for s in missing)], np.int64)
    finite = finite_effects(k, support, model)
    columns = np.array([[float(w & s == s) for s in finite] for w in cells.tolist()]).reshape(
        len(cells), len(finite)
    )
    return columns, cells


def finite_effects(k: int, support: NDArray[np.bool_], model: Sequence[int]) -> list[int]:
    """The intercept (0) and the effects of the model that somebody shows."""
    star = supersets(support.astype(np.int64), k)
    return [0, *(s for s in model if star[s] > 0)]


def null_direction(columns: NDArray[np.float64]) -> NDArray[np.float64]:
    """A combination of the columns that is zero everywhere; none of it is identified."""
    _, _, right = np.linalg.svd(columns, full_matrices=True)
    direction: NDArray[np.float64] = right[-1]
    return direction


def supersets(counts: NDArray[np.int64], k: int) -> NDArray[np.int64]:
    """How many are on all lists of each mask."""
    sums = counts.copy()
    for j in range(k):
        halves = sums.reshape(-1, 2, 1 << j)
        halves[:, 0] += halves[:, 1]
    return sums
