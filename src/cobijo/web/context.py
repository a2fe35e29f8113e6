"""What the frame of every page needs: the other language's address, the quick exit, the site's place."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language

OWN_NAMES = {"es": "Español", "en": "English"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the base template."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "language": language,
        "languages": _addresses(request, language),
        "exit_url": settings.EXIT_URL.replace("{language}", language),
    }


def _addresses(request: HttpRequest, language: str) -> list[dict[str, Any]]:
    """This page in every language. A page that is not there leads to the front page of the other language."""
    found = getattr(request, "resolver_match", None) is not None
    rows = []
    for code, name in OWN_NAMES.items():
        path = translate_url(request.path, code) if found else f"/{code}/"
        try:
            absolute = request.build_absolute_uri(path) if found else ""
        except DisallowedHost:  # the page that says so must not fail for the same reason
            absolute = ""
        rows.append(
            {"code": code, "name": name, "path": path, "absolute": absolute, "current": code == language}
        )
    return rows
