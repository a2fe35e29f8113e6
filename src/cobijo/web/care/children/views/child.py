"""The child's page and what is written on it: who it is, what happened, what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from cobijo.sentences import render as sentence
from cobijo.web.care.children import queries, services, words
from cobijo.web.care.children.checklists import load_checklists
from cobijo.web.care.children.concepts import contradictions, elements_of, say
from cobijo.web.care.children.deriving import derived
from cobijo.web.care.children.fields import fields_of
from cobijo.web.care.children.forms import ChildForm, EventForm, StatusForm, age_text
from cobijo.web.care.children.models import Child, Concept, Event
from cobijo.web.care.children.rule_reading import load_rules
from cobijo.web.care.children.views.common import (
    READ_AND_WRITE,
    Writing,
    erased,
    named,
    page,
    the_child,
    write,
)
from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.screens import history
from cobijo.web.core.screens.pages import acting
from cobijo.web.core.vault import sealing
from cobijo.web.figures import reading

HERE = gettext_lazy(
    "You are writing about one child. Next: fill in what you know and save; nothing is required that you do not know."
)


def home(child: Child) -> str:
    return reverse("children:child", args=[child.pk])


@require_safe
def child(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is held of one child, the safe contact first."""
    access = acting()
    gone = queries.child(access, pk)
    if gone is not None and gone.erased_at is not None:
        return erased(request, gone.code, gone.erased_at)
    one = the_child(access, pk)
    open_ = sealing.is_open()
    said: Mapping[str, Any] = queries.who(access, one, purpose="follow_up") if open_ else {}
    rows = list(queries.events(access, one))
    told = queries.opened(access, "child_event", rows, purpose="follow_up") if open_ and rows else []
    context = {
        "child": one,
        "named": said.get("chosen_name") or said.get("given") or one.code,
        "said": said,
        "age": age_text(said.get("birth_date")),
        "fields": _shown(said),
        "locked": "" if open_ else sealing.state().sentence,
        "decisions": list(queries.decisions(access, one)),
        "events": [
            {
                "event": event,
                "narrative": (told[at].get("narrative") if told else ""),
                "area": words.area_name(event.area),
            }
            for at, event in enumerate(rows)
        ],
        "concepts": concepts_shown(queries.concepts(access, one)),
        "concerns": list(queries.concerns(access).filter(child=one).order_by("-noticed_on")),
        "emptied": queries.emptied_concerns(access, one),
        "cases": _cases(access, one),
        "may_change": bool(decide(access, "change", "child", one)),
        "may_review": bool(decide(access, "review", "child", one)),
        "checklists": bool(load_checklists(country.pack_name())),
        "who": reverse("access:who", args=["child", one.pk]),
    }
    return page(request, "children/child", context)


@READ_AND_WRITE
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is held of who the child is."""
    access = acting()
    one = the_child(access, pk)
    check(access, "change", "child", one)
    kept = {} if request.method == "POST" else queries.who(access, one, purpose="follow_up")
    form = ChildForm(request.POST if request.method == "POST" else None, {"age_known": one.age_known, **kept})

    def save(row: dict[str, Any]) -> str:
        services.change(by=access, rows=[{"pk": one.pk, **row}])
        return home(one)

    this = Writing(
        form, save, _("Who the child is"), HERE, named(access, one), home(one), kind="child", record=one
    )
    return write(request, access, this)


@READ_AND_WRITE
def event(request: HttpRequest, pk: int, event: int = 0) -> HttpResponse:
    """What happened, by its elements; what the rules make of it is shown before it is saved."""
    access = acting()
    one = the_child(access, pk)
    check(access, "change", "child", one)
    found = None
    if event:
        found = queries.events(access, one).filter(pk=event).first()
        if found is None:
            raise Http404
    posted = request.POST if request.method == "POST" else None
    form = EventForm(posted, {} if found is None or posted else _event_kept(access, found))

    def save(row: dict[str, Any]) -> str:
        if found is None:
            services.record_events(by=access, rows=[{"child": one, **row}])
        else:
            services.change_events(by=access, rows=[{"pk": found.pk, **row}])
        return home(one) + "#happened"

    more: dict[str, Any] = {"previewable": True}
    this = Writing(
        form, save, _("What happened"),
        _(
            "You are recording what was done, not what it is called. Next: answer what is known; "
            "rules show what follows."
        ),
        named(access, one), home(one), kind="child_event", record=found, template="children/event", more=more,
    )  # fmt: skip
    if posted and posted.get("step") == "preview" and form.is_valid():
        return page(request, "children/event", _previewed(one, this, form, posted.get("version", "")))
    return write(request, access, this)


@READ_AND_WRITE
def status(request: HttpRequest, pk: int) -> HttpResponse:
    """A decision on status, with its body, day and ground. Added, never changed."""
    access = acting()
    one = the_child(access, pk)
    check(access, "change", "child", one)
    form = StatusForm(queries.events(access, one), request.POST if request.method == "POST" else None)

    def save(row: dict[str, Any]) -> str:
        services.decide_status(by=access, rows=[{"child": one, **row}])
        return home(one) + "#status"

    this = Writing(
        form, save, _("A decision on status"), HERE, named(access, one), home(one),
        lead=_(
            "A status is decided by a body on a day and on a ground. It is added and never changed: a new decision "
            "stands beside the old one."
        ),
    )  # fmt: skip
    return write(request, access, this)


@require_safe
def past(request: HttpRequest, pk: int) -> HttpResponse:
    """Who changed what of this record, and when."""
    access = acting()
    one = the_child(access, pk)
    context = {
        "title": _("History of the child’s record"),
        "named": one.code,
        "back": home(one),
        "edits": edits_shown(
            access, "child", one, {each.name: str(each.label) for each in fields_of("child")}
        ),
    }
    return page(request, "children/history", context)


def edits_shown(access: Access, kind: str, record: Any, labels: Mapping[str, str]) -> list[dict[str, Any]]:
    """The edits of a record, newest first; sealed values are not opened here."""
    from cobijo.web.core.accounts.models import Account

    check(access, "history", kind, record)
    rows = list(queries.past(access, kind, record)[:100]) if kind == "child" else _revisions(kind, record)
    people = dict(Account.objects.filter(pk__in={one.account_id for one in rows}).values_list("pk", "name"))
    return [
        {
            "number": one.number,
            "at": one.at,
            "who": people.get(one.account_id, ""),
            "action": one.action,
        }
        for one in rows
    ]


def _revisions(kind: str, record: Any) -> list[Any]:
    rows: Any = history.table_of(kind)._default_manager
    return list(rows.filter(kind=kind, record_id=record.pk).order_by("-number")[:100])


def concepts_shown(rows: Any) -> list[dict[str, Any]]:
    """Derived concepts with the rule, its version and the article that fired, named by the pack."""
    rules, language = load_rules(country.pack_name()), reading()

    def name(one: Concept) -> str:
        known = rules.concepts.get(one.concept)
        return known.names[language] if known else one.concept

    return [{"concept": one, "name": name(one)} for one in rows]


def _previewed(child: Child, this: Writing, form: EventForm, version: str) -> dict[str, Any]:
    """What the rules would say of the answers as they stand, with the sentence of each."""
    rules, language = load_rules(country.pack_name()), reading()
    row = form.values()
    draft = Event(child=child, began_on=row["began_on"], ended_on=row["ended_on"])
    told = derived(draft, {"elements": row["elements"]})
    lines = [
        {"answer": one.answer, "said": sentence(*_args(say(one, rules, language)), language)}
        for one in told
        if one.answer != "not"
    ]
    odd = [
        sentence(code, {key: rules.name_of(str(value), language) for key, value in params.items()}, language)
        for code, params in contradictions(elements_of(row["elements"]))
    ]
    return {
        "this": this, "form": form, "problem": "", "version": version, "previewed": True, "odd": odd,
        "holds": [one for one in lines if one["answer"] == "holds"],
        "unknown": [one for one in lines if one["answer"] == "unknown"],
    }  # fmt: skip


def _args(finding: tuple[str, Any]) -> tuple[str, Any]:
    return finding


def _shown(said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The filled fields in the order of the form; the safe contact stands above and is not said twice."""
    from datetime import date

    from cobijo.web.figures import in_words

    return [
        (
            str(one.label),
            str(in_words(date.fromisoformat(said[one.name])))
            if one.sealing and one.sealing.holds == "date"
            else words.said(one.name, said[one.name]),
        )
        for one in fields_of("child")
        if one.name in said and one.name != "safe_contact"
    ]


def _event_kept(access: Access, event: Event) -> dict[str, Any]:
    sealed = queries.opened(access, "child_event", [event], purpose="follow_up")[0]
    plain = {"began_on": event.began_on, "ended_on": event.ended_on, "area": event.area}
    return {**plain, **sealed}


def _cases(access: Access, child: Child) -> list[dict[str, str]]:
    """The child's cases; the room of cases stands above this one, so it is asked only by its pages' names."""
    from cobijo.web.care.children.links import cases_of

    try:
        return cases_of(access, child)
    except NoReverseMatch:
        return []
