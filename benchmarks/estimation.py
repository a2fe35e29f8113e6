"""The estimation library: bootstrap, model search, decomposable graphs. One core, compilation apart."""

from __future__ import annotations

import time

import numpy as np
from numpy.typing import NDArray

from benchmarks.common import Entry, in_child, options, seconds, show
from cobijo.engine.datasets import load
from cobijo.engine.population import bic, decomposable, estimate, latent
from cobijo.engine.population.bootstrap import draw
from cobijo.engine.population.graphs import graphs_of
from cobijo.engine.population.histories import full_counts
from cobijo.engine.population.selection import candidates_of, starting, walk_tables

FIRST_USE = """
from cobijo.engine.datasets import load
from cobijo.engine.population import bic, decomposable, estimate, latent
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


def families() -> list[Entry]:
    """Model search and decomposable graphs."""
    five, six = load("UKdat_5"), load("UKdat")
    bic.search(five)
    entries = [
        Entry("bic_1024_s", seconds(lambda: bic.search(five), repeats=7), "s", "bar 0.01; R 5.1"),
        Entry("bic_32768_s", seconds(lambda: bic.search(six), repeats=3), "s", "bar 0.6; six lists"),
    ]
    hidden = decomposable.grid(five.observed, False)
    decomposable.posterior(five, hidden, 2.0**-5)
    work = seconds(lambda: decomposable.posterior(five, hidden, 2.0**-5), repeats=9)
    entries.append(Entry("dga_k5_s", work, "s", "bar 0.015; R 0.025; 822 graphs x 1,000 points"))

    def six_lists() -> None:
        graphs_of.cache_clear()
        decomposable.fit(six, curve=False)

    note = "bar 2; 18,154 graphs, enumeration included"
    return [*entries, Entry("dga_k6_s", seconds(six_lists, repeats=3), "s", note)]


def samplers(quick: bool) -> Entry:
    """Effective draws of the hidden people per second, ours over the plain sampler, each table in turns."""
    ratios, shown = [], []
    for name in ("UKdat", "Kosovo") if quick else ("UKdat", "UKdat_5", "Kosovo", "NewOrl_5"):
        rates = []
        for plain in (False, True):
            histories, done = load(name), 0.0
            latent.fit(histories, draws=20, burn=10, thin=1, plain=plain)
            start = time.process_time()
            for seed in range(1 if quick else 3):
                answer = latent.fit(histories, plain=plain, cap=20.0, burn=0, draws=2000, thin=10, seed=seed)
                done += float(str(answer.diagnostics["effective_size"]))
            rates.append(done / (time.process_time() - start))
        ratios.append(rates[0] / rates[1])
        shown.append(f"{name} {ratios[-1]:.1f}")
    note = "bar 1.5; geometric mean of " + ", ".join(shown)
    return Entry("lcmcr_ess_ratio", float(np.exp(np.mean(np.log(ratios)))), "x", note)


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
    entries += [*families(), samplers(chosen.quick), two_cores(), *first_use()]
    show(entries, as_json=chosen.json)


if __name__ == "__main__":
    main()
