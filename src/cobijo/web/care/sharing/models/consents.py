"""Consent: for a purpose, a recipient, a set of fields, until a day. Refusal and withdrawal are rows too."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.care.children.models import OfChild


class Verdict(models.TextChoices):
    GIVEN = "given", _("given")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    LAW = "law", _("legal basis")


class Purpose(models.TextChoices):
    REFERRAL = "referral", _("Referral to a service")
    TRANSFER = "transfer", _("Handing over the case")
    JUSTICE = "justice", _("Prosecution of offenders")


class Giver(models.TextChoices):
    CHILD = "child", _("The child")
    REPRESENTATIVE = "representative", _("Independent representative")
    GUARDIAN = "guardian", _("Guardian")
    NOBODY = "nobody", _("Nobody: the law")


class Says(models.TextChoices):
    """What the child said to it."""

    YES = "yes", _("Agrees")
    NO = "no", _("Does not agree")
    TOLD = "told", _("Was told, too young to be asked")
    NOT_ASKED = "not_asked", _("Could not be asked yet")


class Way(models.TextChoices):
    DESK = "desk", _("told to the caseworker")
    CODE = "code", _("by the child, with its code")


class Consent(OfChild):
    """One answer, on one day. Added, never changed: what holds follows from all rows (see `grounds`).

    What is sealed is emptied some time after it ended (see `ending`); what was answered and the year stay.
    Sealed: the words used, the language, whether and who interpreted, what the child was told about the duty to report.
    """

    verdict = models.CharField(_("answer"), max_length=10, choices=Verdict)
    purpose = models.CharField(_("what for"), max_length=10, choices=Purpose)
    recipient = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", verbose_name=_("who receives it")
    )
    service = models.ForeignKey(
        "services.Service", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("service")
    )
    fields = models.JSONField(
        _("what may be shared"), default=list, blank=True
    )  # codes of `fields.PACKET_FIELDS`
    decided_on = models.DateField(_("day"))
    until = models.DateField(_("until"), null=True, blank=True)
    giver = models.CharField(_("who decides"), max_length=16, choices=Giver)
    says = models.CharField(_("the child"), max_length=10, choices=Says)
    rule = models.CharField(max_length=60, blank=True, editable=False)  # the pack's row of capacity that held
    told_duty = models.BooleanField(_("the child was told about the duty to report"), default=False)
    law = models.CharField(_("law"), max_length=80, blank=True)
    article = models.CharField(_("article"), max_length=40, blank=True)
    withdraws = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="withdrawals", editable=False
    )
    way = models.CharField(_("how"), max_length=4, choices=Way, default=Way.DESK, editable=False)

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        indexes = (models.Index(fields=("child", "recipient", "purpose"), name="consents_of_a_child"),)
        constraints = (
            models.UniqueConstraint(
                fields=("withdraws",), condition=Q(withdraws__isnull=False), name="withdrawn_once"
            ),
            models.CheckConstraint(
                condition=Q(verdict="withdrawn", withdraws__isnull=False)
                | (~Q(verdict="withdrawn") & Q(withdraws=None)),
                name="withdrawal_names_what",
            ),
            models.CheckConstraint(
                condition=(Q(verdict="law") & ~Q(law="") & ~Q(article=""))
                | (~Q(verdict="law") & Q(law="", article="")),
                name="law_has_its_article",
            ),
            models.CheckConstraint(
                condition=~Q(verdict__in=("given", "law")) | Q(until__isnull=False), name="consent_has_an_end"
            ),
            models.CheckConstraint(
                condition=~Q(purpose="justice") | ~Q(verdict="given"), name="prosecutors_by_law_only"
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"

    @property
    def ground(self) -> str:
        """As it is named on a packet and in the audit."""
        return f"{'law' if self.verdict == Verdict.LAW else 'consent'}:{self.pk}"
