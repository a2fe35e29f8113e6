"""The justice tab of a case, and one page for each thing that can be written there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from cobijo.web.care.justice import alerts, asking, forms, queries, services
from cobijo.web.care.justice.choices import AlertState
from cobijo.web.care.justice.models import Alert, AllegedChild, Measure, Proceeding, Reparation, Step
from cobijo.web.core.access.policy import decide
from cobijo.web.core.screens.pages import acting, uncached

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])
Save = Callable[[Mapping[str, Any]], object]


@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """Where justice stands for this child: alerts first, then each proceeding with its next step."""
    access = acting()
    one = asking.the_case(access, pk)
    if not decide(access, "list", "proceeding"):
        raise Http404
    tracks = queries.tracks(access, one)
    context = {
        "case": one,
        "tracks": [(each, [forms.offence_line(one) for one in each.offences]) for each in tracks],
        "alerts": queries.with_words(access, "non_punishment", list(queries.alerts(access).filter(case=one))),
        "apart": queries.with_words(access, "alleged_child", list(queries.kept_apart(access, one))),
        "may": bool(decide(access, "change", "case", one)) and one.child.erased_at is None,
        "emptied": queries.emptied(access, one),
        "may_apart": bool(decide(access, "change", "alleged_child")),
        "hold_missing": one.closed_on is not None
        and not one.child.hold
        and one.child.erased_at is None
        and any(not each.one.rests_since for each in tracks),
        "closed": one.closed_on is not None,
    }
    return uncached(render(request, "justice/case.html", context))


@READ_AND_WRITE
def start(request: HttpRequest, pk: int) -> HttpResponse:
    one = asking.the_case(acting(), pk)
    return asking.ask(
        request,
        one,
        forms.StartForm(asking.data(request), initial={"area": one.area}),
        lambda said: services.start(by=acting(), rows=[{"case": one, **said}]),
        _("A complaint was made"),
        _(
            "This begins a proceeding. The person who harmed the child is a relation and a role here, never a name."
        ),
    )


@READ_AND_WRITE
def step(request: HttpRequest, pk: int) -> HttpResponse:
    one = asking.found("proceeding", Proceeding, pk)
    form = forms.StepForm(one, asking.data(request))
    return asking.ask(
        request,
        one.case,
        form,
        lambda said: services.take_steps(by=acting(), rows=[asking.row(request, one) | said]),
        _("What has happened since"),
        _("One step at a time, with its day and the authority that took it."),
        one,
    )


@READ_AND_WRITE
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    one: Step = asking.found("justice_step", Step, pk)
    now = {name: getattr(one, name) for name in ("on", "authority", "area", "verdict")}
    return asking.ask(
        request,
        one.case,
        forms.CorrectForm(asking.data(request), initial=now),
        lambda said: services.correct_steps(by=acting(), rows=[asking.row(request, one) | said]),
        _("Correct a step"),
        _("The day or the authority was wrong. What stood here before stays in the history."),
        one,
    )


@READ_AND_WRITE
def change(request: HttpRequest, pk: int) -> HttpResponse:
    one = asking.found("proceeding", Proceeding, pk)
    now = {name: getattr(one, name) for name in ("relation", "part", "offender_age", "offences")}
    words = asking.words("proceeding", one, "file_number", "note")
    form = forms.ChangeForm(asking.data(request), initial={**now, **words})
    return asking.ask(
        request,
        one.case,
        form,
        lambda said: services.change(by=acting(), rows=[asking.row(request, one) | said]),
        _("What the proceeding is about"),
        _("Offences, relation and role, file number. Days and steps have pages of their own."),
        one,
    )


@READ_AND_WRITE
def later(request: HttpRequest, pk: int) -> HttpResponse:
    one = asking.found("proceeding", Proceeding, pk)
    return asking.ask(
        request,
        one.case,
        forms.DelayForm(asking.data(request)),
        lambda said: services.put_off(by=acting(), rows=[asking.row(request, one) | said]),
        _("The step did not come"),
        _(
            "Say why, and until when you will ask again. Delays are counted, so that somebody can answer for them."
        ),
        one,
    )


@READ_AND_WRITE
def measure(request: HttpRequest, pk: int) -> HttpResponse:
    one = asking.found("proceeding", Proceeding, pk)
    return asking.ask(
        request,
        one.case,
        forms.MeasureForm(asking.data(request)),
        lambda said: services.add_measures(by=acting(), rows=[{"proceeding": one, **said}]),
        _("A measure that protects the child"),
        _("Asked for or ordered while the proceeding goes on."),
    )


@READ_AND_WRITE
def change_measure(request: HttpRequest, pk: int) -> HttpResponse:
    one: Measure = asking.found("protection_measure", Measure, pk)
    return asking.change(
        request, one, "protection_measure", forms.MeasureForm, services.change_measures, _("A measure")
    )


@READ_AND_WRITE
def reparation(request: HttpRequest, pk: int) -> HttpResponse:
    one = asking.found("proceeding", Proceeding, pk)
    return asking.ask(
        request,
        one.case,
        forms.ReparationForm(asking.data(request)),
        lambda said: services.add_reparations(by=acting(), rows=[{"proceeding": one, **said}]),
        _("What was ordered to repair the harm"),
        _("What was ordered, and what of it has reached the child."),
    )


@READ_AND_WRITE
def change_reparation(request: HttpRequest, pk: int) -> HttpResponse:
    one: Reparation = asking.found("reparation", Reparation, pk)
    return asking.change(
        request, one, "reparation", forms.ReparationForm, services.change_reparations, _("Reparation")
    )


@READ_AND_WRITE
def alert(request: HttpRequest, pk: int) -> HttpResponse:
    """One screen: what was done to the child, and what happens when it is saved."""
    access = acting()
    one = asking.the_case(access, pk)
    return asking.ask(
        request,
        one,
        forms.AlertForm(asking.data(request), initial={"area": one.area}),
        lambda said: alerts.raise_alerts(by=acting(), rows=[{"case": one, **said}]),
        _("The child was detained, charged or fined"),
        "",
        page="alert",
    )


@READ_AND_WRITE
def represented(request: HttpRequest, pk: int) -> HttpResponse:
    one = asking.found("non_punishment", Alert, pk)
    return asking.ask(
        request,
        one.case,
        forms.RepresentedForm(asking.data(request)),
        lambda said: alerts.represented(by=acting(), rows=[asking.row(request, one) | said]),
        _("A legal representative acts for the child"),
        _("The task to find one is closed, and the alert stays here until it is over."),
        one,
    )


@READ_AND_WRITE
def over(request: HttpRequest, pk: int) -> HttpResponse:
    one = asking.found("non_punishment", Alert, pk)
    if one.state == AlertState.ENDED:
        raise Http404
    return asking.ask(
        request,
        one.case,
        forms.EndForm(asking.data(request)),
        lambda said: alerts.end(by=acting(), rows=[asking.row(request, one) | said]),
        _("How it ended for the child"),
        _("Say what became of it, also when it is not what you fought for."),
        one,
    )


@READ_AND_WRITE
def apart(request: HttpRequest, pk: int) -> HttpResponse:
    one = asking.the_case(acting(), pk)
    return asking.ask(
        request,
        one,
        forms.ApartForm(asking.data(request)),
        lambda said: alerts.keep_apart(by=acting(), rows=[{"case": one, **said}]),
        _("A child is alleged to have recruited or harmed"),
        _(
            "That child is first of all a child who may need help. It is listed with no offender, stands in no "
            "proceeding, and only a supervisor reads this."
        ),
    )


@READ_AND_WRITE
def help_alleged(request: HttpRequest, pk: int) -> HttpResponse:
    one: AllegedChild = asking.found("alleged_child", AllegedChild, pk)
    return asking.ask(
        request,
        one.case,
        forms.HelpForm(asking.data(request), initial={"help": one.help}),
        lambda said: alerts.help_alleged(by=acting(), rows=[asking.row(request, one) | said]),
        _("Who looks after this child"),
        _("A child who is alleged to have harmed others has a caseworker and a representative of its own."),
        one,
    )
