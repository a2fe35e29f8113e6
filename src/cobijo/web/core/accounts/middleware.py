"""Between signing in and any page: the session still holds, and a role that requires a second factor has shown it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import urlencode

from cobijo.web.core.accounts import sessions
from cobijo.web.core.accounts.second_factor import has_second_factor

#: Pages open to somebody who has yet to set up, or to show, a second factor.
BEFORE_SECOND_FACTOR = frozenset(
    {
        "account_login", "account_logout", "account_inactive", "account_reauthenticate", "mfa_authenticate",
        "mfa_activate_totp", "mfa_add_webauthn", "mfa_reauthenticate", "mfa_reauthenticate_webauthn",
        "accounts:second_factor", "accounts:invitation", "account_reset_password", "account_reset_password_done",
        "account_reset_password_from_key", "account_reset_password_from_key_done",
    }
)  # fmt: skip
MACHINES = frozenset({"health", "robots", "file"})


class SignedIn:
    """Stands before ActsForRequest. Public pages and visitors without a session are let through unread."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        match = request.resolver_match
        if match is not None and "public" not in match.namespaces:
            # Without any referrer a browser sends forms with the origin "null", which Django rightly refuses.
            response.headers.setdefault("Referrer-Policy", "same-origin")
        if getattr(request, "is_for_one_person", False):
            # Whoever sits down at a shared computer next must not find it by "back".
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if match is None or "public" in match.namespaces or match.view_name in MACHINES:
            return None
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        request.is_for_one_person = True  # type: ignore[attr-defined]
        if not request.user.is_authenticated:
            return None
        why = sessions.ended(request)
        if why:
            logout(request)
            return _to_sign_in(request, why)
        if not getattr(view, "goes_by_itself", False):
            sessions.note_activity(request)
        if match.view_name in BEFORE_SECOND_FACTOR or sessions.used_second_factor(request):
            return None
        return self._second_factor(request)

    def _second_factor(self, request: HttpRequest) -> HttpResponseBase | None:
        if has_second_factor(request.user.pk):  # type: ignore[arg-type]
            # It was set up in another session after this one began: this one has yet to show it.
            method = get_adapter().get_reauthentication_methods(request.user)[0]
            return HttpResponseRedirect(f"{method['url']}?{urlencode({'next': _here(request)})}")
        if request.user.must_have_mfa:  # type: ignore[union-attr]
            return HttpResponseRedirect(reverse("accounts:second_factor"))
        return None


def _to_sign_in(request: HttpRequest, why: str) -> HttpResponseBase:
    query = urlencode({"next": _here(request), "why": why})
    return HttpResponseRedirect(f"{resolve_url(settings.LOGIN_URL)}?{query}")


def _here(request: HttpRequest) -> str:
    """The address to come back to; after a POST the way back is the front page of the person."""
    if request.method in {"GET", "HEAD"}:
        return request.get_full_path()
    return resolve_url(settings.LOGIN_REDIRECT_URL)
