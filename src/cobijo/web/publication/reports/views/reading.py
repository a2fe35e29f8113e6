"""A frozen edition: the page that everybody with a role may read, and its files."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from cobijo.errors import CobijoError, InputProblem
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.accounts.sessions import recently_confirmed
from cobijo.web.core.screens.pages import acting, found, said, uncached
from cobijo.web.publication.reports import editions
from cobijo.web.publication.reports.document import document_of
from cobijo.web.publication.reports.models import Edition
from cobijo.web.publication.reports.screens import EDITIONS


@require_safe
def edition_page(request: HttpRequest, pk: int) -> HttpResponse:
    access = acting()
    return _edition(request, access, found(access, EDITIONS, pk))


def _edition(
    request: HttpRequest, access: Access, one: Edition, problem: CobijoError | None = None
) -> HttpResponse:
    context = {
        "edition": one,
        "document": document_of(editions.read(one), one),
        "may_export": bool(decide(access, "export", "report_edition", one)),
        "who": reverse("access:who", args=["report_edition", one.pk]),
        "list_url": reverse("report_edition:list"),
        "problem": said(problem),
    }
    return uncached(render(request, "reports/edition.html", context, status=422 if problem else 200))


@require_POST
def edition_file(request: HttpRequest, pk: int) -> HttpResponse:
    """A POST, because it is put on record; asks once more who it is, unless that was asked a moment ago."""
    access = acting()
    one: Edition = found(access, EDITIONS, pk)
    check(access, "export", "report_edition", one)
    form = request.POST.get("format", "")
    if form not in editions.TYPES:
        return _edition(request, access, one, InputProblem("reports.format_unknown"))

    def confirmed(request: HttpRequest) -> HttpResponse:
        name = f"alternative-report-{one.pk}-edition-{one.number}.{form}"
        return HttpResponse(
            editions.file_of(by=access, edition=one, form=form),
            content_type=editions.TYPES[form],
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"},
        )

    answer: HttpResponse = recently_confirmed(confirmed, back="report_edition:list")(request)
    return answer
