"""What an attacker reads off published files, and what it finds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

Labels = tuple[tuple[str, str], ...]

#: The symbol a file may use for every hidden count; JSON's null is the same thing.
HIDDEN = "·"
_TOTALS = {"total", "totales", "all", "todos", "todas", "ambos", "both", "overall", "sum", "suma", "observed"}
_SPACES = "\u0020\u00a0\u2009\u202f"
_INTEGER = re.compile(rf"\d{{1,3}}(?:[{_SPACES},.'’]\d{{3}})+|\d+")
_PERCENT = re.compile(rf"(\d+(?:[.,]\d+)?)[{_SPACES}]?%")
_FEWER = re.compile(
    r"(?:<|fewer than|less than|under|menos de|menor(?:es)? (?:que|a))\s*(\d+)", re.IGNORECASE
)
_AT_MOST = re.compile(r"(?:≤|<=|at most|up to|hasta|máximo)\s*(\d+)", re.IGNORECASE)
_BETWEEN = re.compile(r"(\d+)\s*(?:-|–|to|a)\s*(\d+)", re.IGNORECASE)


@dataclass(frozen=True)
class Value:
    """What stands in a cell: a count, a symbol that hides one (with what it tells), a share, or nothing."""

    count: int | None = None
    symbol: str | None = None
    low: int = 0
    high: int | None = None
    share: tuple[float, float] | None = None

    @property
    def is_number(self) -> bool:
        return self.count is not None or self.share is not None


@dataclass(frozen=True)
class Row:
    """One cell of a table: labels, totals included, and value; `share` comes from a column beside it."""

    labels: Labels
    value: Value
    share: tuple[float, float] | None = None

    @property
    def key(self) -> Labels:
        """What the cell is about, whatever the table: its labels without the totals."""
        return tuple(sorted((d, v) for d, v in self.labels if not is_total(v)))

    @property
    def name(self) -> str:
        return ", ".join(f"{d}={v}" for d, v in self.labels)


@dataclass(frozen=True)
class Table:
    file: str
    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class TwoLists:
    """A two-list estimate with the sizes it was made from: total between `low` and `high`."""

    file: str
    lists: tuple[str, str]
    low: float
    high: float


@dataclass
class Folder:
    """Everything that was read; `texts` are (file, short text), `unread` files that nobody could read.

    `parents`: dimension -> value -> the subtotal it belongs to, where a file says so.
    """

    tables: list[Table] = field(default_factory=list)
    texts: list[tuple[str, str]] = field(default_factory=list)
    estimates: list[TwoLists] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    threshold: int | None = None
    parents: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Finding:
    """Something a stranger can work out. `why` is the end of a sentence code, `disclosure.attack_<why>`.

    `low` and `high` bound the count that was to be hidden (equal: it is known exactly).
    """

    file: str
    table: str
    cell: str
    low: int
    high: int | None
    why: str

    @property
    def code(self) -> str:
        return f"disclosure.attack_{self.why}"

    def as_dict(self) -> dict[str, str | int | None]:
        return {"code": self.code, "file": self.file, "table": self.table, "cell": self.cell,
                "low": self.low, "high": self.high, "why": self.why}  # fmt: skip

    @property
    def params(self) -> Mapping[str, str | int | None]:
        known = (
            str(self.low) if self.low == self.high else f"{self.low}-{'' if self.high is None else self.high}"
        )
        return {"file": self.file, "table": self.table, "cell": self.cell, "known": known}


def is_total(value: str) -> bool:
    """Does a label stand for all values of its dimension?"""
    word = value.strip().casefold()
    return word in _TOTALS or word.startswith("total ")


def read_value(text: str | int | float | None) -> Value:
    """Make sense of a cell as a reader would.

    >>> read_value("1 204").count, read_value("<10").high, read_value("·").symbol, read_value("12.5%").share
    (1204, 9, '·', (0.1245, 0.1255))
    """
    if text is None:
        return Value(symbol=HIDDEN)
    if isinstance(text, bool | float):
        return Value()
    plain = str(text).strip()
    if _INTEGER.fullmatch(plain):
        return Value(count=int(re.sub(r"\D", "", plain)))
    if percent := _PERCENT.fullmatch(plain):
        return Value(share=share_bounds(percent[1], 100.0))
    for pattern, less in ((_FEWER, 1), (_AT_MOST, 0)):
        if found := pattern.search(plain):
            return Value(symbol=plain, high=int(found[1]) - less)
    if between := _BETWEEN.fullmatch(plain):
        return Value(symbol=plain, low=int(between[1]), high=int(between[2]))
    if HIDDEN in plain:
        return Value(symbol=HIDDEN)
    if len(plain) <= 3 or plain.casefold() in {"n.d.", "hidden", "suppressed", "oculto"}:
        return Value(symbol=plain)
    return Value()


def share_bounds(text: str, scale: float) -> tuple[float, float]:
    """The proportions that print as `text` once rounded."""
    plain = text.replace(",", ".")
    digits = len(plain.partition(".")[2])
    half = 0.5 * 10.0**-digits
    return (round((float(plain) - half) / scale, 12), round((float(plain) + half) / scale, 12))
