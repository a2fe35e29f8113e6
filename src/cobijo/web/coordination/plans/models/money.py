"""Where the money of a plan comes from, and what of it was planned, committed and spent."""

from __future__ import annotations

from decimal import Decimal

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.coordination.plans.fields import MoneyField
from cobijo.web.coordination.plans.models.plan import Line
from cobijo.web.core.access.models import Edited


class FunderKind(models.TextChoices):
    FEDERAL = "federal", _("Federal budget")
    STATE = "state", _("Budget of a state")
    COOPERATION = "cooperation", _("International cooperation")
    PRIVATE = "private", _("Private donor")
    OWN = "own", _("Own means")


class Funder(Edited):
    """A source of money, as a budget names it."""

    code = models.SlugField(_("short name"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=200, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=FunderKind)

    class Meta:
        ordering = ("name",)
        verbose_name = _("source of money")
        verbose_name_plural = _("sources of money")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=FunderKind.values), name="funder_kind_known"),
        )

    def __str__(self) -> str:
        return self.name


class Budget(Edited):
    """One line's money from one source in one year.

    `given_…` is what somebody wrote, in `currency`; `planned`, `committed` and `spent` are the same in the plan's
    currency, and only these are ever added up. The table itself holds that the two differ only where a rate is stated.
    """

    line = models.ForeignKey(Line, models.PROTECT, related_name="budgets", verbose_name=_("line"))
    funder = models.ForeignKey(
        Funder, models.PROTECT, related_name="budgets", verbose_name=_("source of money")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    currency = models.CharField(
        _("currency"), max_length=3, blank=True, validators=[RegexValidator(r"^[A-Z]{3}$")],
        help_text=_("Empty: the plan’s own. Another one needs a rate and its day."),
    )  # fmt: skip
    given_planned = MoneyField(_("planned"), default=Decimal("0.00"))
    given_committed = MoneyField(_("committed"), default=Decimal("0.00"))
    given_spent = MoneyField(_("spent"), default=Decimal("0.00"))
    rate = models.DecimalField(
        _("rate"), max_digits=18, decimal_places=8, null=True, blank=True,
        help_text=_("How much of the plan’s currency one unit of this one was worth."),
    )  # fmt: skip
    rate_on = models.DateField(_("day of the rate"), null=True, blank=True)
    planned = MoneyField(_("planned, in the plan’s currency"), default=Decimal("0.00"), editable=False)
    committed = MoneyField(_("committed, in the plan’s currency"), default=Decimal("0.00"), editable=False)
    spent = MoneyField(_("spent, in the plan’s currency"), default=Decimal("0.00"), editable=False)

    class Meta:
        ordering = ("line", "year", "funder")
        verbose_name = _("budget row")
        verbose_name_plural = _("budget rows")
        constraints = (
            models.UniqueConstraint(fields=("line", "funder", "year"), name="budget_once"),
            models.CheckConstraint(condition=Q(year__gte=1990, year__lte=2200), name="budget_year_meant"),
            models.CheckConstraint(
                condition=Q(
                    planned__gte=0, committed__gte=0, spent__gte=0,
                    given_planned__gte=0, given_committed__gte=0, given_spent__gte=0,
                ),
                name="budget_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(
                    rate=None, rate_on=None, planned=F("given_planned"), committed=F("given_committed"),
                    spent=F("given_spent"),
                )
                | Q(rate__gt=0, rate_on__isnull=False),
                name="budget_converted_by_a_stated_rate",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return f"{self.line.place} · {self.funder} · {self.year}"
