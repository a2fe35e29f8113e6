"""Which cells to hide: those the rules name, and those without which the first could be worked out.

After Fischetti and Salazar-Gonzalez (2001), "Solving the cell suppression problem on tabular data with linear
constraints", Management Science 47(7), as a heuristic: for each cell that needs protection the cheapest other
table with a low value and the cheapest with a high one; what differs is hidden. Every table found serves
every cell it moves.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

from cobijo.engine.disclosure.moves import Moves
from cobijo.engine.disclosure.shape import Rules
from cobijo.engine.disclosure.system import System
from cobijo.engine.progress import Progress, silent
from cobijo.errors import Refused

_PASSES = 6
_CANDIDATES = 24
_FAR = float(10**9)


@dataclass(frozen=True)
class Suppression:
    """`hidden` cells (never-published ones included) and the other tables, as moves, that prove them safe."""

    hidden: NDArray[np.bool_]
    needs: Mapping[int, tuple[int, int]]
    moves: tuple[NDArray[np.int64], ...]


def primary_cells(system: System, rules: Rules) -> NDArray[np.bool_]:
    """Cells that the rules themselves hide."""
    few = np.array([o is not None and o < rules.organisations for o in system.organisations], dtype=np.bool_)
    primary: NDArray[np.bool_] = (system.counts < rules.threshold) | few
    return primary


@dataclass(frozen=True)
class Grouped:
    """Which hidden cells hang together: `group` -1 where shown; `unbound` where no shown number bears on the cell."""

    group: NDArray[np.int64]
    unbound: NDArray[np.bool_]


class Grouping:
    """The equations as pairs (equation, cell), ready for any choice of hidden cells."""

    def __init__(self, system: System) -> None:
        rows = [(e, c) for e, (total, parts) in enumerate(system.equations) for c in (total, *parts)]
        self._rows = np.array([r for r, _ in rows], dtype=np.int64)
        self._cells = np.array([c for _, c in rows], dtype=np.int64)
        self._n = len(system.counts)
        self._size = self._n + len(system.equations)
        self._free = system.free
        self._published = system.published

    def of(self, hidden: NDArray[np.bool_]) -> Grouped:
        keep = hidden[self._cells]
        ends = (self._cells[keep], self._rows[keep] + self._n)
        graph = csr_matrix((np.ones(int(keep.sum()), dtype=np.int8), ends), shape=(self._size, self._size))
        labels = connected_components(graph, directed=False)[1].astype(np.int64)
        bound = np.zeros(self._size, dtype=np.bool_)
        bound[labels[self._rows[~keep] + self._n]] = True
        group = labels[: self._n].copy()
        unbound = hidden & (self._free | ~bound[group])
        # Of never-published cells only symbols speak: where no symbol is bound, neither are they.
        bound_symbol = np.zeros(self._size, dtype=np.bool_)
        bound_symbol[group[hidden & self._published & ~unbound]] = True
        has_symbol = np.zeros(self._size, dtype=np.bool_)
        has_symbol[group[hidden & self._published]] = True
        unbound |= ~self._published & hidden & (has_symbol & ~bound_symbol)[group]
        group[~hidden] = -1
        return Grouped(group, unbound)


def explained(
    system: System, hidden: NDArray[np.bool_], grouped: Grouped, values: NDArray[np.int64], threshold: int
) -> NDArray[np.bool_]:
    """Cells whose group, in the table `values`, has a published cell that the threshold would hide.

    Whoever knows the rule knows that symbols do not stand about without reason: a table in which nothing in
    the group is below the threshold is no explanation of the symbols, and so no protection. Of an unbound
    cell nobody can compute anything; its symbol says what the rule says, and needs no explanation.
    """
    group = grouped.group
    size = int(group.max(initial=-1)) + 2
    reason = hidden & system.published & (values < threshold)
    has_reason = np.bincount(group[reason] + 1, minlength=size) > 0
    has_symbol = np.bincount(group[hidden & system.published] + 1, minlength=size) > 0
    fine: NDArray[np.bool_] = ((has_reason | ~has_symbol)[group + 1] | grouped.unbound) & hidden
    return fine


@dataclass
class _Search:
    system: System
    rules: Rules
    solver: Moves
    hidden: NDArray[np.bool_]
    fixed: NDArray[np.bool_]
    grouping: Grouping
    moves: list[NDArray[np.int64]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.solver.hide(np.flatnonzero(self.hidden))
        self.grouped = self.grouping.of(self.hidden)
        self.low, self.high = self.system.counts.copy(), self.system.counts.copy()

    def take(self, move: NDArray[np.int64]) -> None:
        """Hide what moves and let the new table widen every cell it speaks for."""
        new = np.flatnonzero((move != 0) & ~self.hidden)
        if len(new):
            self.hidden[new] = True
            self.solver.hide(new)
            self.grouped = self.grouping.of(self.hidden)
        self.moves.append(move)
        self._widen(move)

    def _widen(self, move: NDArray[np.int64]) -> None:
        values = self.system.counts + move
        fine = explained(self.system, self.hidden, self.grouped, values, self.rules.threshold)
        self.low = np.where(fine, np.minimum(self.low, values), self.low)
        self.high = np.where(fine, np.maximum(self.high, values), self.high)

    def recount(self) -> None:
        """Groups have grown since the first tables were found: see what these still prove."""
        self.low, self.high = self.system.counts.copy(), self.system.counts.copy()
        for move in self.moves:
            self._widen(move)

    def reach(self, cell: int, change: int) -> None:
        """Find a table in which the cell has changed by at least `change`, and take it."""
        wanted = {cell: (change, _FAR) if change > 0 else (-_FAR, change)}
        move = self.solver.cheapest(wanted)
        if move is not None and not self._is_explained(cell, move):
            move = self._explained_move(cell, wanted, move)
        if move is None:
            raise Refused("disclosure.cannot_protect", cell=self.system.names[cell])
        self.take(move)

    def _is_explained(self, cell: int, move: NDArray[np.int64]) -> bool:
        if self.system.published[cell] and self.system.counts[cell] + move[cell] < self.rules.threshold:
            return True  # the cell is itself the reason
        hidden = self.hidden | (move != 0)
        grouped = self.grouping.of(hidden)
        values = self.system.counts + move
        return bool(explained(self.system, hidden, grouped, values, self.rules.threshold)[cell])

    def _explained_move(
        self, cell: int, wanted: Mapping[int, tuple[float, float]], first: NDArray[np.int64]
    ) -> NDArray[np.int64] | None:
        """The cheapest of the moves in which one neighbour of the cell ends below the threshold."""
        counts = self.system.counts
        near = (first != 0) | ((self.grouped.group == self.grouped.group[cell]) & self.hidden)
        near &= self.system.published & ~self.fixed
        near[cell] = False
        order = sorted(np.flatnonzero(near), key=lambda c: (counts[c], c))[:_CANDIDATES]
        best: NDArray[np.int64] | None = None
        best_cost = np.inf
        for other in order:
            cap = float(self.rules.threshold - 1 - counts[other])
            move = self.solver.cheapest({**wanted, int(other): (-_FAR, cap)})
            if move is not None and self._is_explained(cell, move):
                cost = float((np.abs(move) * np.where(self.hidden, 1e-3, self.system.weights)).sum())
                if cost < best_cost:
                    best, best_cost = move, cost
        return best


def suppress(
    system: System,
    rules: Rules,
    *,
    fixed: NDArray[np.bool_],
    secret: bytes = b"",
    progress: Progress | None = None,
) -> Suppression:
    """Hide primary cells and the cheapest further cells that keep them from being worked out.

    `fixed`: cells known to the public already. `secret` breaks ties, so that whoever has this program but not
    the secret cannot replay it on a guessed table. `Refused` where a primary cell is public or cannot be
    protected.
    """
    tell = progress or silent
    primary = primary_cells(system, rules)
    if bool((primary & fixed).any()):
        raise Refused("disclosure.already_public", cell=system.names[int(np.flatnonzero(primary & fixed)[0])])
    hidden = primary | (~system.published & ~fixed)
    weights = system.weights * _jitter(system.names, secret)
    search = _Search(system, rules, Moves(system, weights, fixed), hidden, fixed, Grouping(system))
    for _ in range(_PASSES):
        needs = requirements(system, rules, search.hidden & ~fixed, search.grouped.unbound)
        open_cells = [c for c, (low, high) in needs.items() if search.low[c] > low or search.high[c] < high]
        if not open_cells:
            break
        # Dear cells first: a total's alternatives move many inner cells, which then need none of their own.
        open_cells.sort(key=lambda c: (-system.weights[c], c))
        for done, cell in enumerate(open_cells):
            tell("disclosure.protect", done, len(open_cells))
            low, high = needs[cell]
            if search.high[cell] < high:
                search.reach(cell, int(high - system.counts[cell]))
            if search.low[cell] > low:
                search.reach(cell, int(low - system.counts[cell]))
        search.recount()
    tell("disclosure.protect", 1, 1)
    needs = requirements(system, rules, search.hidden & ~fixed, search.grouped.unbound)
    return Suppression(search.hidden, needs, tuple(search.moves))


def requirements(
    system: System, rules: Rules, hidden: NDArray[np.bool_], unbound: NDArray[np.bool_]
) -> dict[int, tuple[int, int]]:
    """Cell -> (as low as, as high as) that a reader must be unable to rule out.

    A count below the threshold k may be 0 and may be k or more: not even that it is small can be told (of an
    unbound cell, for which the symbol alone speaks: up to k - 1). A cell hidden for its organisations spans k
    either way. A cell hidden for others' sake, if it is below 2k, spans k upward, so that no interval which
    touches the small counts is narrow.
    """
    k = rules.threshold
    primary = primary_cells(system, rules)
    needs: dict[int, tuple[int, int]] = {}
    for cell in np.flatnonzero(hidden):
        count = int(system.counts[cell])
        if count < k:
            needs[int(cell)] = (0, k - 1 if unbound[cell] else k)
        elif primary[cell]:
            needs[int(cell)] = (max(0, count - k), count + k)
        elif count < 2 * k and system.published[cell]:
            needs[int(cell)] = (count, count + k)
    return needs


def _jitter(names: Iterable[str], secret: bytes) -> NDArray[np.float64]:
    """Between 1 and 1.2, the same for the same secret and cell."""
    keyed = (hmac.new(secret, name.encode(), hashlib.sha256).digest() for name in names)
    return np.array([1.0 + 0.2 * int.from_bytes(d[:4], "big") / 2**32 for d in keyed], dtype=np.float64)
