"""The pages of the room that are no registers: one figure, figures over time, ratings, factors, contradictions."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from cobijo.errors import CobijoError
from cobijo.sentences import render as sentence
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.screens import pages
from cobijo.web.core.screens import showing as cells
from cobijo.web.core.screens.pages import acting, uncached
from cobijo.web.core.screens.writing import Stale
from cobijo.web.knowledge.evidence import charting, contradicting, queries, saying
from cobijo.web.knowledge.evidence.forms import Decision, Explanation, Narrowed
from cobijo.web.knowledge.evidence.models import Contradiction, ContradictionKind, State
from cobijo.web.knowledge.evidence.screens import FIGURES
from cobijo.web.knowledge.evidence.showing import MEANS, beside, by_state, factors, schemes, shown, sides

LISTED = 40  # contradictions on one page
MOST_FIGURES = 500  # of one concept on one page


def figure_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One figure, how to quote it, and what contradicts it."""
    access = acting()
    record = pages.found(access, FIGURES, pk)
    against = queries.weighed(list(queries.between([record.pk], queries.contradictions(access))))
    context = {
        "record": record,
        "groups": cells.groups(access, FIGURES, record)[
            :-1
        ],  # the last is the citation, which has a place of its own
        "buttons": cells.buttons(access, FIGURES, ("change", "history", "remove"), record),
        "who": reverse("access:who", args=[FIGURES.kind, record.pk]),
        "headline": saying.headline(record),
        "counted": saying.counted(record),
        "where_when": f"{saying.place(record)} · {saying.period(record)}",
        "do_not_say": saying.told(record, "do_not_say"),
        "found": [shown(one) for one in against],
        "concept": saying.concept(record.concept),
        "list_url": reverse("figure:list"),
    }
    return _page(request, "figure", context)


def concepts_page(request: HttpRequest) -> HttpResponse:
    """What is counted, with the number of figures of each."""
    access = acting()
    check(access, "list", "figure")
    counts = dict(
        queries.figures(access)
        .order_by()
        .values_list("concept")
        .annotate(number=Count("pk"))
        .order_by("concept")
    )
    rows = sorted(
        ((saying.concept(code), code, number) for code, number in counts.items()), key=lambda one: -one[2]
    )
    return _page(request, "concepts", {"rows": rows, "rated": queries.ratings(access).exists()})


def concept_page(request: HttpRequest, code: str) -> HttpResponse:
    """All figures of one concept over time, our own estimate beside them, and what does not go together."""
    access = acting()
    check(access, "list", "figure")
    rows = queries.figures(access).filter(concept=code).order_by("period_from", "code")
    figures = list(rows[:MOST_FIGURES])
    if not figures and code not in saying.shipped().concepts:
        raise Http404
    held = queries.between([one.pk for one in figures], queries.contradictions(access))
    sources, rows_beside = beside(figures)
    context = {
        "code": code,
        "sources": sources,
        "beside": rows_beside,
        "concept": saying.concept(code),
        "drawings": charting.drawings(figures),
        "found": [shown(one) for one in queries.weighed(list(held))],
    }
    return _page(request, "concept", context)


def ratings_page(request: HttpRequest) -> HttpResponse:
    """Grades of the country by year, each scheme by itself and under the name of who gave them."""
    access = acting()
    check(access, "list", "rating")
    rows = queries.ratings(access).order_by("scheme", "area", "year")
    return _page(request, "ratings", {"schemes": schemes(rows)})


def factors_page(request: HttpRequest) -> HttpResponse:
    """The ten contextual factors by state. Where no series is loaded it says so, and nothing stands in for one."""
    access = acting()
    check(access, "list", "factor_series")
    series = list(queries.indicators(access).order_by("factor", "name"))
    values = queries.values(access).order_by("year") if series else ()
    context = {
        "factors": factors(series),
        "series": series,
        "rows": by_state(series, values) if series else [],
        "may_add": bool(decide(access, "add", "factor_series")),
    }
    return _page(request, "factors", context)


def contradictions_page(request: HttpRequest) -> HttpResponse:
    """All that does not go together, the gravest first; a POST looks through all figures again."""
    access = acting()
    check(access, "list", "contradiction")
    if request.method == "POST":
        opened, gone = contradicting.look_again(by=access)
        return redirect(f"{request.path}?{urlencode({'opened': opened, 'gone': gone})}")
    form = Narrowed(request.GET)
    rows = queries.contradictions(access)
    state = form.asked("state")
    rows = rows.filter(state=state) if state else rows.exclude(state=State.GONE)
    if form.asked("kind"):
        rows = rows.filter(kind=form.asked("kind"))
    found = queries.weighed(list(rows))
    sheet = Paginator(found, LISTED).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "groups": [
            (ContradictionKind(kind).label, MEANS[kind], [shown(one) for one in group])
            for kind, group in groupby(sheet, key=lambda one: one.kind)
        ],
        "number": len(found),
        "open": sum(one.state == State.OPEN for one in found),
        "sheet": sheet,
        "query": urlencode({name: form.asked(name) for name in ("kind", "state") if form.asked(name)}),
        "looked": _count(request, "opened"),
        "gone": _count(request, "gone"),
        "may_look": bool(decide(access, "add", "contradiction")),
    }
    return _page(request, "contradictions", context)


def _count(request: HttpRequest, name: str) -> int | None:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 7 else None


def contradiction_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Both figures side by side, what differs, the explanation, and what each report decided."""
    access = acting()
    record = get_object_or_404(queries.contradictions(access), pk=pk)
    check(access, "see", "contradiction", record)
    problem: CobijoError | None = None
    explanation, decision = Explanation({"explanation": record.explanation}), Decision()
    if request.method == "POST":
        try:
            done, explanation, decision = _posted(request, access, record, explanation, decision)
            if done:
                return redirect("evidence:contradiction", pk=record.pk)
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
    context = {
        "one": shown(record),
        "sides": sides(record),
        "explanation": explanation,
        "decision": decision,
        "decided": queries.choices(access).filter(contradiction=record).order_by("report"),
        "may_change": bool(decide(access, "change", "contradiction", record)),
        "may_decide": bool(decide(access, "add", "report_choice")),
        "stale": isinstance(problem, Stale),
        "problem": "" if problem is None else sentence(problem.code, problem.params, saying.language()),
    }
    return _page(request, "contradiction", context, 200 if problem is None and not decision.errors else 422)


def _posted(
    request: HttpRequest, access: Access, record: Contradiction, explanation: Explanation, decision: Decision
) -> tuple[bool, Explanation, Decision]:
    """Do what was asked; not done means that the form says what is missing."""
    step = request.POST.get("step", "")
    row: dict[str, Any] = {"pk": record.pk, "version": pages.version_in(request.POST) or 0}
    if step == "explain":
        explanation = Explanation(request.POST)
        explanation.is_valid()
        row["explanation"] = explanation.cleaned_data.get("explanation", "")
        contradicting.explain(by=access, rows=[row])
    elif step == "reopen":
        contradicting.reopen(by=access, rows=[row])
    elif step == "decide":
        check(access, "add", "report_choice")
        decision = Decision(request.POST)
        if not decision.is_valid():
            return False, explanation, decision
        contradicting.decide(by=access, rows=[{"contradiction": record, **decision.cleaned_data}])
    else:
        check(access, "change", "contradiction", record)
        raise Http404
    return True, explanation, decision


def _page(request: HttpRequest, name: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    return uncached(render(request, f"evidence/{name}.html", {"page": name, **context}, status=status))
