"""Pages of published figures that need no sign-in and no script."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cobijo.web.knowledge.evidence import charting, saying
from cobijo.web.knowledge.evidence.showing import described, schemes, shown
from cobijo.web.publication.figures import queries


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is counted, and how many figures of it there are."""
    rows = [(saying.concept(code), code, number) for code, number in queries.concepts()]
    return _page(request, "home", {"rows": rows, "rated": bool(queries.ratings())})


@require_safe
def concept(request: HttpRequest, concept: str) -> HttpResponse:
    """All public figures of one thing over time, our own estimate beside them, and what does not go together."""
    figures = queries.figures(concept)
    if not figures:
        raise Http404
    context = {
        "code": concept,
        "concept": saying.concept(concept),
        "drawings": charting.drawings(figures),
        "found": [shown(one) for one in queries.against([one.pk for one in figures])],
    }
    return _page(request, "concept", context)


@require_safe
def figure(request: HttpRequest, concept: str, code: str) -> HttpResponse:
    """One figure: who said it, what it counts, what contradicts it."""
    record = queries.figure(concept, code)
    if record is None:
        raise Http404
    context = {
        "record": record,
        "concept": saying.concept(concept),
        "headline": saying.headline(record),
        "counted": saying.counted(record),
        "where_when": f"{saying.place(record)} · {saying.period(record)}",
        "do_not_say": saying.told(record, "do_not_say"),
        "said": described(record),
        "found": [shown(one) for one in queries.against([record.pk])],
    }
    return _page(request, "figure", context)


@require_safe
def ratings(request: HttpRequest) -> HttpResponse:
    """Grades that others gave the country, under their name."""
    found = schemes(queries.ratings())
    if not found:
        raise Http404
    return _page(request, "ratings", {"schemes": found})


def _page(request: HttpRequest, name: str, context: dict[str, Any]) -> HttpResponse:
    return render(request, f"figures/{name}.html", context)
