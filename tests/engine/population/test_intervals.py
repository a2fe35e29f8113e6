"""Profile and percentile intervals, and pooling over linkage draws."""

from __future__ import annotations

import numpy as np
import pytest

from cobijo.engine.datasets import load
from cobijo.engine.population import FAMILIES, estimate, from_masks, profile
from cobijo.engine.population.histories import full_counts
from cobijo.engine.population.pooling import pool
from cobijo.engine.population.recommend import recommend
from cobijo.errors import InputProblem, WrongUsage
from tests.engine.population.shared import PUBLISHED, reference


def r_log_factorial(x: np.ndarray) -> np.ndarray:
    """What Rcapture takes for it, up to a constant."""
    return np.asarray(x * np.log(x) - x + 0.5 * np.log(x))


@pytest.mark.parametrize("name", PUBLISHED)
def test_profile_of_rcapture(name: str) -> None:
    found = reference(name)["rcapture_closedpCI_Mt"]["profileCI"]
    expected = [found[key] for key in ("abundance", "infCL", "supCL")]
    counts = full_counts(load(name))
    assert profile.interval(counts, [], factorial=r_log_factorial) == pytest.approx(expected, rel=1e-6)
    assert profile.interval(counts, []) == pytest.approx(expected, rel=5e-5)  # ln x! itself


def test_profile_of_a_model_with_interactions() -> None:
    table = load("UKdat_5")
    wald = estimate(table, "loglinear", model="pairs")
    by_profile = estimate(table, "loglinear", model="pairs", interval="profile")
    assert by_profile.total == wald.total
    assert by_profile.interval is not None
    assert wald.interval is not None
    assert by_profile.interval == pytest.approx(wald.interval, rel=0.15)
    assert by_profile.diagnostics["interval"] == "profile"
    with pytest.raises(WrongUsage):
        estimate(table, "loglinear", interval="bca")


def test_percentile() -> None:
    table = load("UKdat_5")
    answer = estimate(table, interval="percentile", resamples=400, seed=3)
    assert answer.interval is not None
    assert answer.monte_carlo_error is not None
    assert answer.interval[0] < answer.total < answer.interval[1]  # type: ignore[operator]
    assert answer.diagnostics["interval"] == "percentile"
    other = [estimate(table, interval="percentile", resamples=400, seed=s).interval for s in range(10, 40)]
    lows = np.array([interval[0] for interval in other if interval is not None])
    assert answer.monte_carlo_error[0] == pytest.approx(float(lows.std()), rel=0.6)
    with pytest.raises(WrongUsage):
        estimate(table, interval="wald")


@pytest.mark.parametrize("method", sorted(set(FAMILIES) - {"chapman", "latent", "bayes", "ensemble"}))
def test_pooling_any_family(method: str) -> None:
    table = load("NewOrl_5")
    rng = np.random.default_rng(2)
    moved = [
        from_masks(
            table.lists, table.cells, np.maximum(table.counts + rng.integers(-2, 3, len(table.cells)), 1)
        )
        for _ in range(3)
    ]
    same = pool([table] * 3, method, counted=table, resamples=60)
    pooled = pool([table, *moved], method, counted=table, resamples=60)
    if same.estimate.refused is not None:
        assert same.estimate.refused[0] == same.answers[0].refused[0]  # type: ignore[index]
        return
    single = same.answers[0]
    assert same.estimate.total == pytest.approx(single.total, rel=0.15)
    assert 0.0 <= same.linkage_share < 0.2  # what is left are other resamples
    assert pooled.linkage_share > 0.0
    assert pooled.draws == 4
    assert pooled.estimate.diagnostics["linkage_share_of_variance"] == pooled.linkage_share


def test_draws_that_do_not_fit() -> None:
    table = load("UKdat_5")
    with pytest.raises(InputProblem):
        pool([], "chao")
    with pytest.raises(InputProblem):
        pool([table, load("Kosovo")], "chao")


def test_the_recommendation_pools_in_the_one_way() -> None:
    table = load("UKdat_5")
    answer = recommend(table, [table, table], resamples=60, seed=4)
    pooled = pool([table, table], "stepwise", counted=table, resamples=60, seed=4)
    assert answer.headline.total == pooled.estimate.total
    assert answer.headline.interval == pooled.estimate.interval
    assert answer.linkage_share == pooled.linkage_share
    assert recommend(table, [], resamples=60).draws == 0


@pytest.mark.parametrize("level", [0.5, 0.95, 0.99, 0.999])
def test_draws_that_agree_neither_narrow_nor_widen_the_interval(level: float) -> None:
    alone = estimate(load("NewOrl_5"), "independence", level=level)
    pooled = pool([load("NewOrl_5")] * 3, "independence", level=level)
    assert pooled.estimate.interval == pytest.approx(alone.interval, rel=1e-3)
    assert pooled.estimate.total == pytest.approx(alone.total, rel=1e-9)
    assert pooled.linkage_share == 0.0
