"""Stepwise selection of which lists depend on which, with a bias-corrected and accelerated bootstrap
interval.

Silverman (2014, Home Office); Chan, Silverman and Vincent (2021, JASA 116). Interactions enter while the
fitted model explains some overlap worse than the threshold allows; the whole selection is repeated in every
resample.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population import bootstrap
from cobijo.engine.population.certificate import EXISTS
from cobijo.engine.population.existence import check, full_model
from cobijo.engine.population.histories import effect_name, full_counts, lists_without_overlap
from cobijo.engine.population.loglinear import UNINFORMATIVE, Refusal, model_names, refusal
from cobijo.engine.population.selection import (
    Many,
    Walked,
    candidates_of,
    starting,
    walk_once,
    walk_tables,
)
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.engine.progress import Progress
from cobijo.errors import WrongUsage

MOST_UNCLEAR = 0.05  # share of resamples without an estimate beyond which there is no interval
MOST_ROUNDS = 10  # times the number of resamples may double to bring the Monte Carlo error down


@dataclass(frozen=True)
class Setting:
    """What the selection and its bootstrap were asked for."""

    level: float
    threshold: float
    order: int
    seed: int
    threads: int
    ties: str
    interval: str
    progress: Progress | None


def fit(
    histories: Histories,
    *,
    level: float = 0.95,
    resamples: int | NDArray[np.int64] | str | Path = 1000,
    threshold: float = 0.02,
    order: int = 2,
    seed: int = 0,
    threads: int = 1,
    ties: str = "mid",
    interval: str = "bca",
    error_below: float | None = None,
    progress: Progress | None = None,
) -> Estimate:
    """Select, estimate, and put a bootstrap interval around it: `interval` "bca" (the default) or "percentile".

    `resamples`: how many to draw, or those drawn elsewhere (array in the order of `histories.cells`, or a
    file, see `bootstrap.given`). `order`: the largest interactions that may enter. `ties`: see
    `bootstrap.bca`. `error_below`: draw on until the Monte Carlo error of both limits is below this share of
    them. `threads` changes nothing but the time.

    >>> from cobijo.engine.datasets import load
    >>> answer = fit(load("UKdat_5"), resamples=200, seed=1)
    >>> round(answer.total), answer.diagnostics["selected"][0]["effect"]
    (11313, 'LA:NG')
    """
    check_usage(level, threshold, order, ties, resamples, threads)
    if interval not in ("bca", "percentile"):
        raise WrongUsage("population.interval_unknown", interval=interval, intervals="bca, percentile")
    if error_below is not None and not 0.0 < error_below < 1.0:
        raise WrongUsage("population.error_below", error=error_below)
    setting = Setting(level, threshold, order, seed, threads, ties, interval, progress)
    k = len(histories.lists)
    counts, candidates = full_counts(histories), candidates_of(k, order)
    start = starting(k, counts)
    walked = walk_once(k, counts, candidates, threshold, start)
    if walked.state != EXISTS:
        answer = check(histories, [])
        why = refusal(histories, answer.state, answer.causes)
        return refused(
            histories, setting, why if not answer.exists else ("population.no_convergence", {"model": ""})
        )
    point = histories.observed + math.exp(min(walked.beta[0], 690.0))
    if point > UNINFORMATIVE * histories.observed:
        return refused(
            histories, setting, ("population.interval_unbounded", {"causes": ", ".join(histories.lists)})
        )
    start = walk_once(k, counts, (), 0.0, start).beta  # near the main effects of every resample
    left_out = walk_tables(
        histories,
        histories.counts - np.eye(len(histories.counts), dtype=np.int64),
        candidates,
        threshold,
        start,
    ).totals
    found = facts(histories, walked, threshold)
    if not np.all(np.isfinite(left_out)):
        alone = [
            int(c) for c, total in zip(histories.cells, left_out, strict=True) if not math.isfinite(total)
        ]
        causes = {"causes": ", ".join(effect_name(c, histories.lists) for c in alone)}
        return refused(
            histories, setting, ("population.one_person_decides", causes), {**found, "point": point}
        )
    accelerated = bootstrap.acceleration(left_out, histories.counts)
    return with_interval(histories, setting, walked, point, accelerated, found, resamples, error_below, start)


def with_interval(
    histories: Histories,
    setting: Setting,
    walked: Walked,
    point: float,
    accelerated: float,
    found: Mapping[str, object],
    resamples: int | NDArray[np.int64] | str | Path,
    error_below: float | None,
    start: NDArray[np.float64],
) -> Estimate:
    """Resample, and again with twice as many while the Monte Carlo error asked for is not reached."""
    candidates = candidates_of(len(histories.lists), setting.order)
    probabilities = (0.5 - setting.level / 2.0, 0.5 + setting.level / 2.0)
    for rounds in range(MOST_ROUNDS + 1):
        drawn = isinstance(resamples, int)
        tables = bootstrap.tables(
            histories, resamples << rounds if isinstance(resamples, int) else resamples, setting.seed
        )
        many = walk_tables(
            histories,
            tables,
            candidates,
            setting.threshold,
            start,
            threads=setting.threads,
            progress=setting.progress,
        )
        usable = many.totals[~np.isnan(many.totals)]
        if len(usable) < (1.0 - MOST_UNCLEAR) * len(many.totals):
            why: Refusal = (
                "population.resamples_unclear",
                {"share": round(100 * many.unclear / len(many.totals))},
            )
            return refused(histories, setting, why, {**found, "point": point})
        if setting.interval == "percentile":
            interval = bootstrap.percentile(usable, probabilities, seed=setting.seed)
        else:
            interval = bootstrap.bca(
                point, usable, accelerated, probabilities, ties=setting.ties, seed=setting.seed
            )
        reached = error_below is None or all(
            e <= error_below * v for e, v in zip(interval.errors, interval.limits, strict=True)
        )
        if reached or not drawn:
            break
    facts_of_interval = {**found, **bootstrap_facts(setting, many, interval, error_below, reached)}
    if not math.isfinite(interval.limits[1]) or interval.limits[1] > UNINFORMATIVE * histories.observed:
        lonely = lists_without_overlap(histories) or histories.lists
        why = ("population.interval_unbounded", {"causes": ", ".join(lonely)})
        return refused(histories, setting, why, {**facts_of_interval, "point": point})
    observed = histories.observed
    errors = (interval.errors[0], interval.errors[1])
    return Estimate(
        method="stepwise",
        observed=observed,
        total=point,
        interval=(max(interval.limits[0], float(observed)), interval.limits[1]),
        level=setting.level,
        lists=histories.lists,
        model=model_names(histories, full_model(len(histories.lists), walked.added)),
        diagnostics=facts_of_interval,
        monte_carlo_error=errors if all(map(math.isfinite, errors)) else None,
        seed=setting.seed if drawn else None,
    )


def facts(histories: Histories, walked: Walked, threshold: float) -> dict[str, object]:
    """What the selection did: the interactions in the order they entered."""
    selected = [
        {"effect": effect_name(s, histories.lists), "p": p}
        for s, p in zip(walked.added, walked.p_values, strict=True)
    ]
    return {
        "threshold": threshold,
        "selected": selected,
        "lists_without_overlap": list(lists_without_overlap(histories)),
    }


def bootstrap_facts(
    setting: Setting, many: Many, interval: bootstrap.Bca, error_below: float | None, reached: bool
) -> dict[str, object]:
    """What the interval is made of."""
    return {
        "interval": setting.interval,
        "resamples": len(many.totals),
        "bias": interval.bias,
        "acceleration": interval.acceleration,
        "one_sided": interval.clamped,
        "resamples_unbounded": many.unbounded,
        "resamples_unclear": many.unclear,
        "decided_by_linear_programme": many.by_programme,
        "mean_interactions": many.mean_interactions,
        **({} if error_below is None else {"error_reached": reached}),
    }


def refused(
    histories: Histories, setting: Setting, why: Refusal, found: Mapping[str, object] | None = None
) -> Estimate:
    """An `Estimate` that says why there is none."""
    return Estimate(
        "stepwise", histories.observed, None, None, setting.level, histories.lists,
        refused=why, diagnostics=found or {"threshold": setting.threshold}, seed=setting.seed,
    )  # fmt: skip


def check_usage(
    level: float, threshold: float, order: int, ties: str, resamples: object, threads: int
) -> None:
    """Settings that make no sense are the caller's error, said in one sentence."""
    if not 0.0 < level < 1.0:
        raise WrongUsage("population.level", level=level)
    if not 0.0 <= threshold <= 1.0:
        raise WrongUsage("population.threshold", threshold=threshold)
    bootstrap.check_settings(resamples, ties, order, threads)
