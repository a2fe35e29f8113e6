"""What is asked on the page that a link opens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.screens.forms import styled
from cobijo.web.directory.services.links import CORRECTED
from cobijo.web.directory.services.models import Answer, Service

CHOICES = (
    (Answer.RIGHT, _("Yes, all of it is right.")),
    (Answer.CORRECTED, _("Almost. I correct it below.")),
    (Answer.ENDED, _("No, we no longer offer this.")),
)


class AnswerForm(forms.ModelForm[Service]):
    """One answer, and the three things that may be corrected."""

    said = forms.ChoiceField(
        label=_("Is this entry still right?"),
        choices=CHOICES,
        widget=forms.RadioSelect(attrs={"class": "form-check-input"}),
        error_messages={
            "required": _("Choose one of the three answers."),
            "invalid_choice": _("Choose one of the three answers."),
        },
    )

    class Meta:
        model = Service
        fields = CORRECTED

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for name in CORRECTED:
            styled(self.fields[name])
        self.fields["capacity"].widget.attrs["inputmode"] = "numeric"

    def validate_constraints(self) -> None:
        """Nothing that is corrected here is part of one."""

    def corrections(self) -> list[forms.BoundField]:
        return [self[name] for name in CORRECTED]
