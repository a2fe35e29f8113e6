"""Days and times that become years, where a record is over: what is left of a child cannot be laid beside a diary."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from django.db.models import DateField, DateTimeField, Model, QuerySet
from django.db.models.functions import TruncYear

#: When it was erased is what the page of an erased record says.
STAYS = frozenset({"erased_at"})


def days_of(model: type[Model]) -> tuple[str, ...]:
    """Every field of a table that holds a day or a time."""
    fields = model._meta.concrete_fields
    return tuple(one.name for one in fields if isinstance(one, DateField) and one.name not in STAYS)


def to_years(rows: QuerySet[Any]) -> int:
    """Each day and time of these rows becomes the first day of its year, when the row was made included.

    Of a time it is the year in UTC, as the guards of the database reckon it (see `guards`).
    """
    model = rows.model
    times = {one.name for one in model._meta.concrete_fields if isinstance(one, DateTimeField)}
    cut = {one: TruncYear(one, tzinfo=UTC) if one in times else TruncYear(one) for one in days_of(model)}
    return rows.update(**cut)
