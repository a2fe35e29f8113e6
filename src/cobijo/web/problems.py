"""Pages for what went wrong: where I am, what happened, what I can do next."""

from __future__ import annotations

import logging

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if request.path.startswith("/api/"):  # a program reads no page
        from cobijo.web.core.screens.api import problem

        return problem("screens.nothing_here", 404)
    return render(request, "404.html", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """The page of a bug. If the frame itself is what failed, a bare page in both languages."""
    try:
        return render(request, "500.html", status=500)
    except Exception:
        log.exception("the page of a bug failed too")
        return HttpResponse(render_to_string("bare.html", {"es": "/es/", "en": "/en/"}), status=500)
