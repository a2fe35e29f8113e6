"""Count tables from people: distinct children per cell, every category present, for absence tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, product

from cobijo.engine.disclosure.shape import Cell, CountTable, Sum, Values
from cobijo.engine.population.shape import Histories
from cobijo.errors import InputProblem


def count_people(
    table: str,
    dimensions: Mapping[str, Sequence[str]],
    categories: Mapping[str, Sequence[str]],
    *,
    organisations: Sequence[Iterable[str]] | None = None,
    published: tuple[tuple[str, ...], ...] | None = None,
    population: str = "children",
) -> CountTable:
    """Count one row per person into a table.

    `dimensions`: name -> value of each person (all of one length); `categories`: every value a dimension may
    take, in reading order; `organisations`: for each person those that reported it, None where the
    organisation rule is not to be applied. `InputProblem` for a value that is not among the categories.

    >>> categories = {"sex": ["female", "male", "unknown"]}
    >>> made = count_people("sex", {"sex": ["female", "male", "female"]}, categories)
    >>> [(values[0], cell.count) for values, cell in made.cells.items()]
    [('female', 2), ('male', 1), ('unknown', 0)]
    """
    names = tuple(dimensions)
    counts: dict[Values, int] = dict.fromkeys(product(*(categories[d] for d in names)), 0)
    sources: dict[Values, set[str]] = defaultdict(set)
    for row, values in enumerate(zip(*(dimensions[d] for d in names), strict=True)):
        if values not in counts:
            raise InputProblem("disclosure.unknown_category", table=table, cell=", ".join(map(str, values)))
        counts[values] += 1
        if organisations is not None:
            sources[values].update(organisations[row])
    cells = {
        values: Cell(n, frozenset(sources[values]) if organisations is not None and n else None)
        for values, n in counts.items()
    }
    return CountTable(table, names, cells, published=published, population=population)


def overlap_table(
    histories: Histories,
    *,
    table: str = "overlap",
    pairs: Iterable[tuple[str, str]] = (),
    total: bool = True,
    population: str = "children",
) -> CountTable:
    """Children by capture history (`health+police`), with the size of each list as a further published sum.

    All 2^K - 1 histories are cells, those nobody has as well. `pairs` of lists get a sum `a&b`, the children
    on both: declare each pair for which a two-list estimate is published, because with the two sizes that
    estimate gives the overlap away; where the sum comes back hidden, the estimate cannot be published.
    `total`: the grand total is shown.
    """
    lists = histories.lists
    have = {int(mask): int(n) for mask, n in zip(histories.cells, histories.counts, strict=True)}
    subsets = [c for size in range(1, len(lists) + 1) for c in combinations(range(len(lists)), size)]
    named = {"+".join(lists[j] for j in subset): subset for subset in subsets}
    cells: dict[Values, Cell] = {
        (name,): Cell(have.get(sum(1 << j for j in subset), 0)) for name, subset in named.items()
    }
    sums = [Sum(name, tuple((h,) for h, s in named.items() if j in s)) for j, name in enumerate(lists)]
    for a, b in pairs:
        both = {lists.index(a), lists.index(b)}
        sums.append(Sum(f"{a}&{b}", tuple((h,) for h, s in named.items() if both <= set(s))))
    published = (("history",), ()) if total else (("history",),)
    return CountTable(
        table, ("history",), cells, published=published, sums=tuple(sums), population=population
    )
