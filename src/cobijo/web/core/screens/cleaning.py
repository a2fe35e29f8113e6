"""What fields can hold: each is asked once for every value of a batch, since a table says the same again and again."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from cobijo.errors import InputProblem

REMEMBERED = 50_000  # values of a batch; they may be names, so they are dropped with it


class Cleaning:
    """Fields of a model, or its sealed fields, for one batch. What is wrong names row and field, never a value."""

    def __init__(self, fields: Iterable[models.Field[Any, Any]]) -> None:
        # References are checked by the database: one look a row would cost too much.
        self._fields = {one.name: one for one in fields if not one.is_relation}
        self._made: dict[tuple[str, type, Hashable], Any] = {}

    def record(self, record: models.Model, names: Iterable[str], row: int) -> None:
        """Clean some columns of a record in place; other names are passed over."""
        for name in names:
            field = self._fields.get(name)
            if field is None:
                continue
            before = getattr(record, field.attname)
            if field.blank and before in field.empty_values:
                continue
            setattr(record, field.attname, self.value(name, before, row))

    def value(self, name: str, value: Any, row: int) -> Any:
        """What the field makes of a value."""
        if not isinstance(value, Hashable):
            return self._clean(name, value, row)
        key = (name, type(value), value)
        if key not in self._made:
            made = self._clean(name, value, row)
            if len(self._made) >= REMEMBERED:
                return made
            self._made[key] = made
        return self._made[key]

    def _clean(self, name: str, value: Any, row: int) -> Any:
        try:
            return self._fields[name].clean(value, None)
        except ValidationError:
            raise InputProblem("screens.field_wrong", row=row, field=name) from None
