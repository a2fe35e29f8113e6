"""A page of a register's list: search, filters, order, paging; never telling by them what the cells hide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db import models
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.kinds import kind_of
from cobijo.web.core.access.policy import visible
from cobijo.web.core.screens.forms import choices_of, styled
from cobijo.web.core.screens.register import Register

SIZE = 50
COUNTED = 10_000  # beyond, the list says "more than" and asks to be narrowed
LONGEST = 100  # characters of a search


@dataclass(frozen=True)
class Listing:
    """One page and how it was asked for."""

    rows: list[Any]
    page: int
    more: bool
    count: int | None  # None: more than COUNTED
    params: dict[str, str] = field(default_factory=dict)
    sort: str = ""

    def query(self, **changes: str | int) -> str:
        """The address of the same list with something changed."""
        merged = {**self.params, "sort": self.sort, **{name: str(value) for name, value in changes.items()}}
        return "?" + urlencode({name: value for name, value in merged.items() if value})

    @property
    def before(self) -> str:
        return self.query(page=self.page - 1) if self.page > 1 else ""

    @property
    def after(self) -> str:
        return self.query(page=self.page + 1) if self.more else ""


def narrowed(
    access: Access, register: Register, asked: Mapping[str, str]
) -> tuple[QuerySet[Any], dict[str, str], str]:
    """The records that were asked for, what was understood of it, and the order."""
    rows = register.queries(access)
    params: dict[str, str] = {}
    used: set[str] = set()
    words = " ".join(asked.get("q", "").replace("\x00", "").split())[:LONGEST]
    if words and register.search:
        params["q"] = words
        if callable(register.search):
            rows = register.search(access, rows, words)
        else:
            used |= set(register.search)
            for word in words.split()[:8]:
                either = Q()
                for name in register.search:
                    either |= Q(**{f"{name}__icontains": word})
                rows = rows.filter(either)
    chosen = filter_form(access, register, asked)
    chosen.is_valid()
    for name, value in chosen.cleaned_data.items():
        if value in (None, ""):
            continue
        params[name] = asked[name]
        used.add(name)
        rows = rows.filter(
            **{name: {"yes": True, "no": False}.get(value, value) if _is_bool(register, name) else value}
        )
    sort = asked.get("sort", "") or register.sort
    if sort.lstrip("-") not in sortable(register):
        sort = register.sort
    used.add(sort.lstrip("-"))
    rows = _only_where_seen(access, register, rows, used)
    down = sort.startswith("-")
    name = sort.lstrip("-")
    order = models.F(name).desc(nulls_last=True) if down else models.F(name).asc(nulls_last=True)
    ordered = rows.order_by("-pk" if down else "pk") if name == "pk" else rows.order_by(order, "pk")
    return ordered, params, sort


def listing(access: Access, register: Register, asked: Mapping[str, str], size: int = SIZE) -> Listing:
    """One page. It counts to COUNTED and no further: on a million rows, counting would cost more than showing."""
    rows, params, sort = narrowed(access, register, asked)
    try:
        page = min(max(1, int(asked.get("page", "1"))), COUNTED // size)
    except ValueError:
        page = 1
    shown = list(rows[(page - 1) * size : page * size + 1])
    if page == 1 and len(shown) <= size:
        count: int | None = len(shown)
    else:
        count = rows.order_by()[: COUNTED + 1].count()
    return Listing(
        shown[:size], page, len(shown) > size, None if count and count > COUNTED else count, params, sort
    )


def sortable(register: Register) -> frozenset[str]:
    """Columns that the database can order by."""
    names = {one.name for one in register.shown if register.is_field(one.name)}
    return frozenset(names | {register.sort.lstrip("-"), "pk"})


def filter_form(access: Access, register: Register, asked: Mapping[str, str]) -> forms.Form:
    """One choice a filter; whatever is not among the choices is as if it had not been asked for."""
    form = forms.Form(dict(asked), auto_id="filter_%s")
    for name in register.filters:
        form.fields[name] = styled(_filter(access, register, name))
    return form


def _filter(access: Access, register: Register, name: str) -> forms.Field:
    found = register.field(name)
    label = register.label(name).capitalize()
    any_ = ("", _("Any"))
    given = choices_of(access, register, name)
    if isinstance(given, QuerySet):
        return forms.ModelChoiceField(given, required=False, label=label, empty_label=any_[1])
    if _is_bool(register, name):
        given = [("yes", _("Yes")), ("no", _("No"))]
    elif given is None:
        given = list(getattr(found, "flatchoices", ()))
    return forms.ChoiceField(choices=[any_, *given], required=False, label=label)


def _is_bool(register: Register, name: str) -> bool:
    return isinstance(register.field(name), models.BooleanField)


def _only_where_seen(
    access: Access, register: Register, rows: QuerySet[Any], used: set[str]
) -> QuerySet[Any]:
    """To find or order by a field is to learn what it says: records whose cell is hidden take no part in it."""
    known = kind_of(register.kind)
    public = known.public_fields if known is not None else frozenset()
    names = {one for one in used if one not in public and one not in {"pk", "id"}}
    if not names:
        return rows
    return visible(access, register.kind, rows, whole=True)
