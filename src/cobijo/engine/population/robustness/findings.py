"""What the repeats mean, one plain sentence each."""

from __future__ import annotations

from collections.abc import Sequence

from cobijo.engine.population.robustness.shape import Coverage, Finding, Overlaps, Repeat
from cobijo.engine.population.shape import Estimate, Histories

#: Largest over smallest total along a curve beyond which the choice decides.
MOVES = 1.5
#: Two lists that share fewer people than this say little about each other.
FEW = 5
#: Share of drawn tables without an answer beyond which the design is too sparse.
MOST_REFUSED = 0.1


def two_lists_finding(histories: Histories) -> Finding | None:
    """With two lists the table says nothing of their dependence, and no check can."""
    if len(histories.lists) > 2:
        return None
    return Finding("robustness.two_lists", {"lists": histories.lists}, True)


def curve_finding(room: str, points: Sequence[Repeat]) -> Finding | None:
    """Does a choice of the analyst decide the answer?"""
    totals = [one.total for one in points if one.total is not None]
    if not points:
        return None
    if not totals:
        return Finding(f"robustness.{room}_none", {}, True)
    low, high = min(totals), max(totals)
    params = {"low": round(low), "high": round(high), "ratio": f"{high / low:.1f}"}
    moves = high / low > MOVES
    code = "moves" if moves else "steady"
    return Finding(f"robustness.{room}_{code}", params, moves)


def change_finding(room: str, repeats: Sequence[Repeat], base: Estimate) -> Finding | None:
    """Does the estimate leave its own interval when a list is left out or two are merged?"""
    if not repeats or base.total is None or base.interval is None:
        return None
    low, high = base.interval
    out = [one for one in repeats if one.total is not None and not low <= one.total <= high]
    refused = sum(one.total is None for one in repeats)
    if out:
        worst = max(out, key=lambda one: _distance(one, base))
        params = {
            "count": len(out),
            "of": len(repeats),
            "lists": worst.lists,
            "total": round(worst.total or 0),
        }
        return Finding(f"robustness.{room}_moves", params, True)
    if refused:
        return Finding(f"robustness.{room}_refused", {"count": refused, "of": len(repeats)}, True)
    return Finding(f"robustness.{room}_steady", {"of": len(repeats)}, False)


def _distance(one: Repeat, base: Estimate) -> float:
    """How many times larger or smaller."""
    assert one.total is not None
    assert base.total is not None
    return max(one.total / base.total, base.total / one.total)


def consistency_finding(repeats: Sequence[Repeat]) -> Finding | None:
    """How many hidden lists were found again."""
    tried = [one for one in repeats if one.found is not None]
    if not repeats:
        return None
    if not tried:
        return Finding("robustness.consistency_none", {}, True)
    missed = [one for one in tried if not one.found]
    if not missed:
        return Finding("robustness.consistency_found", {"of": len(tried)}, False)
    below = sum((one.log_bias or 0.0) < 0.0 for one in missed)
    lists = tuple(one.lists[0] for one in missed)
    params = {"count": len(missed), "of": len(tried), "lists": lists, "below": below}
    return Finding("robustness.consistency_missed", params, True)


def overlap_finding(found: Overlaps) -> Finding:
    """How many pairs of lists share next to nobody."""
    pairs = found.pairs()
    few = [one for one in pairs if one[2] < FEW]
    params = {"count": len(few), "of": len(pairs), "few": FEW, "empty": sum(one[2] == 0 for one in few)}
    if not few:
        return Finding("robustness.overlaps_enough", params, False)
    code = "few" if params["empty"] else "thin"
    return Finding(f"robustness.overlaps_{code}", params, 3 * len(few) > len(pairs))


def coverage_finding(found: Coverage | None) -> Finding | None:
    """Does the interval hold what it promises, in the best case?"""
    if found is None:
        return None
    refused = found.tables - found.answered
    if refused > MOST_REFUSED * found.tables or found.share is None:
        return Finding("robustness.coverage_refused", {"count": refused, "of": found.tables}, True)
    params = {
        "covered": round(100 * found.share),
        "level": round(100 * found.level),
        "of": found.answered,
        "truth": found.truth,
    }
    short = found.wilson[1] < found.level
    return Finding("robustness.coverage_short" if short else "robustness.coverage_kept", params, short)
