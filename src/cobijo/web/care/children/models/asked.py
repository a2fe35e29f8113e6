"""Questions to other organisations, and the matches that only the data steward sees."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Question(models.Model):
    """Whether other organisations know a child: asked here, answered to the data steward. Tokens go when resolved."""

    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    tokens = models.JSONField(default=dict)  # keyed hashes and their weights, never a name
    resolved_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("question to other organisations")
        verbose_name_plural = _("questions to other organisations")
        indexes = (
            models.Index(fields=("asked_by", "at"), name="questions_of_a_person"),
            models.Index(fields=("organisation", "at"), name="questions_of_an_org"),
            models.Index(fields=("at",), condition=Q(resolved_at=None), name="questions_open"),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Verdict(models.TextChoices):
    NEW = "new", _("new")
    CONTACTED = "contacted", _("both organisations contacted")
    SAME = "same", _("one child")
    DIFFERENT = "different", _("two children")
    UNCLEAR = "unclear", _("cannot be told")


class Match(models.Model):
    """For the data steward only: two organisations may know the same child. It says which two, not whom."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="+")
    asking = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    holding = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    record_id = (
        models.BigIntegerField()
    )  # of the holding organisation's child; no key, since the steward reaches no child
    weight = models.PositiveSmallIntegerField(_("how much agrees"))
    verdict = models.CharField(_("verdict"), max_length=10, choices=Verdict, default=Verdict.NEW)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("possible match")
        verbose_name_plural = _("possible matches")
        constraints = (
            models.UniqueConstraint(fields=("question", "record_id"), name="match_once_a_question"),
            models.CheckConstraint(
                condition=Q(verdict="new", settled_at=None)
                | (~Q(verdict="new") & Q(settled_at__isnull=False)),
                name="match_verdict_has_its_day",
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
