"""What SORMAS teaches: the preview is the packet, its new owner sees it, a refusal leaves nothing."""

from __future__ import annotations

import hashlib
import json
from datetime import date, timedelta
from importlib import import_module
from typing import Any
from unittest import mock

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.utils import timezone

from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import catalogue
from cobijo.web.care.cases import links, transfers, work
from cobijo.web.care.cases.models import SafetyPlan
from cobijo.web.care.children import services as children
from cobijo.web.care.sharing import agreements, answers, clocks, consents, queries, referrals
from cobijo.web.care.sharing.models import Consent, Opening, Packet, Referral, Signature
from cobijo.web.care.sharing.recipients import HELPS, NEVER, OFFERS, PROSECUTORS, check_recipient
from cobijo.web.care.sharing.states import STEPS, State
from cobijo.web.care.sharing.withdrawing import take_back, withdraw
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.models import Organisation, OrganisationKind
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event as Happened
from cobijo.web.core.screens.clocks import due_for
from cobijo.web.core.screens.writing import Stale
from cobijo.web.core.vault.errors import Erased
from cobijo.web.core.vault.sealing import unseal
from cobijo.web.directory.services.models import Service
from tests.web.care.children.made import CANARY
from tests.web.care.sharing.conftest import FIELDS, World, agreement_of
from tests.web.people import organisation, person

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("open_vault")]


def code_of(refused: Any) -> str:
    problem = refused.value
    assert isinstance(problem, CobijoError)
    assert problem.code in catalogue()
    return problem.code


def packet_of(sent: Any) -> Packet:
    with acting_as_system("test", scopes="all"):
        return Packet.objects.get(referral_id=sent.referral.pk)


def state_of(sent: Any) -> Referral:
    with acting_as_system("test", scopes="all"):
        return Referral.objects.get(pk=sent.referral.pk)


def answer(world: World, sent: Any, step: Any, **more: Any) -> None:
    with acting_as(world.rocio, "referral") as by:
        packet = queries.packets(by).get(referral_id=sent.referral.pk)
        step(by=by, rows=[{"pk": packet.pk, "version": packet.version, **more}])


def everything() -> str:
    """Every cell of every table, as the system reads it."""
    found = []
    with acting_as_system("test", scopes="all"), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                found += [
                    bytes(one).decode("latin-1") if isinstance(one, bytes | memoryview) else str(one)
                    for one in row
                ]
    return " ".join(found)


# --- The preview is the packet -------------------------------------------------------------------------------------


def test_the_preview_is_the_packet_byte_for_byte(world: World) -> None:
    consent = world.consent()
    with acting_as(world.people.ana, "referral") as by:
        seen = referrals.preview(by, world.choice(consent))
    sent = world.sent(consent)
    with acting_as(world.rocio, "referral") as by:
        read = answers.open_packet(by, queries.packets(by).get())
    assert read["json"].encode() == seen.json.encode()
    assert read["html"].encode() == seen.html.encode()
    assert sent.referral.digest == hashlib.sha256(f"{read['json']}\0{read['html']}".encode()).hexdigest()
    assert CANARY in read["json"]
    assert "Vázquez" not in read["json"]  # the surname was not agreed
    assert "Vázquez" not in read["html"]


def test_a_record_that_changed_after_the_preview_is_not_sent(world: World) -> None:
    choice = world.choice(world.consent())
    with acting_as(world.people.ana, "referral") as by:
        seen = referrals.preview(by, choice)
        children.change(
            by=by, rows=[{"pk": world.child.pk, "version": 1, "safe_contact": "Nobody but school"}]
        )
        world.child.refresh_from_db()
        choice = world.choice(choice.consent)
        with pytest.raises(InputProblem) as refused:
            referrals.send(by=by, rows=[(choice, seen.digest)])
        assert code_of(refused) == "sharing.packet_changed"
        assert not Referral.objects.exists()
    with acting_as_system("test", scopes="all"):
        assert not Packet.objects.exists()


def test_a_packet_escapes_what_was_written(world: World) -> None:
    with acting_as(world.people.ana, "referral") as by:
        seen = referrals.preview(by, world.choice(world.consent(), request="<script>alert(1)</script>"))
    assert "<script>" not in seen.html
    assert "&lt;script&gt;" in seen.html


# --- Who sees it ----------------------------------------------------------------------------------------------------


def test_an_accepted_packet_is_seen_by_its_new_owner_and_nobody_else(world: World) -> None:
    sent = world.sent(world.consent())
    other = person("Raul", Role.RECEIVING_SERVICE, of=world.clinic)
    answer(world, sent, answers.accept)
    assert state_of(sent).state == "accepted"
    for account, seen in (
        (world.rocio, 1),
        (world.saul, 1),
        (other, 0),
        (world.people.ana, 0),
        (world.people.carla, 0),
    ):
        with acting_as(account, "referral") as by:
            assert queries.packets(by).count() == seen, account.name
    with acting_as(world.rocio, "referral") as by:
        assert CANARY in answers.open_packet(by, queries.packets(by).get())["html"]
        assert queries.referrals(by).count() == 0
        from cobijo.web.care.children.queries import child

        assert child(by, world.child.pk) is None  # the packet, and nothing of the record


def test_only_the_packet_reaches_the_recipient_and_rows_only_their_own_side(
    on_postgresql: None, world: World
) -> None:
    from cobijo.web.care.children.models import Child

    world.sent(world.consent())
    with acting_as(world.rocio, "referral"):
        counts = [model.objects.count() for model in (Packet, Referral, Consent, Opening, Child)]
        assert counts == [1, 0, 0, 0, 0]
    with acting_as(world.people.ana, "referral"):
        assert [model.objects.count() for model in (Packet, Referral, Consent)] == [0, 1, 1]
    for stranger in (
        world.people.carla,
        world.people.hugo,
        world.people.adela,
        world.people.berta,
        world.people.rita,
    ):
        with acting_as(stranger, "referral"):
            assert [model.objects.count() for model in (Packet, Referral, Consent, Opening)] == [0, 0, 0, 0]


def test_a_stranger_opens_and_answers_nothing(world: World) -> None:
    sent = world.sent(world.consent())
    packet = packet_of(sent)
    for stranger in (
        world.people.ana,
        world.people.carla,
        world.people.rita,
        world.people.adela,
        world.people.aura,
    ):
        with acting_as(stranger, "referral") as by:
            with pytest.raises((Forbidden, InputProblem)), transaction.atomic():
                answers.open_packet(by, packet)
            with pytest.raises((Forbidden, InputProblem)), transaction.atomic():
                answers.decline(by=by, rows=[{"pk": packet.pk, "version": 1, "reason": "full"}])
    assert state_of(sent).state == "sent"


# --- A refusal leaves nothing -----------------------------------------------------------------------------------------


def test_a_refusal_leaves_nothing_but_that_and_why(world: World) -> None:
    sent = world.sent(world.consent())
    packet = packet_of(sent)
    sealed = bytes(packet.sealed)
    assert CANARY in unseal(packet.key_id, packet.place(), sealed)["html"]
    answer(world, sent, answers.decline, reason="full")
    assert (state_of(sent).state, state_of(sent).reason) == ("declined", "full")
    text = everything()
    assert CANARY not in text
    assert sealed.decode("latin-1") not in text
    with acting_as_system("test", scopes="all"):
        assert not Packet.objects.exists()
    from cobijo.web.core.vault import services as vault

    vault.replay_erasures()  # in a test nothing commits; then the key is gone, and a copy in a backup opens no more
    with pytest.raises(Erased):
        unseal(packet.key_id, packet.place(), sealed)
    with acting_as(world.people.ana, "referral") as by:
        assert queries.of_child(by, world.child).get().get_reason_display() == "No free place"


def test_a_refusal_needs_its_reason(world: World) -> None:
    sent = world.sent(world.consent())
    with pytest.raises(InputProblem) as refused:
        answer(world, sent, answers.decline, reason="because")
    assert code_of(refused) == "sharing.reason_missing"
    assert packet_of(sent).state == "sent"


# --- A withdrawal shuts it --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("accepted", [False, True])
def test_a_withdrawal_closes_access_in_its_own_transaction(world: World, accepted: bool) -> None:
    consent = world.consent()
    sent = world.sent(consent)
    with acting_as(world.people.ana, "follow_up") as by:
        work.write_safety_plans(
            by=by, rows=[{"case": world.case, "tonight": "With her aunt", "good_until": timezone.localdate()}]
        )
    if accepted:
        answer(world, sent, answers.accept)
    with acting_as(world.people.ana, "referral") as by:
        withdraw(by=by, consents=[consent])
        with acting_as(world.rocio, "referral") as other:  # the same transaction, nothing committed
            packet = queries.packets(other).get()
            with pytest.raises(InputProblem) as refused:
                answers.open_packet(other, packet)
            assert code_of(refused) == "sharing.sharing_stopped"
            told = [one.code for one in due_for(other)]
            assert "sharing.confirm_withdrawal" in told
        assert SafetyPlan.objects.count() == 1  # sharing stops, her safety plan does not
        assert queries.of_child(by, world.child).get().state == "withdrawn"
    assert Happened.objects.filter(outcome="refused", code="sharing.sharing_stopped").exists()
    answer(world, sent, answers.confirm, closing="deleted")
    assert state_of(sent).closing == "deleted"
    with acting_as_system("test", scopes="all"):
        assert not Packet.objects.exists()


def test_a_withdrawn_consent_is_not_used_and_the_attempt_is_written_down(world: World) -> None:
    consent = world.consent()
    with acting_as(world.people.ana, "referral") as by:
        seen = referrals.preview(by, world.choice(consent))
        withdraw(by=by, consents=[consent])
        with pytest.raises(InputProblem) as refused:
            referrals.send(by=by, rows=[(world.choice(consent), seen.digest)])
        assert code_of(refused) == "sharing.consent_ended"
        with pytest.raises(InputProblem) as refused:
            withdraw(by=by, consents=[consent])
        assert code_of(refused) == "sharing.withdrawn_already"
        assert not Referral.objects.exists()
    assert (
        Happened.objects.filter(outcome="refused", code="sharing.consent_ended", action="send").count() == 1
    )


def test_a_service_that_protects_the_child_keeps_the_least_under_its_own_law(world: World) -> None:
    consent = world.consent()
    sent = world.sent(consent)
    answer(world, sent, answers.accept)
    with acting_as(world.people.ana, "referral") as by:
        withdraw(by=by, consents=[consent])
    law = {"closing": "kept", "law": "LGDNNA", "article": "123"}
    for more, code in (
        ({"closing": "kept", "fields": FIELDS[:1]}, "sharing.law_missing"),
        (law | {"fields": FIELDS}, "sharing.keep_less"),
        (law | {"fields": []}, "sharing.keep_less"),
    ):
        with pytest.raises(InputProblem) as refused:
            answer(world, sent, answers.confirm, **more)
        assert code_of(refused) == code
    answer(world, sent, answers.confirm, **law, fields=FIELDS[:1])
    with acting_as(world.rocio, "referral") as by:
        kept = answers.open_packet(by, queries.packets(by).get())
        assert "Lupita" in kept["html"]
        assert CANARY not in kept["json"] + kept["html"]
    now = state_of(sent)
    assert (now.closing, now.closing_law, now.fields) == ("kept", "LGDNNA", FIELDS[:1])


def test_who_never_accepted_keeps_nothing(world: World) -> None:
    consent = world.consent()
    sent = world.sent(consent)
    with acting_as(world.people.ana, "referral") as by:
        withdraw(by=by, consents=[consent])
    with pytest.raises(InputProblem) as refused:
        answer(world, sent, answers.confirm, closing="kept", law="LGDNNA", article="123", fields=FIELDS[:1])
    assert code_of(refused) == "sharing.nothing_to_keep"


def test_what_nobody_confirms_is_destroyed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    consent = world.consent()
    sent = world.sent(consent)
    answer(world, sent, answers.accept)
    with acting_as(world.people.ana, "referral") as by:
        withdraw(by=by, consents=[consent])
    later(monkeypatch, days=4)
    assert clocks.destroy_unconfirmed() == 1
    assert state_of(sent).closing == "destroyed"


# --- Clocks -----------------------------------------------------------------------------------------------------------


def later(monkeypatch: pytest.MonkeyPatch, **by: int) -> None:
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now + timedelta(**by))


def test_an_unanswered_referral_goes_to_the_supervisor_and_ends(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = world.sent(world.consent(), urgency="now")
    later(monkeypatch, hours=3)
    assert (clocks.escalate(), clocks.escalate()) == (1, 0)
    with acting_as(world.people.sofia, "supervision") as by:
        found = [one for one in due_for(by) if one.code == "sharing.unanswered_supervisor"]
        assert [one.params["code"] for one in found] == [sent.referral.code]
    later(monkeypatch, days=9)
    assert clocks.expire() == 1
    assert state_of(sent).state == "expired"
    with acting_as_system("test", scopes="all"):
        assert not Packet.objects.exists()


def test_a_question_and_its_answer(world: World) -> None:
    sent = world.sent(world.consent())
    answer(world, sent, answers.ask, question="Does she need an interpreter?")
    with acting_as(world.people.ana, "referral") as by:
        now = queries.of_child(by, world.child).get()
        assert queries.words_of(by, now)["question"] == "Does she need an interpreter?"
        assert "sharing.question_waits" in [one.code for one in due_for(by)]
        referrals.reply(
            by=by, rows=[{"pk": now.pk, "version": now.version, "answer": "No, she speaks Spanish"}]
        )
    with acting_as(world.rocio, "referral") as by:
        assert answers.open_packet(by, queries.packets(by).get())["answer"] == "No, she speaks Spanish"
    answer(world, sent, answers.accept)
    answer(world, sent, answers.done, outcome="served", note="Twelve sessions")
    with acting_as(world.people.ana, "referral") as by:
        now = queries.of_child(by, world.child).get()
        assert (now.state, now.outcome) == ("done", "served")
        assert queries.words_of(by, now)["note"] == "Twelve sessions"


def test_two_who_answer_at_once(world: World) -> None:
    sent = world.sent(world.consent())
    packet = packet_of(sent)
    answer(world, sent, answers.ask, question="When?")
    with acting_as(world.rocio, "referral") as by, pytest.raises(Stale):
        answers.accept(by=by, rows=[{"pk": packet.pk, "version": packet.version}])


def test_taking_back_needs_no_withdrawal(world: World) -> None:
    consent = world.consent()
    sent = world.sent(consent)
    with acting_as(world.people.berta, "referral") as by, pytest.raises((Forbidden, InputProblem)):
        take_back(by=by, ids=[sent.referral.pk])
    with acting_as(world.people.ana, "referral") as by:
        take_back(by=by, ids=[sent.referral.pk])
        assert consents.grounds(world.child.pk) == [consent]
    assert state_of(sent).state == "withdrawn"


def test_the_table_of_states_is_the_databases(world: World) -> None:
    written = import_module("cobijo.web.care.sharing.migrations.0002_guards").STEPS
    assert {one.value: {to.value for to in tos} for one, tos in STEPS.items()} == {
        one: set(tos) for one, tos in written.items()
    }
    sent = world.sent(world.consent())
    answer(world, sent, answers.accept)
    with acting_as(world.people.ana, "referral"):
        for to in (State.SENT, State.ASKED, State.EXPIRED):
            with pytest.raises(DatabaseError), transaction.atomic():
                Referral.objects.filter(pk=sent.referral.pk).update(state=to)


# --- Where to ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"capacity": 0}, "sharing.service_full"),
        ({"ended_on": "2026-01-01"}, "sharing.service_closed"),
        ({"verified_on": "2025-01-01"}, "sharing.service_stale"),
        ({"verified_on": None}, "sharing.service_stale"),
        ({"age_to": 9}, "sharing.service_not_for_age"),
    ],
)
def test_a_closed_full_or_stale_service_gets_no_referral(
    world: World, change: dict[str, Any], code: str
) -> None:
    consent = world.consent()
    Service.objects.filter(pk=world.service.pk).update(**change)
    choice = world.choice(consent, service=Service.objects.get(pk=world.service.pk))
    with acting_as(world.people.ana, "referral") as by:
        with pytest.raises(InputProblem) as refused:
            referrals.preview(by, choice)
        assert code_of(refused) == code
    assert Happened.objects.filter(outcome="refused", code=code, kind="referral").count() == 1


@pytest.mark.parametrize(
    ("name", "kind", "purpose", "code"),
    [
        ("Delegación Sur", "migration", "referral", "sharing.never_police"),
        ("Delegación Sur", "migration", "transfer", "sharing.never_police"),
        ("Delegación Sur", "migration", "justice", "sharing.never_police"),
        ("Dirección del Municipio", "police", "referral", "sharing.never_police"),
        ("Dirección del Municipio", "police", "justice", "sharing.never_police"),
        ("Oficina del Estado", "prosecution", "referral", "sharing.prosecutor_by_law"),
        ("Oficina del Estado", "prosecution", "transfer", "sharing.prosecutor_by_law"),
        ("Juzgado", "court", "referral", "sharing.no_child_service"),
        ("Juzgado", "court", "justice", "sharing.not_a_prosecutor"),
        ("Secretaría de Turismo", "government", "referral", "sharing.kind_unclear"),
        ("Policía Estatal", "government", "referral", "sharing.kind_unclear"),
        ("Clínica sin servicios", "health", "referral", "sharing.no_child_service"),
        ("Una autoridad nueva", "a_kind_of_tomorrow", "referral", "sharing.no_child_service"),
        ("Una autoridad nueva", "a_kind_of_tomorrow", "justice", "sharing.not_a_prosecutor"),
        ("Hotel Mar", "company", "referral", "sharing.no_child_service"),
        ("DIF Oaxaca", "child_protection", "justice", "sharing.not_a_prosecutor"),
    ],
)
def test_who_never_receives_a_child(db: None, name: str, kind: str, purpose: str, code: str) -> None:
    with pytest.raises(InputProblem) as refused:
        check_recipient(Organisation(name=name, kind=kind, code="x"), purpose)
    assert code_of(refused) == code


@pytest.mark.parametrize("kind", [one.value for one in OrganisationKind])
def test_every_kind_is_decided_about(db: None, kind: str) -> None:
    """A kind that is added without a word about it receives nothing."""
    known = NEVER | PROSECUTORS | HELPS | {"government", "court", "academia", "company", "individual"}
    assert kind in known
    to = Organisation(name="X", kind=kind, code="x")
    for purpose in ("referral", "transfer", "records", ""):
        if kind in HELPS - OFFERS:
            check_recipient(to, purpose)
        else:
            with pytest.raises(InputProblem):
                check_recipient(to, purpose)


def test_a_name_decides_nothing(db: None) -> None:
    check_recipient(
        Organisation(name="Border Kindness against police violence", kind="ngo", code="x"), "referral"
    )


@pytest.mark.parametrize(
    ("kind", "code"),
    [("police", "sharing.never_police"), ("migration", "sharing.never_police"),
     ("prosecution", "sharing.prosecutor_by_law")],
)  # fmt: skip
def test_no_agreement_is_made_with_police_immigration_or_prosecutors(
    world: World, kind: str, code: str
) -> None:
    other = organisation("authority", kind=kind)
    today = timezone.localdate()
    row = {
        "organisation": world.people.refuge, "other": other, "for_search": True, "share_names": True,
        "starts_on": today, "ends_on": today,
    }  # fmt: skip
    with acting_as(world.people.sofia, "") as by, pytest.raises(InputProblem) as refused:
        agreements.add(by=by, rows=[row])
    assert code_of(refused) == code


def test_an_agreement_ends_with_the_kind_that_it_was_made_with(world: World) -> None:
    assert agreements.covers(world.people.refuge.pk, world.clinic.pk, "referral")
    Organisation.objects.filter(pk=world.clinic.pk).update(kind="police")
    assert not agreements.covers(world.people.refuge.pk, world.clinic.pk, "referral")


def test_a_prosecutor_receives_a_case_under_a_law_only(world: World) -> None:
    fiscalia = organisation("fiscalia", kind="prosecution")
    person("Fermin", Role.RECEIVING_SERVICE, of=fiscalia)
    for more in ({"purpose": "justice"}, {"purpose": "referral"}):
        with pytest.raises(InputProblem) as refused:
            world.consent(recipient=fiscalia, service=None, **more)
        assert code_of(refused) == "sharing.prosecutor_by_law"
    law = world.consent(
        recipient=fiscalia, service=None, purpose="justice", verdict="law", law="CNPP", article="222", giver="nobody",
        says="told",
    )  # fmt: skip
    sent = world.sent(law)
    assert sent.referral.purpose == "justice"
    with acting_as(world.people.ana, "referral") as by, pytest.raises(InputProblem) as refused:
        withdraw(by=by, consents=[law])
    assert code_of(refused) == "sharing.law_stands"


# --- Consent and agreement --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"giver": "guardian"}, "sharing.guardian_excluded"),
        ({"giver": "child"}, "sharing.representative_decides"),
        ({"says": "no"}, "sharing.child_said_no"),
        ({"says": "not_asked"}, "sharing.child_not_heard"),
        ({"told_duty": False}, "sharing.duty_not_told"),
        ({"until": None}, "sharing.until_missing"),
        ({"until": timezone.localdate() + timedelta(days=367)}, "sharing.until_too_long"),
        ({"fields": []}, "sharing.no_fields"),
        ({"fields": ["child.official_id"]}, "sharing.field_never_shared"),
        ({"fields": ["child.given", "child_event.events"]}, "sharing.only_for_prosecution"),
        ({"fields": ["status.status"]}, "sharing.only_for_prosecution"),
        ({"fields": ["assessment.care_needs"]}, "sharing.field_never_shared"),
        ({"verdict": "law", "giver": "nobody"}, "sharing.law_missing"),
        ({"words": "see https://example.org"}, "children.no_addresses"),
    ],
)
def test_a_consent_that_is_none(world: World, more: dict[str, Any], code: str) -> None:
    with pytest.raises(InputProblem) as refused:
        world.consent(**more)
    assert code_of(refused) == code
    with acting_as(world.people.ana, "referral"):
        assert not Consent.objects.exists()


def test_what_others_agreed_to_ends_before_the_child_decides_alone(world: World) -> None:
    from cobijo.web.care.children import services as children
    from cobijo.web.care.sharing.forms import ConsentForm
    from cobijo.web.core.dates import months_after

    today = timezone.localdate()
    grown = today + timedelta(days=60)  # comes of age then
    with acting_as(world.people.ana, "follow_up") as by:
        born = months_after(grown, -12 * 18)
        grown = months_after(born, 12 * 18)
        (world.child,) = children.change(
            by=by, rows=[{"pk": world.child.pk, "version": 1, "birth_date": born}]
        )
        shown = ConsentForm(by, world.child, world.service, None).initial["until"]
    assert shown == grown - timedelta(days=1)
    with pytest.raises(InputProblem) as refused:
        world.consent(until=grown)
    assert code_of(refused) == "sharing.until_of_age"
    assert world.consent(until=grown - timedelta(days=1)).pk
    with acting_as(world.people.ana, "follow_up") as by:
        version = {"pk": world.child.pk, "version": 2, "age_known": "disputed"}
        (world.child,) = children.change(by=by, rows=[version])
    assert world.consent(until=grown + timedelta(days=1)).pk  # nobody knows which day that is


@pytest.mark.parametrize("said", ["unknown", "conflict", "implicated", "none", "trusted"])
def test_only_a_guardian_whom_nobody_doubts_agrees(world: World, said: str) -> None:
    from cobijo.web.care.cases import services as cases

    with acting_as(world.people.ana, "follow_up") as by:
        if said != "implicated":
            cases.change(by=by, rows=[{"pk": world.case.pk, "version": 1, "guardian": said}])
        assert consents.guardian_may(world.child) is (said == "trusted")


def test_what_a_guardian_agreed_to_is_worth_nothing_once_there_is_doubt(world: World) -> None:
    """Sent or handed over under it is nothing from then on; what was sent, the child can still stop."""
    from cobijo.web.care.cases import services as cases

    agreement_of(world.people.sofia, world.saul, for_transfer=True, for_referral=False)
    with acting_as(world.people.ana, "follow_up") as by:
        cases.change(by=by, rows=[{"pk": world.case.pk, "version": 1, "guardian": "trusted"}])
    consent = world.consent(giver="guardian")
    handing = world.consent(giver="guardian", purpose="transfer", service=None)
    with acting_as(world.people.ana, "follow_up") as by:
        assert consents.ground(world.child.pk, world.clinic.pk, "transfer") == handing.ground
        seen = referrals.preview(by, world.choice(consent))
        cases.change(by=by, rows=[{"pk": world.case.pk, "version": 2, "guardian": "unknown"}])
        with pytest.raises(InputProblem) as refused:
            referrals.send(by=by, rows=[(world.choice(consent), seen.digest)])
        assert code_of(refused) == "sharing.guardian_out"
        assert consents.ground(world.child.pk, world.clinic.pk, "transfer") == ""
        assert not Referral.objects.exists()
        withdraw(by=by, consents=[consent])


def test_a_representative_who_is_not_independent_does_not_agree(world: World) -> None:
    from cobijo.web.care.cases import services as cases

    with acting_as(world.people.ana, "follow_up") as by:
        cases.change(by=by, rows=[{"pk": world.case.pk, "version": 1, "representative_independent": False}])
    with pytest.raises(InputProblem) as refused:
        world.consent()
    assert code_of(refused) == "sharing.no_representative"


def test_what_was_said_is_added_to_and_never_changed(world: World) -> None:
    consent = world.consent()
    with acting_as(world.people.ana, "referral"):
        for statement in ({"verdict": "refused"}, {"until": timezone.localdate()}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Consent.objects.filter(pk=consent.pk).update(**statement)
        with pytest.raises(DatabaseError), transaction.atomic():
            Consent.objects.filter(pk=consent.pk).delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Signature.objects.all().delete()


@pytest.mark.parametrize("accepted", [False, True])
def test_a_refusal_after_a_yes_closes_what_was_sent(world: World, accepted: bool) -> None:
    """Whoever says no later withdraws, even if the caseworker writes it down as a refusal."""
    sent = world.sent(world.consent())
    if accepted:
        answer(world, sent, answers.accept)
    world.consent(verdict="refused", says="no", until=None, fields=[])
    assert state_of(sent).state == "withdrawn"
    with acting_as(world.rocio, "referral") as other:
        with pytest.raises(InputProblem) as refused:
            answers.open_packet(other, queries.packets(other).get())
        assert code_of(refused) == "sharing.sharing_stopped"
        assert "sharing.confirm_withdrawal" in [one.code for one in due_for(other)]


def test_a_refusal_of_one_service_leaves_the_others_of_the_house(world: World) -> None:
    sent = world.sent(world.consent())
    lessons = Service.objects.get(pk=world.service.pk)
    lessons.pk, lessons.name, lessons.kind = None, "Lessons", "education"
    lessons.save(force_insert=True)
    world.consent(verdict="refused", says="no", until=None, fields=[], service=lessons)
    assert state_of(sent).state == "sent"
    world.consent(verdict="refused", says="no", until=None, fields=[], service=None)
    assert state_of(sent).state == "withdrawn"


def test_what_was_agreed_until_a_day_is_read_no_longer_after_it(world: World) -> None:
    sent = world.sent(world.consent(until=timezone.localdate() + timedelta(days=5)))
    answer(world, sent, answers.accept)
    with acting_as(world.people.ana, "referral") as by:
        assert "sharing.consent_ends_soon" in [one.code for one in due_for(by)]
    clocks.run()
    assert state_of(sent).state == "accepted"
    later = timezone.now() + timedelta(days=6)
    with mock.patch("django.utils.timezone.now", return_value=later):
        clocks.run()
        clocks.run()
        assert state_of(sent).state == "withdrawn"
        with acting_as(world.rocio, "referral") as other:
            with pytest.raises(InputProblem) as refused:
                answers.open_packet(other, queries.packets(other).get())
            assert code_of(refused) == "sharing.sharing_stopped"


def test_a_later_refusal_ends_an_earlier_consent(world: World) -> None:
    consent = world.consent()
    world.consent(verdict="refused", says="no", until=None, fields=[])
    with acting_as(world.people.ana, "referral") as by:
        assert consents.grounds(world.child.pk) == []
        with pytest.raises(InputProblem) as refused:
            referrals.preview(by, world.choice(consent))
        assert code_of(refused) == "sharing.consent_ended"


def test_fields_outside_the_consent_or_the_agreement(world: World) -> None:
    consent = world.consent()
    with acting_as(world.people.ana, "referral") as by:
        with pytest.raises(InputProblem) as refused:
            referrals.preview(by, world.choice(consent, fields=[*FIELDS, "child.surname1"]))
        assert code_of(refused) == "sharing.field_not_consented"
    with acting_as(world.people.sofia, "") as by:
        agreements.end(by=by, ids=[world.agreement.pk])
    with acting_as(world.people.ana, "referral") as by:
        with pytest.raises(InputProblem) as refused:
            referrals.preview(by, world.choice(consent))
        assert code_of(refused) == "children.no_agreement"
    agreement_of(world.people.sofia, world.saul, share_contact=False)
    with acting_as(world.people.ana, "referral") as by:
        with pytest.raises(InputProblem) as refused:
            referrals.preview(by, world.choice(consent))
        assert code_of(refused) == "sharing.fields_not_agreed"


def test_an_agreement_counts_once_both_have_signed(world: World) -> None:
    refuge, clinic = world.people.refuge.pk, world.clinic.pk
    hospital = world.people.hospital.pk
    assert agreements.covers(refuge, clinic, "referral")
    assert agreements.covers(clinic, refuge, "referral")
    assert agreements.covers(clinic, None, "referral")
    assert not agreements.covers(refuge, clinic, "transfer")
    assert not agreements.covers(refuge, hospital, "referral")
    assert not agreements.covers(refuge, clinic, "curiosity")
    today = timezone.localdate()
    with acting_as(world.people.sofia, "") as by:
        (made,) = agreements.add(
            by=by,
            rows=[
                {
                    "organisation": world.people.refuge, "other": world.people.hospital, "for_search": True,
                    "share_names": True, "starts_on": today, "ends_on": today,
                }
            ],
        )  # fmt: skip
        agreements.sign(by=by, ids=[made.pk])
        assert not agreements.covers(refuge, hospital, "search")
        with pytest.raises(InputProblem) as refused:
            agreements.change(by=by, rows=[{"pk": made.pk, "version": 1, "for_transfer": True}])
        assert code_of(refused) == "sharing.signed_as_it_stands"
    with acting_as(world.saul, "") as by, pytest.raises(InputProblem) as refused:
        agreements.sign(by=by, ids=[made.pk])
    assert code_of(refused) == "sharing.not_a_party"
    with acting_as(world.people.ana, "") as by, pytest.raises(Forbidden):
        agreements.sign(by=by, ids=[made.pk])


def test_consent_for_handing_over_opens_the_transfer_of_the_case(world: World) -> None:
    from cobijo.web.care.cases.queries import case as one_case

    agreement_of(world.people.sofia, world.saul, for_transfer=True, for_referral=False)
    offer = {"pk": world.case.pk, "to": world.clinic, "reason": "moves"}
    with acting_as(world.people.ana, "transfer") as by, pytest.raises(InputProblem) as refused:
        transfers.offer(by=by, rows=[offer])
    assert code_of(refused) == "cases.no_ground"
    sent = world.sent(world.consent())
    world.consent(purpose="transfer", service=None)
    with acting_as(world.people.ana, "transfer") as by:
        transfers.offer(by=by, rows=[offer])
    with acting_as(world.saul, "transfer") as by:
        from cobijo.web.care.cases.models import Transfer

        transfers.accept(by=by, rows=[{"pk": Transfer.objects.get().pk, "account": world.saul}])
        assert one_case(by, world.case.pk) is not None
        assert queries.referrals(by).get().pk == sent.referral.pk  # consents and referrals go along
        assert Consent.objects.count() == 2
    with acting_as(world.people.ana, "transfer"):
        assert Consent.objects.filter(child=world.child).count() == 0 or connection.vendor != "postgresql"


@pytest.fixture
def offered(world: World) -> Any:
    """Ana's case is offered to the clinic, under a consent of the child."""
    agreement_of(world.people.sofia, world.saul, for_transfer=True, for_referral=False)
    consent = world.consent(purpose="transfer", service=None)
    with acting_as(world.people.ana, "transfer") as by:
        transfers.offer(by=by, rows=[{"pk": world.case.pk, "to": world.clinic, "reason": "moves"}])
    return consent


@pytest.mark.parametrize("how", ["withdrawn", "refused", "own_page"])
def test_a_no_to_handing_over_takes_the_offer_back(world: World, offered: Consent, how: str) -> None:
    """Nobody is handed over after a no, and what the offer said lies with them no longer."""
    from cobijo.web.care.cases.models import Transfer
    from cobijo.web.care.cases.queries import case as one_case
    from cobijo.web.care.sharing import page

    with acting_as(world.saul, "transfer"):
        lay = Transfer.objects.get().pk
    if how == "own_page":
        with acting_as_system("child_page", scopes="all") as system:
            page.stop(system, world.child, offered.pk)
    else:
        with acting_as(world.people.ana, "transfer") as by:
            if how == "withdrawn":
                withdraw(by=by, consents=[offered])
            else:
                no = world.row(purpose="transfer", service=None, verdict="refused", fields=[], until=None)
                consents.record(by=by, rows=[no | {"says": "no"}])
    with acting_as(world.saul, "transfer") as by:
        assert not Transfer.objects.exists()
        with pytest.raises(InputProblem):
            transfers.accept(by=by, rows=[{"pk": lay, "account": world.saul}])
    with acting_as(world.people.ana, "transfer") as by:
        kept = one_case(by, world.case.pk)
        assert kept is not None
        assert (kept.state, kept.offered_to_id) == ("open", None)


def test_an_offer_is_not_accepted_after_the_day_until_which_was_agreed(
    world: World, offered: Consent, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cobijo.web.care.cases.models import Transfer

    later = timezone.localdate() + timedelta(days=31)
    monkeypatch.setattr(consents.timezone, "localdate", lambda *_args: later)
    with acting_as(world.saul, "transfer") as by:
        with pytest.raises(InputProblem) as refused:
            transfers.accept(by=by, rows=[{"pk": Transfer.objects.get().pk, "account": world.saul}])
        assert code_of(refused) == "cases.no_ground"


def test_a_consent_to_something_else_leaves_the_offer(world: World, offered: Consent) -> None:
    from cobijo.web.care.cases.models import Transfer

    with acting_as(world.people.ana, "referral"):
        another = world.consent()
    with acting_as(world.people.ana, "referral") as by:
        withdraw(by=by, consents=[another])
    with acting_as(world.saul, "transfer"):
        assert Transfer.objects.exists()


def test_erasing_a_child_destroys_its_packets_everywhere(world: World) -> None:
    sent = world.sent(world.consent())
    answer(world, sent, answers.accept)
    with acting_as_system("test", scopes="all") as system:
        clocks.forget_children(by=system, ids=[world.child.pk])
        assert not Packet.objects.exists()


def test_a_packet_for_a_prosecutor_holds_events_and_status_under_the_law(world: World) -> None:
    fiscalia = organisation("fiscalia", kind="prosecution")
    with acting_as(world.people.ana, "referral") as by:
        children.record_events(
            by=by,
            rows=[
                {
                    "child": world.child, "began_on": date(2025, 5, 6), "area": "MX-OAX", "narrative": "For us alone",
                    "elements": {"online": True, "means_force": False, "exchange_kind": "money",
                                 "third_party_relation": "stranger"},
                }
            ],
        )  # fmt: skip
        children.decide_status(
            by=by,
            rows=[
                {
                    "child": world.child, "status": "presumed", "body_kind": "protection", "body": "An office",
                    "decided_on": date(2025, 6, 1), "ground": "interview",
                }
            ],
        )  # fmt: skip
    fields = ["child.birth_date", "child_event.events", "status.status"]
    law = world.consent(
        recipient=fiscalia, service=None, purpose="justice", verdict="law", law="CNPP", article="222", giver="nobody",
        says="told", fields=fields,
    )  # fmt: skip
    with acting_as(world.people.ana, "referral") as by:
        seen = referrals.preview(by, world.choice(law, fields=fields))
    said = {one["code"]: one["value"] for one in json.loads(seen.json)["fields"]}
    happened = said["child_event.events"]
    assert happened.startswith("May 6, 2025, Oaxaca, at the age of 13. ")
    assert "Yes" in happened
    assert "Stranger" in happened
    assert (
        said["status.status"]
        == "June 1, 2025: Presumed victim (Protection office: An office; Specialised interview)"
    )
    assert "For us alone" not in seen.json + seen.html
    assert "CNPP, 222" in seen.html


def test_the_case_lists_its_referrals_and_the_supervisor_counts_those_in_time(world: World) -> None:
    sent = world.sent(world.consent())
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(world.people.ana)
    page = client.get(f"/en/care/cases/{world.case.pk}/").content.decode()
    assert sent.referral.code in page
    assert "Listening room" in page
    assert "answer due by" in page
    past = timezone.now() - timedelta(hours=3)
    since = timezone.localdate() - timedelta(days=30)
    with acting_as(world.people.sofia, "supervision") as by:
        assert links.referrals_in_time(by, since) == links.InTime(0, 0)  # its time is not over
    with acting_as_system("test", scopes="all"):
        Referral.objects.filter(pk=sent.referral.pk).update(reply_by=past)
    assert "no answer since" in client.get(f"/en/care/cases/{world.case.pk}/").content.decode()
    with acting_as(world.people.sofia, "supervision") as by:
        assert links.referrals_in_time(by, since) == links.InTime(1, 0)
    with acting_as_system("test", scopes="all"):
        Referral.objects.filter(pk=sent.referral.pk).update(answered_at=past - timedelta(hours=1))
    with acting_as(world.people.sofia, "supervision") as by:
        assert links.referrals_in_time(by, since) == links.InTime(1, 1)
    with acting_as(world.saul, "supervision") as by:
        assert links.referrals_in_time(by, since) == links.InTime(0, 0)  # another organisation's
    client.force_login(world.people.sofia)
    assert "1 / 1" in client.get("/en/care/team/").content.decode()
