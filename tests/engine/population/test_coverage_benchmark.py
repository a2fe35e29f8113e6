"""The yardstick itself: scores, shares, faulty linkage and hidden lists of the coverage benchmark."""

from __future__ import annotations

import math

import numpy as np
import pytest

from benchmarks.coverage import DESIGNS, linked_badly, population, score_ratio
from benchmarks.coverage_families import Outcome, ensemble_of, single_families, wilson
from benchmarks.coverage_hidden import Trial, consistency_entries, hidden_lists, hidden_table
from cobijo.engine.datasets import load
from cobijo.engine.population import estimate


def test_the_score_is_width_and_forty_times_any_miss() -> None:
    assert Outcome(100, 90.0, (50.0, 200.0)).score == pytest.approx(math.log(4.0))
    missed = Outcome(100, 150.0, (125.0, 200.0))
    assert missed.score == pytest.approx(math.log(1.6) + 40.0 * math.log(1.25))
    assert not missed.covers
    assert math.isnan(Outcome(100, None, None).score)


def test_wilson_is_the_published_interval() -> None:
    assert wilson(9, 10) == pytest.approx((0.5958, 0.9821), abs=1e-4)
    assert wilson(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize("design", DESIGNS)
def test_a_population_can_be_drawn_again(design: str) -> None:
    one, truth = population(design, 7)
    again, _ = population(design, 7)
    assert truth == 5000
    assert np.array_equal(one.counts, again.counts)
    assert not np.array_equal(one.counts, population(design, 8)[0].counts)


def test_faulty_linkage_loses_no_record_and_adds_people() -> None:
    right, _ = population("dependent", 1)
    wrong = linked_badly(right, 5)
    split = wrong.observed - right.observed
    assert split > 0
    records = [int((h.counts * np.bitwise_count(h.cells)).sum()) for h in (right, wrong)]
    assert 0 <= records[0] - records[1] < 0.01 * records[0]  # two records on one list became one


def test_a_hidden_list_is_seen_through_the_others() -> None:
    kosovo = load("Kosovo")
    found = list(hidden_lists("Kosovo"))
    sizes = [int(kosovo.counts[kosovo.cells >> j & 1 > 0].sum()) for j in range(4)]
    assert [one.truth for one in found] == sizes
    assert [one.hidden for one in found] == list(kosovo.lists)
    assert all(one.histories.observed < one.truth and len(one.histories.lists) == 3 for one in found)
    assert list(hidden_lists("Korea")) == []  # two lists would be left


def test_the_ensemble_of_made_estimates_is_the_ensemble() -> None:
    histories, _ = population("independent", 3)
    short = ensemble_of(histories, single_families(histories, 4), 4)
    whole = estimate(histories, "ensemble", resamples=400, seed=4)
    assert short.total == whole.total
    assert short.interval == whole.interval


def test_a_family_that_refuses_is_not_the_best() -> None:
    good, wide, none = (
        Outcome(100, 100.0, (90.0, 110.0)),
        Outcome(100, 100.0, (50.0, 200.0)),
        Outcome(100, None, None),
    )
    run = {"a design": [{"x": wide, "y": good, "ensemble": good}, {"x": wide, "y": none, "ensemble": good}]}
    ratio, name = score_ratio(run)
    assert name == "x"
    assert ratio < 1.0


def test_both_means_of_the_log_bias_are_told_apart() -> None:
    histories = load("Kosovo")
    trials = [Trial("a table", name, histories, 100) for name in ("one", "two", "three")]
    half, twice = Outcome(100, 50.0, (40.0, 60.0)), Outcome(100, 200.0, (90.0, 400.0))
    none = Outcome(100, None, None, "population.ensemble_sparse")
    found = [
        (trial, {"x": half, "ensemble": one}) for trial, one in zip(trials, (half, twice, none), strict=True)
    ]
    entries = {one.name: one.measured for one in consistency_entries(found)}
    assert entries["ic_log_bias"] == pytest.approx(math.log(2.0))
    assert entries["ic_mean_log_bias"] == pytest.approx(0.0)
    assert entries["ic_coverage"] == 0.5
    rows = hidden_table(found)
    assert "| a table, three | 100 |" in rows
    assert "ensemble_sparse" in rows
    assert "held, +0.69" in rows
