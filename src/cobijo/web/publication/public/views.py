"""The pages of the public room. None of them is a register; each reads the picture through `queries`."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from functools import wraps
from hashlib import sha256
from typing import Any

from csp.constants import NONE
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from cobijo import __version__
from cobijo.web.operations.health import facts
from cobijo.web.publication.public import queries, words
from cobijo.web.publication.public.shape import Picture

View = Callable[[HttpRequest], HttpResponse]


def of_picture(page: Callable[[HttpRequest, Picture], HttpResponse]) -> View:
    """A page about the picture; where none may be shown, the page that says why and what to do."""

    @wraps(page)
    @require_safe
    def view(request: HttpRequest) -> HttpResponse:
        now = queries.published()
        if now.picture is None:
            return render(request, "public/nothing.html", {"now": now})
        return page(request, now.picture)

    return view


def _page(request: HttpRequest, template: str, picture: Picture, **more: Any) -> HttpResponse:
    common = {
        "picture": picture,
        "agencies": words.agencies(picture),
        "period": words.period(picture),
        "place": words.place(picture),
    }
    return render(request, f"public/{template}.html", common | more)


def _charts(picture: Picture) -> dict[str, str]:
    """The drawings that exist in the reader's language, by their id."""
    language = get_language() or "es"
    named = {one.id: one.files.get(language, "") for one in picture.charts.values()}
    return {name: path for name, path in named.items() if queries.file(path) is not None}


@of_picture
def home(request: HttpRequest, picture: Picture) -> HttpResponse:
    share = words.seen_share(picture)
    axis, strips = words.strips(picture)
    return _page(
        request,
        "home",
        picture,
        charts=_charts(picture),
        share=share,
        rest=None if share is None else 100 - share,
        dots=words.seen_dots(picture),
        axis=axis,
        strips=strips,
        level=round(100 * (picture.estimate.level or 0)),
    )


@of_picture
def estimates(request: HttpRequest, picture: Picture) -> HttpResponse:
    axis, strips = words.strips(picture)
    return _page(request, "estimates", picture, axis=axis, strips=strips)


@of_picture
def tables(request: HttpRequest, picture: Picture) -> HttpResponse:
    more: dict[str, Any] = {"charts": _charts(picture)}
    for name, table in picture.tables.items():
        if name == "area" and len(table.dimensions) == 1:
            more["area"], more["area_below"] = words.area_rows(table, picture)
        if name == "sex_age" and len(table.dimensions) == 2:
            more["sexes"], more["ages"] = words.sex_age_rows(table)
        if name == "overlap" and len(table.dimensions) == 1:
            more["overlap"], more["overlap_hidden"] = words.overlap_rows(table, picture)
    files = [(one.id, found) for one in picture.tables.values() if (found := queries.file(one.file))]
    return _page(
        request, "tables", picture, sizes={name: len(found.content) for name, found in files}, **more
    )


@of_picture
def method(request: HttpRequest, picture: Picture) -> HttpResponse:
    return _page(
        request,
        "method",
        picture,
        apart=[(words.status(one.name), one.children) for one in picture.apart],
        trace=words.flat({name: what for name, what in picture.trace.items() if name != "inputs"}),
        inputs=picture.trace.get("inputs", []),
        known_limits=[one for one in picture.limits if words.known(one.code)],
    )


@of_picture
def report(request: HttpRequest, picture: Picture) -> HttpResponse:
    language = get_language() or "es"
    sizes = {
        ending: len(found.content)
        for ending in ("html", "pdf")
        if (found := queries.report(language, ending)) is not None
    }
    return _page(request, "report", picture, sizes=sizes)


@require_safe
def report_file(request: HttpRequest, ending: str) -> HttpResponse:
    """To the frozen report in the reader's language, beside its files: its own links lead on from there."""
    found = queries.report(get_language() or "es", ending)
    if found is None:
        raise Http404
    return redirect("file", name=found.name)


@require_safe
def published_file(request: HttpRequest, name: str) -> HttpResponse:
    """A table, a drawing or the picture itself. What the picture does not name is not there."""
    return _send(queries.file(name))


@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For machines: does the database answer, and what of the picture? No personal data."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            database = cursor.fetchone() == (1,)
    except DatabaseError:
        database = False
    state = queries.published().state
    well = database and state is not queries.State.UNREADABLE
    answer = {
        "status": "ok" if well else "failing",
        "database": "ok" if database else "failing",
        "picture": state.value,
        "version": __version__,
        **(facts() if database else {}),
    }
    return JsonResponse(answer, status=200 if well else 503, headers={"Cache-Control": "no-store"})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Nothing here is signed off yet, so no search engine may keep it."""
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain; charset=utf-8")


def _send(found: queries.File | None) -> HttpResponse:
    if found is None:
        raise Http404
    response = HttpResponse(found.content, content_type=found.content_type)
    if found.name.endswith(".csv"):
        response["Content-Disposition"] = f'attachment; filename="{found.name.rpartition("/")[2]}"'
    if found.name.endswith((".html", ".svg")):
        response._csp_config = _own_policy(found)  # type: ignore[attr-defined]
    return response


def _own_policy(found: queries.File) -> dict[str, list[str]]:
    """A file that brings its own style may use exactly that style (by its hash), and nothing else."""
    text = found.content.decode("utf-8", "replace")
    styles = re.findall(r"<style[^>]*>(.*?)</style>", text, re.DOTALL)
    hashes = [base64.b64encode(sha256(one.encode()).digest()).decode() for one in styles]
    return {
        "default-src": [NONE],
        "style-src": [f"'sha256-{one}'" for one in hashes] or [NONE],
        "base-uri": [NONE],
        "form-action": [NONE],
        "frame-ancestors": [NONE],
    }
