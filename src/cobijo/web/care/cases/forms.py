"""Forms of a case and of what is written under it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cobijo.web.care.cases import words
from cobijo.web.care.cases.models import Closure, Guardian, Risk, TransferReason, What
from cobijo.web.care.cases.models.work import (
    Consular,
    Doer,
    FollowUpKind,
    ItemState,
    Met,
    PlanKind,
    SiblingKind,
    TaskKind,
    TaskState,
)
from cobijo.web.care.children.form_parts import (
    NOT_CHOSEN,
    CareForm,
    choice,
    day,
    line,
    radios,
    text,
    ticks,
    yes_no,
)
from cobijo.web.care.children.words import area_choices
from cobijo.web.core.access.context import Access
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.directory.organisations.queries import organisations
from cobijo.web.directory.services.models import Service
from cobijo.web.directory.services.queries import services


def _tomorrow() -> date:
    return timezone.localdate() + timedelta(days=1)


class _WithArea(CareForm):
    """A form that asks for a state of the country; the list is the pack's, in the reader's language."""

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial)
        chosen: Any = self.fields["area"]
        chosen.choices = [*NOT_CHOSEN, *area_choices()]


class OpenForm(_WithArea):
    """A new case for a child."""

    area = choice(_("In which state is the child?"), ())
    opened_on = day(_("Opened on"), initial=timezone.localdate)
    guardian = choice(
        _("What is known of the guardian?"), Guardian.choices,
        _("Who may be implicated never consents, is told nothing and holds no code."),
    )  # fmt: skip
    summary = text(_("Why the case is opened, in a few words"), rows=3)

    def values(self) -> dict[str, Any]:
        said = super().values()
        return said | {"opened_on": said["opened_on"] or timezone.localdate()}


class CaseForm(_WithArea):
    """What stands at the head of a case."""

    groups = (
        (_("The case"), ("area", "summary", "protection_file")),
        (_("Who stands beside the child"), ("guardian", "representative_name", "representative_role",
                                            "representative_contact", "representative_independent")),
    )  # fmt: skip
    area = choice(_("In which state is the child?"), ())
    summary = text(_("In a few words"), rows=3)
    protection_file = line(_("File number at the protection office"))
    guardian = choice(_("What is known of the guardian?"), Guardian.choices)
    representative_name = line(
        _("Representative"), _("Independent of the guardian where there is a conflict.")
    )
    representative_role = line(_("In which function"))
    representative_contact = line(_("How to reach the representative"))
    representative_independent = yes_no(_("Independent of family and suspects?"))


class AssessmentForm(CareForm):
    """Suicide and safety first; then risk; then needs and the child's own wishes."""

    groups = (
        (_("1. Safety first"), ("suicide_risk", "safe_tonight")),
        (_("2. Risk"), ("risk",)),
        (_("3. What the child needs"), ("needs", "care_needs", "situation")),
        (_("4. What the child wants"), ("wishes",)),
    )
    suicide_risk = radios(
        _("Thoughts of dying or of hurting itself?"), words.SUICIDE.items(),
        _("Ask plainly and calmly; asking does not put the thought there."),
    )  # fmt: skip
    safe_tonight = yes_no(_("Is there a safe place tonight?"))
    risk = radios(
        _("How high is the risk?"), Risk.choices, _("It starts a clock by which somebody must act.")
    )
    needs = ticks(_("What would help?"), words.NEEDS.items())
    care_needs = ticks(
        _("What care is needed?"), words.CARE.items(),
        _("Needs only. Diagnoses, results and pregnancy stay with the service that treats."),
    )  # fmt: skip
    situation = text(
        _("The situation, in a few words"), _("What the child needs because of it. No blame, no diagnosis.")
    )
    wishes = text(
        _("In the child’s own words"), _("What does the child want to happen, and what not?"), as_said=True
    )


class SafetyPlanForm(CareForm):
    """What keeps the child safe tonight."""

    tonight = text(_("What keeps the child safe tonight?"), required=True, as_said=True)
    warning_signs = text(_("What tells the child that it is not safe?"), rows=2, as_said=True)
    people = text(_("Whom can the child turn to?"), rows=2, as_said=True)
    places = text(_("Where can the child go?"), rows=2, as_said=True)
    words = line(_("A word that means: come now"))
    good_until = day(_("Look at it again by"), required=True, initial=_tomorrow)


class PlanItemForm(CareForm):
    """One line of a plan."""

    kind = choice(_("Which plan?"), PlanKind.choices)
    goal = text(_("What is to be reached?"), required=True, rows=2)
    how = text(_("How?"), rows=2)
    service = forms.ModelChoiceField(
        label=_("With which service?"), queryset=Service.objects.none(), required=False
    )
    provider = line(_("With whom, if it is not in the directory?"))
    office = choice(
        _("Which protection office is competent?"), (),
        _("For urgent measures and the plan to restore rights."), required=False,
    )  # fmt: skip
    doer = choice(_("Who does it?"), Doer.choices)
    due_on = day(_("Until when?"), required=True)
    state = choice(_("How far is it?"), ItemState.choices)
    done_on = day(_("Done on"))

    def __init__(self, access: Access, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, {"kind": PlanKind.CARE, "state": ItemState.PLANNED} | dict(initial or {}))
        chosen: Any = self.fields
        chosen["service"].queryset = services(access).order_by("name")
        chosen["office"].choices = [*NOT_CHOSEN, *words.offices()]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("state") == ItemState.DONE and not said.get("done_on"):
            self.add_error("done_on", _("Say on which day it was done."))
        if said.get("state") != ItemState.DONE:
            said["done_on"] = None
        if said.get("kind") in {PlanKind.CARE, PlanKind.RETURN}:
            said["office"] = ""
        return said


class TaskForm(CareForm):
    kind = choice(_("What is to be done?"), TaskKind.choices)
    note = text(_("What exactly"), rows=2)
    due_on = day(_("By which day?"), required=True)
    risk = choice(_("How much depends on it?"), Risk.choices)
    state = choice(_("How far is it?"), TaskState.choices)

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, {"state": TaskState.OPEN, "risk": Risk.MEDIUM} | dict(initial or {}))


class FollowUpForm(CareForm):
    kind = choice(_("How?"), FollowUpKind.choices)
    planned_on = day(_("Planned on"), required=True)
    met = choice(_("What came of it?"), Met.choices)
    done_on = day(_("Took place on"))
    note = text(_("How is the child?"), rows=3)
    wishes = text(_("In the child’s own words"), rows=2, as_said=True)

    def __init__(self, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, {"met": Met.PLANNED} | dict(initial or {}))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        if said.get("met") == Met.PLANNED and said.get("done_on"):
            self.add_error("met", _("Say what came of it, or leave the day empty."))
        return said


class OutcomeForm(CareForm):
    """How the child is after closure."""

    month = radios(
        _("How long after closure?"), (("3", _("3 months")), ("6", _("6 months")), ("12", _("12 months")))
    )
    asked_on = day(_("Asked on"), initial=timezone.localdate)
    lost_contact = forms.BooleanField(
        label=_("Contact is lost: nobody knows how the child is"), required=False
    )
    safe = yes_no(_("Safe?"))
    housed = yes_no(_("Housed?"))
    school_or_work = yes_no(_("In school or at work?"))
    own_rating = choice(
        _("How does the child say it is, from 1 (bad) to 5 (good)?"),
        [(str(one), str(one)) for one in range(1, 6)], required=False,
    )  # fmt: skip
    words = text(_("In the child’s own words"), rows=2, as_said=True)

    def values(self) -> dict[str, Any]:
        said = super().values()
        rating = said["own_rating"]
        return said | {
            "month": int(said["month"]),
            "own_rating": int(rating) if rating else None,
            "asked_on": said["asked_on"] or timezone.localdate(),
        }


class DeterminationForm(CareForm):
    """Best interest before any return to another country."""

    decided_on = day(_("Decided on"), required=True)
    body = line(_("Which body decided?"), required=True, most=160)
    heard = forms.BooleanField(label=_("The child was heard"), required=False)
    represented = forms.BooleanField(label=_("An independent representative took part"), required=False)
    may_return = forms.BooleanField(label=_("Return is in the child’s best interest"), required=False)
    consular = radios(
        _("Contact with the consulate"), Consular.choices, _("Only if it is safe and the child wants it.")
    )
    wishes = text(_("In the child’s own words"), rows=2, as_said=True)
    reasons = text(_("Reasons"), required=True)


class SiblingForm(CareForm):
    """Another child who may be at risk."""

    kind = choice(_("Who is it to the child?"), SiblingKind.choices)
    name = line(_("Name"))
    at_risk = yes_no(_("At risk?"))
    note = text(_("What is known"), rows=2)


class TransferForm(CareForm):
    """To whom a case is offered, and why."""

    to = forms.ModelChoiceField(label=_("To which organisation?"), queryset=Organisation.objects.none())
    reason = choice(_("Why?"), TransferReason.choices)

    def __init__(self, access: Access, data: Any = None) -> None:
        super().__init__(data)
        chosen: Any = self.fields["to"]
        rows = organisations(access).filter(active=True)
        chosen.queryset = rows.exclude(pk=access.organisation_id).order_by("name")


class ApprovalForm(CareForm):
    """What a supervisor is asked for."""

    what = radios(_("What is the supervisor to look at?"), What.choices)
    reason = choice(
        _("Why is the case to be closed?"), Closure.choices, _("Only for a closure."), required=False
    )
