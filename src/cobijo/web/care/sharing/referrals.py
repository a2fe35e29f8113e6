"""The sender's steps: preview, send, answer a question, take back. What was previewed is what is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.cases.models import Case
from cobijo.web.care.cases.states import GOING_ON
from cobijo.web.care.children.models import Child, Urgency
from cobijo.web.care.children.rules import check_not_erased
from cobijo.web.care.children.writing import add_sealed, attempt, body_of, fresh, locked
from cobijo.web.care.sharing import both, codes, packets
from cobijo.web.care.sharing.agreements import check_fields_agreed
from cobijo.web.care.sharing.choosing import check_service
from cobijo.web.care.sharing.consents import check_ground, hold
from cobijo.web.care.sharing.models import Consent, Packet, Referral
from cobijo.web.care.sharing.models.consents import Purpose
from cobijo.web.care.sharing.packets import Contents
from cobijo.web.care.sharing.recipients import check_recipient
from cobijo.web.care.sharing.states import WAITING, State, check_step
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, handing_to
from cobijo.web.core.access.policy import check
from cobijo.web.core.access.scopes import tray_of
from cobijo.web.core.accounts.models import Account, Organisation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.reactions import react
from cobijo.web.core.vault.places import reserve_ids
from cobijo.web.core.vault.sealing import new_keys, seal_rows
from cobijo.web.directory.services.models import Service

#: By when an answer is due. A default of this product; no source sets it.
REPLY = {
    Urgency.NOW: timedelta(hours=2), Urgency.TODAY: timedelta(hours=24), Urgency.DAYS: timedelta(days=3),
    Urgency.CAN_WAIT: timedelta(days=7),
}  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """What a sender chose, step by step."""

    child: Child
    consent: Consent
    service: Service | None
    fields: Sequence[str]
    urgency: str
    request: str = field(default="", repr=False)


@dataclass(frozen=True)
class Sent:
    """A referral that went out, and the digits where the recipient has no account: shown once, told another way."""

    referral: Referral
    code: str = field(default="", repr=False)


def preview(by: Access, choice: Choice) -> Contents:
    """Exactly what would be sent, after every check that sending makes. Audited as a reading of the child."""
    with attempt(by, "preview", "referral", [choice.child.pk]):
        made = _checked(by, choice)
        fields = sorted(one.split(".")[1] for one in choice.fields)
        audit.record(
            "see_identity", "child", [choice.child.pk], access=by, detail={"fields": fields, "for": "packet"}
        )
        return made


def send(*, by: Access, rows: Sequence[tuple[Choice, str]]) -> list[Sent]:
    """Send: pairs of a choice and the hash of what was previewed. Raises where the packet is no longer that one."""
    with attempt(by, "send", "referral", [choice.child.pk for choice, _digest in rows]):
        return [_send(by, choice, digest) for choice, digest in rows]


def reply(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Referral]:
    """Answer a recipient's question: rows of pk (of the referral), version and answer. It waits for them again."""
    ids = [int(row["pk"]) for row in rows]
    with attempt(by, "reply", "referral", ids):
        found = locked(by, "referral", ids)
        for number, row in enumerate(rows, 1):
            fresh("referral", found[int(row["pk"])], row)
            answer = both.cleaned("answer", row["answer"], number)
            with both.pair(int(row["pk"]), "reply_referral") as (referral, packet):
                check_step(referral.state, State.SENT)
                referral.state, referral.answered_at = State.SENT, None
                referral.reply_by = timezone.now() + REPLY[Urgency(referral.urgency)]
                referral.escalated_at = None
                both.write(by, referral, body_of(referral) | {"answer": answer})
                if packet is not None:
                    packet.state, packet.reply_by = State.SENT, referral.reply_by
                    both.write(by, packet, body_of(packet) | {"answer": answer})
        audit.record("reply", "referral", ids, access=by)
        return list(Referral.objects.filter(pk__in=ids).order_by("pk"))


def _checked(by: Access, choice: Choice) -> Contents:
    child, consent = choice.child, choice.consent
    check(by, "change", "child", child)
    check_not_erased(child)
    if consent.child_id != child.pk:
        raise InputProblem("sharing.consent_ended")
    if consent.purpose not in {Purpose.REFERRAL, Purpose.JUSTICE}:
        raise InputProblem("sharing.consent_for_other_purpose")
    if not choice.fields or choice.urgency not in Urgency.values:
        raise InputProblem("sharing.no_fields", row=1)
    recipient = consent.recipient
    check_recipient(recipient, consent.purpose)
    if consent.purpose == Purpose.REFERRAL:
        if choice.service is None or choice.service.organisation_id != recipient.pk:
            raise InputProblem("sharing.service_missing")
        check_service(choice.service, child)
        check_fields_agreed(by.organisation_id, recipient.pk, "referral", choice.fields)
    elif not Case.objects.filter(child=child, state__in=GOING_ON).exists():
        raise InputProblem("sharing.case_packets_only")
    service_id = choice.service.pk if choice.service is not None else None
    check_ground(consent, choice.fields, recipient_id=recipient.pk, service_id=service_id)
    return packets.build(
        child, sender=Organisation.objects.get(pk=by.organisation_id), recipient=recipient, service=choice.service,
        consent=consent, fields=choice.fields, urgency=choice.urgency, request=choice.request,
    )  # fmt: skip


def _send(by: Access, choice: Choice, digest: str) -> Sent:
    hold([choice.consent.pk])
    contents = _checked(by, choice)
    if contents.digest != digest:
        raise InputProblem("sharing.packet_changed")
    recipient = choice.consent.recipient
    with_account = has_account(recipient.pk)
    row = {
        "child": choice.child, "consent": choice.consent, "purpose": choice.consent.purpose, "recipient": recipient,
        "service": choice.service, "fields": list(choice.fields), "digest": contents.digest,
        "urgency": choice.urgency, "reply_by": timezone.now() + REPLY[Urgency(choice.urgency)],
        "by_code": not with_account,
    }  # fmt: skip
    detail = {"to": recipient.pk, "ground": choice.consent.ground, "fields": list(choice.fields)}
    if _waiting(choice):
        raise InputProblem("sharing.sent_already")
    (referral,) = add_sealed(by=by, kind="referral", rows=[row], detail=detail)
    packet, code = _hand_over(by, referral, contents)
    audit.record(
        "add", "packet", [packet.pk], access=by, detail={"referral": referral.pk, "to": recipient.pk}
    )
    react("referral_sent", by=by, referral=referral)
    return Sent(referral, code)


def _hand_over(by: Access, referral: Referral, contents: Contents) -> tuple[Packet, str]:
    """Into the recipient's tray, under a key of its own."""
    tray = tray_of(referral.recipient_id).pk
    with handing_to(tray) as wider:
        packet = Packet(
            pk=reserve_ids(Packet, 1)[0], key_id=new_keys(1)[0], scope_id=tray, referral_id=referral.pk,
            code=referral.code, sender_id=by.organisation_id, recipient_id=referral.recipient_id,
            service_id=referral.service_id, purpose=referral.purpose, ground=referral.consent.ground,
            digest=contents.digest, urgency=referral.urgency, reply_by=referral.reply_by, by_code=referral.by_code,
            made_by_id=by.by_id, changed_by_id=by.by_id,
        )  # fmt: skip
        check(wider, "add", "packet", packet)
        seal_rows([packet], [{"json": contents.json, "html": contents.html}])
        Packet.objects.bulk_create([packet])
    return packet, codes.packet_code(by, packet) if referral.by_code else ""


def _waiting(choice: Choice) -> bool:
    """The same question twice would make two answers."""
    same = Referral.objects.filter(
        child=choice.child, recipient_id=choice.consent.recipient_id, state__in=WAITING
    )
    return same.filter(service=choice.service).exists()


def has_account(organisation_id: int) -> bool:
    """Whether somebody there can open what arrives in the tray."""
    people = Account.objects.filter(
        organisation_id=organisation_id, is_active=True, holdings__ended_at=None,
        holdings__role__in=(Role.RECEIVING_SERVICE, Role.SUPERVISOR),
    )  # fmt: skip
    return people.exists()
