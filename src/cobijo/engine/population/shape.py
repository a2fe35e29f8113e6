"""The two shapes of this room: capture histories in, an estimate out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

MAX_LISTS = 10


@dataclass(frozen=True)
class Histories:
    """How many people were seen by exactly which lists.

    `cells[i]` is a bit mask (bit j set: seen by `lists[j]`), ascending, never 0; `counts[i]` > 0 people have
    it. Cells nobody has are left out. Build with `from_table`, `from_masks` or `from_records`
    (population/histories.py), which check what comes in.
    """

    lists: tuple[str, ...]
    cells: NDArray[np.uint16]
    counts: NDArray[np.int64]

    @property
    def observed(self) -> int:
        """People seen by at least one list."""
        return int(self.counts.sum())

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from cobijo.engine.population.notebook_tables import histories_card

        return histories_card(self)


@dataclass(frozen=True)
class Estimate:
    """What one estimator says of one set of histories.

    `total` and `interval` are numbers of people, hidden ones included; `total` is None when the estimator
    refuses, and `refused` then holds (code, params) for `cobijo.sentences.render`.
    """

    method: str
    observed: int
    total: float | None
    interval: tuple[float, float] | None
    level: float
    lists: tuple[str, ...]
    model: tuple[str, ...] = ()  # effects of the selected model, "A", "A:B", ...
    refused: tuple[str, Mapping[str, object]] | None = None
    diagnostics: Mapping[str, object] = field(default_factory=dict)
    monte_carlo_error: tuple[float, float] | None = None  # standard errors of the interval's two ends
    seed: int | None = None
    trace: Mapping[str, object] = field(default_factory=dict)

    @property
    def hidden(self) -> float | None:
        """People whom no list saw."""
        return None if self.total is None else self.total - self.observed

    def _repr_html_(self) -> str:
        """What a notebook shows."""
        from cobijo.engine.population.notebook import card

        return card(self)
