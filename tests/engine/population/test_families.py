"""The families beside stepwise selection: the numbers of their reference programs, and their refusals."""

from __future__ import annotations

import numpy as np
import pytest

from cobijo.engine.datasets import load
from cobijo.engine.population import bayes, bic, decomposable, estimate, from_masks, latent
from cobijo.engine.population.diagnostics import effective_size, rhat
from cobijo.engine.population.graphs import graphs_of
from cobijo.errors import WrongUsage
from tests.engine.population.shared import PUBLISHED, REFERENCE, reference


def test_bic_of_the_best_models() -> None:
    expected = reference("UKdat_5")["bic_point_maxorder2"]
    found = bic.search(load("UKdat_5"), order=2, top=10)
    assert found.tried == expected["n_models"]
    assert found.criteria == pytest.approx([m["BIC"] for m in expected["top"]], rel=1e-8)
    assert found.totals == pytest.approx([m["N"] for m in expected["top"]], rel=1e-8)


def test_best_model_of_six_lists() -> None:
    answer = estimate(load("UKdat"), "bic", resamples=20)
    assert answer.total == pytest.approx(12349.59, abs=0.01)
    assert answer.diagnostics["models_tried"] == 32768


@pytest.mark.parametrize(
    ("name", "order", "file", "ties"),
    [
        ("Kosovo", 3, "rmultinom_Kosovo_bic_B100.csv.gz", "mid"),
        ("Korea", 2, "rmultinom_Korea.csv.gz", "below"),
    ],
)
def test_bic_bootstrap_among_the_best(name: str, order: int, file: str, ties: str) -> None:
    expected = reference(name)["vary_ntop_bca"]
    for row in expected["table"]:
        for low, high, level in (("0.025", "0.975", 0.95), ("0.1", "0.9", 0.8)):
            answer = bic.fit(
                load(name), order=order, top=row["ntop"], level=level, resamples=REFERENCE / file, ties=ties
            )
            assert answer.total == pytest.approx(expected["estimate"], rel=1e-8)
            assert answer.interval == pytest.approx([row[low], row[high]], rel=1e-8)


def test_the_downhill_search_finds_what_fitting_all_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("Kosovo", "UKdat_5"):
        everything = bic.search(load(name), order=2, top=3)
        with monkeypatch.context() as few:
            few.setattr(bic, "MOST_MODELS", 4)
            walked = bic.search(load(name), order=2, top=3)
        assert not walked.enumerated
        assert walked.tried < everything.tried or name == "Kosovo"
        assert walked.criteria[0] >= everything.criteria[0] - 1e-9
        assert walked.criteria[0] == pytest.approx(everything.criteria[0], abs=2.1)


@pytest.mark.parametrize("name", [n for n in PUBLISHED if n != "UKdat"])
def test_decomposable_graphs(name: str) -> None:
    answers = {key: value for key, value in reference(name).items() if key.startswith("dga")}
    assert answers
    for key, expected in answers.items():
        answer = decomposable.fit(
            load(name), delta=expected["settings"]["delta"], every_number="int" in key, curve=False
        )
        assert answer.diagnostics["graphs"] == expected["settings"]["graphs"]
        assert answer.total == expected["median"]
        assert list(answer.interval) == expected["ci95"]
        assert answer.diagnostics["mean"] == pytest.approx(expected["mean"], rel=1e-9)
        shares = [m["share"] for m in answer.diagnostics["best"]]
        assert shares == pytest.approx([m["prob"] for m in expected["top_models"]], abs=1e-9)


def test_decomposable_graphs_keep_an_interval_in_large_tables() -> None:
    """The reference's thousand points lie 3 % of the observed apart: here its limits would be one and the same."""
    few, many = (0.2, 0.25, 0.3, 0.2), (0.6, 0.5, 0.5, 0.4)
    for size, chances in ((30_000, few), (1_000_000, few), (3_000, many)):
        rng = np.random.default_rng(size)
        masks = np.zeros(size, np.int64)
        for j, chance in enumerate(chances):
            masks |= (rng.random(size) < chance).astype(np.int64) << j
        table = from_masks("abcd", range(1, 16), np.bincount(masks, minlength=16)[1:])
        answer = decomposable.fit(table, curve=False)
        low, high = answer.interval
        assert low <= size <= high
        assert 0.5 * size**0.5 < high - low < 0.1 * size
        assert answer.diagnostics["grid_step"] < (high - low) / 3


def test_decomposable_graphs_refuse_what_the_grid_cannot_hold() -> None:
    answer = decomposable.fit(from_masks("abc", range(1, 8), [10**7] * 7))
    assert answer.refused[0] == "population.graphs_too_many_people"


def test_six_lists_and_the_prior_curve() -> None:
    assert len(graphs_of(6)[2]) == 18154
    assert estimate(load("UKdat"), "decomposable", curve=False).total == 12304
    medians = [p["median"] for p in estimate(load("UKdat_5"), "decomposable").diagnostics["curve"]]
    assert medians[0] == 23016
    assert medians[-1] == 2745


@pytest.mark.parametrize("name", ["UKdat_5", "NewOrl_5", "Kosovo", "UKdat"])
@pytest.mark.parametrize("prior", ["proper", "improper"])
def test_bayes_threshold_with_rs_pairs(name: str, prior: str) -> None:
    expected = reference(name).get(f"bayesthresh_{prior}")
    if expected is None:
        return
    answer = bayes.fit(load(name), prior=prior, keep=expected["retained"], draws=3000, seed=2)
    assert answer.total == pytest.approx(expected["popest"], rel=0.01)
    assert answer.interval == pytest.approx(
        [expected["quantiles"]["2.5%"], expected["quantiles"]["97.5%"]], rel=0.04
    )
    if prior == "proper":
        chosen = bayes.fit(load(name), draws=3000, seed=2)
        assert set(chosen.diagnostics["kept"]) == set(expected["retained"])


def test_bayes_threshold_drops_the_pair_that_r_kept_by_chance() -> None:
    answer = bayes.fit(load("UKdat_5"), prior="improper", seed=1)
    assert answer.diagnostics["minus_infinity"] == ["LA:GP"]
    assert answer.diagnostics["close_to_the_cut"] == ["LA:PFNCA"]
    assert answer.total == pytest.approx(11491, rel=0.01)


@pytest.mark.parametrize("name", ["Artificial_3", "NewOrl_5"])
def test_latent_classes(name: str) -> None:
    expected = reference(name)["lcmcr"]
    answer = latent.fit(load(name), cap=20.0, burn=2000, draws=3000, thin=10, chains=3, seed=3)
    if answer.refused is None:
        assert answer.total == pytest.approx(expected["median"], rel=0.05)
    medians = np.mean(answer.diagnostics["chain_medians"])
    assert medians == pytest.approx(expected["median"], rel=0.08)


def test_a_cap_that_makes_no_sense_is_said() -> None:
    for cap in (0, -1.0):
        with pytest.raises(WrongUsage, match="cap"):
            latent.fit(load("Korea"), cap=cap)


def test_both_samplers_have_one_answer() -> None:
    table = from_masks("abc", range(1, 8), [30, 25, 9, 28, 11, 8, 6])
    one, other = (
        latent.fit(table, burn=1000, draws=6000, thin=5, plain=p, seed=4, cap=50.0).diagnostics[
            "chain_medians"
        ]
        for p in (False, True)
    )
    assert np.median(one) == pytest.approx(np.median(other), rel=0.06)


def test_a_chain_that_does_not_mix_is_not_an_estimate() -> None:
    answer = latent.fit(load("UKdat_5"), plain=True, burn=50, draws=100, thin=1)
    assert answer.total is None
    assert answer.refused is not None
    assert answer.refused[0] in ("population.chains_not_mixed", "population.chains_diverge")


def test_rhat_and_effective_size_know_a_known_series() -> None:
    rng = np.random.default_rng(1)
    free = rng.standard_normal((4, 4000))
    assert rhat(free) == pytest.approx(1.0, abs=0.005)
    assert effective_size(free) == pytest.approx(16000, rel=0.1)
    slow = np.zeros((4, 20000))
    for t in range(1, 20000):
        slow[:, t] = 0.9 * slow[:, t - 1] + rng.standard_normal(4)
    assert effective_size(slow) == pytest.approx(80000 * 0.1 / 1.9, rel=0.15)
    assert rhat(free + np.arange(4)[:, None]) > 1.2


@pytest.mark.parametrize("method", ["bic", "decomposable", "latent", "bayes"])
def test_without_overlap_every_family_refuses(method: str) -> None:
    table = from_masks(["a", "b", "c"], [1, 2, 4], [10, 20, 30])
    answer = estimate(table, method)
    assert answer.refused is not None
    assert answer.refused[0] == "population.never_overlap"


def test_settings_that_make_no_sense() -> None:
    table = load("Korea")
    for call in (
        lambda: bic.fit(table, top=0),
        lambda: bic.fit(load("NewOrl"), order=4),
        lambda: decomposable.fit(table, delta=0.0),
        lambda: latent.fit(table, classes=1),
        lambda: bayes.fit(table, prior="flat"),
    ):
        with pytest.raises(WrongUsage):
            call()
