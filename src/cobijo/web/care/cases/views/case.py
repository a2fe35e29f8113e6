"""The page of a case: safety and the next thing due first, then everything that is written under it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cobijo.web.care.cases import links, queries, words
from cobijo.web.care.cases.forms import ApprovalForm
from cobijo.web.care.cases.models import Case
from cobijo.web.care.cases.services import ANSWERS
from cobijo.web.care.cases.states import STEPS, State
from cobijo.web.care.cases.views.common import home, the_case
from cobijo.web.care.children import queries as children
from cobijo.web.care.children.views.child import concepts_shown, edits_shown
from cobijo.web.care.children.views.common import erased, named, page
from cobijo.web.care.children.views.concern import colleagues
from cobijo.web.care.children.words import area_name
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide
from cobijo.web.core.screens.pages import acting
from cobijo.web.core.vault import sealing

PURPOSE = "follow_up"


@require_safe
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case, from tonight's safety to its end."""
    access = acting()
    one = queries.case(access, pk)
    if one is None:
        raise Http404
    if one.child.erased_at is not None:
        return erased(request, one.code, one.child.erased_at)
    return page(request, "cases/case", shown(access, one))


def shown(access: Access, one: Case) -> dict[str, Any]:
    """Everything that the page shows, each sealed part audited once."""
    open_ = sealing.is_open()
    under = {
        kind: _with_words(access, kind, list(queries.under(access, kind, one)), open_)
        for kind in queries.UNDER
    }
    written = {
        kind: tuple((each["row"], each["said"]) for each in under[kind])
        for kind in ("safety_plan", "sibling")
    }
    head = queries.head(access, one, purpose=PURPOSE, written=written) if open_ else None
    who = head.who if head else {}
    context: dict[str, Any] = {
        "case": one,
        "child": one.child,
        "head": head,
        "who": who,
        "named": who.get("chosen_name") or who.get("given") or one.child.code,
        "locked": "" if open_ else sealing.state().sentence,
        "area": area_name(one.area),
        "late": bool(one.answer_by and not one.answered_at and one.answer_by < timezone.now()),
        "answers": [(code, words.ANSWERS[code]) for code in ANSWERS],
        "may_change": bool(decide(access, "change", "case", one)),
        "may_review": bool(decide(access, "review", "case", one)),
        "goes_on": one.state != State.CLOSED,
        "offered": one.state == State.TRANSFER,
        "colleagues": colleagues(access) if decide(access, "review", "case", one) else (),
        "next": _next(one),
        "approve": ApprovalForm(),
        "decisions": list(children.decisions(access, one.child)),
        "concepts": concepts_shown(children.concepts(access, one.child)),
        "referrals": links.referrals_of(access, one.child),
        "emptied": bool(one.closed_on or one.times_reopened) and queries.emptied(one),
        "who_sees": reverse("access:who", args=["case", one.pk]),
    }
    context |= {f"{kind}s": rows for kind, rows in under.items()}
    context["approved"] = {
        each["row"].what
        for each in context["approvals"]
        if each["row"].verdict == "approved" and not each["row"].used
    }
    context["due"] = _due(one, context)
    return context


@require_safe
def past(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what of this case, and when."""
    access = acting()
    one = the_case(access, pk)
    context = {
        "title": _("History of the case"),
        "named": one.code,
        "back": home(one),
        "edits": edits_shown(access, "case", one, {}),
    }
    return page(request, "children/history", context)


def _with_words(access: Access, kind: str, rows: Sequence[Any], open_: bool) -> list[dict[str, Any]]:
    """Rows with their sealed part beside them."""
    if kind == "approval" or not rows:
        return [{"row": row, "said": {}} for row in rows]
    told: Sequence[Mapping[str, Any]] = [{} for _row in rows]
    if open_:
        told = children.opened(access, kind, list(rows), purpose=PURPOSE)
    found = [{"row": row, "said": said} for row, said in zip(rows, told, strict=True)]
    if kind == "assessment":
        for one in found:
            for name in ("suicide_risk", "needs", "care_needs"):
                one[name] = words.coded(name, one["said"].get(name))
    if kind == "plan_item":
        for one in found:
            one["office"] = words.office_name(one["row"].office) if one["row"].office else ""
    return found


def _due(one: Case, context: dict[str, Any]) -> list[dict[str, Any]]:
    """What is due next in this case, by day: tasks, follow-ups, lines of the plan."""
    today = timezone.localdate()
    found = [
        {"day": each["row"].due_on, "what": each["row"].get_kind_display(), "kind": "task", "each": each}
        for each in context["tasks"]
        if each["row"].state == "open"
    ]
    found += [
        {
            "day": each["row"].planned_on,
            "what": each["row"].get_kind_display(),
            "kind": "follow_up",
            "each": each,
        }
        for each in context["follow_ups"]
        if each["row"].met == "planned"
    ]
    found += [
        {"day": each["row"].due_on, "what": each["said"].get("goal", ""), "kind": "plan_item", "each": each}
        for each in context["plan_items"]
        if each["row"].state in {"planned", "doing"}
    ]
    for row in found:
        row["late"] = row["day"] < today
        row["url"] = reverse("cases:change", args=[one.pk, row["kind"], row["each"]["row"].pk])
        row["word"] = words.WHAT[row["kind"]]
    return sorted(found, key=lambda row: row["day"])


def _next(one: Case) -> list[str]:
    """The states of the table that a button leads to; assessing, closing and offering have pages of their own."""
    return [to.value for to in STEPS[State(one.state)] if to in {State.PLAN, State.FOLLOW_UP}]


def heading(access: Access, one: Case) -> str:
    return named(access, one.child)
