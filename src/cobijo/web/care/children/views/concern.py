"""One concern, for whoever takes it up: what was noticed, and the next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cobijo.errors import CobijoError
from cobijo.web.care.children import noticing, queries, words
from cobijo.web.care.children.forms import SetAsideForm
from cobijo.web.care.children.models import Concern
from cobijo.web.care.children.views.common import READ_AND_WRITE, number, page, said_plainly
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import decide
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.screens.pages import acting, version_in
from cobijo.web.core.vault import sealing


@READ_AND_WRITE
def concern(request: HttpRequest, pk: int) -> HttpResponse:
    """Read it, then: search before a new record, join it to a child, put it on a desk, or set it aside."""
    access = acting()
    one = queries.concerns(access).filter(pk=pk).first()
    if one is None or not decide(access, "see", "concern", one):
        raise Http404
    problem: CobijoError | None = None
    if request.method == "POST":
        try:
            to = _act(request, access, one)
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect(to)
    open_ = sealing.is_open() and bool(
        decide(replace(access, purpose="intake"), "see_identity", "concern", one)
    )
    told: Mapping[str, Any] = queries.opened(access, "concern", [one], purpose="intake")[0] if open_ else {}
    names = [told.get("chosen_name") or told.get("given"), told.get("surname1")]
    context = {
        "concern": one,
        "said": told,
        "called": " ".join(str(name) for name in names if name),
        "signs": [words.said("signs", sign) for sign in one.signs],
        "area": words.area_name(one.area),
        "lines": words.lines("report"),
        "form": SetAsideForm(),
        "waits": one.state == "waiting",
        "may_change": bool(decide(access, "change", "concern", one)),
        "may_register": bool(decide(access, "add", "child")),
        "colleagues": colleagues(access),
        "problem": said_plainly(problem),
        "who": reverse("access:who", args=["concern", one.pk]),
    }
    return page(request, "children/concern", context, 422 if problem else 200)


def _act(request: HttpRequest, access: Access, one: Concern) -> str:
    row: dict[str, Any] = {"pk": one.pk, "version": version_in(request.POST) or 0}
    step = request.POST.get("step", "")
    if step == "join":
        child = queries.child(access, number(request.POST.get("child")))
        if child is None:
            raise Http404
        noticing.join(by=access, rows=[row | {"child": child}])
        return reverse("children:child", args=[child.pk])
    if step == "assign":
        to = colleagues(access).filter(pk=number(request.POST.get("account"))).first()
        if to is None:
            raise Http404
        noticing.assign_concerns(by=access, rows=[{"pk": one.pk, "account": to}])
        return reverse("work")
    noticing.set_aside(by=access, rows=[row | {"reason": request.POST.get("reason", "")}])
    return reverse("concern:list")


def colleagues(access: Access) -> Any:
    """Who of the own organisation has a desk."""
    holds = {"holdings__ended_at": None, "holdings__role__in": (Role.CASEWORKER, Role.SUPERVISOR)}
    rows = Account.objects.filter(organisation_id=access.organisation_id, is_active=True, **holds)
    return rows.distinct().order_by("name")
