"""The same numbers as R, on published tables and on R's own resamples."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cobijo.engine.datasets import load
from cobijo.engine.population import bootstrap, chapman, closedp, estimate, stepwise
from cobijo.engine.population.histories import full_counts
from cobijo.engine.population.selection import candidates_of, starting, walk_tables
from tests.engine.population.shared import PUBLISHED, reference, resamples

TIES = {"Artificial_3": "above"}
ARTEFACTS = {
    ("Artificial_3", f"{m} {f}") for m in ("Mh", "Mth") for f in ("Poisson2", "Darroch", "Gamma3.5")
} | {("UKdat_5", "Mb")}


@pytest.mark.parametrize("name", PUBLISHED)
def test_stepwise_point_order_and_bca_on_rs_resamples(name: str) -> None:
    expected = reference(name)["sparsemse"]
    for low, high, level in (
        ("0.025", "0.975", 0.95),
        ("0.05", "0.95", 0.9),
        ("0.1", "0.9", 0.8),
        ("0.16", "0.84", 0.68),
    ):
        answer = stepwise.fit(load(name), level=level, resamples=resamples(name), ties=TIES.get(name, "mid"))
        assert answer.interval == pytest.approx(
            [expected["bca"]["BCa"][low], expected["bca"]["BCa"][high]], rel=1e-8
        )
    assert answer.total == pytest.approx(expected["point"]["N"], rel=1e-8)
    assert [s["effect"] for s in answer.diagnostics["selected"]] == expected["point"]["model_pairs"]
    assert answer.diagnostics["bias"] == pytest.approx(expected["bca"]["z0"], abs=1e-8)
    assert answer.diagnostics["acceleration"] == pytest.approx(expected["bca"]["ahat"], abs=1e-8)


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_first_resamples_one_by_one(name: str) -> None:
    table = load(name)
    k = len(table.lists)
    drawn = bootstrap.given(table, resamples(name))[:10]
    many = walk_tables(table, drawn, candidates_of(k, 2), 0.02, starting(k, full_counts(table)))
    assert many.totals == pytest.approx(reference(name)["sparsemse"]["bca"]["first10"], rel=1e-8)


@pytest.mark.parametrize("name", PUBLISHED)
def test_threshold_path(name: str) -> None:
    for step in reference(name)["sparsemse"]["threshold_path"]:
        answer = stepwise.fit(load(name), threshold=step["pthresh"], resamples=10)
        total = answer.total or answer.diagnostics["point"]
        assert total == pytest.approx(step["N"], rel=1e-8)


def test_ties_in_the_middle_move_two_tables_only_a_little() -> None:
    answer = stepwise.fit(load("Artificial_3"), resamples=resamples("Artificial_3"))
    expected = reference("Artificial_3")["sparsemse"]["bca"]["BCa"]
    assert answer.interval == pytest.approx([expected["0.025"], expected["0.975"]], rel=2e-2)
    assert answer.diagnostics["resamples_unbounded"] == 1


@pytest.mark.parametrize("name", PUBLISHED)
def test_wald_intervals(name: str) -> None:
    expected = reference(name)["sparsemse"]
    for key, method, options in (
        ("main_effects_only", "independence", {}),
        ("all_pairs_model", "loglinear", {"model": "pairs"}),
        ("point", "loglinear", {"model": expected["point"]["model_pairs"]}),
    ):
        answer = estimate(load(name), method, **options)
        if expected[key].get("ierr"):
            assert answer.refused is not None
            continue
        assert answer.total == pytest.approx(expected[key]["N"], rel=1e-8)
        assert answer.interval == pytest.approx(expected[key]["wald_ci95"], rel=5e-5)


@pytest.mark.parametrize("name", PUBLISHED)
def test_chapman_for_every_pair(name: str) -> None:
    found = chapman.pairs(load(name))
    expected = reference(name)["chapman_pairwise"]["results"]
    assert len(found) == len(expected)
    for mine, other in zip(found, expected, strict=True):
        assert ":".join(mine.lists) == other["lists"]
        assert (mine.first, mine.second, mine.both) == (other["n1"], other["n2"], other["m"])
        assert [mine.total, mine.standard_error, *mine.interval] == pytest.approx(
            [other["N"], other["se"], *other["ci95_lognormal"]], rel=1e-10
        )


@pytest.mark.parametrize("name", PUBLISHED)
def test_closedp_and_chao(name: str) -> None:
    for model, expected in reference(name)["rcapture_closedp_t"]["results"].items():
        answer = closedp.fit(load(name), model=model)
        if (name, model) in ARTEFACTS:
            assert answer.refused is not None
            continue
        assert answer.total == pytest.approx(expected["abundance"], rel=1e-6)
        assert answer.diagnostics["deviance"] == pytest.approx(expected["deviance"], rel=1e-6)
        if "standard_error" in answer.diagnostics:
            assert answer.diagnostics["standard_error"] == pytest.approx(expected["stderr"], rel=5e-4)


def test_published_figures() -> None:
    assert (
        10_000 <= estimate(load("UKdat"), resamples=10).total <= 13_000
    )  # Silverman 2014: 10 to 13 thousand
    assert estimate(load("NewOrl"), resamples=200).total == pytest.approx(1184, abs=0.5)  # Bales et al. 2020


def test_resamples_as_an_array_are_those_of_the_file(tmp_path: Path) -> None:
    table = load("UKdat_5")
    drawn = bootstrap.draw(table, 50, 7)
    lines = ["".join(str(c >> j & 1) for j in range(5)) for c in table.cells.tolist()]
    file = tmp_path / "drawn.csv"
    file.write_text("\n".join([",".join(lines), *(",".join(map(str, row)) for row in drawn.tolist())]))
    by_file, by_array = (stepwise.fit(table, resamples=given) for given in (file, drawn))
    assert by_file.interval == by_array.interval == stepwise.fit(table, resamples=50, seed=7).interval
    assert np.array_equal(bootstrap.given(table, file), drawn)
