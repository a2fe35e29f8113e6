"""The questions of the room's steps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.web.coordination.groups import queries
from cobijo.web.coordination.groups.models import Meeting, Seat
from cobijo.web.core.access.context import Access
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.screens.asking import Asked, day, words


class HeldForm(Asked):
    """Minutes, and who was there: every seat of the group, to be ticked."""

    minutes = words(
        _("minutes"), 20_000, required=False,
        help_text=_("What was said and agreed. Never a child’s name or what could tell who a child is."),
    )  # fmt: skip
    present = forms.ModelMultipleChoiceField(
        queryset=Seat.objects.none(), label=_("who was there"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip

    def __init__(self, access: Access, meeting: Meeting, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        field: Any = self.fields["present"]
        field.queryset = queries.who_can_come(access, meeting)
        field.label_from_instance = lambda seat: (
            f"{seat.office} · {seat.organisation}" if seat.organisation else f"{seat.office} · {_('vacant')}"
        )

    def values(self) -> dict[str, Any]:
        return {
            "minutes": self.cleaned_data["minutes"],
            "present": [one.pk for one in self.cleaned_data["present"]],
        }


class CancelForm(Asked):
    reason = forms.CharField(label=_("why it does not take place"), max_length=300)


class AgainForm(Asked):
    on = day(_("the new day"))


class DecideForm(Asked):
    """What this meeting decided. Nobody has to answer here: the service refuses a decision without an owner."""

    text = forms.CharField(
        label=_("what was decided"), max_length=600, widget=forms.Textarea(attrs={"rows": 3})
    )
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("who does it"), required=False,
        help_text=_("The organisation that answers for it."),
    )  # fmt: skip
    due_on = day(_("until"))

    def __init__(self, access: Access, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        owner: Any = self.fields["organisation"]
        owner.queryset = queries.who_can_answer(access)
