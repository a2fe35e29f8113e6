"""A report as a list of tasks; its steps; the checklist before it is frozen; adding what stands beside the text."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cobijo.errors import CobijoError, InputProblem
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.screens import showing
from cobijo.web.core.screens.forms import make_form
from cobijo.web.core.screens.pages import acting, found, said, uncached, version_in
from cobijo.web.core.screens.register import register_of
from cobijo.web.publication.reports import editions, queries, services
from cobijo.web.publication.reports.checklist import checklist
from cobijo.web.publication.reports.models import Report
from cobijo.web.publication.reports.screens import REPORTS
from cobijo.web.publication.reports.states import OF_A_REPORT, ReportState
from cobijo.web.publication.reports.whole import whole

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])
STEPS: Mapping[str, Callable[..., object]] = {
    ReportState.REVIEW: services.review,
    ReportState.DRAFT: services.take_up,
    ReportState.SUBMITTED: services.submit,
}
BESIDE = ("state_claim", "report_annex", "report_contributor", "report_step")


@require_safe
def report_page(request: HttpRequest, pk: int) -> HttpResponse:
    access = acting()
    return _report(request, access, found(access, REPORTS, pk))


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """To review, back to a draft, handed in. Freezing has its own page."""
    access = acting()
    one: Report = found(access, REPORTS, pk)
    check(access, "change", "alternative_report", one)
    service = STEPS.get(request.POST.get("to", ""))
    if service is None:
        return _report(request, access, one, InputProblem("reports.step_unknown"))
    try:
        service(by=access, rows=[{"pk": pk, "version": version_in(request.POST) or 0}])
    except Forbidden:
        raise
    except CobijoError as wrong:
        return _report(request, access, one, wrong)
    return redirect("alternative_report:detail", pk=pk)


@require_safe
def checklist_page(request: HttpRequest, pk: int) -> HttpResponse:
    access = acting()
    one: Report = found(access, REPORTS, pk)
    check(access, "change", "alternative_report", one)
    return _checklist(request, access, one)


@require_POST
def freeze(request: HttpRequest, pk: int) -> HttpResponse:
    access = acting()
    one: Report = found(access, REPORTS, pk)
    check(access, "change", "alternative_report", one)
    try:
        [made] = editions.freeze(by=access, rows=[{"pk": pk, "version": version_in(request.POST) or 0}])
    except Forbidden:
        raise
    except CobijoError as wrong:
        return _checklist(request, access, one, wrong)
    return redirect("report_edition:detail", pk=made.pk)


@READ_AND_WRITE
def under(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The register’s own form without the question for which report, since that is known."""
    access = acting()
    register = register_of(kind) if kind in BESIDE else None
    if register is None or register.add is None:
        raise Http404
    one: Report = found(access, REPORTS, pk)
    check(access, "change", "alternative_report", one)
    data = request.POST if request.method == "POST" else None
    form = make_form(access, register, data=data, only=set(register.fields) - {"report"})
    problem: CobijoError | None = None
    if data is not None and form.is_valid():
        try:
            register.add(by=access, rows=[{"report": one, **form.values()}])
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect("alternative_report:detail", pk=pk)
    context = {
        "form": form, "title": register.title, "lead": register.lead, "about": one, "problem": said(problem),
        "back": reverse("alternative_report:detail", args=[pk]), "grouped": True,
    }  # fmt: skip
    failed = problem is not None or bool(form.errors)
    return uncached(render(request, "reports/ask.html", context, status=422 if failed else 200))


def _report(
    request: HttpRequest, access: Access, one: Report, problem: CobijoError | None = None
) -> HttpResponse:
    all_of_it = whole(access, one)
    may = bool(decide(access, "change", "alternative_report", one))
    steps = [ReportState(to) for to in OF_A_REPORT[one.state] if to in STEPS] if may else []
    context = {
        "report": one,
        "whole": all_of_it,
        "may_change": may and one.changing,
        "may_plan": may,
        "may_see_contributors": bool(decide(access, "list", "report_contributor")),
        "steps": sorted(steps, key=lambda to: to == ReportState.DRAFT),
        "editions": list(queries.editions(access).filter(report=one)),
        "problem": said(problem),
        "buttons": showing.buttons(
            access, REPORTS, ("change", "history") if one.changing else ("history",), one
        ),
        "who": reverse("access:who", args=["alternative_report", one.pk]),
        "list_url": reverse("alternative_report:list"),
    }
    return uncached(render(request, "reports/report.html", context, status=422 if problem else 200))


def _checklist(
    request: HttpRequest, access: Access, one: Report, problem: CobijoError | None = None
) -> HttpResponse:
    found_missing = checklist(whole(access, one))
    context = {
        "report": one,
        "checks": found_missing,
        "open": sum(1 for check in found_missing if not check.passed),
        "in_review": one.state == ReportState.REVIEW,
        "wrote": access.account_id in queries.writers(one),
        "problem": said(problem),
    }
    return uncached(render(request, "reports/checklist.html", context, status=422 if problem else 200))
