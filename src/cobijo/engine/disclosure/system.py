"""Several linked tables as one system of equations: total = sum of parts, over cells each known once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from numpy.typing import NDArray

from cobijo.engine.disclosure.shape import TOTAL, Cell, CountTable, Link, Ref, Values
from cobijo.errors import InputProblem

Key = tuple[str, frozenset[tuple[str, str]]]
Equation = tuple[int, tuple[int, ...]]

# What it costs to hide a cell, by what it is: totals are what readers need most.
_TOTAL_FACTOR = 12.0
_GRAND_FACTOR = 60.0
_SUM_FACTOR = 25.0


@dataclass(frozen=True)
class System:
    """`defining` equations suffice to compute; `equations` are all that a reader can write down.

    `free` cells stand in no sum of published cells: no number tells anything of them, and their symbol says
    just what the rule says.
    """

    names: tuple[str, ...]
    counts: NDArray[np.int64]
    organisations: tuple[int | None, ...]
    published: NDArray[np.bool_]
    weights: NDArray[np.float64]
    defining: tuple[Equation, ...]
    equations: tuple[Equation, ...]
    at: Mapping[Ref, int]
    free: NDArray[np.bool_]


@dataclass
class _Building:
    index: dict[Key, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    organisations: list[frozenset[str] | int | None] = field(default_factory=list)
    published: list[bool] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    defining: dict[Equation, None] = field(default_factory=dict)
    equations: dict[Equation, None] = field(default_factory=dict)
    at: dict[Ref, int] = field(default_factory=dict)

    def cell(self, key: Key, name: str, cell: Cell, factor: float, published: bool) -> int:
        found = self.index.get(key)
        if found is None:
            found = self.index[key] = len(self.names)
            self.names.append(name)
            self.counts.append(cell.count)
            self.organisations.append(cell.organisations)
            self.published.append(published)
            self.weights.append(factor * (1.0 + float(np.log1p(cell.count))))
        else:
            if self.counts[found] != cell.count:
                raise InputProblem("disclosure.tables_disagree", cell=name, other=self.names[found])
            self.organisations[found] = _together((self.organisations[found], cell.organisations))
            self.published[found] |= published
            self.weights[found] = max(self.weights[found], factor * (1.0 + float(np.log1p(cell.count))))
        return found


def build(tables: Sequence[CountTable], links: Sequence[Link] = ()) -> System:
    """The system of linked tables; `InputProblem` for a malformed table or two that contradict each other."""
    if len({table.id for table in tables}) != len(tables):
        raise InputProblem("disclosure.same_table_twice")
    made = _Building()
    for table in tables:
        _add_table(made, table)
    for link in links:
        _add_link(made, link)
    published = np.array(made.published, dtype=np.bool_)
    return System(
        tuple(made.names),
        np.array(made.counts, dtype=np.int64),
        tuple(len(o) if isinstance(o, frozenset) else o for o in made.organisations),
        published,
        np.array(made.weights, dtype=np.float64),
        tuple(made.defining),
        tuple(made.equations),
        made.at,
        _free(published, list(made.defining)),
    )


def _free(published: NDArray[np.bool_], equations: Sequence[Equation]) -> NDArray[np.bool_]:
    """Published cells whose change can be taken up by never-published cells alone (a test of rank)."""
    rows = np.zeros((len(equations), len(published)))
    for e, (total, parts) in enumerate(equations):
        rows[e, total] = 1.0
        rows[e, list(parts)] -= 1.0
    touched = np.abs(rows).sum(axis=0) > 0
    free = published & ~touched
    latent = rows[:, ~published]
    if latent.size:
        seen = np.flatnonzero(published & touched)
        basis, strengths, _ = np.linalg.svd(latent, full_matrices=False)
        basis = basis[:, strengths > 1e-9]
        left = rows[:, seen] - basis @ (basis.T @ rows[:, seen])
        free[seen] = np.abs(left).max(axis=0, initial=0.0) < 1e-7
    return np.asarray(free, dtype=np.bool_)


def _add_table(made: _Building, table: CountTable) -> None:
    _check(table)
    trees = [_tree(table, d) for d in range(len(table.dimensions))]
    cells = _all_cells(table, trees)
    shown = {frozenset(s) for s in table.published} if table.published is not None else None
    where: dict[Values, int] = {}
    for values, cell in cells.items():
        pairs = frozenset((d, v) for d, v in zip(table.dimensions, values, strict=True) if v != TOTAL)
        over = frozenset(d for d, _ in pairs)
        name = f"{table.id}({', '.join(values)})"
        inner = sum(v not in t for v, t in zip(values, trees, strict=True))
        factor = _GRAND_FACTOR if not pairs else 1.0 if inner == len(values) else _TOTAL_FACTOR
        published = shown is None or over in shown
        where[values] = made.cell((table.population, pairs), name, cell, factor, published)
        if published:
            made.at[Ref(table.id, values)] = where[values]
    for values, own in where.items():
        first = True
        for d, tree in enumerate(trees):
            if values[d] not in tree:
                continue
            parts = ((*values[:d], child, *values[d + 1 :]) for child in tree[values[d]])
            equation = (own, tuple(sorted(where[p] for p in parts if p in where)))
            if first:
                made.defining[equation] = None
                first = False
            made.equations[equation] = None
    for extra in table.sums:
        _add_sum(made, table, extra.name, extra.of, where)


def _add_sum(
    made: _Building, table: CountTable, name: str, of: Iterable[Values], where: Mapping[Values, int]
) -> None:
    parts = tuple(sorted({where[v] for v in of if v in where}))
    if any(v not in where and v not in table.impossible for v in of) or not parts:
        raise InputProblem("disclosure.sum_of_nothing", table=table.id, sum=name)
    cell = Cell(sum(made.counts[p] for p in parts))
    key = (table.population, frozenset({(f"sum of {'+'.join(table.dimensions)}", name)}))
    own = made.cell(key, f"{table.id}[{name}]", cell, _SUM_FACTOR, True)
    made.at[Ref(table.id, sum=name)] = own
    made.defining[(own, parts)] = None
    made.equations[(own, parts)] = None


def _add_link(made: _Building, link: Link) -> None:
    for ref in (link.total, *link.parts):
        if ref not in made.at:
            raise InputProblem(
                "disclosure.link_to_nothing", table=ref.table, cell=ref.sum or ", ".join(ref.values)
            )
    equation = (made.at[link.total], tuple(sorted(made.at[p] for p in link.parts)))
    if made.counts[equation[0]] != sum(made.counts[p] for p in equation[1]):
        first = made.names[equation[1][0]] if equation[1] else ""
        raise InputProblem("disclosure.tables_disagree", cell=made.names[equation[0]], other=first)
    made.defining[equation] = None
    made.equations[equation] = None


def _check(table: CountTable) -> None:
    if not table.dimensions or len(set(table.dimensions)) != len(table.dimensions):
        raise InputProblem("disclosure.dimensions", table=table.id)
    if not table.cells:
        raise InputProblem("disclosure.no_cells", table=table.id)
    for values, cell in table.cells.items():
        if len(values) != len(table.dimensions) or TOTAL in values or cell.count < 0:
            raise InputProblem("disclosure.bad_cell", table=table.id, cell=", ".join(values))
    for subset in table.published or ():
        if not set(subset) <= set(table.dimensions):
            raise InputProblem("disclosure.unknown_dimension", table=table.id, dimensions=", ".join(subset))


def _tree(table: CountTable, d: int) -> dict[str, list[str]]:
    """Subtotal -> its children; the root is TOTAL. Values in the order in which they first occur."""
    leaves = list(dict.fromkeys(values[d] for values in table.cells))
    parents = table.parents.get(table.dimensions[d], {})
    tree: dict[str, list[str]] = {}
    todo, seen = leaves, set(leaves)
    while todo:
        above: dict[str, None] = {}
        for value in todo:
            parent = parents.get(value, TOTAL)
            tree.setdefault(parent, []).append(value)
            if parent != TOTAL and parent not in seen:
                above[parent] = None
        seen |= above.keys()
        todo = list(above)
    # A subtotal that is also a leaf, or one that is its own ancestor, never reaches the root.
    if any(p in leaves for p in tree) or not _reaches_root(tree, seen):
        raise InputProblem("disclosure.bad_hierarchy", table=table.id, dimension=table.dimensions[d])
    return tree


def _reaches_root(tree: Mapping[str, Sequence[str]], values: set[str]) -> bool:
    reached: set[str] = set()
    todo = list(tree.get(TOTAL, ()))
    while todo:
        value = todo.pop()
        if value in reached:
            return False
        reached.add(value)
        todo.extend(tree.get(value, ()))
    return reached == values


def _all_cells(table: CountTable, trees: Sequence[Mapping[str, Sequence[str]]]) -> dict[Values, Cell]:
    """Innermost cells and every total, in reading order: rows before their total."""
    orders = [_order(tree) for tree in trees]
    leaves = [[v for v in order if v not in tree] for order, tree in zip(orders, trees, strict=True)]
    zero = Cell(0)
    found: dict[Values, Cell] = {
        values: table.cells.get(values, zero) for values in product(*leaves) if values not in table.impossible
    }
    for d, (order, tree) in enumerate(zip(orders, trees, strict=True)):
        # Deeper subtotals come before what contains them in `order`, so each sum finds its parts.
        others = list(dict.fromkeys((*v[:d], "", *v[d + 1 :]) for v in found))
        for other in others:
            for node in order:
                if node in tree:
                    parts = [found[p] for c in tree[node] if (p := (*other[:d], c, *other[d + 1 :])) in found]
                    if parts:
                        total = Cell(
                            sum(p.count for p in parts),
                            _together([p.organisations for p in parts if p.count]),
                        )
                        found[(*other[:d], node, *other[d + 1 :])] = total
    return {values: found[values] for values in product(*orders) if values in found}


def _order(tree: Mapping[str, Sequence[str]]) -> list[str]:
    def walk(node: str) -> list[str]:
        return [v for child in tree.get(node, ()) for v in walk(child)] + [node]

    return walk(TOTAL)


def _together(parts: Iterable[frozenset[str] | int | None]) -> frozenset[str] | int | None:
    """Organisations of cells taken together; of bare numbers the largest is what is certain."""
    known = [p for p in parts if p is not None]
    if not known:
        return None
    if all(isinstance(p, frozenset) for p in known):
        return frozenset().union(*(p for p in known if isinstance(p, frozenset)))
    return max(len(p) if isinstance(p, frozenset) else p for p in known)
