"""What the files say together: each cell once, what is known of it, and the sums that tie cells."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from cobijo.engine.disclosure.attackers.shape import Folder, Labels, Row, Table, TwoLists, is_total

_RANGE = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})")
_SAME_LEAST = 3


@dataclass(frozen=True)
class Sight:
    """One cell seen in one file."""

    file: str
    table: str
    row: Row


@dataclass(frozen=True)
class Tie:
    """The cell `total` lies between `low` and `high` away from the sum of `parts` (0, 0: it is that sum)."""

    total: Labels
    parts: tuple[Labels, ...]
    source: str
    low: float = 0.0
    high: float = 0.0


@dataclass
class Knowledge:
    """`sights` per cell; `own` ties need one table, `across` several, `derived` come from other numbers.

    `gaps`: cells that no file shows, such as the children of age 15 between two tables with other age bands.
    """

    sights: dict[Labels, list[Sight]] = field(default_factory=lambda: defaultdict(list))
    own: list[Tie] = field(default_factory=list)
    across: list[Tie] = field(default_factory=list)
    derived: list[Tie] = field(default_factory=list)
    gaps: dict[Labels, str] = field(default_factory=dict)
    words: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


def gather(folder: Folder) -> Knowledge:
    """Put the tables of a folder together."""
    known = Knowledge()
    tables = _aligned(folder.tables, known)
    for table in tables:
        for row in table.rows:
            known.sights[row.key].append(Sight(table.file, table.name, row))
        known.own += _totals(table, folder.parents)
    known.across += _grand_totals(tables, known)
    known.across += _list_sizes(known)
    known.across += _ranges(known)
    known.derived += _shares(tables)
    for estimate in folder.estimates:
        known.derived += _overlap_of(estimate, known)
    return known


def _aligned(tables: Sequence[Table], known: Knowledge) -> list[Table]:
    """A table in words takes the labels of the table in codes that has the same numbers in the same order."""
    done: list[Table] = []
    for table in sorted(tables, key=lambda t: not t.file.endswith((".json", ".csv"))):
        twin = next((d for d in done if d.file != table.file and _same_numbers(d, table)), None)
        if twin is None or any(a.key == b.key for a, b in zip(twin.rows, table.rows, strict=True) if a.key):
            done.append(table)
            continue
        rows = []
        for original, row in zip(twin.rows, table.rows, strict=True):
            rows.append(Row(original.labels, row.value, row.share))
            if len(original.key) == 1 and len(row.key) == 1:
                known.words[original.key[0][1]].add(row.key[0][1])
        done.append(Table(table.file, table.name, tuple(rows)))
    return done


def _same_numbers(one: Table, other: Table) -> bool:
    if len(one.rows) != len(other.rows):
        return False
    pairs = [(a.value.count, b.value.count) for a, b in zip(one.rows, other.rows, strict=True)]
    both = [(a, b) for a, b in pairs if a is not None and b is not None]
    equal = sum(a == b for a, b in both)
    if equal < min(_SAME_LEAST, max(1, len(pairs) // 2)) or equal < len(both) - max(1, len(both) // 10):
        return False
    # The same numbers in another order are the same table sorted otherwise: its rows are not those rows.
    counts = [sorted(n for pair in pairs if (n := pair[side]) is not None) for side in (0, 1)]
    return equal == len(pairs) or counts[0] != counts[1] or all(a == b for a, b in pairs)


def _totals(table: Table, parents: Mapping[str, Mapping[str, str]]) -> list[Tie]:
    found: list[Tie] = []
    for dimension in sorted({d for row in table.rows for d, _ in row.labels}):
        sums: dict[tuple[Labels, str], Labels] = {}
        parts: dict[tuple[Labels, str], dict[Labels, None]] = defaultdict(dict)
        for row in table.rows:
            value = dict(row.labels).get(dimension)
            if value is None:
                continue
            rest = tuple(sorted((d, "" if is_total(v) else v) for d, v in row.labels if d != dimension))
            sums[rest, "" if is_total(value) else value] = row.key
            if not is_total(value):
                parts[rest, parents.get(dimension, {}).get(value, "")][row.key] = None
        source = f"{table.file}:{table.name}"
        found += [Tie(sums[at], tuple(keys), source) for at, keys in parts.items() if at in sums]
    return found


def _grand_totals(tables: Iterable[Table], known: Knowledge) -> list[Tie]:
    """A table without a total of its own, where another file tells the total."""
    sights = known.sights.get(())
    if not sights:
        return []
    grand = max((s.row.value.count or 0 for s in sights), default=0)
    found = []
    for table in tables:
        if any(not row.key for row in table.rows) or any(
            is_total(v) for row in table.rows for _, v in row.labels
        ):
            continue
        # A table that holds less than half of everybody is about somebody else; lists overlap and do not add
        # up.
        shown = sum(row.value.count or 0 for row in table.rows)
        if shown * 2 >= grand and all(d != "list" for row in table.rows for d, _ in row.labels):
            found.append(Tie((), tuple(row.key for row in table.rows), f"{table.file}:{table.name}"))
    return found


def _histories(known: Knowledge) -> dict[Labels, frozenset[str]]:
    return {
        key: frozenset(key[0][1].split("+"))
        for key in known.sights
        if len(key) == 1 and key[0][0] in {"history", "lists"}
    }


def _list_sizes(known: Knowledge) -> list[Tie]:
    histories = _histories(known)
    found = []
    for key in list(known.sights):
        if len(key) == 1 and key[0][0] == "list":
            wanted = frozenset(key[0][1].split("&"))
            parts = tuple(h for h, lists in histories.items() if wanted <= lists)
            if parts:
                found.append(Tie(key, parts, "list sizes"))
    return found


def _overlap_of(estimate: TwoLists, known: Knowledge) -> list[Tie]:
    """Chapman's estimate solved for what it was made from: both = (n1 + 1)(n2 + 1) / (N + 1) - 1."""
    sizes = [_shown(known, (("list", name),)) for name in estimate.lists]
    if sizes[0] is None or sizes[1] is None:
        return []
    product = (sizes[0] + 1) * (sizes[1] + 1)
    low, high = (product / (total + 1) - 1 for total in (estimate.high, estimate.low))
    both: Labels = (("list", "&".join(sorted(estimate.lists))),)
    known.gaps.setdefault(both, estimate.file)
    parts = tuple(h for h, lists in _histories(known).items() if set(estimate.lists) <= lists)
    ties = [Tie(both, (), f"{estimate.file}:estimates", low - 1e-6, high + 1e-6)]
    return [*ties, Tie(both, parts, f"{estimate.file}:estimates")] if parts else ties


def _shown(known: Knowledge, key: Labels) -> int | None:
    sights = known.sights.get(key, ())
    return next((s.row.value.count for s in sights if s.row.value.count is not None), None)


def _ranges(known: Knowledge) -> list[Tie]:
    """Bands that overlap without being equal differ by something, and that is a cell too."""
    bands: dict[tuple[str, Labels], dict[Labels, tuple[int, int]]] = defaultdict(dict)
    for key in known.sights:
        for dimension, value in key:
            match = _RANGE.fullmatch(value)
            if match and int(match[1]) <= int(match[2]):
                rest = tuple(pair for pair in key if pair[0] != dimension)
                bands[dimension, rest][key] = (int(match[1]), int(match[2]) + 1)
    found: list[Tie] = []
    for (dimension, rest), ranges in bands.items():
        spans = sorted(set(ranges.values()))
        if not any(b[0] < a[1] for a, b in pairwise(spans)):
            continue
        edges = sorted({edge for span in spans for edge in span})
        atoms = list(pairwise(edges))
        for key, (low, high) in ranges.items():
            inside = [(a, b) for a, b in atoms if low <= a and b <= high]
            parts = tuple(_band(dimension, rest, atom) for atom in inside)
            if parts != (key,):
                found.append(Tie(key, parts, "overlapping bands"))
            for part in parts:
                if part not in known.sights:
                    known.gaps.setdefault(part, known.sights[key][0].file)
    return found


def _band(dimension: str, rest: Labels, atom: tuple[int, int]) -> Labels:
    return tuple(sorted((*rest, (dimension, f"{atom[0]}-{atom[1] - 1}"))))


def _shares(tables: Iterable[Table]) -> list[Tie]:
    """A share of a known total bounds the count, in tables of one dimension where the total is plain."""
    found = []
    for table in tables:
        whole = next((row.value.count for row in table.rows if not row.key), None)
        for row in table.rows:
            share = row.share or row.value.share
            if share and whole and row.key and len(row.labels) == 1:
                low, high = share[0] * whole - 1e-6, share[1] * whole + 1e-6
                found.append(Tie(row.key, (), f"{table.file}:{table.name}", low, high))
    return found
