"""Headers that keep a visit between the reader and the site."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

_HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",  # nothing here is signed off, so nothing is found by searching
}
# Public pages have an ETag: on a slow line a second visit costs a 304; a shared cache keeps nothing.
_CACHE = "private, max-age=0, must-revalidate"


class PrivacyHeaders:
    """Set on every answer, errors included, unless the view said otherwise."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Cache-Control", _CACHE)
        return response
