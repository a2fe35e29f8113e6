"""The pages of the room that are no registers: one law with all that hangs on it, and penalties side by side."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from cobijo.web.core.access.policy import check
from cobijo.web.core.screens import pages
from cobijo.web.core.screens import showing as cells
from cobijo.web.core.screens.pages import acting, uncached
from cobijo.web.knowledge.laws import queries, showing
from cobijo.web.knowledge.laws.comparing import MOST, compared
from cobijo.web.knowledge.laws.screens import INSTRUMENTS

MOST_HANGING = 200  # articles, amendments or penalties on the page of one law


def instrument_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One treaty or law: since when, its articles, what changed in it, what it threatens, what would change it."""
    access = acting()
    record = pages.found(access, INSTRUMENTS, pk)
    penalties = queries.penalties(access).filter(article__instrument=record).order_by("offence", "-since")
    amendments = queries.amendments(access).filter(instrument=record).order_by("-on", "-pk")
    context = {
        "record": record,
        "groups": cells.groups(access, INSTRUMENTS, record),
        "buttons": cells.buttons(access, INSTRUMENTS, ("change", "history", "remove"), record),
        "who": reverse("access:who", args=[INSTRUMENTS.kind, record.pk]),
        "sure": showing.sure(record.evidence),
        "articles": queries.articles(access).filter(instrument=record).order_by("pk")[:MOST_HANGING],
        "amendments": [
            {"record": one, "when": showing.amended(one), "sure": showing.sure(one.evidence)}
            for one in amendments[:MOST_HANGING]
        ],
        "penalties": [
            {
                "record": one, "years": showing.years(one), "fine": showing.fine(one), "time": showing.time(one),
                "sure": showing.sure(one.evidence),
            }
            for one in penalties[:MOST_HANGING]
        ],
        "proposals": queries.proposals(access).filter(instrument=record).order_by("-stage_on")[:MOST_HANGING],
        "replaces": queries.instruments(access).filter(replaced_by=record)[:MOST_HANGING],
    }  # fmt: skip
    return _page(request, "instrument", context)


def compare_page(request: HttpRequest) -> HttpResponse:
    """Penalties for one offence, over time and between the country and its states."""
    access = acting()
    check(access, "list", "penalty")
    offered: dict[str, str] = {}  # called as the country’s law does, where it has one
    for code, called in (
        queries.penalties(access)
        .order_by("offence", "area", "-since")
        .values_list("offence", "called")[: MOST * 5]
    ):
        offered.setdefault(code, called)
    asked = request.GET.get("offence", "")
    chosen = asked if asked in offered else next(iter(offered), "")
    rows = list(queries.penalties(access).filter(offence=chosen)[:MOST]) if chosen else []
    context = {
        "offered": offered.items(),
        "chosen": chosen,
        "called": offered.get(chosen, ""),
        "found": compared(rows, offered[chosen]) if rows else None,
    }
    return _page(request, "compare", context)


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return uncached(render(request, f"laws/{name}.html", {"page": name, **context}))
