"""The work page: what is due for me, over all rooms, and the registers and pages that are open to me."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cobijo.sentences import render as sentence
from cobijo.web.core.screens import showing
from cobijo.web.core.screens.clocks import Due, due_for
from cobijo.web.core.screens.menu import menu, sections
from cobijo.web.core.screens.pages import acting, uncached
from cobijo.web.figures import in_words

SPANS = (_("Overdue"), _("Today"), _("In the next seven days"), _("Later"), _("Without a date"))
SHOWN = 8  # of what is due in one span of time; the rest is folded


def work_page(request: HttpRequest) -> HttpResponse:
    """What is due for me, over all rooms, and what everybody should know about the site."""
    from cobijo.web.operations.health import lately

    access = acting()
    mine = sections(access)
    frame = menu(access, request.path, mine)
    context = {
        "spans": _spans(due_for(access)),
        "notices": [
            {"grave": one.grave, "said": sentence(one.code, one.params, showing.language())}
            for one in lately()
        ],
        "desks": [said for one, said in zip(mine, frame["sections"], strict=True) if one.works],
        "shelves": [said for one, said in zip(mine, frame["sections"], strict=True) if not one.works],
        "menu": frame,
    }
    return uncached(render(request, "screens/work.html", context))


def _spans(found: Iterable[Due]) -> list[dict[str, Any]]:
    """What is due, by when: a full day is read from its top."""
    today = timezone.localdate()
    spans: dict[Promise, list[SafeString]] = {one: [] for one in SPANS}
    for one in found:
        spans[SPANS[_span(one, today)]].append(_row(one, today))
    return [
        {
            "title": title,
            "shown": _rows(rows[:SHOWN]),
            "folded": _rows(rows[SHOWN:]),
            "more": len(rows) - SHOWN,
            "count": len(rows),
        }
        for title, rows in spans.items()
        if rows
    ]


def _rows(rows: list[SafeString]) -> SafeString:
    return format_html('<ul class="due">{}</ul>', SafeString("".join(rows))) if rows else SafeString("")


def _row(one: Due, today: date) -> SafeString:
    """One line as the page shows it. No template: a full day has eighty, and that took a fifth of the page's time."""
    said: str = sentence(one.code, one.params, showing.language())
    if one.url:
        said = format_html('<a href="{}">{}</a>', one.url, said)
    if one.due is None:
        return format_html("<li>{}</li>", said)
    if one.due < today:
        when = gettext("overdue since %(day)s") % {"day": in_words(one.due)}
        return format_html(_OVERDUE, said, when)
    when = gettext("until %(day)s") % {"day": in_words(one.due)}
    return format_html('<li>{} <span class="when">{}</span></li>', said, when)


_OVERDUE = '<li class="overdue">{} <span class="when"><span aria-hidden="true">▲</span> {}</span></li>'


def _span(one: Due, today: date) -> int:
    """Its place in `SPANS`. What is urgent and has no date is for today."""
    if one.due is None:
        return 1 if one.level == "urgent" else 4
    if one.due <= today:
        return 0 if one.due < today else 1
    return 2 if one.due <= today + timedelta(days=7) else 3
