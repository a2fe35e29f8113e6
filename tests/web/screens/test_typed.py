"""A whole number as somebody typed it."""

from __future__ import annotations

import pytest

from cobijo.web.core.typed import whole


@pytest.mark.parametrize(("text", "means"), [("7", 7), ("007", 7), ("0", 0), ("123456789", 123_456_789)])
def test_a_number(text: str, means: int) -> None:
    assert whole(text) == means


@pytest.mark.parametrize("text", [None, "", " 7", "-7", "7.0", "²", "٧", "1234567890", "1e3"])
def test_what_is_none(text: str | None) -> None:
    assert whole(text) is None


def test_digits_are_counted() -> None:
    assert (whole("9999", 4), whole("10000", 4)) == (9_999, None)
