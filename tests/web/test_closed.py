"""What is not meant for the public does not come out: unsigned, broken, unnamed, outside the folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from tests.web.shared import SAMPLE, sample, write_picture

PAGES = ("", "estimates", "tables", "method", "report")
FILES = (
    "picture.json",
    "tables/area.csv",
    "tables/overlap.csv",
    "charts/map.es.svg",
    "report.html",
    "report.en.pdf",
)
FIGURES = ("9120", "9\u202f120", "20\u202f100", "20100", "22600", "22\u202f600")


def assert_closed(reader: Client, words: str, state: str) -> None:
    """No page shows a figure, no file is served, no page claims to be invented, and the page says why."""
    for language in ("es", "en"):
        for page in PAGES:
            answer = reader.get(f"/{language}/{page}")
            body = answer.content.decode()
            assert answer.status_code == 200
            assert not [figure for figure in FIGURES if figure in body]
            assert "nvented data." not in body
        assert words in reader.get("/en/").content.decode()
        for ending in ("html", "pdf"):
            assert reader.get(f"/{language}/report.{ending}").status_code == 404
    for name in FILES:
        assert reader.get(f"/files/{name}").status_code == 404
    assert reader.get("/health").json()["picture"] == state


@pytest.mark.django_db
@pytest.mark.parametrize("invented", [False, None, 1, "true", "yes", [True], {}, ...])
def test_only_what_is_plainly_invented_is_shown(public: Path, reader: Client, invented: Any) -> None:
    write_picture(public, sample(invented=invented))
    assert_closed(reader, "The figures wait for sign-off", "awaits_sign_off")


@pytest.mark.django_db
def test_a_picture_that_turns_real_disappears_at_once(public: Path, reader: Client) -> None:
    assert "9\u202f120" in reader.get("/es/").content.decode()
    write_picture(public, sample(invented=False))
    assert_closed(reader, "The figures wait for sign-off", "awaits_sign_off")


def _without(key: str) -> dict[str, Any]:
    return sample(**{key: ...})


NEEDED = ("observed", "estimate", "tables", "protection", "trace", "pack")
BROKEN: dict[str, dict[str, Any] | str] = {
    "not json": "{",
    "a list": "[]",
    "too deep": "[" * 100_000,
    "said twice": json.dumps(SAMPLE).replace('"invented": true', '"invented": false, "invented": true'),
    "not a number": json.dumps(SAMPLE).replace("9120", "NaN"),
    "other format": sample(format="cobijo.picture/2"),
    "audit failed": sample(protection=SAMPLE["protection"] | {"audit": "failed"}),
    "negative": sample(observed=-1),
    "a word for a count": sample(observed="9120"),
    "true for a count": sample(observed=True),
    "interval upside down": sample(estimate=SAMPLE["estimate"] | {"interval": [22600, 18200]}),
    "no estimate": sample(estimate={"total": 20100}),
    "a table outside": sample(tables=[SAMPLE["tables"][0] | {"file": "../private/people.csv"}]),
    "a table elsewhere": sample(tables=[SAMPLE["tables"][0] | {"file": "people.csv"}]),
    "a chart outside": sample(charts=[{"id": "map", "files": {"es": "charts/../../private/people.csv"}}]),
    "a chart with a script": sample(charts=[{"id": "map", "files": {"es": "charts/map.es.html"}}]),
    "a cell twice": sample(tables=[SAMPLE["tables"][0] | {"rows": [{"area": "MX-OAX", "children": 5}] * 2}]),
    "a date": sample(period={"from": "2025-02-30", "to": "2025-12-31"}),
    **{
        f"without {key}": _without(key)
        for key in ("observed", "estimate", "tables", "protection", "trace", "pack")
    },
}


@pytest.mark.django_db
@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_picture_shows_nothing(public: Path, reader: Client, name: str) -> None:
    write_picture(public, BROKEN[name])
    assert_closed(reader, "The picture cannot be shown", "unreadable")


@pytest.mark.django_db
def test_no_picture_says_why_and_what_to_do(public: Path, reader: Client, settings: Settings) -> None:
    (public / "picture.json").unlink()
    assert_closed(reader, "There is no picture yet", "missing")
    assert "cobijo demo" in reader.get("/es/").content.decode()
    settings.PUBLIC_DIR = None
    assert_closed(reader, "There is no picture yet", "missing")


@pytest.mark.parametrize("name", FILES)
def test_what_the_picture_names_is_served(public: Path, reader: Client, name: str) -> None:
    answer = reader.get(f"/files/{name}")
    assert answer.status_code == 200
    assert answer.content == (public / name).read_bytes()
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    "path",
    [
        "people.csv", "tables/other.csv", "draft", "tables", "", "/etc/passwd", "../private/people.csv",
        "tables/../../private/people.csv", "..%2fprivate%2fpeople.csv", "%2e%2e/private/people.csv",
        "tables/../people.csv", "./picture.json", "tables//area.csv", "tables/area.csv%00", "TABLES/area.csv",
        "report.fr.html", "charts/map.fr.svg", "tables\\area.csv",
    ],
)  # fmt: skip
def test_nothing_else_is_served(public: Path, reader: Client, path: str) -> None:
    answer = reader.get(f"/files/{path}")
    assert answer.status_code == 404
    assert b"secret" not in answer.content
    assert b"stranger" not in answer.content


def test_a_link_out_of_the_folder_is_not_followed(public: Path, reader: Client) -> None:
    table = public / "tables" / "area.csv"
    table.unlink()
    table.symlink_to(public.parent / "private" / "people.csv")
    assert reader.get("/files/tables/area.csv").status_code == 404
    moved = public / "charts"
    moved.rename(public.parent / "elsewhere")
    moved.symlink_to(public.parent / "elsewhere")
    assert reader.get("/files/charts/map.es.svg").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_public_pages_only_read(public: Path, reader: Client, method: str) -> None:
    for path in ("/es/", "/files/picture.json", "/es/report.html"):
        assert getattr(reader, method)(path).status_code == 405


@pytest.mark.parametrize(
    ("language", "ending"), [("es", "html"), ("en", "html"), ("es", "pdf"), ("en", "pdf")]
)
def test_the_report_is_in_the_readers_language(
    public: Path, reader: Client, language: str, ending: str
) -> None:
    answer = reader.get(f"/{language}/report.{ending}", follow=True)
    assert answer.status_code == 200
    assert language.encode() in answer.content


def test_a_report_may_use_its_own_style_and_no_other(public: Path, reader: Client) -> None:
    policy = reader.get("/files/report.html")["Content-Security-Policy"]
    assert "style-src 'sha256-" in policy
    assert "unsafe" not in policy
    assert "script-src" not in policy
