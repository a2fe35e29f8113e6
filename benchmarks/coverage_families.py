"""The families that are measured, and what an answer is worth beside the truth."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from cobijo.engine.population import Estimate, Histories, estimate
from cobijo.engine.population.averaging import average
from cobijo.engine.population.ensemble import DEFAULT, gate, pool, refused

LEVEL = 0.95
#: Resamples of the bootstrap families: enough for limits whose Monte Carlo error is small beside their width.
RESAMPLES = 400


@dataclass(frozen=True)
class Outcome:
    """One estimate against the truth; without an interval it was refused."""

    truth: int
    total: float | None
    interval: tuple[float, float] | None
    refused: str = ""

    @property
    def answered(self) -> bool:
        return self.total is not None and self.interval is not None

    @property
    def covers(self) -> bool:
        return self.interval is not None and self.interval[0] <= self.truth <= self.interval[1]

    @property
    def bias(self) -> float:
        """Log of estimate over truth."""
        return math.log(self.total / self.truth) if self.total else math.nan

    @property
    def score(self) -> float:
        """Interval score on the log scale (Gneiting and Raftery 2007, JASA 102): width, and 2 / alpha times any
        miss."""
        if self.interval is None:
            return math.nan
        low, high, truth = (math.log(v) for v in (*self.interval, self.truth))
        return high - low + 2.0 / (1.0 - LEVEL) * (max(low - truth, 0.0) + max(truth - high, 0.0))


def outcome_of(truth: int, answer: Estimate) -> Outcome:
    """An estimate beside what is known."""
    return Outcome(truth, answer.total, answer.interval, "" if answer.refused is None else answer.refused[0])


def largest_two(histories: Histories) -> list[str]:
    """The two lists that saw most people."""
    sizes = [int(histories.counts[histories.cells >> j & 1 > 0].sum()) for j in range(len(histories.lists))]
    return [histories.lists[j] for j in sorted(np.argsort(sizes)[-2:].tolist())]


def single_families(histories: Histories, seed: int) -> dict[str, Estimate]:
    """Every family that is quick enough to be run on every population."""
    return {
        "independence": estimate(histories, "independence"),
        "chapman, two largest lists": estimate(histories, "chapman", lists=largest_two(histories)),
        "chao (a floor)": estimate(histories, "chao"),
        "closedp, Mth Darroch": estimate(histories, "closedp", model="Mth Darroch"),
        "loglinear, all pairs": estimate(histories, "loglinear", model="pairs"),
        "stepwise": estimate(histories, "stepwise", resamples=RESAMPLES, seed=seed),
        "bic": estimate(histories, "bic", resamples=RESAMPLES, seed=seed),
        "decomposable": estimate(histories, "decomposable", curve=False),
        "bayes": estimate(histories, "bayes", draws=1000, burn=1000, thin=10, seed=seed),
    }


def ensemble_of(histories: Histories, families: Mapping[str, Estimate], seed: int) -> Estimate:
    """The ensemble from estimates already made: what `ensemble.fit` returns, without estimating twice."""
    closed = gate(histories)
    if closed is not None:
        return refused(histories, LEVEL, seed, closed)
    beside = [families["chao (a floor)"], families["independence"]]
    answers = [families[name] for name in DEFAULT]
    return pool(histories, answers, beside, average(histories), LEVEL, seed)


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (Wilson 1927, JASA 22)."""
    if not of:
        return 0.0, 1.0
    z, p = 1.959964, hits / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return middle - half, middle + half


def answers_of(outcomes: Iterable[Mapping[str, Outcome]], name: str) -> list[Outcome]:
    return [one[name] for one in outcomes if name in one and one[name].answered]


def mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else math.nan
