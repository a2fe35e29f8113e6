"""A sharing agreement between two organisations. Without an active one nothing of a child crosses."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.access.models import Edited


class SharingAgreement(Edited):
    """Parties, purposes, groups of fields, from and until. It counts once both have signed it as it stands."""

    organisation = models.ForeignKey(
        "accounts.Organisation",
        models.PROTECT,
        related_name="+",
        verbose_name=_("organisation that proposes it"),
    )
    other = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", verbose_name=_("other organisation")
    )
    for_referral = models.BooleanField(_("to refer a child to a service"), default=False)
    for_transfer = models.BooleanField(_("to hand over a case"), default=False)
    for_concern = models.BooleanField(_("to hand over a concern"), default=False)
    for_search = models.BooleanField(_("to ask whether the other knows a child"), default=False)
    for_records = models.BooleanField(_("to hand over records of cases as a file"), default=False)
    share_names = models.BooleanField(_("names and age"), default=False)
    share_contact = models.BooleanField(_("how to reach the child safely"), default=False)
    share_needs = models.BooleanField(_("needs and wishes"), default=False)
    share_safety = models.BooleanField(_("risk and safety"), default=False)
    share_situation = models.BooleanField(_("language, culture and disability"), default=False)
    share_events = models.BooleanField(_("what happened, and status"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    ended_at = models.DateTimeField(_("ended early"), null=True, blank=True, editable=False)

    class Meta:
        ordering = ("-starts_on", "pk")
        verbose_name = _("sharing agreement")
        verbose_name_plural = _("sharing agreements")
        indexes = (models.Index(fields=("organisation", "other", "ends_on"), name="agreements_between"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(organisation=F("other")),
                name="agreement_of_two",
                violation_error_message=_("An agreement needs two different organisations."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")),
                name="agreement_days_in_order",
                violation_error_message=_("The last day must not lie before the first."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation} – {self.other}"

    def state(self) -> str:
        """Whether it counts today, in words."""
        today = timezone.localdate()
        if self.ended_at is not None:
            return gettext("ended")
        if self.ends_on < today:
            return gettext("run out")
        missing = [one for one in (self.organisation, self.other) if one.pk not in self.signed_by()]
        if missing:
            return gettext("not signed by %(who)s") % {"who": " / ".join(one.name for one in missing)}
        return gettext("begins later") if self.starts_on > today else gettext("in force")

    state.short_description = _("counts today")  # type: ignore[attr-defined]

    def signed_by(self) -> frozenset[int]:
        """Ids of the organisations that signed."""
        return frozenset(one.organisation_id for one in self.signatures.all())


class Signature(models.Model):
    """One party's yes to one agreement as it stands. Added, never changed."""

    agreement = models.ForeignKey(SharingAgreement, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("signed"), auto_now_add=True)

    class Meta:
        verbose_name = _("signature")
        verbose_name_plural = _("signatures")
        constraints = (models.UniqueConstraint(fields=("agreement", "organisation"), name="signed_once"),)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
