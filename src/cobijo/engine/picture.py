"""The main job, in the order in which it happens:

    lists -> records -> people -> capture histories -> estimates -> safe tables -> charts and report

`make_picture` fills a folder with `private/` (for those who hold the lists) and `public/` (what may be shown). Nothing
in `public/` comes from anywhere but the protected tables and the rounded estimates.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from cobijo.engine import counting, publishing
from cobijo.engine.counting import Population
from cobijo.engine.disclosure import CountTable, Rules, protect
from cobijo.engine.linkage import Linked, draw_partitions, link, score
from cobijo.engine.linking import read_lists, read_truth
from cobijo.engine.lists.schema import AgencyList
from cobijo.engine.pack import Pack
from cobijo.engine.population import Histories, from_records
from cobijo.engine.population.recommend import Recommendation, recommend
from cobijo.engine.progress import Progress, silent
from cobijo.engine.tabulating import count_tables
from cobijo.engine.trace import trace
from cobijo.errors import Refused

#: Plausible partitions of the records into people that the interval is pooled over.
DRAWS, QUICK_DRAWS = 20, 5
RESAMPLES, QUICK_RESAMPLES = 1000, 200


@dataclass(frozen=True)
class Picture:
    """What a picture says: `public` as published (picture.json), `private` unprotected, for the lists' owners."""

    public: Mapping[str, object]
    private: Mapping[str, object]


def make_picture(
    paths: Sequence[Path],
    folder: Path,
    *,
    pack: Pack,
    mapping: Path | None = None,
    truth: Path | None = None,
    period: tuple[date, date] | None = None,
    language: str = "en",
    seed: int = 0,
    quick: bool = False,
    invented: bool = False,
    rules: Rules | None = None,
    progress: Progress = silent,
) -> Picture:
    """Make the picture of several lists and write it into `folder` (wrap it in `whole_folder` to have it whole or not).

    `period`: first and last day, both counted; None: the calendar years that the lists cover. `truth`: a CSV of
    record_id,person_id, to measure the linkage; the result stays private. Raises `Refused` where status or period
    cannot be told, or where no set of tables is safe; raises what reading and linking raise.
    """
    rules = rules or Rules()
    lists = read_lists(paths, pack=pack, mapping=mapping, progress=progress)
    population = counting.population(lists, period)
    linked = link(lists, pack=pack, seed=seed, progress=progress)
    people = _codes(linked)

    draws = QUICK_DRAWS if quick else DRAWS
    resamples = QUICK_RESAMPLES if quick else RESAMPLES
    if not population.inside.any():
        start, end = population.period
        raise Refused("picture.nobody", start=str(start), end=str(end))
    counted = _histories(population, people)
    drawn = [_histories(population, codes) for codes in draw_partitions(linked, draws, seed)]
    answer = recommend(counted, drawn, seed=seed, resamples=resamples, progress=progress)

    progress("picture.protecting", 0, 1)
    tables = count_tables(population, people, counted, pack)
    protected = protect(tables, rules, progress=progress)
    settings: dict[str, object] = {
        "draws": draws,
        "resamples": resamples,
        "quick": quick,
        "threshold": rules.threshold,
        "organisations": rules.organisations,
        "mapping": None if mapping is None else mapping.name,
    }
    public = publishing.public_picture(
        lists, population, protected, answer, pack=pack, invented=invented,
        trace=trace(seed=seed, settings=settings, inputs=[_input(one) for one in lists]),
    )  # fmt: skip
    private = _private(population, people, counted, answer, tables)
    if truth is not None:
        private["linkage_quality"] = _quality(linked, truth)
    progress("picture.writing", 0, 1)
    publishing.write_private(folder / "private", lists, linked, private, language=language)
    shown = publishing.write_public(
        folder / "public", public, protected, pack=pack, language=language, progress=progress
    )
    return Picture(shown, private)


def _codes(linked: Linked) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """Person of every record as 0, 1, 2, …, in the order of the records."""
    encoded = linked.people["person_id"].combine_chunks().dictionary_encode()
    return np.asarray(encoded.indices.to_numpy(zero_copy_only=False), dtype=np.int64)


def _histories(population: Population, people: np.ndarray[tuple[int], np.dtype[np.int64]]) -> Histories:
    """Who of the population was seen by which lists, under one assignment of records to people.

    A list on which nobody belongs to the population has no say in the estimate; it stays among the sources.
    """
    inside = population.inside
    present, codes = np.unique(population.list_codes[inside], return_inverse=True)
    return from_records(people[inside], codes, [population.lists[code] for code in present])


def _input(one: AgencyList) -> dict[str, object]:
    rows = one.records.num_rows + one.rejected.num_rows
    return {"list": one.name, "sha256": one.sha256, "rows": rows}


def _quality(linked: Linked, truth: Path) -> dict[str, float]:
    quality = score(linked.people, read_truth(truth))
    return {name: float(getattr(quality, name)) for name in ("precision", "recall", "f1")}


def _private(
    population: Population,
    people: np.ndarray[tuple[int], np.dtype[np.int64]],
    counted: Histories,
    answer: Recommendation,
    tables: Sequence[CountTable],
) -> dict[str, object]:
    """Unprotected counts and exact estimates, for the owners of the lists."""
    return {
        "observed": counted.observed,
        "people_of_any_status": int(np.unique(people[population.near]).size),
        "histories": {
            "lists": list(counted.lists),
            "cells": [int(cell) for cell in counted.cells],
            "counts": [int(count) for count in counted.counts],
        },
        "estimates": [publishing.exact(one) for one in (answer.headline, *answer.families)],
        "tables": {
            table.id: [
                {"cell": list(values), "children": cell.count} for values, cell in sorted(table.cells.items())
            ]
            for table in tables
        },
    }
