"""The states of a plan, of a line and of a report, and which may follow which: tables to be read aloud."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class PlanState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    IN_FORCE = "in_force", _("In force")
    EVALUATED = "evaluated", _("Evaluated")
    CLOSED = "closed", _("Closed")


class LineState(models.TextChoices):
    PLANNED = "planned", _("Not begun")
    UNDER_WAY = "under_way", _("Under way")
    DONE = "done", _("Done")
    DROPPED = "dropped", _("Dropped")


class ReportState(models.TextChoices):
    SUBMITTED = "submitted", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    RETURNED = "returned", _("Sent back")


class Side(models.TextChoices):
    """Who rates: the State its own doing, and civil society the State's."""

    STATE = "state", _("The State")
    CIVIL_SOCIETY = "civil_society", _("Civil society")


class Grade(models.TextChoices):
    NOT_BEGUN = "not_begun", _("Nothing was done")
    BEHIND = "behind", _("Less than was promised")
    ON_COURSE = "on_course", _("As promised so far")
    REACHED = "reached", _("Fulfilled")


class EvaluationKind(models.TextChoices):
    MIDTERM = "midterm", _("Mid-term evaluation")
    FINAL = "final", _("Final evaluation")


#: A plan goes one way only; what comes after it is a next plan.
OF_A_PLAN: Mapping[str, frozenset[str]] = {
    PlanState.DRAFT: frozenset({PlanState.IN_FORCE}),
    PlanState.IN_FORCE: frozenset({PlanState.EVALUATED}),
    PlanState.EVALUATED: frozenset({PlanState.CLOSED}),
    PlanState.CLOSED: frozenset(),
}
#: A report is decided once; one that was sent back is written anew.
OF_A_REPORT: Mapping[str, frozenset[str]] = {
    ReportState.SUBMITTED: frozenset({ReportState.APPROVED, ReportState.RETURNED}),
    ReportState.APPROVED: frozenset(),
    ReportState.RETURNED: frozenset(),
}
#: Plans that anybody may read.
PUBLIC = (PlanState.IN_FORCE, PlanState.EVALUATED, PlanState.CLOSED)
#: Plans in which something may still change.
CHANGING = (PlanState.DRAFT, PlanState.IN_FORCE)
#: Lines on which somebody still works.
OPEN = (LineState.PLANNED, LineState.UNDER_WAY)
