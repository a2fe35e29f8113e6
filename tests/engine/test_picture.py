"""The main job on a small invented country: the promises that the picture makes about its own output."""

from __future__ import annotations

import csv
import json
import os
import signal
import stat
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from cobijo.engine.lists.reading import read_list
from cobijo.engine.pack import load_pack
from cobijo.engine.picture import Picture, make_picture
from cobijo.engine.publishing import rounded
from cobijo.engine.simulate import Truth, simulate
from cobijo.errors import Refused

PACK = load_pack("mexico")
PERIOD = (date(2025, 1, 1), date(2025, 12, 31))


@pytest.fixture(scope="module")
def country(tmp_path_factory: pytest.TempPathFactory) -> Truth:
    return simulate(tmp_path_factory.mktemp("country"), children=2500, lists=4, pack=PACK, seed=5)


def make(country: Truth, folder: Path) -> Picture:
    folder.mkdir()
    return make_picture(
        country.files,
        folder,
        pack=PACK,
        truth=country.truth_file,
        period=PERIOD,
        seed=3,
        quick=True,
        invented=True,
    )


@pytest.fixture(scope="module")
def folder(country: Truth, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("out") / "picture"
    make(country, out)
    return out


def test_what_is_there(folder: Path) -> None:
    public = json.loads((folder / "public" / "picture.json").read_text(encoding="utf-8"))
    assert public["observed"] > 500
    low, high = public["estimate"]["interval"]
    assert public["observed"] <= low <= public["estimate"]["total"] <= high
    for name in ("report.html", "report.pdf", "report.es.html", "tables/area.csv", "charts/map.en.svg"):
        assert (folder / "public" / name).stat().st_size > 100, name
    assert stat.S_IMODE((folder / "private").stat().st_mode) == 0o700
    for name in ("people.parquet", "problems.csv", "rejected.csv", "counts.json"):
        assert (folder / "private" / name).exists(), name


def test_twice_the_same_bytes(country: Truth, folder: Path, tmp_path: Path) -> None:
    make(country, tmp_path / "again")
    for name in (
        "picture.json",
        "report.html",
        "report.pdf",
        "tables/overlap.csv",
        "charts/estimates.es.svg",
    ):
        assert (folder / "public" / name).read_bytes() == (
            tmp_path / "again" / "public" / name
        ).read_bytes(), name


def test_no_identity_is_published(country: Truth, folder: Path) -> None:
    """No name, date of birth or id of any row occurs in any public file, the text of the PDF included."""
    from pypdf import PdfReader

    published = b""
    for path in sorted((folder / "public").rglob("*")):
        if path.is_file():
            published += path.read_bytes()
            if path.suffix == ".pdf":
                published += "".join(page.extract_text() for page in PdfReader(path).pages).encode()
    known = {area for one in PACK.areas for area in (one.short, *one.names.values())}
    for file in country.files:
        records = read_list(file, pack=PACK, today=PERIOD[1]).records
        for row in records.select(
            ["given1", "given2", "surname1", "surname2", "official_id", "own_id"]
        ).to_pylist():
            given = " ".join(part for part in (row["given1"], row["given2"]) if part)
            surnames = " ".join(part for part in (row["surname1"], row["surname2"]) if part)
            for identity in (f"{given} {surnames}", surnames, row["official_id"], row["own_id"]):
                if identity and len(identity) > 8 and identity not in known:
                    assert identity.encode() not in published
        for day in set(records["birth_date"].to_pylist()) - {None}:
            assert day.isoformat().encode() not in published


def test_what_is_published_is_protected(folder: Path) -> None:
    from cobijo.engine.disclosure.attackers import attack

    names = {area.code: [area.short, *area.names.values()] for area in PACK.areas}
    assert attack(folder / "public", names=names) == []
    with (folder / "public" / "tables" / "overlap.csv").open(encoding="utf-8") as stream:
        counts = [row["children"] for row in csv.DictReader(stream)]
    assert "·" in counts
    assert all(count == "·" or int(count) >= 10 for count in counts)


def test_people_are_stable_and_whole(country: Truth, folder: Path) -> None:
    people = pq.read_table(folder / "private" / "people.parquet")
    assert people.num_rows == len(set(people["record_id"].to_pylist()))
    quality = json.loads((folder / "private" / "counts.json").read_text(encoding="utf-8"))["linkage_quality"]
    assert quality["f1"] > 0.95


@pytest.mark.parametrize(
    ("header", "code", "column"),
    [
        ("given_name,surname,date_of_birth,capture_date", "picture.no_status", "status"),
        ("given_name,surname,date_of_birth,status", "picture.no_capture_date", "capture_date"),
    ],
)
def test_refuses_what_cannot_be_told(tmp_path: Path, header: str, code: str, column: str) -> None:
    other = {"capture_date": "2025-03-04", "status": "identified"}
    rows = [
        ",".join(["Ana", "Nuñez", "2011-02-03", other[header.rsplit(",", 1)[1]]]),
        ",".join(["Luz", "Rosas", "2012-02-03", other[header.rsplit(",", 1)[1]]]),
    ]
    for name in ("one", "two"):
        (tmp_path / f"{name}.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    with pytest.raises(Refused) as refused:
        make_picture([tmp_path / "one.csv", tmp_path / "two.csv"], tmp_path / "out", pack=PACK)
    assert refused.value.code == code
    assert refused.value.params["column"] == column


def test_killed_at_any_moment(country: Truth, tmp_path: Path) -> None:
    """A picture killed half-way leaves nothing that looks like one, and the next run is whole."""
    out = tmp_path / "picture"
    words = [sys.executable, "-m", "cobijo", "picture", *map(str, country.files), "--out", str(out), "--quick",
             "--from", "2025-01-01", "--to", "2025-12-31", "--json"]  # fmt: skip
    for pause in (1.0, 4.0):
        run = subprocess.Popen(
            words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=dict(os.environ)
        )
        time.sleep(pause)
        run.send_signal(signal.SIGKILL)
        run.wait()
        assert not out.exists() or (out / "public" / "picture.json").exists()
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["invented"] is False
    assert (out / "public" / "report.pdf").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["picture"]


def test_published_estimates_are_rounded() -> None:
    assert [rounded(value) for value in (19_771.4, 994.6, 0.0, 12.2, None)] == [19_800, 995, 0, 12, None]
