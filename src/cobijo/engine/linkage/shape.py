"""What linkage gives back."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


@dataclass(frozen=True)
class Linked:
    """Records of all lists, linked into persons.

    `people`: `record_id`, `list`, `person_id`, `own_id`, one row a record in the order of the lists.
    `pairs`: `left`, `right` (record ids) and `probability` (calibrated, rounded to 6 digits) of every
    pair that may matter: likely ones, doubtful ones, and those that speak against a link within a group
    of connected records. `known` says of each record how much of the birth date it holds (0 the day, 1 the
    year, 2 nothing).
    """

    people: pa.Table
    pairs: pa.Table
    seconds: float
    settings: dict[str, Any] = field(default_factory=dict)
    known: NDArray[np.int8] = field(default_factory=lambda: np.empty(0, np.int8))

    @property
    def persons(self) -> int:
        """How many persons the records are."""
        return len(self.people["person_id"].unique())
