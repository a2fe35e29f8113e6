"""Internal consistency: one list of a published table is hidden and estimated from the others.

Binette and Steorts (2022), J. R. Stat. Soc. A 185.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from benchmarks.common import Entry
from benchmarks.coverage_families import (
    Outcome,
    answers_of,
    ensemble_of,
    mean,
    outcome_of,
    single_families,
    wilson,
)
from cobijo.engine.datasets import load
from cobijo.engine.population import Histories, from_masks


@dataclass(frozen=True)
class Trial:
    """The people of one list of a published table, as the other lists saw them."""

    table: str
    hidden: str
    histories: Histories
    truth: int

    @property
    def shared(self) -> int:
        """How many of them are on several of the other lists."""
        return int(self.histories.counts[np.bitwise_count(self.histories.cells) >= 2].sum())


def hidden_lists(table: str) -> Iterable[Trial]:
    """Every list of a table hidden in turn, wherever three others share people with it."""
    whole = load(table)
    for j, name in enumerate(whole.lists):
        on = whole.cells >> j & 1 > 0
        cells, counts = whole.cells[on].astype(np.int64), whole.counts[on]
        places = [i for i in range(len(whole.lists)) if i != j and np.any(cells >> i & 1)]
        masks = np.zeros(cells.size, np.int64)
        for new, old in enumerate(places):
            masks |= (cells >> old & 1) << new
        if len(places) >= 3:
            seen = masks > 0
            histories = from_masks([whole.lists[i] for i in places], masks[seen], counts[seen])
            yield Trial(table, name, histories, int(counts.sum()))


Found = Sequence[tuple[Trial, Mapping[str, Outcome]]]


def consistency(table: str) -> list[tuple[Trial, dict[str, Outcome]]]:
    """Every family on every list hidden of one published table."""
    found = []
    for trial in hidden_lists(table):
        answers = single_families(trial.histories, 0)
        answers["ensemble"] = ensemble_of(trial.histories, answers, 0)
        found.append((trial, {name: outcome_of(trial.truth, one) for name, one in answers.items()}))
    return found


def hidden_table(found: Found) -> str:
    """Markdown: a row per hidden list."""
    lines = [
        "| table, hidden list | on it | seen by others | by several | families, from to | ensemble | |",
        "|---|---|---|---|---|---|---|",
    ]
    for trial, outcomes in found:
        totals = [o.total for name, o in outcomes.items() if name != "ensemble" and o.total is not None]
        spread = f"{min(totals):,.0f} - {max(totals):,.0f}" if totals else "-"
        ours = outcomes["ensemble"]
        said, verdict = "-", ours.refused.removeprefix("population.")
        if ours.total is not None and ours.interval is not None:
            said = f"{ours.total:,.0f} ({ours.interval[0]:,.0f} - {ours.interval[1]:,.0f})"
            verdict = f"{'held' if ours.covers else 'missed'}, {ours.bias:+.2f}"
        cells = [f"{trial.table}, {trial.hidden}", f"{trial.truth:,}", f"{trial.histories.observed:,}"]
        lines.append("| " + " | ".join([*cells, str(trial.shared), spread, said, verdict]) + " |")
    return "\n".join(lines)


def families_table(found: Found) -> str:
    """Markdown: a row per family, over all its answers and over the lists where the ensemble answered."""
    lines = [
        "| family | held | mean log bias | mean of its size | held, on the ensemble's | bias, size there |",
        "|---|---|---|---|---|---|",
    ]
    everywhere = [outcomes for _, outcomes in found]
    there = [outcomes for outcomes in everywhere if outcomes["ensemble"].answered]
    for name in everywhere[0]:
        cells = [name]
        for some in (everywhere, there):
            given = answers_of(some, name)
            biases = [one.bias for one in given]
            cells += [f"{sum(one.covers for one in given)} of {len(given)}"]
            cells += [f"{mean(biases):+.2f}", f"{mean([abs(b) for b in biases]):.2f}"]
        lines.append("| " + " | ".join([*cells[:5], ", ".join(cells[5:])]) + " |")
    return "\n".join(lines)


def consistency_entries(found: Found) -> list[Entry]:
    """Internal consistency of the ensemble, the families in the note.

    `ic_log_bias` is the mean size of the log bias, as the bar says it. The paper's figure for its best family,
    -.17, is the mean of the log bias itself, where misses up and down cancel: `ic_mean_log_bias` is that one.
    """
    outcomes = [one for _, one in found]
    shown = []
    for name in outcomes[0]:
        given = answers_of(outcomes, name)
        hits = sum(one.covers for one in given)
        biases = [one.bias for one in given]
        shown.append((name, hits, len(given), mean([abs(b) for b in biases]), mean(biases)))
    ours = next(one for one in shown if one[0] == "ensemble")
    low, high = wilson(ours[1], ours[2])
    others = "; ".join(
        f"{name} {hits}/{of}, {size:.2f}" for name, hits, of, size, _ in shown if name != "ensemble"
    )
    note = f"{ours[1]} of {ours[2]} (Wilson {low:.2f}-{high:.2f}), {len(found) - ours[2]} refused; {others}"
    share = ours[1] / ours[2] if ours[2] else None
    return [
        Entry("ic_coverage", share, "", f"best single family published .90; {note}"),
        Entry("ic_log_bias", ours[3], "", "bar <= .17; mean |log relative bias| of the answers"),
        Entry("ic_mean_log_bias", ours[4], "", "mean log relative bias, sign kept: best published -.17"),
    ]
