"""The doubly robust estimate: truth of a simulation, and where it refuses."""

from __future__ import annotations

import numpy as np
import pytest

from cobijo.engine.population import doubly_robust
from cobijo.engine.population.chapman import chapman
from cobijo.engine.population.logistic import design, fit, probabilities
from cobijo.errors import InputProblem, WrongUsage

SIZE = 3000


def simulated(seed: int, base: float = -0.6) -> tuple[np.ndarray, dict[str, list[object]]]:
    """Two lists, independent among people alike, both more likely to see the same kind of people."""
    rng = np.random.default_rng(seed)
    x, sex = rng.normal(size=SIZE), rng.integers(0, 2, SIZE)
    first = 1.0 / (1.0 + np.exp(-(base + x + 0.5 * sex)))
    second = 1.0 / (1.0 + np.exp(-(base + x - 0.4 * sex)))
    seen = rng.random((SIZE, 2)) < np.column_stack([first, second])
    known = seen.any(axis=1)
    return seen[known], {"x": x[known].tolist(), "sex": ["f" if s else "m" for s in sex[known]]}


def test_coverage_and_bias_beside_the_estimate_without_covariates() -> None:
    covered, errors, naive = [], [], []
    for seed in range(20):
        seen, covariates = simulated(seed)
        answer = doubly_robust.fit(seen, covariates, ["a", "b"], repeats=2, seed=seed)
        if answer.interval is None or answer.total is None:
            continue
        covered.append(answer.interval[0] <= SIZE <= answer.interval[1])
        errors.append(np.log(answer.total / SIZE))
        first, second = seen.sum(axis=0)
        naive.append(np.log(chapman(int(first), int(second), int(seen.all(axis=1).sum()))[0] / SIZE))
    assert len(covered) >= 17
    assert np.mean(covered) >= 0.85
    assert abs(np.mean(errors)) < 0.04
    assert np.mean(naive) < -0.15


def test_without_covariates_it_is_lincoln_and_petersen() -> None:
    seen, _ = simulated(1)
    answer = doubly_robust.fit(seen, {}, ["a", "b"], repeats=1)
    first, second, both = int(seen[:, 0].sum()), int(seen[:, 1].sum()), int(seen.all(axis=1).sum())
    assert answer.total == pytest.approx(first * second / both, rel=2e-3)
    total, error, _ = chapman(first, second, both)
    assert answer.diagnostics["standard_error"] == pytest.approx(error, rel=0.05)
    assert total == pytest.approx(first * second / both, rel=2e-3)


def test_pairs_of_three_lists() -> None:
    rng = np.random.default_rng(5)
    seen = rng.random((2000, 3)) < [0.4, 0.35, 0.3]
    x = rng.normal(size=2000)[seen.any(axis=1)]
    seen = seen[seen.any(axis=1)]
    every = doubly_robust.fit(seen, x, ["a", "b", "c"], repeats=1)
    assert every.refused is not None
    assert every.refused[0] == "population.pair_needed"
    assert len(every.diagnostics["pairs"]) == 3  # type: ignore[arg-type]
    one = doubly_robust.fit(seen, x, ["a", "b", "c"], pair=["a", "c"], repeats=2)
    assert one.total == pytest.approx(2000, rel=0.1)
    assert one.observed == len(seen)


def test_unstable_and_wrong() -> None:
    seen, covariates = simulated(2, base=-2.6)
    answer = doubly_robust.fit(seen, covariates, ["a", "b"], repeats=1)
    assert answer.refused is not None
    assert answer.refused[0] in ("population.overlap_decides", "population.overlap_clipped")
    few = np.array([[1, 0]] * 50 + [[0, 1]] * 50 + [[1, 1]] * 3)
    answer = doubly_robust.fit(few, {}, ["a", "b"])
    assert answer.refused is not None
    assert answer.refused[0] == "population.overlap_too_small"
    with pytest.raises(InputProblem):
        doubly_robust.fit([[1, 0], [0, 0]], {}, ["a", "b"])
    with pytest.raises(InputProblem):
        doubly_robust.fit(few, {"x": [1.0]}, ["a", "b"])
    with pytest.raises(WrongUsage):
        doubly_robust.fit(few, {}, ["a", "b"], folds=1)


def test_the_regression_finds_its_coefficients() -> None:
    rng = np.random.default_rng(1)
    x = rng.normal(size=(40_000, 1))
    true = np.array([[0.3, -0.5], [1.0, -0.7]])
    p = probabilities(x, true)
    classes = (rng.random(len(x))[:, None] > np.cumsum(p, axis=1)).sum(axis=1)
    assert fit(x, classes, 3) == pytest.approx(true, abs=0.06)
    matrix, names = design({"n": [1, 2, 3], "t": ["a", "a", None]}, 3)
    assert names == ("n", "t=")
    assert matrix[:, 0].std() == pytest.approx(1.0)
