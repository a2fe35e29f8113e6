"""Which pairs of lists depend on each other, by a Bayesian threshold (Silverman 2020, J. R. Stat. Soc. A
183).

All pairs are fitted with normal priors on the interactions; those whose posterior mean is at least two
posterior standard deviations from zero stay, and the model is fitted again with them alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population.diagnostics import effective_size, rhat
from cobijo.engine.population.existence import check, full_model, supersets
from cobijo.engine.population.histories import full_counts, lists_without_overlap
from cobijo.engine.population.loglinear import UNINFORMATIVE, masks_of, model_names, refusal, starting_point
from cobijo.engine.population.metropolis import metropolis, mode
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.errors import WrongUsage

MOST_RHAT = 1.02
LEAST_EFFECTIVE = 400.0
CLOSE = 0.05  # a ratio so near the threshold may fall on either side in another run


@dataclass(frozen=True)
class Sampled:
    """Posterior draws, shape (chains, draws, parameters), of the effects in `effects` (the intercept
    first)."""

    effects: tuple[int, ...]
    draws: NDArray[np.float64]


def fit(
    histories: Histories,
    *,
    level: float = 0.95,
    cut: float = 2.0,
    prior: str = "proper",
    keep: Sequence[str] | None = None,
    chains: int = 4,
    draws: int = 5000,
    burn: int = 5000,
    thin: int = 20,
    seed: int = 0,
    threads: int = 1,
) -> Estimate:
    """Posterior median of the total and its central interval.

    `cut`: how many standard deviations keep a pair. `prior`: "proper" is N(0, 1) on every interaction;
    "improper" is flat, puts pairs that share nobody at minus infinity and leaves out their cells, also in the
    second fit. `keep`: pairs to keep instead of choosing them. Refused where the chains have not mixed.

    >>> from cobijo.engine.datasets import load
    >>> fit(load("NewOrl_5"), draws=500, seed=1).diagnostics["kept"]
    []
    """
    if prior not in ("proper", "improper") or min(chains, draws // 20, thin) < 1 or burn < 0 or cut < 0:
        raise WrongUsage("population.bayes_setting", prior=prior, cut=cut, chains=chains, draws=draws)
    observed, lists = histories.observed, histories.lists
    k = len(lists)

    def refused(code: str, found: dict[str, object] | None = None, **params: object) -> Estimate:
        why = (f"population.{code}", params)
        return Estimate(
            "bayes", observed, None, None, level, lists, refused=why, diagnostics=found or {}, seed=seed
        )

    weight = 1.0 if prior == "proper" else 0.0
    pairs = [1 << i | 1 << j for i, j in combinations(range(k), 2)]
    first = check(
        histories, pairs if prior == "improper" else []
    )  # a flat prior needs a maximum to be a prior at all
    if not first.exists:
        code, params = refusal(histories, first.state, first.causes)
        return refused(code.removeprefix("population."), None, **params)
    star = supersets(full_counts(histories), k)
    absent = [s for s in pairs if star[s] == 0] if prior == "improper" else []
    found: dict[str, object] = {"prior": prior, "minus_infinity": list(model_names(histories, absent))}
    if keep is None:
        everything = sample(
            histories,
            [s for s in pairs if s not in absent],
            absent,
            weight,
            chains,
            draws,
            burn,
            thin,
            seed,
            threads,
        )
        if everything is None:
            return refused("no_convergence", found, model="bayes")
        flat = everything.draws.reshape(-1, len(everything.effects))
        ratio = flat.mean(axis=0) / flat.std(axis=0, ddof=1)
        strength = {s: float(r) for s, r in zip(everything.effects, ratio, strict=True) if s.bit_count() == 2}
        kept = [s for s in pairs if abs(strength.get(s, 0.0)) >= cut]
        named = zip(model_names(histories, pairs), sorted(pairs, key=pairs.index), strict=True)
        found["ratios"] = {name: strength[s] for name, s in named if s in strength}
        found["close_to_the_cut"] = [
            name
            for s in pairs
            if abs(abs(strength.get(s, 0.0)) - cut) < CLOSE
            for name in model_names(histories, [s])
        ]
    else:
        kept = masks_of(histories, keep)
    found["kept"] = list(model_names(histories, kept))
    again = sample(
        histories,
        [s for s in kept if s not in absent],
        absent,
        weight,
        chains,
        draws,
        burn,
        thin,
        seed + 1,
        threads,
    )
    if again is None:
        return refused("no_convergence", found, model="bayes")
    log_hidden = again.draws[:, :, 0]
    reduction, effective = rhat(log_hidden), effective_size(log_hidden)
    found |= {
        "rhat": reduction,
        "effective_size": effective,
        "lists_without_overlap": list(lists_without_overlap(histories)),
    }
    if reduction > MOST_RHAT or effective < LEAST_EFFECTIVE:
        return refused("chains_not_mixed", found, rhat=round(reduction, 3), effective=round(effective))
    quantiles = np.quantile(log_hidden, [0.5 - level / 2.0, 0.5, 0.5 + level / 2.0])
    low, middle, high = (observed + float(np.exp(min(q, 690.0))) for q in quantiles)
    if high > UNINFORMATIVE * observed:
        return refused("interval_unbounded", found, causes=", ".join(lists))
    names = model_names(histories, full_model(k, kept))
    return Estimate(
        "bayes", observed, middle, (low, high), level, lists, model=names, diagnostics=found, seed=seed
    )


def sample(
    histories: Histories,
    pairs: Sequence[int],
    absent: Sequence[int],
    weight: float,
    chains: int,
    draws: int,
    burn: int,
    thin: int,
    seed: int,
    threads: int,
) -> Sampled | None:
    """Chains of the model with these pairs; cells that contain an absent pair are left out. None: no mode
    found."""
    k = len(histories.lists)
    star = supersets(full_counts(histories), k)
    effects = np.array([0, *(1 << j for j in range(k)), *pairs], np.int64)
    precision = np.array([0.0] * (1 + k) + [weight] * len(pairs))
    dead = np.zeros(1 << k, np.int64)
    for s in absent:
        dead[np.arange(1 << k) & s == s] = 1
    beta, p = starting_point(star, k), len(effects)
    factor = np.zeros((p, p))
    if not mode(star, dead, effects, precision, beta, np.zeros(1 << k), factor, k):
        return None
    sampled = np.empty((chains, draws, p))

    def run(c: int) -> None:
        rng = np.random.default_rng([seed, c])
        metropolis(rng, star, dead, effects, precision, beta, factor, k, burn, thin, sampled[c])

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run, range(chains)))
    return Sampled(tuple(effects.tolist()), sampled)
