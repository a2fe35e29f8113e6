"""Families side by side, one recommended range, and a plain flag where they disagree.

**Pool.** The range is the mixture (linear opinion pool: Stone 1961, Annals of Mathematical Statistics 32; Clemen
and Winkler 1999, Risk Analysis 19) of two beliefs about people whom no list saw: everybody is about as easy to find
and only lists depend on each other, or people are unequally easy to find as well. Between the two the table decides
as far as it can: each has the share that its log-linear models get by exp(-BIC / 2) (`averaging`; Buckland, Burnham
and Augustin 1997, Biometrics 53). The lists alone cannot rule a belief out (Aleshin-Guendel, Sadinle and Wakefield
2024, Biometrics): where both have a model, neither gets less than `LEAST_SHARE`, and where next to nobody is on three
lists both have a voice, inequality as strong as it may be beforehand. Within each, the families that gave
an answer count alike, since nothing tells beforehand which is better. No weight is fitted to how families did.

**Gates.** Two lists, lists that never meet, fewer than `LEAST_SHARED` people on several lists (below seven a count of
recaptures is no ground: Robson and Regier 1964; Seber 1982, section 3.1), no model with a maximum, fewer than two
families with an answer, a range wider than `WIDEST`: then there is no estimate, and the reason is given. A sampler's
chains that have not mixed leave the pool like any other refusal.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.population import bayes, bic, chao, decomposable, independence, latent, stepwise
from cobijo.engine.population.averaging import LEAST_ON_THREE, Model, average, on_three
from cobijo.engine.population.averaging_fits import FORMS
from cobijo.engine.population.existence import check
from cobijo.engine.population.histories import lists_without_overlap
from cobijo.engine.population.loglinear import model_names, refusal
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.engine.population.voices import Member, curve_of, quantiles, scores, significant
from cobijo.engine.progress import Progress, silent
from cobijo.errors import WrongUsage

#: What each family believes of people: "equal" (lists depend on each other) or "unequal" (people differ as well).
BELIEF: Mapping[str, str] = {
    "stepwise": "equal",
    "bic": "equal",
    "decomposable": "equal",
    "bayes": "equal",
    "latent": "unequal",
}
#: Latent classes are left out by default: a second a table, and few chains mix in it.
DEFAULT = ("stepwise", "bic", "decomposable")
LEAST_SHARED = 7
LEAST_FAMILIES = 2
LEAST_SHARE = 0.1  # of a belief that has a model at all: the lists alone cannot rule it out
WIDEST = 10.0  # upper over lower limit of the total
DISAGREEMENT = 1.5  # largest over smallest total


def fit(
    histories: Histories,
    *,
    families: Sequence[str] = DEFAULT,
    level: float = 0.95,
    resamples: int | NDArray[np.int64] | str | Path = 1000,
    threshold: float = 0.02,
    seed: int = 0,
    threads: int = 1,
    progress: Progress | None = None,
) -> Estimate:
    """The recommended range, the families beside it, and whether they disagree (`diagnostics["disagreement"]`).

    `families`: who takes part beside the averaged models ("averaged"), among the keys of `BELIEF`. The total is the
    median of the pool. `diagnostics["sentence"]` is a code and its parameters for `cobijo.sentences.render`.
    Refused as the module says.

    >>> from cobijo.engine.datasets import load
    >>> answer = fit(load("UKdat_5"), resamples=200, seed=1)
    >>> answer.diagnostics["disagreement"]["flag"], len(answer.diagnostics["families"])
    (True, 7)
    """
    families = [families] if isinstance(families, str) else list(dict.fromkeys(families))
    unknown = [name for name in families if name not in BELIEF]
    if unknown:
        raise WrongUsage("population.method_unknown", method=unknown[0], methods=", ".join(BELIEF))
    closed = gate(histories)
    if closed is not None:
        return refused(histories, level, seed, closed)
    calls: dict[str, Callable[[], Estimate]] = {
        "stepwise": lambda: stepwise.fit(
            histories, level=level, resamples=resamples, threshold=threshold, seed=seed, threads=threads
        ),
        "bic": lambda: bic.fit(histories, level=level, resamples=resamples, seed=seed, threads=threads),
        "decomposable": lambda: decomposable.fit(histories, level=level, curve=False),
        "bayes": lambda: bayes.fit(histories, level=level, seed=seed, threads=threads),
        "latent": lambda: latent.fit(histories, level=level, seed=seed, threads=threads),
    }
    report = progress or silent
    answers: list[Estimate] = []
    for done, name in enumerate(families):
        report("population.side_by_side", done, len(families) + 1)
        answers.append(calls[name]())
    beside = [chao.fit(histories, level=level), independence.fit(histories, level=level)]
    models = average(histories)
    report("population.side_by_side", len(families) + 1, len(families) + 1)
    return pool(histories, answers, beside, models, level, seed)


def gate(histories: Histories) -> tuple[str, dict[str, object]] | None:
    """Why no method together with others could be defended here, or None."""
    lists = histories.lists
    if len(lists) < 3:
        return "population.ensemble_two_lists", {"lists": ", ".join(lists)}
    if len(lists_without_overlap(histories)) == len(lists):
        return "population.never_overlap", {"lists": ", ".join(lists)}
    shared = int(histories.counts[(histories.cells & (histories.cells - 1)) > 0].sum())
    if shared < LEAST_SHARED:
        return "population.ensemble_sparse", {"shared": shared, "least": LEAST_SHARED}
    return None


def pool(
    histories: Histories,
    answers: Sequence[Estimate],
    beside: Sequence[Estimate],
    models: Sequence[Model],
    level: float,
    seed: int | None,
) -> Estimate:
    """Weigh what the families said and take the range."""
    averaged = [told(histories, models, form, level) for form in ("equal", "unequal")]
    members = weighed(answers, models, level)
    found = facts(histories, answers, averaged, beside, models, members)
    if not models:
        answer = check(histories, [])
        if not answer.exists:
            return refused(histories, level, seed, refusal(histories, answer.state, answer.causes), found)
        return refused(histories, level, seed, ("population.no_convergence", {"model": "ensemble"}), found)
    voices = [one for one in answers if one.total is not None]
    if len(voices) + 1 < LEAST_FAMILIES:
        params = {"answered": len(voices) + 1, "of": len(answers) + 1, "least": LEAST_FAMILIES}
        return refused(histories, level, seed, ("population.ensemble_alone", params), found)
    low, middle, high = quantiles(members, (0.5 - level / 2.0, 0.5, 0.5 + level / 2.0), histories.observed)
    if not high <= WIDEST * low:
        params = {"low": significant(low), "high": significant(high)}
        return refused(histories, level, seed, ("population.ensemble_too_wide", params), found)
    told_by = [one for one in (*answers, *averaged) if one.total is not None and one.interval is not None]
    disagreement = disagree(told_by)
    three = on_three(histories)
    tested = three >= LEAST_ON_THREE
    code = "population.ensemble_" + (
        "disagree" if disagreement["flag"] else "agree" if tested else "untested"
    )
    totals = [one.total for one in told_by if one.total is not None]
    params = {
        "low": significant(low),
        "high": significant(high),
        "least": significant(min(totals)),
        "most": significant(max(totals)),
        "three": three,
    }
    found |= {"inequality_tested": tested}
    found |= {"disagreement": disagreement, "sentence": {"code": code, "params": params}}
    names = model_names(histories, models[0].pairs)
    return Estimate(
        "ensemble", histories.observed, middle, (low, high), level, histories.lists,
        model=names, diagnostics=found, seed=seed,
    )  # fmt: skip


def weighed(answers: Sequence[Estimate], models: Sequence[Model], level: float = 0.95) -> list[Member]:
    """The voices with their weights: beliefs by the models' shares within the floor, families of one belief alike."""
    members: list[Member] = []
    z = scores(level)
    shares = belief_shares(models)
    for belief, share in shares.items():
        own = [m for m in models if belief_of(m) == belief]
        voices = [one for one in answers if BELIEF[one.method] == belief and one.total is not None]
        part = share / (len(voices) + 1)
        members += [
            Member("averaged", belief, m.log_hidden + m.deviation * z, s * part)
            for m, s in zip(own, among_themselves(own), strict=True)
        ]
        members += [Member(v.method, belief, curve_of(v, z), part) for v in voices]
    return members


def among_themselves(models: Sequence[Model]) -> list[float]:
    """Shares of models of one belief, summing to one; by the criterion, since in large tables the weights of a belief
    that explains the table far worse are all too small for a double."""
    best = min(m.criterion for m in models)
    raw = [math.exp((best - m.criterion) / 2.0) for m in models]
    return [r / sum(raw) for r in raw]


def belief_of(model: Model) -> str:
    return "equal" if model.form == "equal" else "unequal"


def belief_shares(models: Sequence[Model]) -> dict[str, float]:
    """What the table gives each belief that has a model at all, none below `LEAST_SHARE`."""
    raw = dict.fromkeys(sorted({belief_of(m) for m in models}), 0.0)
    for m in models:
        raw[belief_of(m)] += m.weight
    if len(raw) < 2:
        return raw
    return {belief: min(max(share, LEAST_SHARE), 1.0 - LEAST_SHARE) for belief, share in raw.items()}


def told(histories: Histories, models: Sequence[Model], belief: str, level: float) -> Estimate:
    """The averaged models of one belief as an estimate of its own, to stand beside the families."""
    own = [m for m in models if belief_of(m) == belief]
    name = f"averaged_{belief}"
    if not own:
        why: tuple[str, dict[str, object]] = ("population.ensemble_no_share", {})
        return Estimate(name, histories.observed, None, None, level, histories.lists, refused=why)
    z = scores(level)
    voices = [
        Member(name, belief, m.log_hidden + m.deviation * z, s)
        for m, s in zip(own, among_themselves(own), strict=True)
    ]
    low, middle, high = quantiles(voices, (0.5 - level / 2.0, 0.5, 0.5 + level / 2.0), histories.observed)
    return Estimate(name, histories.observed, middle, (low, high), level, histories.lists)


def disagree(told_by: Sequence[Estimate]) -> dict[str, object]:
    """How far apart the families are: largest over smallest total, pairs whose intervals do not meet, the flag."""
    totals = [one.total for one in told_by if one.total is not None]
    apart = [
        [a.method, b.method]
        for i, a in enumerate(told_by)
        for b in told_by[i + 1 :]
        if a.interval and b.interval and (a.interval[1] < b.interval[0] or b.interval[1] < a.interval[0])
    ]
    ratio = max(totals) / min(totals)
    return {"ratio": ratio, "apart": apart, "flag": ratio > DISAGREEMENT or bool(apart)}


def facts(
    histories: Histories,
    answers: Sequence[Estimate],
    averaged: Sequence[Estimate],
    beside: Sequence[Estimate],
    models: Sequence[Model],
    members: Sequence[Member],
) -> dict[str, object]:
    """What went into the pool, family by family and model by model; a weight of 0 means shown and not counted."""
    whole = sum(m.weight for m in members)
    shares: dict[str, float] = {}
    for m in members:
        name = f"averaged_{m.belief}" if m.name == "averaged" else m.name
        shares[name] = shares.get(name, 0.0) + m.weight / whole
    listed = [
        {
            "method": one.method,
            "total": one.total,
            "interval": one.interval,
            "refused": None if one.refused is None else one.refused[0],
            "weight": shares.get(one.method, 0.0),
        }
        for one in (*answers, *averaged, *beside)
    ]
    best = [
        {
            "form": m.form,
            "interactions": list(model_names(histories, m.pairs)),
            "total": histories.observed + math.exp(m.log_hidden),
            "weight": m.weight,
        }
        for m in models[:10]
    ]
    forms = {form: sum(m.weight for m in models if m.form == form) for form in FORMS}
    return {"families": listed, "models": best, "models_kept": len(models), "forms": forms}


def refused(
    histories: Histories,
    level: float,
    seed: int | None,
    why: tuple[str, Mapping[str, object]],
    found: Mapping[str, object] | None = None,
) -> Estimate:
    """An `Estimate` that says why there is none."""
    return Estimate(
        "ensemble", histories.observed, None, None, level, histories.lists,
        refused=why, diagnostics=found or {}, seed=seed,
    )  # fmt: skip
