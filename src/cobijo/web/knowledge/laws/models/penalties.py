"""What a law threatens for an offence, from one day until another."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.access.models import Edited
from cobijo.web.knowledge.laws.fields import LawAreaField
from cobijo.web.knowledge.laws.models.instruments import HOW_SURE, Article

MOST_YEARS = 150


class Penalty(Edited):
    """The penalty of one offence in the country or a state for as long as it was the law.

    Offences are compared by their code: the same code in two states, or twice over time, is the same offence.
    """

    offence = models.SlugField(
        _("offence, short name"),
        max_length=60,
        help_text=_("The same for the same offence everywhere: csam, sectt."),
    )
    called = models.CharField(_("what the law calls it"), max_length=300)
    area = LawAreaField(_("where it holds"), max_length=16)
    article = models.ForeignKey(Article, models.PROTECT, related_name="penalties", verbose_name=_("article"))
    min_years = models.DecimalField(
        _("least years of prison"), max_digits=5, decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_YEARS)],
    )  # fmt: skip
    max_years = models.DecimalField(
        _("most years of prison"), max_digits=5, decimal_places=2,
        validators=[MinValueValidator(0), MaxValueValidator(MOST_YEARS)],
    )  # fmt: skip
    min_fine_days = models.PositiveIntegerField(_("least days of fine"), null=True, blank=True)
    max_fine_days = models.PositiveIntegerField(_("most days of fine"), null=True, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty: it is the law today."))
    note = models.CharField(_("note"), max_length=500, blank=True)
    source = models.CharField(_("source"), max_length=250)
    evidence = models.CharField(_("evidence"), max_length=200, help_text=HOW_SURE)

    class Meta:
        ordering = ("offence", "area", "since")
        verbose_name = _("penalty")
        verbose_name_plural = _("penalties")
        constraints = (
            models.UniqueConstraint(
                fields=("offence", "area", "article", "since"),
                name="penalty_once",
                violation_error_message=_("This penalty is entered already."),
            ),
            models.CheckConstraint(
                condition=Q(min_years__gte=0) & Q(min_years__lte=F("max_years")),
                name="penalty_years_in_order",
            ),
            models.CheckConstraint(
                condition=Q(min_fine_days=None, max_fine_days=None)
                | Q(
                    min_fine_days__isnull=False,
                    max_fine_days__isnull=False,
                    max_fine_days__gte=F("min_fine_days"),
                ),
                name="penalty_fine_in_order",
            ),
            models.CheckConstraint(
                condition=Q(until=None) | Q(since__lte=F("until")), name="penalty_days_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.called} · {self.article}"
