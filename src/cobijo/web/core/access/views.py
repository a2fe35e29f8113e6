"""Pages that are no registers: who can see this, open it in an emergency, review what was opened."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from cobijo.errors import InputProblem
from cobijo.sentences import render as sentence
from cobijo.web.core.access import queries, services
from cobijo.web.core.access.context import Access, current
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.kinds import kind_of
from cobijo.web.core.access.policy import check
from cobijo.web.core.accounts.roles import SENTENCES


def acting() -> Access:
    """Whoever acts; nobody is asked to sign in."""
    access = current()
    if access is None:
        raise Forbidden("access.sign_in", action="see")
    return access


@require_safe
def who(request: HttpRequest, kind: str, record_id: str) -> HttpResponse:
    """Who can see this record? In sentences."""
    found = queries.record_of(acting(), kind, record_id)
    if found is None:
        raise Http404
    known, record = found
    context = {
        "kind": known,
        "record": record,
        "seers": queries.who_can_see(known, record) if known.protected else (),
        "rules": [
            {"role": role.label, "sentence": SENTENCES[role], "reach": reach, "public_only": public_only}
            for role, reach, public_only in ([] if known.protected else queries.roles_that_see(known, record))
        ],
    }
    return render(request, "access/who.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def open_glass(request: HttpRequest, kind: str, record_id: int) -> HttpResponse:
    """Open one record in an emergency: the reason is asked, the consequences stand above the button."""
    access = acting()
    known = kind_of(kind)
    if known is None or not known.protected:
        raise Http404
    problem, reason = "", request.POST.get("reason", "")
    if request.method == "POST":
        try:
            services.break_glass(by=access, kind=kind, record_id=record_id, reason=reason)
        except InputProblem as wrong:
            problem = _said(wrong)
        else:
            return redirect("access:glass")
    context = {"kind": known, "record_id": record_id, "problem": problem, "reason": reason}
    return render(request, "access/open_glass.html", context, status=422 if problem else 200)


@require_safe
def glass(request: HttpRequest) -> HttpResponse:
    """Emergency accesses: the own ones, and those to review."""
    access = acting()
    check(access, "list", "break_glass")
    context = {
        "waiting": queries.to_review(access),
        "known": queries.broken_glass(access)[:100],
        "moment": timezone.now(),
    }
    return render(request, "access/glass.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def review(request: HttpRequest, glass_id: int) -> HttpResponse:
    """Review one emergency access."""
    access = acting()
    found = queries.broken_glass(access).filter(pk=glass_id).first()
    if found is None:
        raise Http404
    check(access, "review", "break_glass", found)
    problem = ""
    if request.method == "POST":
        row = {
            "glass": glass_id,
            "verdict": request.POST.get("verdict"),
            "remark": request.POST.get("remark", ""),
        }
        try:
            services.review_glass(by=access, rows=[row])
        except InputProblem as wrong:
            problem = _said(wrong)
        else:
            return redirect("access:glass")
    context = {"glass": found, "problem": problem, "remark": request.POST.get("remark", "")}
    return render(request, "access/review.html", context, status=422 if problem else 200)


@require_http_methods(["POST"])
def give_back(request: HttpRequest, glass_id: int) -> HttpResponse:
    """End an own emergency access before its two hours are over."""
    services.end_glass(by=acting(), glass_id=glass_id)
    return redirect("access:glass")


def _said(problem: InputProblem) -> str:
    return sentence(problem.code, problem.params, get_language() or "es")
