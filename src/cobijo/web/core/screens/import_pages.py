"""Importing a table: choose the file, say which column is which field, read what would happen, let it happen."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import catalogue
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check
from cobijo.web.core.jobs import outbox, queries
from cobijo.web.core.screens import import_jobs, importing, sheets, trying, uploads
from cobijo.web.core.screens.pages import acting, identity, page, said, uncached
from cobijo.web.core.screens.register import Register
from cobijo.web.core.typed import whole

AT_ONCE = 2_000  # more rows than these are tried as long work


def import_page(request: HttpRequest, register: Register) -> HttpResponse:
    """One address for all steps; what was chosen before comes along as the number of the kept file."""
    access = acting()
    check(access, "import", register.kind)
    try:
        if request.method == "POST":
            return _posted(request, access, register)
        if "file" in request.GET:
            return _mapping(request, access, register, _file(access, register, request.GET["file"]))
        if "tried" in request.GET:
            return _tried(request, access, register, request.GET["tried"])
    except Forbidden:
        raise
    except CobijoError as wrong:
        return _first(request, access, register, wrong)
    return _first(request, access, register)


def _posted(request: HttpRequest, access: Access, register: Register) -> HttpResponse:
    if "file" not in request.POST:
        return redirect(f"{reverse(f'{register.kind}:import')}?file={_kept(request, register).pk}")
    file = _file(access, register, request.POST["file"])
    mapping = chosen(request)
    try:
        importing.check_mapping(access, register, mapping)
    except InputProblem as wrong:
        return _mapping(request, access, register, file, mapping, wrong)
    if request.POST.get("step") == "import":
        job = import_jobs.hand_in(
            by=request.user,  # type: ignore[arg-type]
            register=register, file=file.pk, mapping=mapping,
            rows=whole(request.POST.get("rows"), 7) or 0,
        )  # fmt: skip
        return redirect("jobs:detail", job_id=job.pk)
    return _try(request, access, register, file, mapping)


def _try(
    request: HttpRequest, access: Access, register: Register, file: Any, mapping: list[str]
) -> HttpResponse:
    """A small table at once; a large one as long work, whose page says how far it is."""
    with outbox.reading(file) as source:
        rows = list(itertools.islice(importing.rows(source, mapping), AT_ONCE + 1))
    if not rows:
        raise InputProblem("screens.no_rows")
    if len(rows) > AT_ONCE:
        with outbox.reading(file) as source:
            count = sum(1 for _row in importing.rows(source, mapping))
        job = import_jobs.ask(
            by=request.user,  # type: ignore[arg-type]
            kind=import_jobs.TRY, register=register, file=file.pk, mapping=mapping, rows=count,
        )  # fmt: skip
        return redirect("jobs:detail", job_id=job.pk)
    attempt = trying.Trying(register)
    attempt.batch(access, rows)
    return _result(request, access, register, file.pk, mapping, attempt.trial())


def _tried(request: HttpRequest, access: Access, register: Register, job_id: str) -> HttpResponse:
    """What a dry run that was long work found."""
    job = queries.own_job(access, identity(job_id), import_jobs.TRY)
    if job is None or job.arguments["kind"] != register.kind:
        raise Http404
    trial = trying.kept(access, job.pk)
    if trial is None:
        raise InputProblem("screens.file_gone")
    return _result(request, access, register, job.arguments["file"], job.arguments["map"], trial)


# --- The steps' pages --------------------------------------------------------------------------------------------


def _first(
    request: HttpRequest, access: Access, register: Register, problem: CobijoError | None = None
) -> HttpResponse:
    context = {
        "problem": said(problem),
        "columns": [register.label(name) for name in register.fields],
        "most": importing.MOST_ROWS,
        "megabytes": sheets.MOST_BYTES // 2**20,
    }
    return page(request, access, register, "import", context, status=422 if problem else 200)


def _mapping(
    request: HttpRequest,
    access: Access,
    register: Register,
    file: Any,
    mapping: list[str] | None = None,
    problem: CobijoError | None = None,
) -> HttpResponse:
    with outbox.reading(file) as source:
        head = importing.head(register, source)
    fields = mapping or list(head.fields)
    columns = columns_of(head.columns, head.example, fields)
    choices = [(name, register.label(name)) for name in register.fields]
    context = {"file": file.pk, "columns": columns, "choices": choices, "problem": said(problem)}
    return page(request, access, register, "import_columns", context, status=422 if problem else 200)


def _result(
    request: HttpRequest,
    access: Access,
    register: Register,
    file: Any,
    mapping: list[str],
    trial: trying.Trial,
) -> HttpResponse:
    context = {
        "file": file,
        "map": list(enumerate(mapping)),
        "trial": trial,
        "part": trial.written < trial.good,
        "columns_url": f"{reverse(f'{register.kind}:import')}?file={file}",
    }
    return page(request, access, register, "import_tried", context)


def imports_page(request: HttpRequest) -> HttpResponse:
    """My tables: which were tried, which are in, and of what stopped, how far it came."""
    access = acting()
    shown = []
    for job in queries.own_jobs(access, import_jobs.handed_kinds()):
        place, tried = import_jobs.handed(job)
        if place is None:
            continue
        kept = tried and job.state == "done"
        how = CobijoError(job.code, **job.params) if job.code in catalogue() else None
        shown.append(
            {
                "job": job, "title": place.title, "tried": tried, "said": said(how),
                "result": f"{place.url}?tried={job.pk}" if kept else "",
                "reached": job.cursor if not tried else None,
            }
        )  # fmt: skip
    return uncached(render(request, "screens/imports.html", {"rows": shown}))


# --- Helpers -----------------------------------------------------------------------------------------------------


def _kept(request: HttpRequest, register: Register) -> Any:
    """The upload, sealed in the outbox."""
    content = uploads.content_of(request, "table")
    importing.head(register, BytesIO(content))  # what is no table is said before it is kept
    return uploads.kept(request, content, import_jobs.upload_name(register))


def _file(access: Access, register: Register, text: str) -> Any:
    found = queries.uploads(access).filter(pk=identity(text), name=import_jobs.upload_name(register)).first()
    if found is None:
        raise InputProblem("screens.file_gone")
    return found


def columns_of(names: Sequence[str], example: Sequence[str], fields: Sequence[str]) -> list[dict[str, Any]]:
    """What `screens/columns.html` asks about: each column with what its first row says and the field it seems to be."""
    return [
        {
            "place": place,
            "name": name or str(place + 1),
            "example": example[place] if place < len(example) else "",
            "field": fields[place] if place < len(fields) else "",
        }
        for place, name in enumerate(names)
    ]


def chosen(request: HttpRequest) -> list[str]:
    """The field of each column, in their order."""
    found: list[str] = []
    while f"map_{len(found)}" in request.POST and len(found) < importing.MOST_COLUMNS:
        found.append(request.POST[f"map_{len(found)}"])
    return found
