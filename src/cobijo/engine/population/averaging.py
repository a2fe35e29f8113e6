"""Many log-linear models at once, weighed by how well they explain the table: pairs of lists that depend on each
other, with and without people who are unequally easy to find.

A model of pairs alone takes everybody as equally easy to find, and is then too low where they are not; a model of
unequal people alone takes lists as independent. Here both may hold together: list effects, any pairs, and at most
one column in the number of lists j that stands for unequal people (Darroch, Fienberg, Glonek and Junker 1993, JASA
88; Rivest and Baillargeon 2007, Biometrics 63). Unequal people can only bend the log mean upwards, so that a model
whose column comes out negative is left out. The models are weighed by exp(-BIC / 2) (Raftery 1995, Sociological
Methodology 25), those more than `WINDOW` times less likely than the best are dropped (Madigan and Raftery 1994,
JASA 89). What a column costs is the log of how many people say anything about it, which are those on three lists or
more (as the events are for censored data: Volinsky and Raftery 2000, Biometrics 56).

Where next to nobody is on three lists the table is silent about inequality. To leave it out would be to bet that there
is none; so it enters as strong as people may be unequal beforehand, and the two beliefs count about alike.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from cobijo.engine.population import bic
from cobijo.engine.population.averaging_fits import FORMS, Space, fit_models, space_of
from cobijo.engine.population.averaging_fits import on_three as on_three
from cobijo.engine.population.existence import check, recession
from cobijo.engine.population.normal import quantile
from cobijo.engine.population.shape import Histories

WINDOW = 20.0
#: Unequal people show in how the counts bend from one list to two to three: without this many people on three
#: lists or more nothing tells how strongly, and the column is not fitted but given.
LEAST_ON_THREE = 7
#: Prior of the standard deviation of people's log-odds of being found, where the table does not show it: half-normal
#: of this scale, so that one time in twenty it exceeds 1, which is extreme (Spiegelhalter, Abrams and Myles 2004,
#: section 5.7.3; Roever et al. 2021, Research Synthesis Methods 12).
SPREAD = 0.5
STRENGTHS = 10  # equally likely values that stand for that prior
ALIKE = 12  # likeliest models of pairs that are tried with each
STARTS = 60  # best models of pairs that are looked at
WALKS = 3  # of these, so many start a walk


@dataclass(frozen=True)
class Model:
    """One fitted model: its form of inequality, its pairs (masks of lists), criterion, log hidden people, the
    log-normal standard deviation of the hidden people, and its weight among the models kept."""

    form: str
    pairs: tuple[int, ...]
    criterion: float
    log_hidden: float
    deviation: float
    weight: float = 0.0


def search(space: Space, form: str, starts: Sequence[int]) -> dict[int, tuple[float, float, float]]:
    """Every model met on the ways down: bits over the pairs -> criterion, log hidden people, variance.

    From each start to its best neighbour (one pair more or less) until none is better. The starts themselves
    are all fitted; only the first few are walked from.
    """
    number = len(space.pairs)
    visited: dict[int, tuple[float, float, float]] = {}

    def visit(models: Sequence[int]) -> None:
        fresh = sorted(set(models) - visited.keys())
        if fresh:
            chosen = np.array([[m >> q & 1 for q in range(number)] for m in fresh], bool)
            columns = [v.tolist() for v in fit_models(space, form, chosen)]
            visited.update(zip(fresh, zip(*columns, strict=True), strict=True))

    visit(starts)
    for here in starts[:WALKS]:
        while True:
            around = [here, *(here ^ 1 << q for q in range(number))]
            visit(around)
            best = min(around, key=lambda m: (visited[m][0], m))
            if best == here or not math.isfinite(visited[best][0]):
                break
            here = best
    return visited


def average(histories: Histories) -> tuple[Model, ...]:
    """The models within the window of the best of their belief, likeliest first; weights sum to one over all.

    Belief: with a column for unequal people, or without. Empty where no model exists.

    >>> from cobijo.engine.datasets import load
    >>> best = average(load("UKdat_5"))[0]
    >>> best.form, 0 < best.weight <= 1
    ('equal', True)
    """
    space = space_of(histories)
    starts = [int(m) for m in bic.search(histories, 2, STARTS).models]
    equal = in_window(histories, space, walked(space, "equal", starts))
    if space.on_three >= LEAST_ON_THREE:
        unequal = [one for form in FORMS[1:] for one in walked(space, form, [0, *starts[: WALKS - 1]])]
        kept = equal + in_window(histories, space, unequal)
    else:
        kept = equal + given_unequal(space, equal[:ALIKE])
    kept.sort(key=order)
    raw = [math.exp((kept[0].criterion - one.criterion) / 2.0) for one in kept]
    return tuple(replace(one, weight=w / sum(raw)) for one, w in zip(kept, raw, strict=True))


def walked(space: Space, form: str, starts: Sequence[int]) -> list[Model]:
    """The models of one form that the search met and that could be fitted."""
    found = search(space, form, starts).items()
    return [
        model_of(form, pairs_of(space, bits), criterion, log_hidden, variance)
        for bits, (criterion, log_hidden, variance) in found
        if math.isfinite(criterion)
    ]


def given_unequal(space: Space, equal: Sequence[Model]) -> list[Model]:
    """These models of pairs with inequality as strong as it may be beforehand: every form and strength alike.

    Their maxima exist where those of the models of pairs do, since nothing is fitted besides.
    """
    if not equal:
        return []
    chosen = np.array([[p in one.pairs for p in space.pairs] for one in equal])
    chances = (np.arange(STRENGTHS) + 0.5) / STRENGTHS
    alike = 2.0 * math.log(len(FORMS[1:]) * STRENGTHS)  # the prior of each, on the scale of the criterion
    kept: list[Model] = []
    for form in FORMS[1:]:
        for chance in chances:
            spread = SPREAD * quantile(0.5 + chance / 2.0)
            columns = fit_models(space, form, chosen, spread)
            for one, criterion, log_hidden, variance in zip(
                equal, *(v.tolist() for v in columns), strict=True
            ):
                if math.isfinite(criterion):
                    kept.append(model_of(form, one.pairs, criterion + alike, log_hidden, variance))
    return kept


def model_of(
    form: str, pairs: tuple[int, ...], criterion: float, log_hidden: float, variance: float
) -> Model:
    """A fit as a model; the hidden people scatter around their mean too."""
    return Model(form, pairs, criterion, log_hidden, math.sqrt(math.log1p(variance + math.exp(-log_hidden))))


def pairs_of(space: Space, bits: int) -> tuple[int, ...]:
    """The pairs that the bits stand for."""
    return tuple(p for q, p in enumerate(space.pairs) if bits >> q & 1)


def in_window(histories: Histories, space: Space, found: Sequence[Model]) -> list[Model]:
    """The models that exist and are at most `WINDOW` times less likely than the best that does."""
    kept: list[Model] = []
    for one in sorted(found, key=order):
        if kept and one.criterion - kept[0].criterion > 2.0 * math.log(WINDOW):
            break
        if exists(histories, space, one):
            kept.append(one)
    return kept


def order(model: Model) -> tuple[float, str, tuple[int, ...]]:
    """Likeliest first, ties always alike."""
    return model.criterion, model.form, model.pairs


def exists(histories: Histories, space: Space, model: Model) -> bool:
    """Does the likelihood have a maximum? By the certificate for pairs alone, else by rank and linear programme."""
    if model.form == "equal":
        return check(histories, model.pairs).exists
    chosen = np.array([p in model.pairs for p in space.pairs])
    alive = ~space.contains[chosen & ~space.shown].any(axis=0)
    lists = len(histories.lists)
    columns = np.concatenate([np.ones(1 + lists, bool), chosen & space.shown, np.ones(1, bool)])
    x = space.columns[model.form][alive][:, columns]
    support = space.counts[alive] > 0
    x = x / np.abs(x).max(axis=0)
    if np.linalg.matrix_rank(x) < x.shape[1]:
        return False
    if np.linalg.matrix_rank(x[support]) == x.shape[1] and support.all():
        return True
    return not np.any(recession(x, support))
