"""Models of how often people are seen, list by list or by number of lists (the closedp family of Rcapture).

The count of each history is Poisson; its log mean is linear in a column per list (Mt) or in the number of
lists j (M0), plus one column in j that stands for people who are harder to find than others (Mth and Mh):
Chao's bound leaves the counts seen three times and more to themselves, the others assume a form (Baillargeon
and Rivest 2007, J. Stat. Software 19(5); Rivest and Baillargeon 2007, Biometrics 63). Mb and Mbh assume an
order of the lists in time.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population.existence import recession
from cobijo.engine.population.histories import full_counts, lists_without_overlap
from cobijo.engine.population.loglinear import UNINFORMATIVE, Refusal
from cobijo.engine.population.normal import lognormal_interval, two_sided
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.errors import WrongUsage

Array = NDArray[np.float64]
FORMS = ("Chao (LB)", "Poisson2", "Darroch", "Gamma3.5")
MODELS = ("M0", "Mt", *(f"{base} {form}" for base in ("Mh", "Mth") for form in FORMS), "Mb", "Mbh")


@dataclass(frozen=True)
class Glm:
    """A Poisson fit: parameters, their covariance, fitted means, deviance."""

    beta: Array
    covariance: Array
    mean: Array
    deviance: float


def poisson_glm(x: Array, y: Array) -> Glm | None:
    """Poisson regression with log link by iteratively reweighted least squares; None where it does not
    settle."""
    mean = y + 0.1
    eta = np.log(mean)
    beta = np.zeros(x.shape[1])
    for _ in range(200):
        root = np.sqrt(mean)
        working = eta + (y - mean) / mean
        q, r = np.linalg.qr(x * root[:, None])
        if np.min(np.abs(np.diag(r))) < 1e-13 * np.max(np.abs(np.diag(r))):
            return None
        new = np.linalg.solve(r, q.T @ (working * root))
        moved = float(np.max(np.abs(x @ new - eta)))
        beta, eta = new, x @ new
        if np.max(np.abs(eta)) > 600:
            return None
        mean = np.exp(eta)
        if moved < 1e-10:
            inverse = np.linalg.inv(r)
            seen = y > 0
            deviance = 2.0 * float(np.sum(y[seen] * np.log(y[seen] / mean[seen])) - np.sum(y - mean))
            return Glm(beta, inverse @ inverse.T, mean, deviance)
    return None


def columns(model: str, k: int) -> Array:
    """The design of a model over the cells 1 .. 2^k - 1, the intercept (the unseen cell) first."""
    cells = np.arange(1, 1 << k)
    seen = (cells[:, None] >> np.arange(k) & 1).astype(np.float64)
    j = seen.sum(axis=1)
    parts = [np.ones(cells.size)]
    if model in ("Mb", "Mbh"):
        first = np.argmax(seen, axis=1).astype(np.float64)
        parts += [first, j - 1.0, *([(first >= 1).astype(np.float64)] if model == "Mbh" else [])]
        return np.column_stack(parts)
    parts += list(seen.T) if model.startswith("Mt") else [j]
    form = model.partition(" ")[2]
    if form == "Chao (LB)":
        parts += [np.maximum(j - m + 1.0, 0.0) for m in range(3, k + 1)]
    elif form == "Poisson2":
        parts.append(2.0**j - 1.0)
    elif form == "Darroch":
        parts.append(j**2 / 2.0)
    elif form == "Gamma3.5":
        parts.append(-np.log(3.5 + j) + math.log(3.5))
    return np.column_stack(parts)


def fit_columns(x: Array, y: Array) -> Glm | Refusal:
    """Fit after the exact question whether a maximum exists (a rank and a linear programme)."""
    if np.linalg.matrix_rank(x) < x.shape[1]:
        return "population.closedp_not_identified", {}
    if np.any(recession(x / np.abs(x).max(axis=0), y > 0)):
        return "population.closedp_no_maximum", {}
    found = poisson_glm(x, y)
    return found if found is not None else ("population.no_convergence", {"model": "closedp"})


def fit_bound(x: Array, y: Array, base: int) -> Glm | Refusal:
    """Chao's bound: the columns behind `base` may only add people; those that would take away are dropped,
    and refitted."""
    while True:
        counted = [
            c for c in range(base, x.shape[1]) if not np.any(y[x[:, c] > 0])
        ]  # nobody there: minus infinity
        if counted:
            x = np.delete(x, counted, axis=1)
            continue
        found = fit_columns(x, y)
        if not isinstance(found, Glm):
            if x.shape[1] > base:  # the last column is the one the data say least about
                x = x[:, :-1]
                continue
            return found
        negative = [c for c in range(base, x.shape[1]) if found.beta[c] < 0]
        if not negative:
            return found
        x = np.delete(x, negative, axis=1)


def population(model: str, histories: Histories) -> tuple[float, float, Glm] | Refusal:
    """Total, standard error and fit of one model."""
    k = len(histories.lists)
    y = full_counts(histories)[1:].astype(np.float64)
    if len(lists_without_overlap(histories)) == k:
        return "population.never_overlap", {"lists": ", ".join(histories.lists)}
    x = columns(model, k)
    base = 1 + (k if model.startswith("Mt") else 1)
    found = fit_bound(x, y, base) if model.endswith("Chao (LB)") else fit_columns(x, y)
    if not isinstance(found, Glm):
        code, params = found
        return code, {**params, "model": model}
    if model in ("Mb", "Mbh"):
        return (*in_order(model, histories, found), found)
    hidden = math.exp(min(found.beta[0], 690.0))
    error = math.sqrt(hidden + hidden**2 * float(found.covariance[0, 0]))
    return histories.observed + hidden, error, found


def in_order(model: str, histories: Histories, found: Glm) -> tuple[float, float]:
    """The total of a model with an order in time: what the first lists found, over the chance to be found at
    all."""
    k = len(histories.lists)
    first = np.array([(w & -w).bit_length() - 1 for w in range(1, 1 << k)])
    new = [float(found.mean[first == i].sum()) for i in range(2)]
    missed = math.exp(found.beta[1]) / (1.0 + math.exp(found.beta[2]))  # by a list, by people not seen before
    total = new[0] / (1.0 - missed) if model == "Mb" else new[0] + new[1] / (1.0 - missed)
    return total, math.nan


def fit(histories: Histories, *, model: str = "Mt", level: float = 0.95) -> Estimate:
    """One model of the family; the interval is log-normal on the hidden people.

    >>> from cobijo.engine.datasets import load
    >>> round(fit(load("Kosovo"), model="Mth Chao (LB)").total)
    8591
    """
    if model not in MODELS:
        raise WrongUsage("population.model_unknown", model=model, models=", ".join(MODELS))
    return estimate_of("closedp", model, histories, level)


def estimate_of(method: str, model: str, histories: Histories, level: float) -> Estimate:
    """An `Estimate` from one model, refusals included."""
    observed, lists = histories.observed, histories.lists
    answer = population(model, histories)
    if len(answer) == 2:
        return Estimate(method, observed, None, None, level, lists, model=(model,), refused=answer)
    total, error, found = answer
    if not observed <= total < UNINFORMATIVE * observed:
        refused = ("population.closedp_no_maximum", {"model": model})
        return Estimate(method, observed, None, None, level, lists, model=(model,), refused=refused)
    interval = None
    diagnostics: dict[str, object] = {"deviance": found.deviance, "columns": int(found.beta.size)}
    if math.isfinite(error):
        diagnostics["standard_error"] = error
        interval = lognormal_interval(observed, total - observed, error**2, two_sided(level))
    return Estimate(method, observed, total, interval, level, lists, model=(model,), diagnostics=diagnostics)
