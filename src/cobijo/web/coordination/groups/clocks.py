"""What is due in this room: groups that do not meet, meetings to prepare or to settle, decisions to carry out."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from cobijo.web.coordination.groups import queries
from cobijo.web.coordination.groups.rules import today
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide
from cobijo.web.core.screens.clocks import Due

NAMED = 20  # of each kind


def due(access: Access) -> Iterator[Due]:
    """First the groups in which nobody met for longer than the mandate allows: a coordinator must see it at once."""
    if decide(access, "change", "meeting"):
        for missed in queries.overdue_groups(access)[:NAMED]:
            params = {
                "group": missed.group.name, "months": missed.group.cadence_months,
                "met": missed.standing.met, "years": missed.standing.years,
            }  # fmt: skip
            url = reverse("group:detail", args=[missed.group.pk])
            yield Due("groups.nobody_met", params, url, missed.standing.due_on, "urgent")
        for meeting in queries.to_hold(access)[:NAMED]:
            past = meeting.on < today()
            code = "groups.was_it_held" if past else "groups.meets_soon"
            yield Due(
                code, {"group": meeting.group.name}, reverse("meeting:detail", args=[meeting.pk]), meeting.on
            )
    if decide(access, "change", "decision"):
        for one in queries.to_do(access)[:NAMED]:
            yield Due(
                "groups.promised", {"text": one.text}, reverse("decision:detail", args=[one.pk]), one.due_on
            )
        if decide(access, "change", "group"):
            for one in queries.late_elsewhere(access)[:NAMED]:
                params = {"text": one.text, "who": one.organisation.name}
                yield Due(
                    "groups.promised_elsewhere", params, reverse("decision:detail", args=[one.pk]), one.due_on
                )
