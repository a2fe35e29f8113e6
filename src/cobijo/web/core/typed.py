"""What somebody typed, or a form sent, where a whole number belongs."""

from __future__ import annotations


def whole(text: str | None, digits: int = 9) -> int | None:
    """The number; None where it is none or has more digits. `isdigit` alone lets "²" through, which no number is."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) <= digits else None
