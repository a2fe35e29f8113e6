"""The matrix of duties and states, and the self-assessment of 21 capabilities. Nothing here is ever added up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cobijo.errors import CobijoError
from cobijo.sentences import render as sentence
from cobijo.web.coordination.duties import queries, services
from cobijo.web.coordination.duties.capabilities import DOMAINS, Capability, capabilities
from cobijo.web.coordination.duties.models import Answer, Assessment, Level, Met, Phase
from cobijo.web.coordination.duties.screens import ASSESSMENTS
from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.screens import showing
from cobijo.web.core.screens.asking import Asked
from cobijo.web.core.screens.pages import acting, found, uncached, version_in

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])
SIGNS = {Met.UNKNOWN: "?", Met.NOT_MET: "✗", Met.PARTLY: "◐", Met.MET: "✓"}
COMPARED = 4  # self-assessments beside each other


@require_safe
def matrix(request: HttpRequest) -> HttpResponse:
    """Every duty of the states in every state, as it was last found; and those of the federation."""
    access = acting()
    check(access, "list", "compliance")
    duties = list(queries.duties(access).order_by("title"))
    last = queries.latest(access)
    of_states = [one for one in duties if one.level == Level.STATE]
    rows = [
        {"name": name, "cells": [_cell(last.get((one.pk, code))) for one in of_states]}
        for code, name in country.area_names(get_language() or "es").items()
    ]
    context = {
        "national": [(one, _cell(last.get((one.pk, "")))) for one in duties if one.level == Level.NATIONAL],
        "duties": of_states,
        "rows": rows,
        "key": [(SIGNS[one], one.value, one.label) for one in Met],
        "may_add": bool(decide(access, "add", "compliance")),
    }
    return uncached(render(request, "duties/matrix.html", context))


@require_safe
def compared(request: HttpRequest) -> HttpResponse:
    """The latest self-assessments beside each other, capability by capability."""
    access = acting()
    check(access, "list", "self_assessment")
    chosen = list(queries.assessments(access).order_by("-on", "-pk")[:COMPARED])[::-1]
    said = {
        (one.assessment_id, one.capability): one
        for one in queries.answers(access).filter(assessment__in=chosen)
    }
    rows = [
        {
            "capability": one,
            "domain": DOMAINS[one.domain],
            "cells": [_answer(said.get((each.pk, one.code))) for each in chosen],
        }
        for one in capabilities().values()
    ]
    context = {"assessments": chosen, "rows": rows, "may_add": bool(decide(access, "add", "self_assessment"))}
    return uncached(render(request, "duties/compared.html", context))


@require_safe
def assessment(request: HttpRequest, pk: int) -> HttpResponse:
    access = acting()
    return _assessment(request, access, found(access, ASSESSMENTS, pk))


@require_POST
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    access = acting()
    one: Assessment = found(access, ASSESSMENTS, pk)
    check(access, "change", "self_assessment", one)
    try:
        services.finish(by=access, rows=[{"pk": pk, "version": version_in(request.POST) or 0}])
    except Forbidden:
        raise
    except CobijoError as wrong:
        return _assessment(request, access, one, wrong)
    return redirect("self_assessment:detail", pk=pk)


class CapabilityForm(Asked):
    """One capability on the page of all of them."""

    phase = forms.ChoiceField(label=_("How far it has come"), choices=Phase.choices)
    evidence = forms.CharField(label=_("Evidence"), max_length=400, required=False)
    next_step = forms.CharField(label=_("Next step"), max_length=400, required=False)

    def __init__(self, capability: Capability, now: Answer | None, data: Any) -> None:
        initial = {} if now is None else {name: getattr(now, name) for name in self.base_fields}
        super().__init__(data, prefix=capability.code, initial=initial)
        self.capability = capability

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("phase") != Phase.NOT_SAID and not (said.get("evidence") or "").strip():
            self.add_error("evidence", _("Say where it can be checked, or choose “not assessed”."))
        return said

    def row(self) -> dict[str, Any]:
        return {"capability": self.capability.code, **self.cleaned_data}


@READ_AND_WRITE
def fill(request: HttpRequest, pk: int) -> HttpResponse:
    """All capabilities on one page, saved at once."""
    access = acting()
    one: Assessment = found(access, ASSESSMENTS, pk)
    check(access, "change", "self_assessment", one)
    now = {each.capability: each for each in queries.answers(access).filter(assessment=one)}
    data = request.POST if request.method == "POST" else None
    asked = [CapabilityForm(each, now.get(each.code), data) for each in capabilities().values()]
    problem = ""
    valid = [each.is_valid() for each in asked]  # every one of them: all problems are shown at once
    if data is not None and all(valid):
        rows = [each.row() for each in asked]
        try:
            services.fill_in(by=access, assessment=one, version=version_in(request.POST) or 0, rows=rows)
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = sentence(wrong.code, wrong.params, showing.language())
        else:
            return redirect("self_assessment:detail", pk=pk)
    failed = bool(problem) or any(each.errors for each in asked if each.is_bound)
    context = {
        "assessment": one, "asked": asked, "problem": problem, "failed": failed, "domains": DOMAINS,
        "back": reverse("self_assessment:detail", args=[pk]),
    }  # fmt: skip
    return uncached(render(request, "duties/fill.html", context, status=422 if failed else 200))


# --- Helpers -----------------------------------------------------------------------------------------------------


def _assessment(
    request: HttpRequest, access: Access, one: Assessment, problem: CobijoError | None = None
) -> HttpResponse:
    said = {each.capability: each for each in queries.answers(access).filter(assessment=one)}
    rows = [
        {"capability": each, "domain": DOMAINS[each.domain], "answer": _answer(said.get(each.code))}
        for each in capabilities().values()
    ]
    context = {
        "assessment": one,
        "rows": rows,
        "may_change": one.finished_on is None and bool(decide(access, "change", "self_assessment", one)),
        "problem": "" if problem is None else sentence(problem.code, problem.params, showing.language()),
        "buttons": showing.buttons(access, ASSESSMENTS, ("change", "history"), one),
        "who": reverse("access:who", args=["self_assessment", one.pk]),
    }
    return uncached(render(request, "duties/assessment.html", context, status=422 if problem else 200))


def _cell(one: Any) -> dict[str, Any]:
    """What a cell of the matrix says: a sign and a word, never a number."""
    met = Met(one.met) if one is not None else Met.UNKNOWN
    url = reverse("compliance:detail", args=[one.pk]) if one is not None else ""
    return {"met": met.value, "sign": SIGNS[met], "label": met.label, "finding": one, "url": url}


def _answer(one: Answer | None) -> dict[str, Any]:
    phase = Phase(one.phase) if one is not None else Phase.NOT_SAID
    return {"phase": phase.value, "label": phase.label, "answer": one}
