"""A case: one organisation's work for one child, from opening to closure, and who approved, took over, was told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.care.cases.states import GOING_ON, State
from cobijo.web.care.children.models import OfChild, Past, new_code
from cobijo.web.core.access.models import Protected


class Risk(models.TextChoices):
    IMMEDIATE = "immediate", _("immediate")
    HIGH = "high", _("high")
    MEDIUM = "medium", _("medium")
    LOW = "low", _("low")


class Guardian(models.TextChoices):
    """What a guardian may be told follows from this; nobody who is implicated consents, is told or holds a code."""

    UNKNOWN = "unknown", _("not clear yet")
    NONE = "none", _("there is none")
    TRUSTED = "trusted", _("no sign of involvement")
    CONFLICT = "conflict", _("conflict of interest")
    IMPLICATED = "implicated", _("may be implicated")


class Closure(models.TextChoices):
    GOALS_MET = "goals_met", _("The goals of the plan are met")
    CHILD_WISHES = "child_wishes", _("The child wishes to end it")
    TAKEN_ON = "taken_on", _("Another service has taken it on")
    RETURNED = "returned", _("Returned to another country")
    MOVED = "moved", _("Moved away")
    LOST_CONTACT = "lost_contact", _("Lost contact")
    DIED = "died", _("The child died")
    NOT_A_CASE = "not_a_case", _("Looked into; no case")
    DOUBLE = "double", _("Opened twice")


#: Closures after which nobody asks how the child is at 3, 6 and 12 months.
NO_OUTCOME = (Closure.DIED, Closure.NOT_A_CASE, Closure.DOUBLE)


class Case(OfChild):
    """The head of the file. Who the child is stands with the child; who represents it, sealed here."""

    code = models.CharField(_("code"), max_length=12, unique=True, default=new_code, editable=False)
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", editable=False
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN, editable=False)
    state_before = models.CharField(max_length=10, blank=True, editable=False)  # while it is offered
    area = models.CharField(_("state of the country"), max_length=16)
    risk = models.CharField(_("risk"), max_length=10, choices=Risk, blank=True, editable=False)
    guardian = models.CharField(_("guardian"), max_length=10, choices=Guardian, default=Guardian.UNKNOWN)
    opened_on = models.DateField(_("opened on"))
    answer_by = models.DateTimeField(_("somebody must act by"), null=True, editable=False)  # the risk clock
    answered_at = models.DateTimeField(_("acted on"), null=True, editable=False)
    answer = models.CharField(_("how"), max_length=12, blank=True, editable=False)
    offered_to = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, null=True, related_name="+", editable=False
    )
    closed_on = models.DateField(_("closed on"), null=True, editable=False)
    closure = models.CharField(_("why closed"), max_length=12, choices=Closure, blank=True, editable=False)
    times_reopened = models.PositiveSmallIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        indexes = (
            models.Index(fields=("scope", "state", "answer_by"), name="cases_of_a_place"),
            models.Index(fields=("answer_by",), condition=Q(answered_at=None), name="cases_unanswered"),
            models.Index(fields=("organisation", "closed_on"), name="cases_closed"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("child", "organisation"),
                condition=Q(state__in=[one.value for one in GOING_ON]),
                name="one_open_case_a_child",
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="case_state_known"),
            models.CheckConstraint(condition=Q(risk__in=("", *Risk.values)), name="case_risk_known"),
            models.CheckConstraint(
                condition=(Q(state="closed", closed_on__isnull=False) & ~Q(closure=""))
                | (~Q(state="closed") & Q(closed_on=None, closure="")),
                name="case_closed_with_day_and_reason",
            ),
            models.CheckConstraint(
                condition=(Q(state="transfer", offered_to__isnull=False) & ~Q(state_before=""))
                | (~Q(state="transfer") & Q(offered_to=None, state_before="")),
                name="case_offered_to_somebody",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | (Q(answered_at__isnull=False) & ~Q(answer="")),
                name="case_answer_and_when",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("opened_on")), name="case_days_in_order"
            ),
        )

    def __str__(self) -> str:
        return self.code


class What(models.TextChoices):
    ASSESSMENT = "assessment", _("assessment")
    PLAN = "plan", _("plan")
    CLOSURE = "closure", _("closure")
    RETURN = "return", _("return to another country")


class Verdict(models.TextChoices):
    ASKED = "asked", _("waits for the supervisor")
    APPROVED = "approved", _("approved")
    SENT_BACK = "sent_back", _("sent back")


class Remark(models.TextChoices):
    SAFETY = "safety", _("Safety first: there is no plan for tonight")
    WISHES = "wishes", _("The child’s own wishes are missing")
    GOALS = "goals", _("Goals, services or days are unclear")
    LINKS = "links", _("Siblings or other children at risk are not looked at")
    OTHER = "other", _("Let us talk about it")


class Approval(Protected):
    """A supervisor's yes to one step; nobody approves what they asked for themselves."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="approvals")
    child = models.ForeignKey("children.Child", models.PROTECT, related_name="+")
    what = models.CharField(_("what"), max_length=10, choices=What)
    closure = models.CharField(_("reason of closure"), max_length=12, choices=Closure, blank=True)
    verdict = models.CharField(_("answer"), max_length=10, choices=Verdict, default=Verdict.ASKED)
    remark = models.CharField(_("remark"), max_length=10, choices=Remark, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)
    used = models.BooleanField(default=False)  # by the step that needed it: a reopened case asks anew

    class Meta:
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        constraints = (
            models.UniqueConstraint(
                fields=("case", "what"), condition=Q(verdict="asked"), name="approval_asked_once"
            ),
            models.CheckConstraint(
                condition=Q(verdict="asked", decided_by=None, decided_at=None)
                | (~Q(verdict="asked") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="approval_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("asked_by")), name="nobody_approves_oneself"
            ),
        )

    def __str__(self) -> str:
        return f"{self.what}: {self.verdict}"


class TransferReason(models.TextChoices):
    MOVES = "moves", _("The child moves")
    NEEDS = "needs", _("Needs that we cannot meet")
    CONFLICT = "conflict", _("Conflict of interest here")
    CROSS_BORDER = "cross_border", _("Across a border")
    CLOSING = "closing", _("Our service ends")


class Transfer(Protected):
    """An offer of a case, in the tray of the other organisation. Codes only: who it is about comes with the acceptance.

    A refusal or a withdrawal removes the row; the audit keeps that there was one.
    """

    case_id = models.BigIntegerField(unique=True)  # no key: the recipient cannot see the case yet
    sender = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    ground = models.CharField(_("consent or legal basis"), max_length=60)
    reason = models.CharField(_("reason"), max_length=12, choices=TransferReason)
    area = models.CharField(_("state of the country"), max_length=16)
    risk = models.CharField(_("risk"), max_length=10, choices=Risk, blank=True)
    age_band = models.CharField(_("age"), max_length=8)
    needs = models.JSONField(_("needs"), default=list)
    reply_by = models.DateTimeField(_("reply by"))

    class Meta:
        verbose_name = _("offered case")
        verbose_name_plural = _("offered cases")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class Escalation(models.Model):
    """Somebody was told that a risk clock ran out. It names a case by number and says nothing about the child."""

    case_id = models.BigIntegerField()
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    account = models.ForeignKey(  # who was told
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+"
    )
    stage = models.PositiveSmallIntegerField()  # 1: supervisor, 2: deputy
    unmet_since = models.DateTimeField()  # the clock it is about
    at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)  # the case was acted on

    class Meta:
        verbose_name = _("unmet risk clock")
        verbose_name_plural = _("unmet risk clocks")
        indexes = (
            models.Index(fields=("account",), condition=Q(ended_at=None), name="escalations_of_a_person"),
        )
        constraints = (
            models.UniqueConstraint(fields=("case_id", "unmet_since", "account"), name="told_once_a_clock"),
        )

    def __str__(self) -> str:
        return f"{self.case_id}: {self.stage}"


class CaseRevision(Past):
    """History of this room's kinds, under the child's key."""

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "record_id", "number"), name="one_case_revision_a_version"
            ),
        )
