"""The ensemble: what it pools, when it speaks of disagreement, when it refuses."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings

from cobijo.engine.datasets import load
from cobijo.engine.population import Estimate, Histories, estimate, from_masks, reorder
from cobijo.engine.population.averaging import average, on_three
from cobijo.engine.population.averaging_fits import FORMS, fit_models, space_of
from cobijo.engine.population.ensemble import LEAST_SHARE, belief_shares, disagree, pool
from cobijo.engine.population.existence import full_model
from cobijo.engine.population.loglinear import fit_model
from cobijo.engine.population.voices import Member, quantiles, scores, significant
from cobijo.engine.simulate.capture import capture_only
from cobijo.errors import WrongUsage
from cobijo.sentences import render
from tests.engine.population.shared import histories as random_tables


def table(*rows: tuple[int, int], lists: int = 3) -> Histories:
    cells, counts = zip(*rows, strict=True)
    return from_masks([f"list {j}" for j in range(lists)], np.array(cells), np.array(counts))


def told(answer: Estimate) -> dict[str, object]:
    sentence = answer.diagnostics["sentence"]
    assert isinstance(sentence, dict)
    return sentence


def test_models_of_pairs_agree_with_the_exact_fit() -> None:
    histories = load("UKdat_5")
    for model in [m for m in average(histories) if m.form == "equal"][:5]:
        exact = fit_model(histories, full_model(5, model.pairs))
        assert not isinstance(exact, tuple)
        assert model.log_hidden == pytest.approx(exact.log_hidden, abs=1e-6)
        spread = np.sqrt(np.log1p(exact.standard_error**2 + np.exp(-exact.log_hidden)))
        assert model.deviation == pytest.approx(spread, rel=1e-4)


def test_unequal_people_agree_with_the_closedp_family() -> None:
    histories, _ = capture_only("latent", 5000, seed=3)
    for model in average(histories):
        if model.form != "equal" and not model.pairs:
            alone = estimate(histories, "closedp", model=f"Mth {model.form}").total
            assert alone is not None
            assert histories.observed + np.exp(model.log_hidden) == pytest.approx(alone, rel=1e-6)
            break
    else:
        pytest.fail("no model of unequal people alone within the window")


def test_weights_sum_to_one_and_every_belief_keeps_its_least_share() -> None:
    models = average(load("Kosovo"))
    assert sum(m.weight for m in models) == pytest.approx(1.0)
    assert {m.form for m in models} <= set(FORMS)
    shares = belief_shares(models)
    assert sum(shares.values()) == pytest.approx(1.0)
    assert min(shares.values()) >= LEAST_SHARE


@pytest.mark.parametrize("design", ["independent", "dependent", "latent"])
def test_the_truth_is_in_the_range(design: str) -> None:
    histories, truth = capture_only(design, 5000, seed=11)
    answer = estimate(histories, "ensemble", resamples=100, seed=1)
    assert answer.total is not None
    assert answer.interval is not None
    assert answer.interval[0] <= truth <= answer.interval[1]
    assert histories.observed <= answer.interval[0] <= answer.total <= answer.interval[1]
    listed = answer.diagnostics["families"]
    assert isinstance(listed, list)
    assert sum(one["weight"] for one in listed) == pytest.approx(1.0)


def test_the_order_of_the_lists_changes_nothing() -> None:
    histories = load("Kosovo")
    turned = reorder(histories, histories.lists[::-1])
    one, other = average(histories), average(turned)
    assert [m.form for m in one] == [m.form for m in other]
    assert np.allclose([m.log_hidden for m in one], [m.log_hidden for m in other], atol=1e-5)


def test_disagreement_is_flagged_and_said() -> None:
    answer = estimate(load("UKdat_5"), "ensemble", resamples=100, seed=1)
    assert answer.diagnostics["disagreement"]["flag"] is True  # type: ignore[index]
    sentence = told(answer)
    assert sentence["code"] == "population.ensemble_disagree"
    for language in ("en", "es"):
        assert "{" not in render(str(sentence["code"]), sentence["params"], language)  # type: ignore[arg-type]


def test_intervals_that_do_not_meet_are_a_disagreement() -> None:
    one = Estimate("one", 100, 200.0, (190.0, 210.0), 0.95, ("a", "b", "c"))
    two = replace(one, method="two", total=230.0, interval=(220.0, 240.0))
    assert disagree([one, two]) == {"ratio": 1.15, "apart": [["one", "two"]], "flag": True}
    assert disagree([one, replace(two, interval=(205.0, 240.0))])["flag"] is False


def test_few_people_on_three_lists_are_said_to_test_nothing() -> None:
    histories = table((1, 200), (2, 180), (4, 220), (3, 20), (5, 22), (6, 19), (7, 2))
    assert on_three(histories) == 2
    answer = estimate(histories, "ensemble", resamples=100, seed=1)
    assert answer.diagnostics["inequality_tested"] is False
    assert told(answer)["code"] == "population.ensemble_untested"


def test_what_the_table_cannot_test_has_a_voice_all_the_same() -> None:
    histories = table((1, 200), (2, 180), (4, 220), (3, 20), (5, 22), (6, 19), (7, 2))
    models = average(histories)
    assert {m.form for m in models} == set(FORMS)
    assert belief_shares(models)["unequal"] == pytest.approx(0.5, abs=0.15)
    answer = estimate(histories, "ensemble", resamples=100, seed=1)
    listed = {one["method"]: one for one in answer.diagnostics["families"]}  # type: ignore[attr-defined]
    assert listed["averaged_unequal"]["total"] > listed["averaged_equal"]["total"]


@pytest.mark.parametrize("form", FORMS[1:])
def test_inequality_that_is_given_is_inequality_that_was_fitted(form: str) -> None:
    """Given as strong as the fit found it, the column leaves the same people hidden and explains as much."""
    space = space_of(capture_only("latent", 5000, seed=3)[0])
    none = np.zeros((1, len(space.pairs)), bool)
    spreads = np.linspace(0.02, 1.6, 159)
    given = [fit_models(space, form, none, spread) for spread in spreads]
    best = min(given, key=lambda one: one[0][0])
    criterion, log_hidden, variance = fit_models(space, form, none)
    assert best[0][0] == pytest.approx(criterion[0] - np.log(space.on_three), abs=0.05)
    assert best[1][0] == pytest.approx(log_hidden[0], abs=0.03)
    assert best[2][0] < variance[0]


def test_few_captures_of_unequal_people_are_not_sold_as_certain() -> None:
    """Ten populations that no family of equal people holds more than six of."""
    held = {"stepwise": 0, "ensemble": 0}
    for index in range(10):
        histories, truth = capture_only("faint", 5000, seed=95_000_000 + index)
        for method in held:
            answer = estimate(histories, method, resamples=100, seed=index)
            if answer.interval is not None:
                held[method] += answer.interval[0] <= truth <= answer.interval[1]
    assert held["stepwise"] <= 6
    assert held["ensemble"] >= 8


@pytest.mark.parametrize(
    ("histories", "code"),
    [
        (table((1, 50), (2, 40), (3, 20), lists=2), "ensemble_two_lists"),
        (table((1, 50), (2, 40), (4, 20)), "never_overlap"),
        (table((1, 50), (2, 40), (4, 20), (3, 3), (5, 3)), "ensemble_sparse"),
        (load("Artificial_3"), "ensemble_sparse"),
    ],
)
def test_refused_where_nothing_is_defensible(histories: Histories, code: str) -> None:
    answer = estimate(histories, "ensemble", resamples=100)
    assert answer.total is None
    assert answer.interval is None
    assert answer.refused is not None
    assert answer.refused[0] == f"population.{code}"
    assert "{" not in render(answer.refused[0], answer.refused[1], "es")  # type: ignore[arg-type]


def test_refused_where_the_range_is_too_wide_or_only_one_family_answers() -> None:
    histories, _ = capture_only("independent", 5000, seed=4)
    models = average(histories)
    lists = histories.lists
    none = Estimate("bic", histories.observed, None, None, 0.95, lists, refused=("population.no_model", {}))
    alone = pool(histories, [none], [], models, 0.95, 0)
    assert alone.refused is not None
    assert alone.refused[0] == "population.ensemble_alone"
    wild = Estimate("bic", histories.observed, 6e4, (2.7e3, 2e6), 0.95, lists)
    wide = pool(histories, [wild], [], models, 0.95, 0)
    assert wide.refused is not None
    assert wide.refused[0] == "population.ensemble_too_wide"


def test_a_refusing_family_leaves_the_pool_and_stays_in_sight() -> None:
    answer = estimate(load("NewOrl"), "ensemble", resamples=50, seed=1)  # eight lists: no decomposable graphs
    listed = {one["method"]: one for one in answer.diagnostics["families"]}  # type: ignore[attr-defined]
    assert listed["decomposable"]["refused"] == "population.graphs_too_many_lists"
    assert listed["decomposable"]["weight"] == 0.0


@settings(max_examples=15, deadline=None)
@given(random_tables(most_lists=4))
def test_any_table_gets_a_finite_range_or_a_reason(histories: Histories) -> None:
    answer = estimate(histories, "ensemble", resamples=20, seed=1)
    if answer.refused is not None:
        assert answer.total is None
        assert render(answer.refused[0], answer.refused[1], "es")  # type: ignore[arg-type]
    else:
        assert answer.total is not None
        assert answer.interval is not None
        assert np.all(np.isfinite(answer.interval))
        assert histories.observed <= answer.interval[0] <= answer.total <= answer.interval[1]


def test_an_unknown_family_is_wrong_usage() -> None:
    with pytest.raises(WrongUsage):
        estimate(load("Kosovo"), "ensemble", families=["oracle"])


def test_quantiles_of_one_voice_are_its_own() -> None:
    voice = Member("a", "equal", 7.0 + 0.2 * scores(), 0.4)
    low, middle, high = quantiles([voice], (0.025, 0.5, 0.975), 100)
    assert middle == pytest.approx(100 + np.exp(7.0))
    assert np.log(high - 100) == pytest.approx(7.0 + 0.2 * 1.96, abs=0.01)
    assert np.log(low - 100) == pytest.approx(7.0 - 0.2 * 1.96, abs=0.01)
    assert [significant(v) for v in (11_431.0, 99.6, 7.2)] == [11_400, 100, 7]


def test_a_belief_that_explains_a_large_table_far_worse_has_weights_of_its_own() -> None:
    """exp(-BIC / 2) of every model of pairs is nought in a double here; their shares among themselves are not."""
    rng = np.random.default_rng(3)
    counts = np.exp(rng.uniform(17.0, 26.0, 31)).astype(np.int64)
    answer = estimate(from_masks("abcde", range(1, 32), counts), "ensemble", resamples=20)
    families = {one["method"]: one for one in answer.diagnostics["families"]}
    assert families["averaged_equal"]["weight"] > 0.0
    assert families["averaged_equal"]["total"] > 0.0
    assert sum(one["weight"] for one in families.values()) == pytest.approx(1.0)


def test_a_family_named_twice_counts_once() -> None:
    twice = estimate(load("Korea"), "ensemble", families=["stepwise", "stepwise"], resamples=50, seed=1)
    once = estimate(load("Korea"), "ensemble", families="stepwise", resamples=50, seed=1)
    assert twice.interval == once.interval
