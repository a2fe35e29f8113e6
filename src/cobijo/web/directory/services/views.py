"""Asking about stale entries, and the page on which whoever was asked answers without an account."""

from __future__ import annotations

import hmac
from typing import Any

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import render as sentence
from cobijo.web.core.access.context import acting_as_system
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.middleware import acts_for_nobody
from cobijo.web.core.access.policy import check
from cobijo.web.core.access.views import acting
from cobijo.web.core.accounts.attempts import too_often
from cobijo.web.core.screens import showing
from cobijo.web.core.screens.register import Column
from cobijo.web.core.screens.writing import Stale
from cobijo.web.directory.organisations.queries import asked_at
from cobijo.web.directory.services import links, queries
from cobijo.web.directory.services.forms import AnswerForm
from cobijo.web.directory.services.models import Service
from cobijo.web.directory.services.screens import SERVICES

LISTED = 100
TRIES, WHILE = 30, 300  # how often one place may open such links, in so many seconds
#: What the page shows of an entry: what everybody in the directory sees of it.
SHOWN = (
    "organisation", "name", "kind", "area", "for_whom", "age_from", "age_to", "disability", "languages", "any_papers",
    "capacity", "capacity_on", "hours", "cost", "child_friendly", "phone", "public_address", "verified_on",
)  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The entries that nobody verified for half a year; a link to those that are chosen."""
    access = acting()
    check(access, "change", "service")
    rows = list(queries.stale(access)[:LISTED])
    problem, sent = "", 0
    if request.method == "POST":
        chosen = [one for one in rows if str(one.pk) in set(request.POST.getlist("service"))]
        try:
            if not chosen:
                raise InputProblem("services.none_chosen")
            made = links.ask(by=access, services=chosen)
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = _said(wrong)
        else:
            for one in made:
                _send(request, one)
            sent = len(made)
    known = queries.links_of(rows)
    context = {
        "rows": [
            {"service": one, "link": known.get(one.pk), "to": asked_at(one.organisation_id)} for one in rows
        ],
        "problem": problem,
        "sent": sent,
        "days": queries.STALE.days,
        "more": len(rows) == LISTED,
    }
    return render(request, "directory/verify_ask.html", context, status=422 if problem else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, secret: str) -> HttpResponse:
    """Is this entry still right? Opening the link changes nothing, so a mail filter that looks at it does no harm."""
    if _too_often(request):
        return render(request, "429.html", status=429)
    try:
        service = links.find(secret).service
    except InputProblem as closed:
        return _closed(request, closed)
    data = request.POST if request.method == "POST" else None
    form = AnswerForm(data, instance=service)
    problem, status = "", 200
    if data is not None and form.is_valid():
        try:
            links.answer(
                secret=secret,
                version=_number(data.get("version", "")),
                said=form.cleaned_data["said"],
                corrected={name: form.cleaned_data[name] for name in links.CORRECTED},
            )
        except Stale as wrong:
            problem, status = _said(wrong), 409
        except InputProblem as wrong:
            if wrong.code == "services.link_closed":
                return _closed(request, wrong)
            problem, status = _said(wrong), 422
        else:
            return redirect("services:answered")
    elif data is not None:
        status = 422
    now = links.find(secret).service  # as it stands: the form has put into the other what was typed
    with acting_as_system("verify_link") as system:
        columns = [Column(name) for name in SHOWN]
        cells = showing.cells(system, SERVICES, now, columns)
    context = {"service": now, "cells": cells, "form": form, "problem": problem, "version": now.version}
    return render(request, "directory/verify_answer.html", context, status=status)


@never_cache
@require_safe
def answered(request: HttpRequest) -> HttpResponse:
    """Thanks. The address says nothing of the entry."""
    return render(request, "directory/verify_answered.html")


acts_for_nobody(answer)
acts_for_nobody(answered)


def _send(request: HttpRequest, asked: links.Asked) -> None:
    """By the worker, once the transaction holds. In the site's language: whoever reads it has no account here."""
    service: Service = asked.link.service
    with override(settings.LANGUAGE_CODE):
        link = request.build_absolute_uri(reverse("services:answer", args=[asked.secret]))
        context: dict[str, Any] = {"link": link, "service": service, "until": asked.link.expires_at}
        subject = render_to_string("directory/verify_subject.txt", context).strip()
        body = render_to_string("directory/verify_message.txt", context)
    send_mail(subject, body, None, [asked.to.email])


def _closed(request: HttpRequest, problem: InputProblem) -> HttpResponse:
    """Wrong, expired, used: the same page, so that nobody learns which."""
    return render(request, "directory/verify_closed.html", {"sentence": _said(problem)}, status=404)


def _too_often(request: HttpRequest) -> bool:
    """Counted by a keyed hash of where the request comes from: the address itself is kept nowhere."""
    place = str(get_adapter().get_client_ip(request))
    key = "verify-" + hmac.digest(str(settings.SECRET_KEY).encode(), place.encode(), "sha256").hex()[:32]
    return too_often(key, TRIES, WHILE)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _said(problem: CobijoError) -> str:
    return sentence(problem.code, problem.params, get_language() or "es")
