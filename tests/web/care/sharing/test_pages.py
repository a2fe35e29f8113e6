"""The pages: four steps to a referral, an answer, a withdrawal; both languages whole; strangers find nothing."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from cobijo.web.care.sharing.models import Consent, Packet, Referral
from cobijo.web.core.access.context import acting_as_system
from cobijo.web.core.accounts.models import Account
from tests.web.care.children.made import CANARY
from tests.web.care.sharing.conftest import FIELDS, World

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("open_vault")]
ROOT = Path(__file__).parents[4]


def at(account: Account) -> Client:
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(account)
    return client


def hidden(body: str, name: str) -> list[str]:
    return [unescape(one) for one in re.findall(rf'name="{name}" value="([^"]*)"', body)]


def test_four_steps_and_the_preview_is_what_arrives(world: World) -> None:
    world.consent()
    ana = at(world.people.ana)
    one = world.child.pk
    listed = ana.get(f"/en/sharing/child/{one}/refer/?need=mental_health&area=MX-OAX")
    assert "Listening room" in listed.content.decode()
    step = f"/en/sharing/child/{one}/refer/{world.service.pk}/"
    assert "Step 2 of 4" in ana.get(step).content.decode()
    chosen = {"fields": FIELDS, "urgency": "today", "request": "Two sessions"}
    seen = ana.post(step, {**chosen, "step": "preview"}).content.decode()
    shown = re.search(r'<article class="group"[^>]*>(.*?)</article>', seen, re.DOTALL)
    assert shown is not None
    assert CANARY in shown[1]
    sent = ana.post(step, {**chosen, "step": "send", "digest": hidden(seen, "digest")[0]})
    assert sent.status_code == 302
    rocio = at(world.rocio)
    assert "Refuge" in rocio.get("/en/sharing/").content.decode()
    with acting_as_system("test", scopes="all"):
        packet = Packet.objects.get()
    arrived = rocio.get(f"/en/sharing/packet/{packet.pk}/").content.decode()
    received = re.search(r'<article class="group"[^>]*>(.*?)</article>', arrived, re.DOTALL)
    assert received is not None
    assert received[1] == shown[1]
    step = f"/en/sharing/packet/{packet.pk}/"
    assert rocio.post(step, {"step": "decline", "version": 1}).status_code == 422
    assert rocio.post(step, {"step": "accept", "version": packet.version}).status_code == 302
    assert "accepted" in ana.get(sent["Location"]).content.decode()


def test_a_wrong_hash_sends_nothing_and_keeps_what_was_chosen(world: World) -> None:
    world.consent()
    ana = at(world.people.ana)
    step = f"/en/sharing/child/{world.child.pk}/refer/{world.service.pk}/"
    chosen = {"fields": FIELDS, "urgency": "today", "request": "Two sessions"}
    answer = ana.post(step, {**chosen, "step": "send", "digest": "0" * 64})
    assert answer.status_code == 422
    assert "Two sessions" in answer.content.decode()
    with acting_as_system("test", scopes="all"):
        assert not Referral.objects.exists()


def test_without_consent_the_page_says_what_to_do_and_the_form_records_it(world: World) -> None:
    ana = at(world.people.ana)
    step = f"/en/sharing/child/{world.child.pk}/refer/{world.service.pk}/"
    assert "has not agreed" in ana.get(step).content.decode()
    form = f"/en/sharing/child/{world.child.pk}/consent/?service={world.service.pk}"
    said = {
        "recipient": world.clinic.pk, "purpose": "referral", "told_duty": "on", "verdict": "given", "says": "yes",
        "giver": "guardian", "until": "2027-01-01", "fields": FIELDS,
    }  # fmt: skip
    refused = ana.post(form, said)
    assert refused.status_code == 422
    assert "guardian" in refused.content.decode()
    assert ana.post(form, {**said, "giver": "representative"}).status_code == 302
    page = ana.get(f"/en/sharing/child/{world.child.pk}/").content.decode()
    with acting_as_system("test", scopes="all"):
        consent = Consent.objects.get()
    assert f"/withdraw/{consent.pk}/" in page
    assert ana.post(f"/en/sharing/child/{world.child.pk}/withdraw/{consent.pk}/").status_code == 302
    with acting_as_system("test", scopes="all"):
        assert Consent.objects.filter(withdraws=consent).exists()


def addresses(world: World, packet: Any, referral: Any, consent: Any) -> list[str]:
    child = world.child.pk
    return [
        f"sharing/child/{child}/", f"sharing/child/{child}/consent/", f"sharing/child/{child}/code/",
        f"sharing/child/{child}/withdraw/{consent.pk}/", f"sharing/child/{child}/refer/",
        f"sharing/child/{child}/refer/{world.service.pk}/", f"sharing/referral/{referral.pk}/",
        f"sharing/packet/{packet.pk}/",
    ]  # fmt: skip


def test_strangers_find_nothing_and_nobody_without_an_account_gets_in(world: World, reader: Client) -> None:
    consent = world.consent()
    referral = world.sent(consent).referral
    with acting_as_system("test", scopes="all"):
        packet = Packet.objects.get()
    found = addresses(world, packet, referral, consent)
    for stranger in (
        world.people.carla,
        world.people.berta,
        world.people.hugo,
        world.people.adela,
        world.aura,
    ):
        client = at(stranger)
        assert [client.get(f"/en/{one}").status_code for one in found] == [404] * len(found), stranger.name
    assert [reader.get(f"/en/{one}").status_code for one in found] == [302] * len(found)
    ana = at(world.people.ana)
    assert [ana.get(f"/en/{one}").status_code for one in found] == [200] * 7 + [404]
    rocio = at(world.rocio)
    assert [rocio.get(f"/en/{one}").status_code for one in found] == [404] * 7 + [200]


def test_pages_are_whole_in_both_languages_and_never_kept(world: World) -> None:
    consent = world.consent()
    referral = world.sent(consent).referral
    with acting_as_system("test", scopes="all"):
        packet = Packet.objects.get()
    for language in ("es", "en"):
        ana, rocio, sofia, aura = (
            at(one) for one in (world.people.ana, world.rocio, world.people.sofia, world.aura)
        )
        asked = [(ana, one) for one in addresses(world, packet, referral, consent)[:-1]]
        asked += [(rocio, f"sharing/packet/{packet.pk}/"), (rocio, "sharing/"), (sofia, "sharing/sign/")]
        asked += [
            (aura, "sharing/complaints/"),
            (sofia, "sharing/agreements/"),
            (sofia, "sharing/agreements/new/"),
        ]
        for client, one in asked:
            answer = client.get(f"/{language}/{one}")
            body = answer.content.decode()
            assert answer.status_code == 200, one
            assert answer["Cache-Control"] == "no-store"
            assert body.count("<h1") == 1
            title = re.search(r"<title>(.*?)</title>", body, re.DOTALL)
            assert title is not None
            assert "Lupita" not in title[1]
            assert CANARY not in title[1]
