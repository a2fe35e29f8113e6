"""Before anything leaves: is every hidden cell as uncertain as the rules demand?

The proof is constructive. For each cell two other tables are at hand that a reader cannot tell from the true
one. Here they are checked in whole-number arithmetic, without the solver that found them: no tolerance, no
relaxation.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.disclosure.shape import Audit, Rules
from cobijo.engine.disclosure.suppression import Grouping, Suppression, explained, primary_cells, requirements
from cobijo.engine.disclosure.system import System


def audit(system: System, rules: Rules, found: Suppression, fixed: NDArray[np.bool_]) -> Audit:
    """Check a suppression against what a reader knows: published numbers, the rule, whole numbers."""
    problems: list[str] = []
    primary = primary_cells(system, rules)
    if bool((primary & ~found.hidden).any()):
        problems.append("a cell that the rules hide is shown")
    grouped = Grouping(system).of(found.hidden)
    low, high = system.counts.copy(), system.counts.copy()
    for move in found.moves:
        values = system.counts + move
        if _is_table(system, found.hidden, values):
            fine = explained(system, found.hidden, grouped, values, rules.threshold)
            low = np.where(fine, np.minimum(low, values), low)
            high = np.where(fine, np.maximum(high, values), high)
        else:
            problems.append("an alternative table contradicts what is published")
    needs = requirements(system, rules, found.hidden & ~fixed, grouped.unbound)
    if needs != found.needs:
        problems.append("a hidden cell was given another requirement than the rules make")
    widths = []
    for cell, (lowest, highest) in needs.items():
        widths.append(int(high[cell] - low[cell]))
        if low[cell] > lowest or high[cell] < highest:
            problems.append("a hidden cell can be narrowed down")
    return Audit(not problems, len(needs), len(found.moves), min(widths, default=None), tuple(problems))


def _is_table(system: System, hidden: NDArray[np.bool_], values: NDArray[np.int64]) -> bool:
    agrees = bool((values[~hidden] == system.counts[~hidden]).all()) and bool((values >= 0).all())
    return agrees and all(values[total] == values[list(parts)].sum() for total, parts in system.equations)
