"""The data steward's matches between organisations, and the report of fields that nobody fills. Nobody is named."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from cobijo.errors import CobijoError
from cobijo.web.care.children import elsewhere, filling, queries
from cobijo.web.care.children.models import Verdict
from cobijo.web.care.children.views.common import READ_AND_WRITE, number, page, said_plainly
from cobijo.web.care.children.words import PURPOSES
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens.pages import acting
from cobijo.web.core.vault import sealing

SHOWN = 60
SETTLES = (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNCLEAR)


@READ_AND_WRITE
def matches(request: HttpRequest) -> HttpResponse:
    """What waits: contact both organisations, then say what they found."""
    access = acting()
    check(access, "list", "match")
    problem: CobijoError | None = None
    if request.method == "POST":
        row = {"pk": number(request.POST.get("pk")), "verdict": request.POST.get("verdict", "")}
        try:
            elsewhere.settle_matches(by=access, rows=[row])
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect("children:matches")
    rows = list(queries.unsettled(access)[:SHOWN])
    contacts = queries.contacts_of(access, [pk for one in rows for pk in (one.asking_id, one.holding_id)])
    codes = queries.codes_of_matches(access, rows)
    settled = queries.matches(access).filter(verdict__in=SETTLES).order_by("-settled_at")
    context = {
        "waiting": [
            {
                "row": one,
                "asking": contacts.get(one.asking_id, ()),
                "holding": contacts.get(one.holding_id, ()),
                "code": codes[one.pk],
                "purpose": PURPOSES.get(one.question.purpose, one.question.purpose),
                "much": one.weight >= 2 * elsewhere.LEAST_MATCH,
            }
            for one in rows
            if one.pk in codes
        ],
        "settles": [(one.value, one.label) for one in SETTLES],
        "settled": list(settled[:SHOWN]),
        "problem": said_plainly(problem),
    }
    return page(request, "children/matches", context, 422 if problem else 200)


@READ_AND_WRITE
def unfilled(request: HttpRequest) -> HttpResponse:
    """Which core fields nobody fills in the own organisation, as counted at night or when somebody asked."""
    access = acting()
    reports = [filling.own(access)]
    return _counted_anew(request, access) or _reports(request, reports)


@READ_AND_WRITE
def unfilled_everywhere(request: HttpRequest) -> HttpResponse:
    """The same of each organisation, for whoever keeps the data of all."""
    access = acting()
    reports = filling.of_all(access)
    return _counted_anew(request, access, everywhere=True) or _reports(request, reports)


def _counted_anew(request: HttpRequest, access: Access, *, everywhere: bool = False) -> HttpResponse | None:
    """To the progress of the count, where one was asked for."""
    if request.method != "POST":
        return None
    job = filling.ask(access=access, by=request.user, everywhere=everywhere)  # type: ignore[arg-type]
    return redirect("jobs:detail", job_id=job.pk)


def _reports(request: HttpRequest, reports: list[filling.Report]) -> HttpResponse:
    locked = "" if sealing.is_open() else sealing.state().sentence
    context = {"reports": reports, "few": filling.FEW, "rarely": filling.RARELY, "locked": locked}
    return page(request, "children/unfilled", context)
