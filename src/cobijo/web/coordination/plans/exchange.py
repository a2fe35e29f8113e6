"""The pages by which a plan goes out, comes in, and goes on in a next one."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import render as sentence
from cobijo.web.coordination.plans import copying, giving, sheet, taking
from cobijo.web.coordination.plans.models import Plan
from cobijo.web.coordination.plans.screens import PLANS
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check
from cobijo.web.core.accounts.sessions import recently_confirmed
from cobijo.web.core.jobs import outbox
from cobijo.web.core.jobs import queries as jobs
from cobijo.web.core.screens import exporting, showing
from cobijo.web.core.screens.forms import styled
from cobijo.web.core.screens.pages import acting, found, uncached

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])
FORMATS = {name: exporting.FORMATS[name] for name in ("xlsx", "csv")}
UPLOAD = "plans.table"


class NextPlan(forms.Form):
    """What the next plan is called, and when it is."""

    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.SlugField(label=_("Short name"), max_length=40)
    starts_on = forms.DateField(
        label=_("Begins"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    ends_on = forms.DateField(
        label=_("Ends"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        for one in self.fields.values():
            styled(one)


@require_POST
def export_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A POST, because it is put on record; asks once more who it is, unless that was asked a moment ago."""
    access = acting()
    plan: Plan = found(access, PLANS, pk)
    check(access, "export", "plan", plan)
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Http404

    def confirmed(request: HttpRequest) -> HttpResponse:
        content = giving.written(access, plan, form)
        audit.record("export", "plan", [plan.pk], access=access, detail={"format": form})
        name = f"{plan.code}-{timezone.localdate().isoformat()}.{form}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return HttpResponse(content, content_type=FORMATS[form], headers=headers)

    answer: HttpResponse = recently_confirmed(confirmed, back="plan:list")(request)
    return answer


@READ_AND_WRITE
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """First only tried, then, on a second press, written: all of it or nothing."""
    access = acting()
    plan: Plan = found(access, PLANS, pk)
    check(access, "import", "plan", plan)
    context: dict[str, Any] = {
        "plan": plan,
        "columns": [str(one) for one in sheet.COLUMNS.values()],
        "kinds": [(str(label), [str(sheet.COLUMNS[one]) for one in sheet.FIELDS[kind]]) for kind, label in
                  sheet.KINDS.items()],
        "formats": tuple(FORMATS),
        "most": sheet.MOST_ROWS,
    }  # fmt: skip
    status = 200
    if request.method == "POST":
        try:
            taking.check_target(plan)
            if "file" in request.POST:
                return _written(request, access, plan, context)
            _tried(request, access, plan, context)
        except Forbidden:
            raise
        except CobijoError as wrong:
            context["problem"], status = sentence(wrong.code, wrong.params, showing.language()), 422
    return uncached(render(request, "plans/import.html", context, status=status))


@READ_AND_WRITE
def copy_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what the next plan is called; then say what went on in it and what stayed."""
    access = acting()
    plan: Plan = found(access, PLANS, pk)
    check(access, "see", "plan", plan)
    check(access, "add", "plan")
    form = NextPlan(request.POST if request.method == "POST" else None)
    problem = ""
    if request.method == "POST" and form.is_valid():
        try:
            made = copying.copy(by=access, plan=plan, values=form.cleaned_data)
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = sentence(wrong.code, {"row": 1, **wrong.params}, showing.language())
        else:
            return uncached(render(request, "plans/copied.html", {"plan": plan, "copied": made}))
    wrong_form = bool(problem) or bool(form.errors)
    context = {"plan": plan, "form": form, "problem": problem, "back": reverse("plan:detail", args=[pk])}
    return uncached(render(request, "plans/copy.html", context, status=422 if wrong_form else 200))


# --- Helpers -----------------------------------------------------------------------------------------------------


def _tried(request: HttpRequest, access: Access, plan: Plan, context: dict[str, Any]) -> None:
    upload = request.FILES.get("table")
    content = b"" if upload is None else upload.read(sheet.MOST_BYTES + 1)
    table = sheet.read(content)
    outcome = taking.take_in(by=access, plan=plan, table=table, dry=True)
    context |= {"outcome": outcome, "rows": len(table.rows)}
    if not outcome.problems and (outcome.made or outcome.changed):
        kept = outbox.keep_upload(
            by=request.user,  # type: ignore[arg-type]
            source=BytesIO(content),
            name=f"{UPLOAD}-{plan.pk}",
            media_type="application/octet-stream",
        )
        context["file"] = kept.pk


def _written(request: HttpRequest, access: Access, plan: Plan, context: dict[str, Any]) -> HttpResponse:
    """Of two who press at once, one does."""
    try:
        identity = UUID(request.POST["file"])
    except ValueError:
        raise Http404 from None
    mine = jobs.uploads(access).filter(pk=identity, name=f"{UPLOAD}-{plan.pk}")
    file = mine.first()
    if file is None or not mine.update(name="taken"):
        raise InputProblem("screens.file_gone")
    with outbox.reading(file) as source:
        table = sheet.read(source.read() or b"")
    outcome = taking.take_in(by=access, plan=plan, table=table, dry=False)
    outbox.forget(file)
    if outcome.problems:
        context |= {"outcome": outcome, "rows": len(table.rows)}
        return uncached(render(request, "plans/import.html", context, status=422))
    return redirect("plan:detail", pk=plan.pk)
