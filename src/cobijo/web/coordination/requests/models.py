"""Requests to authorities, the rungs of the ladder that were climbed, and who of a network supports each.

Nothing here may say who a child is: `identity.check_no_child` reads every text before it is kept.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobijo.web.coordination.groups.models import Decision, known
from cobijo.web.coordination.requests import opening
from cobijo.web.coordination.requests.choices import WAITING, Grade, State
from cobijo.web.core.access.models import Edited

_WAITING = [one.value for one in WAITING]


class Request(Edited):
    """One request to one authority. State and days are changed by the steps of the room, never by an edit.

    `organisation` may be empty in a draft only: the site opens one by itself where a pattern repeats.
    """

    title = models.CharField(_("what is asked, in one line"), max_length=160)
    text = models.TextField(
        _("text of the request"), max_length=20_000,
        help_text=_("Patterns and places, never a child: no name, no date of birth, no id."),
    )  # fmt: skip
    legal_ground = models.CharField(
        _("legal ground"),
        max_length=400,
        blank=True,
        help_text=_("Laws and articles that oblige the authority."),
    )
    organisation = models.ForeignKey(
        "accounts.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who asks"),
    )
    addressee = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("authority"), help_text=_("Add it to the register of organisations if it is not there."),
    )  # fmt: skip
    area = models.CharField(
        _("state"), max_length=16, blank=True, help_text=_("Empty: a federal authority or the whole country.")
    )
    public = models.BooleanField(
        _("public"), default=False,
        help_text=_("Everybody who signs in may read it once it is sent. Else it is confidential."),
    )  # fmt: skip
    deadline = models.CharField(
        _("deadline"), max_length=40, blank=True,
        help_text=_("The row of the country pack that says how long they have. Empty: deadline unknown."),
    )  # fmt: skip
    ask_again_on = models.DateField(
        _("we ask again on"), null=True, blank=True,
        help_text=_("Your own day, for where the law gives none or gives a long time."),
    )  # fmt: skip
    decision = models.ForeignKey(
        Decision, models.PROTECT, null=True, blank=True, related_name="requests", verbose_name=_("decision"),
        help_text=_("The decision of a group that it carries out."),
    )  # fmt: skip
    pattern = models.CharField(max_length=64, null=True, unique=True, editable=False)  # area, ground, quarter

    state = models.CharField(
        pgettext_lazy("request", "state"), max_length=12, choices=State, default=State.DRAFT, editable=False
    )
    sent_on = models.DateField(_("sent on"), null=True, editable=False)
    due_on = models.DateField(_("answer due on"), null=True, editable=False)
    acknowledged_on = models.DateField(_("received on"), null=True, editable=False)
    answered_on = models.DateField(_("answered on"), null=True, editable=False)
    answer = models.TextField(_("answer"), max_length=20_000, blank=True, editable=False)
    grade = models.CharField(
        _("grade of the answer"), max_length=8, choices=Grade, blank=True, editable=False
    )
    grade_reason = models.CharField(_("why this grade"), max_length=600, blank=True, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, editable=False)
    outcome = models.CharField(_("what came of it"), max_length=600, blank=True, editable=False)
    moved_on = models.DateField(_("moved last on"), default=timezone.localdate, editable=False)
    looked_at = models.DateTimeField(null=True, editable=False)  # for a child, in all its texts
    withheld_on = models.DateField(_("taken from the public on"), null=True, editable=False)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("request to an authority")
        verbose_name_plural = _("requests to authorities")
        indexes = (
            models.Index(fields=("due_on",), condition=Q(state__in=_WAITING), name="requests_waiting"),
            models.Index(fields=("organisation", "state"), name="requests_of_organisation"),
        )
        constraints = (
            known("state", State, "request_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=("draft", "closed"))
                | Q(sent_on__isnull=False, organisation__isnull=False, addressee__isnull=False),
                name="request_sent_by_somebody_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(grade="", grade_reason="") | (Q(grade__in=Grade.values) & ~Q(grade_reason="")),
                name="request_graded_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="graded") | ~Q(grade=""), name="request_graded_has_a_grade"
            ),
            models.CheckConstraint(
                condition=(Q(answered_on=None) & Q(answer=""))
                | (Q(answered_on__isnull=False) & ~Q(answer="")),
                name="request_answer_has_its_day",
            ),
            models.CheckConstraint(
                condition=(Q(state="closed", closed_on__isnull=False) & ~Q(outcome=""))
                | (~Q(state="closed") & Q(closed_on=None, outcome="")),
                name="request_closed_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("sent_on")), name="request_days_in_order"
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def is_overdue(self) -> bool:
        """Computed, never kept: the authority has not answered and its day has passed."""
        return self.state in WAITING and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def days_late(self) -> int:
        """By how many days the answer came after its last day; 0 where it did not, or no day is known."""
        if self.answered_on is None or self.due_on is None:
            return 0
        return max(0, (self.answered_on - self.due_on).days)

    @property
    def is_withheld(self) -> bool:
        """It was meant for everybody, and by now may say who a child is: somebody has to make it confidential."""
        return self.public and self.withheld_on is not None

    @property
    def is_open(self) -> bool:
        """Whether everybody who signs in may read it, now: what was not looked at lately is read by nobody."""
        return opening.is_open(self)


class PublicRequest(Request):
    """The same rows as everybody sees them: only those that are open (see `queries.public_requests`)."""

    class Meta:
        proxy = True
        ordering = ("-sent_on", "-pk")
        verbose_name = _("public request")
        verbose_name_plural = _("public requests")


class Escalation(Edited):
    """One rung that was climbed: who was asked instead of the authority, when, and what they said."""

    request = models.ForeignKey(
        Request, models.PROTECT, related_name="escalations", verbose_name=_("request"), editable=False
    )
    rung = models.CharField(_("rung"), max_length=40, editable=False)  # a code of the pack
    number = models.PositiveSmallIntegerField(_("height"), editable=False)
    to = models.CharField(_("to whom"), max_length=200, editable=False)
    on = models.DateField(_("day"), editable=False)
    answer_by = models.DateField(_("answer expected by"), null=True, editable=False)
    note = models.TextField(_("what was asked"), max_length=4000, blank=True, editable=False)

    class Meta:
        ordering = ("number", "pk")
        verbose_name = _("escalation")
        verbose_name_plural = _("escalations")
        constraints = (
            models.UniqueConstraint(fields=("request", "rung"), name="rung_climbed_once"),
            models.CheckConstraint(
                condition=Q(answer_by=None) | Q(answer_by__gte=F("on")), name="escalation_days_in_order"
            ),
        )

    def __str__(self) -> str:
        return self.to


class Support(models.Model):
    """A member of a network that supports one rung, since it said so. Written and read with the escalation."""

    escalation = models.ForeignKey(Escalation, models.CASCADE, related_name="supports")
    membership = models.ForeignKey("networks.Membership", models.PROTECT, related_name="+")
    agreed_on = models.DateField(_("agreed on"))

    class Meta:
        verbose_name = _("support")
        verbose_name_plural = _("support")
        constraints = (models.UniqueConstraint(fields=("escalation", "membership"), name="support_once"),)

    def __str__(self) -> str:
        return f"{self.escalation_id} · {self.membership_id}"
