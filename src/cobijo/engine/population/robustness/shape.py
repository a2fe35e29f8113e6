"""What a robustness report holds: the same question asked again in other ways."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from cobijo.engine.population.shape import Estimate


@dataclass(frozen=True)
class Repeat:
    """One analysis done again with something changed.

    `value` is the threshold or prior weight of a point on a curve; `lists` are the lists left out, merged or
    hidden; `truth` is the size that was hidden on purpose and had to be found again.
    """

    observed: int
    total: float | None
    interval: tuple[float, float] | None
    refused: tuple[str, Mapping[str, object]] | None = None
    value: float | None = None
    lists: tuple[str, ...] = ()
    truth: int | None = None

    @property
    def found(self) -> bool | None:
        """Does the interval hold the truth? None without a truth or an answer."""
        if self.truth is None or self.interval is None:
            return None
        return self.interval[0] <= self.truth <= self.interval[1]

    @property
    def log_bias(self) -> float | None:
        """log(estimate / truth): below 0 where the estimate is too small."""
        if self.truth is None or self.total is None:
            return None
        return math.log(self.total / self.truth)


def repeat_of(
    answer: Estimate, *, value: float | None = None, lists: tuple[str, ...] = (), truth: int | None = None
) -> Repeat:
    """An estimate as one repeat."""
    return Repeat(answer.observed, answer.total, answer.interval, answer.refused, value, lists, truth)


@dataclass(frozen=True)
class Overlaps:
    """How many people each two lists share: `shared[i][j]`, and on the diagonal the size of list i."""

    lists: tuple[str, ...]
    shared: tuple[tuple[int, ...], ...]

    def pairs(self) -> list[tuple[str, str, int]]:
        """Every two lists with the people they share."""
        k = len(self.lists)
        return [(self.lists[i], self.lists[j], self.shared[i][j]) for i in range(k) for j in range(i + 1, k)]


@dataclass(frozen=True)
class Coverage:
    """How often the interval held the truth when tables were drawn from the fitted model itself.

    `truth` is the population that was drawn from; `wilson` the 95 % interval of the share covered among the
    answers; `log_bias` the median of log(estimate / truth).
    """

    truth: int
    tables: int
    answered: int
    covered: int
    level: float
    wilson: tuple[float, float]
    log_bias: float | None

    @property
    def share(self) -> float | None:
        """Of the answers, how many held the truth."""
        return self.covered / self.answered if self.answered else None


@dataclass(frozen=True)
class Finding:
    """One plain sentence (`cobijo.sentences.render`); `doubt` where it weakens the estimate."""

    code: str
    params: Mapping[str, object]
    doubt: bool


@dataclass(frozen=True)
class Robustness:
    """How far the stepwise estimate depends on what nobody can know from the table."""

    base: Estimate
    thresholds: tuple[Repeat, ...]
    priors: tuple[Repeat, ...]
    omissions: tuple[Repeat, ...]
    merges: tuple[Repeat, ...]
    consistency: tuple[Repeat, ...]
    overlaps: Overlaps
    coverage: Coverage | None
    findings: tuple[Finding, ...]
    settings: Mapping[str, object]

    @property
    def doubts(self) -> int:
        """How many findings weaken the estimate."""
        return sum(finding.doubt for finding in self.findings)

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from cobijo.engine.population.notebook_tables import robustness_card

        return robustness_card(self)
