"""The door of every request: whoever is signed in acts for the whole of the view, and for nothing after it.

`ActsForRequest` must stand last in MIDDLEWARE: it runs the view itself, so that an error leaves the transaction as an
error (and undoes it) before it becomes a page.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.translation import get_language

from cobijo.sentences import render as sentence
from cobijo.web.core.access.context import Access, acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.audit.services import record_refusal

log = logging.getLogger(__name__)
View = Callable[..., HttpResponseBase]


def purpose(code: str) -> Callable[[View], View]:
    """Say on a view for what purpose it reads: `@purpose("follow_case")`. A class says `purpose = "…"`."""

    def mark(view: View) -> View:
        view.purpose = code  # type: ignore[attr-defined]
        return view

    return mark


def acts_for_nobody(view: View) -> View:
    """A view that runs without a context even for whoever is signed in: public pages, signing in and out."""
    view.acts_for_nobody = True  # type: ignore[attr-defined]
    return view


def refused_in(request: HttpRequest, problem: Forbidden) -> None:
    """For views that answer a `Forbidden` themselves, such as the API: undo the transaction, record the refusal after.

    Without it the answer would say no while what the view had already written stayed.
    """
    if transaction.get_connection().in_atomic_block:
        transaction.set_rollback(True)
    request.refusals = [*getattr(request, "refusals", ()), problem]  # type: ignore[attr-defined]


class ActsForRequest:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        """Run the view inside `acting_as`. For anonymous requests Django runs it, without a context."""
        request.access = None  # type: ignore[attr-defined]
        if not _signed_in(request, view):
            return None
        access: Access | None = None
        try:
            with acting_as(request.user, _purpose(view)) as access:  # type: ignore[arg-type]
                request.access = access  # type: ignore[attr-defined]
                response = view(request, *args, **kwargs)
                if callable(getattr(response, "render", None)):
                    response = response.render()  # type: ignore[attr-defined]
                _whole(response)
        except Forbidden as problem:
            record_refusal(problem, access=access)
            return refusal_page(request, problem)
        for refusal in getattr(request, "refusals", ()):
            record_refusal(refusal, access=access)
        return response

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponseBase | None:
        """A refusal without a context: nobody is signed in, so the way in is offered."""
        if not isinstance(problem, Forbidden):
            return None
        record_refusal(problem)
        if problem.code == "access.sign_in" and request.method in {"GET", "HEAD"}:
            return redirect_to_login(request.get_full_path())
        return refusal_page(request, problem)


def refusal_page(request: HttpRequest, problem: Forbidden) -> HttpResponseBase:
    """Status 403 with the policy's sentence."""
    language = get_language() or settings.LANGUAGE_CODE
    said = sentence(
        problem.code, {"action": problem.action, "kind": problem.kind, **problem.params}, language
    )
    return render(request, "access/refused.html", {"sentence": said, "code": problem.code}, status=403)


def _signed_in(request: HttpRequest, view: View) -> bool:
    if getattr(view, "acts_for_nobody", False):
        return False
    match = request.resolver_match
    if match is not None and "public" in match.namespaces:
        return False
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False  # the session stays unread, so a public page sets no cookie and varies by none
    return bool(request.user.is_authenticated)


def _purpose(view: View) -> str:
    return getattr(view, "purpose", "") or getattr(getattr(view, "view_class", None), "purpose", "")


def _whole(response: HttpResponseBase) -> None:
    """A body that is produced after the transaction would read without a context: exports are jobs."""
    if response.streaming and not isinstance(response, FileResponse):
        raise RuntimeError("a view that acts for a person must not stream its answer")
