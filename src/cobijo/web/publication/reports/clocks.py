"""What is due in this room: the days of handing in, of all reports, in one query."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide
from cobijo.web.core.screens.clocks import Due
from cobijo.web.publication.reports import queries

AHEAD = timedelta(days=30)  # a chapter is not written in a week
NAMED = 20


def due_steps(access: Access) -> Iterator[Due]:
    """For whoever keeps reports: steps whose day is near or over."""
    if not decide(access, "change", "report_step"):
        return
    today = timezone.localdate()
    open_ones = queries.steps(access).filter(done_on=None, due_on__lte=today + AHEAD)
    for one in open_ones.order_by("due_on", "pk")[:NAMED]:
        assert one.due_on is not None
        yield Due(
            "reports.step_due", {"report": one.report.title, "step": one.title},
            reverse("alternative_report:detail", args=[one.report_id]), one.due_on,
            "urgent" if one.due_on < today else "usual",
        )  # fmt: skip
