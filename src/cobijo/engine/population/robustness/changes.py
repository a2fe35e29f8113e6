"""The estimate without each list, and with every two lists taken as one (Far et al. 2021).

Both leave the population as it is, so a sound estimate should hardly move.
"""

from __future__ import annotations

from itertools import combinations

from cobijo.engine.population import stepwise
from cobijo.engine.population.histories import merge_lists, omit_list
from cobijo.engine.population.robustness.shape import Repeat, repeat_of
from cobijo.engine.population.shape import Histories
from cobijo.errors import InputProblem


def omissions(
    histories: Histories,
    *,
    level: float = 0.95,
    threshold: float = 0.02,
    resamples: int = 200,
    seed: int = 0,
    threads: int = 1,
) -> tuple[Repeat, ...]:
    """The stepwise estimate without each list in turn; empty with two lists."""
    if len(histories.lists) < 3:
        return ()
    return tuple(
        _repeat((name,), histories, True, level, threshold, resamples, seed, threads)
        for name in histories.lists
    )


def merges(
    histories: Histories,
    *,
    level: float = 0.95,
    threshold: float = 0.02,
    resamples: int = 200,
    seed: int = 0,
    threads: int = 1,
) -> tuple[Repeat, ...]:
    """The stepwise estimate with each two lists taken as one; empty with two lists."""
    if len(histories.lists) < 3:
        return ()
    return tuple(
        _repeat(pair, histories, False, level, threshold, resamples, seed, threads)
        for pair in combinations(histories.lists, 2)
    )


def _repeat(
    lists: tuple[str, ...],
    histories: Histories,
    omit: bool,
    level: float,
    threshold: float,
    resamples: int,
    seed: int,
    threads: int,
) -> Repeat:
    """One list left out, or two taken as one."""
    try:
        # A merged name that another list already bears would be refused: this one cannot be a header's.
        changed = omit_list(histories, lists[0]) if omit else merge_lists(histories, lists, "\0merged")
    except InputProblem as problem:
        return Repeat(histories.observed, None, None, (problem.code, problem.params), lists=lists)
    answer = stepwise.fit(
        changed, level=level, threshold=threshold, resamples=resamples, seed=seed, threads=threads
    )
    found = repeat_of(answer, lists=lists)
    if found.refused is None:
        return found
    code, params = found.refused
    told = {
        name: str(value).replace("\0merged", "+".join(lists)) if isinstance(value, str) else value
        for name, value in params.items()
    }
    return Repeat(found.observed, None, None, (code, told), lists=lists)
