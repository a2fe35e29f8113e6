"""The answer of a picture: one family chosen by rule, pooled over what linkage leaves open, the others beside it.

The number on the first page must not depend on taste: with two lists it is Chapman's, with three or more the
stepwise log-linear model's. Every plausible partition of the records is estimated on its own, and the answers are
pooled by mixture (Sadinle 2018, Annals of Applied Statistics 12): the interval is that of a reader who does not know
which partition is true. Where the chosen family refuses, there is no headline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population.estimate import estimate
from cobijo.engine.population.normal import quantile
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.engine.progress import Progress, silent

Floats = NDArray[np.float64]
#: Points by which each draw's distribution enters the mixture.
POINTS = 201
#: Of the draws, so many may be refused before the mixture is.
MOST_REFUSED = 0.05
#: Largest over smallest total of the families beyond which the reader is told that they disagree.
DISAGREEMENT = 1.5
LEAST_HIDDEN = 0.5


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
    answers = []
    for done, histories in enumerate(drawn):
        progress("picture.estimating", done, len(drawn))
        answers.append(estimate(histories, chosen, level=level, resamples=resamples, seed=seed + 1 + done))
    totals = [one.total for one in families if one.total is not None]
    headline, share = pooled(families[0], answers)
    ratio = max(totals) / min(totals) if totals else 1.0
    return Recommendation(headline, families, len(answers), share, ratio)


def pooled(counted: Estimate, answers: Sequence[Estimate]) -> tuple[Estimate, float]:
    """Several draws' estimates as one, by mixture; and the share of variance between draws.

    Each draw enters as a two-piece log-normal of its hidden number through its total and both limits. Refused where
    the counted histories are, or where more than `MOST_REFUSED` of the draws are: a reason found there is passed on.
    """
    if counted.refused is not None or not answers:
        return counted, 0.0
    refused = [one for one in answers if one.refused is not None]
    if len(refused) > MOST_REFUSED * len(answers):
        return replace(counted, total=None, interval=None, refused=refused[0].refused), 0.0
    given = [one for one in answers if one.refused is None]
    curves = [_curve(one) for one in given]
    mixture = np.sort(
        np.concatenate([curve + one.observed for curve, one in zip(curves, given, strict=True)])
    )
    tail = (1.0 - counted.level) / 2.0
    low, middle, high = (float(value) for value in np.quantile(mixture, [tail, 0.5, 1.0 - tail]))
    between = float(np.var([np.log(np.median(curve)) for curve in curves]))
    within = float(np.mean([np.var(np.log(curve)) for curve in curves]))
    share = between / (between + within) if between + within > 0 else 0.0
    diagnostics = {**counted.diagnostics, "draws": len(given), "linkage_share_of_variance": share}
    interval = (max(low, float(counted.observed)), high)
    return replace(counted, total=middle, interval=interval, diagnostics=diagnostics), share


def _curve(answer: Estimate) -> Floats:
    """Equally likely values of the hidden number under one draw: log-normal halves that meet at the estimate."""
    assert answer.total is not None
    assert answer.interval is not None
    middle, low, high = (
        np.log(max(value - answer.observed, LEAST_HIDDEN)) for value in (answer.total, *answer.interval)
    )
    reach = quantile(0.5 + answer.level / 2.0)
    z = np.array([quantile((i + 0.5) / POINTS) for i in range(POINTS)])
    return np.asarray(np.exp(middle + z * np.where(z < 0, middle - low, high - middle) / reach))
