"""Reads of this room: what lies in the recipient's tray, what was sent, what children ask, complaints."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from cobijo.web.care.children.models import Child
from cobijo.web.care.sharing.models import Complaint, Opening, Packet, Referral, Wish
from cobijo.web.care.sharing.states import State
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check, visible
from cobijo.web.core.vault.queries import Identity, identities


def packets(access: Access) -> QuerySet[Packet]:
    """The packets within reach; what they say is read by `answers.open_packet`. Those opened by code stand outside."""
    rows = Packet.objects.filter(by_code=False).select_related("sender", "service", "recipient")
    return visible(access, "packet", rows)


def inbox(access: Access) -> QuerySet[Packet]:
    """Those that wait for an answer, or for a word after sharing was stopped."""
    waits = Q(state=State.SENT) | Q(state=State.WITHDRAWN, kept_law="")
    return packets(access).filter(waits).order_by("reply_by", "pk")


def packet(access: Access, pk: int) -> Packet | None:
    rows = Packet.objects.filter(pk=pk, by_code=False).select_related("sender", "service", "recipient")
    return visible(access, "packet", rows, "see").first()


def referrals(access: Access) -> QuerySet[Referral]:
    rows = Referral.objects.select_related("recipient", "service", "child")
    return visible(access, "referral", rows)


def referral(access: Access, pk: int) -> Referral | None:
    rows = Referral.objects.filter(pk=pk).select_related("recipient", "service", "child", "consent")
    return visible(access, "referral", rows, "see").first()


def of_child(access: Access, child: Child) -> QuerySet[Referral]:
    return referrals(access).filter(child=child).order_by("-sent_at", "-pk")


def words_of(access: Access, referral: Referral) -> Identity:
    """Question, answer and note of a referral; audited."""
    fields = ("question", "answer", "note")
    return identities(access, [referral], fields=fields, purpose="referral", kind="referral")[0]


def openings(access: Access, referral: Referral) -> QuerySet[Opening]:
    rows = Opening.objects.filter(referral=referral).select_related("organisation")
    return visible(access, "opening", rows.order_by("-on", "pk"))


def wishes(access: Access, child: Child) -> QuerySet[Wish]:
    return visible(access, "wish", Wish.objects.filter(child=child).order_by("answered_at", "-pk"))


def complaints(access: Access) -> QuerySet[Complaint]:
    """Those that the own body handles, never those about it."""
    rows = Complaint.objects.exclude(about_id=access.organisation_id).select_related("about")
    return visible(access, "complaint", rows.order_by("state", "made_at"))


def complaint_words(access: Access, complaint: Complaint) -> Identity:
    check(access, "see", "complaint", complaint)
    return identities(access, [complaint], fields=("words",), purpose="complaint", kind="complaint")[0]
