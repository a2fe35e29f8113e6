"""What several tests of this room use."""

from __future__ import annotations

import json
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
from hypothesis import strategies as st

from cobijo.engine.population import Histories, from_masks

REFERENCE = Path(__file__).parents[2] / "reference" / "mse"
PUBLISHED = ("UKdat", "UKdat_5", "NewOrl_5", "Kosovo", "Artificial_3")


def reference(name: str) -> dict[str, Any]:
    """R's answers for one table."""
    answer: dict[str, Any] = json.loads((REFERENCE / f"{name}.json").read_text())
    return answer


def resamples(name: str) -> Path:
    """R's own resamples of one table."""
    return REFERENCE / f"rmultinom_seed1234_{name}.csv.gz"


def pairs(k: int) -> list[int]:
    """Masks of all pairs of k lists."""
    return [1 << i | 1 << j for i, j in combinations(range(k), 2)]


@st.composite
def histories(draw: st.DrawFn, most_lists: int = 5, most: int = 60) -> Histories:
    """Random tables, sparse and full, in which every list saw somebody."""
    k = draw(st.integers(2, most_lists))
    empty = draw(st.sampled_from([0, 20, 60]))
    values = draw(st.lists(st.integers(-empty, most), min_size=(1 << k) - 1, max_size=(1 << k) - 1))
    counts = np.maximum(values, 0)
    for j in range(k):
        if not any(c for w, c in enumerate(counts, start=1) if w >> j & 1):
            counts[(1 << j) - 1] = 1
    return from_masks([f"list {j}" for j in range(k)], np.arange(1, 1 << k), counts)
