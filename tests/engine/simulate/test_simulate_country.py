"""The invented country: the same for the same seed, true to its own truth, and as hard as it says."""

from __future__ import annotations

import csv
import hashlib
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pyarrow.parquet as pq
import pytest

from cobijo.engine.lists.ids.curp import check_digit
from cobijo.engine.lists.reading import read_list
from cobijo.engine.pack import Pack, load_pack
from cobijo.engine.simulate import CountrySettings, Truth, simulate
from cobijo.engine.simulate.agencies import AGENCIES
from cobijo.engine.simulate.people import CHILD, People, draw_people
from cobijo.engine.simulate.settings import LIST_NAMES, MAX_LISTS
from cobijo.engine.simulate.source import source_from
from cobijo.errors import WrongUsage

Row = dict[str, str | None]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("mexico")


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory, pack: Pack) -> Truth:
    return simulate(tmp_path_factory.mktemp("country"), children=3_000, lists=MAX_LISTS, pack=pack, seed=7)


@pytest.fixture(scope="module")
def people(pack: Pack) -> People:
    rng = np.random.default_rng(3)
    return draw_people(CountrySettings(), source_from(pack, rng), 20_000, rng)


def rows_of(path: Path) -> list[Row]:
    """One list as it was sent, under what stands in each column instead of the agency's headers."""
    agency = next(agency for agency in AGENCIES if agency.name == path.stem)
    whats = {header: what for what, header in agency.columns}
    raw: list[dict[str, Any]]
    if agency.file == "csv":
        with path.open(encoding=agency.encoding, newline="") as file:
            raw = [dict(row) for row in csv.DictReader(file, delimiter=agency.delimiter)]
    elif agency.file == "jsonl":
        raw = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    elif agency.file == "parquet":
        raw = pq.read_table(path).to_pylist()
    else:
        cells = list(openpyxl.load_workbook(path).active.iter_rows(values_only=True))
        head = 1 if agency.title else 0
        raw = [dict(zip(cells[head], row, strict=True)) for row in cells[head + 1 :]]
    return [{what: row.get(header) or None for header, what in whats.items()} for row in raw]


def truth_of(country: Truth) -> dict[str, str]:
    with country.truth_file.open(encoding="utf-8", newline="") as file:
        return {row["record_id"]: row["person_id"] for row in csv.DictReader(file)}


def digest(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_same_seed_same_bytes(tmp_path: Path, pack: Pack) -> None:
    for name, seed in (("one", 5), ("two", 5), ("three", 6)):
        simulate(tmp_path / name, children=400, lists=MAX_LISTS, pack=pack, seed=seed)
    one, two, three = (digest(tmp_path / name) for name in ("one", "two", "three"))
    assert len(one) == MAX_LISTS + 2
    assert one == two
    assert not set(one.values()) & set(three.values())


def test_truth_file_covers_every_record_once(country: Truth) -> None:
    truth = truth_of(country)
    written = [row["own_id"] for path in country.files for row in rows_of(path) if row["own_id"]]
    of_people = [own_id for own_id in written if "-X" not in own_id]
    assert sorted(of_people) == sorted(truth)
    assert len(truth) == sum(country.records.values())
    assert all(own_id.startswith("INV-") for own_id in written)


def test_truth_json_says_the_number_and_that_it_is_invented(country: Truth) -> None:
    known = json.loads((country.truth_file.parent / "truth.json").read_text(encoding="utf-8"))
    assert known["children"] == country.children == 3_000
    assert known["invented"] is True
    assert known["lists"] == [f"lists/{path.name}" for path in country.files]


def test_counts_agree_with_each_other_and_with_the_rows(country: Truth) -> None:
    assert country.seen == sum(country.histories.values())
    for name in country.by_list:
        on = sum(count for history, count in country.histories.items() if name in history.split("+"))
        assert on == country.by_list[name]
    truth = truth_of(country)
    in_period: dict[str, set[str]] = {}
    for path in country.files:
        agency = next(agency for agency in AGENCIES if agency.name == path.stem)
        year = (lambda text: text[:4]) if agency.date.startswith("{y") else (lambda text: text[-4:])
        status = {"es": "víctima identificada", "en": "identified victim"}[agency.language]
        status = "ActualVictimOfTrafficking" if agency.htcds else status
        for row in rows_of(path):
            if (
                row["own_id"] in truth
                and row["status"] == status
                and year(row["capture_date"] or "") == "2025"
            ):
                in_period.setdefault(path.stem, set()).add(truth[row["own_id"] or ""])
    distinct = set().union(*in_period.values())
    # What only the lists say: adults are in it, rows that lack status or date are not.
    assert abs(len(distinct) - country.seen - country.others["adults"]) <= 0.02 * country.seen
    for name, captured in country.by_list.items():
        assert captured * 0.95 <= len(in_period[name]) <= captured * 1.15 + 10


def test_about_half_the_children_are_seen_by_no_list(tmp_path: Path, pack: Pack) -> None:
    truth = simulate(tmp_path, children=20_000, lists=5, pack=pack, seed=1)
    assert list(truth.by_list) == ["dif", "health", "ngo", "police", "shelter"]
    assert 0.45 <= 1 - truth.seen / truth.children <= 0.55


def test_population_is_under_eighteen_and_born_before_the_period(people: People) -> None:
    settings = CountrySettings()
    born = people.birth[people.role == CHILD]
    assert len(born) == 20_000
    first, last = settings.period_from, settings.period_to
    assert born.max() < np.datetime64(first)
    assert born.min() > np.datetime64(last.replace(year=last.year - 18))


def test_siblings_share_home_and_surname_and_twins_the_day(people: People) -> None:
    twins = np.flatnonzero(people.twin[1:] & people.twin[:-1] & (np.diff(people.household) == 0)) + 1
    same_day = people.birth[twins] == people.birth[twins - 1]
    assert 0.01 < people.twin.mean() < 0.03
    assert same_day.mean() > 0.85  # the others are neighbours of a twin pair in a larger family
    brothers = np.flatnonzero(np.diff(people.household) == 0) + 1
    for shared in (people.street, people.number, people.postcode, people.municipality, people.surname2):
        assert (shared[brothers] == shared[brothers - 1]).all()
    assert 0.8 < (people.surname1[brothers] == people.surname1[brothers - 1]).mean() < 0.98
    assert (people.given1[brothers] == people.given1[brothers - 1]).mean() < 0.02


def test_no_given_name_begins_with_a_particle(people: People, pack: Pack) -> None:
    source = source_from(pack, np.random.default_rng(3))
    first_words = {name.split()[0].lower() for name in source.given[np.unique(people.given1)]}
    assert not first_words & pack.rules.particles


def test_official_ids_are_missing_or_mostly_right(country: Truth) -> None:
    rows = [row for path in country.files for row in rows_of(path) if path.stem in LIST_NAMES[:5]]
    ids = [row["official_id"] for row in rows if row["official_id"]]
    assert 0.55 < 1 - len(ids) / len(rows) < 0.65
    right = sum(len(text) == 18 and text[17] == str(check_digit(text)) for text in ids)
    assert 0.97 < right / len(ids) < 1


def test_every_kind_of_slip_happens(country: Truth) -> None:
    births = [row["birth_date"] for row in rows_of(country.files[0])]
    kinds = Counter(len(text) if text else 0 for text in births)
    assert set(kinds) == {0, 4, 10}
    assert any(text and text.startswith("01/01/") for text in births)
    assert any(text and text[:2] in ("31", "30", "00", "15") and not _is_date(text) for text in births)
    rows = rows_of(country.files[0])
    assert any(not any(row.values()) for row in rows)  # a row with nothing in it
    assert sum(row["surname2"] is None for row in rows) > 0.1 * len(rows)


def _is_date(text: str) -> bool:
    day, month = int(text[:2]), int(text[3:5])
    return 1 <= month <= 12 and 1 <= day <= (29, 30, 31)[(month != 2) + (month in (1, 3, 5, 7, 8, 10, 12))]


def test_a_country_without_slips_is_clean(tmp_path: Path, pack: Pack) -> None:
    calm = CountrySettings()
    none = dict.fromkeys(calm.slips.__dataclass_fields__, 0.0)
    calm = replace(calm, slips=replace(calm.slips, **none), repeats=0.0, row_before_period=0.0)
    truth = simulate(tmp_path, children=500, lists=4, pack=pack, seed=2, settings=calm)
    names: dict[str, set[tuple[str | None, ...]]] = {}
    persons = truth_of(truth)
    for path in truth.files:
        for row in rows_of(path):
            if path.stem in ("dif", "ngo") and row["own_id"] in persons:
                name = (row["given_names"], row["surname1"], row["surname2"])
                names.setdefault(persons[row["own_id"] or ""], set()).add(name)
    assert names
    assert all(len(spellings) == 1 for spellings in names.values())


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ({"children": 10, "lists": 5}, "simulate.children_range"),
        ({"children": 1_000, "lists": 1}, "simulate.lists_range"),
        ({"children": 1_000, "lists": 11}, "simulate.lists_range"),
    ],
)
def test_numbers_out_of_range_are_refused(
    tmp_path: Path, pack: Pack, arguments: dict[str, int], code: str
) -> None:
    with pytest.raises(WrongUsage) as refused:
        simulate(tmp_path, **arguments, pack=pack, seed=1)  # type: ignore[arg-type]
    assert refused.value.code == code
    assert not list(tmp_path.iterdir())


def test_a_pack_without_names_is_refused(tmp_path: Path, pack: Pack) -> None:
    with pytest.raises(WrongUsage) as refused:
        simulate(tmp_path, children=1_000, lists=3, pack=replace(pack, surnames=()), seed=1)
    assert refused.value.code == "simulate.pack_without_names"


def test_progress_is_told_to_the_end(tmp_path: Path, pack: Pack) -> None:
    told: list[tuple[str, int, int]] = []
    simulate(tmp_path, children=200, lists=3, pack=pack, seed=1, progress=lambda *stage: told.append(stage))
    assert told[-1][1] == told[-1][2]
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_agencies_and_settings_name_the_same_lists() -> None:
    assert tuple(agency.name for agency in AGENCIES) == LIST_NAMES
    settings = CountrySettings()
    assert tuple(settings.reach) == LIST_NAMES
    targets = [d.target for d in settings.dependences]
    assert len(targets) == len(set(targets))
    assert len({agency.mark for agency in AGENCIES}) == len(AGENCIES)


def test_every_list_is_read_without_a_mapping(country: Truth, pack: Pack) -> None:
    for path in country.files:
        agency_list = read_list(path, pack=pack)
        records = agency_list.records
        assert len(records) >= country.records[path.stem], path.name
        for column in ("given1", "surname1", "capture_date", "status", "sex", "area"):
            assert records[column].null_count < 0.06 * len(records), (path.name, column)
        assert records["birth_date"].null_count < 0.15 * len(records), path.name
        assert len(agency_list.problems) > 0, path.name  # `check` has something to show
        known = truth_of(country)
        assert set(records["own_id"].to_pylist()) <= {*known, None}, path.name
