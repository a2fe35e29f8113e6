"""How far the published numbers pin a hidden cell: smallest and largest value it can have, cell by cell.

Linear programming first; in small groups of cells also whole numbers and the publisher's own rule, that
symbols do not stand where nothing is below the threshold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from cobijo.engine.disclosure.attackers.knowledge import Tie
from cobijo.engine.disclosure.attackers.shape import Labels

_SMALL_GROUP = 60
_NEAR = 1e-5
_ROUNDS = 4

Range = tuple[int, int | None]
Memory = dict[object, dict[int, Range]]


@dataclass(frozen=True)
class Problem:
    """Bounds per cell and ties between cells; `symbols` are cells that a file hides."""

    bounds: Mapping[Labels, Range]
    ties: Sequence[Tie]
    symbols: frozenset[Labels]
    threshold: int


def possible(problem: Problem) -> bool:
    """Can the numbers all be true?"""
    for cells, ties in _groups(problem):
        system = _System(problem, cells, ties)
        if system.solve(np.zeros(len(cells))) is None:
            return False
    return True


def intervals(problem: Problem, wanted: Iterable[Labels], memory: Memory) -> dict[Labels, Range]:
    """The interval of every wanted cell; cells of contradictory groups are left out.

    `memory` keeps groups that were solved before: several files of one publication pose the same ones.
    """
    asked = set(wanted)
    found: dict[Labels, Range] = {}
    for cells, ties in _groups(problem):
        here = tuple(i for i, cell in enumerate(cells) if cell in asked)
        if not here:
            continue
        numbers = tuple(problem.bounds[c] for tie in ties for c in (tie.total, *tie.parts))
        own = tuple((c, problem.bounds[c], c in problem.symbols) for c in cells)
        same = (here, own, numbers, tuple((t.total, t.parts, t.low, t.high) for t in ties))
        if same not in memory:
            memory[same] = _System(problem, cells, ties).ranges(here)
        found |= {cells[i]: r for i, r in memory[same].items()}
    return found


def _groups(problem: Problem) -> list[tuple[list[Labels], list[Tie]]]:
    """Cells that hang together through cells that are not known."""
    loose = [c for c, (low, high) in problem.bounds.items() if low != high]
    index = {cell: i for i, cell in enumerate(loose)}
    ends: tuple[list[int], list[int]] = ([], [])
    for t, tie in enumerate(problem.ties):
        for cell in (tie.total, *tie.parts):
            if cell in index:
                ends[0].append(index[cell])
                ends[1].append(len(loose) + t)
    size = len(loose) + len(problem.ties)
    graph = csr_matrix((np.ones(len(ends[0])), ends), shape=(size, size))
    labels = connected_components(graph, directed=False)[1]
    grouped: dict[int, tuple[list[Labels], list[Tie]]] = {}
    for cell, label in zip(loose, labels[: len(loose)], strict=True):
        grouped.setdefault(int(label), ([], []))[0].append(cell)
    for tie, label in zip(problem.ties, labels[len(loose) :], strict=True):
        grouped.setdefault(int(label), ([], []))[1].append(tie)
    return list(grouped.values())


class _System:
    def __init__(self, problem: Problem, cells: Sequence[Labels], ties: Sequence[Tie]) -> None:
        self._n = len(cells)
        index = {cell: i for i, cell in enumerate(cells)}
        self._threshold = problem.threshold
        self._symbols = np.array([c in problem.symbols for c in cells], dtype=np.bool_)
        self._low = np.array([problem.bounds[c][0] for c in cells], dtype=np.float64)
        tops = [problem.bounds[c][1] for c in cells]
        self._high = np.array([np.inf if top is None else top for top in tops], dtype=np.float64)
        rows = np.zeros((len(ties), self._n))
        self._row_low, self._row_high = np.zeros(len(ties)), np.zeros(len(ties))
        for t, tie in enumerate(ties):
            known = 0
            for cell, sign in ((tie.total, 1), *((p, -1) for p in tie.parts)):
                if cell in index:
                    rows[t, index[cell]] += sign
                else:
                    known += sign * problem.bounds[cell][0]
            self._row_low[t], self._row_high[t] = tie.low - known, tie.high - known
        self._rows = rows

    def solve(self, cost: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """The vertex of least cost, None where there is none; unbounded directions come back as infinity."""
        if not self._n:
            return np.zeros(0) if bool((self._row_low <= 0).all() and (self._row_high >= 0).all()) else None
        equal = self._row_low == self._row_high
        ranged = self._rows[~equal]
        solved = linprog(
            cost,
            A_eq=self._rows[equal] if equal.any() else None,
            b_eq=self._row_low[equal] if equal.any() else None,
            A_ub=np.vstack([ranged, -ranged]) if len(ranged) else None,
            b_ub=np.concatenate([self._row_high[~equal], -self._row_low[~equal]]) if len(ranged) else None,
            bounds=np.column_stack([self._low, self._high]),
            method="highs",
        )
        if solved.status == 3:
            return np.where(cost < 0, np.inf, self._low)
        return np.asarray(solved.x, dtype=np.float64) if solved.status == 0 else None

    def ranges(self, wanted: Sequence[int]) -> dict[int, Range]:
        """The interval of each wanted cell; nothing where the group contradicts itself."""
        tops = self._tops()
        if self._n <= _SMALL_GROUP and len(self._rows) and not np.isinf(tops).any() and self._symbols.any():
            found = self._whole_ranges(wanted, tops)
            if found:
                return found
        least, most = np.full(self._n, np.inf), np.full(self._n, -np.inf)
        found = {}
        for i in wanted:
            if self._is_safe(least[i], most[i]):
                found[i] = (0, None)
                continue
            for sign in (1.0, -1.0):
                cost = np.zeros(self._n)
                cost[i] = sign
                vertex = self.solve(cost)
                if vertex is None:
                    return {}
                least, most = np.minimum(least, vertex), np.maximum(most, vertex)
            high = None if np.isinf(most[i]) else int(np.floor(most[i] + _NEAR))
            found[i] = (int(np.ceil(least[i] - _NEAR)), high)
        return found

    def _is_safe(self, least: float, most: float) -> bool:
        """Seen at zero and at the threshold: whatever the ends are, nothing would be reported of the cell."""
        return bool(least <= _NEAR and most >= self._threshold - _NEAR)

    def _whole_ranges(self, wanted: Sequence[int], tops: NDArray[np.float64]) -> dict[int, Range]:
        """In whole numbers and under the rule: some hidden cell of the group is below the threshold."""
        hidden = np.flatnonzero(self._symbols)
        flags = len(hidden)
        rule, room = np.zeros((flags + 1, self._n + flags)), np.zeros(flags + 1)
        for r, cell in enumerate(hidden):
            # A flag may be 1 only where the cell is below the threshold; one flag at least is 1.
            slack = max(0.0, tops[cell] - (self._threshold - 1))
            rule[r, cell], rule[r, self._n + r] = 1.0, slack
            room[r] = self._threshold - 1 + slack
        rule[-1, self._n :], room[-1] = -1.0, -1.0
        rows = np.hstack([self._rows, np.zeros((len(self._rows), flags))])
        constraints = [
            LinearConstraint(rows, self._row_low, self._row_high),
            LinearConstraint(rule, -np.inf, room),
        ]
        bounds = Bounds(np.append(self._low, np.zeros(flags)), np.append(tops, np.ones(flags)))
        least, most = np.full(self._n, np.inf), np.full(self._n, -np.inf)
        found: dict[int, Range] = {}
        for i in wanted:
            if self._is_safe(least[i], most[i]):
                found[i] = (0, None)
                continue
            for sign in (1.0, -1.0):
                cost = np.zeros(self._n + flags)
                cost[i] = sign
                whole = np.ones(len(cost))
                solved = milp(cost, integrality=whole, bounds=bounds, constraints=constraints)
                if solved.status != 0:
                    return {}
                least = np.minimum(least, np.rint(solved.x[: self._n]))
                most = np.maximum(most, np.rint(solved.x[: self._n]))
            found[i] = (int(least[i]), int(most[i]))
        return found

    def _tops(self) -> NDArray[np.float64]:
        """Upper bounds of the cells as far as they follow at once: no part is larger than its sum."""
        tops = self._high.copy()
        for _ in range(_ROUNDS):
            for row, low, high in zip(self._rows, self._row_low, self._row_high, strict=True):
                plus, minus = row > 0, row < 0
                # low <= total - parts <= high
                if minus.any():
                    tops[minus] = np.minimum(tops[minus], float(tops[plus].sum()) - low)
                if plus.any():
                    tops[plus] = np.minimum(tops[plus], float(tops[minus].sum()) + high)
        return tops
