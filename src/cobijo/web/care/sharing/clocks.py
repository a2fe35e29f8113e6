"""What is due in this room, and what happens by itself: escalation, the end of waiting, the end of keeping."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cobijo.web.care.pack import load_care_tables
from cobijo.web.care.sharing import agreements, both, queries, withdrawing
from cobijo.web.care.sharing.models import Code, Opening, Packet, Referral, Wish
from cobijo.web.care.sharing.models.codes import CodeKind
from cobijo.web.care.sharing.models.referrals import Closing
from cobijo.web.care.sharing.states import WAITING, State
from cobijo.web.core import audit, country
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.policy import decide, visible
from cobijo.web.core.dates import months_after
from cobijo.web.core.screens.clocks import Due, Part, lines

COUNTED = 200  # complaints that wait: there are rarely ten
#: After the reply was due, so long until a referral that nobody answered is closed and its packet destroyed.
EXPIRES_AFTER = timedelta(days=7)
AT_ONCE = 200
TOLD_BEFORE = timedelta(days=7)  # before a consent ends
URGENT = ("now", "today")


def due(access: Access) -> Iterator[Due]:
    """Packets to answer, questions, withdrawals to confirm, children's requests, agreements to sign, complaints."""
    found = lines(_parts(access))
    for one in found.get("packet", ()):
        level: Any = "urgent" if one.word in URGENT else "usual"
        yield Due("sharing.packet_waits", {"sender": one.code}, _packet(one.pk), one.day, level)
    for one in found.get("stopped", ()):
        yield Due("sharing.confirm_withdrawal", {"code": one.code}, _packet(one.pk), one.day, "urgent")
    for one in found.get("asked", ()):
        yield Due("sharing.question_waits", {"code": one.code}, _referral(one.pk), one.day)
    reviews = decide(access, "review", "referral")
    for one in found.get("late", ()):
        said = {"code": one.code, "name": one.word}
        code = "sharing.unanswered_supervisor" if reviews else "sharing.unanswered"
        yield Due(code, said, _referral(one.pk), one.day, "urgent")
    for one in found.get("ending", ()):
        yield Due(
            "sharing.consent_ends_soon", {"code": one.code, "name": one.word}, _referral(one.pk), one.day
        )
    for one in found.get("wish", ()):
        yield Due(f"sharing.wish_{one.word}", {}, _child(one.pk), one.day, "urgent")
    for one in found.get("agreement", ()):
        yield Due("sharing.agreement_to_sign", {"one": one.code, "other": one.word}, reverse("sharing:sign"))
    if found.get("complaint"):
        count = len(found["complaint"])
        yield Due("sharing.complaints_wait", {"count": count}, reverse("sharing:complaints"), None, "urgent")


def _parts(access: Access) -> dict[str, Part]:
    """What may be due for this person; each of it sorted and cut, all asked for at once."""
    parts: dict[str, Part] = {}
    if decide(access, "change", "packet"):
        waits = queries.inbox(access)
        parts["packet"] = Part(
            waits.exclude(state=State.WITHDRAWN), "pk", "sender__name", "urgency", at="reply_by"
        )
        parts["stopped"] = Part(waits.filter(state=State.WITHDRAWN), "pk", "code", at="confirm_by")
    if decide(access, "change", "referral"):
        sent = queries.referrals(access).order_by("reply_by")
        late = sent.filter(state__in=WAITING, reply_by__lt=timezone.now())
        parts["asked"] = Part(sent.filter(state=State.ASKED), "pk", "code", at="reply_by")
        ending = sent.filter(state=State.ACCEPTED, consent__until__lte=timezone.localdate() + TOLD_BEFORE)
        parts["ending"] = Part(
            ending.order_by("consent__until"), "pk", "code", "recipient__name", at="consent__until"
        )
        parts["late"] = Part(late, "pk", "code", "recipient__name", at="reply_by")
    if decide(access, "change", "wish"):
        rows = visible(access, "wish", Wish.objects.filter(answered_at=None).order_by("pk"))
        parts["wish"] = Part(rows, "child_id", "", "kind", at="made_at")
    if decide(access, "add", "signature"):
        parts["agreement"] = Part(agreements.unsigned(access), "pk", "organisation__name", "other__name")
    if decide(access, "change", "complaint"):
        new = queries.complaints(access).filter(state="new")
        parts["complaint"] = Part(new, "pk", limit=COUNTED)
    return parts


def run() -> int:
    """Called by the worker every minute; may be called by two at once."""
    return withdrawing.stop_run_out(AT_ONCE) + escalate() + expire() + destroy_unconfirmed()


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
    tables = load_care_tables(country.pack_name())
    old = months_after(now, -tables.keep("packet").months)
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
    """Reaction to an erasure: packets of these children are destroyed wherever they lie, their codes end.

    Who opened a packet on which day was kept for the child to read, and goes with its page.
    """
    for pk in Referral.objects.filter(child__in=ids).values_list("pk", flat=True):
        with both.pair(pk, "child_erased") as (_referral_row, packet):
            if packet is not None:
                both.destroy(by, packet, "child_erased")
    Code.objects.filter(kind=CodeKind.PAGE, child_id__in=ids, revoked_at=None).update(
        revoked_at=timezone.now()
    )
    Opening.objects.filter(child__in=ids).delete()


def _child(pk: int) -> str:
    return reverse("sharing:child", args=[pk])


def _referral(pk: int) -> str:
    return reverse("sharing:referral", args=[pk])


def _packet(pk: int) -> str:
    return reverse("sharing:packet", args=[pk])
