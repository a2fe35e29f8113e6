"""The work page: what is due for me, over all rooms, and the registers and pages that are open to me."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise

from cobijo.sentences import render as sentence
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide
from cobijo.web.core.screens import showing
from cobijo.web.core.screens.clocks import due_for
from cobijo.web.core.screens.pages import acting, uncached
from cobijo.web.core.screens.register import registers


def work_page(request: HttpRequest) -> HttpResponse:
    """What is due for me, over all rooms, and what everybody should know about the site."""
    from cobijo.web.operations.health import lately

    access = acting()
    context = {
        "due": [
            {"due": one, "said": sentence(one.code, one.params, showing.language())}
            for one in due_for(access)
        ],
        "notices": [
            {"grave": one.grave, "said": sentence(one.code, one.params, showing.language())}
            for one in lately()
        ],
        "sections": sections(access),
    }
    return uncached(render(request, "screens/work.html", context))


class MenuPage(NamedTuple):
    """A page that is no register's: in the menu of whoever may do `action` to `kind`."""

    section: str | Promise
    title: str | Promise
    url: str  # URL name
    action: str
    kind: str


_pages: list[MenuPage] = []


def register_page(section: str | Promise, title: str | Promise, *, url: str, action: str, kind: str) -> None:
    """Put a page into the menu; called in `AppConfig.ready()`, once for each kind that opens it."""
    page = MenuPage(section, title, url, action, kind)
    if page not in _pages:
        _pages.append(page)


def sections(access: Access) -> list[tuple[str, list[dict[str, str]]]]:
    """The menu: the registers whose list is open to the person, then the rooms' own pages, by section."""
    found: dict[str, list[dict[str, str]]] = {}
    for register in registers().values():
        if decide(access, "list", register.kind):
            entry = {"title": str(register.title), "url": reverse(f"{register.kind}:list")}
            found.setdefault(str(register.section), []).append(entry)
    for page in _pages:
        entries = found.setdefault(str(page.section), [])
        url = reverse(page.url)
        if decide(access, page.action, page.kind) and all(one["url"] != url for one in entries):
            entries.append({"title": str(page.title), "url": url})
    return [(section, entries) for section, entries in found.items() if entries]
