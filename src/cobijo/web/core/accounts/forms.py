"""What is asked of a person on this room's pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.access.context import Access
from cobijo.web.core.accounts import queries
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.accounts.roles import SENTENCES, Role
from cobijo.web.core.accounts.services import TOKEN_LASTS_AT_MOST
from cobijo.web.core.country import area_names


class AcceptForm(forms.Form):
    name = forms.CharField(
        label=_("Your name"),
        help_text=_("As colleagues know you."),
        max_length=120,
        widget=forms.TextInput({"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 characters. Four words that do not belong together are good."),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same password once more"),
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if "again" in said and said.get("password") != said["again"]:
            self.add_error("again", _("The two passwords are not the same. Write them once more."))
        return said


class InviteForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("The link goes to this address, and to nowhere else."),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Organisation"), empty_label=None
    )
    language = forms.ChoiceField(label=_("Language of the e-mail"), choices=settings.LANGUAGES)
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one role; without one, the account could do nothing.")
        },
    )

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = queries.organisations(access)  # type: ignore[attr-defined]

    @property
    def sentences(self) -> list[dict[str, Any]]:
        """The roles with the sentence of each, for the checkboxes."""
        chosen = self.data.getlist("roles") if self.is_bound else []  # type: ignore[attr-defined]
        return [
            {
                "value": role.value,
                "label": role.label,
                "sentence": SENTENCES[role],
                "chosen": role.value in chosen,
            }
            for role in Role
        ]


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    area = forms.ChoiceField(
        label=_("State"),
        help_text=_("Only for roles that reach states: the data steward of one state, say."),
        choices=lambda: [("", _("As far as the role reaches")), *area_names(get_language() or "es").items()],
        required=False,
    )


class KeyForm(forms.Form):
    name = forms.CharField(
        label=_("What is it for?"), max_length=80, widget=forms.TextInput({"autocomplete": "off"})
    )
    days = forms.IntegerField(
        label=_("For how many days?"),
        min_value=1,
        max_value=TOKEN_LASTS_AT_MOST.days,
        initial=90,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )
    actions = forms.MultipleChoiceField(
        label=_("What may it do?"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one thing that the key may do.")},
    )

    def __init__(self, access: Access, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offered = list(queries.actions_for_keys(access))
        self.fields["actions"].choices = [  # type: ignore[attr-defined]
            (f"{action}:{one.kind}", f"{action} {one.title}")
            for one in self.offered
            for action in one.actions
        ]

    @property
    def sections(self) -> list[dict[str, Any]]:
        """As the menu has them; one row a register, with a checkbox for each action. One with a choice stands open."""
        chosen = self.data.getlist("actions") if self.is_bound else []  # type: ignore[attr-defined]
        found: dict[str, list[dict[str, Any]]] = {}
        for one in self.offered:
            boxes = [_box(f"{action}:{one.kind}", action, chosen) for action in one.actions]
            found.setdefault(one.section, []).append({"title": one.title, "boxes": boxes})
        return [
            {
                "title": title,
                "rows": rows,
                "open": any(box["chosen"] for row in rows for box in row["boxes"]),
            }
            for title, rows in found.items()
        ]


ACTION_WORDS = {
    "list": _("list"), "see": pgettext_lazy("may", "open"), "history": _("see the history"),
    "add": _("add"), "change": _("change"), "remove": _("remove"),
}  # fmt: skip


def _box(value: str, action: str, chosen: list[str]) -> dict[str, Any]:
    return {"value": value, "label": ACTION_WORDS[action], "chosen": value in chosen}
