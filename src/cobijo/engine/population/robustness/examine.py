"""The whole robustness report in one call."""

from __future__ import annotations

from typing import TypedDict

from cobijo.engine.population import stepwise
from cobijo.engine.population.asking import check_common, check_histories
from cobijo.engine.population.robustness import findings as told
from cobijo.engine.population.robustness.changes import merges, omissions
from cobijo.engine.population.robustness.consistency import consistency
from cobijo.engine.population.robustness.curves import prior_curve, threshold_curve
from cobijo.engine.population.robustness.overlaps import overlaps
from cobijo.engine.population.robustness.shape import Robustness
from cobijo.engine.population.robustness.simulated import coverage
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.engine.progress import Progress, silent
from cobijo.errors import WrongUsage

STAGES = 6


class _Common(TypedDict):
    level: float
    resamples: int
    seed: int
    threads: int


def examine(
    histories: Histories,
    *,
    level: float = 0.95,
    threshold: float = 0.02,
    resamples: int = 200,
    tables: int = 200,
    seed: int = 0,
    threads: int = 1,
    base: Estimate | None = None,
    progress: Progress | None = None,
) -> Robustness:
    """Ask the same question again in every way that should not matter, and say where the answer moves.

    `resamples` is the bootstrap of each repeat (the base estimate has five times as many), `tables` how many
    are drawn for the simulated coverage (0: none). `base`: the stepwise estimate that is examined, where it was made
    before. Raises `WrongUsage` for settings that make no sense. The parts alone: `threshold_curve`, `prior_curve`,
    `omissions`, `merges`, `consistency`, `overlaps`, `coverage`.
    Sources: Binette and Steorts (2022, JRSS-A 185); Far et al. (2021); Whitehead et al. (2021).

    >>> from cobijo.engine.datasets import load
    >>> report = examine(load("Kosovo"), resamples=50, tables=0)
    >>> report.findings[1].code, report.findings[1].doubt
    ('robustness.prior_steady', False)
    """
    check_histories(histories)
    check_common({"level": level, "threshold": threshold, "seed": seed, "threads": threads})
    if tables < 0:
        raise WrongUsage("robustness.tables", tables=tables)
    tell = progress or silent
    common: _Common = {"level": level, "resamples": resamples, "seed": seed, "threads": threads}

    def stage(done: int) -> None:
        tell("robustness.examining", done, STAGES)

    stage(0)
    base = base or stepwise.fit(
        histories, level=level, threshold=threshold, resamples=5 * resamples, seed=seed, threads=threads
    )
    thresholds = threshold_curve(histories, **common)
    stage(1)
    priors = prior_curve(histories, level=level)
    stage(2)
    without = omissions(histories, threshold=threshold, **common)
    stage(3)
    merged = merges(histories, threshold=threshold, **common)
    stage(4)
    hidden = consistency(histories, level=level, threshold=threshold, resamples=resamples, seed=seed)
    stage(5)
    shared = overlaps(histories)
    simulated = None
    if tables:
        simulated = coverage(
            histories,
            base,
            tables=tables,
            resamples=resamples,
            threshold=threshold,
            seed=seed,
            threads=threads,
            progress=tell,
        )
    stage(STAGES)
    said = (
        told.two_lists_finding(histories),
        told.curve_finding("threshold", thresholds),
        told.curve_finding("prior", priors),
        told.change_finding("omission", without, base),
        told.change_finding("merge", merged, base),
        told.consistency_finding(hidden),
        told.overlap_finding(shared),
        told.coverage_finding(simulated),
    )
    settings = {
        "level": level, "threshold": threshold, "resamples": resamples, "tables": tables, "seed": seed,
    }  # fmt: skip
    return Robustness(
        base, thresholds, priors, without, merged, hidden, shared, simulated,
        tuple(one for one in said if one is not None), settings,
    )  # fmt: skip
