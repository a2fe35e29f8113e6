"""The pages of every register. Each is one function of (request, register, …); `urls.py` binds the register."""

from __future__ import annotations

from copy import copy
from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cobijo.errors import CobijoError
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.middleware import refused_in
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.accounts.sessions import recently_confirmed
from cobijo.web.core.screens import exporting, history, showing
from cobijo.web.core.screens.conflict import Conflict, settled
from cobijo.web.core.screens.forms import RegisterForm, make_form
from cobijo.web.core.screens.identity import attach, best_first
from cobijo.web.core.screens.listing import COUNTED, Listing, filter_form, listing, sortable
from cobijo.web.core.screens.menu import family
from cobijo.web.core.screens.pages import acting, address, addresses, found, page, said, version_in
from cobijo.web.core.screens.register import Register
from cobijo.web.core.screens.writing import Stale
from cobijo.web.core.vault.queries import FOUND_AT_MOST

BEST = 50  # of those that a search by identity found


def list_page(request: HttpRequest, register: Register) -> HttpResponse:
    """A list. Where a search is by who somebody is, it is posted: no name may stand in an address."""
    access = acting()
    check(access, "list", register.kind)
    asked = (request.POST if request.method == "POST" else request.GET).dict()
    words = asked.get("q", "") if register.sealed and request.method == "POST" else ""
    if register.sealed and not words:
        asked.pop("q", None)
    shown, more = _listed(access, register, asked, words)
    attach(access, register.kind, shown.rows)
    cells = showing.rows(access, register, shown.rows, register.shown, "list")
    urls = addresses(register, "detail", shown.rows)
    rows = [
        {"url": url, "first": first, "others": others}
        for url, (first, *others) in zip(urls, cells, strict=True)
    ]
    context = {
        "listing": shown,
        "rows": rows,
        "heads": _heads(register, shown.sort, None if words else shown.query),
        "filters": filter_form(access, register, asked) if register.filters else None,
        "words": words or shown.params.get("q", ""),
        "best": BEST if more else 0,
        "searchable": bool(register.search)
        and (not register.sealed or bool(decide(access, "see_identity", register.kind))),
        "searched": bool(shown.params),
        "counted": COUNTED,
        "family": family(access, register),
        "buttons": showing.buttons(access, register, ("add", "import", "export")),
        "formats": tuple(exporting.FORMATS),
        "names_too": bool(register.sealed) and bool(decide(access, "see_identity", register.kind)),
    }
    return page(request, access, register, "list", context)


def _listed(access: Access, register: Register, asked: dict[str, str], words: str) -> tuple[Listing, bool]:
    """A page of the list; of a search by identity, those that fit best, and whether there are more."""
    if not words:
        return listing(access, register, asked), False
    whole = listing(access, register, {**asked, "page": "1"}, FOUND_AT_MOST)
    best = best_first(access, register.kind, whole.rows, words)
    return replace(whole, rows=best[:BEST], more=False, count=len(best)), len(best) > BEST


def detail_page(request: HttpRequest, register: Register, pk: int) -> HttpResponse:
    access = acting()
    record = found(access, register, pk)
    context = {
        "record": record,
        "groups": showing.groups(access, register, record),
        "buttons": showing.buttons(access, register, ("change", "history", "remove"), record),
        "who": reverse("access:who", args=[register.kind, record.pk]),
    }
    return page(request, access, register, "detail", context)


def new_page(request: HttpRequest, register: Register) -> HttpResponse:
    access = acting()
    check(access, "add", register.kind)
    data = request.POST if request.method == "POST" else None
    form = make_form(access, register, data=data)
    problem: CobijoError | None = None
    if data is not None and form.is_valid():
        assert register.add is not None
        try:
            made = register.add(by=access, rows=[form.values()])
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect(address(register, "detail", made[0]))
    return _form(request, access, register, form, problem)


def edit_page(request: HttpRequest, register: Register, pk: int) -> HttpResponse:
    access = acting()
    record = found(access, register, pk)
    check(access, "change", register.kind, record)
    only = decide(access, "see", register.kind, record).fields
    if request.method != "POST":
        form = make_form(access, register, record=record, only=only)
        return _form(request, access, register, form, None, record=record, version=record.version)
    data = settled(register, request.POST, record)
    started = version_in(data)
    form = make_form(access, register, record=copy(record), data=data, only=only)
    problem: CobijoError | None = None
    if form.is_valid():
        if started is None:
            problem = Stale(register.kind, record, 0)
        else:
            assert register.change is not None
            try:
                register.change(by=access, rows=[{"pk": pk, "version": started, **form.values()}])
            except CobijoError as wrong:
                problem = wrong
            else:
                return redirect(address(register, "detail", record))
    if isinstance(problem, Stale):
        conflict = Conflict.between(access, register, problem, form)
        if conflict.fields:
            context = {"record": record, "conflict": conflict, "form": form}
            return page(request, access, register, "conflict", context, status=409)
        return redirect(address(register, "detail", record))  # both wrote the same
    version = started if started is not None else record.version
    return _form(request, access, register, form, problem, record=record, version=version)


def remove_page(request: HttpRequest, register: Register, pk: int) -> HttpResponse:
    access = acting()
    record = found(access, register, pk)
    check(access, "remove", register.kind, record)
    problem: CobijoError | None = None
    if request.method == "POST":
        assert register.remove is not None
        try:
            register.remove(by=access, rows=[{"pk": pk, "version": version_in(request.POST) or 0}])
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect(reverse(f"{register.kind}:list"))
    context = {
        "record": record,
        "groups": showing.groups(access, register, record),
        "problem": said(problem),
    }
    return page(request, access, register, "remove", context, status=409 if problem else 200)


def history_page(request: HttpRequest, register: Register, pk: int) -> HttpResponse:
    """Who changed what. What was sealed is shown on demand, one edit at a time: whoever asks confirms who it is."""
    access = acting()
    record = found(access, register, pk)
    if request.method == "POST":
        number = version_in(request.POST) or 0

        def confirmed(request: HttpRequest) -> HttpResponse:
            return _history(request, access, register, record, number)

        answer: HttpResponse = recently_confirmed(confirmed)(request)
        return answer
    return _history(request, access, register, record)


def _history(
    request: HttpRequest, access: Access, register: Register, record: Any, reveal: int = 0
) -> HttpResponse:
    edits = history.edits(access, register.kind, record)
    told = {}
    if any(one.sealed and one.number == reveal for one in edits):
        told[reveal] = history.revealed(access, register.kind, record, reveal)
    shown = [
        {
            "edit": one,
            "when": showing.said(one.at),
            "differences": [
                {
                    "label": register.label(name),
                    "before": showing.kept_text(register, name, before),
                    "after": showing.kept_text(register, name, after),
                }
                for name, before, after in (*one.differences, *told.get(one.number, ()))
            ],
            "sealed": one.sealed and one.number not in told,
        }
        for one in edits
    ]
    may = bool(register.sealed) and bool(decide(access, "see_identity", register.kind, record))
    context = {"record": record, "edits": shown, "may_reveal": may}
    return page(request, access, register, "history", context)


def _form(
    request: HttpRequest,
    access: Access,
    register: Register,
    form: RegisterForm,
    problem: CobijoError | None,
    *,
    record: Any = None,
    version: int | None = None,
) -> HttpResponse:
    """The form, with what was typed in it whatever went wrong."""
    status = 200
    if isinstance(problem, Forbidden):
        status = 403
    elif problem is not None or form.errors:
        status = 422
    context = {"form": form, "problem": said(problem), "record": record, "version": version}
    answer = page(request, access, register, "form", context, status=status)
    if isinstance(problem, Forbidden):
        refused_in(request, problem)  # once the page is made: after it, the transaction can only be undone
    return answer


def _heads(register: Register, sort: str, query: Any) -> list[dict[str, str]]:
    """The heads of the columns: what they are called, how to order by them, how it is ordered now."""
    names = sortable(register)
    heads = []
    for one in register.shown:
        order = (
            "" if sort.lstrip("-") != one.name else ("descending" if sort.startswith("-") else "ascending")
        )
        turned = f"-{one.name}" if order == "ascending" else one.name
        url = query(sort=turned, page="") if query is not None and one.name in names else ""
        heads.append({"label": register.label(one.name), "url": url, "order": order})
    return heads
