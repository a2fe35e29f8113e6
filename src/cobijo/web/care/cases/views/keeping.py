"""What is kept beyond its time, what waits to be erased, and what is held. Codes only; a record is read on its page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cobijo.errors import CobijoError, InputProblem
from cobijo.web.care.cases import parts, retention
from cobijo.web.care.children.views.common import READ_AND_WRITE, number, page, said_plainly
from cobijo.web.care.pack import Retention
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens.pages import acting, version_in
from cobijo.web.figures import reading

SHOWN = 60


@READ_AND_WRITE
def keeping(request: HttpRequest) -> HttpResponse:
    """Decide what waits: erase it, or keep it with a reason."""
    access = acting()
    check(access, "review", "child")
    problem: CobijoError | None = None
    if request.method == "POST":
        try:
            _decide(request, access)
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect("cases:keeping")
    context = {
        "due": list(retention.to_review(access)[:SHOWN]),
        "soon": [(one, _name(one.rule)) for one in parts.going_soon(access)],
        "told_days": parts.TOLD_BEFORE.days,
        "held": list(retention.held(access)[:SHOWN]),
        "purposes": [(one, _name(one.rule)) for one in retention.purposes(access)],
        "reasons": retention.KeepReason.choices,
        "problem": said_plainly(problem),
    }
    return page(request, "cases/keeping", context, 422 if problem else 200)


def _name(rule: Retention) -> str:
    """What the pack calls a purpose, in the reader's language."""
    return rule.names.get(reading()) or next(iter(rule.names.values()), rule.purpose)


def _decide(request: HttpRequest, access: Access) -> None:
    posted = request.POST
    verdict = posted.get("verdict", "")
    if verdict == "erase" and "sure" not in posted:
        raise InputProblem("cases.erase_sure")
    row = {"pk": number(posted.get("pk")), "verdict": verdict, "reason": posted.get("reason", "")}
    retention.review(by=access, rows=[{**row, "version": version_in(posted) or 0}])
