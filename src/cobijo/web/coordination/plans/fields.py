"""Money in a column: whole cents, so that the database adds it up exactly, on SQLite too; `Decimal` everywhere else."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from cobijo.web.coordination.plans.money import MOST, from_cents, to_cents


class MoneyField(models.BigIntegerField):  # type: ignore[type-arg]
    """An amount that is not negative. `Sum` over it is a `Decimal` too."""

    def from_db_value(self, value: Any, *_of: Any) -> Decimal | None:
        return None if value is None else from_cents(int(value))

    def to_python(self, value: Any) -> Decimal | None:
        if value in (None, ""):
            return None
        try:
            return from_cents(to_cents(Decimal(str(value))))
        except (ArithmeticError, ValueError) as wrong:
            raise ValidationError(self.error_messages["invalid"], params={"value": value}) from wrong

    def get_prep_value(self, value: Any) -> int | None:
        if value is None or hasattr(value, "resolve_expression"):
            return value  # type: ignore[no-any-return]
        return to_cents(Decimal(str(value)))

    def formfield(self, **options: Any) -> Any:
        return models.Field.formfield(
            self, form_class=forms.DecimalField, max_digits=15, decimal_places=2, min_value=0, max_value=MOST,
            **options,
        )  # fmt: skip

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))
