"""The plan, its objectives and its lines."""

from __future__ import annotations

from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.coordination.plans.states import LineState, PlanState
from cobijo.web.core.access.models import Edited

DATES = ("in_force_on", "evaluated_on", "closed_on")


def _reached(state: str, count: int) -> Q:
    """A plan in this state has the first `count` of its dates, and no more."""
    return Q(state=state, **{f"{name}__isnull": place >= count for place, name in enumerate(DATES)})


class Plan(Edited):
    """A plan of action for some years. One that follows another names it; its currency is that of every sum in it."""

    code = models.SlugField(_("short name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200)
    about = models.TextField(_("what it is for"), max_length=2000, blank=True)
    area = models.CharField(
        _("state"), max_length=16, blank=True, help_text=_("Empty: it is for the whole country.")
    )
    starts_on = models.DateField(_("begins"))
    ends_on = models.DateField(_("ends"))
    currency = models.CharField(
        _("currency"), max_length=3, default="MXN",
        validators=[RegexValidator(r"^[A-Z]{3}$", _("Three capital letters, such as MXN."))],
        help_text=_("Of every sum in it. Three letters, such as MXN."),
    )  # fmt: skip
    report_every = models.PositiveSmallIntegerField(
        _("months between two reports of a line"), default=6, validators=[MinValueValidator(1)]
    )
    predecessor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_("follows")
    )
    source = models.CharField(
        _("where it was adopted"), max_length=250, blank=True, help_text=_("Decree, session or page.")
    )
    state = models.CharField(
        _("where it stands"), max_length=12, choices=PlanState, default=PlanState.DRAFT, editable=False
    )
    in_force_on = models.DateField(_("in force since"), null=True, editable=False)
    evaluated_on = models.DateField(_("evaluated on"), null=True, editable=False)
    closed_on = models.DateField(_("closed on"), null=True, editable=False)

    class Meta:
        ordering = ("-starts_on", "name")
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        constraints = (
            models.CheckConstraint(
                condition=_reached(PlanState.DRAFT, 0)
                | _reached(PlanState.IN_FORCE, 1)
                | _reached(PlanState.EVALUATED, 2)
                | _reached(PlanState.CLOSED, 3),
                name="plan_state_with_its_dates",
            ),
            models.CheckConstraint(condition=Q(starts_on__lte=F("ends_on")), name="plan_days_in_order"),
            models.CheckConstraint(
                condition=Q(predecessor=None) | ~Q(predecessor=F("id")), name="plan_follows_another"
            ),
            models.CheckConstraint(condition=Q(report_every__gte=1), name="plan_reports_sometimes"),
        )

    def __str__(self) -> str:
        return self.name


class Objective(Edited):
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="objectives", verbose_name=_("plan"))
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    title = models.CharField(_("objective"), max_length=300)

    class Meta:
        ordering = ("plan", "number")
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        constraints = (
            models.UniqueConstraint(fields=("plan", "number"), name="objective_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="objective_counted_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    @property
    def code(self) -> str:
        """As a table names it."""
        return f"{self.plan.code} {self.number}"


class Line(Edited):
    """What somebody promised to do until a day. It lies in one plan: that of its objective, and no other."""

    objective = models.ForeignKey(
        Objective, models.PROTECT, related_name="lines", verbose_name=_("objective")
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    title = models.CharField(_("line"), max_length=400)
    owner = models.ForeignKey(
        "accounts.Organisation",
        models.PROTECT,
        related_name="plan_lines",
        verbose_name=_("who answers for it"),
    )
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    due_on = models.DateField(_("due"))
    state = models.CharField(
        _("where it stands"), max_length=12, choices=LineState, default=LineState.PLANNED
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    why_dropped = models.CharField(_("why it was dropped"), max_length=400, blank=True)
    report_due_on = models.DateField(_("next report due"), null=True, editable=False)
    continues = models.OneToOneField(
        "self", models.PROTECT, null=True, editable=False, related_name="continued_by",
        verbose_name=_("goes on with"),
    )  # fmt: skip

    class Meta:
        ordering = ("objective", "number")
        verbose_name = _("line of a plan")
        verbose_name_plural = _("lines of plans")
        indexes = (
            models.Index(fields=("owner", "due_on"), name="plan_line_owner_due"),
            models.Index(fields=("owner", "report_due_on"), name="plan_line_owner_report"),
        )
        constraints = (
            models.UniqueConstraint(fields=("objective", "number"), name="line_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="line_counted_from_one"),
            models.CheckConstraint(
                condition=Q(state=LineState.DONE, done_on__isnull=False)
                | (Q(done_on=None) & Q(state__in=[one for one in LineState.values if one != LineState.DONE])),
                name="line_done_on_a_day",
            ),
            models.CheckConstraint(
                condition=(Q(state=LineState.DROPPED) & ~Q(why_dropped=""))
                | (~Q(state=LineState.DROPPED) & Q(why_dropped="")),
                name="line_dropped_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(starts_on__lte=F("due_on")), name="line_days_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.place} {self.title}"

    @property
    def place(self) -> str:
        """Its number within the plan, such as 2.14."""
        return f"{self.objective.number}.{self.number}"

    @property
    def code(self) -> str:
        """As a table names it."""
        return f"{self.objective.plan.code} {self.place}"
