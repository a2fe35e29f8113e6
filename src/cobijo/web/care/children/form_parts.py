"""The parts of which the wing's forms are made: one way to ask for each kind of answer, and a form of flat values.

Nothing is required that is not said to be; nothing typed is completed or kept by the browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext_lazy as _

from cobijo.web.care.children import words
from cobijo.web.core.screens.asking import Asked
from cobijo.web.core.screens.forms import styled
from cobijo.web.core.screens.wording import AS_SAID

Label = Any  # a string, or one that is translated when it is shown
Pairs = Iterable[tuple[str, Label]]
YES_NO: tuple[tuple[str, Label], ...] = (("yes", _("Yes")), ("no", _("No")))
NOT_CHOSEN = [("", "—")]
#: Fields that are kept as one and asked as several.
OTHERS: Mapping[str, Label] = {"elements": _("What was done")}


def _truth(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


def line(label: Label, help_: Label = "", *, required: bool = False, most: int = 200) -> forms.Field:
    attrs = {"autocomplete": "off"}
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, help_text=help_, required=required, max_length=most, widget=widget)


def text(
    label: Label, help_: Label = "", *, required: bool = False, rows: int = 3, as_said: bool = False
) -> forms.Field:
    """`as_said`: a child's own words, which nobody is told to say otherwise."""
    attrs: dict[str, Any] = {"rows": rows, "autocomplete": "off"} | ({AS_SAID: ""} if as_said else {})
    widget = forms.Textarea(attrs=attrs)
    return forms.CharField(label=label, help_text=help_, required=required, max_length=8_000, widget=widget)


def day(label: Label, help_: Label = "", *, required: bool = False, initial: Any = None) -> forms.Field:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, help_text=help_, required=required, initial=initial, widget=widget)


def choice(label: Label, pairs: Pairs, help_: Label = "", *, required: bool = True) -> forms.Field:
    return forms.ChoiceField(
        label=label, help_text=help_, choices=[*NOT_CHOSEN, *pairs], required=required, initial=""
    )


def radios(label: Label, pairs: Pairs, help_: Label = "", *, required: bool = True) -> forms.Field:
    widget = forms.RadioSelect
    return forms.ChoiceField(
        label=label, help_text=help_, choices=list(pairs), required=required, widget=widget
    )


def yes_no(label: Label, help_: Label = "", *, required: bool = False, unknown: Label = "") -> forms.Field:
    """Yes, no, or nobody knows yet."""
    pairs = [*YES_NO, *([] if required else [("", unknown or _("Not known"))])]
    return forms.TypedChoiceField(
        label=label, help_text=help_, choices=pairs, coerce=_truth, empty_value=None,
        required=required, widget=forms.RadioSelect, initial=None if required else "",
    )  # fmt: skip


def ticks(label: Label, pairs: Pairs, help_: Label = "", *, required: bool = False) -> forms.Field:
    return forms.MultipleChoiceField(
        label=label, help_text=help_, choices=list(pairs), required=required,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


class CareForm(Asked):
    """A form of flat values. `groups`: (title, names) as they stand on the page; all in one where empty."""

    groups: tuple[tuple[Label, tuple[str, ...]], ...] = ()

    def __init__(
        self,
        data: Any = None,
        initial: Mapping[str, Any] | None = None,
        made: Mapping[str, forms.Field] | None = None,
    ) -> None:
        super().__init__(data, initial={name: shown_as(value) for name, value in (initial or {}).items()})
        for name, field in (made or {}).items():  # those that depend on the pack or the reader's language
            self.fields[name] = styled(field)
        for name, field in self.fields.items():
            if field.help_text:
                field.widget.attrs.setdefault("aria-describedby", f"help_{name}")

    def values(self) -> dict[str, Any]:
        """What a service takes."""
        return {name: self.cleaned_data[name] for name in self.fields if name in self.cleaned_data}

    def grouped(self) -> list[tuple[Label, list[BoundField]]]:
        if not self.groups:
            return [("", list(self))]
        return [
            (title, [self[name] for name in names if name in self.fields]) for title, names in self.groups
        ]

    def label(self, name: str) -> str:
        return str(self.fields[name].label) if name in self.fields else str(OTHERS.get(name, name))

    def said(self, name: str, value: Any) -> str:
        """A kept value in the words of this form."""
        field: Any = self.fields.get(name)
        if value in (None, "", []):
            return "—"
        pairs = {str(key): str(word) for key, word in getattr(field, "choices", ())}
        if isinstance(value, list):
            return ", ".join(pairs.get(str(one), str(one)) for one in value)
        found = pairs.get(str(shown_as(value)))
        if found:
            return found
        if isinstance(value, Mapping):
            return "; ".join(f"{key}: {words.said(str(key), one)}" for key, one in value.items())
        return words.said(name, value)


def shown_as(value: Any) -> Any:
    if value is True:
        return "yes"
    return "no" if value is False else value
