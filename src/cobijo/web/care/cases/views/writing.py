"""Writing under a case, changing its head, opening it: every form page of the room."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cobijo.web.care.cases import queries, services, transfers
from cobijo.web.care.cases.forms import CaseForm, OpenForm, TransferForm
from cobijo.web.care.cases.views.case import PURPOSE
from cobijo.web.care.cases.views.common import home, the_case
from cobijo.web.care.cases.writing import KINDS
from cobijo.web.care.children.queries import opened
from cobijo.web.care.children.views.common import READ_AND_WRITE, Writing, named, the_child, write
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens.pages import acting
from cobijo.web.core.vault.queries import identities

HERE = gettext_lazy(
    "You are writing under one case. Next: fill in what you know and save; you come back to the case."
)


@READ_AND_WRITE
def open_case(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a case for a child."""
    access = acting()
    child = the_child(access, pk)
    check(access, "change", "child", child)
    form = OpenForm(request.POST if request.method == "POST" else None)

    def save(row: dict[str, Any]) -> str:
        [made] = services.open_cases(by=access, rows=[{"child": child, **row}])
        return home(made)

    back = reverse("children:child", args=[child.pk])
    return write(request, access, Writing(form, save, _("Open a case"), HERE, named(access, child), back))


@READ_AND_WRITE
def add(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A new row of one kind."""
    access = acting()
    one = the_case(access, pk)
    check(access, "change", "case", one)
    known = KINDS.get(kind)
    if known is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = known.form(access, posted) if known.asks_access else known.form(posted)

    def save(row: dict[str, Any]) -> str:
        known.add(by=access, rows=[{"case": one, **row}])
        return home(one, kind)

    this = Writing(form, save, known.title, HERE, named(access, one.child), home(one, kind), lead=known.lead)
    return write(request, access, this)


@READ_AND_WRITE
def change(request: HttpRequest, pk: int, kind: str, row: int) -> HttpResponse:
    """Change a row; both versions are shown where somebody else was faster."""
    access = acting()
    one = the_case(access, pk)
    known = KINDS.get(kind)
    if known is None or known.change is None:
        raise Http404
    service = known.change
    found = queries.under(access, kind, one).filter(pk=row).first()
    if found is None:
        raise Http404
    check(access, "change", kind, found)
    posted = request.POST if request.method == "POST" else None
    kept: dict[str, Any] = {}
    if posted is None:
        sealed = opened(access, kind, [found], purpose=PURPOSE)[0]
        plain = {name: getattr(found, name) for name in known.form.base_fields if hasattr(found, name)}  # type: ignore[attr-defined]
        kept = {**plain, **sealed}
    form = known.form(access, posted, kept) if known.asks_access else known.form(posted, kept)

    def save(values: dict[str, Any]) -> str:
        service(by=access, rows=[{"pk": found.pk, **values}])
        return home(one, kind)

    this = Writing(
        form, save, known.title_change or known.title, HERE, named(access, one.child), home(one, kind),
        lead=known.lead, kind=kind, record=found,
    )  # fmt: skip
    return write(request, access, this)


@READ_AND_WRITE
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The head of a case: summary, guardian, representative."""
    access = acting()
    one = the_case(access, pk)
    check(access, "change", "case", one)
    posted = request.POST if request.method == "POST" else None
    kept: dict[str, Any] = {}
    if posted is None:
        sealed = identities(access, [one], fields=tuple(CaseForm.base_fields), purpose=PURPOSE, kind="case")[
            0
        ]
        kept = {"area": one.area, "guardian": one.guardian, **sealed}
    form = CaseForm(posted, kept)

    def save(values: dict[str, Any]) -> str:
        services.change(by=access, rows=[{"pk": one.pk, **values}])
        return home(one)

    this = Writing(
        form, save, _("Head of the case"), HERE, named(access, one.child), home(one), kind="case", record=one
    )
    return write(request, access, this)


@READ_AND_WRITE
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    """Offer a case to another organisation."""
    access = acting()
    one = the_case(access, pk)
    check(access, "change", "case", one)
    form = TransferForm(access, request.POST if request.method == "POST" else None)

    def save(values: dict[str, Any]) -> str:
        transfers.offer(by=access, rows=[{"pk": one.pk, **values}])
        return home(one)

    this = Writing(
        form, save, _("Offer the case to another organisation"), HERE, named(access, one.child), home(one),
        lead=_(
            "They see codes only, until they accept. It needs an agreement with them and the child’s consent or a "
            "legal basis. The case stays yours until then."
        ),
        button=_("Offer the case"),
    )  # fmt: skip
    return write(request, access, this)
