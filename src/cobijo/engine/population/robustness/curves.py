"""The estimate along what the analyst chose: the threshold of the selection, the weight of the prior."""

from __future__ import annotations

from cobijo.engine.population import decomposable, stepwise
from cobijo.engine.population.robustness.shape import Repeat, repeat_of
from cobijo.engine.population.shape import Histories

THRESHOLDS = (0.0001, 0.001, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2)


def threshold_curve(
    histories: Histories,
    *,
    thresholds: tuple[float, ...] = THRESHOLDS,
    level: float = 0.95,
    resamples: int = 200,
    seed: int = 0,
    threads: int = 1,
) -> tuple[Repeat, ...]:
    """The stepwise estimate at each threshold of p, lowest first; empty with two lists, where nothing is chosen.

    >>> from cobijo.engine.datasets import load
    >>> [round(one.total) for one in threshold_curve(load("UKdat_5"), thresholds=(0.001, 0.02), resamples=50)]
    [13101, 11313]
    """
    if len(histories.lists) < 3:
        return ()
    return tuple(
        repeat_of(
            stepwise.fit(
                histories, threshold=p, level=level, resamples=resamples, seed=seed, threads=threads
            ),
            value=p,
        )
        for p in sorted(thresholds)
    )


def prior_curve(histories: Histories, *, level: float = 0.95) -> tuple[Repeat, ...]:
    """The decomposable graphs' median under prior weights from 2^-k to 1/2; empty above seven lists.

    The usual weight is the smallest, 2^-k. With seven lists only the two ends are taken.
    """
    k = len(histories.lists)
    if k > decomposable.MOST_LISTS:
        return ()
    powers = range(k, 0, -1) if k < decomposable.MOST_LISTS else (k, 1)
    return tuple(
        repeat_of(decomposable.fit(histories, delta=2.0**-i, level=level, curve=False), value=2.0**-i)
        for i in powers
    )
