"""What this room tells the pages of a case and of the supervisor: referrals, and how many were answered in time."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from cobijo.web.care.cases.links import InTime, Referred
from cobijo.web.care.children.models import Child
from cobijo.web.care.sharing import queries
from cobijo.web.care.sharing.models import Referral
from cobijo.web.care.sharing.states import WAITING, State
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide, visible

SHOWN = 20


def of_child(access: Access, child: Child) -> list[Referred]:
    """For the page of a case: to which service, how it stands, and until when an answer is due."""
    if not decide(access, "list", "referral"):
        return []
    now = timezone.now()
    return [
        Referred(
            one.code,
            reverse("sharing:referral", args=[one.pk]),
            str(one.service or one.recipient),
            str(State(one.state).label),
            one.reply_by,
            one.state in WAITING,
            one.state in WAITING and one.reply_by < now,
        )
        for one in queries.of_child(access, child)[:SHOWN]
    ]


def in_time(access: Access, since: date) -> InTime:
    """Of the referrals sent since a day whose time to answer is over: how many were answered within it.

    One that was taken back before anybody answered was never due; of an erased child only the years are left.
    """
    rows = visible(access, "referral", Referral.objects.filter(child__erased_at=None), "review")
    unanswered = Q(state=State.WITHDRAWN, answered_at=None)
    due = rows.filter(sent_at__date__gte=since, reply_by__lte=timezone.now()).exclude(unanswered)
    found = due.aggregate(due=Count("pk"), in_time=Count("pk", filter=Q(answered_at__lte=F("reply_by"))))
    return InTime(found["due"], found["in_time"])
