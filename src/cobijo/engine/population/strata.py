"""How many are hidden in each stratum, by partial pooling, with totals that add up.

A stratum alone is often too small to say anything; all strata as one hide how they differ (and bias the whole where
chances to be seen differ: Sekar and Deming 1949, J. Am. Stat. Assoc. 44). Between the two, each stratum's log hidden
odds, theta_s = ln(hidden / observed), are taken as normal around a common centre with a spread that the strata
themselves show: strata with much overlap keep their own answer, those with little borrow from the others (Efron and
Morris 1975, J. Am. Stat. Assoc. 70; Gelman et al. 2013, Bayesian Data Analysis, ch. 5).

Each stratum enters with its profile likelihood (`profile.curve`), list effects of its own, the interactions of the
common model, and nothing is approximated as normal: a stratum whose maximum does not exist still says what it can.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population.asking import check_common
from cobijo.engine.population.existence import check, full_model
from cobijo.engine.population.histories import full_counts, lists_without_overlap
from cobijo.engine.population.loglinear import masks_of, model_names, refusal
from cobijo.engine.population.profile import curve
from cobijo.engine.population.selection import candidates_of, starting, walk_once
from cobijo.engine.population.shape import Histories
from cobijo.engine.population.strata_odds import ODDS, at, chance_of, draw_odds, pool_odds
from cobijo.engine.population.strata_tables import LEAST_SHARED, Key, Strata, groups, label, shared
from cobijo.engine.progress import Progress, silent
from cobijo.errors import WrongUsage

Floats = NDArray[np.float64]
Refusal = tuple[str, Mapping[str, object]]
#: Log hidden odds at which the likelihood is computed; between them a spline.
COARSE = np.linspace(-7.0, 7.0, 113)


@dataclass(frozen=True)
class StratumEstimate:
    """One stratum, or several taken as one (`joined` are their keys, in full): observed, total, interval.

    `shared`: people on two lists or more. `alone`: the total that maximises the stratum's own likelihood, None where
    it has no maximum. `borrowed`: share of the information that comes from the other strata, 0 to 1.
    """

    key: Key
    joined: tuple[Key, ...]
    observed: int
    shared: int
    total: float
    interval: tuple[float, float]
    alone: float | None
    borrowed: float


@dataclass(frozen=True)
class StrataEstimate:
    """All strata; `total` is the sum of `strata[s].total`, and `interval` that of the sum.

    `model` is the common one. `spread`: median and interval of the standard deviation of the log hidden odds between
    strata. `adding`: the factor by which the medians of the hidden people were multiplied to add up. `joined` tells
    whether sparse strata were taken together (`least` people on two lists or more are needed). `total` is None when
    refused, and `refused` says why.
    """

    dimensions: tuple[str, ...]
    lists: tuple[str, ...]
    model: tuple[str, ...]
    observed: int
    total: float | None
    interval: tuple[float, float] | None
    level: float
    strata: tuple[StratumEstimate, ...]
    least: int
    spread: tuple[float, float, float] | None = None
    adding: float = 1.0
    refused: Refusal | None = None
    seed: int = 0
    draws: Floats = field(default_factory=lambda: np.zeros((0, 0)), repr=False, compare=False)

    @property
    def joined(self) -> bool:
        return any(len(one.joined) > 1 for one in self.strata)

    @property
    def notes(self) -> tuple[Refusal, ...]:
        """What the reader has to know, as codes and params: which strata were joined."""
        return tuple(
            (
                "population.strata_joined",
                {"strata": ", ".join(" ".join(key) for key in one.joined), "least": self.least},
            )
            for one in self.strata
            if len(one.joined) > 1
        )

    def margin(self, dimension: str) -> dict[str, tuple[int, float, tuple[float, float]]]:
        """Observed, total and interval by one dimension; totals add up to the whole. Strata joined across its values
        stand under a joined value ("f+m")."""
        if dimension not in self.dimensions:
            raise WrongUsage(
                "population.strata_dimension", dimension=dimension, dimensions=", ".join(self.dimensions)
            )
        place = self.dimensions.index(dimension)
        found: dict[str, tuple[int, float, tuple[float, float]]] = {}
        for value in dict.fromkeys(one.key[place] for one in self.strata):
            rows = [s for s, one in enumerate(self.strata) if one.key[place] == value]
            seen = sum(self.strata[s].observed for s in rows)
            hidden = self.draws[:, rows].sum(axis=1)
            low, high = ends(hidden, self.level)
            found[value] = (seen, sum(self.strata[s].total for s in rows), (seen + low, seen + high))
        return found

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from cobijo.engine.population.notebook_tables import strata_card

        return strata_card(self)


def fit(
    strata: Strata,
    *,
    model: str | Sequence[str] = "stepwise",
    level: float = 0.95,
    threshold: float = 0.02,
    least: int = LEAST_SHARED,
    total: float | None = None,
    draws: int = 4000,
    seed: int = 0,
    progress: Progress = silent,
) -> StrataEstimate:
    """Estimate every stratum and the whole.

    `model`: the interactions that all strata share, chosen stepwise on the whole at `threshold`, or named as for
    `loglinear.fit`. `least`: see `strata_tables.groups`. `total`: a published total (of the same people) that the
    strata are to add up to; the hidden people of each are then multiplied by one factor (ratio benchmarking,
    Pfeffermann 2013, Statistical Science 28). Refused where the common model has no maximum on the whole.
    """
    if not isinstance(strata, Strata):
        raise WrongUsage("population.not_strata")
    check_common({"level": level, "threshold": threshold, "seed": seed})
    if least < 1 or draws < 100:
        raise WrongUsage("population.strata_setting", least=least, draws=draws)
    if total is not None and not strata.observed < total < math.inf:
        raise WrongUsage("population.strata_total", total=total, observed=strata.observed)
    whole = strata.whole
    effects = common(whole, model, threshold)
    names = model_names(whole, full_model(len(whole.lists), effects))
    answer = check(whole, effects)
    why: Refusal | None = None if answer.exists else refusal(whole, answer.state, answer.causes)
    units = groups(strata, least)
    if why is None and shared(strata.counts.sum(axis=0)) < least:
        why = "population.strata_sparse", {"shared": shared(strata.counts.sum(axis=0)), "least": least}
    if why is not None:
        return StrataEstimate(
            strata.dimensions, whole.lists, names, whole.observed, None, None, level, (), least,
            refused=why, seed=seed,
        )  # fmt: skip
    tables = [strata.counts[list(unit)].sum(axis=0) for unit in units]
    likelihoods = np.empty((len(units), len(ODDS)))
    for s, table in enumerate(tables):
        progress("population.strata", s, len(units))
        likelihoods[s] = on_grid(table, effects)
    observed = np.array([int(table.sum()) for table in tables])
    noise = chance_of(likelihoods, observed)
    pooled = pool_odds(likelihoods, noise)
    drawn = np.exp(draw_odds(likelihoods, noise, pooled, draws, seed)) * observed
    middles = np.exp([at(row, 0.5) for row in pooled.odds]) * observed
    goal = float(np.median(drawn.sum(axis=1))) if total is None else total - whole.observed
    moved = goal / float(np.median(drawn.sum(axis=1)))
    drawn = drawn * moved
    factor = goal / float(middles.sum())
    rows = []
    for s, unit in enumerate(units):
        tail = 0.5 - level / 2.0
        low, high = (observed[s] * (1.0 + moved * np.exp(at(pooled.odds[s], p))) for p in (tail, 1.0 - tail))
        rows.append(
            StratumEstimate(
                label(strata, unit),
                tuple(strata.keys[i] for i in unit),
                int(observed[s]),
                shared(tables[s]),
                float(observed[s] + factor * middles[s]),
                (float(low), float(high)),
                alone(likelihoods[s], int(observed[s])),
                float(pooled.borrowed[s]),
            )
        )
    low, high = ends(drawn.sum(axis=1), level)
    return StrataEstimate(
        strata.dimensions, whole.lists, names, whole.observed, whole.observed + goal,
        (whole.observed + low, whole.observed + high), level, tuple(rows), least,
        spread=pooled.spread, adding=factor, seed=seed, draws=drawn,
    )  # fmt: skip


def common(whole: Histories, model: str | Sequence[str], threshold: float) -> tuple[int, ...]:
    """Masks of the interactions of the common model."""
    if model != "stepwise":
        return tuple(masks_of(whole, model))
    if not 0.0 <= threshold <= 1.0:
        raise WrongUsage("population.threshold", threshold=threshold)
    if len(lists_without_overlap(whole)) == len(whole.lists):
        return ()
    k, counts = len(whole.lists), full_counts(whole)
    return tuple(walk_once(k, counts, candidates_of(k, 2), threshold, starting(k, counts)).added)


def on_grid(table: NDArray[np.int64], effects: Sequence[int]) -> Floats:
    """Log likelihood of one stratum on `ODDS`, its maximum 0; a spline between coarser points."""
    from scipy.interpolate import CubicSpline

    values = curve(table, effects, float(table.sum()) * np.exp(COARSE))
    fine = np.asarray(CubicSpline(COARSE, values)(ODDS), np.float64)
    return fine - float(fine.max())


def alone(likelihood: Floats, observed: int) -> float | None:
    """The total that the stratum's own likelihood prefers, if it prefers one."""
    best = int(np.argmax(likelihood))
    inside = 0 < best < len(ODDS) - 1 and likelihood[-1] < -1e-6
    return observed * (1.0 + float(np.exp(ODDS[best]))) if inside else None


def ends(hidden: Floats, level: float) -> tuple[float, float]:
    """Both limits of draws."""
    low, high = np.quantile(hidden, [0.5 - level / 2.0, 0.5 + level / 2.0])
    return float(low), float(high)
