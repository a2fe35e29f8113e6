"""A page of a register's list: search, filters, order, paging; never telling by them what the cells hide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.db import connection, models
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
    too_many_to_sort: bool = False  # another order was asked for; `sort` is the one that it has

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
    return _in_order(register, rows, sort), params, sort


def listing(access: Access, register: Register, asked: Mapping[str, str], size: int = SIZE) -> Listing:
    """One page. It counts to COUNTED and no further: on a million rows, counting would cost more than showing.

    Beyond COUNTED it is shown only in an order in which an index stands: sorting it all for one page would take longer
    the more there is.
    """
    rows, params, sort = narrowed(access, register, asked)
    try:
        page = min(max(1, int(asked.get("page", "1"))), max(1, COUNTED // size))
    except ValueError:
        page = 1
    count = rows.order_by()[: COUNTED + 1].count()
    many = count > COUNTED
    quick = indexed(register)
    unsorted = many and sort not in quick and sort != register.sort
    if unsorted:
        rows, params, sort = narrowed(access, register, {**asked, "sort": register.sort})
    with _along_the_index() if many and sort in quick else nullcontext():
        shown = list(rows[(page - 1) * size : page * size + 1])
    return Listing(shown[:size], page, len(shown) > size, None if many else count, params, sort, unsorted)


def indexed(register: Register) -> frozenset[str]:
    """The orders in which an index of the table stands, as `sort` names them; the record's number ends each.

    An index on (`name`, `id`) serves both directions of a column that is never empty. Where it may be, PostgreSQL
    keeps the empty ones at one end, and a descending order needs (`F("name").desc(nulls_last=True)`, `-id`).
    """
    found = {"pk", "-pk"}
    for one in register.model._meta.indexes:
        if one.condition is not None:
            continue
        parts = [_part(part) for part in (*one.fields, *one.expressions)][:2]
        if len(parts) < 2 or parts[1][0] not in {"id", "pk"} or parts[0][1] != parts[1][1]:
            continue
        (name, down, empty_last), _number = parts
        column = register.field(name)
        if column is not None and not column.null:
            found |= {name, f"-{name}"}
        elif down == empty_last:  # ascending, the empty ones are last by themselves
            found.add(f"-{name}" if down else name)
    return frozenset(found)


def _part(said: Any) -> tuple[str, bool, bool]:
    """A part of an index: column, whether it descends, whether it says that the empty ones come last."""
    if isinstance(said, str):
        return said.lstrip("-"), said.startswith("-"), False
    if isinstance(said, models.expressions.OrderBy) and isinstance(said.expression, models.F):
        return getattr(said.expression, "name", ""), bool(said.descending), bool(said.nulls_last)
    return getattr(said, "name", ""), False, False


@contextmanager
def _along_the_index() -> Iterator[None]:
    """Have PostgreSQL walk the index in the order asked for until the page is full.

    More than COUNTED records are known to match, so that is soon. The planner cannot know: the scopes come from a
    setting. It would expect few, fetch all and sort them (0.2 s for 200,000 records, every time).
    """
    if connection.vendor != "postgresql":
        yield
        return
    _plan("off")
    yield  # after an error the transaction is over, and the settings with it
    _plan("on")


def _plan(sorting: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('enable_sort', %s, true), set_config('enable_bitmapscan', %s, true),"
            " set_config('jit', %s, true)",
            [sorting] * 3,
        )


def _in_order(register: Register, rows: QuerySet[Any], sort: str) -> QuerySet[Any]:
    """Empty ones last both ways; the record's number settles what is equal, in the same direction as the index."""
    down, name = sort.startswith("-"), sort.lstrip("-")
    number = "-pk" if down else "pk"
    if name == "pk":
        return rows.order_by(number)
    column = register.field(name)
    if column is not None and not column.null and not column.is_relation:
        return rows.order_by(
            sort, number
        )  # said plainly, or the database would not see that the index has it
    order = models.F(name).desc(nulls_last=True) if down else models.F(name).asc(nulls_last=True)
    return rows.order_by(order, number)


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
