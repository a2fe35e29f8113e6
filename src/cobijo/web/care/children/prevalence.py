"""From how many scored to how many there are: the Rogan-Gladen correction with its interval, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from cobijo.errors import Refused, WrongUsage

if TYPE_CHECKING:
    from cobijo.web.care.children.checklists import Checklist

#: The normal quantile of a 95 % interval.
Z = 1.959963984540054
#: Below this sensitivity + specificity - 1, a small error in either moves the answer more than the data do.
LEAST_YOUDEN = 0.2


@dataclass(frozen=True)
class Prevalence:
    """Shares from 0 to 1. `observed` is the share that scored, `estimate` is corrected for wrong scores.

    `cut` says that the correction fell outside 0 to 1 and was cut there: the checklist then does not fit these
    children.
    """

    observed: float
    estimate: float
    low: float
    high: float
    cut: bool


def wilson(share: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927).

    >>> [round(end, 3) for end in wilson(0.909, 11)]
    [0.623, 0.984]
    """
    centre = share + Z * Z / (2 * n)
    half = Z * sqrt(share * (1 - share) / n + Z * Z / (4 * n * n))
    whole = 1 + Z * Z / n
    return max(0.0, (centre - half) / whole), min(1.0, (centre + half) / whole)


def predictive(sensitivity: float, specificity: float, prevalence: float) -> tuple[float, float]:
    """Positive and negative predictive value.

    >>> round(predictive(0.844, 0.575, 0.02)[0], 3)
    0.039
    """
    hit, false_alarm = sensitivity * prevalence, (1 - specificity) * (1 - prevalence)
    clear, missed = specificity * (1 - prevalence), (1 - sensitivity) * prevalence
    ppv = hit / (hit + false_alarm) if hit + false_alarm else 0.0
    npv = clear / (clear + missed) if clear + missed else 0.0
    return ppv, npv


def estimate_prevalence(
    checklist: Checklist, *, positive: int, screened: int, same_population: bool
) -> Prevalence:
    """How many of the screened are exploited, corrected for the checklist's errors (Rogan and Gladen 1978).

    The interval is that of Lang and Reiczigel (2014, Prev Vet Med 113:13-22): it carries the uncertainty of
    sensitivity and specificity, not only that of the sample. Refuses where the children are not like those the
    checklist was tested on, where no accuracy is published, and where it hardly tells one child from another.
    """
    if not 0 <= positive <= screened or screened < 1:
        raise WrongUsage("checklists.counts_wrong", positive=positive, screened=screened)
    if checklist.accuracy is None:
        raise Refused("checklists.no_accuracy", checklist=checklist.code)
    if not same_population:
        raise Refused("checklists.other_population", checklist=checklist.code)
    told = checklist.accuracy
    youden = told.sensitivity + told.specificity - 1
    n_se, n_sp, n = told.sensitivity_n + 2, told.specificity_n + 2, screened + Z * Z
    se = (told.sensitivity * told.sensitivity_n + 1) / n_se
    sp = (told.specificity * told.specificity_n + 1) / n_sp
    var_se, var_sp = se * (1 - se) / n_se, sp * (1 - sp) / n_sp
    if youden < LEAST_YOUDEN or se + sp - 1 <= Z * sqrt(var_se + var_sp):
        raise Refused("checklists.tells_little", checklist=checklist.code, youden=round(youden, 2))
    observed = positive / screened
    raw = (observed + told.specificity - 1) / youden
    share = (positive + Z * Z / 2) / n
    middle = (share + sp - 1) / (se + sp - 1)
    shift = 2 * Z * Z * (middle * var_se - (1 - middle) * var_sp)
    spread = sqrt(share * (1 - share) / n + (1 - middle) ** 2 * var_sp + middle**2 * var_se) / (se + sp - 1)
    estimate = min(1.0, max(0.0, raw))
    low = min(1.0, max(0.0, middle + shift - Z * spread))
    high = min(1.0, max(0.0, middle + shift + Z * spread))
    return Prevalence(observed, estimate, min(low, estimate), max(high, estimate), estimate != raw)
