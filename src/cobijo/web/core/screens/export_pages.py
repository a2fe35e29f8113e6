"""Asking for an export: at once, or as long work."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from cobijo.web.core import audit
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check
from cobijo.web.core.accounts.sessions import recently_confirmed
from cobijo.web.core.jobs import services as job_services
from cobijo.web.core.screens import exporting, showing
from cobijo.web.core.screens.jobs import exportable
from cobijo.web.core.screens.pages import acting
from cobijo.web.core.screens.register import Register


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
        if name not in {"format", "csrfmiddlewaretoken", "identities"}
    }
    identities = bool(register.sealed) and "identities" in request.POST
    if identities:
        check(access, "see_identity", register.kind)
    rows = exportable(access, register, asked)
    records = list(rows[: exporting.AT_ONCE + 1])
    if len(records) > exporting.AT_ONCE:
        job = job_services.enqueue(
            by=request.user,  # type: ignore[arg-type]
            kind="screens.export",
            arguments={
                "kind": register.kind,
                "format": form,
                "language": showing.language(),
                "identities": identities,
            },
            private=asked,
            purpose=register.purpose,
        )
        return redirect("jobs:detail", job_id=job.pk)
    content = exporting.written(access, register, records, form, identities)
    detail = {"rows": len(records), "format": form, **({"identities": True} if identities else {})}
    audit.record("export", register.kind, [one.pk for one in records], access=access, detail=detail)
    name = exporting.file_name(register, form, timezone.localdate())
    return HttpResponse(
        content,
        content_type=exporting.FORMATS[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
    )
