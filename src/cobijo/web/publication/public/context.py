"""Every page knows what may be shown, so that every page can say that the data are invented."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from cobijo.web.publication.public import queries


def published(request: HttpRequest) -> dict[str, Any]:
    """The state of the published folder, and whether its data are invented."""
    now = queries.published()
    return {"published": now, "invented": now.ready}
