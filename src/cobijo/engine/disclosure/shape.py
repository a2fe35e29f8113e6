"""What goes into this room and what comes out: count tables, the rules, and the same tables made safe.

A table is given by its innermost cells only. Totals are never given: they are worked out here, so that a
total which disagrees with its parts cannot exist. A cell is the set of its (dimension, value) pairs; cells of
different tables over one `population` that say the same thing are one cell. So the grand total of `area` and
of `sex x age band`, or the row totals of two tables by sex, are linked without anybody having to say so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

#: The value of a dimension that stands for all its values together.
TOTAL = "total"
#: What stands in place of every hidden count, whatever the reason it is hidden.
SYMBOL = "·"

Values = tuple[str, ...]


@dataclass(frozen=True)
class Cell:
    """How many distinct children, and which organisations (or how many) they were reported by.

    `organisations` None says that the organisation rule makes no sense here, as in a table by capture
    history.
    """

    count: int
    organisations: frozenset[str] | int | None = None


@dataclass(frozen=True)
class Sum:
    """A further published number that is the sum of some innermost cells, such as the size of a list."""

    name: str
    of: tuple[Values, ...]


@dataclass(frozen=True)
class CountTable:
    """One table to publish.

    `cells`: innermost cells, one value per dimension; combinations left out count as zero (and are hidden
    like every zero). `published`: which sets of dimensions are shown, `()` being the grand total; None shows
    all. `parents`: for a dimension, value -> subtotal it belongs to; subtotals may have parents themselves.
    `sums`: further numbers published beside the table. `impossible`: combinations that cannot occur in the
    world and are neither shown nor hidden.
    """

    id: str
    dimensions: tuple[str, ...]
    cells: Mapping[Values, Cell]
    published: tuple[tuple[str, ...], ...] | None = None
    parents: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sums: tuple[Sum, ...] = ()
    impossible: frozenset[Values] = frozenset()
    population: str = "children"


@dataclass(frozen=True)
class Ref:
    """A cell of a table (`values` with TOTAL where summed over), or with `sum` one of its further sums."""

    table: str
    values: Values = ()
    sum: str | None = None


@dataclass(frozen=True)
class Link:
    """A sum that anybody can work out across tables: the cell `total` equals the cells `parts` together."""

    total: Ref
    parts: tuple[Ref, ...]


@dataclass(frozen=True)
class Rules:
    """When a count may not be shown.

    `threshold` k: fewer than k distinct children, zero included. `organisations`: fewer distinct
    organisations than this, where a cell names them. Zeros are hidden because a zero speaks about everybody
    in its row, because a shown zero tells that each hidden cell is at least one, and because it turns a 100 %
    cell into a statement about each child.
    """

    threshold: int = 10
    organisations: int = 2

    def __post_init__(self) -> None:
        if self.threshold < 2 or self.organisations < 0:
            raise ValueError("threshold must be at least 2 and organisations at least 0")


@dataclass(frozen=True)
class Audit:
    """What was proved before anything was let out.

    For each of `protected` cells two whole tables were shown to exist (`alternatives` different ones in all)
    that agree with every published number and with the published rule: one where the cell is as low, one
    where it is as high as the rule demands. `narrowest` is the smallest width between two such values, never
    below the threshold.
    """

    passed: bool
    protected: int
    alternatives: int
    narrowest: int | None
    problems: tuple[str, ...] = ()


@dataclass(frozen=True)
class ProtectedTable:
    """A table that may be shown: every published cell in reading order; None is hidden."""

    id: str
    dimensions: tuple[str, ...]
    rows: tuple[tuple[Values, int | None], ...]
    sums: Mapping[str, int | None] = field(default_factory=dict)

    def value(self, *values: str) -> int | None:
        """The count of one published cell; KeyError where it is not published."""
        return dict(self.rows)[values]

    def records(self, count: str = "children") -> list[dict[str, str | int | None]]:
        """Rows as `picture.json` wants them: a dictionary per cell, the count last, None where hidden."""
        return [{**dict(zip(self.dimensions, values, strict=True)), count: n} for values, n in self.rows]


@dataclass(frozen=True)
class ProtectedTables:
    """All tables of one publication, protected together; `suppressed` counts each hidden cell once."""

    tables: tuple[ProtectedTable, ...]
    rules: Rules
    suppressed: int
    cells: int
    audit: Audit
    symbol: str = SYMBOL

    def __getitem__(self, table: str) -> ProtectedTable:
        for one in self.tables:
            if one.id == table:
                return one
        raise KeyError(table)
