"""The attack itself: look, compare, compute, and say what was found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from cobijo.engine.disclosure.attackers.files import read_folder
from cobijo.engine.disclosure.attackers.intervals import Memory, Problem, Range, intervals, possible
from cobijo.engine.disclosure.attackers.knowledge import Knowledge, Tie, gather
from cobijo.engine.disclosure.attackers.shape import HIDDEN, Finding, Folder, Labels, Value
from cobijo.engine.disclosure.attackers.words import said_in_words
from cobijo.errors import InputProblem

_THRESHOLD = 10


@dataclass(frozen=True)
class Survey:
    """`findings` and what they rest on: tables and hidden cells seen, files that nobody could read."""

    findings: tuple[Finding, ...]
    tables: int
    hidden: int
    unread: tuple[str, ...]
    threshold: int


def attack(
    folder: Path, *, threshold: int | None = None, names: Mapping[str, Iterable[str]] | None = None
) -> list[Finding]:
    """What a stranger can work out from the files below `folder`; a publisher hopes for an empty list.

    `threshold`: counts below it are secrets; by default the one that the files state, else 10. `names`: what
    a code is called in words (`{"MX-OAX": ["Oaxaca"]}`), for charts whose labels are not codes.
    `InputProblem` where there is no such folder.
    """
    return list(survey(folder, threshold=threshold, names=names).findings)


def survey(
    folder: Path, *, threshold: int | None = None, names: Mapping[str, Iterable[str]] | None = None
) -> Survey:
    """Like `attack`, with what was read and what could not be."""
    if not folder.is_dir():
        raise InputProblem("disclosure.no_folder", folder=str(folder))
    read = read_folder(folder)
    k = threshold or read.threshold or _THRESHOLD
    known = gather(read)
    for code, words in (names or {}).items():
        known.words[code.casefold()] |= {word.casefold() for word in words}
    hidden = {
        key for key, sights in known.sights.items() if any(s.row.value.symbol is not None for s in sights)
    }
    found = [*_symbols(read), *_shown_small(known, k), *_compared(known)]
    ranges: dict[Labels, Range] = {}
    found += _computed(known, hidden, k, ranges)
    found += said_in_words(read, known, hidden, ranges, k)
    ordered = sorted(set(found), key=lambda f: (f.file, f.table, f.cell, f.why, f.low))
    return Survey(tuple(ordered), len(read.tables), len(hidden), tuple(read.unread), k)


def _symbols(read: Folder) -> list[Finding]:
    """Two symbols sort the hidden cells for the reader; one that says "<10" says more than a symbol may."""
    seen: dict[str, tuple[str, str, str]] = {}
    for table in read.tables:
        for row in table.rows:
            if row.value.symbol is not None:
                seen.setdefault(row.value.symbol, (table.file, table.name, row.name))
    if len(seen) < 2:
        return []
    odd = [s for s in seen if s != HIDDEN] or list(seen)
    return [Finding(*seen[symbol], 0, None, "symbols") for symbol in odd]


def _shown_small(known: Knowledge, k: int) -> list[Finding]:
    found = []
    for sights in known.sights.values():
        for sight in sights:
            count = sight.row.value.count
            if count is not None and count < k:
                why = "zero" if count == 0 else "below"
                found.append(Finding(sight.file, sight.table, sight.row.name, count, count, why))
    return found


def _compared(known: Knowledge) -> list[Finding]:
    """The same cell in two places: hidden here and shown there, or rounded here and exact there."""
    found = []
    for sights in known.sights.values():
        counts = [s for s in sights if s.row.value.count is not None]
        symbols = [s for s in sights if s.row.value.symbol is not None]
        if counts and symbols:
            n = counts[0].row.value.count or 0
            found.append(Finding(counts[0].file, counts[0].table, counts[0].row.name, n, n, "elsewhere"))
        for other in counts[1:]:
            a, b = counts[0].row.value.count or 0, other.row.value.count or 0
            if a != b:
                why = "rounded" if _is_rounding(a, b) or _is_rounding(b, a) else "contradiction"
                found.append(Finding(other.file, other.table, other.row.name, min(a, b), max(a, b), why))
    return found


def _is_rounding(rounded: int, exact: int) -> bool:
    return any(
        rounded % base == 0 and exact % base and abs(rounded - exact) < base for base in (3, 5, 10, 100, 1000)
    )


def _computed(known: Knowledge, hidden: set[Labels], k: int, ranges: dict[Labels, Range]) -> list[Finding]:
    """Solve for the hidden cells in three steps, so that a finding says how much had to be put together."""
    found: list[Finding] = []
    left = set(hidden)
    files = sorted({s.file for sights in known.sights.values() for s in sights})
    memory: Memory = {}
    for file in files:
        ties = [t for t in known.own if t.source.startswith(f"{file}:")]
        problem, odd = _problem(known, ties, k, file)
        found += [
            Finding(file, tie.source.rpartition(":")[2], _name(tie.total), 0, None, "sums") for tie in odd
        ]
        mine = {
            c for c in left if any(s.file == file and s.row.value.symbol is not None for s in known.sights[c])
        }
        found += _pinned(known, intervals(problem, mine, memory), k, left, {}, file)
    for more, codes in (
        ([], {"exact": "linked", "narrow": "linked"}),
        (known.derived, {"exact": "derived", "narrow": "derived"}),
    ):
        if more is known.derived and not known.derived:
            break
        problem, _ = _problem(known, [*known.own, *known.across, *more], k, None)
        now = intervals(problem, left | known.gaps.keys(), memory)
        ranges |= now
        found += _pinned(known, now, k, left, codes, None)
    return found


def _problem(known: Knowledge, ties: Iterable[Tie], k: int, file: str | None) -> tuple[Problem, list[Tie]]:
    """Ties are taken up as long as they can all be true; those that cannot be are handed back."""
    bounds: dict[Labels, Range] = dict.fromkeys(known.gaps, (0, None))
    for cell, sights in known.sights.items():
        bounds[cell] = _bounds([s.row.value for s in sights if file is None or s.file == file])
    symbols = frozenset(
        cell
        for cell, sights in known.sights.items()
        if any(s.row.value.symbol is not None and file in (None, s.file) for s in sights)
    )
    wanted = list(dict.fromkeys(ties))
    whole = Problem(bounds, wanted, symbols, k)
    if possible(whole):
        return whole, []
    taken: list[Tie] = []
    odd: list[Tie] = []
    for source in dict.fromkeys(t.source for t in wanted):
        more = [t for t in wanted if t.source == source]
        if possible(Problem(bounds, [*taken, *more], symbols, k)):
            taken += more
        else:
            for tie in more:
                fits = possible(Problem(bounds, [*taken, tie], symbols, k))
                (taken if fits else odd).append(tie)
    return Problem(bounds, taken, symbols, k), odd


def _bounds(values: list[Value]) -> Range:
    for value in values:
        if value.count is not None:
            return (value.count, value.count)
    tops = [v.high for v in values if v.high is not None]
    return (max((v.low for v in values), default=0), min(tops) if tops else None)


def _pinned(
    known: Knowledge,
    now: Mapping[Labels, Range],
    k: int,
    left: set[Labels],
    codes: Mapping[str, str],
    file: str | None,
) -> list[Finding]:
    found = []
    for cell, (low, high) in now.items():
        if high is None or low > high or (low >= k and low != high):
            continue
        gap = cell in known.gaps and cell not in known.sights
        if low == high and not (gap and low >= k):
            why = "exact"
        elif high < k or (low > 0 and high - low < k):
            why = "narrow"
        else:
            continue
        if gap:
            found.append(
                Finding(
                    known.gaps[cell],
                    "",
                    _name(cell),
                    low,
                    high,
                    "difference" if not codes or "linked" in codes.values() else "derived",
                )
            )
            continue
        sight = next(
            (s for s in known.sights[cell] if s.row.value.symbol is not None and file in (None, s.file)), None
        )
        if sight:
            left.discard(cell)
            found.append(Finding(sight.file, sight.table, sight.row.name, low, high, codes.get(why, why)))
    return found


def _name(cell: Labels) -> str:
    return ", ".join(f"{d}={v}" for d, v in cell) or "total"
