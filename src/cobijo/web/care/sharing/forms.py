"""The form of a consent."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cobijo.web.care.children.models import Child
from cobijo.web.care.sharing.consents import last_day
from cobijo.web.care.sharing.fields import known
from cobijo.web.care.sharing.models.consents import Giver, Purpose, Says, Verdict
from cobijo.web.care.sharing.recipients import HELPS, PROSECUTORS
from cobijo.web.core.access.context import Access
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.accounts.queries import organisations
from cobijo.web.core.screens.asking import Asked
from cobijo.web.directory.services.models import Service

USUAL = timedelta(days=180)
ANSWERS = [one for one in Verdict.choices if one[0] != Verdict.WITHDRAWN]


class ConsentForm(Asked):
    """One question after the other, in the order of the conversation with the child."""

    recipient = forms.ModelChoiceField(label=_("Who would receive it"), queryset=Organisation.objects.none())
    purpose = forms.ChoiceField(label=_("What for"), choices=Purpose.choices, initial=Purpose.REFERRAL)
    told_duty = forms.BooleanField(
        label=_("I told the child, before anything else, what I must report by law and to whom"),
        required=False,
    )
    told = forms.CharField(
        label=_("What the child was told"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    language = forms.CharField(label=_("Language in which you spoke"), required=False, max_length=80)
    interpreted = forms.BooleanField(label=_("An interpreter helped, who is no relative"), required=False)
    verdict = forms.ChoiceField(label=_("The answer"), choices=ANSWERS, initial=Verdict.GIVEN)
    says = forms.ChoiceField(label=_("The child itself"), choices=Says.choices)
    giver = forms.ChoiceField(label=_("Who decides beside the child"), choices=Giver.choices)
    words = forms.CharField(
        label=_("In the child’s own words"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "data-as-said": True}),
    )
    until = forms.DateField(
        label=_("Until"), required=False, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )
    law = forms.CharField(label=_("Law"), required=False, max_length=80)
    article = forms.CharField(label=_("Article"), required=False, max_length=40)

    def __init__(self, access: Access, child: Child, service: Service | None, data: Any) -> None:
        today = timezone.localdate()
        super().__init__(data, initial={"until": min(today + USUAL, last_day(child, today)[0])})
        self.service = service
        known_ones = organisations(access)
        chosen: Any = self.fields["recipient"]
        chosen.queryset = known_ones.filter(kind__in=HELPS | PROSECUTORS)
        if service is not None:
            chosen.queryset = known_ones.filter(pk=service.organisation_id)
            chosen.initial = service.organisation_id

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        said = dict(self.cleaned_data)
        if said["verdict"] == Verdict.REFUSED:
            said["until"] = None
        if said["verdict"] != Verdict.LAW:
            said["law"] = said["article"] = ""
        ticked = self.data.getlist("fields") if hasattr(self.data, "getlist") else []
        return {**said, "service": self.service, "fields": known(ticked)}
