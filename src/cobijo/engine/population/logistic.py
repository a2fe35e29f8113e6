"""A small multinomial logistic regression: chances of a few classes given covariates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cobijo.errors import InputProblem

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]
RIDGE = 1e-3  # of the standardised coefficients: keeps separated classes finite, moves others by little
MOST_STEPS = 50
MOST_VALUES = 50


def design(
    covariates: Mapping[str, Sequence[object]] | ArrayLike, rows: int
) -> tuple[Floats, tuple[str, ...]]:
    """Columns for a regression, without an intercept, and their names: numbers standardised, any other value one
    column per value but the most frequent ("sex=female"); an empty value is a value of its own.

    >>> design({"age": [10, 14], "sex": ["f", "m"]}, 2)[1]
    ('age', 'sex=m')
    """
    if not isinstance(covariates, Mapping):
        matrix = np.asarray(covariates, np.float64)
        matrix = matrix.reshape(len(matrix), -1) if matrix.size else np.zeros((rows, 0))
        covariates = {f"x{j + 1}": list(column) for j, column in enumerate(matrix.T)}
    columns: list[Floats] = []
    names: list[str] = []
    for name, values in covariates.items():
        if len(values) != rows:
            raise InputProblem("population.covariate_length", column=name, values=len(values), people=rows)
        if all(isinstance(v, int | float | np.number) and not isinstance(v, bool) for v in values):
            numbers = np.array(values, np.float64)
            if not np.all(np.isfinite(numbers)):
                raise InputProblem("population.covariate_not_finite", column=name)
            spread = float(numbers.std())
            if spread > 0.0:
                columns.append((numbers - numbers.mean()) / spread)
                names.append(name)
            continue
        text = np.array(["" if v is None else str(v) for v in values])
        different, counts = np.unique(text, return_counts=True)
        if len(different) > MOST_VALUES:
            raise InputProblem(
                "population.covariate_values", column=name, values=len(different), most=MOST_VALUES
            )
        for value in np.delete(different, int(np.argmax(counts))):
            columns.append((text == value).astype(np.float64))
            names.append(f"{name}={value}")
    return np.column_stack(columns) if columns else np.zeros((rows, 0)), tuple(names)


def fit(x: Floats, classes: Counts, number: int, ridge: float = RIDGE) -> Floats:
    """Coefficients, shape (columns + 1, number - 1), class 0 the reference, by Newton with step halving.

    A ridge per row keeps the maximum finite where a covariate separates the classes.
    """
    ones = np.column_stack([np.ones(len(x)), x])
    p, free = ones.shape[1], number - 1
    target = (classes[:, None] == np.arange(1, number)).astype(np.float64)
    penalty = np.full((p, free), ridge * len(x) / 100.0)
    penalty[0] = 1e-9 * len(x)
    beta = np.zeros((p, free))
    best = _objective(ones, target, beta, penalty)
    for _ in range(MOST_STEPS):
        chance = probabilities(x, beta)[:, 1:]
        slope = ones.T @ (target - chance) - penalty * beta
        matrix = np.empty((free * p, free * p))
        for a in range(free):
            for b in range(free):
                weight = chance[:, a] * ((a == b) - chance[:, b])
                matrix[a * p : (a + 1) * p, b * p : (b + 1) * p] = ones.T @ (ones * weight[:, None])
        matrix[np.diag_indices(free * p)] += penalty.T.ravel()
        step = np.linalg.lstsq(matrix, slope.T.ravel(), rcond=None)[0].reshape(free, p).T
        scale = 1.0
        while (new := _objective(ones, target, beta + scale * step, penalty)) < best and scale > 1e-6:
            scale *= 0.5
        if new <= best + 1e-10 * (1.0 + abs(best)):
            break
        beta, best = beta + scale * step, new
    return beta


def probabilities(x: Floats, beta: Floats) -> Floats:
    """Chances of each class, rows summing to 1."""
    eta = np.column_stack([np.zeros(len(x)), np.column_stack([np.ones(len(x)), x]) @ beta])
    eta -= eta.max(axis=1, keepdims=True)
    chance = np.exp(eta)
    return np.asarray(chance / chance.sum(axis=1, keepdims=True))


def _objective(ones: Floats, target: Floats, beta: Floats, penalty: Floats) -> float:
    eta = ones @ beta
    top = np.maximum(eta.max(axis=1), 0.0)
    normal = top + np.log(np.exp(-top) + np.exp(eta - top[:, None]).sum(axis=1))
    return float(np.sum(target * eta) - normal.sum() - 0.5 * np.sum(penalty * beta**2))
