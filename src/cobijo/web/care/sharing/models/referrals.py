"""A referral has two rows: the sender's, which lies with the child, and the packet, which lies with the recipient.

Neither side reaches the other's row. The packet has a key of its own, so that destroying it leaves nothing, in no
backup either.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.care.children.models import OfChild, Urgency, new_code
from cobijo.web.care.sharing.models.consents import Consent, Purpose
from cobijo.web.care.sharing.states import State
from cobijo.web.core.access.models import Protected
from cobijo.web.core.vault.models import Sealed


class Declined(models.TextChoices):
    FULL = "full", _("No free place")
    NOT_FOR = "not_for", _("Not for this age or group")
    AREA = "area", _("Not in this area")
    NEED = "need", _("Cannot meet this need")
    CONFLICT = "conflict", _("Conflict of interest")
    OTHER = "other", _("Another reason; please call")


class Outcome(models.TextChoices):
    SERVED = "served", _("The child received the service")
    ONGOING = "ongoing", _("The service goes on")
    CHILD_DECLINED = "child_declined", _("The child did not want it")
    NOT_REACHED = "not_reached", _("The child could not be reached")


class Closing(models.TextChoices):
    """What a recipient says once sharing was stopped."""

    DELETED = "deleted", _("deleted")
    KEPT = "kept", _("keeps the least, under a law")
    DESTROYED = "destroyed", _("destroyed here")


class Referral(OfChild):
    """The sender's side. Of what was sent it keeps the names of the fields and a hash, and no copy."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    consent = models.ForeignKey(Consent, models.PROTECT, related_name="referrals")
    purpose = models.CharField(_("what for"), max_length=10, choices=Purpose)
    recipient = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    service = models.ForeignKey("services.Service", models.PROTECT, null=True, related_name="+")
    fields = models.JSONField(default=list, blank=True)
    digest = models.CharField(max_length=64)  # SHA-256 of the packet's bytes
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SENT)
    sent_at = models.DateTimeField(_("sent"), auto_now_add=True)
    reply_by = models.DateTimeField(_("reply by"))
    answered_at = models.DateTimeField(_("answered"), null=True)
    escalated_at = models.DateTimeField(null=True)
    reason = models.CharField(_("why declined"), max_length=10, choices=Declined, blank=True)
    outcome = models.CharField(_("outcome"), max_length=16, choices=Outcome, blank=True)
    closing = models.CharField(max_length=10, choices=Closing, blank=True)
    closing_law = models.CharField(max_length=80, blank=True)
    closing_article = models.CharField(max_length=40, blank=True)
    closed_at = models.DateTimeField(null=True)  # when sharing stopped
    by_code = models.BooleanField(default=False)  # the recipient has no account: opened once, with a code

    class Meta:
        verbose_name = _("referral")
        verbose_name_plural = _("referrals")
        indexes = (
            models.Index(fields=("scope", "state", "reply_by"), name="referrals_of_a_place"),
            models.Index(
                fields=("reply_by",), condition=Q(state__in=("sent", "asked")), name="referrals_waiting"
            ),
        )
        constraints = (
            models.CheckConstraint(condition=Q(state__in=State.values), name="referral_state_known"),
            models.CheckConstraint(
                condition=(Q(state="declined") & ~Q(reason="")) | (~Q(state="declined") & Q(reason="")),
                name="referral_declined_says_why",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | ~Q(outcome=""), name="referral_done_says_how"
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", closed_at__isnull=False)
                | (~Q(state="withdrawn") & Q(closed_at=None)),
                name="referral_withdrawn_when",
            ),
            models.CheckConstraint(
                condition=(Q(closing="kept") & ~Q(closing_law="") & ~Q(closing_article=""))
                | (~Q(closing="kept") & Q(closing_law="", closing_article="")),
                name="referral_kept_by_law",
            ),
        )

    def __str__(self) -> str:
        return self.code


class Packet(Sealed, Protected):
    """The recipient's side: exactly what was agreed, and the answer. Sealed: the bytes, question, answer."""

    referral_id = models.BigIntegerField(unique=True)  # no key: the recipient never sees the sender's row
    code = models.CharField(_("code"), max_length=12, editable=False)
    sender = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    recipient = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    service = models.ForeignKey("services.Service", models.PROTECT, null=True, related_name="+")
    purpose = models.CharField(_("what for"), max_length=10, choices=Purpose)
    ground = models.CharField(_("consent or legal basis"), max_length=60)
    digest = models.CharField(max_length=64)
    urgency = models.CharField(_("urgency"), max_length=8, choices=Urgency)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.SENT)
    reply_by = models.DateTimeField(_("reply by"))
    closed_at = models.DateTimeField(null=True)  # sharing stopped: nobody reads it any more
    confirm_by = models.DateTimeField(
        null=True
    )  # until when the recipient says what it does with what it holds
    by_code = models.BooleanField(default=False)
    held = models.BooleanField(default=False)  # accepted, and its key still there
    kept_law = models.CharField(_("law"), max_length=80, blank=True)
    kept_article = models.CharField(_("article"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("packet")
        verbose_name_plural = _("packets")
        indexes = (models.Index(fields=("scope", "state", "reply_by"), name="packets_of_a_place"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("sent", "asked", "accepted", "done", "withdrawn")),
                name="packet_state_known",
            ),  # of what was declined or expired there is no packet
            models.CheckConstraint(
                condition=Q(state="withdrawn", closed_at__isnull=False, confirm_by__isnull=False)
                | (~Q(state="withdrawn") & Q(closed_at=None, confirm_by=None)),
                name="packet_closed_when",
            ),
        )

    def __str__(self) -> str:
        return self.code


class Opening(Protected):
    """Which organisation, in which role, opened a packet and when: for the child and the sender. Nobody is named."""

    child = models.ForeignKey("children.Child", models.PROTECT, related_name="+")
    referral = models.ForeignKey(Referral, models.PROTECT, related_name="openings")
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    role = models.CharField(max_length=20)  # a role's code; empty: opened with a code
    on = models.DateField()

    class Meta:
        verbose_name = _("opening of a packet")
        verbose_name_plural = _("openings of packets")
        constraints = (
            models.UniqueConstraint(
                fields=("referral", "organisation", "role", "on"), name="opening_once_a_day"
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
