"""What the frame of every page needs: the other language's address, the quick exit, the menu of who is signed in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest
from django.urls import NoReverseMatch, ResolverMatch, reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, override

OWN_NAMES = {"es": "Español", "en": "English"}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of the base template."""
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "language": language,
        "languages": _addresses(request, language),
        "exit_url": settings.EXIT_URL.replace("{language}", language),
        "demonstration": settings.DEMONSTRATION,
        "demonstration_code": SimpleLazyObject(lambda: _code(request)),
        "signed_in": _signed_in(request),
        "menu": SimpleLazyObject(lambda: _menu(request)),
    }


def _signed_in(request: HttpRequest) -> bool:
    """Public pages leave the session unread, so that they set no cookie and are the same for everybody."""
    return bool(getattr(request, "is_for_one_person", False) and request.user.is_authenticated)


def _menu(request: HttpRequest) -> dict[str, Any]:
    """The registers that are open to the person, by section, and the pages about people.

    Empty on pages that act for nobody, such as the one to change a password. A page that has found its sections
    already gives its own.
    """
    from cobijo.web.core.screens.menu import menu, sections

    access = getattr(request, "access", None)
    if access is None:
        return {"sections": [], "within": False, "glass": False}
    try:
        found = sections(access)
    except NoReverseMatch:  # the frame also stands around the page that says what is broken
        found = []
    return menu(access, request.path, found)


def _code(request: HttpRequest) -> str:
    from cobijo.web.operations.door import code_of

    return code_of(request.user)


def _addresses(request: HttpRequest, language: str) -> list[dict[str, Any]]:
    """This page in every language. A page that is not there leads to the front page of the other language."""
    match = getattr(request, "resolver_match", None)
    rows = []
    for code, name in OWN_NAMES.items():
        path = _in(code, request.path, match, language)
        try:
            absolute = request.build_absolute_uri(path) if match is not None else ""
        except DisallowedHost:  # the page that says so must not fail for the same reason
            absolute = ""
        rows.append(
            {"code": code, "name": name, "path": path, "absolute": absolute, "current": code == language}
        )
    return rows


def _in(code: str, path: str, match: ResolverMatch | None, language: str) -> str:
    """The path of this page in a language; what has no language stays as it is."""
    if match is None:
        return f"/{code}/"
    if code == language:
        return path
    try:
        with override(code):
            return reverse(match.view_name, args=match.args, kwargs=match.kwargs)
    except NoReverseMatch:
        return path
