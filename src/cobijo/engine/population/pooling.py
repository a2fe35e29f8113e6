"""One answer from many plausible linkages, by mixture, for any family.

Which records are one person is not known for certain. Linkage draws M plausible partitions of the records; each gives
capture histories, and each histories an estimate. Their mixture is what a reader believes who does not know which
partition is true (Sadinle 2018, Annals of Applied Statistics 12: linkage averaging). The interval holds both what the
lists leave open and what the linkage does, and the second part is reported as a share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population.asking import check_histories
from cobijo.engine.population.estimate import estimate
from cobijo.engine.population.normal import quantile
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.engine.population.voices import scores
from cobijo.engine.progress import Progress, silent
from cobijo.errors import InputProblem

Floats = NDArray[np.float64]
#: Points by which each draw's distribution enters the mixture.
POINTS = 201
#: Of the draws, so many may be refused before the mixture is.
MOST_REFUSED = 0.05
LEAST_HIDDEN = 0.5


@dataclass(frozen=True)
class Pooled:
    """`estimate` is the mixture; `answers` the estimates of the draws, refused ones included.

    `linkage_share`: share of the variance of log(hidden) that differs between draws, from 0 to 1.
    """

    estimate: Estimate
    answers: tuple[Estimate, ...]
    linkage_share: float

    @property
    def draws(self) -> int:
        """Draws that gave an estimate."""
        return sum(answer.refused is None for answer in self.answers)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from cobijo.engine.population.notebook_tables import pooled_card

        return pooled_card(self)


def pool(
    drawn: Sequence[Histories],
    method: str = "stepwise",
    *,
    counted: Histories | Estimate | None = None,
    seed: int = 0,
    progress: Progress = silent,
    **options: object,
) -> Pooled:
    """Estimate each of the drawn histories by one family and pool the answers.

    `counted` are the histories of the best single partition or their estimate, which give what was observed and the
    model shown (else the first draw stands for them). `options` go to the family; draw i gets the seed
    `seed + 1 + i`. Raises `InputProblem` when there are no draws or their lists differ.

    >>> from cobijo.engine.datasets import load
    >>> pooled = pool([load("UKdat_5")] * 3, "chao")
    >>> round(pooled.estimate.total, -2), pooled.linkage_share
    (13600.0, 0.0)
    """
    if isinstance(drawn, Histories) or not drawn:
        raise InputProblem("population.no_draws")
    first = counted if isinstance(counted, Histories) else drawn[0]
    check_histories(first)
    for i, histories in enumerate(drawn):
        check_histories(histories)
        if set(histories.lists) != set(first.lists):
            raise InputProblem(
                "population.draws_lists_differ",
                draw=i + 1, lists=", ".join(first.lists), found=", ".join(histories.lists),
            )  # fmt: skip
    centre = counted if isinstance(counted, Estimate) else estimate(first, method, seed=seed, **options)
    answers = []
    for done, histories in enumerate(drawn):
        progress("population.pooling", done, len(drawn))
        answers.append(estimate(histories, method, seed=seed + 1 + done, **options))
    pooled, share = mixture(centre, answers)
    return Pooled(pooled, tuple(answers), share)


def mixture(counted: Estimate, answers: Sequence[Estimate]) -> tuple[Estimate, float]:
    """Several draws' estimates as one, by mixture; and the share of variance between draws.

    Each draw enters as a two-piece log-normal of its hidden number through its total and both limits; one without an
    interval enters as its total alone. Refused where the counted histories are, or where more than `MOST_REFUSED` of
    the draws are: a reason found there is passed on.
    """
    if counted.refused is not None or not answers:
        return counted, 0.0
    refused = [one for one in answers if one.refused is not None]
    if len(refused) > MOST_REFUSED * len(answers):
        return replace(counted, total=None, interval=None, refused=refused[0].refused), 0.0
    given = [one for one in answers if one.refused is None]
    curves = [_curve(one) for one in given]
    mixed = np.sort(np.concatenate([curve + one.observed for curve, one in zip(curves, given, strict=True)]))
    tail = (1.0 - counted.level) / 2.0
    # equally likely points stand at the middles of their shares: else draws that agree would narrow the interval
    limits = np.quantile(mixed, [tail, 0.5, 1.0 - tail], method="hazen")
    low, middle, high = (float(value) for value in limits)
    between = float(np.var([np.log(np.median(curve)) for curve in curves]))
    within = float(np.mean([np.var(np.log(curve)) for curve in curves]))
    share = between / (between + within) if between + within > 0 else 0.0
    diagnostics = {**counted.diagnostics, "draws": len(given), "linkage_share_of_variance": share}
    interval = (max(low, float(counted.observed)), high)
    return replace(counted, total=middle, interval=interval, diagnostics=diagnostics), share


def _curve(answer: Estimate) -> Floats:
    """Equally likely values of the hidden number under one draw: log-normal halves that meet at the estimate."""
    assert answer.total is not None
    ends = (answer.total, answer.total) if answer.interval is None else answer.interval
    middle, low, high = (
        np.log(max(value - answer.observed, LEAST_HIDDEN)) for value in (answer.total, *ends)
    )
    reach = quantile(0.5 + answer.level / 2.0)
    z = scores(answer.level, POINTS)
    return np.asarray(np.exp(middle + z * np.where(z < 0, middle - low, high - middle) / reach))
