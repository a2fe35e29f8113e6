"""Where allauth and axes ask us: what is recorded, how secrets are kept, when a factor may go, how a lock looks."""

from __future__ import annotations

import base64
import os
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from axes.backends import AxesStandaloneBackend
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.encoding import force_bytes
from django.utils.translation import gettext_lazy as _

from cobijo.web.core import audit
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.configuration import LOCKED_FOR
from cobijo.web.core.accounts.models import Account

FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Signing in and out is recorded; nobody signs up; whoever has a second factor confirms with it."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "The address and the password do not belong together. Try again, slowly."
        ),
        "incorrect_password": _("This is not your password. Try again."),
        "enter_current_password": _("This is not your present password. Try again."),
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait five minutes, then try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Account) -> None:
        super().login(request, user)
        _recorded("sign_in", user)

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            _recorded("sign_out", request.user)
        super().logout(request)

    def set_password(self, user: Account, password: str) -> None:
        super().set_password(user, password)
        _recorded("change", user, fields=["password"])

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Which account was tried is recorded where there is one; what was typed is not."""
        email = str(credentials.get("email", "")).lower()
        known = list(Account.objects.filter(email=email).values_list("pk", flat=True))
        audit.record("sign_in", "account", known, outcome="refused", code="accounts.sign_in_failed")

    def reauthenticate(self, user: Account, password: str) -> bool:
        """By the account's own address: we keep no list of further ones."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """A stolen password is not enough to confirm where there is a second factor."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        stronger = [one for one in methods if one["id"] != "reauthenticate"]
        return stronger or methods

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return f"{self.get_logout_redirect_url(request)}?why=password"

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """Allauth's own would name address and browser of whoever did it; we keep neither."""


class MfaAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets of second factors lie sealed; the last factor of a role that requires one stays."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _(
            "This code is not right, or it was used already. Wait for the next one and try it."
        ),
        "cannot_delete_authenticator": _(
            "Your role requires a second factor. Add another one before this one goes."
        ),
    }

    def encrypt(self, text: str) -> str:
        nonce = os.urandom(12)
        sealed = AESGCM(_key(settings.SECRET_KEY)).encrypt(nonce, text.encode(), b"second factor")
        return "v1." + base64.urlsafe_b64encode(nonce + sealed).decode()

    def decrypt(self, encrypted_text: str) -> str:
        sealed = base64.urlsafe_b64decode(encrypted_text.removeprefix("v1."))
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
            try:
                return AESGCM(_key(secret)).decrypt(sealed[:12], sealed[12:], b"second factor").decode()
            except InvalidTag:
                continue
        raise ValueError("a second factor was sealed with a secret key that this site no longer has")

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user=authenticator.user_id, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists() or not authenticator.user.must_have_mfa

    def build_totp_svg(self, url: str) -> str:
        """To stand in the page itself: without a declaration of its own."""
        svg = str(super().build_totp_svg(url))
        return svg[svg.index("<svg") :]


class Lock(AxesStandaloneBackend):  # type: ignore[misc]
    """The first of the backends: stops whoever guesses. Without a request there is no door to lock."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> None:
        if request is not None:
            super().authenticate(request, **credentials)


def name_given(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """For axes: the address that is tried, in small letters. Never None, which would fit everybody."""
    given = (credentials or {}).get("email") or (credentials or {}).get("username")
    return str(given or request.POST.get("login", "")).strip().lower()


def locked(request: HttpRequest, credentials: Any = None, *args: Any, **kwargs: Any) -> HttpResponse:
    """For axes: a calm page that says for how long, and what to do meanwhile."""
    minutes = int(LOCKED_FOR.total_seconds() // 60)
    return render(request, "account/locked.html", {"minutes": minutes}, status=429)


def _key(secret: str | bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"cobijo second factor").derive(force_bytes(secret))


def _recorded(action: str, account: Account, **detail: Any) -> None:
    with acting_as(account, "") as access:
        audit.record(action, "account", [account.pk], access=access, detail=detail or None)
