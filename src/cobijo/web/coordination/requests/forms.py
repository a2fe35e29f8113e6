"""The questions of each step of a request."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.web.coordination.groups.rules import today
from cobijo.web.coordination.requests import queries
from cobijo.web.coordination.requests.choices import Grade
from cobijo.web.coordination.requests.models import Request
from cobijo.web.coordination.requests.rules import language
from cobijo.web.core.access.context import Access
from cobijo.web.core.screens.asking import Asked, day, words
from cobijo.web.directory.networks.models import Membership


class OnForm(Asked):
    """Only the day; today, unless it was another one."""

    on = day(_("on which day"))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **({"initial": {"on": today()}} | named))


class AnswerForm(OnForm):
    answer = words(
        _("what they answered"), 20_000,
        help_text=_("In your own words. If their letter names a child, leave that out."),
    )  # fmt: skip


class GradeForm(Asked):
    grade = forms.ChoiceField(label=_("grade of the answer"), choices=Grade.choices)
    reason = words(_("why this grade"), 600)


class EscalateForm(OnForm):
    """The next rung, who is asked there, and which members of a network support it."""

    rung = forms.ChoiceField(label=_("rung"))
    to = forms.CharField(
        label=_("to whom"), max_length=200, required=False, help_text=_("Empty: as the ladder says it.")
    )
    note = words(_("what was asked"), 4000, required=False)
    answer_by = day(_("answer expected by"), required=False, help_text=_("Empty: nobody said."))
    supporters = forms.ModelMultipleChoiceField(
        queryset=Membership.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        label=_("who of a network supports it"), help_text=_("Only those who said yes to this step."),
    )  # fmt: skip
    field_order = ("rung", "on", "to", "note", "answer_by", "supporters")

    def __init__(self, access: Access, request: Request, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        fields: Any = self.fields
        fields["rung"].choices = [
            (one.code, f"{one.names[language()]}: {one.to[language()]}")
            for one in queries.rungs_left(request)
        ]
        fields["supporters"].queryset = queries.supporters(access)
        fields["supporters"].label_from_instance = lambda one: f"{one.member} · {one.network}"

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "supporters": list(self.cleaned_data["supporters"])}


class CloseForm(Asked):
    outcome = words(_("what came of it"), 600, help_text=_("Also where nothing did: then say so."))
