"""The form of a register: from the model's fields, with choices that the person may choose."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from django import forms
from django.db import models
from django.db.models import QuerySet

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.kinds import kinds
from cobijo.web.core.access.policy import visible
from cobijo.web.core.screens.identity import identity_of
from cobijo.web.core.screens.register import Group, Register
from cobijo.web.core.screens.wording import AS_SAID, read


class RegisterForm(forms.ModelForm[Any]):
    """A form of one record. `values()` is what a service takes."""

    register: Register

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}

    def grouped(self) -> list[tuple[Group, list[forms.BoundField]]]:
        """The fields as they stand on the page."""
        found = [
            (group, [self[name] for name in group.fields if name in self.fields])
            for group in self.register.groups
        ]
        return [(group, fields) for group, fields in found if fields]


def make_form(
    access: Access,
    register: Register,
    *,
    record: Any = None,
    data: Mapping[str, Any] | None = None,
    only: Collection[str] | None = None,
) -> RegisterForm:
    """The form of a new record, or of one that is there. `only` are the fields that the policy lets be seen.

    Of a record that is there, sealed fields are asked only where its identity was read (`identity.attach`).
    """
    read = identity_of(record) if record is not None else None
    hidden = frozenset(register.sealed) if record is not None and read is None else frozenset()
    names = [name for name in register.fields if (only is None or name in only) and name not in hidden]

    def formfield(field: models.Field[Any, Any], **options: Any) -> forms.Field | None:
        return _formfield(access, register, field, options)

    sealed = {
        name: _formfield(access, register, register.sealed[name], {})
        for name in names
        if name in register.sealed
    }
    base = type("SealedForm", (RegisterForm,), dict(sealed)) if sealed else RegisterForm
    plain = [name for name in names if name not in sealed]
    made: Any = forms.modelform_factory(register.model, form=base, fields=plain, formfield_callback=formfield)
    made.register = register
    initial = {} if record is not None else _usual(access, register, names)
    if read is not None:
        initial |= {name: read.get(name) for name in sealed}
    form: RegisterForm = made(data=data, instance=record, initial=initial)
    form.order_fields(names)
    return form


def choices_of(access: Access, register: Register, name: str) -> Any:
    """What may be chosen for a field: a queryset, pairs, or None where the field's own choices hold.

    Another record can be chosen only where it may be listed; one of a kind that nobody registered, never.
    """
    access = replace(access, only=None)  # a key that may add a service may name its organisation
    given = register.choices.get(name)
    if given is not None:
        found = given(access)
        return found if isinstance(found, QuerySet) else list(found)
    field = register.field(name)
    if field is None or not field.is_relation:
        return None
    model: Any = field.related_model
    kind = next((one for one, known in kinds().items() if known.model is model), "")
    return visible(access, kind, model._default_manager.all())


def styled(field: forms.Field) -> forms.Field:
    """Bootstrap's classes, and under a long text the note on its words. Radios and ticks stay as they are."""
    if isinstance(field.widget, forms.Textarea):
        field.widget = read(field.widget)
    widget = field.widget
    if isinstance(widget, forms.RadioSelect):  # a group of ticks is one too
        return field
    if isinstance(widget, forms.CheckboxInput):
        widget.attrs.setdefault("class", "form-check-input")
    elif isinstance(widget, forms.Select):
        widget.attrs.setdefault("class", "form-select")
    else:
        widget.attrs.setdefault("class", "form-control")
    return field


def _formfield(
    access: Access, register: Register, field: models.Field[Any, Any], options: dict[str, Any]
) -> forms.Field | None:
    given = choices_of(access, register, field.name)
    if isinstance(given, QuerySet) and field.is_relation:
        options["queryset"] = given
        made = field.formfield(**options)
    elif given is not None:
        blank = [("", "—")] if field.blank or not field.has_default() else []
        made = forms.ChoiceField(
            choices=[*blank, *given],
            required=not field.blank,
            label=str(field.verbose_name).capitalize(),
            help_text=str(field.help_text),
        )
    else:
        if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
            options["widget"] = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
        made = field.formfield(**options)
    if made is not None and field.name in register.as_said:
        made.widget.attrs[AS_SAID] = ""
    return styled(made) if made is not None else None


def _usual(access: Access, register: Register, names: Collection[str]) -> dict[str, Any]:
    """A new record is mostly for the own organisation."""
    return {"organisation": access.organisation_id} if "organisation" in names else {}
