"""The declaration of a register, and the list of all that were declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import QuerySet
from django.utils.functional import Promise

from cobijo.web.core.access.context import Access
from cobijo.web.core.screens.identity import sealed_fields

Words = str | Promise
Choices = Callable[[Access], Any]  # a queryset, or pairs of code and words


@dataclass(frozen=True)
class Column:
    """One thing shown of a record. A bare name stands for `Column(name)`."""

    name: str  # a field of the model or an attribute of the record
    label: Words = ""  # the field's own where empty
    text: Callable[[Any], str] | None = None  # how to say it, where the usual way does not do
    identity: bool = (
        False  # what the record is called: its name where that may be seen, else a neutral reference
    )


@dataclass(frozen=True)
class Group:
    """Fields that belong together, on the form and on the record's page."""

    title: Words
    fields: tuple[str, ...]
    help: Words = ""


@dataclass(frozen=True)
class Register:
    """One register. Reads go through `queries`, writes through `add`, `change` and `remove`; the policy decides all.

    `add(by=…, rows=[{field: value}])`, `change(by=…, rows=[{"pk": …, "version": …, field: value}])` and
    `remove(by=…, rows=[{"pk": …, "version": …}])` are the room's services. What is left out has no page.
    """

    kind: str
    path: str  # where its pages stand, such as "directory/services"
    section: Words  # of the menu
    title: Words
    lead: Words  # what this is, in one sentence
    empty: Words  # why there may be nothing here, and what to do
    model: type[models.Model]
    queries: Callable[[Access], QuerySet[Any]]
    columns: Sequence[str | Column]
    groups: Sequence[Group]
    add: Callable[..., Any] | None = None
    change: Callable[..., Any] | None = None
    remove: Callable[..., Any] | None = None
    more: Sequence[Group] = ()  # shown on the record's page only
    search: Sequence[str] | Callable[[Access, QuerySet[Any], str], QuerySet[Any]] = ()
    filters: Sequence[str] = ()
    sort: str = "pk"
    choices: Mapping[str, Choices] = field(default_factory=dict)
    as_said: frozenset[str] = frozenset()  # long texts of children: nobody is told to say them otherwise
    careful: frozenset[str] = frozenset()  # two edits of these are never put together by the site
    exports: bool = True
    imports: bool = True
    purpose: str = ""  # for which identities are read on its pages; a code
    part_of: str = ""  # kind of the register under which it is found: the menu has that one only

    def __post_init__(self) -> None:
        if self.sealed and not self.purpose:
            raise ValueError(f"{self.kind}: identities are read for a purpose only")
        if (self.change or self.remove) and not self.is_field("version"):
            raise ValueError(f"{self.kind}: without a version, an edit would overwrite another one unseen")

    @cached_property
    def shown(self) -> tuple[Column, ...]:
        return tuple(one if isinstance(one, Column) else Column(one) for one in self.columns)

    @cached_property
    def fields(self) -> tuple[str, ...]:
        """All that can be edited, in the order of the form."""
        return tuple(name for group in self.groups for name in group.fields)

    @cached_property
    def sealed(self) -> Mapping[str, models.Field[Any, Any]]:
        """The fields that lie sealed; empty for an ordinary register."""
        return sealed_fields(self.model) or {}

    def is_field(self, name: str) -> bool:
        """Whether it is a column of the database."""
        return name not in self.sealed and self.field(name) is not None

    def field(self, name: str) -> models.Field[Any, Any] | None:
        """A column, or a sealed field, which has a label and a form as if it were one."""
        if name in self.sealed:
            return self.sealed[name]
        try:
            found = self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return None
        return found if isinstance(found, models.Field) else None

    def label(self, name: str) -> str:
        """What a field or column is called, in the reader's language."""
        if name not in self._labels:
            self._labels[name] = self._label(name)
        return str(self._labels[name])

    def words(self, name: str) -> Mapping[Any, Words]:
        """The values that a column can have, each in words; empty where it has no such list."""
        if name not in self._words:
            found = self.field(name) if self.is_field(name) else None
            self._words[name] = dict(found.flatchoices) if found is not None and found.choices else {}
        return self._words[name]

    @cached_property
    def _labels(self) -> dict[str, Words]:
        return {}

    @cached_property
    def _words(self) -> dict[str, Mapping[Any, Words]]:
        return {}

    def _label(self, name: str) -> Words:
        for column in self.shown:
            if column.name == name and column.label:
                return column.label
        found = self.field(name)
        if found is not None:
            return found.verbose_name
        return getattr(getattr(self.model, name, None), "short_description", None) or name


_registers: dict[str, Register] = {}


def register_screens(register: Register) -> Register:
    """Make a register known; called at the end of a room's `screens.py`, which is found by itself."""
    known = _registers.get(register.kind)
    if known is not None and known.model is not register.model:
        raise ValueError(f"two registers are called {register.kind}")
    _registers[register.kind] = register
    return register


def registers() -> dict[str, Register]:
    """All registers by kind; the first call reads every room's `screens.py`."""
    _read_all()
    return dict(_registers)


@cache
def _read_all() -> None:
    from django.utils.module_loading import autodiscover_modules

    autodiscover_modules("screens")


def register_of(kind: str) -> Register | None:
    return registers().get(kind)


def forget_screens(kind: str) -> None:
    """For tests that declare a register of their own."""
    _registers.pop(kind, None)
