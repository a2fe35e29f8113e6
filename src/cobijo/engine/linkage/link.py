"""`link`: which records of which lists are one person."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from cobijo.engine.linkage.clusters import components, log_odds, partition, person_ids
from cobijo.engine.linkage.columns import comparison_columns, present
from cobijo.engine.linkage.exclusive import exclusive
from cobijo.engine.linkage.families import Weighed, weigh
from cobijo.engine.linkage.fitting import Pairs, describe_pairs
from cobijo.engine.linkage.shape import Linked
from cobijo.engine.lists.schema import AgencyList
from cobijo.engine.pack import Pack
from cobijo.engine.progress import Progress, silent
from cobijo.errors import InputProblem, WrongUsage

#: Pairs less likely than this are kept only where they speak against a link.
FLOOR = 0.002
#: Same bytes on every machine: what lies beyond six digits is noise of the order of summation.
DIGITS = 6


def link(
    lists: Sequence[AgencyList],
    *,
    pack: Pack,
    seed: int,
    one_to_one: bool = False,
    threads: int = 1,
    work: Path | None = None,
    progress: Progress | None = None,
) -> Linked:
    """Find which records of `lists` are one person, within a list as well as across lists.

    `one_to_one` declares that no list holds a person twice: then no two records of one list are linked.
    `work` is a directory for what does not fit in memory (the system's by default); what is written there
    is deleted. With one thread, the same lists, pack and seed give the same bytes; more threads are
    faster and promise less.

    Raises `InputProblem` `linkage.no_records`, `linkage.nothing_to_compare`, and `WrongUsage`
    `linkage.record_id_twice`, `linkage.one_list_one_to_one`. Sources: Fellegi and Sunter 1969 (model);
    Splink 5 (training); `families` and `clusters` name theirs.
    """
    began = time.perf_counter()
    tell = progress or silent
    people = _people(lists, one_to_one)
    tell("linkage.prepare", 0, 1)
    columns = comparison_columns(lists, pack)
    available = present(columns)
    if not {"g1", "s1"} & available and "official_id" not in available:
        raise InputProblem("linkage.nothing_to_compare", lists=", ".join(one.name for one in lists))
    tell("linkage.prepare", 1, 1)
    with tempfile.TemporaryDirectory(prefix="cobijo-link-", dir=work) as folder:
        pairs = describe_pairs(
            columns,
            available,
            seed=seed,
            between_only=one_to_one,
            threads=threads,
            work=Path(folder),
            progress=tell,
        )
    tell("linkage.decide", 0, 1)
    weighed = weigh(pairs, columns, possible_pairs=_possible_pairs(lists, one_to_one))
    list_no = columns["list_no"].to_numpy()
    likely = weighed.person
    if one_to_one:
        likely = exclusive(likely, pairs.left, pairs.right, list_no)
    probability = np.round(likely, DIGITS)
    person = partition(
        len(columns), pairs.left, pairs.right, log_odds(probability), list_no if one_to_one else None
    )
    ids = person_ids(person, people["list"].to_pylist(), _rows(lists), people["record_id"].to_pylist())
    people = people.append_column("person_id", pa.array(ids, pa.string())).select(
        ["record_id", "list", "person_id", "own_id"]
    )
    tell("linkage.decide", 1, 1)
    return Linked(
        people=people,
        pairs=_kept(people["record_id"], pairs, probability),
        seconds=time.perf_counter() - began,
        settings=_settings(pairs, weighed, seed=seed, one_to_one=one_to_one, threads=threads),
        known=how_much_is_known(columns),
    )


def how_much_is_known(columns: pa.Table) -> NDArray[np.int8]:
    """For each record what it knows of the birth date: 0 the day, 1 only the month or year, 2 nothing.

    Not the names: who has no second surname on one list often has none anywhere, so that its absence says
    who the child is and not only what a clerk left out.
    """
    day, year = (columns[name].is_valid().to_numpy() for name in ("birth_date", "birth_year"))
    result: NDArray[np.int8] = np.where(day, 0, np.where(year, 1, 2)).astype(np.int8)
    return result


def _people(lists: Sequence[AgencyList], one_to_one: bool) -> pa.Table:
    if not lists or not sum(one.records.num_rows for one in lists):
        raise InputProblem("linkage.no_records")
    if one_to_one and len(lists) < 2:
        raise WrongUsage("linkage.one_list_one_to_one")
    people = pa.concat_tables([one.records.select(["record_id", "list", "own_id"]) for one in lists])
    if len(people["record_id"].unique()) < people.num_rows:
        raise WrongUsage("linkage.record_id_twice")
    return people.combine_chunks()


def _rows(lists: Sequence[AgencyList]) -> list[int]:
    return [row for one in lists for row in one.records["row"].to_pylist()]


def _possible_pairs(lists: Sequence[AgencyList], one_to_one: bool) -> float:
    sizes = np.array([one.records.num_rows for one in lists], float)
    every = sizes.sum() * (sizes.sum() - 1) / 2
    within = float((sizes * (sizes - 1) / 2).sum()) if one_to_one else 0.0
    return max(float(every) - within, 1.0)


def _kept(record_ids: pa.ChunkedArray, pairs: Pairs, probability: NDArray[np.float64]) -> pa.Table:
    """Pairs above the floor, and those below it between records that pairs above it connect."""
    likely = probability >= FLOOR
    group = components(len(record_ids), pairs.left[likely], pairs.right[likely])
    keep = np.flatnonzero(likely | (group[pairs.left] == group[pairs.right]))
    ids = record_ids.combine_chunks()
    return pa.table(
        {
            "left": ids.take(pa.array(pairs.left[keep])),
            "right": ids.take(pa.array(pairs.right[keep])),
            "probability": pa.array(probability[keep]),
        }
    )


def _settings(pairs: Pairs, weighed: Weighed, *, seed: int, one_to_one: bool, threads: int) -> dict[str, Any]:
    """What was run and learned, without any value of any record."""
    return {
        "seed": seed,
        "one_to_one": one_to_one,
        "threads": threads,
        "compared_pairs": len(pairs.left),
        "expected_pairs": dict(
            zip(("person", "siblings", "twins"), (round(x, 1) for x in weighed.expected), strict=True)
        ),
        "prior_levels": list(pairs.untrained),
        "comparisons": {
            one.name: {"m": pairs.m[place].round(DIGITS).tolist(), "u": pairs.u[place].round(DIGITS).tolist()}
            for place, one in enumerate(pairs.comparisons)
        },
    }
