"""The linear programme behind suppression: the cheapest other table in which one cell has changed by so much.

A move is a vector of changes, one per cell, under which every equation still holds. What moves must be
hidden, or a reader could tell the true table from the other one; so cells that are hidden already move almost
for free.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from cobijo.engine.disclosure.system import System

# The cost of a unit in a hidden cell: small, but never nothing, or the move would wander without reason.
_HIDDEN_COST = 1e-3
_WHOLE = 1e-6
_OPTIONS: Mapping[str, bool | int | float | str] = {
    "output_flag": False,
    "threads": 1,
    "presolve": "off",
    "solver": "simplex",
    "random_seed": 1,
    "mip_max_nodes": 2000,
    "mip_rel_gap": 0.3,
}

Bounds = Mapping[int, tuple[float, float]]


class Moves:
    """One model kept warm: each question changes a few bounds and starts from the last basis."""

    def __init__(self, system: System, weights: NDArray[np.float64], fixed: NDArray[np.bool_]) -> None:
        self._counts = system.counts
        self._n = n = len(system.counts)
        self._down = np.where(fixed, 0.0, system.counts.astype(np.float64))
        self._up = np.where(fixed, 0.0, highspy.kHighsInf)
        self._equations = _matrix(system)
        self._weights = weights
        # The bare solver: the constructor of highspy's own subclass prints a banner.
        self._solver: Any = highspy.Highs.__bases__[0]()
        for option, value in _OPTIONS.items():
            self._solver.setOptionValue(option, value)
        self._solver.passModel(_model(system, np.concatenate([weights, weights]), self._up, self._down))
        self._all = np.arange(2 * n, dtype=np.int32)

    def hide(self, cells: NDArray[np.intp]) -> None:
        """From now on these cells move almost for free."""
        columns = np.concatenate([cells, cells + self._n]).astype(np.int32)
        self._solver.changeColsCost(len(columns), columns, np.full(len(columns), _HIDDEN_COST))

    def cheapest(self, changes: Bounds) -> NDArray[np.int64] | None:
        """The cheapest whole-number move whose changes in the given cells lie within bounds, or None."""
        self._bound(changes)
        try:
            self._solver.run()
            move = self._answer()
            if move is None:
                return None
            whole = self._made_whole(move, changes)
            return whole if whole is not None else self._integral()
        finally:
            self._free(changes)

    def _bound(self, changes: Bounds) -> None:
        for cell, (low, high) in changes.items():
            up, down = float(self._up[cell]), float(self._down[cell])
            self._solver.changeColBounds(cell, max(0.0, low), max(0.0, min(up, high)))
            self._solver.changeColBounds(cell + self._n, max(0.0, -high), max(0.0, min(down, -low)))

    def _free(self, changes: Bounds) -> None:
        for cell in changes:
            self._solver.changeColBounds(cell, 0.0, float(self._up[cell]))
            self._solver.changeColBounds(cell + self._n, 0.0, float(self._down[cell]))

    def _answer(self) -> NDArray[np.float64] | None:
        values = np.asarray(self._solver.getSolution().col_value, dtype=np.float64)
        status = self._solver.getModelStatus()
        done = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit)
        if status not in done or len(values) != 2 * self._n:
            return None
        return values[: self._n] - values[self._n :]

    def _made_whole(self, move: NDArray[np.float64], changes: Bounds) -> NDArray[np.int64] | None:
        """The move itself or a small multiple of it, which keeps every equation; more is as good."""
        for factor in (1, 2, 3, 4, 6):
            scaled = move * factor
            whole = np.rint(scaled).astype(np.int64)
            within = all(low <= whole[c] <= high for c, (low, high) in changes.items())
            near = np.abs(scaled - whole).max() < _WHOLE
            if near and within and (self._counts + whole >= 0).all() and self._holds(whole):
                return whole
        return None

    def _integral(self) -> NDArray[np.int64] | None:
        """The same question asked of branch and bound, for tables of three and more dimensions."""
        kinds = highspy.HighsVarType
        size = 2 * self._n
        self._solver.changeColsIntegrality(
            size, self._all, np.full(size, int(kinds.kInteger), dtype=np.uint8)
        )
        self._solver.setOptionValue("presolve", "choose")
        try:
            self._solver.run()
            move = self._answer()
        finally:
            self._solver.changeColsIntegrality(
                size, self._all, np.full(size, int(kinds.kContinuous), dtype=np.uint8)
            )
            self._solver.setOptionValue("presolve", "off")
        if move is None:
            return None
        whole = np.rint(move).astype(np.int64)
        return whole if self._holds(whole) and (self._counts + whole >= 0).all() else None

    def _holds(self, move: NDArray[np.int64]) -> bool:
        return not (self._equations @ move).any()


def _matrix(system: System) -> Any:
    """One row an equation: total less parts, in whole numbers."""
    ends: tuple[list[int], list[int]] = ([], [])
    signs: list[int] = []
    for row, (total, parts) in enumerate(system.defining):
        ends[0].extend([row] * (1 + len(parts)))
        ends[1].extend((total, *parts))
        signs += [1] + [-1] * len(parts)
    shape = (len(system.defining), len(system.counts))
    return csr_matrix((np.array(signs, dtype=np.int64), ends), shape=shape)


def _model(
    system: System, cost: NDArray[np.float64], up: NDArray[np.float64], down: NDArray[np.float64]
) -> highspy.HighsLp:
    n = len(system.counts)
    starts, columns, values = [0], [], []
    for total, parts in system.defining:
        columns += [total, total + n, *parts, *(p + n for p in parts)]
        values += [1.0, -1.0, *([-1.0] * len(parts)), *([1.0] * len(parts))]
        starts.append(len(columns))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = 2 * n, len(system.defining)
    model.col_cost_ = cost
    model.col_lower_, model.col_upper_ = np.zeros(2 * n), np.concatenate([up, down])
    model.row_lower_ = model.row_upper_ = np.zeros(len(system.defining))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.array(starts, dtype=np.int32)
    model.a_matrix_.index_ = np.array(columns, dtype=np.int32)
    model.a_matrix_.value_ = np.array(values, dtype=np.float64)
    return model
