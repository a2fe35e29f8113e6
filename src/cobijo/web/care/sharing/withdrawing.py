"""Withdrawal, in one transaction: the row that says so, open referrals closed, packets shut, recipients told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.cases.models import Case
from cobijo.web.care.children.writing import add_sealed, attempt
from cobijo.web.care.sharing import both
from cobijo.web.care.sharing.consents import guardian_may, hold, withdrawal
from cobijo.web.care.sharing.models import Consent, Packet, Referral
from cobijo.web.care.sharing.models.consents import Giver, Verdict, Way
from cobijo.web.care.sharing.models.referrals import Closing
from cobijo.web.care.sharing.states import READABLE, State, check_step
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.reactions import react

CONFIRM = timedelta(days=3)  # for the recipient to say what it does; then it is destroyed


def withdraw(*, by: Access, consents: Sequence[Consent], way: Way = Way.DESK) -> list[Referral]:
    """Withdraw consents. Sharing stops at once; the safety plan and everything else of the case stay as they are.

    `by` is the caseworker, or the system where the child used its code. A legal basis cannot be withdrawn.
    """
    ids = [one.pk for one in consents]
    with attempt(by, "withdraw", "consent", ids):
        hold(ids)
        there = Consent.objects.select_related("child", "recipient", "service").filter(pk__in=ids)
        consents = list(there.order_by("pk"))
        if len(consents) < len(set(ids)):  # the case went to another organisation meanwhile
            raise InputProblem("screens.gone")
        for one in consents:
            if one.verdict == Verdict.LAW:
                raise InputProblem("sharing.law_stands")
            if one.verdict != Verdict.GIVEN or Consent.objects.filter(withdraws=one).exists():
                raise InputProblem("sharing.withdrawn_already")
        rows = [withdrawal(one, way) for one in consents]
        add_sealed(by=by, kind="consent", rows=rows, detail={"withdraws": [one.pk for one in consents]})
        closed = stop(by=by, ids=_resting_on(consents))
        react("consent_withdrawn", by=by, consents=consents, referrals=closed)
        return closed


def heed_refusals(*, by: Access, consents: Sequence[Consent]) -> None:
    """The reaction to a recorded refusal: whoever says no after a yes withdraws that yes, whatever the form was called.

    Of the same recipient and purpose, and of the same service where the refusal names one: a no to the lessons is no
    no to the doctor of the same house. What a law demands stands.
    """
    for one in consents:
        said = Consent.objects.filter(
            child_id=one.child_id, recipient_id=one.recipient_id, purpose=one.purpose, verdict=Verdict.GIVEN,
            pk__lt=one.pk,
        )  # fmt: skip
        hold(said.values_list("pk", flat=True))
        rows = Referral.objects.filter(
            child_id=one.child_id, recipient_id=one.recipient_id, purpose=one.purpose, state__in=READABLE,
            consent__verdict=Verdict.GIVEN, consent__lt=one.pk,
        ).select_related("consent")  # fmt: skip
        if one.service_id is not None:
            rows = rows.filter(service_id=one.service_id)
        found = list(rows.order_by("pk"))
        if found:
            closed = stop(by=by, ids=[each.pk for each in found])
            ended = list({each.consent_id: each.consent for each in found}.values())
            react("consent_withdrawn", by=by, consents=ended, referrals=closed)


def heed_guardians(*, by: Access, cases: Sequence[Case]) -> None:
    """The reaction to a case that says something else of a guardian: what one in doubt agreed to is shared no longer.

    It closes as after a withdrawal, in the same transaction: a service that protects the child keeps the least under a
    law of its own, and everybody else what was sent to them not at all. An offer of the case goes back as well.
    """
    with acting_as_system("guardian_in_doubt", scopes="all") as system:
        doubted = [one.child for one in cases if not guardian_may(one.child)]
        rows = Consent.objects.filter(child__in=doubted, verdict=Verdict.GIVEN, giver=Giver.GUARDIAN)
        agreed = list(rows.select_related("child").order_by("pk"))
        if not agreed:
            return
        hold([one.pk for one in agreed])
        ids = _resting_on(agreed)
        closed = stop(by=by, ids=ids) if ids else []
        react("consent_withdrawn", by=system, consents=agreed, referrals=closed)


def _resting_on(consents: Sequence[Consent]) -> list[int]:
    """Referrals that are read under these consents."""
    rows = Referral.objects.filter(consent__in=consents, state__in=READABLE)
    return list(rows.order_by("pk").values_list("pk", flat=True))


def stop_run_out(limit: int) -> int:
    """What was agreed to, or demanded by a law, until a day is read no longer after it. How many were closed.

    The recipient is asked as after a withdrawal: it deletes, or keeps the least under a law of its own.
    """
    with acting_as_system("consent_run_out", scopes="all") as system:
        rows = Referral.objects.filter(state__in=READABLE, consent__until__lt=timezone.localdate())
        over = (
            rows.filter(child__erased_at=None)
            .order_by("pk")
            .select_for_update(of=("self",), skip_locked=True)
        )
        ids = list(over.values_list("pk", flat=True)[:limit])
        if ids:
            stop(by=system, ids=ids)
    return len(ids)


def take_back(*, by: Access, ids: Collection[int]) -> list[Referral]:
    """The sender takes referrals back, without a withdrawal of the consent: a mistake, or it is no longer needed."""
    from cobijo.web.care.children.writing import locked

    with attempt(by, "take_back", "referral", ids):
        locked(by, "referral", list(ids))
        return stop(by=by, ids=ids)


def stop(*, by: Access, ids: Collection[int]) -> list[Referral]:
    """Close referrals whatever the recipient does: for services that checked who may."""
    closed = []
    for pk in sorted(ids):
        with both.pair(pk, "stop_sharing") as (referral, packet):
            check_step(referral.state, State.WITHDRAWN)
            referral.state, referral.closed_at = State.WITHDRAWN, timezone.now()
            if packet is None or not _shut(by, packet):
                referral.closing = Closing.DESTROYED
            both.write(by, referral)
            closed.append(referral)
    audit.record("stop", "referral", sorted(ids), access=by)
    return closed


def _shut(by: Access, packet: Packet) -> bool:
    """Nobody reads it from now on. Whether the recipient still has something to say about it."""
    if packet.by_code and packet.sealed:  # never opened
        both.destroy(by, packet, "consent_withdrawn")
        return False
    if packet.by_code:
        Packet.objects.filter(pk=packet.pk).delete()  # read outside: the sender is told to telephone
        return True
    packet.state, packet.closed_at = State.WITHDRAWN, timezone.now()
    packet.confirm_by = timezone.now() + CONFIRM
    if packet.held:
        both.write(by, packet)
    else:
        both.empty(by, packet, "consent_withdrawn")
    return True
