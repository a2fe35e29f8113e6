"""How a record is said: its cells in words, and the buttons with the policy's sentence where one is not available."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db import models
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import conditional_escape, format_html
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from cobijo.engine.charts import words
from cobijo.sentences import render
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import Deciding, Decision, decide
from cobijo.web.core.screens import history
from cobijo.web.core.screens.identity import identity_of, name_of, sealed_fields
from cobijo.web.core.screens.register import Column, Group, Register
from cobijo.web.core.screens.wording import Hint, hints_of, once


@dataclass(frozen=True)
class Cell:
    """One thing said of a record. `hidden`: it is there or not, and this person does not learn which."""

    name: str
    label: str
    text: str = ""
    hidden: bool = False
    hints: tuple[Hint, ...] = ()  # on the words of a long text, for whoever may change it

    def __str__(self) -> str:
        """As a page shows it. No template of its own: a list has hundreds, and that took a third of its time."""
        if self.hidden:
            return format_html('<span class="kept-back">{}</span>', _("not shown to you"))
        if not self.text:
            return format_html(_NOT_STATED, _("not stated"))
        if "\n" in self.text or "\r" in self.text:
            return linebreaksbr(self.text)
        return conditional_escape(self.text)


_NOT_STATED = '<span aria-hidden="true">—</span><span class="visually-hidden">{}</span>'


@dataclass(frozen=True)
class Button:
    """A way on. Where it is not open, `why` is the policy's sentence."""

    action: str
    label: str | Promise
    url: str
    why: str = ""


LABELS = {
    "add": gettext_lazy("Add"),
    "change": gettext_lazy("Edit"),
    "remove": gettext_lazy("Remove"),
    "history": gettext_lazy("History"),
    "export": gettext_lazy("Export"),
    "import": gettext_lazy("Import"),
}
PAGES = {"add": "new", "change": "edit"}


def language() -> str:
    return get_language() or "es"


def why(decision: Decision) -> str:
    """The policy's sentence."""
    return render(decision.code, decision.params, language())


def said(value: Any) -> str:
    """A value in words."""
    if value is None or value == "":
        return ""
    if value is True:
        return _("Yes")
    if value is False:
        return _("No")
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        return f"{words.day(local.date().isoformat(), language())}, {local:%H:%M}"
    if isinstance(value, date):
        return str(words.day(value.isoformat(), language()))
    if isinstance(value, list | tuple):
        return ", ".join(str(one) for one in value)
    if isinstance(value, int | float):
        return str(localize(value))
    return str(value)


def text(register: Register, record: Any, column: Column) -> str:
    """What one column says of a record."""
    if column.identity:
        return name_of(record)
    if column.name in register.sealed:
        return kept_text(register, column.name, kept(record, column.name))
    if column.text is not None:
        return str(column.text(record))
    value = getattr(record, column.name, None)
    chosen = register.words(column.name)
    if chosen and value in chosen:
        return str(chosen[value])
    if register.is_field(column.name) and column.name in register.choices and isinstance(value, str):
        return _chosen(register, column.name, value)
    return said(value() if callable(value) else value)


def kept(record: Any, name: str) -> Any:
    """What a field says, as JSON holds it; a sealed one, as far as it was read (`identity.attach`)."""
    if name in (sealed_fields(type(record)) or ()):
        found = identity_of(record)
        return found.get(name) if found is not None else None
    return history.plain(record, name)


def kept_text(register: Register, name: str, value: Any, access: Access | None = None) -> str:
    """What a field said in an earlier version, from the value as kept."""
    field = register.field(name)
    if value in (None, ""):
        return ""
    if field is not None and field.is_relation:
        known = field.related_model._default_manager.filter(pk=value).first()  # type: ignore[union-attr]
        return str(known) if known is not None else f"{value}"
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if name in register.choices and isinstance(value, str):
        return _chosen(register, name, value)
    if field is not None and isinstance(value, str):
        value = field.to_python(value)
    return said(value)


def _chosen(register: Register, name: str, value: str) -> str:
    from cobijo.web.core.access.context import current

    access = current()
    pairs = register.choices[name](access) if access is not None else ()
    return str(dict(pairs).get(value, value)) if isinstance(pairs, list | tuple) else value


def seen(access: Access, register: Register, record: Any, action: str) -> frozenset[str] | None:
    """The fields that may be seen; None: all. Where the action itself is not allowed, none."""
    return _seen(decide(access, action, register.kind, record))


def cells(
    access: Access, register: Register, record: Any, columns: Sequence[Column], action: str = "see"
) -> list[Cell]:
    """The columns of a record, as far as the policy lets them be seen."""
    return _cells(register, record, columns, seen(access, register, record, action))


def rows(
    access: Access, register: Register, records: Sequence[Any], columns: Sequence[Column], action: str
) -> Iterator[list[Cell]]:
    """The same of many records."""
    deciding = Deciding(access, action, register.kind)
    for record in records:
        yield _cells(register, record, columns, _seen(deciding(record)))


def _seen(decision: Decision) -> frozenset[str] | None:
    return decision.fields if decision else frozenset()


def _cells(
    register: Register, record: Any, columns: Sequence[Column], fields: frozenset[str] | None
) -> list[Cell]:
    closed = frozenset(register.sealed) if identity_of(record) is None else frozenset()
    return [
        Cell(one.name, register.label(one.name), hidden=True)
        if one.name in closed
        or (fields is not None and one.name not in fields and not _is_reference(one, fields))
        else Cell(one.name, register.label(one.name), text(register, record, one))
        for one in columns
    ]


def _is_reference(column: Column, fields: frozenset[str]) -> bool:
    """A column that names the record falls back on a neutral reference; where nothing may be seen, not even on that."""
    return column.identity and bool(fields)


def groups(access: Access, register: Register, record: Any) -> list[tuple[Group, list[Cell]]]:
    """The record's page: every group with what may be seen of it; a group that is all hidden is left out."""
    shown = []
    writes = register.change is not None and bool(decide(access, "change", register.kind, record))
    for group in (*register.groups, *register.more):
        found = cells(access, register, record, [_column(register, name) for name in group.fields])
        if not all(one.hidden for one in found):
            shown.append((group, [_read(register, one) for one in found] if writes else found))
    return shown


def _read(register: Register, cell: Cell) -> Cell:
    long = isinstance(register.field(cell.name), models.TextField) and cell.name not in register.as_said
    return replace(cell, hints=tuple(once(hints_of(cell.text)))) if long and cell.text else cell


def _column(register: Register, name: str) -> Column:
    return next((one for one in register.shown if one.name == name), Column(name))


def buttons(access: Access, register: Register, actions: Sequence[str], record: Any = None) -> list[Button]:
    """The ways on from a page, each open or with the sentence why it is not."""
    made = []
    for action in actions:
        if not _has(register, action):
            continue
        decision = decide(access, action, register.kind, record)
        args = [record.pk] if record is not None else []
        url = reverse(f"{register.kind}:{PAGES.get(action, action)}", args=args)
        made.append(Button(action, LABELS[action], url, "" if decision else why(decision)))
    return made


def _has(register: Register, action: str) -> bool:
    return {
        "add": register.add is not None,
        "change": register.change is not None,
        "remove": register.remove is not None,
        "history": register.change is not None,
        "export": register.exports,
        "import": register.imports and register.add is not None,
    }[action]
