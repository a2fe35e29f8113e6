"""From pair probabilities to persons.

Joining whatever a chain of likely pairs connects would put twins, and whole families, into one person.
Here a pair that speaks against counts too: persons are the partition that agrees best with all pairs at
once (correlation clustering with log-odds as weights; Bansal, Blum and Chawla 2004), found by greedy
additive edge contraction (Keuper et al. 2015): join the two groups with the largest sum of log-odds
between them while any sum is positive.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

#: Log-odds of two records that no blocking rule brought together, when others would put them into one person.
NEVER_COMPARED = -1.0
#: A probability of 0 or 1 is never that sure.
SUREST = 13.8  # one in a million


def log_odds(probability: FloatArray) -> FloatArray:
    """ln(p / (1 - p)), bounded: no single pair may outvote everything else."""
    with np.errstate(divide="ignore"):
        result: FloatArray = np.clip(np.log(probability) - np.log1p(-probability), -SUREST, SUREST)
    return result


def components(records: int, left: NDArray[np.int32], right: NDArray[np.int32]) -> IntArray:
    """Number of the connected component of each record."""
    graph = coo_array((np.ones(len(left), np.int8), (left, right)), shape=(records, records))
    group: IntArray = connected_components(graph, directed=False)[1].astype(np.int64)
    return group


def partition(
    records: int,
    left: NDArray[np.int32],
    right: NDArray[np.int32],
    weight: FloatArray,
    apart: NDArray[np.int16] | None = None,
) -> IntArray:
    """Person number of each record, from 0 in the order of each person's first record.

    `weight` is the log-odds of each pair. `apart` is a list number of each record when no person may hold two
    records of one list.
    """
    positive = weight > 0
    group = components(records, left[positive], right[positive])
    sizes = np.bincount(group, minlength=int(group.max(initial=-1)) + 1)
    inside = (group[left] == group[right]) & (sizes[group[left]] > 2)
    label = np.arange(records, dtype=np.int64)
    first = np.full(len(sizes), records, np.int64)
    np.minimum.at(first, group, label)
    pairs_only = sizes[group] <= 2
    label[pairs_only] = first[group[pairs_only]]
    if apart is not None:  # two records of one list are never one person
        clash = pairs_only & (apart[label] == apart) & (label != np.arange(records))
        label[clash] = np.flatnonzero(clash)
    rows = np.flatnonzero(inside)
    rows = rows[np.argsort(group[left[rows]], kind="stable")]
    owners = group[left[rows]]
    cuts = np.flatnonzero(np.diff(owners)) + 1
    lists = None if apart is None else apart.tolist()
    for chunk in np.split(rows, cuts) if len(rows) else []:
        for record, person in contract(
            left[chunk].tolist(), right[chunk].tolist(), weight[chunk].tolist(), lists
        ).items():
            label[record] = person
    return renumber(label)


def contract(
    left: Sequence[int], right: Sequence[int], weight: Sequence[float], lists: Sequence[int] | None
) -> dict[int, int]:
    """Greedy additive edge contraction of one component: record -> smallest record of its person."""
    neighbours: dict[int, dict[int, float]] = {}
    for a, b, w in zip(left, right, weight, strict=True):
        neighbours.setdefault(a, {})[b] = w
        neighbours.setdefault(b, {})[a] = w
    members = {node: [node] for node in neighbours}
    seen_in = {node: {lists[node]} for node in neighbours} if lists is not None else None
    heap = [(-w, min(a, b), max(a, b)) for a, b, w in zip(left, right, weight, strict=True) if w > 0]
    heapq.heapify(heap)
    while heap:
        negative, a, b = heapq.heappop(heap)
        if a not in members or b not in members or neighbours[a].get(b) != -negative:
            continue  # one of the two has been joined since, or the sum between them has changed
        if seen_in is not None and seen_in[a] & seen_in[b]:
            continue
        keep, gone = min(a, b), max(a, b)
        size_keep, size_gone = len(members[keep]), len(members[gone])
        theirs, others = neighbours.pop(gone), neighbours[keep]
        del others[gone], theirs[keep]
        for node in sorted(theirs.keys() | others.keys()):
            at_node = len(members[node])
            total = others.get(node, NEVER_COMPARED * size_keep * at_node)
            total += theirs.get(node, NEVER_COMPARED * size_gone * at_node)
            others[node] = total
            neighbours[node].pop(gone, None)
            neighbours[node][keep] = total
            if total > 0:
                heapq.heappush(heap, (-total, min(node, keep), max(node, keep)))
        members[keep] += members.pop(gone)
        if seen_in is not None:
            seen_in[keep] |= seen_in.pop(gone)
    return {record: min(group) for group in members.values() for record in group}


def renumber(label: IntArray) -> IntArray:
    """Numbers from 0 in the order in which persons first occur."""
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int64)
    rank[np.argsort(first, kind="stable")] = np.arange(len(first))
    result: IntArray = rank[inverse]
    return result


def person_ids(
    person: IntArray, lists: Sequence[str], rows: Sequence[int], record_ids: Sequence[str]
) -> list[str]:
    """A stable id for each record's person: a hash of the id of the person's first record (by list, then
    row).

    Nothing about the child enters it, and a person whose records stay the same keeps the id whatever
    happens to others.

    >>> import numpy as np
    >>> person_ids(np.array([0, 0, 1]), ["a", "b", "b"], [2, 2, 3], ["a:2", "b:2", "b:3"])
    ['pd860d1415d6eb004', 'pd860d1415d6eb004', 'p3161628835532c08']
    """
    first: dict[int, tuple[str, int, str]] = {}
    for number, key in zip(person.tolist(), zip(lists, rows, record_ids, strict=True), strict=True):
        if number not in first or key < first[number]:
            first[number] = key
    names = {number: "p" + hashlib.sha256(key[2].encode()).hexdigest()[:16] for number, key in first.items()}
    return [names[number] for number in person.tolist()]
