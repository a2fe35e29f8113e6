"""The page of an organisation with all that hangs on it, its states, and the page that closes it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import render as sentence
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check, decide, visible
from cobijo.web.core.access.views import acting
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.screens import showing
from cobijo.web.directory.networks.queries import memberships
from cobijo.web.directory.organisations import queries, services
from cobijo.web.directory.organisations.models import WorkArea
from cobijo.web.directory.organisations.screens import ORGANISATIONS
from cobijo.web.directory.services.models import Service
from cobijo.web.directory.services.queries import STALE, areas
from cobijo.web.directory.services.queries import services as services_of

LISTED = 100


@never_cache
@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The organisation: who it is, where it works, what it offers, whom to ask, with whom it acts."""
    access = acting()
    found = _found(access, pk)
    names = dict(areas(access))
    works = [names.get(one.area, one.area) for one in queries.work_areas(access).filter(organisation=pk)]
    context = {
        "record": found,
        "groups": showing.groups(access, ORGANISATIONS, found),
        "works": works,
        "services": list(services_of(access).filter(organisation=pk).order_by("name", "pk")[:LISTED]),
        "contacts": list(queries.contacts(access).filter(organisation=pk)[:LISTED]),
        "memberships": list(memberships(access).filter(member=pk).order_by("network__name", "pk")[:LISTED]),
        "buttons": showing.buttons(access, ORGANISATIONS, ("change", "history"), found),
        "who": reverse("access:who", args=["organisation", pk]),
        "list_url": reverse("organisation:list"),
        "stale_before": timezone.localdate() - STALE,
        "names": names,
        "may_place": decide(
            access, "add", "work_area", WorkArea(organisation=found, area=found.area)
        ).allowed,
        "may_close": decide(access, "remove", "organisation", found).allowed,
        "may_ask": decide(access, "change", "service").allowed,
    }
    return render(request, "directory/organisation.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def states(request: HttpRequest, pk: int) -> HttpResponse:
    """The states in which it works, as one list to tick."""
    access = acting()
    found = _found(access, pk)
    check(access, "add", "work_area", WorkArea(organisation=found, area=found.area))
    known = areas(access)
    chosen = {one.area for one in queries.work_areas(access).filter(organisation=pk)}
    problem = ""
    if request.method == "POST":
        chosen = set(request.POST.getlist("area"))
        try:
            strange = sorted(chosen - {code for code, _name in known})
            if strange:
                raise InputProblem("organisations.area_unknown", area=strange[0][:20])
            services.set_work_areas(by=access, organisation=found, areas=chosen)
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = _said(wrong)
        else:
            return redirect("organisation:detail", pk=pk)
    context = {
        "record": found,
        "areas": [{"code": code, "name": name, "chosen": code in chosen} for code, name in known],
        "problem": problem,
    }
    return render(request, "directory/organisation_states.html", context, status=422 if problem else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an organisation, or open it again; what follows from it stands above the button."""
    access = acting()
    found = _found(access, pk)
    check(access, "remove", "organisation", found)
    problem = ""
    if request.method == "POST":
        text = request.POST.get("version", "")
        version = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
        turn = services.close if found.active else services.reopen
        try:
            turn(by=access, rows=[{"pk": pk, "version": version}])
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = _said(wrong)
        else:
            return redirect("organisation:detail", pk=pk)
    people = visible(access, "account", Account.objects.filter(organisation=pk, is_active=True))
    context = {
        "record": found,
        "version": found.version,
        "people": people.count(),
        "services": visible(access, "service", Service.objects.filter(organisation=pk)).count(),
        "problem": problem,
    }
    return render(request, "directory/organisation_close.html", context, status=409 if problem else 200)


def _found(access: Access, pk: int) -> Any:
    """Fetched and authorised in one step: what may not be seen is not there."""
    found = queries.organisations(access).filter(pk=pk).first()
    if found is None or not decide(access, "see", "organisation", found):
        raise Http404
    return found


def _said(problem: CobijoError) -> str:
    return sentence(problem.code, problem.params, showing.language())
