"""A legal hold on a child's record: set with a reason, listed, released. While it stands, nothing is erased."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cobijo.errors import CobijoError
from cobijo.web.care.children import services
from cobijo.web.care.children.models import HoldReason
from cobijo.web.care.children.views.common import READ_AND_WRITE, page, said_plainly, the_child
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens.pages import acting, version_in


@READ_AND_WRITE
def hold(request: HttpRequest, pk: int) -> HttpResponse:
    """Set a hold, change its reason, or release it."""
    access = acting()
    one = the_child(access, pk)
    check(access, "review", "child", one)
    problem: CobijoError | None = None
    if request.method == "POST":
        row: dict[str, Any] = {"pk": one.pk, "version": version_in(request.POST) or 0}
        try:
            if request.POST.get("step") == "release":
                services.release(by=access, rows=[row])
            else:
                services.hold(by=access, rows=[row | {"reason": request.POST.get("reason", "")}])
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect("children:child", one.pk)
    context = {"child": one, "reasons": HoldReason.choices, "problem": said_plainly(problem)}
    return page(request, "children/hold", context, 422 if problem else 200)
