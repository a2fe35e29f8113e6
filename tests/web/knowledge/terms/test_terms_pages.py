"""The vocabulary on the site, the check of a text, and the words that a country adds."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.template import Context, Template
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from cobijo.engine.terms import load_skos, load_vocabulary
from cobijo.errors import InputProblem
from cobijo.sentences import catalogue
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event
from cobijo.web.knowledge.laws import services as laws
from cobijo.web.knowledge.terms import services
from cobijo.web.knowledge.terms.models import OwnTerm
from cobijo.web.knowledge.terms.queries import LONGEST, hints
from tests.web.directory.keepers import body, browser
from tests.web.directory.test_organisations import imported
from tests.web.people import People, person

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Dicen que hay prostitución infantil.\n\nNada más."
OWN = {
    "words": "chica de la noche", "language": "es", "concept": "child-prostitute", "why": "Esconde lo que le hacen.",
    "preferred": "víctima de explotación sexual", "source": "Acuerdo inventado",
}  # fmt: skip


@pytest.fixture
def cora(people: People) -> Account:
    return person("Cora", Role.COORDINATOR, of=people.hospital)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


# --- Vocabulary --------------------------------------------------------------------------------------------------


def test_the_vocabulary_lists_every_concept_in_the_readers_language(people: People) -> None:
    page = browser(people.hugo)
    said = body(page.get("/en/terms/"))
    for concept in load_vocabulary().concepts:
        assert f'/en/terms/{concept.id}/"' in said
    assert "child sexual abuse material" in said
    assert "Only in quoted legal titles" in said
    assert "material de abuso sexual de niñas, niños y adolescentes" in body(page.get("/es/terms/"))
    found = body(page.get("/en/terms/?q=sexting"))
    assert "Nothing fits" in found
    found = body(page.get("/en/terms/?q=TRATA+ninas"))
    assert '/en/terms/trafficking/"' in found
    assert '/en/terms/grooming/"' not in found


def test_a_concept_says_what_it_is_and_what_it_is_not(people: People) -> None:
    page = browser(people.hugo)
    said = body(page.get("/en/terms/trafficking/"))
    for words in (
        "Do not confuse it with",
        "smuggling of migrants",
        "Palermo Protocol",
        "3(a), (c), (d)",
        "0204",
        "GK",
    ):
        assert words in said, words
    older = body(page.get("/en/terms/child-pornography/"))
    assert "Say instead:" in older
    assert "pornografía infantil" in older
    assert page.get("/en/terms/nothing/").status_code == 404
    for concept in load_vocabulary().concepts:
        assert page.get(f"/es/terms/{concept.id}/").status_code == 200


@pytest.mark.parametrize(("ending", "format"), [("ttl", "turtle"), ("jsonld", "jsonld")])
def test_the_vocabulary_is_a_file_too(people: People, ending: str, format: str) -> None:
    answer = browser(people.hugo).get(f"/en/terms/vocabulary.{ending}")
    assert load_skos(answer.content.decode(), format) == load_vocabulary()
    assert browser(people.hugo).get("/en/terms/vocabulary.exe").status_code == 404


def test_nobody_reads_it_without_signing_in() -> None:
    for address in ("terms/", "terms/csam/", "terms/check/", "terms/vocabulary.ttl"):
        assert browser().get(f"/en/{address}").status_code in (302, 403)


# --- The check ---------------------------------------------------------------------------------------------------


def test_a_pasted_text_is_marked_in_place_and_not_kept(
    people: People, caplog: pytest.LogCaptureFixture
) -> None:
    page = browser(people.hugo)
    before = Event.objects.count()
    answer = page.post("/en/terms/check/", {"text": TEXT.replace("\n", "\r\n") + "<script>"})
    said = body(answer)
    assert '<mark id="in-1">prostitución infantil</mark>' in said
    assert "&lt;script&gt;" in said
    assert "explotación de niñas, niños y adolescentes en la prostitución" in said
    assert "One discouraged word" in said
    assert "It is a word of treaties and laws" in said
    assert 'href="/en/terms/child-prostitution/"' in said
    assert "no-store" in answer.headers["Cache-Control"]
    assert Event.objects.filter(detail__icontains="prostitución").count() == 0
    assert Event.objects.count() == before
    assert "prostitución" not in caplog.text
    clean = body(page.post("/en/terms/check/", {"text": "La niña estudia."}))
    assert "No discouraged word was found" in clean


def test_the_marked_text_is_the_text(people: People) -> None:
    text = "  uno\n\tprostitución infantil & pederastas\n\nfin "
    said = body(browser(people.hugo).post("/es/terms/check/", {"text": text}))
    shown = re.search(r'<div class="looked-at">(.*?)</div>', said, re.DOTALL)
    assert shown is not None
    plain = re.sub(r"<sup>.*?</sup>|</?mark[^>]*>", "", shown[1]).replace("&amp;", "&")
    assert plain == text


def test_an_empty_or_endless_text_is_said(people: People) -> None:
    page = browser(people.hugo)
    empty = page.post("/en/terms/check/", {"text": ""})
    assert empty.status_code == 422
    assert "Paste a text first." in body(empty)
    assert "too long" in body(page.post("/en/terms/check/", {"text": "a" * (LONGEST + 1)}))


def test_titles_of_entered_laws_are_left_alone(cora: Account) -> None:
    text = "Según el Programa Estatal de Menores Prostituidas, no."
    with acting_as(cora, "") as by:
        assert len(hints(text)) == 1
        laws.add_instruments(
            by=by,
            rows=[{"code": "p", "kind": "decree", "name": "Programa Estatal de Menores Prostituidas", "area": "MX",
                   "source": "x", "evidence": "read"}],
        )  # fmt: skip
        assert hints(text) == []


# --- Hints for any room ------------------------------------------------------------------------------------------


def test_any_template_may_show_hints(cora: Account) -> None:
    template = Template("{% load wording %}{% words_of one two %}")
    with acting_as(cora, ""), translation.override("en"):
        said = template.render(Context({"one": TEXT, "two": None}))
        assert "One word to look at. It is saved as you wrote it." in said
        assert "“prostitución infantil”" in said
        assert template.render(Context({"one": "La niña estudia."})).strip() == ""
    assert hints(TEXT)[0].term == "prostitución infantil"  # nobody acts: the vocabulary that comes along


def test_hints_ask_two_questions_and_build_once(cora: Account) -> None:
    with acting_as(cora, ""):
        hints(TEXT)
        with CaptureQueriesContext(connection) as asked:
            hints(TEXT)
    assert len(asked) == 2


# --- Own terms ---------------------------------------------------------------------------------------------------


def test_a_country_adds_words_that_are_then_found(cora: Account, people: People) -> None:
    page = browser(cora)
    assert page.post("/en/knowledge/own-terms/new/", OWN).status_code == 302
    said = body(browser(people.hugo).post("/en/terms/check/", {"text": "Son chicas de la noche, dicen."}))
    assert ">chicas de la noche</mark>" in said
    assert "Esconde lo que le hacen." in said
    assert "our own" in body(page.get("/en/terms/child-prostitute/"))
    made = OwnTerm.objects.get()
    with acting_as(cora, "") as by:
        services.change(by=by, rows=[{"pk": made.pk, "version": 1, "words": "chica de la vida"}])
        assert hints("chicas de la noche") == []
        assert len(hints("chicas de la vida")) == 1
        services.remove(by=by, rows=[{"pk": made.pk, "version": 2}])
        assert hints("chicas de la vida") == []


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"concept": "nothing"}, "terms.own_concept"),
        ({"words": "(a|b)"}, "terms.own_plain"),
        ({"words": "!!"}, "terms.own_plain"),
        ({"words": "niño"}, "terms.own_forbids_good"),
        ({"words": "víctima de explotación"}, "terms.own_forbids_good"),
        ({"preferred": "prostitución infantil"}, "terms.own_preferred_bad"),
    ],
)
def test_own_words_do_no_harm(cora: Account, given: dict[str, str], code: str) -> None:
    with acting_as(cora, "") as by, pytest.raises(InputProblem) as problem:
        services.add(by=by, rows=[OWN | given])
    assert problem.value.code == code
    assert catalogue()[code].format(**problem.value.params)


def test_own_words_stand_once(cora: Account) -> None:
    with acting_as(cora, "") as by:
        with pytest.raises(InputProblem, match=r"terms.own_twice"):
            services.add(by=by, rows=[OWN, OWN | {"words": "Chica de la noche"}])
        services.add(by=by, rows=[OWN])
        with pytest.raises(InputProblem, match=r"terms.own_twice"):
            services.add(by=by, rows=[OWN])
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnTerm.objects.update(language="fr")


def test_own_words_go_out_and_come_in(cora: Account, people: People) -> None:
    head = "discouraged words,language,what they stand for,what to write instead,why,source\n"
    row = "flor de la calle,Spanish,child-prostitute,víctima de explotación sexual,Esconde.,Acuerdo\n"
    assert "1 of 1 row" in imported(cora, "/en/knowledge/own-terms/import/", head + row)
    found = json.loads(browser(cora).post("/en/knowledge/own-terms/export/", {"format": "json"}).content)
    assert [(one["words"], one["concept"]) for one in found] == [("flor de la calle", "child-prostitute")]
    assert browser(people.ana).post("/en/knowledge/own-terms/export/", {"format": "json"}).status_code == 403
    with acting_as(people.ana, "") as by, pytest.raises(Forbidden):
        services.add(by=by, rows=[OWN])
