"""The forms of this room. Each asks what its service takes, in the order in which one tells it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cobijo.web.care.cases.rules import tables
from cobijo.web.care.children.words import area_choices
from cobijo.web.care.justice import choices
from cobijo.web.care.justice.models import Proceeding
from cobijo.web.care.justice.states import GOING_ON, STEPS, State
from cobijo.web.core.screens import asking

NOTE = _("Note")
NO_NAMES = _("No names of people: who did it stays a relation and a role.")
MAYBE_A_CHILD = ("maybe_child", _("a child, or maybe a child"))


def picked(kind: Any) -> list[tuple[str, Any]]:
    """A list to choose from that begins with nothing, so that nobody saves what they did not choose."""
    return [("", "—"), *kind.choices]


def day(label: Any, *, required: bool = True, help_text: Any = "", now: bool = False) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        initial=timezone.localdate if now else None,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def words(label: Any = NOTE, help_text: Any = NO_NAMES) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=8_000,
    )


def areas() -> list[tuple[str, str]]:
    """The states of the pack, by name."""
    return sorted(area_choices(), key=lambda one: one[1])


def offence_choices() -> list[tuple[str, str]]:
    """Each offence with the law that names it."""
    return [(one.code, offence_line(one)) for one in tables().offences]


def offence_name(one: Any) -> str:
    language = "en" if (get_language() or "es").startswith("en") else "es"
    return str(one.names.get(language) or one.names["es"])


def offence_line(one: Any) -> str:
    """The offence, the national article and the code of the international classification."""
    law = f"{one.law} {one.article}".strip()
    return f"{offence_name(one)} · {law} · ICCS {one.iccs}"


class Asked(asking.Asked):
    """A form of one thing. `values()` is what a service takes, without what was left empty."""

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class StartForm(Asked):
    opened_on = day(_("Day of the complaint"), now=True)
    authority = forms.ChoiceField(label=_("Where it was made"), choices=picked(choices.Authority))
    area = forms.ChoiceField(
        label=_("State of that authority"), required=False, help_text=_("Empty: federal.")
    )
    relation = forms.ChoiceField(label=_("Who the person is to the child"), choices=picked(choices.Relation))
    part = forms.ChoiceField(label=_("What the person is alleged to have done"), choices=picked(choices.Part))
    offender_age = forms.ChoiceField(
        label=_("The person is"), choices=[*picked(choices.OffenderAge), MAYBE_A_CHILD]
    )
    offences = forms.MultipleChoiceField(
        label=_("Offences that the authority has named"), required=False, widget=forms.CheckboxSelectMultiple
    )
    expected_by = day(
        _("Next step expected by"), help_text=_("If nobody said: the day on which you will ask again.")
    )
    file_number = forms.CharField(label=_("File number"), required=False, max_length=200)
    note = words()

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        _choices(self, "area", [("", "—"), *areas()])
        _choices(self, "offences", offence_choices())


class StepForm(Asked):
    to = forms.ChoiceField(label=_("What happened"))
    on = day(_("Day of the step"), now=True)
    authority = forms.ChoiceField(label=_("Authority"), choices=picked(choices.Authority))
    area = forms.ChoiceField(
        label=_("State of that authority"), required=False, help_text=_("Empty: federal.")
    )
    verdict = forms.ChoiceField(
        label=_("If it is a judgment: what the court decided"),
        required=False,
        choices=picked(choices.Verdict),
    )
    expected_by = day(
        _("Next step expected by"),
        required=False,
        help_text=_(
            "If nobody said: the day on which you will ask again. Empty where nothing more is expected."
        ),
    )
    note = words()

    def __init__(self, one: Proceeding, data: Any = None) -> None:
        super().__init__(data)
        steps = STEPS[State(one.state)]
        _choices(self, "to", [("", "—"), *((to.value, to.label) for to in State if to in steps)])
        _choices(self, "area", [("", "—"), *areas()])

    def clean(self) -> dict[str, Any]:
        """A step to rest expects nothing, whatever was left in the field."""
        said = super().clean() or {}
        if said.get("to") and said["to"] not in GOING_ON:
            said["expected_by"] = None
        return said


class CorrectForm(Asked):
    on = day(_("Day of the step"))
    authority = forms.ChoiceField(label=_("Authority"), choices=picked(choices.Authority))
    area = forms.ChoiceField(
        label=_("State of that authority"), required=False, help_text=_("Empty: federal.")
    )
    verdict = forms.ChoiceField(
        label=_("If it is a judgment: what the court decided"),
        required=False,
        choices=picked(choices.Verdict),
    )

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        _choices(self, "area", [("", "—"), *areas()])

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class ChangeForm(Asked):
    relation = forms.ChoiceField(label=_("Who the person is to the child"), choices=choices.Relation.choices)
    part = forms.ChoiceField(label=_("What the person is alleged to have done"), choices=choices.Part.choices)
    offender_age = forms.ChoiceField(
        label=_("The person is"), choices=[*choices.OffenderAge.choices, MAYBE_A_CHILD]
    )
    offences = forms.MultipleChoiceField(
        label=_("Offences that the authority has named"), required=False, widget=forms.CheckboxSelectMultiple
    )
    file_number = forms.CharField(label=_("File number"), required=False, max_length=200)
    note = words()

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        _choices(self, "offences", offence_choices())

    def values(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class DelayForm(Asked):
    reason = forms.ChoiceField(label=_("Why it did not come"), choices=picked(choices.DelayReason))
    until = day(_("Now expected by"))
    note = words()


class MeasureForm(Asked):
    kind = forms.ChoiceField(label=_("Measure"), choices=picked(choices.MeasureKind))
    state = forms.ChoiceField(label=_("How far it is"), choices=choices.MeasureState.choices)
    asked_on = day(_("Asked for on"), now=True)
    ordered_on = day(_("Ordered on"), required=False)
    until = day(_("Holds until"), required=False)
    note = words()

    def values(self) -> dict[str, Any]:
        return {"ordered_on": None, "until": None} | super().values()


class ReparationForm(Asked):
    kind = forms.ChoiceField(label=_("What was ordered"), choices=picked(choices.ReparationKind))
    ordered_on = day(_("Ordered on"), now=True)
    due_by = day(_("Due by"), required=False)
    amount = forms.IntegerField(
        label=_("Amount ordered, without cents"), required=False, min_value=0, max_value=2**31 - 1
    )
    state = forms.ChoiceField(label=_("How far it is"), choices=choices.ReparationState.choices)
    received = forms.IntegerField(
        label=_("Amount that arrived, without cents"), required=False, min_value=0, max_value=2**31 - 1
    )
    arrived_on = day(_("Arrived on"), required=False)
    note = words()

    def values(self) -> dict[str, Any]:
        return {"due_by": None, "amount": None, "received": None, "arrived_on": None} | super().values()


class AlertForm(Asked):
    done = forms.ChoiceField(label=_("The child was"), choices=picked(choices.Done))
    ground = forms.ChoiceField(label=_("Because of"), choices=picked(choices.Ground))
    happened_on = day(_("On"), now=True)
    authority = forms.ChoiceField(label=_("By which authority"), choices=picked(choices.Authority))
    area = forms.ChoiceField(label=_("In which state"))
    place = forms.CharField(
        label=_("Where the child is now"),
        required=False,
        max_length=200,
        help_text=_("Only your team reads this."),
    )
    note = words(_("What a lawyer must know first"), _("Only your team reads this."))

    def __init__(self, data: Any = None, *, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        _choices(self, "area", areas())


class RepresentedForm(Asked):
    on = day(_("Since which day"), now=True)


class EndForm(Asked):
    end = forms.ChoiceField(label=_("How it ended"), choices=picked(choices.AlertEnd))
    on = day(_("On which day"), now=True)


class ApartForm(Asked):
    alleged = forms.ChoiceField(label=_("What is alleged"), choices=picked(choices.Alleged))
    relation = forms.ChoiceField(
        label=_("What this child is to the child of the case"), choices=picked(choices.AllegedIs)
    )
    help = forms.ChoiceField(label=_("Who looks after this child"), choices=choices.OwnHelp.choices)
    note = words(help_text=_("No names. Only a supervisor reads this."))


class HelpForm(Asked):
    help = forms.ChoiceField(label=_("Who looks after this child"), choices=choices.OwnHelp.choices)


def _choices(form: forms.Form, name: str, pairs: list[tuple[str, Any]]) -> None:
    field: Any = form.fields[name]
    field.choices = pairs
