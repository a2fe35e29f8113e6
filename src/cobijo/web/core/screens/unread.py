"""Cells of a table that cannot be read: what the cell says, and how it is written instead."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext_lazy as _


def day_formats() -> list[str]:
    """A day reads the same whoever asks: in Spanish 01/02/2026 is the first of February; in English it is refused."""
    spanish = (translation.get_language() or "").startswith("es")
    return ["%Y-%m-%d", "%d/%m/%Y"] if spanish else ["%Y-%m-%d"]


#: What a field says of a text that it cannot read at all; what lies out of bounds it says well itself.
UNREAD = frozenset({"invalid", "max_digits", "max_decimal_places", "max_whole_digits"})


def mended(field: forms.Field, wrong: ValidationError, text: str) -> ValidationError:
    """Of a day or a number that cannot be read: the cell, and how it is written."""
    if not {one.code for one in wrong.error_list} <= UNREAD:
        return wrong
    if isinstance(field, forms.DateField):
        return ValidationError(_("“%(value)s” is no day. Write it as 2026-11-24."), params={"value": text})
    if isinstance(field, forms.DecimalField | forms.IntegerField):
        said = _("“%(value)s” is no number that can stand here. Write it in digits, as 12 or 12.5.")
        return ValidationError(said, params={"value": text})
    return wrong
