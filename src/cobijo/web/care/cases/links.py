"""What the room of sharing, above this one, tells the pages of a case. It fills them in `ready()`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.urls import reverse

from cobijo.web.care.cases import queries
from cobijo.web.care.children.models import Child
from cobijo.web.core.access.context import Access


@dataclass(frozen=True)
class InTime:
    """Of the referrals sent since a day: how many had to be answered by now, and how many were in time."""

    due: int
    in_time: int


@dataclass(frozen=True)
class Referred:
    """One referral of a child, as its case lists it. `late`: nobody has answered and the time is over."""

    code: str
    url: str
    to: str  # the service, or the organisation where no service is named
    state: str
    reply_by: datetime
    waits: bool
    late: bool


Referrals = Callable[[Access, Child], list[Referred]]
_referrals: list[Referrals] = []
Figures = Callable[[Access, date], InTime]
_figures: list[Figures] = []


def fill_referrals(figures: Figures, of_child: Referrals) -> None:
    """For the room of sharing: its figures of answers, within what the person may review, and a child's referrals."""
    if figures not in _figures:
        _figures.append(figures)
        _referrals.append(of_child)


def referrals_of(access: Access, child: Child) -> list[Referred]:
    """The referrals of a child within reach, the latest first; none while no room tells."""
    return [one for found in _referrals for one in found(access, child)]


def referrals_in_time(access: Access, since: date) -> InTime | None:
    """None while no room tells."""
    return _figures[0](access, since) if _figures else None


def cases_of_child(access: Access, child: Child) -> list[dict[str, Any]]:
    """For the child's page: its cases within reach."""
    return [
        {"case": one, "url": reverse("cases:case", args=[one.pk])}
        for one in queries.of_child(access, child)[:20]
    ]
