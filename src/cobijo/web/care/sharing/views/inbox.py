"""The recipient's page: exactly what was agreed, and the answer. And the signing of agreements, and complaints."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe

from cobijo.errors import CobijoError
from cobijo.web.care.sharing import agreements, answers, asks, queries
from cobijo.web.care.sharing.keeping import kept_until
from cobijo.web.care.sharing.models import Packet
from cobijo.web.care.sharing.models.asks import ComplaintState
from cobijo.web.care.sharing.models.referrals import Declined, Outcome
from cobijo.web.care.sharing.states import State
from cobijo.web.care.sharing.views.common import number, page
from cobijo.web.care.sharing.views.desk import READ_AND_WRITE
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens.pages import acting, said

STEPS: dict[str, Callable[..., Any]] = {
    "accept": answers.accept, "decline": answers.decline, "ask": answers.ask, "done": answers.done,
    "confirm": answers.confirm,
}  # fmt: skip
TAKEN = ("reason", "question", "outcome", "note", "closing", "law", "article")


@READ_AND_WRITE
def packet(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the packet and answer it."""
    access = acting()
    one = queries.packet(access, pk)
    if one is None:
        raise Http404
    problem: CobijoError | None = None
    if request.method == "POST":
        step = STEPS.get(request.POST.get("step", ""))
        row: dict[str, Any] = {name: request.POST.get(name, "") for name in TAKEN}
        row |= {"pk": one.pk, "version": number(request.POST.get("version", ""))}
        try:
            if step is None:
                raise Http404
            step(by=access, rows=[{**row, "fields": request.POST.getlist("fields")}])
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            gone = request.POST["step"] == "decline" or row["closing"] == "deleted"
            return redirect("sharing:home") if gone else redirect("sharing:packet", one.pk)
        one = queries.packet(access, pk) or one
    return page(request, "packet", _packet(access, one) | {"problem": said(problem)}, 422 if problem else 200)


def _packet(access: Any, one: Packet) -> dict[str, Any]:
    body = answers.open_packet(access, one) if answers.readable(one) else {}
    return {
        "packet": one,
        "html": mark_safe(str(body.get("html", ""))),  # noqa: S308 - the bytes that the sender saw, escaped when made
        "question": body.get("question", ""),
        "answer": body.get("answer", ""),
        "waits": one.state in {State.SENT, State.ASKED},
        "may_ask": one.state == State.SENT,
        "accepted": one.state == State.ACCEPTED,
        "stopped": one.state == State.WITHDRAWN,
        "kept_until": kept_until(one),
        "reasons": Declined.choices,
        "outcomes": Outcome.choices,
        "keepable": _labels(one) if one.state == State.WITHDRAWN and one.held and not one.kept_law else [],
    }


def _labels(one: Packet) -> list[tuple[str, str]]:
    """Names of the fields of a closed packet, without what they say: to choose what a law makes one keep."""
    from cobijo.web.care.children.writing import body_of

    fields = json.loads(body_of(one)["json"])["fields"]
    return [(each["code"], each["label"]) for each in fields]


@READ_AND_WRITE
def sign(request: HttpRequest) -> HttpResponse:
    """Agreements that wait for the own organisation's signature, and those that can be ended."""
    access = acting()
    check(access, "add", "signature")
    problem: CobijoError | None = None
    if request.method == "POST":
        ids = [number(request.POST.get("agreement", ""))]
        try:
            if "end" in request.POST:
                agreements.end(by=access, ids=ids)
            else:
                agreements.sign(by=access, ids=ids, read={ids[0]: number(request.POST.get("version", ""))})
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect("sharing:sign")
    mine = [
        one
        for one in agreements.agreements(access).filter(ended_at=None)
        if access.organisation_id in (one.organisation_id, one.other_id)
    ]
    waiting = agreements.to_sign(access)
    shown = {one.pk for one in waiting}
    context = {
        "waiting": [(one, _terms(one)) for one in waiting],
        "signed": [(one, _terms(one)) for one in mine if one.pk not in shown],
        "problem": said(problem),
    }
    return page(request, "sign", context, 422 if problem else 200)


def _terms(one: Any) -> dict[str, list[str]]:
    named = {
        start: [str(field.verbose_name) for field in one._meta.concrete_fields
                if field.name.startswith(start) and getattr(one, field.name) is True]
        for start in ("for_", "share_")
    }  # fmt: skip
    return {"purposes": named["for_"], "fields": named["share_"]}


@READ_AND_WRITE
def complaints(request: HttpRequest) -> HttpResponse:
    """Complaints about staff of other organisations, for the body that handles them."""
    access = acting()
    check(access, "list", "complaint")
    if request.method == "POST":
        row = {"pk": number(request.POST.get("complaint", "")), "state": request.POST.get("state", "")}
        asks.move_complaints(by=access, rows=[row])
        return redirect("sharing:complaints")
    rows = list(queries.complaints(access)[:60])
    opened = str(request.GET.get("open", ""))
    words = {
        one.pk: queries.complaint_words(access, one).get("words", "") for one in rows if str(one.pk) == opened
    }
    context = {
        "rows": [(one, words.get(one.pk, "")) for one in rows],
        "states": [each for each in ComplaintState.choices if each[0] != ComplaintState.NEW],
    }
    return page(request, "complaints", context)
