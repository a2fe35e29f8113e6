"""Where to get help: what somebody in need finds, and what nobody finds there."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import fields
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cobijo.engine.pack import load_pack
from cobijo.web.directory.services.models import PUBLIC, Service
from cobijo.web.publication.help import queries, views
from cobijo.web.publication.help.models import Entry, dialled
from tests.web.directory.entries import SECRETS, UNSEEN_BY_THE_PUBLIC, Country, make_country, plant
from tests.web.people import People

pytestmark = pytest.mark.django_db
OAXACA = "?state=MX-OAX"
QUERIES = [
    "",
    OAXACA,
    "?state=MX-OAX&kind=shelter",
    "?state=MX-OAX&kind=legal",
    "?kind=shelter",
    "?state=&kind=",
]


@pytest.fixture
def country(people: People) -> Country:
    return make_country(people)


def answers(reader: Client, query: str) -> list[str]:
    found = [reader.get(f"/{language}/help/{name}{query}") for language in ("es", "en") for name in
             ("", "services.json", "services.csv")]  # fmt: skip
    assert {one.status_code for one in found} == {200}
    return [one.content.decode() for one in found]


@pytest.mark.parametrize("query", QUERIES)
def test_nothing_that_must_stay_out_of_sight_is_there(country: Country, reader: Client, query: str) -> None:
    plant(country)
    for body in answers(reader, query):
        assert [one for one in (*SECRETS, *UNSEEN_BY_THE_PUBLIC) if one in body] == []


def test_who_looks_for_help_finds_whom_to_call_and_where(country: Country, reader: Client) -> None:
    plant(country)
    body = reader.get(f"/en/help/{OAXACA}").content.decode()
    for said in ("Casa Oscura", "Clínica Sol", "Plaza Abierta 1", "Línea Todas", "8 a 20", "6 to 17 years"):
        assert said in body
    assert 'href="tel:9513334444,5"' in body
    assert 'href="tel:8000000000"' in body
    assert "Its place is kept secret" in body
    assert "Casa Oscura" not in reader.get("/en/help/?state=MX-OAX&kind=health").content.decode()
    assert "Casa Oscura" not in reader.get("/en/help/?state=MX-PUE").content.decode()


def test_danger_comes_first(reader: Client) -> None:
    body = reader.get("/es/help/").content.decode()
    main = body[body.index("<main") :]
    assert main.index("tel:911") < main.index("<h1") < main.index("tel:8009112000") < main.index("<form")


def test_an_empty_answer_says_so_and_offers_the_whole_country(country: Country, reader: Client) -> None:
    plant(country)
    body = reader.get("/en/help/?state=MX-CHP&kind=hotline").content.decode()
    assert "We know of no such service in Chiapas" in body
    assert "Línea Todas" in body
    nothing = reader.get("/en/help/?state=MX-CHP&kind=legal").content.decode()
    assert "Nor is there a service for the whole country" in nothing
    assert "tel:8009112000" in nothing


def test_an_old_entry_says_that_it_is_old_and_stands_last(country: Country, reader: Client) -> None:
    country.add(
        name="Abuela", kind="legal", public=True, verified_on=timezone.localdate() - timedelta(days=181)
    )
    country.add(name="Zarza", kind="legal", public=True)
    country.add(name="Nadie", kind="legal", public=True, verified_on=None)
    body = reader.get(f"/en/help/{OAXACA}").content.decode()
    assert body.index("Zarza") < body.index("Abuela")
    assert "Not since" in body
    assert "Never: it may be wrong" in body


def test_it_keeps_nothing_of_a_visit(country: Country, reader: Client) -> None:
    for path in ("", OAXACA, "services.json", "services.csv"):
        answer = reader.get(f"/es/help/{path}")
        assert not answer.cookies
        assert answer.headers["Cache-Control"] == "private, max-age=0, must-revalidate"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Cookie" not in answer.headers.get("Vary", "")
    body = reader.get(f"/es/help/{OAXACA}").content.decode()
    assert "data-leave" in body
    assert not re.search(r"<script(?![^>]*leave\.js)|style=|csrf", body)
    assert reader.post("/es/help/").status_code == 405
    old = Client(headers={"host": "localhost"})
    old.cookies["sessionid"] = "of somebody whose session ended"
    assert old.get("/es/help/").status_code == 200, "an old session asks nobody in danger to sign in"


def test_it_is_light(country: Country, reader: Client) -> None:
    for number in range(20):
        country.add(name=f"Casa {number}", kind="legal", public=True, phone="951 111 2222", hours="9 a 5")
    assert len(reader.get(f"/es/help/{OAXACA}", headers={"accept-encoding": "gzip"}).content) < 12_000


def test_a_long_list_is_cut_for_slow_lines_and_says_so(country: Country, reader: Client) -> None:
    Service.objects.bulk_create(
        Service(organisation=country.people.refuge, name=f"S{n}", kind="legal", area="MX-OAX", public=True)
        for n in range(70)
    )
    body = reader.get(f"/en/help/{OAXACA}").content.decode()
    assert body.count('class="help"') == 60
    assert "There are more." in body
    assert len(reader.get(f"/en/help/services.json{OAXACA}").json()) == 70


def test_however_many_services_it_asks_twice(country: Country, reader: Client) -> None:
    for number in (1, 60):
        Service.objects.bulk_create(
            Service(
                organisation=country.people.refuge,
                name=f"{number} {n}",
                kind="legal",
                area="MX-OAX",
                public=True,
            )
            for n in range(number)
        )
        with CaptureQueriesContext(connection) as asked:
            reader.get(f"/es/help/{OAXACA}")
        assert len(asked) == 2


def test_the_files_hold_the_same_fields_and_no_others(country: Country, reader: Client) -> None:
    plant(country)
    rows = reader.get(f"/en/help/services.json{OAXACA}").json()
    assert {name for row in rows for name in row} == set(views.FIELDS)
    table = list(
        csv.DictReader(io.StringIO(reader.get(f"/en/help/services.csv{OAXACA}").content.decode("utf-8-sig")))
    )
    assert [row["name"] for row in table] == [row["name"] for row in rows]
    assert set(views.FIELDS) <= set(PUBLIC)
    assert {one.name for one in fields(Entry)} - set(PUBLIC) == {"stale", "keeps_place_secret"}


def test_a_cell_of_the_file_starts_no_formula(country: Country, reader: Client) -> None:
    country.add(name="=cmd|x", kind="legal", public=True, phone="+52 951 111 2222")
    text = reader.get(f"/en/help/services.csv{OAXACA}").content.decode("utf-8-sig")
    assert "'=cmd" in text
    assert ",'+52 951" in text


@pytest.mark.parametrize(
    "query", ["?state=XX", "?kind=prison", "?state=%00&kind=%27", "?state=MX-OAX%27--", "?kind=other"]
)
def test_nonsense_is_as_if_not_asked(country: Country, reader: Client, query: str) -> None:
    plant(country)
    assert answers(reader, query)


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("951 111 2222", "9511112222"),
        ("+52 (951) 111-2222 ext. 7", "+529511112222,7"),
        ("ask inside", ""),
        ("12", ""),
    ],
)
def test_numbers_as_a_telephone_dials_them(written: str, number: str) -> None:
    assert dialled(written) == number


def test_every_line_says_its_source_and_how_sure_it_is() -> None:
    path = load_pack("mexico").folder / "hotlines.csv"
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["use"] for row in rows} == {"danger", "talk", "report"}
    for row in rows:
        assert row["source"], row["number"]
        assert row["checked_on"] or "must be verified" in row["evidence"]
        assert dialled(row["number"])
        for language in ("es", "en"):
            assert all(row[f"{name}_{language}"] for name in ("name", "what", "hours", "languages"))


def test_a_pack_without_lines_has_a_page_all_the_same(
    reader: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def none(language: str) -> list[Any]:
        return list(queries._lines(tmp_path, language, "es"))

    monkeypatch.setattr(queries, "lines", none)
    assert "No line is entered for this country yet" in reader.get("/en/help/").content.decode()
