"""What can be written under a case: for each kind its form, its service, and what a page says about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cobijo.web.care.cases import forms, services, work
from cobijo.web.care.children.form_parts import CareForm

Service = Callable[..., list[Any]]


@dataclass(frozen=True)
class Kind:
    """One kind under a case. `change` is None where rows are only added."""

    form: Callable[..., CareForm]
    add: Service
    change: Service | None
    title: Any
    title_change: Any = ""
    lead: Any = ""
    asks_access: bool = False  # the form offers choices that depend on who asks


KINDS: Mapping[str, Kind] = {
    "assessment": Kind(
        forms.AssessmentForm, services.assess, None, _("Assess risk and needs"),
        lead=_("Safety comes first. An assessment is added and never changed: assess again when something changes."),
    ),
    "safety_plan": Kind(
        forms.SafetyPlanForm, work.write_safety_plans, work.change_safety_plans, _("Tonight’s safety plan"),
        _("Change the safety plan"),
        _("Write it with the child, in its words. It stands at the head of the case."),
    ),
    "plan_item": Kind(
        forms.PlanItemForm, work.add_plan_items, work.change_plan_items, _("A line of the plan"),
        _("Change this line of the plan"), _("One goal, one service, one person, one day."), asks_access=True,
    ),
    "task": Kind(forms.TaskForm, work.add_tasks, work.change_tasks, _("A task"), _("Change this task")),
    "follow_up": Kind(
        forms.FollowUpForm, work.plan_follow_ups, work.change_follow_ups, _("A follow-up"), _("What came of it")
    ),
    "outcome": Kind(
        forms.OutcomeForm, work.record_outcomes, None, _("How the child is now"),
        lead=_("Asked 3, 6 and 12 months after closure. Lost contact is an answer too."),
    ),
    "determination": Kind(
        forms.DeterminationForm, work.determine, None, _("Best interest before a return"),
        lead=_("No child is returned to another country before this is decided, heard and represented."),
    ),
    "sibling": Kind(
        forms.SiblingForm, work.add_siblings, work.change_siblings, _("Another child at risk"),
    ),
}  # fmt: skip
