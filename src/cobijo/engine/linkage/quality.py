"""How good a linkage is where the truth is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cobijo.errors import InputProblem


@dataclass(frozen=True)
class Quality:
    """Agreement with the truth, counted in pairs of records and in persons.

    `precision`: share of the linked pairs that are true. `recall`: share of the true pairs that are
    linked, those nobody could have linked included. `people` and `true_people` count persons among the
    records with a known truth.
    """

    precision: float
    recall: float
    f1: float
    pairs: int
    true_pairs: int
    correct_pairs: int
    people: int
    true_people: int


def score(people: pa.Table, truth: pa.Table) -> Quality:
    """Compare persons found with true ones.

    `people`: `record_id`, `list`, `person_id` (and `own_id` where the caller has it); `truth`:
    `record_id`, `person_id`. A truth's `record_id` may also be the agency's own id when only one record
    has it. Records without a known truth are left out; a truth that fits no record at all is an
    `InputProblem`.

    >>> import pyarrow as pa
    >>> found = pa.table({"record_id": ["a:2", "a:3", "b:2"], "person_id": ["p1", "p2", "p1"]})
    >>> true = pa.table({"record_id": ["a:2", "a:3", "b:2"], "person_id": ["x", "y", "x"]})
    >>> score(found, true).f1
    1.0
    """
    known = dict(zip(truth["record_id"].to_pylist(), truth["person_id"].to_pylist(), strict=True))
    record_ids = people["record_id"].to_pylist()
    own_ids = _unambiguous(
        people["own_id"].to_pylist() if "own_id" in people.column_names else [None] * len(record_ids)
    )
    true = [
        known.get(record, known.get(own) if own else None)
        for record, own in zip(record_ids, own_ids, strict=True)
    ]
    kept = [place for place, person in enumerate(true) if person is not None]
    if not kept:
        raise InputProblem("linkage.truth_unrelated", records=len(record_ids), truth=len(known))
    found_ids = people["person_id"].to_pylist()
    return compare([found_ids[place] for place in kept], [true[place] for place in kept])


def compare(found: list[str], true: list[str | None]) -> Quality:
    """Quality of one assignment of records to persons against another, record by record."""
    a, b = _codes(found), _codes(true)
    both = _codes_of(a * (int(b.max(initial=0)) + 1) + b)
    linked, real, correct = _pairs(a), _pairs(b), _pairs(both)
    precision = correct / linked if linked else 1.0
    recall = correct / real if real else 1.0
    f1 = 2 * correct / (linked + real) if linked + real else 1.0
    return Quality(
        precision, recall, f1, linked, real, correct, int(a.max(initial=-1)) + 1, int(b.max(initial=-1)) + 1
    )


def _unambiguous(own_ids: list[str | None]) -> list[str | None]:
    counts: dict[str | None, int] = {}
    for own in own_ids:
        counts[own] = counts.get(own, 0) + 1
    return [own if own is not None and counts[own] == 1 else None for own in own_ids]


def _codes(values: list[str] | list[str | None]) -> NDArray[np.int64]:
    numbers: dict[str | None, int] = {}
    return np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int64)


def _codes_of(values: NDArray[np.int64]) -> NDArray[np.int64]:
    result: NDArray[np.int64] = np.unique(values, return_inverse=True)[1]
    return result


def _pairs(codes: NDArray[np.int64]) -> int:
    counts = np.bincount(codes)
    return int((counts * (counts - 1) // 2).sum())
