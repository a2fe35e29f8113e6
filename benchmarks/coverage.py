"""Honesty, measured: how often nominal 95 % intervals hold the truth, family by family and for the ensemble.

Six designs of invented populations of 5,000 children, 500 of each (`--populations`), every one with a seed of its
own, so that a run can be repeated to the digit; and the published tables with one list hidden and estimated
(internal consistency, Binette and Steorts 2022, J. R. Stat. Soc. A 185). No setting of the library was chosen on
these seeds; docs/explanation/coverage.md has the table and says what was seen before.
"""

from __future__ import annotations

import math
import multiprocessing
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np

from benchmarks.common import Entry, options, show
from cobijo.engine.datasets import DATASETS, load
from cobijo.engine.population import Estimate, Histories, estimate, from_masks
from cobijo.engine.population.averaging import average
from cobijo.engine.population.ensemble import DEFAULT, gate, pool, refused
from cobijo.engine.simulate.capture import capture_only

CHILDREN = 5_000
LEVEL = 0.95
FIRST_SEED = 41_000_000
DESIGNS = ("independent", "dependent", "latent", "sparse", "avoiding", "linkage")
FIRST_THREE = DESIGNS[:3]
#: Resamples of the bootstrap families: enough for limits whose Monte Carlo error is small beside their width.
RESAMPLES = 400
#: Of all records beyond a person's first, so many are taken for somebody else's; of all people, so many are
#: taken for another.
MISSED, FALSE = 0.04, 0.01
#: A family answers for the best single one only where it answers in so many of the populations.
LEAST_ANSWERS = 0.9


@dataclass(frozen=True)
class Outcome:
    """One estimate against the truth; without an interval it was refused."""

    truth: int
    total: float | None
    interval: tuple[float, float] | None

    @property
    def answered(self) -> bool:
        return self.total is not None and self.interval is not None

    @property
    def covers(self) -> bool:
        return self.interval is not None and self.interval[0] <= self.truth <= self.interval[1]

    @property
    def bias(self) -> float:
        """Log of estimate over truth."""
        return math.log(self.total / self.truth) if self.total else math.nan

    @property
    def score(self) -> float:
        """Interval score on the log scale (Gneiting and Raftery 2007, JASA 102): width, and 2 / alpha times any
        miss."""
        if self.interval is None:
            return math.nan
        low, high, truth = (math.log(v) for v in (*self.interval, self.truth))
        return high - low + 2.0 / (1.0 - LEVEL) * (max(low - truth, 0.0) + max(truth - high, 0.0))


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
    seed = FIRST_SEED + 100_000 * DESIGNS.index(design) + index
    if design != "linkage":
        return capture_only(design, CHILDREN, seed)
    histories, truth = capture_only("dependent", CHILDREN, seed)
    return linked_badly(histories, seed), truth


def largest_two(histories: Histories) -> list[str]:
    """The two lists that saw most people."""
    sizes = [int(histories.counts[histories.cells >> j & 1 > 0].sum()) for j in range(len(histories.lists))]
    return [histories.lists[j] for j in sorted(np.argsort(sizes)[-2:].tolist())]


def single_families(histories: Histories, seed: int) -> dict[str, Estimate]:
    """Every family that is quick enough to be run on every population."""
    return {
        "independence": estimate(histories, "independence"),
        "chapman, two largest lists": estimate(histories, "chapman", lists=largest_two(histories)),
        "chao (a floor)": estimate(histories, "chao"),
        "closedp, Mth Darroch": estimate(histories, "closedp", model="Mth Darroch"),
        "loglinear, all pairs": estimate(histories, "loglinear", model="pairs"),
        "stepwise": estimate(histories, "stepwise", resamples=RESAMPLES, seed=seed),
        "bic": estimate(histories, "bic", resamples=RESAMPLES, seed=seed),
        "decomposable": estimate(histories, "decomposable", curve=False),
        "bayes": estimate(histories, "bayes", draws=1000, burn=1000, thin=10, seed=seed),
    }


def ensemble_of(histories: Histories, families: Mapping[str, Estimate], seed: int) -> Estimate:
    """The ensemble from estimates already made: what `ensemble.fit` returns, without estimating twice."""
    closed = gate(histories)
    if closed is not None:
        return refused(histories, LEVEL, seed, closed)
    beside = [families["chao (a floor)"], families["independence"]]
    answers = [families[name] for name in DEFAULT]
    return pool(histories, answers, beside, average(histories), LEVEL, seed)


def judge(design: str, latent: int, index: int) -> dict[str, Outcome]:
    """All families on one population; the sampler of latent classes on the first few."""
    histories, truth = population(design, index)
    answers = single_families(histories, index)
    answers["ensemble"] = ensemble_of(histories, answers, index)
    if index < latent:
        answers["latent"] = estimate(histories, "latent", draws=1000, burn=2000, thin=10, seed=index)
    return {name: Outcome(truth, one.total, one.interval) for name, one in answers.items()}


def hidden_lists(table: str) -> Iterable[tuple[Histories, int]]:
    """The people of each list in turn, as the other lists saw them, and how many they are."""
    whole = load(table)
    for j, _ in enumerate(whole.lists):
        on = whole.cells >> j & 1 > 0
        cells, counts = whole.cells[on].astype(np.int64), whole.counts[on]
        truth = int(counts.sum())
        places = [i for i in range(len(whole.lists)) if i != j and np.any(cells >> i & 1)]
        masks = np.zeros(cells.size, np.int64)
        for new, old in enumerate(places):
            masks |= (cells >> old & 1) << new
        if len(places) >= 3:
            seen = masks > 0
            yield from_masks([whole.lists[i] for i in places], masks[seen], counts[seen]), truth


def consistency(table: str) -> list[dict[str, Outcome]]:
    """Every family on every list hidden of one published table."""
    found = []
    for histories, truth in hidden_lists(table):
        answers = single_families(histories, 0)
        answers["ensemble"] = ensemble_of(histories, answers, 0)
        found.append({name: Outcome(truth, one.total, one.interval) for name, one in answers.items()})
    return found


def wilson(hits: int, of: int) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (Wilson 1927, JASA 22)."""
    if not of:
        return 0.0, 1.0
    z, p = 1.959964, hits / of
    middle = (p + z * z / (2 * of)) / (1 + z * z / of)
    half = z / (1 + z * z / of) * math.sqrt(p * (1 - p) / of + z * z / (4 * of * of))
    return middle - half, middle + half


def answers_of(outcomes: Iterable[Mapping[str, Outcome]], name: str) -> list[Outcome]:
    return [one[name] for one in outcomes if name in one and one[name].answered]


def mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if values else math.nan


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


def consistency_entries(found: Sequence[Mapping[str, Outcome]]) -> list[Entry]:
    """Internal consistency of the ensemble, the families in the note."""
    shown = []
    for name in found[0]:
        given = answers_of(found, name)
        hits = sum(one.covers for one in given)
        shown.append((name, hits, len(given), mean([abs(one.bias) for one in given])))
    ours = next(one for one in shown if one[0] == "ensemble")
    low, high = wilson(ours[1], ours[2])
    others = "; ".join(
        f"{name} {hits}/{of}, {bias:.2f}" for name, hits, of, bias in shown if name != "ensemble"
    )
    note = f"{ours[1]} of {ours[2]} (Wilson {low:.2f}-{high:.2f}), {len(found) - ours[2]} refused; {others}"
    share = ours[1] / ours[2] if ours[2] else None
    return [
        Entry("ic_coverage", share, "", f"best single family published .90; {note}"),
        Entry("ic_log_bias", ours[3], "", "bar <= .17; mean |log relative bias| of the answers"),
    ]


def run_all(
    number: int, latent: int, each: Callable[..., Iterable[dict[str, Outcome]]]
) -> dict[str, list[dict[str, Outcome]]]:
    """Every design, `number` populations of it."""
    return {
        design: list(each(partial(judge, design, latent), range(number), chunksize=5)) for design in DESIGNS
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
        print(table(run), end="\n\n")
    show([*simulated_entries(run), *consistency_entries(found)], as_json=chosen.json)


if __name__ == "__main__":
    main()
