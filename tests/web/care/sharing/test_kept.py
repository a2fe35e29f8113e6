"""What a service keeps under a law of its own has an end, and everybody whom it concerns can read when."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cobijo.web.care.cases.rules import tables
from cobijo.web.care.sharing import answers, asks, codes, keeping, queries
from cobijo.web.care.sharing.models import Complaint, Packet, Referral
from cobijo.web.care.sharing.withdrawing import withdraw
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.audit.models import Event as Happened
from cobijo.web.core.dates import months_after
from cobijo.web.core.vault.models import Erasure
from tests.web.care.sharing.conftest import FIELDS, World

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


@pytest.fixture
def kept(world: World) -> Packet:
    consent = world.consent()
    world.sent(consent)
    with acting_as(world.rocio, "referral") as by:
        answers.accept(by=by, rows=[{"pk": queries.packets(by).get().pk}])
    with acting_as(world.people.ana, "referral") as by:
        withdraw(by=by, consents=[consent])
    with acting_as(world.rocio, "referral") as by:
        one = queries.packets(by).get()
        law = {"closing": "kept", "law": "LGDNNA", "article": "123", "fields": FIELDS[:1]}
        answers.confirm(by=by, rows=[{"pk": one.pk, "version": one.version, **law}])
        return queries.packets(by).get()


def turn(patching: pytest.MonkeyPatch, day: date) -> None:
    patching.setattr(keeping.timezone, "localdate", lambda moment=None: moment.date() if moment else day)


def test_it_goes_on_its_day_and_not_before(kept: Packet, monkeypatch: pytest.MonkeyPatch) -> None:
    over = months_after(timezone.localdate(), tables().keep("packet").months)
    assert keeping.kept_until(kept) == over
    turn(monkeypatch, over - timedelta(days=1))
    assert keeping.destroy_kept() == 0
    turn(monkeypatch, over)
    assert keeping.destroy_kept() == 1
    assert keeping.destroy_kept() == 0
    with acting_as_system("test", scopes="all"):
        assert not Packet.objects.exists()
        one = Referral.objects.get()
        assert (one.closing, one.closing_law, one.closing_article) == ("destroyed", "", "")
    assert Erasure.objects.filter(key_id=kept.key_id, reason="retention").exists()
    assert Happened.objects.filter(kind="packet", action="erase").count() == 1


def test_the_service_the_desk_and_the_child_read_until_when(
    world: World, kept: Packet, reader: Client
) -> None:
    from cobijo.web.core.dates import months_after as after

    day = after(timezone.localdate(), tables().keep("packet").months)
    said = f"{day:%Y}"
    with acting_as(world.people.ana, "follow_up") as by:
        code = codes.give_page_code(by=by, child=world.child, safety=list(codes.SAFETY))
        referral = queries.of_child(by, world.child).get()
    reader.post("/en/n/", {"do": "open", "code": code})
    page = reader.get("/en/n/").content.decode()
    assert "They keep a small part until" in page
    assert said in page
    for account, address, words in (
        (world.people.ana, f"/en/sharing/referral/{referral.pk}/", "keeps the least until"),
        (world.rocio, f"/en/sharing/packet/{kept.pk}/", "it is destroyed here"),
    ):
        desk = Client(headers={"host": "localhost"})
        desk.force_login(account)
        assert words in desk.get(address).content.decode()


def test_a_complaint_goes_long_after_it_was_settled(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    with acting_as_system("test", scopes="all") as system:
        settled, waits = (
            asks.complain(by=system, about=world.people.refuge, words="Somebody shouted") for _ in "ab"
        )
    with acting_as(world.aura, "complaint") as by:
        asks.move_complaints(by=by, rows=[{"pk": settled.pk, "state": "settled"}])
    over = months_after(timezone.localdate(), tables().keep("complaint").months) + timedelta(days=3)
    turn(monkeypatch, over - timedelta(days=40))
    assert keeping.destroy_complaints() == 0
    turn(monkeypatch, over)
    assert keeping.destroy_complaints() == 1
    assert keeping.destroy_complaints() == 0
    assert list(Complaint.objects.values_list("pk", flat=True)) == [waits.pk]
    assert Erasure.objects.filter(key_id=settled.key_id).exists()
    assert Happened.objects.get(kind="complaint", action="erase").ids == [settled.pk]
