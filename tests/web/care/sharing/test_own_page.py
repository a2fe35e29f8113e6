"""The child's own page: a code and no account, nothing that endangers, and every action past whoever might stop it."""

from __future__ import annotations

import re
from datetime import time, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import DatabaseError, IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import catalogue
from cobijo.web.care.cases import services as cases
from cobijo.web.care.children import services as children
from cobijo.web.care.sharing import answers, asks, codes, queries
from cobijo.web.care.sharing.models import Code, Complaint, Consent, Packet, Referral, Wish
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.models import Holding
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event as Happened
from cobijo.web.directory.services.models import Service
from cobijo.web.operations.inside import end_ways_in
from tests.web.care.children.made import CANARY, ago
from tests.web.care.sharing.conftest import World

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("open_vault")]

SAFE = list(codes.SAFETY)


def given(world: World) -> str:
    with acting_as(world.people.ana, "follow_up") as by:
        return codes.give_page_code(by=by, child=world.child, safety=SAFE)


def opened(reader: Client, code: str) -> str:
    answer = reader.post("/en/n/", {"do": "open", "code": code})
    assert answer.status_code == 303
    assert answer["Location"] == "/en/n/"
    return reader.get("/en/n/").content.decode()


def key_of(body: str) -> str:
    found = re.search(r'name="key" value="([0-9a-f]+)"', body)
    assert found is not None
    return found[1]


def code_of(refused: Any) -> str:
    problem = refused.value
    assert isinstance(problem, CobijoError)
    assert problem.code in catalogue()
    return problem.code


def test_a_code_has_twenty_digits_and_only_a_hash_is_kept(world: World) -> None:
    code = given(world)
    assert re.fullmatch(r"[0-9]{20}", code)
    kept = Code.objects.get()
    assert code[4:] not in f"{kept.__dict__}"
    assert kept.secret_hash.startswith("argon2$")
    assert codes.find("page", codes.grouped(code)).pk == kept.pk


def test_a_restored_site_lets_nobody_in_by_a_code_of_the_copy(world: World) -> None:
    code = given(world)
    assert end_ways_in() == 0  # no key to the API, no invitation
    with pytest.raises(InputProblem) as refused:
        codes.find("page", code)
    assert code_of(refused) == "sharing.code_wrong"
    assert codes.find("page", given(world))


@pytest.mark.parametrize("missing", SAFE)
def test_no_code_without_every_line_of_the_safety_check(world: World, missing: str) -> None:
    with acting_as(world.people.ana, "follow_up") as by, pytest.raises(InputProblem) as refused:
        codes.give_page_code(by=by, child=world.child, safety=[one for one in SAFE if one != missing])
    assert code_of(refused) == "sharing.not_safe_yet"
    assert not Code.objects.exists()


def test_nobody_else_gives_a_code_and_a_small_child_gets_none(world: World) -> None:
    for other in (world.people.berta, world.people.carla, world.rocio, world.people.adela):
        with acting_as(other, "follow_up") as by, pytest.raises(Forbidden):
            codes.give_page_code(by=by, child=world.child, safety=SAFE)
    with acting_as(world.people.ana, "follow_up") as by:
        children.change(by=by, rows=[{"pk": world.child.pk, "version": 1, "birth_date": ago(365 * 9)}])
        world.child.refresh_from_db()
        with pytest.raises(InputProblem) as refused:
            codes.give_page_code(by=by, child=world.child, safety=SAFE)
    assert code_of(refused) == "sharing.too_young_for_page"


def test_a_new_code_ends_the_one_before_and_a_revoked_one_ends_the_visit(
    world: World, reader: Client
) -> None:
    first, second = given(world), given(world)
    with pytest.raises(InputProblem):
        codes.find("page", first)
    assert "What we know about you" in opened(reader, second)
    with acting_as(world.people.ana, "follow_up") as by:
        codes.revoke_page_code(by=by, child=world.child)
    assert "Type your numbers" in reader.get("/en/n/").content.decode()


def test_five_wrong_tries_and_the_code_rests(world: World, reader: Client) -> None:
    code = given(world)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    for _ in range(5):
        answer = reader.post("/en/n/", {"do": "open", "code": wrong})
        assert answer.status_code == 422
        assert catalogue()["sharing.code_wrong"] in answer.content.decode()
        assert not answer.cookies
    answer = reader.post("/en/n/", {"do": "open", "code": code})  # the right one, too late
    assert answer.status_code == 422
    assert catalogue()["sharing.code_locked"].split(":")[0] in answer.content.decode()
    assert Happened.objects.filter(outcome="refused", kind="code", action="open_page").count() == 6
    assert Happened.objects.filter(kind="code", action="lock").count() == 1
    cache.clear()  # a day later
    assert "What we know about you" in opened(reader, code)


@pytest.mark.parametrize("address", ["/en/n/", "/en/p/"])
def test_whoever_guesses_the_first_four_digits_shuts_nobody_out(
    world: World, reader: Client, address: str
) -> None:
    """Neither a child nor a service, from however many places; whoever gave the code is told, and gives another."""
    sent = without_account(world)
    code = given(world) if address == "/en/n/" else sent.code
    wrong = code[:4] + f"{(int(code[4:]) + 1) % 10**16:016d}"
    for place in range(12):
        for _ in range(6):
            answer = reader.post(address, {"do": "open", "code": wrong}, REMOTE_ADDR=f"192.0.2.{place}")
            assert answer.status_code == 422
    kind = "page" if address == "/en/n/" else "packet"
    kept = Code.objects.get(kind=kind)
    assert kept.tries == 12 * codes.TRIES  # those while it rested are none
    assert codes.tried(kept)
    answer = reader.post(address, {"do": "open", "code": code}, REMOTE_ADDR="198.51.100.7")
    assert answer.status_code == (303 if kind == "page" else 200)
    assert Code.objects.get(kind=kind).tries == 0


def test_tries_at_once_are_counted_before_any_is_wrong(
    world: World, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    code = given(world)
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    tried: list[str] = []
    inside: list[int] = []

    def slow(typed: str, encoded: str) -> bool:
        if encoded == Code.objects.get().secret_hash:
            tried.append(typed)
            inside.append(len(inside))
            if len(inside) < 8:  # the next one comes before this one is known to be wrong
                reader.post("/en/n/", {"do": "open", "code": wrong})
        return False

    monkeypatch.setattr(codes, "check_password", slow)
    reader.post("/en/n/", {"do": "open", "code": wrong})
    assert len(tried) == codes.TRIES


@pytest.mark.parametrize("address", ["/en/n/", "/en/p/"])
def test_another_sites_page_tries_no_codes(world: World, reader: Client, address: str) -> None:
    """Its readers' browsers would be as many places, and a child would stand in a stranger's visit."""
    code = given(world)
    for typed in (code, code[:-1] + "x", code[:-1] + str((int(code[-1]) + 1) % 10)):
        answer = reader.post(address, {"do": "open", "code": typed}, headers={"Sec-Fetch-Site": "cross-site"})
        assert (answer.status_code, answer["Location"]) == (303, address)
        assert not answer.cookies
    assert Code.objects.get().tries == 0
    here = reader.post("/en/n/", {"do": "open", "code": code}, headers={"Sec-Fetch-Site": "same-origin"})
    assert here.cookies


def test_one_network_is_one_place(world: World, reader: Client) -> None:
    """Whoever has an IPv6 address has 2^64 of them."""
    code = given(world)
    for number in range(20):
        there = f"2001:db8:1:2::{number:x}"
        reader.post("/en/n/", {"do": "open", "code": f"{number:020d}"}, REMOTE_ADDR=there)
    last = reader.post("/en/n/", {"do": "open", "code": code}, REMOTE_ADDR="2001:db8:1:2:ffff::1")
    assert last.status_code == 429
    assert (
        reader.post("/en/n/", {"do": "open", "code": code}, REMOTE_ADDR="2001:db8:1:3::1").status_code == 303
    )


def test_many_codes_from_one_place_are_too_often(world: World, reader: Client) -> None:
    code = given(world)
    for number in range(20):
        reader.post("/en/n/", {"do": "open", "code": f"{number:020d}"})
    assert reader.post("/en/n/", {"do": "open", "code": code}).status_code == 429


def test_the_page_is_neutral_and_leaves_nothing_behind(world: World, reader: Client) -> None:
    door = reader.get("/en/n/")
    assert not door.cookies
    code = given(world)
    answer = reader.post("/en/n/", {"do": "open", "code": code})
    page = reader.get("/en/n/")
    for one in (door, answer, page):
        assert one["Cache-Control"] == "no-store"
        assert one["Referrer-Policy"] == "no-referrer"
    assert set(reader.cookies) == {"n"}
    cookie = reader.cookies["n"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["max-age"] == ""  # gone with the browser
    body = page.content.decode()
    assert "<title>Notes</title>" in body
    for said in ("Cobijo", "exploit", "victim", "abuse", code, codes.grouped(code)):
        assert said not in body
        assert said not in door.content.decode()
    assert "browser may remember" in body
    assert "data-leave" in body
    assert body.count("<h1") == 1


def test_it_shows_kinds_and_receivers_and_nothing_that_endangers(world: World, reader: Client) -> None:
    with acting_as(world.people.ana, "follow_up") as by:
        cases.assess(
            by=by,
            rows=[{"case": world.case, "risk": "high", "wishes": f"{CANARY} wants", "safe_tonight": True}],
        )
    sent = world.sent(world.consent())
    with acting_as(world.rocio, "referral") as by:
        answers.open_packet(by, queries.packets(by).get())
    body = opened(reader, given(world))
    for said in ("Refuge", "Clinic", "Your name and age", "Receiving service", "They have not answered yet"):
        assert said in body, said
    hidden = (
        "Lupita",
        CANARY,
        "Vázquez",
        "Lic. Mar",
        "aunt",
        "Ana",
        "Rocio",
        "Sofia",
        "high",
        "MX-OAX",
        sent.referral.code,
    )
    for never in (*hidden, world.child.code, world.case.code):
        assert not re.search(rf"\b{re.escape(never)}\b", body), never
    assert Happened.objects.filter(action="see_page", kind="child").count() == 1


def test_a_shelter_is_never_named(world: World, reader: Client) -> None:
    world.sent(world.consent())
    Service.objects.filter(pk=world.service.pk).update(hidden_address=True)
    Service.objects.create(organisation=world.people.refuge, name="House", kind="shelter")
    body = opened(reader, given(world))
    assert "Refuge" not in body  # nor the one that keeps the record, not even to complain about it
    assert "With the people who help me" in body
    assert "A place whose name we keep safe" in body
    assert "Clinic" not in body


def test_prosecution_is_not_on_the_page(world: World, reader: Client) -> None:
    from tests.web.people import organisation, person

    fiscalia = organisation("fiscalia", kind="prosecution")
    person("Fermin", Role.RECEIVING_SERVICE, of=fiscalia)
    law = world.consent(
        recipient=fiscalia, service=None, purpose="justice", verdict="law", law="CNPP", article="222", giver="nobody",
        says="told",
    )  # fmt: skip
    world.sent(law)
    body = opened(reader, given(world))
    assert "Fiscalia" not in body
    assert "CNPP" not in body


def test_the_child_withdraws_and_access_is_closed(world: World, reader: Client) -> None:
    consent = world.consent()
    world.sent(consent)
    body = opened(reader, given(world))
    answer = reader.post("/en/n/", {"do": "stop", "which": consent.pk, "key": key_of(body)})
    assert (answer.status_code, answer["Location"]) == (303, "/en/n/")
    after = reader.get("/en/n/").content.decode()
    assert "It is stopped" in after
    assert "Sharing is stopped" in after
    with acting_as_system("test", scopes="all"):
        assert Referral.objects.get().state == "withdrawn"
        assert Consent.objects.get(withdraws=consent).way == "code"
        assert Packet.objects.get().closed_at is not None
    with acting_as(world.rocio, "referral") as by, pytest.raises(InputProblem):
        answers.open_packet(by, queries.packets(by).get())


def test_without_the_pages_key_or_for_another_child_nothing_is_done(world: World, reader: Client) -> None:
    consent = world.consent()
    body = opened(reader, given(world))
    assert reader.post("/en/n/", {"do": "stop", "which": consent.pk, "key": "0" * 64}).status_code == 303
    assert reader.get("/en/n/").content.decode().count("Type your numbers") == 1  # and the visit is over
    with acting_as(world.people.ana, "intake") as by:
        (other,) = children.register(
            by=by, rows=[{"given": "Kevin", "birth_date": ago(365 * 14), "age_known": "known"}]
        )
        code = codes.give_page_code(by=by, child=other, safety=SAFE)
    body = opened(reader, code)
    assert reader.post("/en/n/", {"do": "stop", "which": consent.pk, "key": key_of(body)}).status_code == 422
    with acting_as_system("test", scopes="all"):
        assert not Consent.objects.filter(verdict="withdrawn").exists()


def test_the_child_asks_for_a_person_and_a_correction(world: World, reader: Client) -> None:
    body = opened(reader, given(world))
    for what, words in (("person", ""), ("correct", f"{CANARY} is not my name")):
        assert reader.post("/en/n/", {"do": what, "words": words, "key": key_of(body)}).status_code == 303
        assert "We got it" in reader.get("/en/n/").content.decode()
    assert reader.post("/en/n/", {"do": "correct", "words": " ", "key": key_of(body)}).status_code == 422
    with acting_as(world.people.ana, "follow_up") as by:
        from cobijo.web.core.screens.clocks import due_for

        assert {"sharing.wish_person", "sharing.wish_correct"} <= {one.code for one in due_for(by)}
        rows = list(queries.wishes(by, world.child))
        asks.answer_wishes(by=by, rows=[{"pk": one.pk} for one in rows])
    with acting_as(world.people.berta, "follow_up") as by, pytest.raises((Forbidden, InputProblem)):
        asks.answer_wishes(by=by, rows=[{"pk": rows[0].pk}])
    with acting_as_system("test", scopes="all"):
        assert Wish.objects.filter(answered_at=None).count() == 0


def test_a_complaint_goes_past_the_organisation(world: World, reader: Client) -> None:
    body = opened(reader, given(world))
    about = world.people.refuge
    said = {"do": "complain", "about": "holder", "words": f"{CANARY}: she shouted at me", "key": key_of(body)}
    assert reader.post("/en/n/", said).status_code == 303
    after = reader.get("/en/n/").content.decode()
    made = Complaint.objects.get()
    assert made.answer_to in after
    assert made.handled_by_id == world.people.hospital.pk
    with acting_as(world.aura, "complaint") as by:
        assert queries.complaint_words(by, queries.complaints(by).get())["words"].startswith(CANARY)
        asks.move_complaints(by=by, rows=[{"pk": made.pk, "state": "under_way"}])
    inside = [world.people.ana, world.people.sofia, world.people.adela, world.people.rita]
    inside.append(world.people.berta)
    Holding.objects.create(account=world.people.berta, role=Role.AUDITOR)  # even an auditor of their own
    for one in inside:
        with acting_as(one, "complaint") as by:
            assert not queries.complaints(by).exists()
            with pytest.raises(Forbidden):
                queries.complaint_words(by, made)
    with pytest.raises((IntegrityError, DatabaseError)), transaction.atomic():
        Complaint.objects.update(handled_by=about)


def test_nothing_ties_a_complaint_to_the_child_by_its_hour(
    world: World, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page before and the page after are in the audit to the second. The complaint is there by its day."""
    body = opened(reader, given(world))
    for words in ("She shouted", "He shouted"):
        reader.post("/en/n/", {"do": "complain", "about": "holder", "words": words, "key": key_of(body)})
        reader.get("/en/n/")
    assert Happened.objects.filter(action="see_page").count() == 3
    assert not Happened.objects.filter(kind="complaint").exists()
    for one in Complaint.objects.all():
        for moment in (one.made_at, one.changed_at):
            assert timezone.localtime(moment).time() == time.min
    assert asks.record_complaints() == 0  # the day is not over
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=1))
    assert asks.record_complaints() == 2
    assert asks.record_complaints() == 0  # once
    event = Happened.objects.get(kind="complaint", action="complain")
    assert sorted(event.ids) == sorted(Complaint.objects.values_list("pk", flat=True))
    assert event.detail == {
        "to": world.people.hospital.pk,
        "on": (timezone.localdate() - timedelta(days=1)).isoformat(),
    }
    assert not Happened.objects.filter(kind="complaint", at__lt=now + timedelta(days=1)).exists()


def test_one_code_complains_so_often_a_day_and_no_more(
    world: World, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = opened(reader, given(world))
    said = {"do": "complain", "about": "holder", "words": "She shouted", "key": key_of(body)}
    empty = said | {"words": " "}
    assert reader.post("/en/n/", empty).status_code == 422
    for _ in range(asks.A_DAY):
        assert reader.post("/en/n/", said).status_code == 303
    answer = reader.post("/en/n/", said)
    assert answer.status_code == 422
    assert "Write again tomorrow" in answer.content.decode()
    assert Complaint.objects.count() == asks.A_DAY
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=1))
    body = opened(reader, given(world))
    assert reader.post("/en/n/", said | {"key": key_of(body)}).status_code == 303


def test_a_child_complains_about_the_shelter_that_has_no_name_here(world: World, reader: Client) -> None:
    world.sent(world.consent())
    Service.objects.filter(pk=world.service.pk).update(hidden_address=True)
    body = opened(reader, given(world))
    assert "A place whose name we keep safe, since" in body
    assert "Clinic" not in body
    assert f'value="{world.clinic.pk}"' not in body
    said = {"do": "complain", "about": "place-1", "words": "She shouted", "key": key_of(body)}
    assert reader.post("/en/n/", said).status_code == 303
    assert Complaint.objects.get().about_id == world.clinic.pk
    assert reader.post("/en/n/", said | {"about": str(world.people.hospital.pk)}).status_code == 422


def test_without_another_body_nobody_inside_gets_it(world: World) -> None:
    Holding.objects.filter(role__in=(Role.AUDITOR, Role.COORDINATOR)).delete()
    with acting_as_system("test", scopes="all") as system, pytest.raises(InputProblem) as refused:
        asks.complain(by=system, about=world.people.refuge, words="x")
    assert code_of(refused) == "sharing.no_other_body"


# --- A packet without an account ------------------------------------------------------------------------------------


def without_account(world: World) -> Any:
    Holding.objects.filter(account__in=(world.rocio, world.saul)).delete()
    return world.sent(world.consent())


def test_a_packet_opens_once_with_a_code(world: World, reader: Client) -> None:
    sent = without_account(world)
    assert re.fullmatch(r"[0-9]{20}", sent.code)
    first = reader.post("/en/p/", {"code": codes.grouped(sent.code)}).content.decode()
    assert CANARY in first
    again = reader.post("/en/p/", {"code": sent.code}).content.decode()
    assert CANARY not in again
    assert "opened before" in again
    assert 'value="done"' not in again  # nobody reports on what was not accepted
    with acting_as_system("test", scopes="all"):
        assert bytes(Packet.objects.get().sealed) == b""
    done = reader.post("/en/p/", {"answer": "accepted", "key": key_in(again)})
    assert "Your answer has arrived" in done.content.decode()
    with acting_as(world.people.ana, "referral") as by:
        now = queries.of_child(by, world.child).get()
        assert now.state == "accepted"
        assert [one.role for one in queries.openings(by, now)] == [""]


def test_who_accepted_by_code_reports_back_with_it_weeks_later(
    world: World, reader: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = without_account(world)
    body = reader.post("/en/p/", {"code": sent.code}).content.decode()
    reader.post("/en/p/", {"answer": "accepted", "key": key_in(body)})
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=20))
    body = reader.post("/en/p/", {"code": sent.code}).content.decode()
    assert "What came of it?" in body
    assert 'value="accepted"' not in body
    answer = reader.post("/en/p/", {"answer": "done", "outcome": "served", "key": key_in(body)})
    assert "The sender knows your answer" in answer.content.decode()
    with acting_as_system("test", scopes="all"):
        assert Referral.objects.get().outcome == "served"
    last = reader.post("/en/p/", {"code": sent.code})
    assert last.status_code == 422
    assert catalogue()["sharing.answered_already"] in last.content.decode()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(days=32))  # after the consent
    assert catalogue()["sharing.code_wrong"] in reader.post("/en/p/", {"code": sent.code}).content.decode()


def test_another_code_for_a_packet_that_nobody_opened(world: World, reader: Client) -> None:
    sent = without_account(world)
    for stranger in (world.people.berta, world.people.carla, world.saul):
        with acting_as(stranger, "referral") as by, pytest.raises((Forbidden, InputProblem)):
            codes.another_packet_code(by=by, referral=sent.referral)
    with acting_as(world.people.ana, "referral") as by:
        digits = codes.another_packet_code(by=by, referral=sent.referral)
    assert reader.post("/en/p/", {"code": sent.code}).status_code == 422
    assert CANARY in reader.post("/en/p/", {"code": digits}).content.decode()
    with acting_as(world.people.ana, "referral") as by, pytest.raises(InputProblem) as refused:
        codes.another_packet_code(by=by, referral=sent.referral)
    assert code_of(refused) == "sharing.no_more_codes"


def test_a_packet_declined_by_code_leaves_nothing(world: World, reader: Client) -> None:
    sent = without_account(world)
    body = reader.post("/en/p/", {"code": sent.code}).content.decode()
    assert reader.post("/en/p/", {"answer": "declined", "key": key_in(body)}).status_code == 422  # why?
    reader.post("/en/p/", {"answer": "declined", "reason": "full", "key": key_in(body)})
    with acting_as_system("test", scopes="all"):
        assert not Packet.objects.exists()
        assert Referral.objects.get().reason == "full"
    assert reader.post("/en/p/", {"code": sent.code}).status_code == 422


def test_five_wrong_tries_and_a_packet_rests_for_that_place(world: World, reader: Client) -> None:
    sent = without_account(world)
    wrong = sent.code[:-1] + str((int(sent.code[-1]) + 1) % 10)
    for _ in range(5):
        assert reader.post("/en/p/", {"code": wrong}).status_code == 422
    answer = reader.post("/en/p/", {"code": sent.code})
    assert answer.status_code == 422
    assert catalogue()["sharing.code_locked"] in answer.content.decode()
    assert Happened.objects.filter(kind="code", action="lock").count() == 1
    with acting_as_system("test", scopes="all"):
        assert bytes(Packet.objects.get().sealed)  # nothing is lost
    forged = reader.post("/en/p/", {"answer": "accepted", "key": "forged:key"})
    assert forged.status_code == 422


def key_in(body: str) -> str:
    found = re.search(r'name="key" value="([^"]+)"', body)
    assert found is not None
    return found[1]
