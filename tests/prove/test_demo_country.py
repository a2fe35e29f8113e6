"""Over twenty invented countries, the published interval holds the true number, and says something."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest

from cobijo.demonstration import build

SEEDS = range(20)


def _interval(seed: int, folder: Path) -> tuple[int, int, int]:
    made, truth = build(folder / str(seed), children=20_000, seed=seed)
    low, high = made.public["estimate"]["interval"]
    return low, high, truth["children"]


@pytest.mark.prove
def test_the_interval_holds_the_truth(tmp_path: Path) -> None:
    with ProcessPoolExecutor(2) as pool:
        found = list(pool.map(_interval, SEEDS, [tmp_path] * len(SEEDS)))
    for seed, (low, high, children) in zip(SEEDS, found, strict=True):
        print(f"seed {seed}: {low} - {high} ({high / low:.2f}), truth {children}")
    assert sum(low <= children <= high for low, high, children in found) >= 18
    assert max(high / low for low, high, _ in found) <= 1.6
