"""Where to get help: one page, asked by GET, that needs no script; and the same entries for programs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cobijo.web.core import country
from cobijo.web.core.screens.exporting import csv_rows
from cobijo.web.directory.services.models import Cost, ForWhom, ServiceKind
from cobijo.web.publication.help import queries
from cobijo.web.publication.help.models import Entry

#: The kinds in the words of somebody who looks for help.
PLAIN = {
    ServiceKind.SHELTER: _("A safe place to stay"),
    ServiceKind.HEALTH: _("A doctor or a nurse"),
    ServiceKind.MENTAL_HEALTH: _("Somebody to talk to about how I feel"),
    ServiceKind.LEGAL: _("A lawyer who is on my side"),
    ServiceKind.SOCIAL: _("Help for me and my family"),
    ServiceKind.EDUCATION: _("School or training"),
    ServiceKind.HOTLINE: _("Somebody to call"),
    ServiceKind.REINTEGRATION: _("Going back to family or community"),
    ServiceKind.PREVENTION: _("Learning how to stay safe"),
}
FIELDS = (
    "organisation", "name", "kind", "area", "for_whom", "age_from", "age_to", "disability", "languages",
    "any_papers", "hours", "cost", "child_friendly", "phone", "verified_on", "public_address",
)  # fmt: skip


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    area, kind, asked = _asked(request)
    here, everywhere = queries.found(area, kind) if asked else ([], [])
    language = get_language() or "es"
    lines, names = queries.lines(language), country.area_names(language)
    context = {
        "danger": next((one for one in lines if one.use == "danger"), None),
        "lines": [one for one in lines if one.use != "danger"],
        "unchecked": any(not one.checked_on for one in lines),
        "areas": list(names.items()),
        "kinds": [(code, PLAIN[ServiceKind(code)]) for code in queries.kinds()],
        "area": area,
        "kind": kind,
        "asked": asked,
        "place": names.get(area, ""),
        "what": PLAIN[ServiceKind(kind)] if kind else "",
        "here": [_shown(one) for one in here],
        "everywhere": [_shown(one) for one in everywhere],
        "more": max(len(here), len(everywhere)) >= queries.MOST,
        "query": urlencode({name: value for name, value in (("state", area), ("kind", kind)) if value}),
    }
    return render(request, "help/find.html", context)


@require_safe
def data(request: HttpRequest, form: str) -> HttpResponse:
    """The same entries, with the same fields, as JSON or CSV."""
    area, kind, _given = _asked(request)
    here, everywhere = queries.found(area, kind, queries.ALL)
    rows = [_plain(one) for one in (*here, *everywhere)]
    if form == "json":
        return JsonResponse(rows, safe=False, json_dumps_params={"ensure_ascii": False})
    table = [list(FIELDS), *([_cell(row[name]) for name in FIELDS] for row in rows)]
    return HttpResponse(
        b"\xef\xbb\xbf" + b"".join(csv_rows(table)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="services.csv"'},
    )


def _asked(request: HttpRequest) -> tuple[str, str, bool]:
    """State and kind; what is none of the choices is as if it had not been asked for."""
    area, kind = request.GET.get("state", ""), request.GET.get("kind", "")
    area = area if area in country.pack().area_by_code else ""
    kind = kind if kind in queries.kinds() else ""
    return area, kind, "state" in request.GET or "kind" in request.GET


def _shown(one: Entry) -> dict[str, Any]:
    return {
        "entry": one,
        "kind": PLAIN.get(ServiceKind(one.kind), ServiceKind(one.kind).label),
        "whom": ForWhom(one.for_whom).label,
        "cost": Cost(one.cost).label,
    }


def _plain(one: Entry) -> dict[str, Any]:
    row = {name: getattr(one, name) for name in FIELDS}
    row["verified_on"] = None if one.verified_on is None else one.verified_on.isoformat()
    return row


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
