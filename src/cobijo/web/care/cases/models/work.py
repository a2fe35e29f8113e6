"""What is done under a case. Each row is about one child and sealed with its key; what lists need is plain codes."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cobijo.web.care.cases.models.case import Case, Risk
from cobijo.web.care.children.models import OfChild


class OfCase(OfChild):
    """Base of everything under one case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+", verbose_name=_("case"))

    class Meta:
        abstract = True


class Assessment(OfCase):
    """Risk, then needs and the child's own wishes (sealed). Needs, never diagnoses; added, never changed.

    What is sealed is emptied when its own time of keeping is over; risk and year stay.
    """

    risk = models.CharField(_("risk"), max_length=10, choices=Risk)
    assessed_on = models.DateField(_("assessed on"))

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")

    def __str__(self) -> str:
        return self.risk


class SafetyPlan(OfCase):
    """What keeps the child safe tonight. The latest one stands."""

    good_until = models.DateField(_("look at it again by"))

    class Meta:
        verbose_name = _("safety plan")
        verbose_name_plural = _("safety plans")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class PlanKind(models.TextChoices):
    CARE = "care", _("plan of the case")
    URGENT = "urgent", _("urgent measure")
    RESTITUTION = "restitution", _("plan to restore rights")
    RETURN = "return", _("return to another country")


class Doer(models.TextChoices):
    CHILD = "child", _("the child")
    WORKER = "worker", _("caseworker")
    SERVICE = "service", _("the service")
    REPRESENTATIVE = "representative", _("representative")
    OFFICE = "office", _("protection office")


class ItemState(models.TextChoices):
    PLANNED = "planned", _("planned")
    DOING = "doing", _("under way")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


class PlanItem(OfCase):
    """One line of a plan: which goal, with which service, who, until when. Urgent and restitution: which office."""

    kind = models.CharField(_("plan"), max_length=12, choices=PlanKind, default=PlanKind.CARE)
    service = models.ForeignKey(
        "services.Service", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("service")
    )
    office = models.CharField(_("protection office"), max_length=40, blank=True)  # the pack's code
    doer = models.CharField(_("who"), max_length=16, choices=Doer)
    due_on = models.DateField(_("until"))
    state = models.CharField(_("how far"), max_length=8, choices=ItemState, default=ItemState.PLANNED)
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        verbose_name = _("line of the plan")
        verbose_name_plural = _("lines of the plan")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="done", done_on__isnull=False) | (~Q(state="done") & Q(done_on=None)),
                name="plan_item_done_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("care", "return")) | ~Q(office=""), name="plan_item_names_the_office"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class TaskKind(models.TextChoices):
    CALL = "call", _("Call or visit the child")
    ARRANGE = "arrange", _("Arrange a service")
    REPORT = "report", _("Report to the authority")
    REPRESENT = "represent", _("Find a legal representative")
    DOCUMENT = "document", _("Papers")
    SIBLING = "sibling", _("Look after a sibling")
    OTHER = "other", _("Other")


class TaskState(models.TextChoices):
    OPEN = "open", pgettext_lazy("task", "open")
    DONE = "done", pgettext_lazy("task", "done")
    DROPPED = "dropped", _("not needed any more")


class Task(OfCase):
    """One thing to do by a day."""

    kind = models.CharField(_("what"), max_length=10, choices=TaskKind)
    due_on = models.DateField(_("due on"))
    risk = models.CharField(_("risk"), max_length=10, choices=Risk, default=Risk.LOW)
    state = models.CharField(_("how far"), max_length=8, choices=TaskState, default=TaskState.OPEN)

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        indexes = (
            models.Index(fields=("scope", "due_on"), condition=Q(state="open"), name="tasks_of_a_place"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class FollowUpKind(models.TextChoices):
    VISIT = "visit", _("visit")
    CALL = "call", _("call")
    MEETING = "meeting", _("meeting")
    SERVICE = "service", _("word from a service")


class Met(models.TextChoices):
    PLANNED = "planned", _("planned")
    MET = "met", _("took place")
    NOT_FOUND = "not_found", _("child not found")
    DECLINED = "declined", _("the child declined")
    PUT_OFF = "put_off", _("put off")


class FollowUp(OfCase):
    """One planned look at how the child is."""

    kind = models.CharField(_("how"), max_length=8, choices=FollowUpKind)
    planned_on = models.DateField(_("planned on"))
    met = models.CharField(_("what came of it"), max_length=10, choices=Met, default=Met.PLANNED)
    done_on = models.DateField(_("took place on"), null=True, blank=True)

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        indexes = (
            models.Index(
                fields=("scope", "planned_on"), condition=Q(met="planned"), name="follow_ups_planned"
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(met="planned", done_on=None) | ~Q(met="planned"), name="follow_up_still_planned"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Outcome(OfCase):
    """How the child is 3, 6 or 12 months after closure. Lost contact is an outcome, and then nothing else is said."""

    month = models.PositiveSmallIntegerField(
        _("months after closure"), choices=((3, "3"), (6, "6"), (12, "12"))
    )
    closed_on = models.DateField(editable=False)  # of which closure: a case may be closed twice
    asked_on = models.DateField(_("asked on"))
    lost_contact = models.BooleanField(_("lost contact"), default=False)
    safe = models.BooleanField(_("safe"), null=True, blank=True)
    housed = models.BooleanField(_("housed"), null=True, blank=True)
    school_or_work = models.BooleanField(_("in school or at work"), null=True, blank=True)
    own_rating = models.PositiveSmallIntegerField(
        _("the child’s own rating, 1 to 5"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(5)],
    )

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        constraints = (
            models.UniqueConstraint(fields=("case", "closed_on", "month"), name="outcome_once_a_month"),
            models.CheckConstraint(condition=Q(month__in=(3, 6, 12)), name="outcome_month_known"),
            models.CheckConstraint(
                condition=Q(lost_contact=False)
                | Q(safe=None, housed=None, school_or_work=None, own_rating=None),
                name="outcome_lost_says_nothing_else",
            ),
            models.CheckConstraint(
                condition=Q(own_rating=None) | Q(own_rating__gte=1, own_rating__lte=5), name="outcome_rating"
            ),
        )

    def __str__(self) -> str:
        return f"{self.month}"


class Consular(models.TextChoices):
    NO = "no", _("no contact")
    WANTED = "wanted", _("safe, and the child wants it")


class Determination(OfCase):
    """Best interest before any return to another country. Added, never changed; the latest stands."""

    decided_on = models.DateField(_("decided on"))
    body = models.CharField(_("deciding body"), max_length=160)
    heard = models.BooleanField(_("the child was heard"))
    represented = models.BooleanField(_("an independent representative took part"))
    may_return = models.BooleanField(_("return is in the child’s best interest"))
    consular = models.CharField(_("contact with the consulate"), max_length=8, choices=Consular)

    class Meta:
        verbose_name = _("best-interest determination")
        verbose_name_plural = _("best-interest determinations")

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class SiblingKind(models.TextChoices):
    SIBLING = "sibling", _("brother or sister")
    OWN_CHILD = "own_child", _("the child’s own child")
    SAME_PLACE = "same_place", _("another child in the same situation")


class Sibling(OfCase):
    """Another child who may be at risk; their name is sealed, and their own record is linked where there is one."""

    kind = models.CharField(_("relation"), max_length=10, choices=SiblingKind)
    at_risk = models.BooleanField(_("at risk"), null=True, blank=True)
    record = models.BigIntegerField(
        _("record of that child"), null=True, blank=True
    )  # no key: it moves on its own

    class Meta:
        verbose_name = _("other child at risk")
        verbose_name_plural = _("other children at risk")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
