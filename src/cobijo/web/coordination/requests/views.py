"""The page of a request, one page for each step, its letter, and what authorities owe."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from cobijo.engine.report.ooxml import DOCX
from cobijo.errors import CobijoError
from cobijo.web.coordination.requests import forms, queries, services, writing
from cobijo.web.coordination.requests.choices import Silence, State
from cobijo.web.coordination.requests.letter import PDF, to_docx, to_pdf
from cobijo.web.coordination.requests.models import Request
from cobijo.web.coordination.requests.rules import steps, tables
from cobijo.web.coordination.requests.screens import REQUESTS
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.screens import showing
from cobijo.web.core.screens.asking import Asked, ask, data, found, row
from cobijo.web.core.screens.pages import acting, said, uncached
from cobijo.web.directory.services.queries import areas

FORM = "groups/form.html"
READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])
LETTERS = {"docx": (DOCX, to_docx), "pdf": (PDF, to_pdf)}


@require_safe
def request(request: HttpRequest, pk: int) -> HttpResponse:
    """Where it stands, until when they must answer, what they said, which rung comes next."""
    access = acting()
    one = _found(pk)
    may = bool(decide(access, "change", "request", one))
    context = _context(one) | {
        "steps": [(name, label) for to, name, label in _STEPS if may and to in steps(one)],
        "ladder": queries.ladder(access, one),
        "buttons": showing.buttons(access, REQUESTS, ("change", "history", "remove"), one),
        "groups": showing.groups(access, REQUESTS, one),
        "who": reverse("access:who", args=["request", pk]),
        "area": dict(areas(access)).get(one.area, ""),
        "may": may,
    }
    return uncached(render(request, "requests/request.html", context))


@require_safe
def overdue(request: HttpRequest) -> HttpResponse:
    """What authorities owe, by authority and state; and what waits without a known deadline."""
    access = acting()
    check(access, "list", "request")
    names = dict(areas(access))
    late = queries.overdue_by_authority(access)
    context = {
        "late": [(one, names.get(one.area, "")) for one in late],
        "total": sum(one.count for one in late),
        "unknown": list(queries.unknown(access)[: queries.LISTED]),
    }
    return uncached(render(request, "requests/overdue.html", context))


@READ_AND_WRITE
def send(request: HttpRequest, pk: int) -> HttpResponse:
    lead = _(
        "Take the letter, sign it and hand it in. From the day on which they have it, the deadline runs."
    )
    return _step(
        request,
        pk,
        State.SENT,
        lambda one: forms.OnForm(data(request)),
        services.send,
        _("It was sent"),
        lead,
    )


@READ_AND_WRITE
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    lead = _("The authority confirmed that it has the letter. The deadline does not change.")
    return _step(
        request, pk, State.ACKNOWLEDGED, lambda one: forms.OnForm(data(request)), services.acknowledge,
        _("They have received it"), lead,
    )  # fmt: skip


@READ_AND_WRITE
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    lead = _("Write what they answered. What it is worth is said in the next step.")
    return _step(
        request, pk, State.ANSWERED, lambda one: forms.AnswerForm(data(request)), services.answer,
        _("They answered"), lead,
    )  # fmt: skip


@READ_AND_WRITE
def grade(request: HttpRequest, pk: int) -> HttpResponse:
    lead = _("In full, in part, refused, or silence: with the reason, so that others can judge the grade.")
    return _step(
        request, pk, State.GRADED, lambda one: forms.GradeForm(data(request)), services.grade,
        _("Grade the answer"), lead,
    )  # fmt: skip


@READ_AND_WRITE
def escalate(request: HttpRequest, pk: int) -> HttpResponse:
    lead = _("Ask the next rung of the ladder. A rung is climbed once, and only upwards.")
    return _step(
        request, pk, State.ESCALATED, lambda one: forms.EscalateForm(acting(), one, data(request)),
        services.escalate, _("Climb the ladder"), lead,
    )  # fmt: skip


@READ_AND_WRITE
def close(request: HttpRequest, pk: int) -> HttpResponse:
    lead = _("Say what came of it. It stays readable, and cannot be opened again.")
    return _step(
        request, pk, State.CLOSED, lambda one: forms.CloseForm(data(request)), services.close, _("It is over"), lead
    )  # fmt: skip


@READ_AND_WRITE
def hide(request: HttpRequest, pk: int) -> HttpResponse:
    """One button, with no question that could stop a person in a hurry."""
    one = _found(pk, "change")
    back = reverse("request:detail", args=[pk])
    if not one.public and request.method != "POST":
        return redirect(back)
    return ask(
        request, Asked(data(request)), lambda values: services.hide(by=acting(), rows=[row(request, one)]),
        template=FORM, title=_("Make it confidential"), back=back, about=str(one), record=one,
        lead=_("From then on only those who work on requests read it. Its steps go on as before."),
    )  # fmt: skip


@require_safe
def letter(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """The letter as a document; where its text names a child by now, the sentence that says so."""
    one = _found(pk)
    if form not in LETTERS:
        raise Http404
    kind, make = LETTERS[form]
    try:
        made = make(writing.letter(acting(), one))
    except CobijoError as problem:
        context = _context(one) | {"problem": said(problem)}
        return uncached(render(request, "requests/no_letter.html", context, status=422))
    answered = HttpResponse(made, content_type=kind)
    answered.headers["Content-Disposition"] = f'attachment; filename="request-{one.pk}.{form}"'
    return uncached(answered)


_STEPS = (
    (State.SENT, "requests:send", gettext_lazy("It was sent")),
    (State.ACKNOWLEDGED, "requests:acknowledge", gettext_lazy("They have received it")),
    (State.ANSWERED, "requests:answer", gettext_lazy("They answered")),
    (State.GRADED, "requests:grade", gettext_lazy("Grade the answer")),
    (State.ESCALATED, "requests:escalate", gettext_lazy("Climb the ladder")),
    (State.CLOSED, "requests:close", gettext_lazy("It is over")),
)


def _found(pk: int, action: str = "see") -> Request:
    one: Request = found("request", queries.requests(acting()), pk, action)
    return one


def _context(one: Request) -> dict[str, Any]:
    rule = tables().rule(one.deadline)
    return {
        "record": one,
        "rule": rule,
        "silence": Silence(rule.silence).label if rule is not None else "",
        "list_url": reverse("request:list"),
    }


def _step(
    request: HttpRequest, pk: int, to: str, form: Any, service: Any, title: str, lead: str
) -> HttpResponse:
    """One step; where the request has gone another way meanwhile, its page says so."""
    one = _found(pk, "change")
    back = reverse("request:detail", args=[pk])
    if to not in steps(one) and request.method != "POST":
        return redirect(back)
    asked: Asked = form(one)
    return ask(
        request, asked, lambda values: service(by=acting(), rows=[row(request, one) | values]),
        template=FORM, title=title, lead=lead, back=back, about=str(one), record=one,
    )  # fmt: skip
