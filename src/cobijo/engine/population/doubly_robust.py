"""Two lists and what is known of each person: the doubly robust estimate (Das, Kennedy and Jewell 2024, J. R. Stat.
Soc. B 86; arXiv 2104.14091).

Lists need only be independent *among people alike*: given covariates such as age, sex and state. With q1, q2 and q12
the chances, given the covariates and having been observed, to be on the first list, the second and both, the chance to
be observed at all is q12 / (q1 q2). Its inverse is averaged with a correction for the error of the fitted chances:
that error enters only as a product, and a chance fitted on some people is only used for others (cross-fitting).
With more than two lists, each pair says its own, everybody observed by any list taking part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cobijo.engine.population.asking import check_common
from cobijo.engine.population.histories import check_lists
from cobijo.engine.population.logistic import design, probabilities
from cobijo.engine.population.logistic import fit as fit_logistic
from cobijo.engine.population.normal import lognormal_interval, two_sided
from cobijo.engine.population.shape import Estimate
from cobijo.errors import InputProblem, WrongUsage

Floats = NDArray[np.float64]
Seen = NDArray[np.bool_]
CLIP = 0.01  # the smallest chance to be on both lists that is believed
LEAST_BOTH = 20  # people on both lists below which their chance is not fitted
MOST_CLIPPED = 0.05  # share of people at the clip beyond which there is no estimate
MOST_MOVED = (
    0.10  # relative change of the estimate when the clip is halved or doubled, beyond which there is none
)


@dataclass(frozen=True)
class PairAnswer:
    """What one pair of lists says: total, variance of the total, and how the chances behave."""

    lists: tuple[str, str]
    both: int
    total: float
    variance: float
    smallest: float  # chance to be on both lists, before clipping
    clipped: float  # share of people whose chance was raised to the clip
    moved: float  # largest relative change of the total with the clip halved or doubled


def fit(
    seen: ArrayLike,
    covariates: Mapping[str, Sequence[object]] | ArrayLike,
    lists: Sequence[str],
    *,
    pair: Sequence[str] | None = None,
    level: float = 0.95,
    folds: int = 5,
    repeats: int = 5,
    clip: float = CLIP,
    seed: int = 0,
) -> Estimate:
    """Estimate from microdata: `seen` (people, lists) of 0 and 1, `covariates` by name (numbers or values) or as a
    matrix, one entry per person.

    `pair`: the two lists that are independent given the covariates (needed with three lists or more; all pairs are
    then in the diagnostics). `folds` of cross-fitting; the median over `repeats` random splits (Chernozhukov et al.
    2018, Econometrics J. 21, section 3.4). Refused where too few people are on both lists, and where the answer rests
    on chances near zero: more than 5 % of the people at the `clip`, or a total that moves by more than 10 % when the
    clip is halved or doubled. Histories do not hold covariates, so this family is not among the methods by name.
    """
    names = tuple(lists)
    matrix = checked(seen, names)
    check_common({"level": level, "seed": seed})
    if folds < 2 or repeats < 1 or not 0.0 < clip < 0.5:
        raise WrongUsage("population.doubly_robust_setting", folds=folds, repeats=repeats, clip=clip)
    if pair is not None and (len(set(pair)) != 2 or not set(pair) <= set(names)):
        raise WrongUsage("population.pair_unknown", pair=", ".join(pair), lists=", ".join(names))
    x, columns = design(covariates, len(matrix))
    chosen = set(names if pair is None else pair)
    answers: dict[tuple[str, str], PairAnswer | tuple[str, Mapping[str, object]]] = {}
    for i, j in combinations(range(len(names)), 2):
        if pair is None or {names[i], names[j]} == chosen:
            two = matrix[:, [i, j]]
            answers[names[i], names[j]] = of_pair(
                two, x, (names[i], names[j]), folds, repeats, clip, seed, every=len(names) == 2
            )
    observed, settings = len(matrix), {"folds": folds, "repeats": repeats, "clip": clip, "columns": columns}
    if len(answers) > 1:
        overview = [facts(lists_, one) for lists_, one in answers.items()]
        why: tuple[str, Mapping[str, object]] = ("population.pair_needed", {"lists": ", ".join(names)})
        return _refused(observed, names, level, seed, why, {**settings, "pairs": overview})
    ((of, answer),) = answers.items()
    if not isinstance(answer, PairAnswer):
        return _refused(observed, of, level, seed, answer, settings)
    found = {**settings, **facts(of, answer)}
    reason = unstable(answer, observed)
    if reason is not None:
        return _refused(observed, of, level, seed, reason, found)
    interval = lognormal_interval(float(observed), answer.total - observed, answer.variance, two_sided(level))
    return Estimate(
        "doubly_robust", observed, answer.total, interval, level, of, diagnostics=found, seed=seed
    )


def checked(seen: ArrayLike, names: tuple[str, ...]) -> Seen:
    """Who is on which list, everybody on one at least, every list with somebody."""
    check_lists(names)
    matrix = np.asarray(seen)
    if matrix.ndim != 2 or matrix.shape[1] != len(names) or not np.all((matrix == 0) | (matrix == 1)):
        raise InputProblem("population.seen_shape", lists=len(names))
    found = matrix.astype(np.bool_)
    nowhere = np.flatnonzero(~found.any(axis=1))
    if nowhere.size:
        raise InputProblem("population.seen_nowhere", row=int(nowhere[0]) + 1)
    if not len(found):
        raise InputProblem("population.nobody")
    for j, name in enumerate(names):
        if not found[:, j].any():
            raise InputProblem("population.list_empty", list=name)
    return found


def of_pair(
    two: Seen,
    x: Floats,
    lists: tuple[str, str],
    folds: int,
    repeats: int,
    clip: float,
    seed: int,
    *,
    every: bool,
) -> PairAnswer | tuple[str, Mapping[str, object]]:
    """One pair: the median over splits of total and of variance, the spread between splits added to the latter.

    Classes are neither, first only, second only, both (`every`: nobody is on neither), so that the three chances
    belong together.
    """
    both = int((two[:, 0] & two[:, 1]).sum())
    if both == 0:
        return "population.never_overlap", {"lists": ", ".join(lists)}
    if both < LEAST_BOTH:
        return "population.overlap_too_small", {"lists": ", ".join(lists), "both": both, "least": LEAST_BOTH}
    classes = two[:, 0] + 2 * two[:, 1].astype(np.int64)
    if every or not np.any(classes == 0):
        classes, every = classes - 1, True
    totals, variances, smallest, clipped, moved = [], [], [], [], []
    for repeat in range(repeats):
        fold = split(classes, folds, np.random.default_rng([seed, repeat]))
        chance = np.empty((len(two), 3))
        for part in range(folds):
            rest, here = fold != part, fold == part
            beta = fit_logistic(x[rest], classes[rest], 3 if every else 4)
            p = probabilities(x[here], beta)[:, -3:]
            chance[here] = np.column_stack([p[:, 0] + p[:, 2], p[:, 1] + p[:, 2], p[:, 2]])
        total, variance = corrected(two, chance, clip)
        totals.append(total)
        variances.append(variance)
        smallest.append(float(chance[:, 2].min()))
        clipped.append(float(np.mean(chance[:, 2] < clip)))
        moved.append(max(abs(corrected(two, chance, c)[0] / total - 1.0) for c in (clip / 2.0, clip * 2.0)))
    middle = float(np.median(totals))
    spread = float(np.median(np.array(variances) + (np.array(totals) - middle) ** 2))
    return PairAnswer(
        lists, both, middle, spread, min(smallest), float(np.median(clipped)), float(np.median(moved))
    )


def split(classes: NDArray[np.int64], folds: int, rng: np.random.Generator) -> NDArray[np.int64]:
    """Random folds in which every class is spread evenly."""
    fold = np.empty(len(classes), np.int64)
    for one in np.unique(classes):
        members = rng.permutation(np.flatnonzero(classes == one))
        fold[members] = (np.arange(len(members)) + rng.integers(folds)) % folds
    return fold


def corrected(two: Seen, chance: Floats, clip: float) -> tuple[float, float]:
    """Total and its variance from fitted chances (q1, q2, q12): the mean of the uncentred influence function.

    N = n mean(phi) with phi = q1 q2 / q12 (y1/q1 + y2/q2 - y1 y2/q12); variance n (var phi + (1 - psi)/psi^2), the
    second part because how many are observed is itself chance.
    """
    first, second = two[:, 0].astype(np.float64), two[:, 1].astype(np.float64)
    q12 = np.maximum(chance[:, 2], clip)
    q1, q2 = np.maximum(chance[:, 0], q12), np.maximum(chance[:, 1], q12)
    phi = q1 * q2 / q12 * (first / q1 + second / q2 - first * second / q12)
    n, inverse = len(phi), float(phi.mean())
    part = max(inverse * (inverse - 1.0), 0.0)
    return n * inverse, n * (float(phi.var(ddof=1)) + part)


def unstable(answer: PairAnswer, observed: int) -> tuple[str, Mapping[str, object]] | None:
    """Why an answer is not shown."""
    lists = ", ".join(answer.lists)
    if answer.clipped > MOST_CLIPPED:
        return "population.overlap_clipped", {"lists": lists, "share": round(100 * answer.clipped)}
    if answer.moved > MOST_MOVED:
        return "population.overlap_decides", {"lists": lists, "share": round(100 * answer.moved)}
    if answer.total <= observed:
        return "population.below_observed", {"lists": lists}
    return None


def facts(lists: Sequence[str], answer: PairAnswer | tuple[str, Mapping[str, object]]) -> dict[str, object]:
    """One pair for the diagnostics."""
    if not isinstance(answer, PairAnswer):
        return {"lists": list(lists), "refused": answer[0]}
    return {
        "lists": list(lists),
        "both": answer.both,
        "pair_total": answer.total,
        "standard_error": answer.variance**0.5,
        "smallest_chance_of_both": answer.smallest,
        "clipped": answer.clipped,
        "moved_by_clip": answer.moved,
    }


def _refused(
    observed: int,
    lists: tuple[str, ...],
    level: float,
    seed: int,
    why: tuple[str, Mapping[str, object]],
    found: Mapping[str, object],
) -> Estimate:
    return Estimate(
        "doubly_robust", observed, None, None, level, lists, refused=why, diagnostics=found, seed=seed
    )
