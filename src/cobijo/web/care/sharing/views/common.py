"""What the pages of this room share."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cobijo.web.care.children.models import Child
from cobijo.web.care.children.queries import child as find_child
from cobijo.web.care.children.queries import who
from cobijo.web.core.access.context import Access
from cobijo.web.core.screens.pages import uncached
from cobijo.web.core.typed import whole
from cobijo.web.core.vault import sealing


def page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return uncached(render(request, f"sharing/{name}.html", context, status=status))


def the_child(access: Access, pk: int) -> Child:
    found = find_child(access, pk)
    if found is None or found.erased_at is not None:
        raise Http404
    return found


def named(access: Access, child: Child) -> str:
    """How the child wants to be called, for a heading; its code where no name may or can be read."""
    if not sealing.is_open():
        return child.code
    found = who(access, child, purpose="referral", fields=("chosen_name", "given"))
    return str(found.get("chosen_name") or found.get("given") or child.code)


def number(text: str) -> int:
    return whole(text) or 0
