"""The estimation library: bootstrap, model search, decomposable graphs. One core, compilation apart."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from benchmarks.common import Entry, in_child, options, seconds, show
from cobijo.engine.datasets import load
from cobijo.engine.population import estimate
from cobijo.engine.population.bootstrap import draw
from cobijo.engine.population.histories import full_counts
from cobijo.engine.population.selection import candidates_of, starting, walk_tables

FIRST_USE = """
from cobijo.engine.datasets import load
from cobijo.engine.population import estimate
import time; start = time.perf_counter()
"""


def bootstraps(quick: bool) -> list[Entry]:
    """Stepwise selection and BCa interval, drawing and jackknife included."""
    entries = []
    for name, table, size, repeats, r_seconds, bar in (
        ("bca_uk6_s", "UKdat", 1000, 7, "214", 0.12),
        ("bca_uk5_s", "UKdat_5", 1000, 7, "98", 0.06),
        ("bca_uk5_100k_s", "UKdat_5", 100_000, 1, "about 9,800", 7.0),
        ("bca_8lists_s", "NewOrl", 1000, 5, "about 640", 0.3),
    ):
        histories = load(table)
        estimate(histories, resamples=size // 10)
        if quick and size > 1000:
            entries.append(Entry(name, None, "s", "left out by --quick"))
            continue

        def work(histories: object = histories, size: int = size) -> object:
            return estimate(histories, resamples=size, seed=1)  # type: ignore[arg-type]

        programme = estimate(histories, resamples=1000, seed=1).diagnostics["decided_by_linear_programme"]
        note = f"bar {bar}; R {r_seconds}; {programme} of 1,000 resamples needed a linear programme"
        entries.append(Entry(name, seconds(work, repeats=repeats), "s", note))
    return entries


def two_cores() -> Entry:
    """The bootstrap on one thread and on two, in turns, in one run."""
    histories = load("UKdat")
    k = len(histories.lists)
    tables: NDArray[np.int64] = draw(histories, 8000, 1)
    start = starting(k, full_counts(histories))

    def work(threads: int) -> float:
        return seconds(
            lambda: walk_tables(histories, tables, candidates_of(k, 2), 0.02, start, threads=threads)
        )

    work(2)
    turns = [(work(1), work(2)) for _ in range(5)]
    return Entry(
        "two_core_speedup",
        min(a for a, _ in turns) / min(b for _, b in turns),
        "x",
        "bar 1.8; UKdat, B = 8,000",
    )


def first_use() -> list[Entry]:
    """A fresh process with kernels in the cache: the first estimate, and its memory."""
    code = FIRST_USE + "estimate(load('UKdat_5'))\nprint(time.perf_counter() - start)"
    in_child(code)
    wall, peak = min(in_child(code) for _ in range(3))
    bare, _ = min(in_child("import numba") for _ in range(3))
    note = f"bar 1.5; whole process, imports included (numba's own import {bare:.2f} s)"
    return [Entry("first_use_s", wall, "s", note), Entry("peak_mb", peak, "MB", "bar 300")]


def main() -> None:
    """Run and show."""
    chosen = options(__doc__ or "")
    entries = bootstraps(chosen.quick)
    entries += [two_cores(), *first_use()]
    show(entries, as_json=chosen.json)


if __name__ == "__main__":
    main()
