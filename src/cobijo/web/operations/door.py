"""The open door of a demonstration: choose a role and be signed in as an invented person.

The address exists only where the data folder is a demonstration's (`cobijo demo` made it, nothing of the site lies
anywhere else), and the door opens only to the invented organisation's accounts. What it does is recorded like any
other sign-in, with the word `demonstration` beside it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from cobijo.web.core import audit
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.middleware import acts_for_nobody
from cobijo.web.core.accounts.commands import DEMO_CODES, NEIGHBOUR
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import SENTENCES, Role
from cobijo.web.operations import demo


def patterns() -> list[URLPattern]:
    """None at all where this is no demonstration."""
    if not settings.DEMONSTRATION:
        return []
    return [path("demonstration/", acts_for_nobody(door), name="demonstration")]


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """Who one can be here, as sentences; a button each."""
    if not settings.DEMONSTRATION or Account.objects.exclude(organisation__code__in=DEMO_CODES).exists():
        raise Http404
    known = {one["role"]: one for one in demo.accounts(Path(settings.DATA_DIR))}
    if request.method == "POST":
        chosen = known.get(request.POST.get("role", ""))
        if chosen is None:
            raise Http404
        return _enter(request, Account.objects.get(email=chosen["email"], organisation__code__in=DEMO_CODES))
    people = [
        {"role": role, "label": label_of(role), "sentence": sentence_of(role)}
        for role in (*Role.values, NEIGHBOUR)
        if role in known
    ]
    return render(request, "account/demonstration.html", {"people": people})


def label_of(role: str) -> Any:
    return _("Casa Faro (invented), another organisation") if role == NEIGHBOUR else Role(role).label


def sentence_of(role: str) -> Any:
    """What somebody in this role does, in one sentence."""
    if role == NEIGHBOUR:
        return _("Reads what Refugio Inventado shared about a child with consent, and answers.")
    return SENTENCES[Role(role)]


def _enter(request: HttpRequest, account: Account) -> HttpResponse:
    login(request, account, backend=settings.AUTHENTICATION_BACKENDS[-1])
    record_authentication(request, account, "mfa", type="totp", reauthenticated=True)
    with acting_as(account, "") as access:
        audit.record("sign_in", "account", [account.pk], access=access, detail={"door": "demonstration"})
    return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))


def code_of(account: Any) -> str:
    """What the invented person's app shows now, for the pages that ask for it; empty outside a demonstration."""
    if not settings.DEMONSTRATION or not account.is_authenticated:
        return ""
    for one in demo.accounts(Path(settings.DATA_DIR)):
        if one["email"] == account.email and one["totp_secret"]:
            return demo.code_now(one["totp_secret"])[0]
    return ""
