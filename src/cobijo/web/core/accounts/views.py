"""My account, the invitation, the second factor that a role requires. Signing in itself is allauth's."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cobijo.errors import CobijoError
from cobijo.sentences import render as sentence
from cobijo.web.core.access.middleware import acts_for_nobody
from cobijo.web.core.access.views import acting
from cobijo.web.core.accounts import queries, services, sessions
from cobijo.web.core.accounts.forms import AcceptForm, KeyForm
from cobijo.web.core.accounts.roles import MUST_HAVE_MFA, SENTENCES, Role
from cobijo.web.core.accounts.second_factor import has_second_factor
from cobijo.web.core.accounts.sessions import recently_confirmed


def said(problem: CobijoError) -> str:
    return sentence(problem.code, problem.params, get_language() or "es")


def in_words(roles: Any) -> list[dict[str, Any]]:
    """Roles as sentences."""
    return [{"label": role.label, "sentence": SENTENCES[role]} for role in sorted(Role(one) for one in roles)]


# --- The way in --------------------------------------------------------------------------------------------------


@never_cache
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """Accept an invitation: a name and a password; then in, and to the second factor where a role requires one."""
    try:
        found = services.find_invitation(secret)
    except CobijoError as problem:
        return render(request, "account/invitation_closed.html", {"sentence": said(problem)}, status=410)
    form = AcceptForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            account = services.accept_invitation(
                secret=secret,
                name=form.cleaned_data["name"],
                password=form.cleaned_data["password"],
                language=get_language() or "",
            )
        except CobijoError as problem:
            form.add_error("password" if problem.code == "accounts.password_weak" else None, said(problem))
        else:
            if request.user.is_authenticated:  # somebody else had been signed in at this computer
                request.session.flush()
            response: HttpResponse = perform_login(request, Login(user=account))
            record_authentication(request, account, "password", reauthenticated=True)
            return response
    must = bool({Role(one) for one in found.roles} & MUST_HAVE_MFA)
    context = {"invitation": found, "roles": in_words(found.roles), "form": form, "must_have_mfa": must}
    return render(request, "account/invitation.html", context, status=422 if form.errors else 200)


acts_for_nobody(invitation)


@require_safe
def second_factor(request: HttpRequest) -> HttpResponse:
    """Where a person is kept until a second factor is set up, if a role requires one."""
    account = acting().account_id
    if has_second_factor(account):
        return redirect("accounts:me")
    return render(request, "account/second_factor.html", {"required": request.user.must_have_mfa})  # type: ignore[union-attr]


class ActivateApp(ActivateTOTPView):  # type: ignore[misc]
    """Whoever has just typed the first code has shown the second factor."""

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="totp", reauthenticated=True)
        return response


class AddKey(AddWebAuthnView):  # type: ignore[misc]
    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        record_authentication(self.request, self.request.user, "mfa", type="webauthn", reauthenticated=True)
        return response


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that does not belong to this session: mostly one that stood open in a second window for too long."""
    return render(request, "account/stale_form.html", status=403)


# --- My account --------------------------------------------------------------------------------------------------


@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Who I am here, what I may, where I am signed in, which keys I gave away."""
    access = acting()
    context = {
        "account": request.user,
        "roles": in_words(access.roles),
        "has_second_factor": has_second_factor(access.account_id),
        "sessions": sessions.sessions_of(access.account_id, request.session.session_key),
        "tokens": queries.tokens(access),
    }
    return render(request, "account/me.html", context)


@require_POST
def end_session(request: HttpRequest) -> HttpResponse:
    """End another session of mine, or all others."""
    handle = request.POST.get("session", "")
    sessions.end_sessions(acting().account_id, handle=handle, but=request.session.session_key)
    return redirect("accounts:me")


@never_cache
@recently_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def new_key(request: HttpRequest) -> HttpResponse:
    """Issue a key to the API. It is shown on the answer to this very request, and never again."""
    access = acting()
    form = KeyForm(access, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            issued = services.issue_token(by=access, rows=[form.cleaned_data])[0]
        except CobijoError as problem:
            form.add_error(None, said(problem))
        else:
            return render(request, "account/key_shown.html", {"issued": issued})
    return render(request, "account/key_new.html", {"form": form}, status=_status(form))


@require_POST
def revoke_key(request: HttpRequest, token_id: int) -> HttpResponse:
    services.revoke_token(by=acting(), ids=[token_id])
    return redirect("accounts:me")


def _status(form: Form) -> int:
    return 422 if form.errors else 200
