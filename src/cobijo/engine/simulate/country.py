"""An invented country: from the settings to a folder of lists and the truth about them."""

from __future__ import annotations

import csv
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from cobijo.engine.output import write_json
from cobijo.engine.pack import Pack
from cobijo.engine.progress import Progress, silent
from cobijo.engine.simulate.agencies import AGENCIES, Agency
from cobijo.engine.simulate.capture import Bools, capture
from cobijo.engine.simulate.events import Rows, draw_rows
from cobijo.engine.simulate.files import write_list
from cobijo.engine.simulate.forms import Desk, with_useless_rows
from cobijo.engine.simulate.people import (
    ADULT,
    AT_RISK,
    CHILD,
    EARLIER,
    NOT_VICTIM,
    PRESUMED,
    People,
    draw_people,
)
from cobijo.engine.simulate.settings import MAX_CHILDREN, MAX_LISTS, MIN_CHILDREN, MIN_LISTS, CountrySettings
from cobijo.engine.simulate.source import source_from
from cobijo.engine.simulate.written import write_down
from cobijo.errors import WrongUsage

_ROLES = {
    PRESUMED: "presumed",
    AT_RISK: "at_risk",
    NOT_VICTIM: "not",
    ADULT: "adults",
    EARLIER: "earlier",
}


@dataclass(frozen=True)
class Truth:
    """What only the maker of the country knows.

    `children` is the number that an estimate is held against: all exploited children of the country who were
    under 18 in the period and would be identified if they were found, whether a list found them or not.
    `seen` of them are on at least one list within the period; `by_list` says how many on each (one child once
    a list). `histories` counts them by the lists that saw them ("dif+police" -> 41). `others` are people on
    the lists who do not belong to the population: presumed, at_risk, not (victims), adults, earlier (only
    before the period).
    """

    children: int
    seen: int
    by_list: dict[str, int]
    histories: dict[str, int]
    others: dict[str, int]
    records: dict[str, int]
    period: tuple[str, str]
    seed: int
    pack: str
    files: tuple[Path, ...]  # the lists
    truth_file: Path  # record_id,person_id: every record that means a person


def simulate(
    out: Path,
    *,
    children: int,
    lists: int,
    pack: Pack,
    seed: int,
    progress: Progress | None = None,
    settings: CountrySettings | None = None,
) -> Truth:
    """Write an invented country of `children` children as `lists` agencies see it, and the truth about it.

    Makes `out`/lists/ with one file an agency (each with its own format, headers and mistakes),
    `out`/truth.csv (`record_id,person_id`; record ids are the agencies' own ids, all of which begin with
    `INV-`) and `out`/truth.json (`{"children": N, "invented": true, ...}`, written last). The same arguments
    give the same bytes. Wrap the call in `output.whole_folder` where a killed run must leave nothing. Raises
    `WrongUsage` for numbers out of range and for a pack without names.
    """
    tell = progress or silent
    settings = settings or CountrySettings()
    if not MIN_LISTS <= lists <= MAX_LISTS:
        raise WrongUsage("simulate.lists_range", lists=lists, least=MIN_LISTS, most=MAX_LISTS)
    if not MIN_CHILDREN <= children <= MAX_CHILDREN:
        raise WrongUsage("simulate.children_range", children=children, least=MIN_CHILDREN, most=MAX_CHILDREN)
    rng = np.random.default_rng([seed % 2**64, children, lists])
    agencies = AGENCIES[:lists]
    names = [agency.name for agency in agencies]

    steps = 3 + lists
    tell("simulate.people", 0, steps)
    source = source_from(pack, rng)
    people = draw_people(settings, source, children, rng)
    tell("simulate.capture", 1, steps)
    seen, referred = capture(names, people.traits(settings), settings.reach, settings.dependences, rng)
    referrals = {d.target: d.source for d in settings.dependences if d.kind == "referral"}
    sources = [names.index(s) if (s := referrals.get(name)) in names else -1 for name in names]
    rows = draw_rows(settings, people, seen, referred, sources, rng)
    tell("simulate.writing", 2, steps)
    care = np.array([agency.care for agency in agencies])[rows.list]
    written = write_down(settings, pack, source, people, rows, care, rng)

    folder = out / "lists"
    folder.mkdir(parents=True, exist_ok=True)
    files, own_ids = [], []
    for j, agency in enumerate(agencies):
        tell("simulate.writing", 3 + j, steps)
        chosen = np.flatnonzero(rows.list == j)
        columns = Desk(agency, settings, pack, source, rows, written, chosen, rng).columns()
        own_ids.append(columns[_own_id_header(agency)])
        files.append(
            write_list(folder, with_useless_rows(columns, agency, settings.useless_rows, rng), agency)
        )
    truth = _truth(settings, people, seen, rows, names, out, tuple(files), pack.code, seed)
    _write_truth(truth, rows, own_ids)
    tell("simulate.writing", steps, steps)
    return truth


def _own_id_header(agency: Agency) -> str:
    return next(header for what, header in agency.columns if what == "own_id")


def _truth(
    settings: CountrySettings,
    people: People,
    seen: Bools,
    rows: Rows,
    names: list[str],
    out: Path,
    files: tuple[Path, ...],
    pack: str,
    seed: int,
) -> Truth:
    of_children = seen[people.role == CHILD]
    patterns, counts = np.unique(of_children, axis=0, return_counts=True)
    histories = {
        "+".join(name for name, there in zip(names, pattern, strict=True) if there): int(count)
        for pattern, count in zip(patterns, counts, strict=True)
        if pattern.any()
    }
    found = people.role[seen.any(axis=1)]
    return Truth(
        children=len(of_children),
        seen=int(of_children.any(axis=1).sum()),
        by_list={name: int(of_children[:, j].sum()) for j, name in enumerate(names)},
        histories=histories,
        others={name: int((found == role).sum()) for role, name in _ROLES.items()},
        records={name: int((rows.list == j).sum()) for j, name in enumerate(names)},
        period=(settings.period_from.isoformat(), settings.period_to.isoformat()),
        seed=seed,
        pack=pack,
        files=files,
        truth_file=out / "truth.csv",
    )


def _write_truth(
    truth: Truth, rows: Rows, own_ids: list[np.ndarray[tuple[int, ...], np.dtype[np.object_]]]
) -> None:
    """truth.csv, then truth.json: the last file written says that the country is whole."""
    with truth.truth_file.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("record_id", "person_id"))
        persons = (f"INV-P-{person:07d}" for person in rows.person.tolist())
        writer.writerows(zip(np.concatenate(own_ids).tolist(), persons, strict=True))
    known: dict[str, object] = {"children": truth.children, "invented": True}
    known |= {"under_age": 18, "status": "identified"}
    known |= {
        key: value for key, value in asdict(truth).items() if key not in ("children", "files", "truth_file")
    }
    known["lists"] = [f"lists/{path.name}" for path in truth.files]
    write_json(truth.truth_file.with_name("truth.json"), known)
