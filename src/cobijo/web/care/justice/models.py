"""Proceedings and what hangs on them. Days and codes lie plain, every word that somebody writes is sealed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.care.cases.models import Case
from cobijo.web.care.children.models import OfChild, Past
from cobijo.web.care.justice.choices import (
    AlertEnd,
    AlertState,
    Alleged,
    AllegedIs,
    Authority,
    DelayReason,
    Done,
    Ground,
    MeasureKind,
    MeasureState,
    OffenderAge,
    OwnHelp,
    Part,
    Relation,
    ReparationKind,
    ReparationState,
    Verdict,
)
from cobijo.web.care.justice.states import AT_REST, GOING_ON, State

_GOING_ON = [one.value for one in GOING_ON]
_AT_REST = [one.value for one in AT_REST]


def known(field: str, choices: type[models.TextChoices], name: str) -> models.CheckConstraint:
    """The database takes only the codes of the list."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


class OfJustice(OfChild):
    """Base of everything here: under one case, lying and sealed as its child."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("case"))

    class Meta:
        abstract = True


class Proceeding(OfJustice):
    """One complaint and what became of it. `opened_on` is the day of the complaint; steps have days of their own."""

    state = models.CharField(
        _("how far"), max_length=14, choices=State, default=State.COMPLAINT, editable=False
    )
    relation = models.CharField(_("who it was to the child"), max_length=12, choices=Relation)
    part = models.CharField(_("what the person is alleged to have done"), max_length=10, choices=Part)
    offender_age = models.CharField(_("the person is"), max_length=8, choices=OffenderAge)
    offences = models.JSONField(_("offences"), default=list, blank=True)  # codes of the pack
    opened_on = models.DateField(_("day of the complaint"))
    expected_by = models.DateField(_("next step expected by"), null=True)
    rests_since = models.DateField(_("at rest since"), null=True, editable=False)

    class Meta:
        verbose_name = _("proceeding")
        verbose_name_plural = _("proceedings")
        indexes = (
            models.Index(
                fields=("scope", "expected_by"), condition=Q(state__in=_GOING_ON), name="proceedings_expected"
            ),
        )
        constraints = (
            known("state", State, "proceeding_state_known"),
            known("relation", Relation, "proceeding_relation_known"),
            known("part", Part, "proceeding_part_known"),
            known("offender_age", OffenderAge, "proceeding_never_of_a_child"),
            models.CheckConstraint(
                condition=Q(state__in=_GOING_ON, expected_by__isnull=False, rests_since=None)
                | Q(state__in=_AT_REST, expected_by=None, rests_since__isnull=False),
                name="proceeding_expected_or_at_rest",
            ),
            models.CheckConstraint(
                condition=Q(rests_since=None) | Q(rests_since__gte=F("opened_on")),
                name="proceeding_days_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class OfProceeding(OfJustice):
    proceeding = models.ForeignKey(Proceeding, models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True


class Step(OfProceeding):
    """One dated step by one body. Its state never changes; a wrong day or body is corrected and kept in the history."""

    state = models.CharField(_("step"), max_length=14, choices=State, editable=False)
    on = models.DateField(_("day of the step"))
    authority = models.CharField(_("authority"), max_length=20, choices=Authority)
    area = models.CharField(_("state of the authority"), max_length=16, blank=True)  # empty: federal
    verdict = models.CharField(_("judgment"), max_length=10, choices=Verdict, blank=True)

    class Meta:
        verbose_name = _("step of a proceeding")
        verbose_name_plural = _("steps of a proceeding")
        indexes = (models.Index(fields=("proceeding", "on"), name="steps_of_a_proceeding"),)
        constraints = (
            known("state", State, "step_state_known"),
            known("authority", Authority, "step_by_a_known_authority"),
            models.CheckConstraint(
                condition=Q(state="judgment", verdict__in=Verdict.values)
                | (~Q(state="judgment") & Q(verdict="")),
                name="step_verdict_with_judgment",
            ),
        )

    def __str__(self) -> str:
        return f"{self.state} {self.pk}"


class Delay(OfProceeding):
    """A step did not come when it was expected: until when, and why. Added, never changed."""

    state = models.CharField(_("step"), max_length=14, choices=State)  # where the proceeding stood
    was_by = models.DateField(_("was expected by"))
    until = models.DateField(_("now expected by"))
    reason = models.CharField(_("reason"), max_length=16, choices=DelayReason)

    class Meta:
        verbose_name = _("delay")
        verbose_name_plural = _("delays")
        constraints = (
            known("reason", DelayReason, "delay_reason_known"),
            models.CheckConstraint(condition=Q(until__gt=F("was_by")), name="delay_goes_forward"),
        )

    def __str__(self) -> str:
        return f"{self.reason} {self.pk}"


class Measure(OfProceeding):
    """A measure that protects the child while it goes on."""

    kind = models.CharField(_("measure"), max_length=16, choices=MeasureKind)
    state = models.CharField(_("how far"), max_length=8, choices=MeasureState, default=MeasureState.ASKED)
    asked_on = models.DateField(_("asked for on"))
    ordered_on = models.DateField(_("ordered on"), null=True, blank=True)
    until = models.DateField(_("holds until"), null=True, blank=True)

    class Meta:
        verbose_name = _("protection measure")
        verbose_name_plural = _("protection measures")
        constraints = (
            known("kind", MeasureKind, "measure_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=("ordered", "ended"), ordered_on__isnull=False)
                | Q(state__in=("asked", "refused"), ordered_on=None, until=None),
                name="measure_ordered_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(ordered_on=None) | Q(ordered_on__gte=F("asked_on")), name="measure_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("ordered_on")), name="measure_until"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Reparation(OfProceeding):
    """What was ordered to repair the harm, and what has arrived. `amount` in whole units of the pack's money."""

    kind = models.CharField(_("what"), max_length=12, choices=ReparationKind)
    state = models.CharField(
        _("how far"), max_length=8, choices=ReparationState, default=ReparationState.ORDERED
    )
    ordered_on = models.DateField(_("ordered on"))
    due_by = models.DateField(_("due by"), null=True, blank=True)
    amount = models.PositiveIntegerField(_("amount ordered"), null=True, blank=True)
    received = models.PositiveIntegerField(_("amount that arrived"), null=True, blank=True)
    arrived_on = models.DateField(_("arrived on"), null=True, blank=True)  # the last of it, so far

    class Meta:
        verbose_name = _("reparation")
        verbose_name_plural = _("reparations")
        constraints = (
            known("kind", ReparationKind, "reparation_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=("partly", "done"), arrived_on__isnull=False)
                | Q(state__in=("ordered", "unpaid"), arrived_on=None, received=None),
                name="reparation_arrived_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(arrived_on=None) | Q(arrived_on__gte=F("ordered_on")),
                name="reparation_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(received=None) | Q(amount__isnull=False, received__lte=F("amount")),
                name="reparation_no_more_than_ordered",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Alert(OfJustice):
    """A child is detained, charged or fined for what exploitation made it do. `task`: find a legal representative."""

    done = models.CharField(_("what was done to the child"), max_length=8, choices=Done)
    ground = models.CharField(_("because of"), max_length=12, choices=Ground)
    happened_on = models.DateField(_("on"))
    authority = models.CharField(_("by"), max_length=20, choices=Authority)
    area = models.CharField(_("state of the country"), max_length=16)
    state = models.CharField(max_length=12, choices=AlertState, default=AlertState.OPEN, editable=False)
    act_by = models.DateTimeField(_("somebody must act by"), editable=False)  # the clock of an immediate risk
    represented_on = models.DateField(_("represented since"), null=True, editable=False)
    ended_on = models.DateField(_("over since"), null=True, editable=False)
    end = models.CharField(_("how it ended"), max_length=12, choices=AlertEnd, blank=True, editable=False)
    task = models.OneToOneField("cases.Task", models.PROTECT, related_name="+", editable=False)

    class Meta:
        verbose_name = _("non-punishment alert")
        verbose_name_plural = _("non-punishment alerts")
        indexes = (models.Index(fields=("scope", "act_by"), condition=Q(state="open"), name="alerts_open"),)
        constraints = (
            known("done", Done, "alert_done_known"),
            known("ground", Ground, "alert_ground_known"),
            known("authority", Authority, "alert_authority_known"),
            models.CheckConstraint(
                condition=Q(state="open", represented_on=None, ended_on=None, end="")
                | Q(state="represented", represented_on__isnull=False, ended_on=None, end="")
                | Q(state="ended", ended_on__isnull=False, end__in=AlertEnd.values),
                name="alert_state_and_pairs",
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class AllegedChild(OfJustice):
    """Another child is alleged to have recruited or harmed. A flag of its own, hung on no proceeding.

    It is listed with no offender, has grants of its own, and no break-glass on the case reaches it.
    """

    alleged = models.CharField(_("what is alleged"), max_length=10, choices=Alleged)
    relation = models.CharField(
        _("what this child is to the child of the case"), max_length=10, choices=AllegedIs
    )
    help = models.CharField(
        _("who looks after this child"), max_length=8, choices=OwnHelp, default=OwnHelp.NONE
    )
    noted_on = models.DateField(_("noted on"))

    class Meta:
        verbose_name = _("child kept apart")
        verbose_name_plural = _("children kept apart")
        constraints = (
            known("alleged", Alleged, "alleged_known"),
            known("relation", AllegedIs, "alleged_relation_known"),
            known("help", OwnHelp, "alleged_help_known"),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class JusticeRevision(Past):
    """History of this room's kinds, under the child's key."""

    class Meta:
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=("kind", "record_id", "number"), name="one_justice_revision_a_version"
            ),
        )
