"""One log-linear model, of any order, by extended maximum likelihood (Chan, Silverman and Vincent 2021, JASA
116)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population.certificate import NO_MAXIMUM
from cobijo.engine.population.existence import check, finite_effects, full_model, supersets
from cobijo.engine.population.histories import effect_name, full_counts, lists_without_overlap
from cobijo.engine.population.kernels import fit as fit_kernel
from cobijo.engine.population.normal import two_sided
from cobijo.engine.population.profile import interval as profile_interval
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.errors import WrongUsage

Refusal = tuple[str, Mapping[str, object]]
UNINFORMATIVE = 1e6  # an upper limit this many times what was observed says nothing


@dataclass(frozen=True)
class Fitted:
    """A fitted model: log hidden people and its standard error, parameters by mask, deviance, log likelihood,
    rank."""

    log_hidden: float
    standard_error: float
    parameters: Mapping[int, float]  # -inf for effects that nobody shows
    deviance: float
    log_likelihood: float  # of the Poisson counts, factorials included
    rank: int


def fit_model(histories: Histories, effects: Sequence[int]) -> Fitted | Refusal:
    """Fit a hierarchical model given by masks (lower effects are added), or say why there is nothing to
    fit."""
    answer = check(histories, effects)
    if not answer.exists:
        return refusal(histories, answer.state, answer.causes)
    k = len(histories.lists)
    counts = full_counts(histories)
    support = counts > 0
    model = full_model(k, effects)
    finite = np.array(finite_effects(k, support, model), np.int64)
    star = supersets(counts, k)
    dead = np.zeros(1 << k, np.int64)
    for s in model:
        if star[s] == 0:
            dead[np.arange(1 << k) & s == s] = 1
    beta, fitted = starting_point(star, k), np.zeros(1 << k)
    p = len(finite)
    if not fit_kernel(star, dead, finite, p, beta, fitted, np.zeros((p, p)), np.zeros(p), k):
        return "population.no_convergence", {"model": ", ".join(model_names(histories, model))}
    information = fitted[finite[:, None] | finite[None, :]]
    scale = 1.0 / np.sqrt(np.diag(information))
    variance = float(np.linalg.inv(information * scale[:, None] * scale)[0, 0] * scale[0] ** 2)
    parameters = {s: float(beta[s]) if star[s] > 0 else -math.inf for s in model}
    log_likelihood, deviance = likelihood(counts, cell_means(beta, dead, k))
    return Fitted(float(beta[0]), math.sqrt(variance), parameters, deviance, log_likelihood, 1 + len(model))


def starting_point(star: NDArray[np.int64], k: int) -> NDArray[np.float64]:
    """Parameters of independent lists in a population three times as large as what was observed."""
    beta = np.zeros(1 << k)
    size = 3.0 * float(star[0])
    beta[0] = math.log(size)
    for j in range(k):
        share = float(star[1 << j]) / size
        if share > 0:
            beta[1 << j] = math.log(share) - math.log1p(-share)
            beta[0] += math.log1p(-share)
    return beta


def cell_means(beta: NDArray[np.float64], dead: NDArray[np.int64], k: int) -> NDArray[np.float64]:
    """Fitted mean of each cell; the unseen one is left at 0."""
    eta = beta.copy()
    for j in range(k):
        halves = eta.reshape(-1, 2, 1 << j)
        halves[:, 1] += halves[:, 0]
    mean: NDArray[np.float64] = np.where(dead > 0, 0.0, np.exp(eta))
    mean[0] = 0.0
    return mean


def likelihood(counts: NDArray[np.int64], mean: NDArray[np.float64]) -> tuple[float, float]:
    """Log likelihood and deviance of Poisson counts."""
    log_likelihood, deviance = 0.0, 0.0
    for n, m in zip(counts.tolist(), mean.tolist(), strict=True):
        if n:
            log_likelihood += n * math.log(m) - math.lgamma(n + 1.0)
            deviance += 2.0 * (n * math.log(n / m) - n)
        log_likelihood -= m
        deviance += 2.0 * m
    return log_likelihood, deviance


def refusal(histories: Histories, state: int, causes: Sequence[str]) -> Refusal:
    """Why a model cannot be fitted, with the lists or pairs at fault."""
    lists = histories.lists
    if len(lists_without_overlap(histories)) == len(lists):
        return "population.never_overlap", {"lists": ", ".join(lists)}
    code = "population.no_maximum" if state == NO_MAXIMUM else "population.not_identified"
    return code, {"causes": ", ".join(causes) or ", ".join(lists)}


def model_names(histories: Histories, effects: Sequence[int]) -> tuple[str, ...]:
    """The names of effects: main effects first, then by order."""
    ordered = sorted(
        effects, key=lambda s: (s.bit_count(), [j for j in range(len(histories.lists)) if s >> j & 1])
    )
    return tuple(effect_name(s, histories.lists) for s in ordered)


def masks_of(histories: Histories, model: str | Sequence[str]) -> list[int]:
    """Masks of effects named "A:B"; "independence" names none, "pairs" all pairs."""
    lists = histories.lists
    if isinstance(model, str):
        if model not in ("independence", "pairs"):
            model = [part.strip() for part in model.split(",")]
        else:
            return (
                [1 << i | 1 << j for i, j in combinations(range(len(lists)), 2)] if model == "pairs" else []
            )
    if not isinstance(model, Sequence) or not all(isinstance(name, str) for name in model):
        raise WrongUsage("population.model_not_named", model=str(model)[:60])
    masks = []
    for name in model:
        whole = [name] if name in lists else name.split(":")
        if not set(whole) <= set(lists):
            raise WrongUsage("population.effect_unknown", effect=name, lists=", ".join(lists))
        masks.append(sum(1 << lists.index(part) for part in set(whole)))
    return masks


def wald(observed: int, fitted: Fitted, level: float) -> tuple[float, float]:
    """Interval from the standard error of the log of the hidden people."""
    z = two_sided(level) * fitted.standard_error
    return observed + math.exp(fitted.log_hidden - z), observed + math.exp(min(fitted.log_hidden + z, 690.0))


def fit(
    histories: Histories,
    *,
    model: str | Sequence[str] = "independence",
    level: float = 0.95,
    interval: str = "wald",
) -> Estimate:
    """The estimate of one model: "independence", "pairs", or the highest effects by name (["A:B", "B:C:D"]).

    `interval`: "wald", on the log of the hidden people, or "profile", by the likelihood itself (see `profile`). Both
    take the model for certain.

    >>> from cobijo.engine.datasets import load
    >>> round(fit(load("UKdat"), model="pairs").total)
    10569
    """
    if interval not in ("wald", "profile"):
        raise WrongUsage("population.interval_unknown", interval=interval, intervals="wald, profile")
    effects = masks_of(histories, model)
    return estimate_of("loglinear", histories, effects, level, interval)


def estimate_of(
    method: str, histories: Histories, effects: Sequence[int], level: float, kind: str = "wald"
) -> Estimate:
    """An `Estimate` from one model, refusals included."""
    answer = fit_model(histories, effects)
    observed, lists = histories.observed, histories.lists
    names = model_names(histories, full_model(len(lists), effects))
    if not isinstance(answer, Fitted):
        return Estimate(method, observed, None, None, level, lists, model=names, refused=answer)
    diagnostics: dict[str, object] = {}
    if kind == "profile":
        most_likely, *ends = profile_interval(full_counts(histories), effects, level)
        interval, diagnostics = (ends[0], ends[1]), {"profile_total": most_likely}
    else:
        interval = wald(observed, answer, level)
    if interval[1] > UNINFORMATIVE * observed:
        refused = ("population.interval_unbounded", {"causes": ", ".join(names)})
        return Estimate(method, observed, None, None, level, lists, model=names, refused=refused)
    diagnostics |= {
        "interval": kind,
        "standard_error_log_hidden": answer.standard_error,
        "deviance": answer.deviance,
        "aic": 2.0 * answer.rank - 2.0 * answer.log_likelihood,
        "bic": answer.rank * math.log(observed) - 2.0 * answer.log_likelihood,
        "lists_without_overlap": list(lists_without_overlap(histories)),
    }
    total = observed + math.exp(answer.log_hidden)
    return Estimate(method, observed, total, interval, level, lists, model=names, diagnostics=diagnostics)
