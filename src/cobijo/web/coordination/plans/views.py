"""The pages of a plan, of a line and of a report; and adding what belongs under a plan or a line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cobijo.errors import CobijoError
from cobijo.sentences import render as sentence
from cobijo.web.coordination.plans import line as lines
from cobijo.web.coordination.plans import queries, reporting, services
from cobijo.web.coordination.plans.models import Indicator, Line, Plan, ProgressReport
from cobijo.web.coordination.plans.page import LATE, listed, page_of
from cobijo.web.coordination.plans.rules import wrote_in
from cobijo.web.coordination.plans.screens import LINES, PLANS, REPORTS
from cobijo.web.coordination.plans.states import OF_A_PLAN, OPEN, PlanState, ReportState
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check
from cobijo.web.core.access.policy import decide as decided
from cobijo.web.core.screens import showing
from cobijo.web.core.screens.forms import make_form, styled
from cobijo.web.core.screens.pages import acting, found, uncached, version_in
from cobijo.web.core.screens.register import register_of
from cobijo.web.core.typed import whole

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])
STEPS: Mapping[str, Any] = {
    PlanState.IN_FORCE: services.begin,
    PlanState.EVALUATED: services.evaluated,
    PlanState.CLOSED: services.close,
}
#: What may be added under a plan or a line, and the field that says under which.
UNDER_PLAN = {"plan_objective": "plan", "plan_evaluation": "plan"}
UNDER_LINE = {"plan_activity": "line", "plan_budget": "line", "plan_report": "line", "plan_rating": "line"}


@require_safe
def plan_page(request: HttpRequest, pk: int) -> HttpResponse:
    access = acting()
    plan: Plan = found(access, PLANS, pk)
    return _plan(request, access, plan)


@require_POST
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan’s next state."""
    access = acting()
    plan: Plan = found(access, PLANS, pk)
    check(access, "change", "plan", plan)
    move = STEPS.get(request.POST.get("to", ""))
    if move is None:
        return _plan(request, access, plan, CobijoError("plans.no_such_step", row=1))
    try:
        move(by=access, rows=[{"pk": pk, "version": version_in(request.POST) or 0}])
    except Forbidden:
        raise
    except CobijoError as wrong:
        return _plan(request, access, plan, wrong)
    return redirect("plan:detail", pk=pk)


@require_safe
def line_page(request: HttpRequest, pk: int) -> HttpResponse:
    access = acting()
    one: Line = found(access, LINES, pk)
    rows, sums = lines.money_of(access, one)
    owns = one.owner_id == access.organisation_id
    context = {
        "line": one,
        "plan": one.objective.plan,
        "activities": lines.activities_of(access, one),
        "budgets": rows,
        "sums": sums,
        "sides": lines.sides(access, one),
        "reports": list(queries.reports(access).filter(line=one)[:10]),
        "before": one.continues,
        "late": one.state in OPEN and one.due_on < timezone.localdate(),
        "mine": access.organisation_id,
        "may_change": bool(decided(access, "change", "plan_line", one)),
        "may_report": owns and bool(decided(access, "add", "plan_report")),
        "may_rate": bool(decided(access, "add", "plan_rating")),
        "changing": one.objective.plan.state in (PlanState.DRAFT, PlanState.IN_FORCE),
        "in_force": one.objective.plan.state == PlanState.IN_FORCE,
        "buttons": showing.buttons(access, LINES, ("change", "history", "remove"), one),
        "who": reverse("access:who", args=["plan_line", one.pk]),
    }
    return uncached(render(request, "plans/line.html", context))


@require_safe
def report_page(request: HttpRequest, pk: int) -> HttpResponse:
    access = acting()
    one: ProgressReport = found(access, REPORTS, pk)
    return _report(request, access, one)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve a report, or send it back with a reason."""
    access = acting()
    one: ProgressReport = found(access, REPORTS, pk)
    check(access, "review", "plan_report", one)
    row = {
        "pk": pk, "version": version_in(request.POST) or 0, "state": request.POST.get("state", ""),
        "remark": request.POST.get("remark", "")[:500],
    }  # fmt: skip
    try:
        reporting.decide(by=access, rows=[row])
    except Forbidden:
        raise
    except CobijoError as wrong:
        return _report(request, access, one, wrong)
    return redirect("plan_report:detail", pk=pk)


@READ_AND_WRITE
def under_plan(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Add an objective or an evaluation to this plan."""
    access = acting()
    if kind not in UNDER_PLAN:
        raise Http404
    plan: Plan = found(access, PLANS, pk)
    return _under(request, access, kind, UNDER_PLAN[kind], plan, reverse("plan:detail", args=[pk]))


@READ_AND_WRITE
def under_line(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Add an activity, money, a report or a rating to this line."""
    access = acting()
    if kind not in UNDER_LINE:
        raise Http404
    one: Line = found(access, LINES, pk)
    return _under(request, access, kind, UNDER_LINE[kind], one, reverse("plan_line:detail", args=[pk]))


# --- Helpers -----------------------------------------------------------------------------------------------------


def _plan(
    request: HttpRequest, access: Access, plan: Plan, problem: CobijoError | None = None
) -> HttpResponse:
    page = page_of(plan, queries.objectives(access), queries.lines(access), queries.budgets(access))
    numbers = {one.objective.number for one in page.progress}
    objective = whole(request.GET.get("objective", ""), 5)
    objective = objective if objective in numbers else None
    asked = whole(request.GET.get("page", ""), 5) or 1
    rows, number, pages = listed(page, queries.ratings(access), objective, asked, reverse("plan_line:list"))
    may = bool(decided(access, "change", "plan", plan))
    context = {
        "plan": plan,
        "page": page,
        "late": page.late[:LATE],
        "more_late": max(0, len(page.late) - LATE),
        "rows": rows,
        "objective": objective,
        "earlier": _query(objective, number - 1) if number > 1 else "",
        "further": _query(objective, number + 1) if number < pages else "",
        "evaluations": list(queries.evaluations(access).filter(plan=plan)),
        "steps": [(to, PlanState(to).label) for to in OF_A_PLAN[plan.state]] if may else [],
        "may_change": may,
        "changing": plan.state in (PlanState.DRAFT, PlanState.IN_FORCE),
        "may_export": bool(decided(access, "export", "plan")),
        "may_import": bool(decided(access, "import", "plan")),
        "today": timezone.localdate(),
        "problem": _said(problem),
        "buttons": showing.buttons(access, PLANS, ("change", "history"), plan),
        "who": reverse("access:who", args=["plan", plan.pk]),
    }
    return uncached(render(request, "plans/plan.html", context, status=422 if problem else 200))


def _report(
    request: HttpRequest, access: Access, one: ProgressReport, problem: CobijoError | None = None
) -> HttpResponse:
    waits, own = one.state == ReportState.SUBMITTED, wrote_in(access, one)
    context = {
        "report": one,
        "line": one.line,
        "readings": list(one.readings.select_related("indicator__activity__line__objective")),
        "may_decide": waits and not own and bool(decided(access, "review", "plan_report", one)),
        "own": waits and own,
        "problem": _said(problem),
        "buttons": showing.buttons(access, REPORTS, ("change", "history") if waits else ("history",), one),
        "who": reverse("access:who", args=["plan_report", one.pk]),
    }  # fmt: skip
    return uncached(render(request, "plans/report.html", context, status=422 if problem else 200))


class ReadingsForm(forms.Form):
    """What each indicator of a line says now; what nobody measured stays empty."""

    def __init__(self, data: Any, indicators: list[Indicator]) -> None:
        super().__init__(data, prefix="reading")
        self.indicators = {str(one.pk): one for one in indicators}
        for key, one in self.indicators.items():
            field = forms.DecimalField(
                label=f"{one} ({one.unit})", required=False, max_digits=18, decimal_places=4
            )
            self.fields[key] = styled(field)

    def values(self) -> dict[Indicator, Any]:
        said = self.cleaned_data
        return {one: said[key] for key, one in self.indicators.items() if said.get(key) is not None}


def _under(
    request: HttpRequest, access: Access, kind: str, parent: str, above: Any, back: str
) -> HttpResponse:
    """The register’s own form without the question under what, since that is known."""
    register = register_of(kind)
    assert register is not None
    assert register.add is not None
    check(access, "add", kind)
    data = request.POST if request.method == "POST" else None
    only = set(register.fields) - {parent}
    form = make_form(access, register, data=data, only=only)
    readings = ReadingsForm(data, _indicators(access, above) if kind == "plan_report" else [])
    problem: CobijoError | None = None
    valid = [form.is_valid(), readings.is_valid()]  # both, so that all that is wrong is shown at once
    if data is not None and all(valid):
        more = {"readings": readings.values()} if readings.indicators else {}
        try:
            register.add(by=access, rows=[{parent: above, **form.values(), **more}])
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect(back)
    failed = problem is not None or bool(form.errors) or bool(readings.errors)
    numbers = gettext("Write the value of an indicator as a number.") if readings.errors else ""
    context = {
        "form": form, "readings": readings, "register": register, "above": above, "back": back,
        "problem": _said(problem) or numbers,
    }  # fmt: skip
    return uncached(render(request, "plans/under.html", context, status=422 if failed else 200))


def _indicators(access: Access, line: Line) -> list[Indicator]:
    return list(queries.indicators(access).filter(activity__line=line).order_by("activity__number", "number"))


def _query(objective: int | None, number: int) -> str:
    said = {"objective": objective, "page": number if number > 1 else None}
    return "?" + urlencode({name: value for name, value in said.items() if value}) + "#lines"


def _said(problem: CobijoError | None) -> str:
    return "" if problem is None else sentence(problem.code, problem.params, showing.language())
