"""What a plan costs: sums to the cent by line, objective, source and year. No Django, no floating point.

A plan has one currency. An amount in another one is converted row by row, with a rate and its day that somebody
states, and rounded once; nothing is ever added up across currencies.

>>> rows = [Amounts(1, 1, 7, 2026, Decimal("10.00"), Decimal("4.00"), Decimal("5.00"))]
>>> total(rows).spent, [one.code for one in warnings(rows)]
(Decimal('5.00'), ['plans.spent_over'])
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import TypeVar

CENT = Decimal("0.01")
MOST = Decimal("9999999999999.99")
ZERO = Decimal("0.00")
_EXACT = Context(prec=60, rounding=ROUND_HALF_EVEN)
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Amounts:
    """A row of a budget, in the plan's currency."""

    line: int
    objective: int
    source: int
    year: int
    planned: Decimal
    committed: Decimal
    spent: Decimal


@dataclass(frozen=True)
class Sums:
    """What some rows come to."""

    planned: Decimal = ZERO
    committed: Decimal = ZERO
    spent: Decimal = ZERO

    def __add__(self, other: Sums | Amounts) -> Sums:
        return Sums(
            _EXACT.add(self.planned, other.planned),
            _EXACT.add(self.committed, other.committed),
            _EXACT.add(self.spent, other.spent),
        )

    @property
    def open(self) -> Decimal:
        """Planned and neither spent nor promised to anybody yet; nothing where more was promised than planned."""
        return max(ZERO, _EXACT.subtract(self.planned, max(self.committed, self.spent)))


@dataclass(frozen=True)
class Warned:
    """More was promised than planned, or spent than promised, on one line."""

    code: str  # of a sentence
    line: int
    over: Decimal  # by how much


def total(rows: Iterable[Amounts | Sums]) -> Sums:
    """All of them together.

    >>> total([])
    Sums(planned=Decimal('0.00'), committed=Decimal('0.00'), spent=Decimal('0.00'))
    """
    found = Sums()
    for one in rows:
        found = found + one
    return found


def by(rows: Iterable[Amounts], key: Callable[[Amounts], Key]) -> dict[Key, Sums]:
    """Sums by what `key` says of a row, in the order of the keys: line, objective, source, year, or several of them.

    >>> row = Amounts(3, 1, 7, 2026, Decimal("10.10"), Decimal("0"), Decimal("0"))
    >>> by([row, row], lambda one: one.line)[3].planned
    Decimal('20.20')
    """
    found: dict[Key, Sums] = {}
    for one in rows:
        at = key(one)
        found[at] = found.get(at, Sums()) + one
    return dict(sorted(found.items(), key=lambda pair: pair[0]))  # type: ignore[arg-type,return-value]


def warnings(rows: Iterable[Amounts]) -> list[Warned]:
    """Lines where more was promised than planned or spent than promised: said, never corrected."""
    return warned(by(rows, lambda one: one.line))


def warned(of_lines: dict[int, Sums]) -> list[Warned]:
    """The same from the sums of each line."""
    found = []
    for line, sums in of_lines.items():
        if sums.committed > sums.planned:
            found.append(Warned("plans.committed_over", line, _EXACT.subtract(sums.committed, sums.planned)))
        if sums.spent > sums.committed:
            found.append(Warned("plans.spent_over", line, _EXACT.subtract(sums.spent, sums.committed)))
    return found


def converted(amount: Decimal, rate: Decimal) -> Decimal:
    """An amount in the plan's currency: so many of it for one of the other, rounded to the cent (half to even).

    >>> converted(Decimal("100.00"), Decimal("17.12345"))
    Decimal('1712.34')
    """
    return _EXACT.multiply(amount, rate).quantize(CENT, context=_EXACT)


def to_cents(amount: Decimal) -> int:
    """Whole cents. Raises `ValueError` for what has parts of a cent, or is too large to be meant.

    >>> to_cents(Decimal("12.30"))
    1230
    """
    if not amount.is_finite() or abs(amount) > MOST:
        raise ValueError("no amount")
    cents = _EXACT.scaleb(amount, 2)
    if cents != cents.to_integral_value():
        raise ValueError("parts of a cent")
    return int(cents)


def from_cents(cents: int) -> Decimal:
    """
    >>> from_cents(1230)
    Decimal('12.30')
    """
    return Decimal(cents).scaleb(-2, context=_EXACT).quantize(CENT, context=_EXACT)


def shares(sums: Sequence[Sums]) -> list[tuple[float, float, float]]:
    """How long the bars of a chart are, from 0 to 100, against the largest of all amounts."""
    most = max((max(one.planned, one.committed, one.spent) for one in sums), default=ZERO)
    if not most:
        return [(0.0, 0.0, 0.0) for _one in sums]
    return [tuple(float(100 * part / most) for part in (s.planned, s.committed, s.spent)) for s in sums]  # type: ignore[misc]
