"""What the pages of the room ask: an explanation, and what a report does about a contradiction."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.screens.asking import Asked
from cobijo.web.knowledge.evidence.models import Choice, ContradictionKind, State


class Explanation(forms.Form):
    explanation = forms.CharField(
        label=_("Why they do not go together"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "class": "form-control"}),
        help_text=_(
            "It stands beside both figures, on the public pages too. Name no child and nobody accused."
        ),
    )


class Decision(Asked):
    report = forms.CharField(
        label=_("Report"),
        max_length=160,
        help_text=_("Its title and year. Another report may decide otherwise."),
    )
    choice = forms.ChoiceField(label=_("What this report does"), choices=Choice.choices)
    reason = forms.CharField(
        label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3, "class": "form-control"})
    )


class Narrowed(Asked):
    """Which contradictions are listed; what is not among the choices is as if it had not been asked."""

    kind = forms.ChoiceField(
        label=_("Kind"), required=False, choices=[("", _("Any")), *ContradictionKind.choices]
    )
    state = forms.ChoiceField(
        label=_("How far it is"),
        required=False,
        choices=[("", _("All but those that are gone")), *State.choices],
    )

    def __init__(self, data: object) -> None:
        super().__init__(data, auto_id="asked_%s")
        self.is_valid()

    def asked(self, name: str) -> str:
        return str(self.cleaned_data.get(name) or "")
