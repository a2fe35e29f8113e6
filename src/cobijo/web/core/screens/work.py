"""The work page: what is due for me, over all rooms, and the registers and pages that are open to me."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cobijo.sentences import render as sentence
from cobijo.web.core.screens import showing
from cobijo.web.core.screens.clocks import Due, due_for
from cobijo.web.core.screens.menu import sections
from cobijo.web.core.screens.pages import acting, uncached

SPANS = (_("Overdue"), _("Today"), _("In the next seven days"), _("Later"), _("Without a date"))
SHOWN = 8  # of what is due in one span of time; the rest is folded


def work_page(request: HttpRequest) -> HttpResponse:
    """What is due for me, over all rooms, and what everybody should know about the site."""
    from cobijo.web.operations.health import lately

    access = acting()
    mine = sections(access)
    context = {
        "spans": _spans(due_for(access)),
        "notices": [
            {"grave": one.grave, "said": sentence(one.code, one.params, showing.language())}
            for one in lately()
        ],
        "desks": [one for one in mine if one.works],
        "shelves": [one for one in mine if not one.works],
    }
    return uncached(render(request, "screens/work.html", context))


def _spans(found: Iterable[Due]) -> list[dict[str, Any]]:
    """What is due, by when: a full day is read from its top."""
    today = timezone.localdate()
    spans: dict[Promise, list[dict[str, Any]]] = {one: [] for one in SPANS}
    for one in found:
        said = {"due": one, "said": sentence(one.code, one.params, showing.language())}
        spans[SPANS[_span(one, today)]].append(said)
    return [
        {"title": title, "shown": rows[:SHOWN], "folded": rows[SHOWN:], "count": len(rows)}
        for title, rows in spans.items()
        if rows
    ]


def _span(one: Due, today: date) -> int:
    """Its place in `SPANS`. What is urgent and has no date is for today."""
    if one.due is None:
        return 1 if one.level == "urgent" else 4
    if one.due <= today:
        return 0 if one.due < today else 1
    return 2 if one.due <= today + timedelta(days=7) else 3
