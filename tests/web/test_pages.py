"""Every page, in both languages: it answers, says where I am and that the data are invented, stays strict."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from django.utils import translation

from cobijo.sentences import catalogue
from tests.web.shared import sample, write_picture
from tools import messages

PAGES = ("", "estimates", "tables", "method", "report")
TEMPLATES = Path(messages.SOURCE) / "web" / "templates"
LANGUAGES = ("es", "en")
every_page = pytest.mark.parametrize("page", PAGES)
both = pytest.mark.parametrize("language", LANGUAGES)


def text_of(body: str) -> str:
    """What is read on a page; thin spaces stay."""
    return re.sub(r"[ \n]+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


@both
@every_page
def test_a_page_answers_and_says_where_i_am(public: Path, reader: Client, language: str, page: str) -> None:
    answer = reader.get(f"/{language}/{page}")
    body = answer.content.decode()
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in body
    assert body.count("<h1") == 1
    here = re.search(r'<p class="here">(.*?)</p>', body, re.DOTALL)
    assert here is not None
    assert "<a href" in here[1]
    assert {"es": "Datos inventados", "en": "Invented data"}[language] in body
    assert "Invented data" in body
    assert "data-leave" in body


@both
@every_page
def test_both_languages_point_at_each_other(public: Path, reader: Client, language: str, page: str) -> None:
    body = reader.get(f"/{language}/{page}").content.decode()
    for other in LANGUAGES:
        assert f'hreflang="{other}" href="http://localhost/{other}/{page}"' in body


@both
@every_page
def test_headers_are_strict(public: Path, reader: Client, language: str, page: str) -> None:
    answer = reader.get(f"/{language}/{page}")
    policy = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "img-src", "form-action")} == {"'self'"}
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert not answer.cookies


@every_page
def test_nothing_inline_and_nothing_from_elsewhere(public: Path, reader: Client, page: str) -> None:
    body = reader.get(f"/es/{page}").content.decode()
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*src=)", body)
    loaded = re.findall(r'(?:src|<link[^>]*(?:stylesheet|icon)[^>]*href)="([^"]+)"', body)
    assert loaded
    assert all(address.startswith("/") for address in loaded)


def test_the_spanish_pages_hold_no_english_sentence(public: Path, reader: Client) -> None:
    english = {
        single
        for (_, single, _) in messages.collect()
        if len(single) > 12 and "%(" not in single and "{" not in single
    }
    for page in PAGES:
        seen = text_of(reader.get(f"/es/{page}").content.decode()).replace("(Invented data)", "")
        assert not {one for one in english if one in seen}, page


def test_every_message_of_the_site_is_translated() -> None:
    po = messages.renew("es", messages.collect())
    ours = [
        one
        for one in po
        if any("web/templates" in place or "publication/" in place for place, _ in one.occurrences)
    ]
    assert len(ours) > 80
    assert [one.msgid for one in ours if not one.translated()] == []


def test_every_sentence_that_a_template_says_is_in_the_catalogue() -> None:
    said = {
        code
        for path in TEMPLATES.rglob("*.html")
        for code in re.findall(r'{% say "([^"]+)"', path.read_text())
    }
    assert said
    assert said - catalogue().keys() == set()


def test_the_headline_counts_and_estimates(public: Path, reader: Client) -> None:
    seen = text_of(reader.get("/en/").content.decode())
    assert "9\u202f120 children were seen. About 11\u202f000 more were not." in seen
    assert "18\u202f200 to 22\u202f600" in seen
    assert "Of every 100 children affected, about 45 were seen and 55 were not" in seen
    assert "The methods disagree" in seen


def test_a_refused_estimate_is_said_with_its_reason(public: Path, reader: Client) -> None:
    refused = {"refused": {"code": "population.unheard_of", "params": {}}}
    write_picture(
        public, sample(estimate=refused, estimates=[{"method": "chao", **refused}], disagreement={})
    )
    for page in ("", "estimates"):
        seen = text_of(reader.get(f"/en/{page}").content.decode())
        assert "No estimate is given" in seen
        assert "population.unheard_of" in seen
        assert "20\u202f100" not in seen


def test_a_hidden_total_is_never_a_number(public: Path, reader: Client) -> None:
    write_picture(public, sample(observed=None))
    answers = [reader.get(f"/es/{page}") for page in PAGES]
    assert [one.status_code for one in answers] == [200] * len(PAGES)
    assert "None" not in text_of(answers[0].content.decode())


def test_suppressed_cells_are_one_symbol_with_words_for_screen_readers(public: Path, reader: Client) -> None:
    body = reader.get("/en/tables").content.decode()
    chiapas = re.search(r"Chiapas</th>\s*<td class=\"num\">(.*?)</td>", body, re.DOTALL)
    assert chiapas is not None
    assert text_of(chiapas[1]).strip() == "· not shown"


def test_an_open_interval_and_many_lists_are_shown(public: Path, reader: Client) -> None:
    estimate = {"total": 500, "interval": [300, None], "level": 0.95, "method": "chao"}
    lists = [{"name": f"list{n}", "children": 20} for n in range(12)]
    write_picture(public, sample(estimate=estimate, estimates=[estimate], lists=lists, observed=100))
    seen = text_of(reader.get("/en/").content.decode())
    assert "300 or more" in seen
    assert "12 agencies" in seen


def test_names_from_outside_are_escaped(public: Path, reader: Client) -> None:
    write_picture(public, sample(lists=[{"name": "<script>alert(1)</script>", "children": 20}] * 2))
    for page in PAGES:
        assert "<script>alert" not in reader.get(f"/en/{page}").content.decode()


@pytest.mark.parametrize(
    ("accepted", "language"), [("en-GB,en;q=0.9", "en"), ("es-MX", "es"), ("nah", "es"), ("", "es")]
)
def test_the_front_door_leads_to_the_readers_language(
    public: Path, reader: Client, accepted: str, language: str
) -> None:
    answer = reader.get("/", headers={"accept-language": accepted})
    assert (answer.status_code, answer["Location"]) == (302, f"/{language}/")


def test_a_second_visit_costs_nothing(public: Path, reader: Client) -> None:
    first = reader.get("/es/")
    assert reader.get("/es/", headers={"if-none-match": first["ETag"]}).status_code == 304
    write_picture(public, sample(observed=9130))
    assert "9\u202f130" in reader.get("/es/", headers={"if-none-match": first["ETag"]}).content.decode()


def test_a_word_with_two_meanings_says_which_one_is_meant() -> None:
    """“open” is what a person does and how a case stands; in Spanish these are two words."""
    doubtful = {"open", "closed", "cancelled"}
    bare = {single for context, single, _ in messages.collect() if context is None and single in doubtful}
    assert bare <= {"cancelled"}, "of a job only"
    with translation.override("es"):
        from cobijo.web.care.cases.models.work import TaskState
        from cobijo.web.care.cases.states import State
        from cobijo.web.core.accounts.forms import ACTION_WORDS

        assert (str(State.OPEN.label), str(State.CLOSED.label)) == ("abierto", "cerrado")
        assert str(TaskState.OPEN.label) == "pendiente"
        assert (str(ACTION_WORDS["see"]), str(ACTION_WORDS["list"])) == ("abrir", "listar")
