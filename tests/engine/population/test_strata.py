"""Estimates by strata: what is joined, what adds up, and whether the truth of a simulation is covered."""

from __future__ import annotations

import numpy as np
import pytest

from cobijo.engine.datasets import load
from cobijo.engine.population import strata, strata_tables
from cobijo.engine.population.strata_tables import Strata
from cobijo.errors import InputProblem, WrongUsage


def simulated(seed: int, sizes: list[int], spread: float = 0.3) -> tuple[Strata, np.ndarray]:
    """Three lists in strata whose chances differ; and how many people each stratum really has."""
    rng = np.random.default_rng(seed)
    counts = np.zeros((len(sizes), 8), np.int64)
    for s, size in enumerate(sizes):
        chance = 1.0 / (1.0 + np.exp(1.2 - rng.normal(0.0, spread) - rng.normal(0.0, 0.3, 3)))
        seen = rng.random((size, 3)) < chance
        counts[s] = np.bincount(seen @ np.array([1, 2, 4]), minlength=8)
    counts[:, 0] = 0
    keys = tuple((f"state {s // 4}", "fm"[s % 2], ("0-11", "12-17")[s // 2 % 2]) for s in range(len(sizes)))
    return Strata(("state", "sex", "age"), ("a", "b", "c"), keys, counts), np.array(sizes)


def test_totals_add_up_and_every_stratum_is_somewhere() -> None:
    table, _ = simulated(1, [400, 300, 40, 20, 500, 30, 200, 150])
    answer = strata.fit(table, draws=500, seed=1)
    assert answer.total is not None
    assert sum(one.total for one in answer.strata) == pytest.approx(answer.total, rel=1e-12)
    assert sum(one.observed for one in answer.strata) == answer.observed == table.observed
    assert sorted(key for one in answer.strata for key in one.joined) == sorted(table.keys)
    for dimension in table.dimensions:
        margin = answer.margin(dimension)
        assert sum(total for _, total, _ in margin.values()) == pytest.approx(answer.total, rel=1e-12)
        assert all(seen <= low <= high for seen, _, (low, high) in margin.values())
    assert answer.joined
    assert {code for code, _ in answer.notes} == {"population.strata_joined"}


def test_a_published_total_is_kept() -> None:
    table, _ = simulated(2, [400, 300, 250, 500])
    answer = strata.fit(table, total=3000.0, draws=300)
    assert answer.total == pytest.approx(3000.0, rel=1e-12)
    assert sum(one.total for one in answer.strata) == pytest.approx(3000.0, rel=1e-12)


def test_one_stratum_is_the_whole() -> None:
    table = strata_tables.by_histories({"all": load("UKdat_5")})
    answer = strata.fit(table, model="independence", seed=1)
    assert answer.total == pytest.approx(13437.9, rel=0.02)  # Rcapture's profile: 13,438, 11,985-15,166
    assert answer.interval == pytest.approx((11985.0, 15166.0), rel=0.02)


def test_coverage_and_shrinkage() -> None:
    """Of 10 worlds of 8 strata; nominal 95 %, and partial pooling closer to the truth than no pooling."""
    whole, single, pooled, alone = [], [], [], []
    for seed in range(10):
        table, sizes = simulated(seed, [150, 500, 200, 120, 400, 250, 180, 300])
        answer = strata.fit(table, model="independence", draws=400, seed=seed)
        assert answer.interval is not None
        whole.append(answer.interval[0] <= sizes.sum() <= answer.interval[1])
        place = {key: s for s, key in enumerate(table.keys)}
        for one in answer.strata:
            truth = sum(sizes[place[key]] for key in one.joined)
            single.append(one.interval[0] <= truth <= one.interval[1])
            if one.alone is not None:
                pooled.append(np.log(one.total / truth))
                alone.append(np.log(one.alone / truth))
    assert sum(whole) >= 8
    assert np.mean(single) >= 0.87
    assert np.square(pooled).mean() < np.square(alone).mean()


def test_sparse_strata_join_their_nearest() -> None:
    counts = np.zeros((4, 4), np.int64)
    counts[:, 1:] = [[50, 40, 30], [5, 5, 2], [50, 50, 20], [40, 40, 12]]
    keys = (("x", "f"), ("x", "m"), ("y", "f"), ("y", "m"))
    table = Strata(("state", "sex"), ("a", "b"), keys, counts)
    assert strata_tables.groups(table, 10) == ((0, 1), (2,), (3,))
    assert strata_tables.groups(table, 1) == ((0,), (1,), (2,), (3,))
    assert strata_tables.groups(table, 25) == ((0, 1), (2, 3))
    assert strata_tables.groups(table, 1000) == ((0, 1, 2, 3),)
    assert strata_tables.label(table, (0, 1)) == ("x", "f+m")


def test_records_that_disagree_take_what_most_say() -> None:
    people = [1, 1, 1, 2, 3, 3]
    table = strata_tables.by_records(
        people, [0, 1, 1, 1, 0, 1], ["a", "b"], {"sex": ["f", "m", "m", None, "m", "f"]}
    )
    assert table.keys == (("f",), ("m",), ("unknown",))
    assert table.counts.sum(axis=1).tolist() == [1, 1, 1]


def test_what_cannot_be_said() -> None:
    counts = np.zeros((2, 4), np.int64)
    counts[:, 1:] = [[50, 40, 0], [30, 20, 0]]
    table = Strata(("sex",), ("a", "b"), (("f",), ("m",)), counts)
    answer = strata.fit(table)
    assert answer.total is None
    assert answer.refused is not None
    assert answer.refused[0] == "population.never_overlap"
    good, _ = simulated(3, [300, 300])
    with pytest.raises(WrongUsage):
        strata.fit(good, total=1.0)
    with pytest.raises(WrongUsage):
        strata.fit(good, draws=300).margin("colour")
    with pytest.raises(InputProblem):
        strata_tables.by_records([1, 2], [0, 1], ["a", "b"], {"sex": ["f"]})
