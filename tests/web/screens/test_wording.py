"""Notes on the words of a text: on every form and record, never in the way, never kept, never in a log."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event
from cobijo.web.core.screens import wording
from cobijo.web.core.screens.register import registers
from cobijo.web.core.screens.wording import AS_SAID, Written, hints_of
from cobijo.web.directory.networks import services as networks
from cobijo.web.knowledge.terms.queries import hints_on_a_page
from tests.web.directory.keepers import body, browser
from tests.web.people import People, person

pytestmark = pytest.mark.django_db(transaction=True)
TEXT = "Trabaja contra la prostitución infantil."
NOTE = "“prostitución infantil”"
PLACE = "/en/directory/networks/"
NEW = {"code": "red", "name": "Red Inventada"}


@pytest.fixture
def cora(people: People) -> Account:
    return person("Cora", Role.COORDINATOR, of=people.hospital)


def test_a_text_is_saved_as_it_was_written_and_its_page_says_what_to_look_at(
    cora: Account, people: People
) -> None:
    page = browser(cora)
    answer = page.post(f"{PLACE}new/", NEW | {"about": TEXT}, follow=True)
    said = body(answer)
    assert answer.status_code == 200
    assert TEXT in said
    assert "One word to look at. It is saved as you wrote it." in said
    assert NOTE in said
    address = answer.redirect_chain[-1][0]
    assert NOTE in body(page.get(f"{address}edit/")), "the form says it under the field"
    assert NOTE not in body(browser(people.hugo).get(address)), "only whoever may change it is told"


def test_a_form_that_was_refused_says_it_too_and_a_new_one_says_nothing(cora: Account) -> None:
    page = browser(cora)
    empty = body(page.get(f"{PLACE}new/"))
    assert 'hx-post="/en/words/"' in empty
    assert 'hx-params="about,csrfmiddlewaretoken"' in empty
    assert "to look at" not in empty
    refused = page.post(f"{PLACE}new/", {"code": "red", "name": "", "about": TEXT})
    assert refused.status_code == 422
    assert NOTE in body(refused)


def test_while_it_is_written_the_note_is_asked_for_and_nothing_stays(
    cora: Account, caplog: pytest.LogCaptureFixture
) -> None:
    page = browser(cora)
    before = Event.objects.count()
    with caplog.at_level(logging.DEBUG):
        answer = page.post("/en/words/", {"about": TEXT})
    assert NOTE in body(answer)
    assert "no-store" in answer.headers["Cache-Control"]
    assert "<html" not in body(answer), "a note, not a page"
    assert body(page.post("/en/words/", {"about": "La niña estudia."})).strip() == ""
    assert body(page.post("/en/words/", {})).strip() == ""
    assert page.get("/en/words/").status_code == 405
    assert Event.objects.count() == before
    assert "prostitución" not in caplog.text
    assert Client(headers={"host": "localhost"}).post("/en/words/", {"about": TEXT}).status_code in {302, 403}


def test_a_reading_that_fails_stops_nobody_and_says_nothing_of_the_text(
    cora: Account, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(text: str, access: Any) -> Any:
        raise ValueError(text)

    monkeypatch.setattr(wording, "_readers", [breaks])
    assert browser(cora).post(f"{PLACE}new/", NEW | {"about": TEXT}, follow=True).status_code == 200
    assert "a text was not read for its words" in caplog.text
    assert "prostitución" not in caplog.text


def test_the_vocabulary_is_put_together_once_a_visit(cora: Account, django_assert_num_queries: Any) -> None:
    with acting_as(cora, "") as by:
        [one] = networks.add(by=by, rows=[NEW | {"about": TEXT}])
    with acting_as(cora, ""), translation.override("en"), django_assert_num_queries(2):
        assert [len(hints_of(one.about)) for _ in range(5)] == [1] * 5


def test_nobody_and_the_site_itself_are_told_nothing(db: None) -> None:
    assert hints_of(TEXT) == []
    with acting_as_system("test"):
        assert hints_of(TEXT) == []
    assert "hx-post" not in Written().render("about", TEXT, {"id": "id_about"})
    assert hints_on_a_page in wording._readers


def test_every_long_text_of_every_register_has_its_note(cora: Account) -> None:
    """But for words of children: they stand as they were said."""
    from django.db import models

    from cobijo.web.core.screens.forms import _formfield

    with acting_as(cora, "") as by:
        for register in registers().values():
            for name in register.fields:
                field = register.field(name)
                if isinstance(field, models.TextField) and name not in register.choices:
                    made = _formfield(by, register, field, {})
                    assert made is not None
                    told = isinstance(made.widget, Written)
                    assert told != (name in register.as_said), f"{register.kind}.{name}"
                    assert (AS_SAID in made.widget.attrs) == (name in register.as_said)
