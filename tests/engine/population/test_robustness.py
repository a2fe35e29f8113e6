"""The robustness report: each way of asking again, and what is said of it."""

from __future__ import annotations

import math

import pytest

from cobijo.engine.datasets import load
from cobijo.engine.population import estimate, from_masks
from cobijo.engine.population.robustness import (
    Robustness,
    consistency,
    coverage,
    examine,
    merges,
    omissions,
    overlaps,
    prior_curve,
    threshold_curve,
    wilson,
    within,
)
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.sentences import catalogue


@pytest.fixture(scope="module")
def report() -> Robustness:
    return examine(load("UKdat_5"), resamples=50, tables=20, seed=1)


def test_the_base_is_the_stepwise_estimate(report: Robustness) -> None:
    assert report.base.total == pytest.approx(11_312.990289, rel=1e-8)
    assert [one.total for one in report.thresholds if one.value == 0.02] == [report.base.total]


def test_the_prior_curve_is_the_published_warning(report: Robustness) -> None:
    assert [one.value for one in report.priors] == [1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2]
    totals = {one.value: one.total for one in report.priors}
    assert (totals[1 / 32], totals[1 / 4]) == (23_016, 2_745)
    assert next(one for one in report.findings if "prior" in one.code).doubt


def test_every_finding_is_a_sentence_with_its_figures(report: Robustness) -> None:
    assert [one.code.split("_")[0] for one in report.findings] == [
        f"robustness.{room}"
        for room in ("threshold", "prior", "omission", "merge", "consistency", "overlaps", "coverage")
    ]
    for one in report.findings:
        assert "{" not in catalogue()[one.code].format(**one.params)
    assert report.doubts == sum(one.doubt for one in report.findings) > 0


def test_same_seed_same_report(report: Robustness) -> None:
    assert examine(load("UKdat_5"), resamples=50, tables=20, seed=1) == report


def test_hidden_lists_of_kosovo_are_missed_from_below() -> None:
    found = consistency(load("Kosovo"), resamples=100)
    sizes = [row[i] for i, row in enumerate(overlaps(load("Kosovo")).shared)]
    assert [one.truth for one in found] == sizes
    missed = [one for one in found if one.found is False]
    assert len(missed) == 3
    assert all(one.log_bias is not None and one.log_bias < 0 for one in missed)


def test_within_hides_exactly_those_whom_only_one_list_saw() -> None:
    histories = from_masks(["a", "b", "c"], [1, 2, 3, 5, 6, 7], [10, 20, 4, 3, 9, 2])
    inside = within(histories, "a")
    assert inside.lists == ("b", "c")
    assert inside.observed == 9
    assert inside.counts.tolist() == [4, 3, 2]


def test_any_method_can_be_tried() -> None:
    def naive(histories: Histories) -> Estimate:
        return estimate(histories, "independence")

    tried = consistency(load("UKdat_5"), method=naive)
    assert {one.lists[0] for one in tried if one.found is not None} >= {"LA", "NG"}


def test_merging_and_omitting_name_what_was_changed() -> None:
    histories = load("Artificial_3")
    assert [one.lists for one in omissions(histories, resamples=20)] == [("A",), ("B",), ("C",)]
    merged = merges(histories, resamples=20)
    assert [one.lists for one in merged] == [("A", "B"), ("A", "C"), ("B", "C")]
    for one in merged:
        assert one.refused is None or "\0" not in str(one.refused)


def test_two_lists_have_nothing_to_leave_out() -> None:
    histories = from_masks(["a", "b"], [1, 2, 3], [40, 30, 12])
    report = examine(histories, resamples=20, tables=10)
    assert (report.omissions, report.merges, report.consistency) == ((), (), ())
    assert report.thresholds == ()
    assert (report.findings[0].code, report.findings[0].doubt) == ("robustness.two_lists", True)
    assert report.base.total is not None


def test_eight_lists_have_no_prior_curve() -> None:
    assert prior_curve(load("NewOrl")) == ()


def test_lists_that_never_overlap_are_refused_everywhere() -> None:
    histories = from_masks(["a", "b", "c"], [1, 2, 4], [40, 30, 12])
    report = examine(histories, resamples=20, tables=10)
    assert report.base.total is None
    assert report.coverage is None
    codes = {one.code for one in report.findings}
    assert {"robustness.threshold_none", "robustness.consistency_none", "robustness.overlaps_few"} <= codes


def test_overlaps_are_symmetric_and_hold_the_lists_sizes() -> None:
    found = overlaps(load("UKdat"))
    assert found.shared[0][0] == 94
    assert ("LA", "GP", 0) in found.pairs()
    assert all(found.shared[i][j] == found.shared[j][i] for i in range(6) for j in range(6))


def test_coverage_draws_from_the_fitted_model() -> None:
    histories = load("Kosovo")
    base = estimate(histories, "stepwise", resamples=50)
    found = coverage(histories, base, tables=30, resamples=50, seed=3)
    assert found is not None
    assert base.total is not None
    assert found.truth == round(base.total)
    assert found.answered == found.tables == 30
    assert found.covered >= 24
    assert found.log_bias is not None
    assert math.fabs(found.log_bias) < 0.05


def test_thresholds_come_in_order() -> None:
    curve = threshold_curve(load("Korea"), thresholds=(0.05, 0.001), resamples=20)
    assert [one.value for one in curve] == [0.001, 0.05]


def test_wilson_at_the_ends() -> None:
    assert wilson(0, 0) == (0.0, 1.0)
    assert wilson(10, 10)[1] == pytest.approx(1.0)
    assert wilson(0, 10)[0] == pytest.approx(0.0, abs=1e-12)
