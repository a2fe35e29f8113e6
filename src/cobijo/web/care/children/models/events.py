"""What happened, what follows from it by rule, and what was decided. Labels are derived or decided, never entered."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.care.children.models.child import Child, Concern, OfChild
from cobijo.web.core.access.models import Protected


class Event(OfChild):
    """One thing that happened, by its elements (sealed; see `concepts.Elements`). Labels are derived."""

    concern = models.ForeignKey(Concern, models.PROTECT, null=True, blank=True, related_name="+")
    began_on = models.DateField(_("began on"), null=True, blank=True)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    area = models.CharField(_("state"), max_length=16, blank=True)
    age_at_event = models.PositiveSmallIntegerField(_("age when it happened"), null=True, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        constraints = (
            models.CheckConstraint(
                condition=Q(began_on=None) | Q(ended_on=None) | Q(began_on__lte=models.F("ended_on")),
                name="event_days_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Concept(Protected):
    """What the pack's rules make of an event's elements: which concept, by which rule and article, of which version.

    A later derivation ends the rows that no longer follow and adds new ones; what was once derived stays readable.
    """

    event = models.ForeignKey(Event, models.PROTECT, related_name="concepts")
    child = models.ForeignKey(Child, models.PROTECT, related_name="+")
    concept = models.CharField(_("concept"), max_length=40)
    rule = models.CharField(_("rule"), max_length=60)
    article = models.CharField(_("article"), max_length=120)
    rules_version = models.CharField(_("version of the rules"), max_length=20)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("derived concept")
        verbose_name_plural = _("derived concepts")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "concept", "rule"),
                condition=Q(ended_at=None),
                name="concept_once_an_event",
            ),
        )

    def __str__(self) -> str:
        return self.concept


class Status(models.TextChoices):
    AT_RISK = "at_risk", _("At risk")
    PRESUMED = "presumed", _("Presumed victim")
    IDENTIFIED = "identified", _("Identified victim")
    NOT = "not", _("Not a victim")


class BodyKind(models.TextChoices):
    PROTECTION = "protection", _("Protection office")
    COURT = "court", _("Court or prosecution")
    POLICE = "police", _("Police")
    GOVERNMENT = "government", _("Other public body")
    NGO = "ngo", _("Non-governmental organisation")
    OTHER = "other", _("Other")


class Ground(models.TextChoices):
    DISCLOSURE = "disclosure", _("What the child said")
    INTERVIEW = "interview", _("Specialised interview")
    DOCUMENTS = "documents", _("Documents or other evidence")
    DECISION = "decision", _("Decision in proceedings")
    INDICATORS = "indicators", _("Several indicators together")
    NEW_FACTS = "new_facts", _("New facts")


class StatusDecision(OfChild):
    """A decision with a body, a day and a ground. Added, never changed; the latest by day stands.

    An erasure leaves the year of the day and nothing of the body.
    """

    event = models.ForeignKey(Event, models.PROTECT, null=True, blank=True, related_name="+")
    status = models.CharField(_("status"), max_length=10, choices=Status)
    body_kind = models.CharField(_("deciding body"), max_length=10, choices=BodyKind)
    body = models.CharField(_("name of the body"), max_length=160)
    decided_on = models.DateField(_("decided on"))
    ground = models.CharField(_("ground"), max_length=12, choices=Ground)
    age_at_event = models.PositiveSmallIntegerField(_("age when it happened"), null=True, editable=False)
    age_at_decision = models.PositiveSmallIntegerField(_("age at the decision"), null=True, editable=False)

    class Meta:
        verbose_name = _("decision on status")
        verbose_name_plural = _("decisions on status")
        constraints = (models.CheckConstraint(condition=Q(status__in=Status.values), name="status_known"),)

    def __str__(self) -> str:
        return self.status
