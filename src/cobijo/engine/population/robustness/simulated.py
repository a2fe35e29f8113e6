"""Would the interval hold the truth, if the fitted model were the truth?

Tables are drawn from the selected model with its hidden people, and the whole procedure is repeated on each. This
is the best case: a design that fails here fails anywhere; one that passes may still rest on a wrong model.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population import stepwise
from cobijo.engine.population.histories import from_masks
from cobijo.engine.population.loglinear import Fitted, cell_means, fit_model, masks_of
from cobijo.engine.population.normal import two_sided
from cobijo.engine.population.robustness.shape import Coverage
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.engine.progress import Progress, silent
from cobijo.errors import InputProblem


def coverage(
    histories: Histories,
    base: Estimate,
    *,
    tables: int = 200,
    resamples: int = 200,
    threshold: float = 0.02,
    seed: int = 0,
    threads: int = 1,
    progress: Progress = silent,
) -> Coverage | None:
    """Share of `tables` drawn from the model of `base` whose interval holds the population drawn from.

    None where `base` is refused. The number of people is fixed at the estimate; who is seen by whom is drawn.
    """
    shares = _shares(histories, base)
    if shares is None:
        return None
    truth, probabilities = shares
    drawn = np.random.default_rng([seed, 5]).multinomial(truth, probabilities, size=tables)
    answered, covered, biases = 0, 0, []
    for done, counts in enumerate(drawn):
        progress("robustness.simulating", done, tables)
        try:
            table = from_masks(histories.lists, np.arange(1, len(counts)), counts[1:])
        except InputProblem:  # a list that saw nobody this time
            continue
        answer = stepwise.fit(
            table,
            level=base.level,
            threshold=threshold,
            resamples=resamples,
            seed=seed + done,
            threads=threads,
        )
        if answer.total is None or answer.interval is None:
            continue
        answered += 1
        covered += answer.interval[0] <= truth <= answer.interval[1]
        biases.append(math.log(answer.total / truth))
    bias = float(np.median(biases)) if biases else None
    return Coverage(truth, tables, answered, covered, base.level, wilson(covered, answered), bias)


def _shares(histories: Histories, base: Estimate) -> tuple[int, NDArray[np.float64]] | None:
    """The fitted population, and the probability of every history in it, the unseen one first."""
    if base.total is None:
        return None
    k = len(histories.lists)
    fitted = fit_model(histories, masks_of(histories, [name for name in base.model if name]))
    if not isinstance(fitted, Fitted):
        return None
    beta = np.zeros(1 << k)
    dead = np.zeros(1 << k, np.int64)
    for effect, value in fitted.parameters.items():
        if math.isfinite(value):
            beta[effect] = value
        else:  # minus infinity: nobody on all of these lists
            dead[np.arange(1 << k) & effect == effect] = 1
    beta[0] = fitted.log_hidden
    means = cell_means(beta, dead, k)
    means[0] = math.exp(fitted.log_hidden)
    return round(float(means.sum())), means / means.sum()


def wilson(hits: int, of: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson's interval of a share.

    >>> [round(limit, 3) for limit in wilson(190, 200)]
    [0.91, 0.973]
    """
    if of == 0:
        return 0.0, 1.0
    z = two_sided(level)
    share, extra = hits / of, z * z / of
    middle = (share + extra / 2.0) / (1.0 + extra)
    reach = z * math.sqrt(share * (1.0 - share) / of + extra / (4.0 * of)) / (1.0 + extra)
    return max(middle - reach, 0.0), min(middle + reach, 1.0)
