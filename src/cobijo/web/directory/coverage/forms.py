"""What the pages of the room ask: of which kind, and for which child."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from cobijo.web.core import country
from cobijo.web.core.screens import asking
from cobijo.web.directory.coverage.models import NATIONAL, Child
from cobijo.web.directory.services.models import ForWhom, ServiceKind


def _ages() -> list[tuple[str, str]]:
    years = [
        (str(age), ngettext("%(age)s year", "%(age)s years", age) % {"age": age})
        for age in range(country.pack().population.under_age)
    ]
    return [("", gettext("Any")), *years]


class Asked(asking.Asked):
    """One choice a question, all by GET; what is not among the choices is as if it had not been asked."""

    kind = forms.ChoiceField(label=_("Kind of service"), choices=ServiceKind.choices, required=False)
    whom = forms.ChoiceField(
        label=_("For whom"),
        choices=[("", _("Any child")), (ForWhom.GIRLS, _("Girls")), (ForWhom.BOYS, _("Boys"))],
        required=False,
    )
    age = forms.ChoiceField(label=_("Age"), choices=lazy(_ages, list), required=False)
    disability = forms.BooleanField(label=_("Open to children with a disability"), required=False)
    any_papers = forms.BooleanField(label=_("Whatever the migration papers"), required=False)

    def __init__(self, data: Any, *, any_kind: bool = False) -> None:
        super().__init__(data, auto_id="asked_%s")
        if any_kind:
            self.fields["kind"].choices = [("", _("Any")), *ServiceKind.choices]  # type: ignore[attr-defined]
        self.is_valid()

    @property
    def kind_asked(self) -> str:
        return str(self.cleaned_data.get("kind") or "")

    @property
    def child(self) -> Child:
        found = self.cleaned_data
        age = found.get("age")
        return Child(
            whom=found.get("whom") or "",
            age=int(age) if age else None,
            disability=bool(found.get("disability")),
            any_papers=bool(found.get("any_papers")),
        )


def area_names(language: str) -> dict[str, str]:
    """The words for every area, the whole country too."""
    return {**country.area_names(language), NATIONAL: gettext("The whole country")}
