"""The best of many log-linear models by the Bayesian information criterion, with a bootstrap among the best.

Silverman, Chan and Vincent (2024, J. R. Stat. Soc. A): all hierarchical models up to an order are fitted, the
best `top` are kept, and each resample chooses among them by its own criterion. Where there are too many
models to fit them all, a downhill search over neighbours (one interaction more or less) takes the place of
the enumeration.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population import bootstrap
from cobijo.engine.population.certificate import UNDECIDED
from cobijo.engine.population.existence import check, decide, full_model
from cobijo.engine.population.histories import full_counts, lists_without_overlap
from cobijo.engine.population.loglinear import UNINFORMATIVE, Refusal, model_names, refusal
from cobijo.engine.population.scoring import best_of, score_models
from cobijo.engine.population.selection import candidates_of, starting
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.engine.progress import Progress, silent
from cobijo.errors import WrongUsage

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]
MOST_MODELS = 40_000  # up to here every model is fitted
MOST_CANDIDATES = 62  # interactions that one bit mask holds
PIECE = 64


@dataclass(frozen=True)
class Scored:
    """Models as bit masks over the candidates, best first, with criterion (factorials included), total,
    parameters."""

    candidates: tuple[int, ...]
    models: Counts
    criteria: Floats
    totals: Floats
    betas: Floats
    tried: int
    enumerated: bool

    def effects(self, place: int) -> list[int]:
        """Masks of the interactions of one model."""
        model = int(self.models[place])
        return [mask for q, mask in enumerate(self.candidates) if model >> q & 1]


def enumerate_models(k: int, order: int) -> Counts | None:
    """Every hierarchical model up to an order as bit masks over `candidates_of`, or None when there are too
    many.

    Models of pairs come in Gray code order: neighbours differ by one pair, so that each fit starts near its
    end.

    >>> len(enumerate_models(4, 3)), enumerate_models(10, 2)
    (113, None)
    """
    candidates = candidates_of(k, order)
    pairs = sum(mask.bit_count() == 2 for mask in candidates)
    if 1 << pairs > MOST_MODELS:
        return None
    codes = np.arange(1 << pairs, dtype=np.int64)
    models = (codes ^ codes >> 1).tolist()
    for size in range(3, order + 1):
        places = [q for q, mask in enumerate(candidates) if mask.bit_count() == size]
        below = {q: parts(candidates, q) for q in places}
        grown: list[int] = []
        for model in models:
            free = [q for q in places if model & below[q] == below[q]]
            if len(grown) + (1 << len(free)) > MOST_MODELS:
                return None
            grown += [
                model | sum(1 << q for q in some)
                for n in range(len(free) + 1)
                for some in combinations(free, n)
            ]
        models = grown
    return np.array(models, np.int64)


def parts(candidates: Sequence[int], q: int) -> int:
    """The interactions one list smaller that a candidate needs, as bits over the candidates."""
    mask = candidates[q]
    return sum(
        1 << i for i, m in enumerate(candidates) if m & mask == m and m.bit_count() == mask.bit_count() - 1
    )


def score(histories: Histories, models: Counts, candidates: Sequence[int]) -> tuple[Floats, Floats, Floats]:
    """Criterion, total and parameters of each model; infinite criterion where it has no maximum."""
    k, counts = len(histories.lists), full_counts(histories)
    masks = np.array(candidates, np.int64)
    criteria, totals, states = np.empty(len(models)), np.empty(len(models)), np.empty(len(models), np.int64)
    betas = np.zeros((len(models), 1 << k))
    start = starting(k, counts)[None]
    known = np.full(len(models), -1, np.int64)
    score_models(counts, masks, models, known, start, k, criteria, totals, states, betas)
    open_ones = np.flatnonzero(states == UNDECIDED)
    if open_ones.size:
        support = (counts > 0).tobytes()
        verdicts = [decide(k, support, full_model(k, chosen(candidates, int(models[m])))) for m in open_ones]
        part = [np.empty(open_ones.size), np.empty(open_ones.size), np.empty((open_ones.size, 1 << k))]
        score_models(
            counts, masks, models[open_ones], np.array(verdicts, np.int64), start, k,
            part[0], part[1], np.empty(open_ones.size, np.int64), part[2],
        )  # fmt: skip
        criteria[open_ones], totals[open_ones], betas[open_ones] = part
    factorials = 2.0 * sum(math.lgamma(n + 1.0) for n in histories.counts.tolist())
    return criteria + factorials, totals, betas


def chosen(candidates: Sequence[int], model: int) -> list[int]:
    """Masks of the interactions in a model."""
    return [mask for q, mask in enumerate(candidates) if model >> q & 1]


def search(histories: Histories, order: int = 2, top: int = 10) -> Scored:
    """The best models: all of them fitted where that is possible, else a downhill search from
    independence."""
    k = len(histories.lists)
    candidates = candidates_of(k, order)
    if len(candidates) > MOST_CANDIDATES:
        raise WrongUsage("population.order_too_high", order=order, lists=k)
    models = enumerate_models(k, order)
    if models is not None:
        criteria, totals, betas = score(histories, models, candidates)
        tried = len(models)
    else:
        visited = downhill(histories, candidates)
        tried = len(visited)
        best = sorted(visited, key=lambda model: (visited[model], model))[:top]
        criteria, totals, betas = score(histories, np.array(best, np.int64), candidates)
        enumerated = np.array(best, np.int64)
    everything = models if models is not None else enumerated
    order_of = np.lexsort((everything, criteria))
    keep = order_of[np.isfinite(criteria[order_of])][:top]
    return Scored(
        candidates, everything[keep], criteria[keep], totals[keep], betas[keep], tried, models is not None
    )


def downhill(histories: Histories, candidates: Sequence[int]) -> dict[int, float]:
    """Criterion of every model met on the way down from independence, each step to the best neighbour."""
    needs = [parts(candidates, q) if candidates[q].bit_count() > 2 else 0 for q in range(len(candidates))]
    visited: dict[int, float] = {}
    here = 0
    visited[here] = float(score(histories, np.array([here]), candidates)[0][0])
    while True:
        around = []
        for q in range(len(candidates)):
            other = here ^ 1 << q
            fits = all(other & needs[i] == needs[i] for i in range(len(candidates)) if other >> i & 1)
            if fits and other not in visited:
                around.append(other)
        if around:
            criteria = score(histories, np.array(around, np.int64), candidates)[0]
            visited.update(zip(around, criteria.tolist(), strict=True))
        best = min(visited, key=lambda model: (visited[model], model))
        if best == here or not math.isfinite(visited[best]):
            return visited
        here = best


def choose_in(
    histories: Histories, tables: Counts, scored: Scored, threads: int = 1, progress: Progress | None = None
) -> Floats:
    """Totals of tables, each by its own best model among those kept; NaN where none has a maximum."""
    k, rows = len(histories.lists), len(tables)
    cells, masks = histories.cells.astype(np.int64), np.array(scored.candidates, np.int64)
    totals, states, best = np.empty(rows), np.empty(rows, np.int64), np.empty(rows, np.int64)
    # one model needs a second row too: a single row of starts means "go on where the last model ended"
    models = scored.models if len(scored.models) > 1 else np.repeat(scored.models, 2)
    starts = scored.betas if len(scored.models) > 1 else np.repeat(scored.betas, 2, axis=0)
    report = progress or silent
    none = np.zeros((0, len(models)), np.int64)

    def piece(first: int) -> int:
        part = slice(first, first + PIECE)
        best_of(tables[part], cells, masks, models, none, starts, k, totals[part], states[part], best[part])
        return first

    with ThreadPoolExecutor(threads) as pool:
        for first in pool.map(piece, range(0, rows, PIECE)):
            report("population.resampling", min(first + PIECE, rows), rows)
    for b in np.flatnonzero(states == UNDECIDED).tolist():
        counts = np.zeros(1 << k, np.int64)
        counts[cells] = tables[b]
        support = (counts > 0).tobytes()
        known = [decide(k, support, full_model(k, chosen(scored.candidates, int(m)))) for m in models]
        part = slice(b, b + 1)
        best_of(
            tables[part], cells, masks, models, np.array([known], np.int64), starts, k,
            totals[part], states[part], best[part],
        )  # fmt: skip
    return totals


def fit(
    histories: Histories,
    *,
    level: float = 0.95,
    resamples: int | NDArray[np.int64] | str | Path = 1000,
    order: int = 2,
    top: int = 10,
    seed: int = 0,
    threads: int = 1,
    ties: str = "mid",
    progress: Progress | None = None,
) -> Estimate:
    """The estimate of the best model, and a BCa interval in which every resample chooses among the best
    `top`.

    >>> from cobijo.engine.datasets import load
    >>> round(fit(load("UKdat_5"), resamples=100).total)
    22991
    """
    bootstrap.check_settings(resamples, ties, order, threads)
    if top < 1:
        raise WrongUsage("population.top", top=top)
    observed, lists = histories.observed, histories.lists
    scored = search(histories, order, top)

    def refused(why: Refusal, found: dict[str, object] | None = None) -> Estimate:
        return Estimate(
            "bic", observed, None, None, level, lists, refused=why, diagnostics=found or {}, seed=seed
        )

    if not len(scored.models):
        answer = check(histories, [])
        return refused(refusal(histories, answer.state, answer.causes))
    point = float(scored.totals[0])
    found = facts(histories, scored)
    lonely = ", ".join(lists_without_overlap(histories) or lists)
    left_out = choose_in(histories, histories.counts - np.eye(len(histories.counts), dtype=np.int64), scored)
    if not np.all(np.isfinite(left_out)):
        return refused(("population.one_person_decides", {"causes": lonely}), {**found, "point": point})
    drawn = isinstance(resamples, int)
    tables = bootstrap.tables(histories, resamples, seed)
    totals = choose_in(histories, tables, scored, threads, progress)
    usable = totals[np.isfinite(totals)]
    if len(usable) < 0.95 * len(totals):
        share = round(100 * (1 - len(usable) / len(totals)))
        return refused(("population.resamples_unclear", {"share": share}), {**found, "point": point})
    probabilities = (0.5 - level / 2.0, 0.5 + level / 2.0)
    accelerated = bootstrap.acceleration(left_out, histories.counts)
    interval = bootstrap.bca(point, usable, accelerated, probabilities, ties=ties, seed=seed)
    if interval.limits[1] > UNINFORMATIVE * observed:
        return refused(("population.interval_unbounded", {"causes": lonely}), {**found, "point": point})
    return Estimate(
        method="bic",
        observed=observed,
        total=point,
        interval=(max(interval.limits[0], float(observed)), interval.limits[1]),
        level=level,
        lists=lists,
        model=model_names(histories, full_model(len(lists), scored.effects(0))),
        diagnostics={
            **found,
            "interval": "bca",
            "resamples": len(totals),
            "resamples_dropped": len(totals) - len(usable),
            "bias": interval.bias,
            "acceleration": interval.acceleration,
        },
        monte_carlo_error=(interval.errors[0], interval.errors[1]),
        seed=seed if drawn else None,
    )


def facts(histories: Histories, scored: Scored) -> dict[str, object]:
    """The models kept, and how far apart their answers are."""
    best = [
        {
            "interactions": list(model_names(histories, scored.effects(i))),
            "bic": float(scored.criteria[i]),
            "total": float(scored.totals[i]),
        }
        for i in range(len(scored.models))
    ]
    totals = scored.totals[scored.criteria <= scored.criteria[0] + 2.0]
    return {
        "best": best,
        "models_tried": scored.tried,
        "all_models": scored.enumerated,
        "disagreement_within_2": float(totals.max() / totals.min()),
    }
