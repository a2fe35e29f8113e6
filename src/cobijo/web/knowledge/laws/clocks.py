"""What is due of law reform: the next dates of proposals that are still open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide
from cobijo.web.core.screens.clocks import Due
from cobijo.web.knowledge.laws import queries
from cobijo.web.knowledge.laws.models import OPEN_STAGES

AHEAD = timedelta(days=30)
MOST = 20


def due(access: Access) -> Iterator[Due]:
    """For whoever keeps the proposals; to everybody else nothing is due of them."""
    if not decide(access, "change", "proposal"):
        return
    until = timezone.localdate() + AHEAD
    rows = (
        queries.proposals(access).filter(stage__in=OPEN_STAGES, next_on__lte=until).order_by("next_on", "pk")
    )
    for one in rows.values_list("pk", "title", "next_what", "next_on")[:MOST]:
        pk, title, what, when = one
        params = {"what": what, "title": title}
        yield Due("laws.next_due", params, reverse("proposal:detail", args=[pk]), when)
