"""Honesty, measured: how often nominal 95 % intervals hold the truth, family by family and for the ensemble.

Six designs of invented populations of 5,000 children, 500 of each (`--populations`), every one with a seed of its
own, so that a run can be repeated to the digit; and the published tables with one list hidden and estimated
(internal consistency, Binette and Steorts 2022, J. R. Stat. Soc. A 185). No setting of the library was chosen on
these seeds; docs/explanation/coverage.md has the table and says what was seen before.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial

import numpy as np

from benchmarks.common import Entry, options, show
from benchmarks.coverage_families import (
    Outcome,
    answers_of,
    ensemble_of,
    mean,
    outcome_of,
    single_families,
    wilson,
)
from benchmarks.coverage_hidden import consistency, consistency_entries, families_table, hidden_table
from cobijo.engine.datasets import DATASETS
from cobijo.engine.population import Histories, estimate, from_masks
from cobijo.engine.simulate.capture import capture_only

CHILDREN = 5_000
FIRST_SEED = 41_000_000
DESIGNS = ("independent", "dependent", "latent", "sparse", "avoiding", "linkage")
#: Shown beside the six and in none of the entries.
BESIDE = ("faint",)
FIRST_THREE = DESIGNS[:3]
#: Of all records beyond a person's first, so many are taken for somebody else's; of all people, so many are
#: taken for another.
MISSED, FALSE = 0.04, 0.01
#: A family answers for the best single one only where it answers in so many of the populations.
LEAST_ANSWERS = 0.9


Run = Mapping[str, Sequence[Mapping[str, Outcome]]]  # by design, by population, by family


def linked_badly(histories: Histories, seed: int) -> Histories:
    """What faulty linkage makes of right histories: records that split off, people taken for one."""
    rng = np.random.default_rng([seed, 1])
    people = np.repeat(histories.cells.astype(np.int64), histories.counts)
    split: list[int] = []
    for j in range(len(histories.lists)):
        bit = 1 << j
        several = (people & (people - 1)) > 0
        off = several & ((people & bit) > 0) & (rng.random(people.size) < MISSED)
        split += [bit] * int(off.sum())
        people = np.where(off, people & ~bit, people)
    people = rng.permutation(np.concatenate([people, np.array(split, np.int64)]))
    pairs = round(FALSE * people.size)
    together, rest = people[: 2 * pairs], people[2 * pairs :]
    merged = np.concatenate([together[:pairs] | together[pairs:], rest])
    cells, counts = np.unique(merged, return_counts=True)
    return from_masks(histories.lists, cells, counts)


def population(design: str, index: int) -> tuple[Histories, int]:
    """One population of a design and its true number."""
    seed = FIRST_SEED + 100_000 * (*DESIGNS, *BESIDE).index(design) + index
    if design != "linkage":
        return capture_only(design, CHILDREN, seed)
    histories, truth = capture_only("dependent", CHILDREN, seed)
    return linked_badly(histories, seed), truth


def judge(design: str, latent: int, index: int) -> dict[str, Outcome]:
    """All families on one population; the sampler of latent classes on the first few."""
    histories, truth = population(design, index)
    answers = single_families(histories, index)
    answers["ensemble"] = ensemble_of(histories, answers, index)
    if index < latent:
        answers["latent"] = estimate(histories, "latent", draws=1000, burn=2000, thin=10, seed=index)
    return {name: outcome_of(truth, one) for name, one in answers.items()}


def score_ratio(run: Run) -> tuple[float, str]:
    """Mean score of the ensemble over that of the best single family, each design counting alike.

    Each family is compared on the populations where both answered, so that refusing hard ones is no gain; the
    largest ratio is the one reported.
    """
    worst = (0.0, "")
    for name in next(iter(run.values()))[0]:
        both = {
            d: [o for o in found if name in o and o[name].answered and o["ensemble"].answered]
            for d, found in run.items()
        }
        enough = all(len(both[d]) >= LEAST_ANSWERS * len(answers_of(run[d], "ensemble")) > 0 for d in run)
        if name == "ensemble" or not enough:
            continue
        ours = mean([mean([o["ensemble"].score for o in some]) for some in both.values()])
        theirs = mean([mean([o[name].score for o in some]) for some in both.values()])
        worst = max(worst, (ours / theirs, name))
    return worst


def table(run: Run) -> str:
    """Markdown: a row per design and family."""
    lines = [
        "| design | family | populations | refused | coverage | log bias | interval score |",
        "|---|---|---|---|---|---|---|",
    ]
    for design, found in run.items():
        for name in {name: None for one in found for name in one}:
            asked = sum(name in one for one in found)
            given = answers_of(found, name)
            cells = [design, name, str(asked), f"{1 - len(given) / asked:.1%}"]
            if given:
                cells += [f"{mean([o.covers for o in given]):.3f}", f"{mean([o.bias for o in given]):+.3f}"]
                cells += [f"{mean([o.score for o in given]):.3f}"]
            lines.append("| " + " | ".join([*cells, *["-"] * (7 - len(cells))]) + " |")
    return "\n".join(lines)


def simulated_entries(run: Run) -> list[Entry]:
    """Coverage, refusals and score of the ensemble."""
    three = [one for design in FIRST_THREE for one in run[design]]
    given = answers_of(three, "ensemble")
    hits = sum(one.covers for one in given)
    low, high = wilson(hits, len(given))
    by_design = ", ".join(f"{d} {mean([o.covers for o in answers_of(run[d], 'ensemble')]):.3f}" for d in run)
    baseline = mean([o.covers for o in answers_of(three, "independence")])
    ratio, best = score_ratio(run)
    note = f"bar >= .93; Wilson {low:.3f}-{high:.3f}; {by_design}; independence {baseline:.3f}"
    return [
        Entry("ensemble_coverage", hits / len(given) if given else None, "", note),
        Entry("refusals", 1.0 - len(given) / len(three), "", f"bar <= .10; of {len(three)} populations"),
        Entry(
            "interval_score_ratio", ratio, "", f"bar <= 1.0; nearest single family over all designs: {best}"
        ),
    ]


def run_all(
    number: int, latent: int, each: Callable[..., Iterable[dict[str, Outcome]]]
) -> dict[str, list[dict[str, Outcome]]]:
    """Every design, `number` populations of it, and the one beside them."""
    return {
        design: list(each(partial(judge, design, latent), range(number), chunksize=5))
        for design in (*DESIGNS, *BESIDE)
    }


def main() -> None:
    """Run and show; the table for the docs is printed before the entries."""
    counts = {"populations": "of each design (500)", "latent": "of these, so many by latent classes too (0)"}
    chosen = options(__doc__ or "", counts=counts)
    number = chosen.populations or (10 if chosen.quick else 500)
    # one thread of linear algebra a process, as the matrices are small; it has to be said before they start
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    cores = min(2, os.cpu_count() or 1)
    with ProcessPoolExecutor(cores, mp_context=multiprocessing.get_context("spawn")) as workers:
        run = run_all(number, chosen.latent or 0, workers.map)
        found = [one for some in workers.map(consistency, DATASETS) for one in some]
    if not chosen.json:
        print(table(run), hidden_table(found), families_table(found), sep="\n\n", end="\n\n")
    six = {design: run[design] for design in DESIGNS}
    show([*simulated_entries(six), *consistency_entries(found)], as_json=chosen.json)


if __name__ == "__main__":
    main()
