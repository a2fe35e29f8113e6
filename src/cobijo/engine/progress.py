"""How long work says how far it is: the caller draws the bar, the engine only counts."""

from __future__ import annotations

from collections.abc import Callable

#: (stage code, done, total); total 0 means not known yet.
Progress = Callable[[str, int, int], None]


def silent(stage: str, done: int, total: int) -> None:
    """The progress of whoever does not look."""
