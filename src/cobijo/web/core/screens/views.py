"""The pages of every register. Each is one function of (request, register, …); `urls.py` binds the register."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import render as sentence
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, current
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.middleware import refused_in
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.accounts.sessions import recently_confirmed
from cobijo.web.core.jobs import outbox
from cobijo.web.core.jobs import services as job_services
from cobijo.web.core.jobs.models import StoredFile
from cobijo.web.core.screens import exporting, history, importing, showing
from cobijo.web.core.screens.clocks import due_for
from cobijo.web.core.screens.conflict import Conflict, settled
from cobijo.web.core.screens.forms import RegisterForm, make_form
from cobijo.web.core.screens.jobs import exportable
from cobijo.web.core.screens.listing import COUNTED, filter_form, listing
from cobijo.web.core.screens.register import Register, registers
from cobijo.web.core.screens.writing import Stale


def acting() -> Access:
    """Whoever acts; nobody is asked to sign in."""
    access = current()
    if access is None:
        raise Forbidden("access.sign_in", action="see")
    return access


def list_page(request: HttpRequest, register: Register) -> HttpResponse:
    access = acting()
    check(access, "list", register.kind)
    asked = request.GET.dict()
    page = listing(access, register, asked)
    rows = [
        {
            "record": one,
            "url": _url(register, "detail", one),
            "cells": showing.cells(access, register, one, register.shown, "list"),
        }
        for one in page.rows
    ]
    context = {
        "listing": page,
        "rows": rows,
        "heads": _heads(register, page.sort, page.query),
        "filters": filter_form(access, register, asked) if register.filters else None,
        "searched": bool(page.params),
        "counted": COUNTED,
        "buttons": showing.buttons(access, register, ("add", "import", "export")),
        "formats": tuple(exporting.FORMATS),
        "here": page.query(page=page.page),
    }
    return _page(request, access, register, "list", context)


def detail_page(request: HttpRequest, register: Register, pk: int) -> HttpResponse:
    access = acting()
    record = _found(access, register, pk)
    context = {
        "record": record,
        "groups": showing.groups(access, register, record),
        "buttons": showing.buttons(access, register, ("change", "history", "remove"), record),
        "who": reverse("access:who", args=[register.kind, record.pk]),
    }
    return _page(request, access, register, "detail", context)


def new_page(request: HttpRequest, register: Register) -> HttpResponse:
    access = acting()
    check(access, "add", register.kind)
    data = request.POST if request.method == "POST" else None
    form = make_form(access, register, data=data)
    problem: CobijoError | None = None
    if data is not None and form.is_valid():
        assert register.add is not None
        try:
            made = register.add(by=access, rows=[form.values()])
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect(_url(register, "detail", made[0]))
    return _form(request, access, register, form, problem)


def edit_page(request: HttpRequest, register: Register, pk: int) -> HttpResponse:
    access = acting()
    record = _found(access, register, pk)
    check(access, "change", register.kind, record)
    only = decide(access, "see", register.kind, record).fields
    if request.method != "POST":
        form = make_form(access, register, record=record, only=only)
        return _form(request, access, register, form, None, record=record, version=record.version)
    data = settled(register, request.POST, record)
    started = _version(data)
    form = make_form(access, register, record=_found(access, register, pk), data=data, only=only)
    problem: CobijoError | None = None
    if form.is_valid():
        if started is None:
            problem = Stale(register.kind, record, 0)
        else:
            assert register.change is not None
            try:
                register.change(by=access, rows=[{"pk": pk, "version": started, **form.values()}])
            except CobijoError as wrong:
                problem = wrong
            else:
                return redirect(_url(register, "detail", record))
    if isinstance(problem, Stale):
        conflict = Conflict.between(access, register, problem, form)
        if conflict.fields:
            context = {"record": record, "conflict": conflict, "form": form}
            return _page(request, access, register, "conflict", context, status=409)
        return redirect(_url(register, "detail", record))  # both wrote the same
    version = started if started is not None else record.version
    return _form(request, access, register, form, problem, record=record, version=version)


def remove_page(request: HttpRequest, register: Register, pk: int) -> HttpResponse:
    access = acting()
    record = _found(access, register, pk)
    check(access, "remove", register.kind, record)
    problem: CobijoError | None = None
    if request.method == "POST":
        assert register.remove is not None
        try:
            register.remove(by=access, rows=[{"pk": pk, "version": _version(request.POST) or 0}])
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect(reverse(f"{register.kind}:list"))
    context = {
        "record": record,
        "groups": showing.groups(access, register, record),
        "problem": _said(problem),
    }
    return _page(request, access, register, "remove", context, status=409 if problem else 200)


def history_page(request: HttpRequest, register: Register, pk: int) -> HttpResponse:
    access = acting()
    record = _found(access, register, pk)
    found = [
        {
            "edit": one,
            "when": showing.said(one.at),
            "differences": [
                {
                    "label": register.label(name),
                    "before": showing.kept_text(register, name, before),
                    "after": showing.kept_text(register, name, after),
                }
                for name, before, after in one.differences
            ],
        }
        for one in history.edits(access, register.kind, record)
    ]
    return _page(request, access, register, "history", {"record": record, "edits": found})


def export_page(request: HttpRequest, register: Register) -> HttpResponse:
    """A POST, because it is put on record; asks once more who it is, unless that was asked a moment ago."""
    access = acting()
    check(access, "export", register.kind)
    form = request.POST.get("format", "")
    if form not in exporting.FORMATS:
        raise Http404

    def confirmed(request: HttpRequest) -> HttpResponse:
        return _export(request, access, register, form)

    answer: HttpResponse = recently_confirmed(confirmed, back=f"{register.kind}:list")(request)
    return answer


def _export(request: HttpRequest, access: Access, register: Register, form: str) -> HttpResponse:
    """A file at once, or, for many rows, long work whose page says how far it is."""
    asked = {
        name: value
        for name, value in request.POST.dict().items()
        if name not in {"format", "csrfmiddlewaretoken"}
    }
    rows = exportable(access, register, asked)
    records = list(rows[: exporting.AT_ONCE + 1])
    if len(records) > exporting.AT_ONCE:
        job = job_services.enqueue(
            by=request.user,  # type: ignore[arg-type]
            kind="screens.export",
            arguments={"kind": register.kind, "format": form, "language": showing.language()},
            private=asked,
        )
        return redirect("jobs:detail", job_id=job.pk)
    detail = {"rows": len(records), "format": form}
    audit.record("export", register.kind, [one.pk for one in records], access=access, detail=detail)
    name = exporting.file_name(register, form, timezone.localdate())
    return HttpResponse(
        exporting.written(access, register, records, form),
        content_type=exporting.FORMATS[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )


def import_page(request: HttpRequest, register: Register) -> HttpResponse:
    """Choose a table, read what its import would do, then let it be done as long work."""
    access = acting()
    check(access, "import", register.kind)
    context: dict[str, Any] = {"columns": [register.label(name) for name in register.fields]}
    status = 200
    if request.method == "POST":
        try:
            if "file" in request.POST:
                return _import(request, register, request.POST["file"])
            upload = request.FILES.get("table")
            content = b"" if upload is None else upload.read(importing.MOST_BYTES + 1)
            table = importing.read_table(register, content)
            context |= {"table": table, "trial": importing.tried(access, register, table)}
            if context["trial"].rows and not context["trial"].problems:
                kept = outbox.keep_upload(
                    by=request.user,  # type: ignore[arg-type]
                    source=BytesIO(content),
                    name=f"import-{register.kind}",
                    media_type="application/octet-stream",
                )
                context["file"] = kept.pk
        except Forbidden:
            raise
        except CobijoError as wrong:
            context["problem"], status = _said(wrong), 422
    return _page(request, access, register, "import", context, status=status)


def _import(request: HttpRequest, register: Register, file: str) -> HttpResponse:
    """Hand the file to a job; of two who press at once, one does."""
    try:
        identity = UUID(file)
    except ValueError:
        raise Http404 from None
    mine = StoredFile.objects.filter(
        pk=identity, kind=StoredFile.UPLOAD, account_id=acting().account_id, name=f"import-{register.kind}"
    )
    if not mine.update(name="taken"):
        raise InputProblem("screens.file_gone")
    job = job_services.enqueue(
        by=request.user,  # type: ignore[arg-type]
        kind="screens.import",
        arguments={"kind": register.kind, "file": str(identity), "language": showing.language()},
    )
    return redirect("jobs:detail", job_id=job.pk)


def work_page(request: HttpRequest) -> HttpResponse:
    """What is due for me, over all rooms, and what everybody should know about the site."""
    from cobijo.web.operations.health import notices

    access = acting()
    context = {
        "due": [
            {"due": one, "said": sentence(one.code, one.params, showing.language())}
            for one in due_for(access)
        ],
        "notices": [
            {"grave": one.grave, "said": sentence(one.code, one.params, showing.language())}
            for one in notices()
        ],
        "sections": sections(access),
    }
    return _uncached(render(request, "screens/work.html", context))


def sections(access: Access) -> list[tuple[str, list[dict[str, str]]]]:
    """The menu: the registers whose list is open to the person, by section."""
    found: dict[str, list[dict[str, str]]] = {}
    for register in registers().values():
        if decide(access, "list", register.kind):
            entry = {"title": str(register.title), "url": reverse(f"{register.kind}:list")}
            found.setdefault(str(register.section), []).append(entry)
    return list(found.items())


# --- Helpers -----------------------------------------------------------------------------------------------------


def _page(
    request: HttpRequest,
    access: Access,
    register: Register,
    name: str,
    context: dict[str, Any],
    status: int = 200,
) -> HttpResponse:
    whole = {
        "register": register,
        "list_url": reverse(f"{register.kind}:list"),
        "record_url": _url(register, "detail", context["record"])
        if context.get("record") is not None
        else "",
        **context,
    }
    return _uncached(render(request, f"screens/{name}.html", whole, status=status))


def _uncached(response: HttpResponse) -> HttpResponse:
    """Nothing of these pages stays in the browser: the computer may be shared."""
    response.headers["Cache-Control"] = "no-store"
    return response


def _form(
    request: HttpRequest,
    access: Access,
    register: Register,
    form: RegisterForm,
    problem: CobijoError | None,
    *,
    record: Any = None,
    version: int | None = None,
) -> HttpResponse:
    """The form, with what was typed in it whatever went wrong."""
    status = 200
    if isinstance(problem, Forbidden):
        status = 403
    elif problem is not None or form.errors:
        status = 422
    context = {"form": form, "problem": _said(problem), "record": record, "version": version}
    page = _page(request, access, register, "form", context, status=status)
    if isinstance(problem, Forbidden):
        refused_in(request, problem)  # once the page is made: after it, the transaction can only be undone
    return page


def _found(access: Access, register: Register, pk: int) -> Any:
    """Fetched and authorised in one step: what may not be seen is not there."""
    record = register.queries(access).filter(pk=pk).first()
    if record is None or not decide(access, "see", register.kind, record):
        raise Http404
    return record


def _heads(register: Register, sort: str, query: Any) -> list[dict[str, str]]:
    """The heads of the columns: what they are called, how to order by them, how it is ordered now."""
    from cobijo.web.core.screens.listing import sortable

    names = sortable(register)
    heads = []
    for one in register.shown:
        order = (
            "" if sort.lstrip("-") != one.name else ("descending" if sort.startswith("-") else "ascending")
        )
        turned = f"-{one.name}" if order == "ascending" else one.name
        url = query(sort=turned, page="") if one.name in names else ""
        heads.append({"label": register.label(one.name), "url": url, "order": order})
    return heads


def _url(register: Register, page: str, record: Any) -> str:
    return reverse(f"{register.kind}:{page}", args=[record.pk])


def _version(data: QueryDict) -> int | None:
    text = data.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


def _said(problem: CobijoError | None) -> str:
    return "" if problem is None else sentence(problem.code, problem.params, showing.language())
