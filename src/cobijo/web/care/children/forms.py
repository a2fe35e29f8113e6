"""Forms of concerns and children. Fields come from the core fields, so that each says why it is asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cobijo.web.care.children import words
from cobijo.web.care.children.deriving import ELEMENTS
from cobijo.web.care.children.fields import FieldDeclaration, fields_of
from cobijo.web.care.children.form_parts import (
    NOT_CHOSEN,
    CareForm,
    Label,
    choice,
    day,
    line,
    radios,
    text,
    ticks,
    yes_no,
)
from cobijo.web.care.children.models import (
    AgeBand,
    AgeKnown,
    BodyKind,
    Event,
    Ground,
    Noticer,
    SetAside,
    Sign,
    Status,
    Urgency,
)
from cobijo.web.care.children.rule_reading import load_rules
from cobijo.web.core import country
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.figures import reading

# --- Who -----------------------------------------------------------------------------------------------------------


def field_for(one: FieldDeclaration) -> forms.Field:
    """The field of a form for a core field, with the line that says why it is asked."""
    if one.name == "age_known":
        return choice(one.label, AgeKnown.choices, one.purpose)
    if one.sealing is None:
        return line(one.label, one.purpose)
    if one.sealing.holds == "date":
        return day(one.label, one.purpose)
    if one.sealing.holds == "yes_no":
        return yes_no(one.label, one.purpose)
    if one.sealing.holds == "code":
        pairs = words.GENDER if one.name == "gender" else words.MIGRATION
        return choice(one.label, pairs.items(), one.purpose, required=False)
    if one.sealing.holds == "text":
        return text(one.label, one.purpose, as_said=one.as_said)
    return line(one.label, one.purpose)


class SearchForm(CareForm):
    """What is known of a child, to look for it before anything is written."""

    given = line(_("Given names"))
    surname1 = line(_("First surname"))
    surname2 = line(_("Second surname"))
    birth_date = day(_("Day of birth"), _("Leave it empty if nobody is sure."))
    official_id = line(_("Official id"))


class ChildForm(CareForm):
    """Every core field of a child. None is required for any service."""

    groups = (
        (_("Who"), ("chosen_name", "given", "surname1", "surname2", "birth_date", "age_known", "official_id")),
        (_("Reaching the child safely"), ("safe_contact", "contact")),
        (_("In the child’s own words"), ("gender", "indigenous_people", "language", "interpreter",
                                        "disability_accommodations", "migration_situation")),
    )  # fmt: skip

    def __init__(self, data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        made = {one.name: field_for(one) for one in fields_of("child")}
        super().__init__(data, {"age_known": AgeKnown.UNKNOWN} | dict(initial or {}), made)


class AskForm(CareForm):
    """A question to other organisations: what for."""

    purpose = choice(_("What do you need it for?"), words.PURPOSES.items())


# --- Concerns ------------------------------------------------------------------------------------------------------

SAFE: tuple[tuple[str, Label], ...] = (
    ("safe", _("Yes, somewhere safe")),
    ("not_safe", _("No")),
    ("unknown", _("I do not know")),
)
AGREES: tuple[tuple[str, Label], ...] = (
    ("agrees", _("Yes")),
    ("refuses", _("No")),
    ("not_asked", _("It was not safe or not possible to ask")),
)


class NoticeForm(CareForm):
    """The one screen of whoever notices something. The rest is asked by whoever takes it up."""

    signs = ticks(
        _("What did you notice?"),
        Sign.choices,
        _("None of these proves anything. Tick what you saw or heard."),
    )
    narrative = text(
        _("In a few words"), _("What you saw or heard, not what you think. No diagnosis."), rows=2
    )
    age_band = radios(_("How old, about?"), AgeBand.choices)
    area = choice(_("In which state?"), ())
    urgency = radios(_("How soon must somebody act?"), Urgency.choices)
    safe_now = radios(_("Is the child safe right now?"), SAFE)
    where_now = line(_("Where can the child be found safely?"), _("Only if you know. It is sealed."))
    consent = radios(
        _("Does the child agree that somebody comes to help?"), AGREES,
        _("A no does not end your duty to report. It tells the caseworker how to begin."),
    )  # fmt: skip
    called = line(_("How does the child want to be called?"), _("Only if the child said it."))
    material_shown = forms.BooleanField(
        label=_("Somebody showed or mentioned pictures or videos of abuse"), required=False
    )
    noticed_on = day(_("When did you notice it?"), initial=timezone.localdate)

    def __init__(self, data: Any = None, others: Sequence[Organisation] = ()) -> None:
        """`others`: who else may take it up, where nobody of the own organisation does."""
        self.others = {str(one.pk): one for one in others}
        asked = {"to": choice(_("Who should take it up?"), [(pk, one.name) for pk, one in self.others.items()],
                              _("Nobody at your organisation takes up concerns on this site yet."))}  # fmt: skip
        super().__init__(data, None, asked if others else None)
        chosen: Any = self.fields["area"]
        chosen.choices = [*NOT_CHOSEN, *words.area_choices()]

    def row(self) -> dict[str, Any]:
        """The row that `noticing.notice` takes; what has no column of its own goes sealed into the words."""
        said = self.cleaned_data
        safe, agrees = dict(SAFE)[said["safe_now"]], dict(AGREES)[said["consent"]]
        first = f"{_('Is the child safe right now?')} {safe}. "
        first += f"{_('Does the child agree that somebody comes to help?')} {agrees}."
        unsafe = said["safe_now"] == "not_safe" and said["urgency"] in {Urgency.DAYS, Urgency.CAN_WAIT}
        return {
            "signs": said["signs"],
            "narrative": f"{said['narrative']}\n{first}".strip()
            if said["signs"] or said["narrative"]
            else "",
            "age_band": said["age_band"],
            "area": said["area"],
            "urgency": Urgency.TODAY if unsafe else said["urgency"],
            "where_now": said["where_now"],
            "chosen_name": said["called"],
            "material_shown": said["material_shown"],
            "noticed_on": said["noticed_on"] or timezone.localdate(),
            "to": self.others.get(said.get("to", "")),
        }


class NoticerForm(NoticeForm):
    """The same for whoever is not a health worker: it also asks who noticed."""

    noticer = choice(_("Who noticed it?"), Noticer.choices)

    def row(self) -> dict[str, Any]:
        return super().row() | {"noticer": self.cleaned_data["noticer"]}


class SetAsideForm(CareForm):
    reason = choice(_("Why does it lead to no child here?"), SetAside.choices)


# --- Events and status ---------------------------------------------------------------------------------------------

ELEMENT_GROUPS: tuple[tuple[Label, tuple[str, ...]], ...] = (
    (_("What was done"), ("sexual_act", "sexual_material", "online", "travel_tourism")),
    (_("Something in exchange"), ("exchange_given", "exchange_promised", "exchange_to_child",
                                  "exchange_to_third_party", "exchange_kind")),
    (_("Acts of others"), ("act_recruit", "act_transport", "act_transfer", "act_harbour", "act_receive",
                           "transfer_of_child", "moved_within_country", "moved_across_border")),
    (_("By which means"), ("means_force", "means_deception", "means_abuse_of_power", "means_payment")),
    (_("To what end"), ("purpose_sexual", "purpose_labour", "purpose_organs", "purpose_adoption",
                        "purpose_marriage", "purpose_other")),
    (_("A third party, never a name"), ("third_party", "third_party_relation", "third_party_role")),
)  # fmt: skip


class EventForm(CareForm):
    """One event by its elements, each yes, no or not known. Nobody picks a label."""

    groups = ((_("When and where"), ("began_on", "ended_on", "area", "narrative")), *ELEMENT_GROUPS)

    def __init__(self, data: Any = None, initial: Mapping[str, Any] | None = None) -> None:
        rules, language = load_rules(country.pack_name()), reading()
        fields: dict[str, forms.Field] = {
            "began_on": day(_("Began on"), _("About, if nobody knows the day.")),
            "ended_on": day(_("Ended on")),
            "area": choice(_("State"), words.area_choices(), required=False),
            "narrative": text(
                _("In few words"), _("Only what helps to protect the child. No names of others.")
            ),
        }
        for name, holds in ELEMENTS.items():
            shown = rules.elements[name]
            label, help_ = shown.names[language].capitalize(), shown.meaning[language]
            if holds is bool:
                fields[name] = yes_no(label, help_)
            elif name == "exchange_kind":
                kinds = [(code, names[language]) for code, names in rules.codes.get(name, {}).items()]
                fields[name] = ticks(label, kinds, help_)
            else:
                pairs = words.RELATIONS if name == "third_party_relation" else words.ROLES
                fields[name] = choice(label, pairs.items(), help_, required=False)
        super().__init__(data, _flat(initial or {}), fields)

    def values(self) -> dict[str, Any]:
        said = dict(self.cleaned_data)
        elements = {name: said.pop(name) for name in ELEMENTS}
        elements["exchange_kind"] = "|".join(elements["exchange_kind"])
        return {**said, "elements": {name: one for name, one in elements.items() if one not in (None, "")}}

    def said(self, name: str, value: Any) -> str:
        if name == "elements" and isinstance(value, Mapping):
            rules = load_rules(country.pack_name())
            return "; ".join(
                f"{rules.name_of(key, reading())}: {super(EventForm, self).said(key, one)}"
                for key, one in value.items()
            )
        return super().said(name, value)


def _flat(kept: Mapping[str, Any]) -> dict[str, Any]:
    """An event's kept fields as this form has them."""
    elements = dict(kept.get("elements") or {})
    if elements.get("exchange_kind"):
        elements["exchange_kind"] = str(elements["exchange_kind"]).split("|")
    return {name: value for name, value in kept.items() if name != "elements"} | elements


class StatusForm(CareForm):
    """A decision on status: which body, when, on what ground."""

    status = radios(_("What was decided?"), Status.choices)
    body_kind = choice(_("What kind of body decided?"), BodyKind.choices)
    body = line(_("Name of the body"), _("Of the office, not of a person."), required=True, most=160)
    decided_on = day(_("Decided on"), required=True)
    ground = choice(_("On what ground?"), Ground.choices)
    event = forms.ModelChoiceField(
        label=_("About which event?"), queryset=Event.objects.none(), required=False
    )
    remark = text(_("Remark"), rows=2)

    def __init__(self, events: Any, data: Any = None) -> None:
        super().__init__(data)
        chosen: Any = self.fields["event"]
        chosen.queryset = events


def age_text(born: Any) -> int | None:
    """Age today of a kept day of birth."""
    from cobijo.web.care.children.rules import age_on

    return age_on(date.fromisoformat(born), timezone.localdate()) if born else None
