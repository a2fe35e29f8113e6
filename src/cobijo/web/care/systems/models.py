"""What left as a file and what came as one. Counts and codes only: no row of a file stands here."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    SENT = "sent", _("handed over")
    TAKEN = "taken", _("taken in")


class Why(models.TextChoices):
    JOINT_WORK = "joint_work", _("Work on the same cases")
    HANDING_OVER = "handing_over", _("Our service ends or moves")
    FIGURES = "figures", _("National figures")
    RESEARCH = "research", _("Research that was approved")


class Exchange(models.Model):
    """One file: under which agreement, with whom, what for, how many rows. Added, never changed."""

    way = models.CharField(_("direction"), max_length=6, choices=Way)
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", verbose_name=_("organisation")
    )
    other = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", verbose_name=_("other organisation")
    )
    agreement = models.ForeignKey("sharing.SharingAgreement", models.PROTECT, related_name="+")
    why = models.CharField(_("what for"), max_length=12, choices=Why)
    rows = models.PositiveIntegerField(_("records"))
    cases = models.PositiveIntegerField(_("cases"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("file of records")
        verbose_name_plural = _("files of records")
        indexes = (models.Index(fields=("organisation", "-at"), name="exchanges_of_an_org"),)
        constraints = (
            models.CheckConstraint(condition=Q(way__in=Way.values), name="exchange_way_known"),
            models.CheckConstraint(condition=~Q(organisation=models.F("other")), name="exchange_between_two"),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Received(models.Model):
    """Which case here a record of others became, so that the same record never makes a second case.

    The sender's reference stands here as a keyed token: without the key nothing joins a row to a file of theirs.
    """

    exchange = models.ForeignKey(Exchange, models.PROTECT, related_name="+")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    other = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    reference = models.BinaryField(max_length=16)
    case_id = models.BigIntegerField()  # no key: whoever sees this row need not reach the case

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organisation", "other", "reference"), name="received_once"),
        )

    def __str__(self) -> str:
        return f"{self.case_id}"
