"""Latent classes: people fall into kinds that are easier or harder to find (Manrique-Vallier 2016, Biometrics
72).

Within a class the lists are independent; the classes make them look dependent. The number of classes in use
is learnt.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from cobijo.engine.population.diagnostics import effective_size, rhat
from cobijo.engine.population.histories import lists_without_overlap
from cobijo.engine.population.mixing import chain
from cobijo.engine.population.normal import two_sided
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.engine.progress import Progress, silent
from cobijo.errors import WrongUsage

MOST_RHAT = 1.05
LEAST_EFFECTIVE = 400.0


def fit(
    histories: Histories,
    *,
    level: float = 0.95,
    classes: int = 10,
    chains: int = 4,
    draws: int = 5000,
    burn: int = 10_000,
    thin: int = 20,
    cap: float | None = None,
    plain: bool = False,
    seed: int = 0,
    threads: int = 1,
    progress: Progress | None = None,
) -> Estimate:
    """Posterior median of the total and its central interval, if the chains have mixed.

    Per chain `burn` sweeps, then `draws` draws `thin` sweeps apart. Priors: alpha ~ Gamma(1/4, 1/4), capture
    chances uniform, N with density 1 / N. `cap`: hidden people at most this many times the observed (LCMCR
    has 20, silently; here there is none, and the diagnostics say how much of the posterior lies beyond).
    `plain`: LCMCR's own sampler. Refused when Rhat is above 1.05 or fewer than 400 draws are effective: then
    there is no answer to show.

    >>> from cobijo.engine.datasets import load
    >>> fit(load("Artificial_3"), draws=200, burn=500, seed=1).diagnostics["chains"]
    4
    """
    if min(classes, chains, thin) < 1 or draws < 20 or burn < 0 or classes < 2:
        raise WrongUsage(
            "population.chains", classes=classes, chains=chains, draws=draws, burn=burn, thin=thin
        )
    if cap is not None and not cap > 0:
        raise WrongUsage("population.cap", cap=cap)
    observed, lists = histories.observed, histories.lists

    def refused(code: str, found: dict[str, object] | None = None, **params: object) -> Estimate:
        why = (f"population.{code}", params)
        return Estimate(
            "latent", observed, None, None, level, lists, refused=why, diagnostics=found or {}, seed=seed
        )

    if len(lists_without_overlap(histories)) == len(lists):
        return refused("never_overlap", lists=", ".join(lists))
    sampled = np.empty((chains, draws))
    used = np.zeros((chains, draws), np.int64)
    cells = histories.cells.astype(np.int64)
    limit = math.inf if cap is None else cap * observed
    report = progress or silent

    def run(c: int) -> int:
        rng = np.random.default_rng([seed, c])
        chain(
            rng, cells, histories.counts, len(lists), classes, np.array([0.25, 0.25]), limit,
            burn, thin, plain, sampled[c], used[c],
        )  # fmt: skip
        return c

    report("population.sampling", 0, chains)
    with ThreadPoolExecutor(threads) as pool:
        for done, _ in enumerate(pool.map(run, range(chains)), start=1):
            report("population.sampling", done, chains)
    if not np.all(np.isfinite(sampled)):
        return refused("chains_diverge", chains=int(np.sum(~np.isfinite(sampled).all(axis=1))), of=chains)
    reduction, effective = rhat(sampled), effective_size(sampled)
    low, middle, high = np.quantile(sampled, [0.5 - level / 2.0, 0.5, 0.5 + level / 2.0])
    found: dict[str, object] = {
        "rhat": reduction,
        "effective_size": effective,
        "chains": chains,
        "chain_medians": [float(m) + observed for m in np.median(sampled, axis=1)],
        "classes_used": float(used.mean()),
        "share_beyond_20_times": float(np.mean(sampled > 20 * observed)),
        "largest": float(sampled.max()) + observed,
        "cap": cap,
    }
    if reduction > MOST_RHAT or effective < LEAST_EFFECTIVE:
        return refused("chains_not_mixed", found, rhat=round(reduction, 3), effective=round(effective))
    error = (high - low) / (2.0 * two_sided(level)) / math.sqrt(effective)
    found["monte_carlo_error_of_median"] = 1.2533 * float(error)
    interval = (float(low) + observed, float(high) + observed)
    return Estimate(
        "latent", observed, float(middle) + observed, interval, level, lists, diagnostics=found, seed=seed
    )
