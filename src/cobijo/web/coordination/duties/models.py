"""Duties of authorities, what was found of them state by state, and the self-assessment of the national response."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.access.models import Edited


class Level(models.TextChoices):
    """Whose duty it is, and so for how many there is something to find out."""

    NATIONAL = "national", _("The federation")
    STATE = "state", _("Every state")


class Met(models.TextChoices):
    """What was found. No sum is ever made of these: a duty that is met does not make up for one that is not."""

    UNKNOWN = "unknown", _("Not known")
    NOT_MET = "not_met", _("Not complied with")
    PARTLY = "partly", _("Complied with in part")
    MET = "met", _("Complied with")


class Phase(models.TextChoices):
    """How far a capability has come; said, never counted together."""

    NOT_SAID = "not_said", _("Not assessed")
    ABSENT = "absent", _("Nothing in place")
    BUILDING = "building", _("Being built")
    PARTIAL = "partial", _("In place in part")
    WORKING = "working", _("In place and at work")


class Duty(Edited):
    """Who must do what by which article, until when, how it is watched, and what follows where it is not done."""

    code = models.SlugField(_("short name"), max_length=60, unique=True)
    title = models.CharField(_("what must be done"), max_length=300)
    holder = models.CharField(_("who must do it"), max_length=200)
    level = models.CharField(_("whose duty"), max_length=10, choices=Level)
    law = models.CharField(_("law or treaty"), max_length=200)
    article = models.CharField(_("article"), max_length=80, blank=True, help_text=_("Empty: not confirmed."))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty: it holds always."))
    monitored = models.CharField(
        _("how it is watched"), max_length=300, blank=True, help_text=_("Empty: nobody is known to watch it.")
    )
    sanction = models.CharField(
        _("what follows if not"), max_length=300, blank=True, help_text=_("Empty: no sanction is known.")
    )
    source = models.CharField(
        _("source"), max_length=250, blank=True, help_text=_("Where this was read, and how sure it is.")
    )

    class Meta:
        ordering = ("title",)
        verbose_name = _("duty")
        verbose_name_plural = _("duties")
        constraints = (models.CheckConstraint(condition=Q(level__in=Level.values), name="duty_level_known"),)

    def __str__(self) -> str:
        return self.title


class Compliance(Edited):
    """What was found of a duty in one state on a day, with evidence. The last one holds; none is unknown."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="findings", verbose_name=_("duty"))
    area = models.CharField(_("state"), max_length=16, blank=True, help_text=_("Empty: the federation."))
    on = models.DateField(_("day"))
    met = models.CharField(_("what was found"), max_length=10, choices=Met)
    evidence = models.CharField(
        _("evidence"), max_length=400, blank=True, help_text=_("Where it can be checked. No child is named.")
    )
    note = models.CharField(_("note"), max_length=500, blank=True)

    class Meta:
        ordering = ("duty", "area", "-on")
        verbose_name = _("finding on a duty")
        verbose_name_plural = _("findings on duties")
        constraints = (
            models.UniqueConstraint(fields=("duty", "area", "on"), name="compliance_once_a_day"),
            models.CheckConstraint(condition=Q(met__in=Met.values), name="compliance_known"),
            models.CheckConstraint(
                condition=Q(met=Met.UNKNOWN) | ~Q(evidence=""), name="compliance_has_evidence"
            ),
        )

    def __str__(self) -> str:
        return f"{self.duty} · {self.on}"


class Assessment(Edited):
    """One self-assessment of the 21 capabilities. Published ones stay as they are; the next is a new one."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    on = models.DateField(_("day"))
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", verbose_name=_("who assesses")
    )
    method = models.TextField(_("how it was done"), max_length=1000, blank=True)
    finished_on = models.DateField(_("finished on"), null=True, editable=False)

    class Meta:
        ordering = ("-on", "-pk")
        verbose_name = _("self-assessment")
        verbose_name_plural = _("self-assessments")
        constraints = (
            models.CheckConstraint(
                condition=Q(finished_on=None) | Q(finished_on__gte=F("on")), name="assessment_days_in_order"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Answer(Edited):
    """One capability in one self-assessment, with its evidence."""

    assessment = models.ForeignKey(
        Assessment, models.PROTECT, related_name="answers", verbose_name=_("self-assessment")
    )
    capability = models.CharField(_("capability"), max_length=40)
    phase = models.CharField(_("how far it has come"), max_length=10, choices=Phase)
    evidence = models.CharField(_("evidence"), max_length=400, blank=True)
    next_step = models.CharField(_("next step"), max_length=400, blank=True)

    class Meta:
        ordering = ("assessment", "pk")
        verbose_name = _("assessed capability")
        verbose_name_plural = _("assessed capabilities")
        constraints = (
            models.UniqueConstraint(fields=("assessment", "capability"), name="answer_once"),
            models.CheckConstraint(condition=Q(phase__in=Phase.values), name="answer_phase_known"),
            models.CheckConstraint(
                condition=Q(phase=Phase.NOT_SAID) | ~Q(evidence=""), name="answer_has_evidence"
            ),
        )

    def __str__(self) -> str:
        return f"{self.capability} · {self.assessment}"
