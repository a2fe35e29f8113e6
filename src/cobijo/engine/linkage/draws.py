"""Plausible partitions: what the lists would say if doubtful links had fallen the other way.

A draw adds logistic noise to the log-odds of every pair and partitions again ("perturb and decide",
Papandreou and Yuille 2011): a pair standing alone is then linked exactly as often as its probability
says, and groups stay consistent. Links that no pair could show, because a record holds too little to be
found by, are added at random in the number that the well-described records let expect. So the number of
persons over the draws is centred on the truth, and its spread is what linkage adds to every interval.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from cobijo.engine.linkage.clusters import FloatArray, IntArray, components, log_odds, partition, renumber
from cobijo.engine.linkage.shape import Linked

#: Odds beyond this are not redrawn: one in ten thousand.
SETTLED = 9.2
#: Fewer expected pairs than this say nothing about how often two kinds of records find each other.
FEWEST = 100.0
#: How often a missed link looks for two records that it could join before it is given up.
TRIES = 20


def draw_partitions(linked: Linked, m: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """`m` draws of a person number for each record, in the order of `linked.people`.

    The same `linked`, `m` and `seed` give the same draws; draw k does not depend on `m`.
    """
    ids = linked.people["record_id"]
    left, right = (
        pc.index_in(linked.pairs[side], value_set=ids).to_numpy().astype(np.int32)
        for side in ("left", "right")
    )
    weight = log_odds(linked.pairs["probability"].to_numpy())
    list_no = linked.people["list"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int16)
    apart = list_no if linked.settings.get("one_to_one") else None
    fixed, doubtful = _settle(len(ids), left, right, weight, apart)
    for child in np.random.SeedSequence(seed).spawn(m):
        random = np.random.default_rng(child)
        noisy = weight[doubtful] + random.logistic(size=len(doubtful))
        label = partition(len(ids), left[doubtful], right[doubtful], noisy, apart)
        label = renumber(np.where(fixed >= 0, fixed, label + len(ids)))
        yield join_missed(label, list_no, linked.known, apart is not None, random)


def _settle(
    records: int,
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    weight: FloatArray,
    apart: NDArray[np.int16] | None,
) -> tuple[IntArray, IntArray]:
    """Persons that every draw would give again, decided once (else -1), and the pairs that are left to
    draw.
    """
    group = components(records, left, right)
    open_pair = np.abs(weight) < SETTLED
    is_open = np.zeros(int(group.max(initial=-1)) + 1, bool)
    is_open[group[left[open_pair]]] = True
    closed = ~is_open[group[left]]
    label = partition(records, left[closed], right[closed], weight[closed], apart)
    return np.where(is_open[group], -1, label), np.flatnonzero(~closed)


def join_missed(
    label: IntArray,
    list_no: NDArray[np.int16],
    known: NDArray[np.int8],
    one_to_one: bool,
    random: np.random.Generator,
) -> IntArray:
    """Join as many further persons as the records that are hard to find are expected to have been missed.

    Between two given lists, records that lack a birth date should have as many partners as
    complete ones; what they fall short of it was missed (indirect standardisation, with complete records
    as the standard). Each missed record joins the person of a random record of the other list. Assumes
    that what a record lacks does not depend on whether the child is on the other list.
    """
    if not len(known) or int(known.max()) == 0:
        return label
    kinds = int(known.max()) + 1
    cell = list_no.astype(np.int64) * kinds + known
    cells = (int(list_no.max()) + 1) * kinds
    sizes = np.bincount(cell, minlength=cells).astype(float)
    possible = np.outer(sizes, sizes) - np.diag(sizes)  # ordered pairs
    found = _pairs_between(label, cell, cells)
    per_pair = _standard(found, possible, kinds, one_to_one)
    expected = per_pair * possible
    by_kind_found, by_kind_expected = (_by_kind(x, kinds) for x in (found, expected))
    with np.errstate(divide="ignore", invalid="ignore"):
        short = np.where(by_kind_expected >= FEWEST, 1 - by_kind_found / by_kind_expected, 0.0).clip(0, 1)
    missed = expected * np.tile(short, (cells // kinds, cells // kinds)) / 2
    return _join(label, cell, missed, list_no, one_to_one, random)


def _pairs_between(label: IntArray, cell: IntArray, cells: int) -> FloatArray:
    """Ordered pairs of records of one person, by the cells of the two."""
    persons, counts = np.unique(label * cells + cell, return_counts=True)
    who, where = persons // cells, persons % cells
    found = np.zeros((cells, cells))
    starts = np.flatnonzero(np.diff(who, prepend=-1))
    width = np.diff(np.append(starts, len(who)))
    for step in range(
        int(width.max(initial=1))
    ):  # a person lies in few cells: shift the table against itself
        ahead = np.flatnonzero(who[: len(who) - step] == who[step:]) if step else np.arange(len(who))
        a, b = where[ahead], where[ahead + step]
        product = counts[ahead] * counts[ahead + step] if step else counts * (counts - 1)
        np.add.at(found, (a, b), product)
        if step:
            np.add.at(found, (b, a), product)
    return found


def _standard(found: FloatArray, possible: FloatArray, kinds: int, one_to_one: bool) -> FloatArray:
    """How many of the possible pairs of two lists are one person, from complete records, spread over all
    kinds.
    """
    complete, could = found[::kinds, ::kinds], possible[::kinds, ::kinds]
    rate = np.divide(complete, could, out=np.zeros_like(complete), where=could > 0)
    if one_to_one:
        np.fill_diagonal(rate, 0.0)
    result: FloatArray = np.kron(rate, np.ones((kinds, kinds))).astype(np.float64)
    return result


def _by_kind(table: FloatArray, kinds: int) -> FloatArray:
    lists = len(table) // kinds
    result: FloatArray = table.reshape(lists, kinds, lists, kinds).sum(axis=(0, 2))
    return result


def _join(
    label: IntArray,
    cell: IntArray,
    missed: FloatArray,
    list_no: NDArray[np.int16],
    one_to_one: bool,
    random: np.random.Generator,
) -> IntArray:
    """Let as many unlinked records as `missed` (pairs, by the cells of the two) says join a person."""
    weights = missed.ravel()
    budget = int(random.poisson(weights.sum())) if weights.sum() > 0 else 0
    if not budget:
        return label
    sizes = np.bincount(label)
    alone = [np.flatnonzero((cell == number) & (sizes[label] == 1)) for number in range(len(missed))]
    everyone = [np.flatnonzero(cell == number) for number in range(len(missed))]
    member_of = np.zeros((len(sizes), int(list_no.max()) + 1), bool)  # which lists a person is on by now
    member_of[label, list_no] = True
    out, taken = label.copy(), np.zeros(len(label), bool)
    for choice in random.choice(len(weights), size=budget, p=weights / weights.sum()).tolist():
        if budget <= 0:
            break
        a, b = divmod(choice, len(missed))
        if not len(alone[a]) or (len(alone[b]) and random.random() < 0.5):
            a, b = b, a
        for _ in range(TRIES if len(alone[a]) else 0):
            i, j = int(random.choice(alone[a])), int(random.choice(everyone[b]))
            mine, theirs = int(out[i]), int(out[j])
            # a person who is on that list already is not the one that was missed there
            on_it = member_of[theirs, list_no[i]] and (one_to_one or list_no[i] != list_no[j])
            if taken[i] or mine == theirs or on_it:
                continue
            taken[[i, j]] = True
            budget -= int(sizes[theirs])
            sizes[theirs] += 1
            member_of[theirs, list_no[i]] = True
            out[i] = theirs
            break
    return renumber(out)
