"""The pages by which a plan goes out, comes in, and goes on in a next one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from cobijo.errors import CobijoError
from cobijo.sentences import render as sentence
from cobijo.web.coordination.plans import copying, giving, sheet, taking
from cobijo.web.coordination.plans import jobs as plan_jobs
from cobijo.web.coordination.plans.models import Plan
from cobijo.web.coordination.plans.screens import PLANS
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check
from cobijo.web.core.accounts.sessions import recently_confirmed
from cobijo.web.core.jobs import outbox
from cobijo.web.core.jobs import queries as jobs
from cobijo.web.core.jobs.models import Job
from cobijo.web.core.screens import exporting, showing, trying, uploads
from cobijo.web.core.screens.asking import Asked, day
from cobijo.web.core.screens.pages import acting, found, identity, uncached
from cobijo.web.core.screens.uploads import uploading

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])
FORMATS = {name: exporting.FORMATS[name] for name in ("xlsx", "csv")}
AT_ONCE = 500  # more rows than these are tried as long work


class NextPlan(Asked):
    """What the next plan is called, and when it is."""

    name = forms.CharField(label=_("Name"), max_length=200)
    code = forms.SlugField(label=_("Short name"), max_length=40)
    starts_on = day(_("Begins"))
    ends_on = day(_("Ends"))


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


@uploading
@READ_AND_WRITE
def import_page(request: HttpRequest, pk: int) -> HttpResponse:
    """First only tried, then, on a second press, written: all of it or nothing. A large table is tried as long work."""
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
                return _handed_in(request, plan)
            job = _tried(request, access, plan, context)
            if job is not None:
                return redirect("jobs:detail", job_id=job.pk)
        except Forbidden:
            raise
        except CobijoError as wrong:
            context["problem"], status = sentence(wrong.code, wrong.params, showing.language()), 422
    elif "tried" in request.GET:
        context |= _found_by(access, plan, identity(request.GET["tried"]))
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


def _tried(request: HttpRequest, access: Access, plan: Plan, context: dict[str, Any]) -> Job | None:
    """A small table at once; of a large one the job that tries it."""
    content = uploads.content_of(request, "table", most=sheet.MOST_BYTES)
    table = sheet.read(content)  # what is no table is said before it is kept
    kept = uploads.kept(request, content, plan_jobs.upload_name(plan))
    if len(table.rows) > AT_ONCE:
        account: Any = request.user
        return plan_jobs.ask(by=account, kind=plan_jobs.TRY, plan=plan, file=kept.pk)
    outcome = taking.take_in(by=access, plan=plan, table=table, dry=True)
    if outcome.problems:
        outbox.forget(kept)
    context |= {"outcome": outcome, "file": _to_write(outcome, kept.pk)}
    return None


def _handed_in(request: HttpRequest, plan: Plan) -> HttpResponse:
    account: Any = request.user
    file = identity(request.POST["file"])
    job = plan_jobs.hand_in(by=account, plan=plan, file=file)
    return redirect("jobs:detail", job_id=job.pk)


def _found_by(access: Access, plan: Plan, job_id: UUID) -> dict[str, Any]:
    """What a job of this person found in a table for this plan; 404 where it is gone."""
    said = trying.kept_content(access, job_id)
    job = jobs.job(access, job_id)
    if said is None or job is None or job.arguments.get("plan") != plan.pk:
        raise Http404
    outcome = taking.Outcome(**said)
    file = UUID(job.arguments["file"])
    still = jobs.uploads(access).filter(pk=file, name=plan_jobs.upload_name(plan)).exists()
    return {"outcome": outcome, "file": _to_write(outcome, file) if still else None}


def _to_write(outcome: taking.Outcome, file: UUID) -> UUID | None:
    return file if not outcome.problems and (outcome.made or outcome.changed) else None
