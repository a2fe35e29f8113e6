"""The answer of a picture: one family chosen by rule, pooled over what linkage leaves open, the others beside it.

The number on the first page must not depend on taste: with two lists it is Chapman's, with three or more the
stepwise log-linear model's. Every plausible partition of the records is estimated on its own, and the answers are
pooled by mixture (Sadinle 2018, Annals of Applied Statistics 12): the interval is that of a reader who does not know
which partition is true. Where the chosen family refuses, there is no headline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cobijo.engine.population.estimate import estimate
from cobijo.engine.population.pooling import pool
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.engine.progress import Progress, silent

#: Largest over smallest total of the families beyond which the reader is told that they disagree.
DISAGREEMENT = 1.5


@dataclass(frozen=True)
class Recommendation:
    """`headline` is pooled over `draws` partitions; `families` are estimates from the best partition alone.

    `linkage_share`: share of the variance of log(hidden) that differs between partitions. `disagreement`: largest
    over smallest total of the families that gave one.
    """

    headline: Estimate
    families: tuple[Estimate, ...]
    draws: int
    linkage_share: float
    disagreement: float

    @property
    def limits(self) -> tuple[str, ...]:
        """Codes of what no method can know, for the reader."""
        return (
            "picture.limit_definition",
            "picture.limit_assumption",
            "picture.limit_linkage",
            "picture.limit_lists",
        )

    @property
    def disagree(self) -> bool:
        return self.disagreement > DISAGREEMENT


def recommend(
    counted: Histories,
    drawn: Sequence[Histories],
    *,
    level: float = 0.95,
    resamples: int = 1000,
    seed: int = 0,
    progress: Progress = silent,
) -> Recommendation:
    """Estimate from the counted histories by every family, and pool the chosen one over the drawn histories."""
    chosen = "chapman" if len(counted.lists) == 2 else "stepwise"
    beside = ("independence",) if chosen == "chapman" else ("chao", "independence")
    families = tuple(
        estimate(counted, method, level=level, resamples=resamples, seed=seed) for method in (chosen, *beside)
    )
    totals = [one.total for one in families if one.total is not None]
    ratio = max(totals) / min(totals) if totals else 1.0
    if not drawn:
        return Recommendation(families[0], families, 0, 0.0, ratio)
    pooled = pool(
        drawn, chosen, counted=families[0], seed=seed, level=level, resamples=resamples,
        progress=lambda _, done, total: progress("picture.estimating", done, total),
    )  # fmt: skip
    return Recommendation(pooled.estimate, families, len(pooled.answers), pooled.linkage_share, ratio)
