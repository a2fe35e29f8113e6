"""Pages of long work: what I asked for, how far it is, what came of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET, require_POST

from cobijo.errors import CobijoError
from cobijo.sentences import catalogue
from cobijo.sentences import render as sentence
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.middleware import refused_in
from cobijo.web.core.access.policy import check
from cobijo.web.core.accounts.sessions import goes_by_itself
from cobijo.web.core.jobs import outbox, queries, services
from cobijo.web.core.jobs.models import Job, State, StoredFile
from cobijo.web.core.jobs.registry import kind_of

SHOWN = 100


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    check(access, "list", "job")
    rows = [_shown(request, job) for job in queries.jobs(access)[:SHOWN]]
    return render(request, "jobs/list.html", {"rows": rows, "shown": SHOWN})


@goes_by_itself  # where there is no script the page asks for itself again, so it keeps no session open
@require_GET
def detail(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    return render(request, "jobs/job.html", {"row": _found(request, job_id)})


@goes_by_itself
@require_GET
def state(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """The part of the page that changes; it asks again only while the job has not ended."""
    response = render(request, "jobs/state.html", {"row": _found(request, job_id)})
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def cancel(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    row = _found(request, job_id)
    try:
        services.cancel(by=request.user, jobs=[job_id])  # type: ignore[arg-type]
    except CobijoError as problem:
        return _again(request, row, problem)
    return redirect("jobs:detail", job_id=job_id)


@require_POST
def file(request: HttpRequest, job_id: uuid.UUID) -> HttpResponse:
    """Fetch the export, once. A POST, so that nothing that only looks ahead can use it up."""
    row = _found(request, job_id)
    try:
        kept, content = outbox.fetch(by=request.user, job_id=job_id)  # type: ignore[arg-type]
    except CobijoError as problem:
        return _again(request, row, problem)
    disposition = f'attachment; filename="{kept.name}"'
    return HttpResponse(
        content,
        content_type=kept.media_type,
        headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
    )


def _again(request: HttpRequest, row: dict[str, Any], problem: CobijoError) -> HttpResponse:
    """The job's page, with what could not be done said above; what was refused goes on record."""
    said = sentence(problem.code, problem.params, _language())
    answer = render(request, "jobs/job.html", {"row": row, "problem": said}, status=409)
    if isinstance(problem, Forbidden):
        refused_in(request, problem)  # once the page is made: after it, the transaction can only be undone
    return answer


def _found(request: HttpRequest, job_id: uuid.UUID) -> dict[str, Any]:
    access = request.access  # type: ignore[attr-defined]
    check(access, "see", "job")
    job = queries.job(access, job_id)
    if job is None:
        raise Http404
    return _shown(request, job)


def _shown(request: HttpRequest, job: Job) -> dict[str, Any]:
    """What the person may read of a job: of somebody else's only that there is one, and its state."""
    kind = kind_of(job.kind)
    own = queries.own(request.access, job)  # type: ignore[attr-defined]
    kept = getattr(job, "file", None) if own else None
    if kept is not None and kept.kind != StoredFile.EXPORT:
        kept = None  # what was handed in to be read is not handed out again
    return {
        "job": job,
        "own": own,
        "title": kind.title if kind else job.kind,
        "stage": _said(job.stage, {}) if job.stage else "",
        "said": _said(job.code, job.params) if own and job.code else "",
        "file": kept,
        "running": job.state == State.RUNNING,
        "waiting": job.state == State.WAITING,
        "ended": job.ended,
        "back": _address(kind.back) if kind and kind.back else "",
    }


def _said(code: str, params: dict[str, Any]) -> str:
    """The sentence of a code; a code without one is not shown."""
    return sentence(code, params, _language()) if code in catalogue() else ""


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
