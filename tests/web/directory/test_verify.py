"""The link that verifies an entry: asked for, opened without an account, used once; what it never shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.management import get_commands
from django.test import Client
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.audit.models import Event
from cobijo.web.core.screens.models import Revision
from cobijo.web.core.screens.writing import Stale
from cobijo.web.directory.organisations.models import Contact
from cobijo.web.directory.organisations.services import remove_contacts
from cobijo.web.directory.services import links, queries, rules, services, views
from cobijo.web.directory.services.models import VerifyLink
from tests.web.directory.keepers import Keepers, body, browser, keepers
from tests.web.people import People

pytestmark = pytest.mark.django_db(transaction=True)
ASK = "/en/directory/verify/"
ROOT = Path(__file__).parents[3]


@pytest.fixture
def kept(people: People) -> Keepers:
    cache.clear()
    return keepers(people)


def place_of(secret: str) -> str:
    return f"/en/directory/verify/link/{secret}/"


@pytest.fixture
def secret(kept: Keepers) -> str:
    with acting_as(kept.cora, "") as by:
        return links.ask(by=by, services=[kept.own])[0].secret


def test_the_story_from_the_old_entry_to_the_answer(kept: Keepers) -> None:
    page = browser(kept.cora)
    assert "Casa Luna" in body(page.get(ASK))
    assert page.post(ASK, {"service": kept.own.pk}).status_code == 200
    [message] = mail.outbox
    assert message.to == ["ines@refuge.example"]
    assert "Casa Luna" in message.body
    assert "Secreta" not in message.body
    path = re.search(r"http://localhost(/\S+)", message.body)
    assert path is not None
    reader = Client(headers={"host": "localhost"})
    answer = reader.get(path[1])
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    reader.get(path[1])  # a mail filter that opens the link uses nothing up
    sent = reader.post(
        path[1], {"said": "corrected", "version": 1, "capacity": "5", "hours": "8-20", "phone": "1"}
    )
    assert sent.status_code == 302
    assert reader.get(sent["Location"]).status_code == 200
    kept.own.refresh_from_db()
    own, today = kept.own, timezone.localdate()
    assert (own.capacity, own.hours, own.phone, own.version) == (5, "8-20", "1", 2)
    assert (own.verified_on, own.capacity_on, own.verified_by_id) == (today, today, None)
    told = Event.objects.filter(kind="service", via="system").order_by("pk")
    link = VerifyLink.objects.get()
    assert [(one.action, one.purpose, one.ids) for one in told] == [
        ("change", "verify_link", [own.pk]),
        ("verify", "verify_link", [own.pk]),
    ]
    assert told[1].detail == {"link": link.pk, "answer": "corrected"}
    kept_ = Revision.objects.get(kind="service", record_id=own.pk, number=2)
    assert not kept_.account_id, "the system wrote it"
    assert (link.answer, link.by) == ("corrected", kept.cora)
    assert reader.get(path[1]).status_code == 404


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_hidden_address_is_on_no_page_of_the_link(kept: Keepers, secret: str, language: str) -> None:
    place = place_of(secret).replace("/en/", f"/{language}/")
    for client in (Client(headers={"host": "localhost"}), browser(kept.people.sofia)):
        said = {"version": 0, "said": "right"}
        answers = (client.get(place), client.post(place, {"version": 1}), client.post(place, said))
        for answer in answers:
            seen = body(answer)
            assert "Casa Luna" in seen
            for hidden in ("Secreta", "Tlacolula", "Guardia", "Noé"):
                assert hidden not in seen


def test_still_right_changes_the_day_only(kept: Keepers, secret: str) -> None:
    sent = browser().post(
        place_of(secret), {"said": "right", "version": 1, "capacity": "99", "hours": "never"}
    )
    assert sent.status_code == 302
    kept.own.refresh_from_db()
    assert (kept.own.capacity, kept.own.hours) == (3, "siempre")
    assert kept.own.verified_on == timezone.localdate()
    assert kept.own.ended_on is None


def test_no_longer_offered_ends_the_entry_and_deletes_nothing(kept: Keepers, secret: str) -> None:
    assert browser().post(place_of(secret), {"said": "ended", "version": 1}).status_code == 302
    kept.own.refresh_from_db()
    assert kept.own.ended_on == timezone.localdate()
    assert kept.own.address == "Calle Secreta 7"


def test_only_three_things_can_be_corrected(kept: Keepers, secret: str) -> None:
    more = {"address": "Otra", "hidden_address": "", "public": "on", "name": "X", "organisation": "2"}
    typed = {"said": "corrected", "version": 1, "capacity": "1", "hours": "", "phone": ""}
    assert browser().post(place_of(secret), typed | more).status_code == 302
    kept.own.refresh_from_db()
    own = kept.own
    assert (own.name, own.address, own.hidden_address, own.public) == (
        "Casa Luna",
        "Calle Secreta 7",
        True,
        False,
    )
    assert own.organisation == kept.people.refuge


def expired(secret: str) -> str:
    VerifyLink.objects.update(expires_at=timezone.now())
    return secret


def used(secret: str) -> str:
    assert browser().post(place_of(secret), {"said": "right", "version": 1}).status_code == 302
    return secret


def forged(secret: str) -> str:
    return links._signer.sign("a" * 43)


def tampered(secret: str) -> str:
    return ("A" if secret[0] != "A" else "B") + secret[1:]


def unsigned(secret: str) -> str:
    return secret.rsplit(".", 1)[0]


def closed(secret: str) -> str:
    link = VerifyLink.objects.get()
    type(link.service.organisation).objects.filter(pk=link.service.organisation_id).update(active=False)
    return secret


def asked_again(secret: str) -> str:
    link = VerifyLink.objects.get()
    VerifyLink.objects.update(made_at=timezone.now() - timedelta(days=4))
    with acting_as(link.by, "") as by:  # type: ignore[arg-type]
        links.ask(by=by, services=[link.service])
    return secret


@pytest.mark.parametrize("spoil", [expired, used, forged, tampered, unsigned, closed, asked_again])
def test_whatever_is_wrong_with_a_link_the_answer_is_the_same(
    kept: Keepers, secret: str, spoil: Callable[[str], str]
) -> None:
    def plain(answer: Any) -> str:
        assert answer.status_code == 404
        return re.sub(r"/link/[^/]+/", "/link/", body(answer))

    unknown = plain(browser().get(place_of("nothing")))
    bad = spoil(secret)
    kept.own.refresh_from_db()
    before = kept.own.version
    assert plain(browser().get(place_of(bad))) == unknown
    assert plain(browser().post(place_of(bad), {"said": "ended", "version": before})) == unknown
    kept.own.refresh_from_db()
    assert kept.own.version == before
    assert kept.own.ended_on is None


def test_of_two_answers_one_is_written(kept: Keepers, secret: str) -> None:
    links.answer(secret=secret, version=1, said="right")
    with pytest.raises(InputProblem, match=r"services\.link_closed"):
        links.answer(secret=secret, version=2, said="ended")


def test_an_entry_that_changed_meanwhile_is_shown_again_and_the_link_stays(
    kept: Keepers, secret: str
) -> None:
    with acting_as(kept.people.sofia, "") as by:
        services.change(by=by, rows=[{"pk": kept.own.pk, "version": 1, "hours": "nuevas"}])
    with pytest.raises(Stale):
        links.answer(secret=secret, version=1, said="right")
    answer = browser().post(place_of(secret), {"said": "right", "version": 1})
    assert answer.status_code == 409
    assert "nuevas" in body(answer)
    assert browser().post(place_of(secret), {"said": "right", "version": 2}).status_code == 302


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({}, "Choose one of the three answers."),
        ({"said": "perhaps"}, "Choose one of the three answers."),
        ({"said": "corrected", "capacity": "-1"}, "greater than or equal to 0"),
        ({"said": "corrected", "capacity": "many"}, "whole number"),
        ({"said": "corrected", "phone": "9" * 61}, "60 characters"),
    ],
)
def test_a_wrong_answer_is_said_and_the_link_stays(
    kept: Keepers, secret: str, typed: dict[str, str], says: str
) -> None:
    answer = browser().post(place_of(secret), {"version": 1, "hours": "lunes"} | typed)
    assert answer.status_code == 422
    assert says in body(answer)
    assert "lunes" in body(answer)
    assert VerifyLink.objects.get().used_at is None


def test_who_may_ask(kept: Keepers) -> None:
    from cobijo.web.core.access.errors import Forbidden

    for account in (kept.people.ana, kept.people.carla, kept.people.adela, kept.people.aura):
        assert browser(account).get(ASK).status_code == 403
        with acting_as(account, "") as by, pytest.raises(Forbidden):
            links.ask(by=by, services=[kept.own])
    for account in (kept.people.sofia, kept.people.rita, kept.stella):
        VerifyLink.objects.all().delete()
        with acting_as(account, "") as by:
            assert links.ask(by=by, services=[kept.own])
    assert Client(headers={"host": "localhost"}).get(ASK).status_code == 302


def test_people_are_not_pestered_and_somebody_must_be_there(kept: Keepers, secret: str) -> None:
    page = browser(kept.cora)
    again = page.post(ASK, {"service": kept.own.pk})
    assert again.status_code == 422
    assert "Give them time, or telephone." in body(again)
    assert "No entry is chosen" in body(page.post(ASK, {}))
    VerifyLink.objects.all().delete()
    with acting_as(kept.cora, "") as by:
        remove_contacts(by=by, rows=[{"pk": kept.desk.pk, "version": 1}])
        assert not Contact.objects.exclude(email="").exists()
        with pytest.raises(InputProblem, match=r"services\.nobody_to_ask"):
            links.ask(by=by, services=[kept.own])
    assert "No contact with an e-mail address" in body(page.get(ASK))
    assert not mail.outbox


def test_only_a_hash_of_the_secret_is_kept(kept: Keepers, secret: str) -> None:
    link = VerifyLink.objects.get()
    assert secret.encode() not in bytes(link.secret_hash)
    for event in Event.objects.all():
        assert secret not in str(event.detail)
    assert link.expires_at - link.made_at <= links.LINK_LASTS


def test_whoever_tries_too_often_waits(kept: Keepers, secret: str) -> None:
    for _number in range(views.TRIES):
        assert browser().get(place_of("nothing")).status_code == 404
    assert browser().get(place_of(secret)).status_code == 429
    cache.clear()
    assert browser().get(place_of(secret)).status_code == 200


def test_the_manual_says_what_the_site_does() -> None:
    manual = " ".join(
        (ROOT / "docs" / "how-to" / "keep-the-directory.md").read_text(encoding="utf-8").split()
    )
    assert f"nobody verified for {queries.STALE.days} days" in manual
    assert f"It works for {links.LINK_LASTS.days} days and for one answer" in manual
    assert f"once in {rules.ASKED_AT_MOST_EVERY.days} days at most" in manual
    assert links.CORRECTED == ("capacity", "hours", "phone")
    assert "cobijo manage load_directory" in manual
    assert "load_directory" in get_commands()
