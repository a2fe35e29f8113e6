"""What is done for a line, by what one sees that it worked, and how much of it is wanted until when."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.coordination.plans.models.plan import Line
from cobijo.web.coordination.plans.states import LineState
from cobijo.web.core.access.models import Edited


class Activity(Edited):
    line = models.ForeignKey(Line, models.PROTECT, related_name="activities", verbose_name=_("line"))
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    title = models.CharField(_("activity"), max_length=400)
    starts_on = models.DateField(_("begins"), null=True, blank=True)
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(
        _("where it stands"), max_length=12, choices=LineState, default=LineState.PLANNED
    )

    class Meta:
        ordering = ("line", "number")
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        constraints = (
            models.UniqueConstraint(fields=("line", "number"), name="activity_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="activity_counted_from_one"),
            models.CheckConstraint(condition=Q(state__in=LineState.values), name="activity_state_known"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(due_on=None) | Q(starts_on__lte=F("due_on")),
                name="activity_days_in_order",
            ),
        )

    def __str__(self) -> str:
        return f"{self.place} {self.title}"

    @property
    def place(self) -> str:
        return f"{self.line.place}.{self.number}"

    @property
    def code(self) -> str:
        return f"{self.line.code}.{self.number}"


class Indicator(Edited):
    activity = models.ForeignKey(
        Activity, models.PROTECT, related_name="indicators", verbose_name=_("activity")
    )
    number = models.PositiveSmallIntegerField(_("number"), validators=[MinValueValidator(1)])
    title = models.CharField(_("indicator"), max_length=300)
    unit = models.CharField(_("unit"), max_length=60)
    baseline = models.DecimalField(
        _("where it began"), max_digits=18, decimal_places=4, null=True, blank=True,
        help_text=_("Empty: not known."),
    )  # fmt: skip
    source = models.CharField(_("where its values come from"), max_length=250, blank=True)

    class Meta:
        ordering = ("activity", "number")
        verbose_name = _("indicator")
        verbose_name_plural = _("indicators")
        constraints = (
            models.UniqueConstraint(fields=("activity", "number"), name="indicator_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="indicator_counted_from_one"),
        )

    def __str__(self) -> str:
        return f"{self.place} {self.title}"

    @property
    def place(self) -> str:
        return f"{self.activity.place}.{self.number}"

    @property
    def code(self) -> str:
        return f"{self.activity.code}.{self.number}"


class Target(Edited):
    """How much of an indicator is wanted at the end of a year."""

    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="targets", verbose_name=_("indicator")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value wanted"), max_digits=18, decimal_places=4)

    class Meta:
        ordering = ("indicator", "year")
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = (
            models.UniqueConstraint(fields=("indicator", "year"), name="target_once_a_year"),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2200), name="target_year_meant"),
        )

    def __str__(self) -> str:
        return f"{self.indicator} · {self.year}"
