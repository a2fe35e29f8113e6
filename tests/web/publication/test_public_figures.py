"""Published figures for everybody: what a reader finds, and what stays inside."""

from __future__ import annotations

import re
from html import unescape
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cobijo.web.core.access.context import acting_as_system
from cobijo.web.knowledge.evidence import contradicting
from cobijo.web.knowledge.evidence.models import Contradiction, Figure
from cobijo.web.publication.figures.queries import published_estimate
from tests.web.shared import publish, sample, write_picture

pytestmark = pytest.mark.django_db
PLACE = "/en/figures/"


@pytest.fixture
def reader() -> Client:
    call_command("load_figures", stdout=StringIO())
    return Client(headers={"host": "localhost"})


def read(reader: Client, place: str = "") -> str:
    answer = reader.get(place if place.startswith("/") else f"{PLACE}{place}")
    assert answer.status_code == 200, place
    return re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def test_a_reader_finds_who_said_it_what_it_counts_and_what_contradicts_it(reader: Client) -> None:
    assert "Exploitation of children in prostitution 5 figures" in read(reader)
    page = read(reader, "epros/epros-2015-border/")
    for said in (
        "Who said it Unidos contra la Trata (2015)",
        "How many at least 50\u202f000 children",
        "Where Mexico, along the border with the United States of America",
        "Stock or flow stock: so many at one time",
        "Do not say “50,000 in Mexico”",
        "They are of different parts",
        "Read in: JOM FISIP 4(2), 2017.",
    ):
        assert said in page, said
    assert "50\u202f000 niñas, niños y adolescentes" in read(reader, "/es/figures/epros/epros-2015-border/")


def test_the_pages_read_no_session_and_load_nothing_from_elsewhere(reader: Client) -> None:
    for place in ("", "ratings/", "epros/", "epros/epros-2000/"):
        answer = reader.get(f"{PLACE}{place}")
        assert "set-cookie" not in answer.headers
        assert (
            "<script" not in answer.content.decode().replace("leave.js", "")
            or "src=" in answer.content.decode()
        )
        assert "style=" not in answer.content.decode()


def test_what_nobody_released_is_not_there(reader: Client) -> None:
    Figure.objects.exclude(code="epros-2000").update(public=False)
    assert "1 figure" in read(reader)
    page = read(reader, "epros/")
    assert "16\u202f000" in page
    assert "50\u202f000" not in page
    assert "No other figure contradicts it" in read(reader, "epros/epros-2000/")
    for place in ("epros/epros-2005/", "csec/", "csec/csec-actors-highest/", "epros/zzz/", "zzz/"):
        assert reader.get(f"{PLACE}{place}").status_code == 404, place
    Figure.objects.update(public=False)
    assert "nobody has released one" in read(reader)


def test_a_figure_stands_under_what_it_counts_and_nowhere_else(reader: Client) -> None:
    assert reader.get(f"{PLACE}csec/epros-2000/").status_code == 404


def test_an_explanation_is_shown_once_it_is_given_and_not_while_it_is_open_again(reader: Client) -> None:
    one = Contradiction.objects.get(first__code="csec-actors-lowest", second__code="csec-actors-highest")
    place = "csec/csec-actors-highest/"
    with acting_as_system("test") as by:
        contradicting.look_again(by=by)
    Contradiction.objects.filter(pk=one.pk).update(state="explained", explanation="Nadie dice quién contó.")
    assert "Nadie dice quién contó." in read(reader, place)
    Contradiction.objects.filter(pk=one.pk).update(state="open")
    assert "Nadie dice quién contó." not in read(reader, place)
    Contradiction.objects.filter(pk=one.pk).update(state="gone")
    assert "about 16\u202f000 children" not in read(reader, place)


def test_the_tiers_are_public_and_say_whose_they_are(reader: Client) -> None:
    page = read(reader, "ratings/")
    assert "An assessment by a foreign government." in page
    assert "Department of State of the United States of America" in page
    assert "2004 2WL" in page


def test_our_own_estimate_is_the_published_pictures(reader: Client, tmp_path: Path, settings: Any) -> None:
    settings.PUBLIC_DIR = None
    assert published_estimate() is None
    assert "our own estimate" not in read(reader, "epros/")
    settings.PUBLIC_DIR = publish(tmp_path / "public")
    found = published_estimate()
    assert found is not None
    assert f"{sample()['estimate']['total']:,}".replace(",", "\u202f") in read(reader, "epros/")
    assert "It comes from invented lists." in read(reader, "epros/")
    write_picture(tmp_path / "public", sample(invented=False))
    assert published_estimate() is None
    assert "our own estimate" not in read(reader, "epros/")


def test_a_page_asks_the_database_few_times(reader: Client) -> None:
    for place in ("", "epros/", "epros/epros-2000/", "ratings/"):
        with CaptureQueriesContext(connection) as asked:
            reader.get(f"{PLACE}{place}")
        assert len(asked) <= 4, (place, [one["sql"][:90] for one in asked])
