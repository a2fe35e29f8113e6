"""What is due in this room: authorities that do not answer, and requests that nobody here moves."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from cobijo.web.coordination.groups.rules import today
from cobijo.web.coordination.requests import queries
from cobijo.web.coordination.requests.choices import WAITING, State
from cobijo.web.coordination.requests.models import Request
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide
from cobijo.web.core.screens.clocks import Due

NAMED = 30


def due(access: Access) -> Iterator[Due]:
    """One query. Whoever may change requests sees them: the own organisation's, or the country's."""
    if not decide(access, "change", "request"):
        return
    now = today()
    for one in queries.to_move(access)[:NAMED]:
        if not decide(access, "change", "request", one):
            continue
        url = reverse("request:detail", args=[one.pk])
        params = {"title": one.title, "who": str(one.addressee or "")}
        when = queries.by_when(one, now)
        yield Due(_code(one), params, url, when, "urgent" if one.is_overdue else "usual")


def _code(one: Request) -> str:
    if one.state == State.DRAFT:
        return "requests.take_up"
    if one.is_overdue and one.state != State.ESCALATED:
        return "requests.overdue"
    return "requests.ask_again" if one.state in WAITING else "requests.nobody_moves"
