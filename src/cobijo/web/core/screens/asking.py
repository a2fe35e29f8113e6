"""What pages share that are no register's: find what may be seen in one step, ask with a form, save, go back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from cobijo.errors import CobijoError
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.screens.forms import styled
from cobijo.web.core.screens.pages import acting, said, uncached, version_in

Words = Any  # a sentence, or one that is translated later
Save = Callable[[dict[str, Any]], object]


class Asked(forms.Form):
    """A few questions with Bootstrap's classes. `values()` is what a service takes."""

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for field in self.fields.values():
            styled(field)

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


def day(label: Words, **named: Any) -> forms.DateField:
    """A day, with the browser's own way to choose one."""
    return forms.DateField(
        label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **named
    )


def words(label: Words, most: int = 2000, **named: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": 5}), **named)


def data(request: HttpRequest) -> Any:
    return request.POST if request.method == "POST" else None


def found(kind: str, rows: QuerySet[Any], pk: int, action: str = "see") -> Any:
    """The record, if it is in the person's list and may be seen; for another action the policy's sentence refuses."""
    access = acting()
    one = rows.filter(pk=pk).first()
    if one is None or not decide(access, "see", kind, one):
        raise Http404
    if action != "see":
        check(access, action, kind, one)
    return one


def row(request: HttpRequest, one: Any) -> dict[str, Any]:
    """What a service wants to know of a record that a form was about."""
    return {"pk": one.pk, "version": version_in(request.POST) or 0}


def ask(
    request: HttpRequest,
    form: Any,
    save: Save,
    *,
    template: str,
    title: Words,
    lead: Words,
    back: str,
    about: str = "",
    record: Any = None,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """Show a form; save what it says; go back. What is refused stays on the page, with its sentence and its `code`."""
    problem: CobijoError | None = None
    if request.method == "POST" and form.is_valid():
        try:
            save(form.values())
        except Forbidden:
            raise
        except CobijoError as wrong:
            problem = wrong
        else:
            return redirect(back)
    version = request.POST.get("version") or (record.version if record is not None else "")
    context = {
        "form": form, "title": title, "lead": lead, "back": back, "about": about, "problem": said(problem),
        "code": problem.code if problem is not None else "", "version": version, **(more or {}),
    }  # fmt: skip
    failed = problem is not None or bool(form.errors)
    return uncached(render(request, template, context, status=422 if failed else 200))
