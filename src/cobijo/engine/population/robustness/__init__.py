"""How much of an estimate is the table's, and how much the analyst's: the same question asked again and again."""

from cobijo.engine.population.robustness.changes import merges, omissions
from cobijo.engine.population.robustness.consistency import consistency, within
from cobijo.engine.population.robustness.curves import prior_curve, threshold_curve
from cobijo.engine.population.robustness.examine import examine
from cobijo.engine.population.robustness.overlaps import overlaps
from cobijo.engine.population.robustness.shape import Coverage, Finding, Overlaps, Repeat, Robustness
from cobijo.engine.population.robustness.simulated import coverage, wilson

__all__ = [
    "Coverage",
    "Finding",
    "Overlaps",
    "Repeat",
    "Robustness",
    "consistency",
    "coverage",
    "examine",
    "merges",
    "omissions",
    "overlaps",
    "prior_curve",
    "threshold_curve",
    "wilson",
    "within",
]
