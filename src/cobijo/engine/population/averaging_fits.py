"""Poisson models of pairs of lists and of unequal people, many fitted side by side (used by `averaging`).

The column for unequal people is the cumulant function of their log-odds among those whom nobody saw: normal
(Darroch), Poisson (Poisson2) or a negative gamma (Gamma3.5). Its second derivative at no list is the variance of
those log-odds, which gives a strength of inequality the same meaning in each form.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population.existence import supersets
from cobijo.engine.population.histories import full_counts
from cobijo.engine.population.shape import Histories

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
#: The shapes that inequality may take; "equal" has none.
FORMS = ("equal", "Poisson2", "Darroch", "Gamma3.5")
MOST_STEPS = 60
MOST_ETA = 300.0
SINGULAR = 1e-11  # least eigenvalue of the scaled information of a model whose parameters can be told apart


@dataclass(frozen=True)
class Space:
    """The columns that models choose from, over the cells 1 .. 2^k - 1: intercept, lists, pairs, inequality."""

    pairs: tuple[int, ...]
    shown: Bools  # which pairs anybody is on together
    columns: dict[str, Floats]  # form -> cells x columns
    counts: Floats
    contains: Bools  # pairs x cells
    curvature: dict[str, float]  # form -> variance of log-odds at coefficient 1: second derivative at j = 0
    on_three: int  # people on three lists or more


def on_three(histories: Histories) -> int:
    """How many people are on three lists or more."""
    several = np.bitwise_count(histories.cells) >= 3
    return int(histories.counts[several].sum())


def space_of(histories: Histories) -> Space:
    """All pairs and all forms for these lists."""
    k = len(histories.lists)
    counts = full_counts(histories)
    star = supersets(counts, k)
    pairs = tuple(1 << i | 1 << j for i, j in combinations(range(k), 2))
    cells = np.arange(1, 1 << k)
    seen = (cells[:, None] >> np.arange(k) & 1).astype(np.float64)
    j = seen.sum(axis=1)
    contains = np.array([cells & p == p for p in pairs])
    bends = {
        "equal": np.zeros(cells.size),
        "Poisson2": (2.0**j - 1.0) / 2.0**k,
        "Darroch": j**2 / 2.0 / k**2,
        "Gamma3.5": math.log(3.5) - np.log(3.5 + j),
    }
    base = [np.ones((cells.size, 1)), seen, contains.T.astype(np.float64)]
    columns = {form: np.column_stack([*base, bend]) for form, bend in bends.items()}
    shown = np.array([star[p] > 0 for p in pairs])
    curvature = {"Poisson2": math.log(2.0) ** 2 / 2.0**k, "Darroch": 1.0 / k**2, "Gamma3.5": 3.5**-2}
    return Space(
        pairs, shown, columns, counts[1:].astype(np.float64), contains, curvature, on_three(histories)
    )


def fit_models(
    space: Space, form: str, chosen: Bools, spread: float | None = None
) -> tuple[Floats, Floats, Floats]:
    """Criterion, log hidden people and their variance of several models at once (`chosen`: models x pairs).

    A pair that nobody shows is minus infinity: its cells leave the model, its parameter still counts. The
    criterion is infinite where the fit does not settle or inequality comes out negative. With `spread`, inequality
    is given by the standard deviation of people's log-odds and not fitted.
    """
    fitted = form != "equal" and spread is None
    x, y = space.columns[form], space.counts
    size, width = len(chosen), x.shape[1]
    lists = width - 2 - len(space.pairs)
    used = np.zeros((size, width), bool)
    used[:, : 1 + lists] = True
    used[:, 1 + lists : -1] = chosen & space.shown
    used[:, -1] = fitted
    alive = ~((chosen & ~space.shown).astype(np.int64) @ space.contains.astype(np.int64) > 0)
    given = np.zeros(len(y)) if spread is None else x[:, -1] * spread**2 / space.curvature[form]
    beta, information, settled = newton(x, y, used, alive, given)
    eta = np.clip(beta @ x.T + given, -MOST_ETA, MOST_ETA)
    mean = np.where(alive, np.exp(eta), 0.0)
    likelihood = np.where(alive, y * eta, 0.0).sum(axis=1) - mean.sum(axis=1)
    parameters = 1 + lists + chosen.sum(axis=1)
    criterion = parameters * math.log(y.sum()) - 2.0 * likelihood
    if fitted:
        criterion += math.log(max(space.on_three, 1))
    scale = 1.0 / np.sqrt(np.maximum(np.diagonal(information, axis1=1, axis2=2), 1e-300))
    scaled = information * scale[:, :, None] * scale[:, None, :]
    scaled[~np.isfinite(scaled).all(axis=(1, 2))] = 0.0
    singular = np.linalg.eigvalsh(scaled)[:, 0] < SINGULAR
    bad = ~settled | ~np.isfinite(criterion) | (beta[:, -1] < 0.0) | singular
    information[bad] = np.eye(width)
    variance: Floats = np.asarray(np.linalg.inv(information)[:, 0, 0], np.float64)
    criterion[bad | ~(variance > 0.0) | ~(np.abs(beta[:, 0]) < MOST_ETA)] = np.inf
    return criterion, beta[:, 0], variance


def newton(x: Floats, y: Floats, used: Bools, alive: Bools, given: Floats) -> tuple[Floats, Floats, Bools]:
    """Poisson regressions side by side by iteratively reweighted least squares; a column not used stays 0.

    `given` is the part of the log mean that is not fitted, cell by cell.
    """
    outside = (~used)[:, :, None] * np.eye(x.shape[1])
    both = (used[:, :, None] & used[:, None, :]).astype(np.float64)
    mean = np.where(alive, y + 0.1, 0.0)
    eta = np.broadcast_to(np.log(y + 0.1), alive.shape).copy()
    beta = np.zeros(used.shape)
    information = np.zeros((*used.shape, used.shape[1]))
    settled = np.zeros(len(used), bool)
    left = np.arange(len(used))  # a model that has settled is not fitted again while others have not
    for _ in range(MOST_STEPS):
        weighted = np.matmul(x.T[None] * mean[left, None, :], x[None]) * both[left] + outside[left]
        target = (
            np.where(alive[left], mean[left] * (eta[left] - given) + y - mean[left], 0.0) @ x * used[left]
        )
        lost = ~np.isfinite(weighted).all(axis=(1, 2)) | ~np.isfinite(target).all(axis=1)
        weighted[lost], target[lost] = np.eye(x.shape[1]), 0.0  # never settles: its line jumps to nothing
        try:
            new = np.linalg.solve(weighted, target[:, :, None])[:, :, 0]
        except np.linalg.LinAlgError:
            new = np.stack(
                [np.linalg.lstsq(a, b, rcond=None)[0] for a, b in zip(weighted, target, strict=True)]
            )
        line = np.clip(new @ x.T + given, -MOST_ETA, MOST_ETA)
        moved = np.where(alive[left], np.abs(line - eta[left]), 0.0).max(axis=1)
        information[left], beta[left], eta[left] = weighted, new, line
        mean[left] = np.where(alive[left], np.exp(line), 0.0)
        settled[left] = moved < 1e-7
        left = left[~settled[left]]
        if not left.size:
            break
    return beta, information, settled
