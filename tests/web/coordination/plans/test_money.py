"""Sums to the cent, by every direction, whatever the amounts; against whole numbers that know no rounding."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cobijo.web.coordination.plans.money import (
    MOST,
    Amounts,
    Sums,
    by,
    converted,
    from_cents,
    shares,
    to_cents,
    total,
    warnings,
)

CENTS = st.integers(0, int(MOST * 100))
ROWS = st.lists(
    st.builds(
        Amounts,
        line=st.integers(1, 40),
        objective=st.integers(1, 5),
        source=st.integers(1, 10),
        year=st.integers(2024, 2028),
        planned=CENTS.map(from_cents),
        committed=CENTS.map(from_cents),
        spent=CENTS.map(from_cents),
    ),
    max_size=200,
)
PARTS = ("planned", "committed", "spent")
KEYS = ("line", "objective", "source", "year")


def in_cents(rows: list[Amounts], part: str) -> int:
    return sum(round(Fraction(getattr(one, part)) * 100) for one in rows)


@given(ROWS)
def test_totals_agree_in_every_direction_and_with_whole_cents(rows: list[Amounts]) -> None:
    whole = total(rows)
    for part in PARTS:
        assert getattr(whole, part) * 100 == in_cents(rows, part)
        for key in KEYS:
            found = by(rows, lambda one, key=key: getattr(one, key))  # type: ignore[misc]
            assert sum(getattr(one, part) for one in found.values()) == getattr(whole, part)
            for value, sums in found.items():
                mine = [one for one in rows if getattr(one, key) == value]
                assert getattr(sums, part) * 100 == in_cents(mine, part)


@given(ROWS)
def test_a_table_of_two_directions_adds_up_along_both(rows: list[Amounts]) -> None:
    cells = by(rows, lambda one: (one.year, one.source))
    years = by(rows, lambda one: one.year)
    sources = by(rows, lambda one: one.source)
    for year, sums in years.items():
        assert total(one for (at, _source), one in cells.items() if at == year) == sums
    for source, sums in sources.items():
        assert total(one for (_year, at), one in cells.items() if at == source) == sums
    assert list(years) == sorted(years)


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(rows: list[Amounts], chance: object) -> None:
    shuffled = list(rows)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert total(shuffled) == total(rows)


@given(ROWS)
def test_warnings_name_exactly_the_lines_where_something_is_over(rows: list[Amounts]) -> None:
    lines = by(rows, lambda one: one.line)
    found = {(one.code, one.line): one.over for one in warnings(rows)}
    for line, sums in lines.items():
        assert ("plans.committed_over", line) in found or sums.committed <= sums.planned
        assert ("plans.spent_over", line) in found or sums.spent <= sums.committed
    for (code, line), over in found.items():
        sums = lines[line]
        most, much = (
            (sums.planned, sums.committed)
            if code.endswith("committed_over")
            else (sums.committed, sums.spent)
        )
        assert over == much - most > 0


@given(CENTS, st.decimals("0.00000001", "99999", places=8))
def test_a_conversion_is_the_nearest_cent(cents: int, rate: Decimal) -> None:
    made = converted(from_cents(cents), rate)
    exact = Fraction(cents, 100) * Fraction(rate)
    assert abs(Fraction(made) - exact) <= Fraction(1, 200)
    assert made == made.quantize(Decimal("0.01"))


def test_half_a_cent_goes_to_the_even_one() -> None:
    assert converted(Decimal("0.01"), Decimal("0.5")) == Decimal("0.00")
    assert converted(Decimal("0.01"), Decimal("1.5")) == Decimal("0.02")
    assert converted(Decimal("0.01"), Decimal("2.5")) == Decimal("0.02")


@given(CENTS)
def test_cents_there_and_back(cents: int) -> None:
    assert to_cents(from_cents(cents)) == cents


@pytest.mark.parametrize("text", ["0.001", "1.005", "NaN", "Infinity", "99999999999999999"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        to_cents(Decimal(text))


def test_nothing_is_open_where_more_was_promised_than_planned() -> None:
    assert Sums(Decimal("10.00"), Decimal("4.00"), Decimal("1.00")).open == Decimal("6.00")
    assert Sums(Decimal("10.00"), Decimal("14.00"), Decimal("1.00")).open == 0


def test_the_longest_bar_is_whole_and_an_empty_chart_has_none() -> None:
    sums = [Sums(Decimal(10), Decimal(5), Decimal(0)), Sums(Decimal(20), Decimal(0), Decimal(0))]
    assert shares(sums) == [(50.0, 25.0, 0.0), (100.0, 0.0, 0.0)]
    assert shares([Sums()]) == [(0.0, 0.0, 0.0)]
    assert shares([]) == []
