"""Whoever may only report finds the form on the work page: no register is open to them, so no menu leads there."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide
from cobijo.web.core.screens.clocks import Due


def due(access: Access) -> Iterator[Due]:
    if decide(access, "add", "concern") and not decide(access, "list", "concern"):
        yield Due("care_pages.notice_here", {}, reverse("children:notice"))
