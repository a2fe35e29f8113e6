"""Steps of a case that are one button, and the offers of other organisations."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from cobijo.errors import CobijoError
from cobijo.web.care.cases import queries, services, transfers
from cobijo.web.care.cases.models import Case
from cobijo.web.care.cases.models.case import Remark
from cobijo.web.care.cases.views.case import shown
from cobijo.web.care.cases.views.common import home, the_case
from cobijo.web.care.children.views.common import READ_AND_WRITE, number, page, said_plainly
from cobijo.web.care.children.views.concern import colleagues
from cobijo.web.care.children.words import area_name
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens.pages import acting, version_in


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Do one step; where a rule says no, the case is shown again with its sentence on top."""
    access = acting()
    one = the_case(access, pk)
    try:
        return redirect(_do(request, access, one))
    except Forbidden:
        raise
    except CobijoError as wrong:
        context = shown(access, the_case(access, pk)) | {"problem": said_plainly(wrong)}
        return page(request, "cases/case", context, 422)


def _do(request: HttpRequest, access: Access, one: Case) -> str:
    posted = request.POST
    row: dict[str, Any] = {"pk": one.pk, "version": version_in(posted) or 0}
    what = posted.get("step", "")
    if what == "answer":
        services.answer(by=access, rows=[row | {"answer": posted.get("answer", "")}])
    elif what.startswith("move_on:"):
        services.move_on(by=access, rows=[row | {"to": what.removeprefix("move_on:")}])
    elif what == "ask":
        asked = {"what": posted.get("what", ""), "reason": posted.get("reason", "")}
        services.ask_approval(by=access, rows=[{"pk": one.pk, **asked}])
        return home(one, "steps")
    elif what == "close":
        services.close(by=access, rows=[row])
    elif what == "reopen":
        services.reopen(by=access, rows=[row])
    elif what == "take_back":
        transfers.withdraw(by=access, rows=[row])
    elif what == "assign":
        to = colleagues(access).filter(pk=number(posted.get("account"))).first()
        if to is None:
            raise Http404
        services.assign(by=access, rows=[{"pk": one.pk, "account": to}])
        return reverse("cases:team")
    else:
        raise Http404
    return home(one)


@READ_AND_WRITE
def approvals(request: HttpRequest) -> HttpResponse:
    """What waits for this supervisor's yes."""
    access = acting()
    check(access, "review", "approval")
    problem: CobijoError | None = None
    if request.method == "POST":
        row = {
            "pk": number(request.POST.get("pk")),
            "verdict": request.POST.get("verdict", ""),
            "remark": request.POST.get("remark", ""),
        }
        try:
            services.decide_approvals(by=access, rows=[row])
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect("cases:approvals")
    context = {
        "waiting": list(queries.to_approve(access)[:60]),
        "remarks": Remark.choices,
        "problem": said_plainly(problem),
    }
    return page(request, "cases/approvals", context, 422 if problem else 200)


@READ_AND_WRITE
def offers(request: HttpRequest) -> HttpResponse:
    """Cases that other organisations offer: accept onto a desk, or decline."""
    access = acting()
    check(access, "list", "transfer")
    problem: CobijoError | None = None
    if request.method == "POST":
        pk = number(request.POST.get("pk"))
        try:
            if request.POST.get("step") == "accept":
                to = colleagues(access).filter(pk=number(request.POST.get("account"))).first()
                if to is None:
                    raise Http404
                [case] = transfers.accept(by=access, rows=[{"pk": pk, "account": to}])
                return redirect(home(case))
            transfers.decline(by=access, rows=[{"pk": pk, "reason": request.POST.get("reason", "")}])
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect("cases:offers")
    rows = list(queries.offered(access)[:60])
    context = {
        "offers": [{"row": one, "area": area_name(one.area)} for one in rows],
        "colleagues": colleagues(access),
        "problem": said_plainly(problem),
    }
    return page(request, "cases/offers", context, 422 if problem else 200)
