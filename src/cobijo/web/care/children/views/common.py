"""What the pages of the wing share: the record asked for, one post handled, both versions of a stale edit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from cobijo.errors import CobijoError
from cobijo.web.care.children import conflicts
from cobijo.web.care.children.form_parts import CareForm
from cobijo.web.care.children.models import Child
from cobijo.web.care.children.queries import child as find_child
from cobijo.web.care.children.queries import who
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.screens.pages import said, uncached, version_in
from cobijo.web.core.screens.writing import Stale
from cobijo.web.core.typed import whole
from cobijo.web.core.vault import sealing

READ_AND_WRITE = require_http_methods(["GET", "HEAD", "POST"])
PICK = "pick_"
#: How a sentence of a rule begins, in any language: "Row 1, “field”: ".
ROW = re.compile(r"^\w+ 1(?:, “([^”]*)”)?: ")


def page(request: HttpRequest, name: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """A page that no browser keeps."""
    return uncached(render(request, f"{name}.html", dict(context), status=status))


def the_child(access: Access, pk: int) -> Child:
    """Fetched and authorised in one step: what may not be seen is not there."""
    found = find_child(access, pk)
    if found is None or found.erased_at is not None:
        raise Http404
    return found


def erased(request: HttpRequest, code: str, at: Any) -> HttpResponse:
    """What is said of an erased child wherever a page of it is asked for: that it was erased, and when."""
    return page(request, "children/erased", {"code": code, "at": at}, 410)


def named(access: Access, child: Child, purpose: str = "follow_up") -> str:
    """How the child wants to be called, for a heading; its code where no name may or can be read."""
    if not sealing.is_open():
        return child.code
    found = who(access, child, purpose=purpose, fields=("chosen_name", "given"))
    return str(found.get("chosen_name") or found.get("given") or child.code)


def number(text: str | None) -> int:
    return whole(text) or 0


@dataclass(frozen=True)
class Writing:
    """One form page: what it is called, what it shows, what it does. `save` gets the form's values, and a version if
    it is an edit; it returns where to go next."""

    form: CareForm
    save: Callable[[dict[str, Any]], str]
    title: Any
    here: Any
    named: str
    back: str
    lead: Any = ""
    kind: str = ""  # of an edit, for the labels of both versions
    record: Any = None  # of an edit
    purpose: str = "follow_up"
    button: Any = ""
    template: str = "children/write"
    more: Mapping[str, Any] | None = None


def write(request: HttpRequest, access: Access, this: Writing) -> HttpResponse:
    """Show a form, or save what was sent: one sentence where a rule says no, and nothing typed is lost."""
    problem: CobijoError | None = None
    if request.method == "POST" and this.form.is_valid():
        row = this.form.values()
        if this.record is not None:
            row = _settled(request.POST, row)
        try:
            return redirect(this.save(row))
        except Forbidden:
            raise
        except Stale as stale:
            answer = _both(request, access, this, stale)
            if answer is not None:
                return answer
            return redirect(this.back)  # both wrote the same
        except CobijoError as wrong:
            problem = wrong
    failed = problem is not None or bool(this.form.errors)
    context = {
        "this": this,
        "form": this.form,
        "problem": said_plainly(problem, this.form),
        "version": version_in(request.POST) or (this.record.version if this.record is not None else ""),
        **(this.more or {}),
    }
    return page(request, this.template, context, 422 if failed else 200)


def said_plainly(problem: CobijoError | None, form: CareForm | None = None) -> str:
    """The sentence of a problem. A form has one row, so "Row 1:" is left out and a field is called by its label."""
    if problem is None:
        return ""
    field = str(problem.params.get("field", ""))
    if form is not None and field in form.fields:
        problem = type(problem)(problem.code, **{**problem.params, "field": str(form[field].label)})
    text = said(problem)
    found = ROW.match(text)
    if found is None:
        return text
    rest = text[found.end() :]
    return f"{found[1]}: {rest}" if found[1] else rest[:1].upper() + rest[1:]


def _settled(posted: QueryDict, row: Mapping[str, Any]) -> dict[str, Any]:
    """Without the fields in which the person took the other's version: those stay as the record has them now."""
    asked = posted.getlist("asked")
    version = version_in(posted) or 0
    if any(name in row and posted.get(PICK + name) not in {"mine", "theirs"} for name in asked):
        return {**row, "version": 0}  # stale again: nothing is taken for granted where nobody chose
    left = {name: value for name, value in row.items() if posted.get(PICK + name) != "theirs"}
    return {**left, "version": version}


def _both(request: HttpRequest, access: Access, this: Writing, stale: Stale) -> HttpResponse | None:
    """Both versions field by field; None where there is nothing to choose."""
    mine = {name: getattr(value, "pk", value) for name, value in this.form.values().items()}
    found = conflicts.both(access, stale, mine, purpose=this.purpose)
    if not found:
        return None
    rows = [
        {
            "both": one,
            "label": this.form.label(one.name),
            "before": this.form.said(one.name, one.before),
            "theirs": this.form.said(one.name, one.theirs),
            "mine": this.form.said(one.name, one.mine),
        }
        for one in found
    ]
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name not in {"csrfmiddlewaretoken", "version", "asked"} and not name.startswith(PICK)
    ]
    context = {"this": this, "rows": rows, "kept": kept, "version": stale.record.version}
    return page(request, "children/conflict", context, 409)
