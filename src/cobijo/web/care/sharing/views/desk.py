"""The caseworker's pages: what a child agreed to, where it is referred, its code."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cobijo.errors import CobijoError
from cobijo.web.care.sharing import (
    agreements,
    asks,
    codes,
    consents,
    keeping,
    queries,
    referrals,
    withdrawing,
)
from cobijo.web.care.sharing.fields import by_group, groups_of
from cobijo.web.care.sharing.forms import ConsentForm
from cobijo.web.care.sharing.models import Consent
from cobijo.web.care.sharing.models.consents import Verdict
from cobijo.web.care.sharing.states import READABLE, WAITING, State
from cobijo.web.care.sharing.views.common import named, number, page, the_child
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import decide
from cobijo.web.core.screens.pages import acting, said
from cobijo.web.directory.services.queries import services

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])
#: The lines of the safety check, in the order in which they are asked.
SAFETY_LINES = codes.SAFETY


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What came in, what was sent, what waits for a signature."""
    access = acting()
    may = {
        kind: bool(decide(access, "list", kind)) for kind in ("packet", "referral", "agreement", "complaint")
    }
    if not any(may.values()):
        raise Http404
    rows = list(queries.referrals(access).order_by("-sent_at", "-pk")[:60]) if may["referral"] else []
    waiting = list(queries.inbox(access)[:60]) if may["packet"] else []
    shown = {one.pk for one in waiting}
    others = list(queries.packets(access).exclude(pk__in=shown).order_by("-pk")[:60]) if may["packet"] else []
    context = {
        "may": may,
        "waiting": waiting,
        "others": others,
        "sent": rows,
        "to_sign": agreements.to_sign(access),
    }
    return page(request, "home", context)


@require_safe
def child(request: HttpRequest, pk: int) -> HttpResponse:
    """All that a child agreed to, refused and withdrew; what was sent; its own page."""
    access = acting()
    one = the_child(access, pk)
    standing = {each.pk: consents.guardian_stands(each) for each in consents.grounds(one.pk)}
    rows = [
        {
            "consent": each,
            "groups": groups_of(each.fields),
            "holds": standing.get(each.pk, False),
            "guardian_out": not standing.get(each.pk, True),
        }
        for each in consents.consents(access, one)
    ]
    wishes = list(queries.wishes(access, one))
    words = _wish_words(access, wishes)
    context = {
        "child": one,
        "named": named(access, one),
        "consents": rows,
        "emptied": consents.emptied(access, one),
        "referrals": list(queries.of_child(access, one)),
        "code": codes.page_code(access, one),
        "wishes": list(zip(wishes, words, strict=True)),
        "may_change": bool(decide(access, "change", "child", one)),
    }
    return page(request, "child", context)


@READ_AND_WRITE
def consent(request: HttpRequest, pk: int) -> HttpResponse:
    """Record what a child, or whoever decides beside it, answered."""
    access = acting()
    one = the_child(access, pk)
    chosen = services(access).filter(pk=number(request.GET.get("service", ""))).first()
    form = ConsentForm(access, one, chosen, request.POST if request.method == "POST" else None)
    problem: CobijoError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            consents.record(by=access, rows=[{"child": one, **form.values()}])
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            if chosen is not None and form.cleaned_data["verdict"] == Verdict.GIVEN:
                return redirect("sharing:fields", one.pk, chosen.pk)
            return redirect("sharing:child", one.pk)
    failed = problem is not None or bool(form.errors)
    context = {
        "child": one, "named": named(access, one), "form": form, "problem": said(problem), "service": chosen,
        "rule": consents.rule_of(one, "referral"), "guardian_may": consents.guardian_may(one),
        "represented": consents.represented(one), "groups": by_group(),
        "ticked": request.POST.getlist("fields"),
    }  # fmt: skip
    return page(request, "consent", context, 422 if failed else 200)


@READ_AND_WRITE
def withdraw(request: HttpRequest, pk: int, consent: int) -> HttpResponse:
    """Stop sharing: what happens is said before it happens."""
    access = acting()
    one = the_child(access, pk)
    found: Consent | None = consents.consents(access, one).filter(pk=consent, verdict=Verdict.GIVEN).first()
    if found is None:
        raise Http404
    problem: CobijoError | None = None
    if request.method == "POST":
        try:
            withdrawing.withdraw(by=access, consents=[found])
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect("sharing:child", one.pk)
    open_ = queries.of_child(access, one).filter(consent=found, state__in=READABLE)
    context = {
        "child": one, "named": named(access, one), "consent": found, "open": list(open_), "problem": said(problem),
    }  # fmt: skip
    return page(request, "withdraw", context, 422 if problem else 200)


@READ_AND_WRITE
def code(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a child the code of its own page, after the safety check; or end it."""
    access = acting()
    one = the_child(access, pk)
    problem: CobijoError | None = None
    digits = ""
    if request.method == "POST":
        try:
            if "end" in request.POST:
                codes.revoke_page_code(by=access, child=one)
                return redirect("sharing:child", one.pk)
            digits = codes.grouped(
                codes.give_page_code(by=access, child=one, safety=request.POST.getlist("safe"))
            )
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
    given = codes.page_code(access, one)
    context = {
        "child": one, "named": named(access, one), "code": given, "tried": codes.tried(given), "digits": digits,
        "lines": SAFETY_LINES, "ticked": request.POST.getlist("safe"), "problem": said(problem),
        "address": request.build_absolute_uri(reverse("sharing:own")),
    }  # fmt: skip
    return page(request, "code", context, 422 if problem else 200)


@READ_AND_WRITE
def referral(request: HttpRequest, pk: int) -> HttpResponse:
    """Where a referral stands; its question to answer; take it back."""
    access = acting()
    one = queries.referral(access, pk)
    if one is None:
        raise Http404
    problem: CobijoError | None = None
    if request.method == "POST":
        try:
            if "back" in request.POST:
                withdrawing.take_back(by=access, ids=[one.pk])
            elif "code" in request.POST:
                digits = codes.another_packet_code(by=access, referral=one)
                request.session[f"packet-{one.pk}"] = codes.grouped(digits)
            else:
                row = {"pk": one.pk, "version": number(request.POST.get("version", ""))}
                referrals.reply(by=access, rows=[{**row, "answer": request.POST.get("answer", "")}])
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect("sharing:referral", one.pk)
    packet_code = codes.of_packet(one)
    context = {
        "referral": one,
        "kept_until": keeping.kept_until(one),
        "packet_code": packet_code,
        "ran_out": packet_code is not None and packet_code.expires_at <= timezone.now(),
        "tried": codes.tried(packet_code),
        "may_give": one.state in WAITING and bool(decide(access, "change", "referral", one)),
        "groups": groups_of(one.fields),
        "words": queries.words_of(access, one),
        "openings": list(queries.openings(access, one)),
        "can_take_back": one.state in READABLE and bool(decide(access, "change", "referral", one)),
        "asked": one.state == State.ASKED,
        "code": request.session.pop(f"packet-{one.pk}", ""),
        "open_address": request.build_absolute_uri(reverse("sharing:packet_by_code")),
        "problem": said(problem),
    }
    return page(request, "referral", context, 422 if problem else 200)


@require_http_methods(["POST"])
def answer_wish(request: HttpRequest, pk: int, wish: int) -> HttpResponse:
    """The caseworker did what the child asked for."""
    access = acting()
    one = the_child(access, pk)
    asks.answer_wishes(by=access, rows=[{"pk": wish}])
    return redirect("sharing:child", one.pk)


def _wish_words(access: Any, wishes: list[Any]) -> list[str]:
    from cobijo.web.core.vault.queries import identities

    found = identities(access, wishes, fields=("words",), purpose="follow_up", kind="wish")
    return [str(one.get("words", "")) for one in found]
