"""What the pages of this room share: find in one step what may be seen, ask with a form, save, go back to the tab."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cobijo.web.care.cases import queries as cases
from cobijo.web.care.cases.models import Case
from cobijo.web.care.children.models import SAYS_SOMETHING
from cobijo.web.care.justice import forms
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide, visible
from cobijo.web.core.screens import asking
from cobijo.web.core.screens.asking import data, row
from cobijo.web.core.screens.pages import acting
from cobijo.web.core.vault import sealing
from cobijo.web.core.vault.queries import identities

__all__ = ["ask", "change", "data", "found", "row", "the_case", "words"]


def ask(
    request: HttpRequest,
    case: Case,
    form: forms.Asked,
    save: asking.Save,
    title: str | Promise,
    lead: str | Promise,
    record: Any = None,
    *,
    page: str = "form",
) -> HttpResponse:
    """Show a form; save what it says; back to the tab. What is refused stays on the page, with its sentence."""
    if not decide(acting(), "change", "case", case):
        raise Http404
    return asking.ask(
        request, form, save, template=f"justice/{page}.html", title=title, lead=lead, record=record,
        back=reverse("justice:case", args=[case.pk]), more={"case": case},
    )  # fmt: skip


def change(
    request: HttpRequest, one: Any, kind: str, form: type[forms.Asked], save: Any, title: str | Promise
) -> HttpResponse:
    """Change what hangs on a proceeding, by the form that also adds it."""
    now = {name: getattr(one, name) for name in form.base_fields if name != "note"}
    filled = form(data(request), initial={**now, **words(kind, one, "note")})
    return ask(
        request,
        one.case,
        filled,
        lambda values: save(by=acting(), rows=[row(request, one) | {"note": ""} | dict(values)]),
        title,
        _("Say how far it is now. What stood here before stays in the history."),
        one,
    )


def words(kind: str, one: Any, *fields: str) -> dict[str, str]:
    """The sealed words of a record, for its form; nothing while the vault is locked, and then none can be saved."""
    if not sealing.is_open():
        return {}
    return dict(identities(acting(), [one], fields=fields, purpose="follow_up", kind=kind)[0])


def the_case(access: Access, pk: int) -> Case:
    found = cases.case(access, pk)
    if found is None:
        raise Http404
    return found


def found(kind: str, model: type[models.Model], pk: int) -> Any:
    rows = model._default_manager.filter(SAYS_SOMETHING, pk=pk).select_related("case", "case__child", "child")
    found = visible(acting(), kind, rows, "see").first()
    if found is None:
        raise Http404
    return found
