"""Forms for telephones; a file of records for another organisation; a file of theirs, tried and taken in."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import render as sentence
from cobijo.web.care.children.fields import CORE_FIELDS
from cobijo.web.care.children.views.common import READ_AND_WRITE, page, said_plainly
from cobijo.web.care.systems import jobs, queries, receiving, sending
from cobijo.web.care.systems.forms import SendForm, TakeForm
from cobijo.web.care.systems.phone_forms import FORMS, make_form
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.accounts.sessions import recently_confirmed
from cobijo.web.core.screens import uploads
from cobijo.web.core.screens.pages import acting
from cobijo.web.core.screens.uploads import uploading
from cobijo.web.figures import reading

SHOWN = 50  # problems of a file, on its page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What this room can do, under which agreements, and the files so far."""
    access = acting()
    check(access, "list", "exchange")
    labels = {one.name: one.label for one in CORE_FIELDS}
    blank = {form: make_form(form, day=timezone.localdate()) for form in FORMS}
    context = {
        "forms": [(form, [labels.get(n, n) for n in made.left_out]) for form, made in blank.items()],
        "agreements": [
            (one, one.other if one.organisation_id == access.organisation_id else one.organisation)
            for one in queries.agreements(access)
        ],
        "files": list(queries.exchanges(access)[:60]),
        "may_send": bool(decide(access, "export", "case")),
        "may_take": bool(decide(access, "import", "case")),
    }
    return page(request, "systems/home", context)


@require_safe
def phone_form(request: HttpRequest, form: str) -> HttpResponse:
    """A blank form: it holds nothing of anybody."""
    check(acting(), "list", "exchange")
    if form not in FORMS:
        raise Http404
    made = make_form(form, day=timezone.localdate())
    return _file(made.content, sending.FORMATS["xlsx"], f"{form}.xlsx")


@READ_AND_WRITE
def send(request: HttpRequest) -> HttpResponse:
    """Choose what leaves; the file comes at once, or as long work."""
    access = acting()
    check(access, "export", "case")
    if request.method != "POST":
        return _sending(request, SendForm(access))
    answer: HttpResponse = recently_confirmed(_send, back="systems:send")(request)
    return answer


def _send(request: HttpRequest) -> HttpResponse:
    access = acting()
    form = SendForm(access, request.POST)
    if not form.is_valid():
        return _sending(request, form)
    asked = form.asked()
    try:
        sending.checked(access, asked)
        if queries.to_send(access, asked.since, asked.until).count() > sending.AT_ONCE:
            return redirect("jobs:detail", job_id=jobs.ask(by=request.user, asked=asked).pk)  # type: ignore[arg-type]
        made = sending.send(by=access, asked=asked)
    except Forbidden:
        raise
    except CobijoError as wrong:
        return _sending(request, form, wrong)
    return _file(made.content, sending.FORMATS[asked.form], jobs.file_name(asked))


def _sending(request: HttpRequest, form: SendForm, problem: CobijoError | None = None) -> HttpResponse:
    failed = problem is not None or bool(form.errors)
    context = {"form": form, "problem": said_plainly(problem, form), "none": _none(form)}
    return page(request, "systems/send", context, 422 if failed else 200)


@uploading
@READ_AND_WRITE
def take(request: HttpRequest) -> HttpResponse:
    """A file of theirs: first the dry run, then, if the person says so, the writing."""
    access = acting()
    check(access, "import", "case")
    form = TakeForm(access, request.POST if request.method == "POST" else None)
    problem: CobijoError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            return _taking(request, access, form)
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
    failed = problem is not None or bool(form.errors)
    context = {"form": form, "problem": said_plainly(problem, form), "none": _none(form)}
    return page(request, "systems/take", context, 422 if failed else 200)


def _taking(request: HttpRequest, access: Access, form: TakeForm) -> HttpResponse:
    said = form.cleaned_data
    how: dict[str, Any] = {"agreement_id": int(said["agreement"]), "area": said["area"]}
    if "file" in request.POST:
        made = receiving.take_kept(by=access, upload=_number(request.POST["file"]), **how)
        return page(request, "systems/taken", {"made": made})
    content = uploads.content_of(request, "records")
    if not content:
        raise InputProblem("systems.no_file")
    trial = receiving.try_out(by=access, content=content, **how)
    kept = uploads.kept(request, content, receiving.UPLOAD)
    language = reading()
    context = {
        "form": form,
        "trial": trial,
        "file": kept.pk,
        "problems": [sentence(one.code, one.params, language) for one in trial.problems[:SHOWN]],
        "more": max(0, len(trial.problems) - SHOWN),
    }
    return page(request, "systems/tried", context)


def _none(form: SendForm | TakeForm) -> bool:
    """Whether there is no agreement to choose."""
    chosen: Any = form.fields["agreement"]
    return len(chosen.choices) < 2


def _number(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise InputProblem("screens.file_gone") from None


def _file(content: bytes, media_type: str, name: str) -> HttpResponse:
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        content,
        content_type=media_type,
        headers={"Content-Disposition": disposition, "Cache-Control": "no-store"},
    )
