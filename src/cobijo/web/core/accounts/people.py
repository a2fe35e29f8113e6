"""People of an organisation, for administrators: invite, give and end roles, let in anew, close."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.mail import send_mail
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_http_methods, require_safe

from cobijo.errors import CobijoError, InputProblem
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.access.views import acting
from cobijo.web.core.accounts import queries, services
from cobijo.web.core.accounts.forms import InviteForm, RoleForm
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import SENTENCES, Role
from cobijo.web.core.accounts.second_factor import has_second_factor, reset_second_factors
from cobijo.web.core.accounts.views import in_words, said
from cobijo.web.core.country import area_names


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Who works here, with which roles, and who was invited."""
    access = acting()
    check(access, "list", "account")
    reached = list(queries.organisations(access))
    asked = request.GET.get("organisation", "")
    shown = next((one for one in reached if one.code == asked), None)
    shown = shown or next((one for one in reached if one.pk == access.organisation_id), None)
    if shown is None:
        raise Http404
    may_invite = decide(access, "add", "invitation")
    context = {
        "organisations": reached,
        "shown": shown,
        "people": [
            {"account": one, "roles": [Role(held.role).label for held in one.held]}  # type: ignore[attr-defined]
            for one in queries.people(access, shown.pk)
        ],
        "waiting": [
            {"invitation": one, "roles": [Role(role).label for role in one.roles]}
            for one in queries.waiting(access, shown.pk)
        ],
        "may_invite": may_invite.allowed,
        "why_not": "" if may_invite else said(InputProblem(may_invite.code, **may_invite.params)),
    }
    return render(request, "account/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite one person; the link leaves by e-mail, in the same transaction."""
    access = acting()
    check(access, "add", "invitation")
    start = {
        "language": get_language(),
        "organisation": request.GET.get("organisation") or access.organisation_id,
    }
    form = InviteForm(access, request.POST if request.method == "POST" else None, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            [made] = services.invite(by=access, rows=[form.cleaned_data])
        except CobijoError as problem:
            form.add_error("email", said(problem))
        else:
            _send(request, made, form.cleaned_data["language"])
            return render(request, "account/invited.html", {"invitation": made.invitation})
    return render(request, "account/invite.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, account_id: int) -> HttpResponse:
    """One person: roles now and before, and what may be done about them."""
    access = acting()
    check(access, "list", "account")
    found = queries.person(access, account_id)
    if found is None:
        raise Http404
    problem = ""
    if request.method == "POST":
        change = _CHANGES.get(request.POST.get("what", ""))
        if change is None:
            raise Http404
        try:
            change(access, found, request)
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = said(wrong)
        else:
            return redirect("accounts:person", account_id=account_id)
    return render(
        request, "account/person.html", _context(access, found, problem), status=422 if problem else 200
    )


@require_http_methods(["POST"])
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    services.withdraw_invitations(by=acting(), ids=[invitation_id])
    return redirect("accounts:people")


def _context(access: Access, found: Account, problem: str) -> dict[str, Any]:
    areas = area_names(get_language() or "es")
    rows = [
        {
            "holding": one,
            "label": Role(one.role).label,
            "sentence": SENTENCES[Role(one.role)],
            "area": areas.get(one.area, one.area),
        }
        for one in found.all_holdings  # type: ignore[attr-defined]
    ]
    self_shown = found.pk == access.account_id
    return {
        "person": found,
        "now": [row for row in rows if row["holding"].ended_at is None],
        "before": [row for row in rows if row["holding"].ended_at is not None],
        "form": RoleForm(),
        "choices": in_words(Role),
        "problem": problem,
        "has_second_factor": has_second_factor(found.pk),
        "is_self": self_shown,
        "may_change": found.is_active and not self_shown and decide(access, "add", "holding").allowed,
        "may_close": found.is_active and not self_shown and decide(access, "remove", "account").allowed,
    }


def _give(access: Access, found: Account, request: HttpRequest) -> None:
    row = {
        "account": found,
        "role": request.POST.get("role", ""),
        "area": request.POST.get("area", "").strip(),
    }
    services.give_roles(by=access, rows=[row])


def _end(access: Access, found: Account, request: HttpRequest) -> None:
    asked = request.POST.get("holding", "")
    ids = [one.pk for one in found.all_holdings if str(one.pk) == asked]  # type: ignore[attr-defined]
    services.end_roles(by=access, ids=ids)


def _reset(access: Access, found: Account, request: HttpRequest) -> None:
    reset_second_factors(by=access, ids=[found.pk])


def _close(access: Access, found: Account, request: HttpRequest) -> None:
    services.close_accounts(by=access, ids=[found.pk])


_CHANGES: dict[str, Callable[[Access, Account, HttpRequest], None]] = {
    "give": _give, "end": _end, "reset": _reset, "close": _close,
}  # fmt: skip


def _send(request: HttpRequest, made: services.Invited, language: str) -> None:
    with override(language):
        link = request.build_absolute_uri(reverse("accounts:invitation", args=[made.secret]))
        context = {"link": link, "invitation": made.invitation, "roles": in_words(made.invitation.roles)}
        subject = render_to_string("account/email/invitation_subject.txt", context).strip()
        body = render_to_string("account/email/invitation_message.txt", context)
    send_mail(subject, body, None, [made.invitation.email])
