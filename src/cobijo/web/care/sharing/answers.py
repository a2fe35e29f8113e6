"""The recipient's steps: open, accept, decline, ask, report back, and say what happens once sharing was stopped."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.children.writing import attempt, body_of, fresh
from cobijo.web.care.sharing import both
from cobijo.web.care.sharing.codes import lasts
from cobijo.web.care.sharing.models import Code, Opening, Packet, Referral
from cobijo.web.care.sharing.models.referrals import Closing, Declined, Outcome
from cobijo.web.care.sharing.packets import reduced
from cobijo.web.care.sharing.states import READABLE, WAITING, State, check_step
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.policy import check, visible
from cobijo.web.core.access.scopes import desk_of
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.reactions import react
from cobijo.web.core.vault.queries import Identity, identities
from cobijo.web.core.vault.sealing import new_keys, seal_rows
from cobijo.web.core.vault.services import destroy_keys

READERS = (Role.RECEIVING_SERVICE, Role.CASEWORKER, Role.SUPERVISOR)


def readable(packet: Packet) -> bool:
    """Not after sharing stopped, unless a legal basis of the recipient's own was recorded."""
    return packet.state in READABLE or bool(packet.kept_law)


def open_packet(by: Access, packet: Packet) -> Identity:
    """What the packet says, for whoever it reaches; the child and the sender see that it was opened, by which role."""
    with attempt(by, "open", "packet", [packet.pk]):
        check(by, "see", "packet", packet)
        now = visible(by, "packet", Packet.objects.filter(pk=packet.pk), "see").first()
        if now is None or not readable(now):
            raise InputProblem("sharing.sharing_stopped")
        found = identities(
            by, [now], fields=("json", "html", "question", "answer"), purpose="referral", kind="packet"
        )
        role = next((one for one in READERS if one in by.roles), Role.RECEIVING_SERVICE)
        note_opening(now, role)
        return found[0]


def note_opening(packet: Packet, role: str) -> None:
    """One line a day for the child's page: organisation and role, never a name."""
    with acting_as_system("note_opening", scopes="all"):
        referral = Referral.objects.get(pk=packet.referral_id)
        Opening.objects.get_or_create(
            referral=referral, organisation_id=packet.recipient_id, role=role, on=timezone.localdate(),
            defaults={"child_id": referral.child_id, "scope_id": referral.scope_id},
        )  # fmt: skip


def accept(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Packet]:
    """Rows of pk, version and, optionally, account: on whose desk it goes; one's own where none is named."""
    with attempt(by, "accept", "packet", [row["pk"] for row in rows]):
        for row in rows:
            desk = desk_of(_worker(by, row.get("account"))).pk
            with _step(by, row, State.ACCEPTED) as (referral, packet):
                referral.state, referral.answered_at = State.ACCEPTED, timezone.now()
                packet.state, packet.scope_id, packet.held = State.ACCEPTED, desk, True
                both.write(by, referral)
                both.write(by, packet)
            react("referral_accepted", by=by, referral_id=referral.pk)
        return list(visible(by, "packet", Packet.objects.filter(pk__in=[row["pk"] for row in rows]), "see"))


def decline(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> int:
    """Rows of pk, version and reason (`Declined`). Nothing of the packet stays; the sender learns why."""
    with attempt(by, "decline", "packet", [row["pk"] for row in rows]):
        for number, row in enumerate(rows, 1):
            if row.get("reason") not in Declined.values:
                raise InputProblem("sharing.reason_missing", row=number)
            with _step(by, row, State.DECLINED, reason=row["reason"]) as (referral, packet):
                _declined(by, referral, packet, row["reason"])
        return len(rows)


def ask(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows of pk, version and question: goes to the sender, whose answer comes back on the packet."""
    with attempt(by, "ask", "packet", [row["pk"] for row in rows]):
        for number, row in enumerate(rows, 1):
            question = both.cleaned("question", row.get("question", ""), number)
            with _step(by, row, State.ASKED) as (referral, packet):
                referral.state = packet.state = State.ASKED
                both.write(by, referral, {**body_of(referral), "question": question, "answer": ""})
                both.write(by, packet, {**body_of(packet), "question": question, "answer": ""})


def done(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows of pk, version, outcome (`Outcome`) and, optionally, note: reports back to the sender."""
    with attempt(by, "done", "packet", [row["pk"] for row in rows]):
        for number, row in enumerate(rows, 1):
            if row.get("outcome") not in Outcome.values:
                raise InputProblem("sharing.outcome_missing", row=number)
            with _step(by, row, State.DONE, outcome=row["outcome"]) as (referral, packet):
                referral.state, referral.outcome = State.DONE, row["outcome"]
                packet.state = State.DONE
                note = both.cleaned("note", row["note"], number) if row.get("note") else ""
                both.write(by, referral, {**body_of(referral), "note": note} if note else None)
                both.write(by, packet)


def confirm(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> None:
    """After sharing stopped. Rows of pk, version and closing: "deleted", or "kept" with law, article and fields.

    Only a service that had accepted can keep anything, and only less than it had; the child is told that it does.
    """
    with attempt(by, "confirm", "packet", [row["pk"] for row in rows]):
        for number, row in enumerate(rows, 1):
            if row.get("closing") not in {Closing.DELETED, Closing.KEPT}:
                raise InputProblem("screens.field_wrong", row=number, field="closing")
            one = _mine(by, row)
            with both.pair(one.referral_id, "confirm_withdrawal") as (referral, packet):
                if packet is None or packet.state != State.WITHDRAWN or packet.kept_law:
                    raise InputProblem("sharing.nothing_to_confirm")
                if row["closing"] == Closing.KEPT:
                    _keep_least(by, referral, packet, row, number)
                else:
                    both.destroy(by, packet, "consent_withdrawn")
                referral.closing = Closing(row["closing"])
                both.write(by, referral)
            detail = {"referral": one.referral_id, "closing": row["closing"]}
            audit.record("confirm", "packet", [one.pk], access=by, detail=detail)


def answer_by_code(*, code: Code, to: str, reason: str = "", outcome: str = "") -> None:
    """Accept, decline or report back without an account, by the code of the packet. Questions go by telephone."""
    with acting_as_system("packet_code") as system:
        with acting_as_system("packet_code", scopes={code.scope_id}):
            packet = Packet.objects.filter(pk=code.packet_id or 0).first()
        if packet is None:
            raise InputProblem("sharing.code_wrong")
        if to not in {State.ACCEPTED, State.DECLINED, State.DONE}:
            raise InputProblem("sharing.answer_missing")
        if to == State.DECLINED and reason not in Declined.values:
            raise InputProblem("sharing.reason_missing", row=1)
        if to == State.DONE and outcome not in Outcome.values:
            raise InputProblem("sharing.outcome_missing", row=1)
        with both.pair(packet.referral_id, "answer_by_code") as (referral, now):
            check_step(referral.state, to)
            if now is None:
                raise InputProblem("sharing.sharing_stopped")
            if to == State.DECLINED:
                _declined(system, referral, now, reason)
            else:
                referral.state = now.state = State(to)
                if to == State.ACCEPTED:
                    referral.answered_at = timezone.now()
                    lasts(code, referral.consent.until)
                if to == State.DONE:
                    referral.outcome = outcome
                both.write(system, referral)
                both.write(system, now)
        detail = {"to": to, "referral": packet.referral_id, "code": code.pk}
        audit.record("answer", "packet", [packet.pk], access=system, detail=detail)


def read_once(code: Code) -> tuple[str, str]:
    """The packet's HTML, once: then its key is destroyed. "" where it was opened before. And how it stands."""
    with acting_as_system("packet_code", scopes={code.scope_id}) as system:
        packet = Packet.objects.select_for_update().filter(pk=code.packet_id or 0).first()
        if packet is None:
            raise InputProblem("sharing.sharing_stopped")
        if packet.state == State.ACCEPTED:  # whoever took care of the child comes back to say how it went
            return "", packet.state
        if packet.state not in WAITING:
            raise InputProblem("sharing.answered_already")
        if not packet.sealed:
            return "", packet.state
        Code.objects.filter(pk=code.pk).update(used_at=timezone.now())
        html = str(body_of(packet)["html"])
        destroy_keys(by=system, ids=[packet.key_id], reason="opened_once")
        packet.sealed, packet.held = b"", False
        both.write(system, packet)
        audit.record("see_identity", "packet", [packet.pk], access=system, detail={"code": code.pk})
    note_opening(packet, "")
    return html, packet.state


def _declined(by: Access, referral: Referral, packet: Packet, reason: str) -> None:
    referral.state, referral.reason, referral.answered_at = State.DECLINED, Declined(reason), timezone.now()
    both.write(by, referral)
    both.destroy(by, packet, "packet_refused")
    react("referral_declined", by=by, referral_id=referral.pk)


def _keep_least(by: Access, referral: Referral, packet: Packet, row: Mapping[str, Any], number: int) -> None:
    law, article = str(row.get("law", "")).strip()[:80], str(row.get("article", "")).strip()[:40]
    if not law or not article:
        raise InputProblem("sharing.law_missing", row=number)
    if not packet.held:
        raise InputProblem("sharing.nothing_to_keep")
    body = body_of(packet)
    had = [one["code"] for one in json.loads(body["json"])["fields"]]
    keep = [one for one in had if one in set(row.get("fields", ()))]
    if not keep or len(keep) == len(had):
        raise InputProblem("sharing.keep_less")
    least = reduced(body["json"], keep)
    before = packet.key_id
    packet.key_id = new_keys(1)[0]
    packet.kept_law, packet.kept_article, packet.digest = law, article, least.digest
    seal_rows([packet], [{"json": least.json, "html": least.html}])
    both.write(by, packet)
    destroy_keys(by=by, ids=[before], reason="consent_withdrawn")
    referral.closing_law, referral.closing_article = law, article
    referral.fields = keep


def _mine(by: Access, row: Mapping[str, Any]) -> Packet:
    """A packet within reach, at the version that the person started from."""
    found = visible(by, "packet", Packet.objects.filter(pk=row["pk"]), "change").first()
    if found is None:
        raise InputProblem("screens.gone")
    check(by, "change", "packet", found)
    fresh("packet", found, row)
    return found


@contextmanager
def _step(by: Access, row: Mapping[str, Any], to: State, **detail: str) -> Iterator[tuple[Referral, Packet]]:
    """One step of a packet within reach: checked on both rows while they are held, audited when it is made."""
    one = _mine(by, row)
    with both.pair(one.referral_id, "answer_referral") as (referral, packet):
        if packet is None:
            raise InputProblem("sharing.sharing_stopped")
        fresh("packet", packet, row)
        check_step(referral.state, to)
        yield referral, packet
    told = {"to": to.value, "referral": one.referral_id, **detail}
    audit.record("answer", "packet", [one.pk], access=by, detail=told)


def _worker(by: Access, account: Account | None) -> Account:
    """Somebody of the own organisation who can open what lies on the own desk."""
    found = account or Account.objects.get(pk=by.account_id)
    works = found.holdings.filter(ended_at=None, role__in=READERS).exists()
    if found.organisation_id != by.organisation_id or not found.is_active or not works:
        raise InputProblem("children.no_desk")
    return found
