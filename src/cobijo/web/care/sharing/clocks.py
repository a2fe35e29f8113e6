"""What is due in this room, and what happens by itself: escalation, the end of waiting, the end of keeping."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cobijo.web.care.cases.rules import later
from cobijo.web.care.pack import load_care_tables
from cobijo.web.care.sharing import agreements, both, queries
from cobijo.web.care.sharing.models import Code, Packet, Referral, Wish
from cobijo.web.care.sharing.models.codes import CodeKind
from cobijo.web.care.sharing.models.referrals import Closing
from cobijo.web.care.sharing.states import WAITING, State
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.policy import decide, visible
from cobijo.web.core.screens.clocks import Due

NAMED = 20
#: After the reply was due, so long until a referral that nobody answered is closed and its packet destroyed.
EXPIRES_AFTER = timedelta(days=7)
AT_ONCE = 200
URGENT = ("now", "today")


def due(access: Access) -> Iterator[Due]:
    """Packets to answer, questions, withdrawals to confirm, children's requests, agreements to sign, complaints."""
    if decide(access, "change", "packet"):
        for packet in queries.inbox(access)[:NAMED]:
            yield _of_packet(packet)
    if decide(access, "change", "referral"):
        yield from _of_sender(access)
    if decide(access, "change", "wish"):
        for wish in visible(access, "wish", Wish.objects.filter(answered_at=None).order_by("pk"))[:NAMED]:
            yield Due(f"sharing.wish_{wish.kind}", {}, _child(wish.child_id), _day(wish.made_at), "urgent")
    for agreement in agreements.to_sign(access)[:NAMED]:
        named = {"one": agreement.organisation.name, "other": agreement.other.name}
        yield Due("sharing.agreement_to_sign", named, reverse("sharing:sign"))
    if decide(access, "change", "complaint"):
        count = queries.complaints(access).filter(state="new").count()
        if count:
            yield Due(
                "sharing.complaints_wait", {"count": count}, reverse("sharing:complaints"), None, "urgent"
            )


def _of_packet(packet: Packet) -> Due:
    url = reverse("sharing:packet", args=[packet.pk])
    if packet.state == State.WITHDRAWN:
        return Due(
            "sharing.confirm_withdrawal", {"code": packet.code}, url, _day(packet.confirm_by), "urgent"
        )
    level: Any = "urgent" if packet.urgency in URGENT else "usual"
    return Due("sharing.packet_waits", {"sender": packet.sender.name}, url, _day(packet.reply_by), level)


def _of_sender(access: Access) -> Iterator[Due]:
    for one in queries.referrals(access).filter(state=State.ASKED).order_by("reply_by")[:NAMED]:
        yield Due("sharing.question_waits", {"code": one.code}, _referral(one), _day(one.reply_by))
    late = (
        queries.referrals(access).filter(state__in=WAITING, reply_by__lt=timezone.now()).order_by("reply_by")
    )
    code = "sharing.unanswered_supervisor" if decide(access, "review", "referral") else "sharing.unanswered"
    for one in late[:NAMED]:
        yield Due(
            code, {"code": one.code, "name": one.recipient.name}, _referral(one), _day(one.reply_by), "urgent"
        )


def run() -> int:
    """Called by the worker every minute; may be called by two at once."""
    return escalate() + expire() + destroy_unconfirmed()


def escalate() -> int:
    """Referrals that nobody answered in time: the sender's supervisor finds them on the work page from now on."""
    now = timezone.now()
    with acting_as_system("escalate_referrals", scopes="all") as access:
        rows = Referral.objects.filter(state__in=WAITING, reply_by__lt=now, escalated_at=None).order_by("pk")
        ids = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True)[:AT_ONCE])
        if ids:
            Referral.objects.filter(pk__in=ids).update(escalated_at=now)
            audit.record("escalate", "referral", ids, access=access)
    return len(ids)


def expire() -> int:
    """Nobody answered for a week after it was due: nothing of the packet stays."""
    before = timezone.now() - EXPIRES_AFTER
    with acting_as_system("expire_referrals", scopes="all"):
        ids = list(
            Referral.objects.filter(state__in=WAITING, reply_by__lt=before).values_list("pk", flat=True)[
                :AT_ONCE
            ]
        )
    for pk in ids:
        with (
            acting_as_system("expire_referrals", scopes="all") as access,
            both.pair(pk, "expire_referrals") as rows,
        ):
            referral, packet = rows
            if referral.state not in WAITING:
                continue
            referral.state = State.EXPIRED
            both.write(access, referral)
            if packet is not None:
                both.destroy(access, packet, "expired")
            audit.record("expire", "referral", [pk], access=access)
    return len(ids)


def destroy_unconfirmed() -> int:
    """Sharing was stopped and the recipient said nothing in time, or the time of keeping is over."""
    now = timezone.now()
    tables = load_care_tables(getattr(settings, "PACK", "mexico"))
    old = later(now, -tables.keep("packet").months)
    with acting_as_system("destroy_packets", scopes="all"):
        late = Q(state=State.WITHDRAWN, kept_law="", confirm_by__lt=now)
        kept = Q(state=State.DONE, changed_at__lt=old)
        found = list(Packet.objects.filter(late | kept).values_list("referral_id", flat=True)[:AT_ONCE])
    for pk in found:
        with (
            acting_as_system("destroy_packets", scopes="all") as access,
            both.pair(pk, "destroy_packets") as rows,
        ):
            referral, packet = rows
            if packet is None or packet.kept_law:
                continue
            if packet.state == State.WITHDRAWN:
                referral.closing = Closing.DESTROYED
                both.write(access, referral)
            both.destroy(access, packet, "retention")
            audit.record("erase", "packet", [packet.pk], access=access, detail={"reason": "retention"})
    return len(found)


def forget_children(*, by: Access, ids: list[int]) -> None:
    """Reaction to an erasure: packets of these children are destroyed wherever they lie, their codes end."""
    for pk in Referral.objects.filter(child__in=ids).values_list("pk", flat=True):
        with both.pair(pk, "child_erased") as (_referral_row, packet):
            if packet is not None:
                both.destroy(by, packet, "child_erased")
    Code.objects.filter(kind=CodeKind.PAGE, child_id__in=ids, revoked_at=None).update(
        revoked_at=timezone.now()
    )


def _child(pk: int) -> str:
    return reverse("sharing:child", args=[pk])


def _referral(one: Referral) -> str:
    return reverse("sharing:referral", args=[one.pk])


def _day(at: datetime | None) -> Any:
    return timezone.localdate(at) if at is not None else None
