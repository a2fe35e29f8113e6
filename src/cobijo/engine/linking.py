"""Lists in, people out: the linkage alone, for whoever wants no picture."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from cobijo.engine.linkage import link, score
from cobijo.engine.lists.reading import read_list
from cobijo.engine.lists.schema import AgencyList
from cobijo.engine.pack import Pack
from cobijo.engine.progress import Progress, silent
from cobijo.errors import InputProblem, WrongUsage


def read_lists(
    paths: Sequence[Path], *, pack: Pack, mapping: Path | None = None, progress: Progress = silent
) -> list[AgencyList]:
    """Read several lists; each must bear its own name (the file's stem), since records are named after it.

    Raises `WrongUsage` where two lists bear one name, and what `read_list` raises.
    """
    names = [path.name.split(".")[0] for path in paths]
    for name in names:
        if names.count(name) > 1:
            raise WrongUsage("linking.same_name", name=name)
    return [read_list(path, mapping=mapping, pack=pack, progress=progress) for path in paths]


def link_files(
    paths: Sequence[Path],
    out: Path,
    *,
    pack: Pack,
    mapping: Path | None = None,
    truth: Path | None = None,
    one_to_one: bool = False,
    seed: int = 0,
    progress: Progress = silent,
) -> dict[str, object]:
    """Link lists and write `out` (Parquet: record_id, list, person_id), whole or not at all.

    Returns records, people, pairs, seconds, and precision, recall and f1 of pairs where `truth` is given.
    """
    lists = read_lists(paths, pack=pack, mapping=mapping, progress=progress)
    linked = link(lists, pack=pack, seed=seed, one_to_one=one_to_one, progress=progress)
    summary: dict[str, object] = {
        "records": linked.people.num_rows,
        "people": len(linked.people["person_id"].unique()),
        "pairs": linked.pairs.num_rows,
        "seconds": round(linked.seconds, 2),
    }
    if truth is not None:
        quality = score(linked.people, read_truth(truth))
        summary |= {name: round(getattr(quality, name), 6) for name in ("precision", "recall", "f1")}
    write_parquet(linked.people, out)
    return summary


def write_parquet(table: pa.Table, out: Path) -> None:
    """A Parquet file that is there whole or not at all."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent) as folder:
        part = Path(folder) / out.name
        pq.write_table(table, part)
        part.replace(out)


def read_truth(path: Path) -> pa.Table:
    """The known persons, from a CSV of record_id,person_id (see `linkage.score` for how a record may be named).

    Raises `InputProblem` for a file that is no such table, or a record that stands twice.
    """
    people: dict[str, str] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            if not {"record_id", "person_id"} <= set(reader.fieldnames or ()):
                raise InputProblem("linking.truth_columns", file=path.name)
            for number, row in enumerate(reader, start=2):
                if not row["record_id"] or not row["person_id"]:
                    raise InputProblem("linking.truth_empty", file=path.name, row=number)
                if row["record_id"] in people:
                    raise InputProblem("linking.truth_twice", file=path.name, row=number)
                people[row["record_id"]] = row["person_id"]
    except (OSError, UnicodeDecodeError, csv.Error) as fault:
        raise InputProblem("linking.truth_unreadable", file=path.name) from fault
    return pa.table({"record_id": list(people), "person_id": list(people.values())})
