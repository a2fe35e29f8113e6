"""Many log-linear models at once, weighed by how well they explain the table: pairs of lists that depend on each
other, with and without people who are unequally easy to find.

A model of pairs alone takes everybody as equally easy to find, and is then too low where they are not; a model of
unequal people alone takes lists as independent. Here both may hold together: list effects, any pairs, and at most
one column in the number of lists j that stands for unequal people (Darroch, Fienberg, Glonek and Junker 1993, JASA
88; Rivest and Baillargeon 2007, Biometrics 63). Unequal people can only bend the log mean upwards, so that a model
whose column comes out negative is left out. The models are weighed by exp(-BIC / 2) (Raftery 1995, Sociological
Methodology 25), those more than `WINDOW` times less likely than the best are dropped (Madigan and Raftery 1994,
JASA 89).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population import bic
from cobijo.engine.population.existence import check, recession, supersets
from cobijo.engine.population.histories import full_counts
from cobijo.engine.population.shape import Histories

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
#: The shapes that inequality may take; "equal" has none.
FORMS = ("equal", "Poisson2", "Darroch", "Gamma3.5")
WINDOW = 20.0
#: Unequal people show in how the counts bend from one list to two to three: without this many people on three
#: lists or more nothing tells how strongly, and the column is not fitted.
LEAST_ON_THREE = 7
MOST_STEPS = 60
STARTS = 60  # best models of pairs that are looked at
WALKS = 3  # of these, so many start a walk
MOST_ETA = 300.0
SINGULAR = 1e-11  # least eigenvalue of the scaled information of a model whose parameters can be told apart


@dataclass(frozen=True)
class Model:
    """One fitted model: its form of inequality, its pairs (masks of lists), criterion, log hidden people, the
    log-normal standard deviation of the hidden people, and its weight among the models kept."""

    form: str
    pairs: tuple[int, ...]
    criterion: float
    log_hidden: float
    deviation: float
    weight: float = 0.0


@dataclass(frozen=True)
class Space:
    """The columns that models choose from, over the cells 1 .. 2^k - 1: intercept, lists, pairs, inequality."""

    pairs: tuple[int, ...]
    shown: Bools  # which pairs anybody is on together
    columns: dict[str, Floats]  # form -> cells x columns
    counts: Floats
    contains: Bools  # pairs x cells


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
    return Space(pairs, shown, columns, counts[1:].astype(np.float64), contains)


def fit_models(space: Space, form: str, chosen: Bools) -> tuple[Floats, Floats, Floats]:
    """Criterion, log hidden people and their variance of several models at once (`chosen`: models x pairs).

    A pair that nobody shows is minus infinity: its cells leave the model, its parameter still counts. The
    criterion is infinite where the fit does not settle or inequality comes out negative.
    """
    x, y = space.columns[form], space.counts
    size, width = len(chosen), x.shape[1]
    lists = width - 2 - len(space.pairs)
    used = np.zeros((size, width), bool)
    used[:, : 1 + lists] = True
    used[:, 1 + lists : -1] = chosen & space.shown
    used[:, -1] = form != "equal"
    alive = ~((chosen & ~space.shown).astype(np.int64) @ space.contains.astype(np.int64) > 0)
    beta, information, settled = newton(x, y, used, alive)
    eta = np.clip(beta @ x.T, -MOST_ETA, MOST_ETA)
    mean = np.where(alive, np.exp(eta), 0.0)
    likelihood = np.where(alive, y * eta, 0.0).sum(axis=1) - mean.sum(axis=1)
    parameters = 1 + lists + chosen.sum(axis=1) + (form != "equal")
    criterion = parameters * math.log(y.sum()) - 2.0 * likelihood
    scale = 1.0 / np.sqrt(np.maximum(np.diagonal(information, axis1=1, axis2=2), 1e-300))
    scaled = information * scale[:, :, None] * scale[:, None, :]
    scaled[~np.isfinite(scaled).all(axis=(1, 2))] = 0.0
    singular = np.linalg.eigvalsh(scaled)[:, 0] < SINGULAR
    bad = ~settled | ~np.isfinite(criterion) | (beta[:, -1] < 0.0) | singular
    information[bad] = np.eye(width)
    variance: Floats = np.asarray(np.linalg.inv(information)[:, 0, 0], np.float64)
    criterion[bad | ~(variance > 0.0) | ~(np.abs(beta[:, 0]) < MOST_ETA)] = np.inf
    return criterion, beta[:, 0], variance


def newton(x: Floats, y: Floats, used: Bools, alive: Bools) -> tuple[Floats, Floats, Bools]:
    """Poisson regressions side by side by iteratively reweighted least squares; a column not used stays 0."""
    outside = (~used)[:, :, None] * np.eye(x.shape[1])
    both = (used[:, :, None] & used[:, None, :]).astype(np.float64)
    mean = np.where(alive, y + 0.1, 0.0)
    eta = np.broadcast_to(np.log(y + 0.1), alive.shape).copy()
    beta = np.zeros(used.shape)
    information = np.zeros((*used.shape, used.shape[1]))
    settled = np.zeros(len(used), bool)
    for _ in range(MOST_STEPS):
        information = np.matmul(x.T[None] * mean[:, None, :], x[None]) * both + outside
        target = np.where(alive, mean * eta + y - mean, 0.0) @ x * used
        try:
            new = np.linalg.solve(information, target[:, :, None])[:, :, 0]
        except np.linalg.LinAlgError:
            new = np.stack(
                [np.linalg.lstsq(a, b, rcond=None)[0] for a, b in zip(information, target, strict=True)]
            )
        line = np.clip(new @ x.T, -MOST_ETA, MOST_ETA)
        moved = np.where(alive, np.abs(line - eta), 0.0).max(axis=1)
        beta, eta = new, line
        mean = np.where(alive, np.exp(eta), 0.0)
        settled = moved < 1e-7
        if settled.all():
            break
    return beta, information, settled


def search(space: Space, form: str, starts: Sequence[int]) -> dict[int, tuple[float, float, float]]:
    """Every model met on the ways down: bits over the pairs -> criterion, log hidden people, variance.

    From each start to its best neighbour (one pair more or less) until none is better. The starts themselves
    are all fitted; only the first few are walked from.
    """
    number = len(space.pairs)
    visited: dict[int, tuple[float, float, float]] = {}

    def visit(models: Sequence[int]) -> None:
        fresh = sorted(set(models) - visited.keys())
        if fresh:
            chosen = np.array([[m >> q & 1 for q in range(number)] for m in fresh], bool)
            columns = [v.tolist() for v in fit_models(space, form, chosen)]
            visited.update(zip(fresh, zip(*columns, strict=True), strict=True))

    visit(starts)
    for here in starts[:WALKS]:
        while True:
            around = [here, *(here ^ 1 << q for q in range(number))]
            visit(around)
            best = min(around, key=lambda m: (visited[m][0], m))
            if best == here or not math.isfinite(visited[best][0]):
                break
            here = best
    return visited


def average(histories: Histories) -> tuple[Model, ...]:
    """The models within the window of the best of their belief, likeliest first; weights sum to one over all.

    Belief: with a column for unequal people (where `LEAST_ON_THREE` are on three lists), or without. Empty where no
    model exists.

    >>> from cobijo.engine.datasets import load
    >>> best = average(load("UKdat_5"))[0]
    >>> best.form, 0 < best.weight <= 1
    ('equal', True)
    """
    space = space_of(histories)
    equal = [int(m) for m in bic.search(histories, 2, STARTS).models]
    kept: list[Model] = []
    for forms in (("equal",), FORMS[1:]) if on_three(histories) >= LEAST_ON_THREE else (("equal",),):
        found: list[Model] = []
        for form in forms:
            starts = equal if form == "equal" else [0, *equal[: WALKS - 1]]
            for bits, (criterion, log_hidden, variance) in search(space, form, starts).items():
                if math.isfinite(criterion):
                    pairs = tuple(p for q, p in enumerate(space.pairs) if bits >> q & 1)
                    spread = math.sqrt(math.log1p(variance + math.exp(-log_hidden)))
                    found.append(Model(form, pairs, criterion, log_hidden, spread))
        kept += in_window(histories, space, found)
    kept.sort(key=order)
    raw = [math.exp((kept[0].criterion - one.criterion) / 2.0) for one in kept]
    return tuple(replace(one, weight=w / sum(raw)) for one, w in zip(kept, raw, strict=True))


def on_three(histories: Histories) -> int:
    """How many people are on three lists or more."""
    several = np.bitwise_count(histories.cells) >= 3
    return int(histories.counts[several].sum())


def in_window(histories: Histories, space: Space, found: Sequence[Model]) -> list[Model]:
    """The models that exist and are at most `WINDOW` times less likely than the best that does."""
    kept: list[Model] = []
    for one in sorted(found, key=order):
        if kept and one.criterion - kept[0].criterion > 2.0 * math.log(WINDOW):
            break
        if exists(histories, space, one):
            kept.append(one)
    return kept


def order(model: Model) -> tuple[float, str, tuple[int, ...]]:
    """Likeliest first, ties always alike."""
    return model.criterion, model.form, model.pairs


def exists(histories: Histories, space: Space, model: Model) -> bool:
    """Does the likelihood have a maximum? By the certificate for pairs alone, else by rank and linear programme."""
    if model.form == "equal":
        return check(histories, model.pairs).exists
    chosen = np.array([p in model.pairs for p in space.pairs])
    alive = ~space.contains[chosen & ~space.shown].any(axis=0)
    lists = len(histories.lists)
    columns = np.concatenate([np.ones(1 + lists, bool), chosen & space.shown, np.ones(1, bool)])
    x = space.columns[model.form][alive][:, columns]
    support = space.counts[alive] > 0
    x = x / np.abs(x).max(axis=0)
    if np.linalg.matrix_rank(x) < x.shape[1]:
        return False
    if np.linalg.matrix_rank(x[support]) == x.shape[1] and support.all():
        return True
    return not np.any(recession(x, support))
