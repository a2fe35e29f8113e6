"""The types of the API, made from a register: what may be asked, what is read, what is sent."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, get_type_hints

from django import forms
from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from cobijo.web.core.screens import exporting
from cobijo.web.core.screens.listing import SIZE
from cobijo.web.core.screens.register import Register

MOST = 200  # rows a page


def asked_type(register: Register) -> type[Schema]:
    """What may be asked of a list."""
    fields: dict[str, Any] = {
        "q": (str, Field("", max_length=100)),
        "sort": (str, Field("", max_length=80)),
        "page": (int, Field(1, ge=1, le=10_000)),
        "size": (int, Field(SIZE, ge=1, le=MOST)),
    }
    for name in register.filters:
        fields[name] = (str, Field("", max_length=80))
    made: type[Schema] = create_model(f"{register.kind}_asked", __base__=Schema, **fields)
    return made


def record_types(register: Register) -> tuple[type[Schema], type[Schema]]:
    """One record as it is read (what may not be seen is not there), and as it is sent."""
    read: dict[str, Any] = {"id": (int, ...), "version": (int | None, None)}
    sent: dict[str, Any] = {}
    for column in exporting.columns(register):
        read[column.name] = (_type(register, column.name) | None, None)
    for name in register.fields:
        sent[name] = (_type(register, name) | None, None)
    out: type[Schema] = create_model(f"{register.kind}", __base__=Schema, **read)
    strict = type("Strict", (Schema,), {"model_config": ConfigDict(extra="forbid"), "__module__": __name__})
    into: type[Schema] = create_model(f"{register.kind}_new", __base__=strict, **sent)
    return out, into


def _type(register: Register, name: str) -> Any:
    field = register.field(name)
    made = field.formfield() if field is not None and not field.is_relation else None
    if field is not None and field.is_relation:
        return int
    if isinstance(made, forms.BooleanField):
        return bool
    if isinstance(made, forms.DecimalField):  # Django's is a kind of IntegerField: it must be asked first
        return Decimal
    if isinstance(made, forms.IntegerField) and not isinstance(made, forms.FloatField):
        return int
    if isinstance(made, forms.DateField):
        return date
    return _computed(register, name) if field is None else str


def _computed(register: Register, name: str) -> Any:
    """Of a column that no field holds: what its property says that it gives; text where it does not say."""
    said = getattr(getattr(register.model, name, None), "fget", None)
    gives = get_type_hints(said).get("return") if said is not None else None
    return gives if gives in (bool, int, date) else str
