"""The pages of the room: matrix and map, gaps, overlaps, and the exchange of 4W tables."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from cobijo.engine.charts.words import joined
from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import render as sentence
from cobijo.web.core import audit, country
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check, decide, visible
from cobijo.web.core.accounts.sessions import recently_confirmed
from cobijo.web.core.jobs import services as job_services
from cobijo.web.core.screens import exporting, showing, uploads
from cobijo.web.core.screens.pages import acting, identity, uncached
from cobijo.web.directory.coverage import hxl, queries, services
from cobijo.web.directory.coverage.drawing import drawing
from cobijo.web.directory.coverage.forms import Asked, area_names
from cobijo.web.directory.coverage.models import KINDS, NATIONAL, SPECIALISED, Child, Counts, Shared
from cobijo.web.directory.coverage.reading import MOST_BYTES, read_table
from cobijo.web.directory.services.models import ForWhom, Service, ServiceKind

UPLOAD = "coverage.4w"
SHOWN = 200  # planned rows on the page
SAID = 100  # problems
OVERLAPS = 20  # on one page
NAMED = 12  # services of one overlap
FORMATS = {name: exporting.FORMATS[name] for name in ("csv", "xlsx")}


def matrix_page(request: HttpRequest) -> HttpResponse:
    access = acting()
    form = Asked(request.GET)
    child = form.child
    kind = form.kind_asked or ServiceKind.SHELTER
    found = queries.counts(access, child)
    countrywide = queries.national(access, child)
    names = area_names(_language())
    context = {
        "form": form,
        "child": child,
        "kind": kind,
        "kinds": [(code, ServiceKind(code).label) for code in KINDS],
        "rows": [_row(found, area, names) for area in found.areas],
        "whole": _row(found, NATIONAL, names),
        "counts": found,
        "map": _map(found, kind, names),
        "national": countrywide,
    }
    return _page(request, access, "matrix", context)


def gaps_page(request: HttpRequest) -> HttpResponse:
    access = acting()
    form = Asked(request.GET, any_kind=True)
    child = form.child
    found = queries.counts(access, child)
    names = area_names(_language())
    kinds = [form.kind_asked] if form.kind_asked else list(SPECIALISED)
    others = (
        []
        if form.kind_asked
        else [one for one in KINDS if one not in SPECIALISED and one != ServiceKind.OTHER]
    )
    context = {
        "form": form,
        "child": child,
        "gaps": [_gap(found, kind, names) for kind in kinds],
        "others": [_gap(found, kind, names) for kind in others],
        "of": len(found.areas),
    }
    return _page(request, access, "gaps", context)


def overlaps_page(request: HttpRequest) -> HttpResponse:
    access = acting()
    form = Asked(request.GET, any_kind=True)
    names = area_names(_language())
    found = queries.overlaps(access, form.kind_asked, child=form.child)
    page = Paginator(found, OVERLAPS).get_page(request.GET.get("page"))
    rows = [
        {
            "place": names.get(one.area, one.area),
            "kind": ServiceKind(one.kind).label,
            "organisations": one.organisations,
            "shared": [_shared(shared) for shared in one.shared],
        }
        for one in page
    ]
    asked = {**form.child.query(), "kind": form.kind_asked}
    context = {
        "form": form,
        "child": form.child,
        "rows": rows,
        "number": len(found),
        "sheet": page,
        "query": urlencode({name: value for name, value in asked.items() if value}),
    }
    return _page(request, access, "overlaps", context)


def exchange_page(request: HttpRequest) -> HttpResponse:
    """Take a 4W table out, or bring one in: first only tried, then done as long work."""
    access = acting()
    check(access, "list", "coverage")
    context: dict[str, Any] = {"columns": hxl.columns(), "formats": tuple(FORMATS)}
    status = 200
    if request.method == "POST":
        check(access, "import", "service")
        try:
            if "file" in request.POST:
                return _start(request, access, request.POST["file"])
            content = uploads.content_of(request, "table", most=MOST_BYTES)
            table = read_table(content)
            plan = services.tried(by=access, table=table)
            context |= {"table": table, "plan": plan, "planned": plan.rows[:SHOWN]}
            context |= {
                "makes": plan.count("make"),
                "changes": plan.count("change"),
                "same": plan.count("same"),
            }
            if not plan.problems and (context["makes"] or context["changes"]):
                context["file"] = uploads.kept(request, content, UPLOAD).pk
            context["problems"] = sorted(plan.problems)[:SAID]
        except Forbidden:
            raise
        except CobijoError as wrong:
            context["problem"], status = sentence(wrong.code, wrong.params, _language()), 422
    context |= {
        "may_export": decide(access, "export", "coverage").allowed,
        "may_import": decide(access, "import", "service").allowed,
    }
    return _page(request, access, "exchange", context, status)


def export_page(request: HttpRequest) -> HttpResponse:
    """A POST, because it is put on record; asks once more who it is, unless that was asked a moment ago."""
    access = acting()
    check(access, "export", "coverage")
    form = request.POST.get("format", "")
    if form not in FORMATS:
        raise Http404

    def confirmed(request: HttpRequest) -> HttpResponse:
        rows = visible(access, "coverage", queries.open_services(access), "export")
        records: list[Service] = list(rows.order_by("organisation__name", "name", "pk"))
        detail = {"rows": len(records), "format": f"hxl-{form}"}
        audit.record("export", "coverage", [one.pk for one in records], access=access, detail=detail)
        name = f"4w-{timezone.localdate().isoformat()}.{form}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return HttpResponse(hxl.written(records, form), content_type=FORMATS[form], headers=headers)

    answer: HttpResponse = recently_confirmed(confirmed, back="coverage:exchange")(request)
    return answer


# --- Helpers -----------------------------------------------------------------------------------------------------


def _start(request: HttpRequest, access: Access, file: str) -> HttpResponse:
    """Hand the file to a job; of two who press at once, one does."""
    upload = identity(file)
    account: Any = request.user
    if not job_services.take_upload(by=account, file=upload, name=UPLOAD):
        raise InputProblem("screens.file_gone")
    job = job_services.enqueue(
        by=account,
        kind="coverage.import",
        arguments={"file": str(upload), "language": showing.language()},
    )
    return redirect("jobs:detail", job_id=job.pk)


def _row(found: Counts, area: str, names: dict[str, str]) -> dict[str, Any]:
    """One line of the matrix: every kind with its count, and the list of the register behind it."""
    place = reverse("service:list")
    cells = []
    for kind in KINDS:
        query = urlencode({"kind": kind, "area": area})
        cells.append(
            {
                "kind": ServiceKind(kind).label,
                "count": found.cell(kind, area),
                "url": f"{place}?{query}" if area else "#national",
            }
        )
    return {"name": names[area], "cells": cells}


def _map(found: Counts, kind: str, names: dict[str, str]) -> dict[str, Any]:
    """The map of one kind: each state's shade, and the sentence that it answers."""
    drawn = drawing(country.pack())
    missing = found.missing(kind)
    shades = {area: found.cell(kind, area).state for area in found.areas}
    return {
        "drawn": drawn,
        "paths": [] if drawn is None else [(shades.get(code, "none"), path) for code, path in drawn.paths],
        "kind": ServiceKind(kind).label,
        "missing": len(missing),
        "of": len(found.areas),
        "named": joined([names[area] for area in missing], _language()),
        "national": found.cell(kind, NATIONAL).all,
        "shades": sorted(set(shades.values())),
    }


def _gap(found: Counts, kind: str, names: dict[str, str]) -> dict[str, Any]:
    """Where a kind is missing, and where it is there but not for everybody."""

    def named(areas: Any) -> list[str]:
        return [names[area] for area in areas]

    missing = found.missing(kind)

    def closed_to(child: Child) -> list[str]:
        return named(area for area in found.missing(kind, child) if area not in missing)

    return {
        "kind": ServiceKind(kind).label,
        "missing": named(missing),
        "national": found.cell(kind, NATIONAL).all,
        "stale": named(found.only_stale(kind)),
        "girls": closed_to(Child(whom=ForWhom.GIRLS)),
        "boys": closed_to(Child(whom=ForWhom.BOYS)),
        "disability": closed_to(Child(disability=True)),
        "papers": closed_to(Child(any_papers=True)),
    }


def _shared(shared: Shared) -> dict[str, Any]:
    return {
        "whom": ForWhom(shared.whom).label,
        "low": shared.ages.start,
        "high": shared.ages.stop - 1,
        "offers": shared.offers[:NAMED],
        "more": max(0, len(shared.offers) - NAMED),
    }


def _language() -> str:
    return get_language() or "es"


def _page(
    request: HttpRequest, access: Access, name: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    context = {"page": name, **context}
    return uncached(render(request, f"coverage/{name}.html", context, status=status))
