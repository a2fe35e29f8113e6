"""Series by area: the ten contextual factors, and what others grade the country."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.access.models import Edited
from cobijo.web.knowledge.evidence.fields import AreaField
from cobijo.web.knowledge.evidence.models.figures import Source


class Rating(Edited):
    """A grade that somebody gave the country for a year: an assessment, which is no count and is compared with none."""

    scheme = models.SlugField(_("scheme"), max_length=40)
    source = models.ForeignKey(Source, models.PROTECT, related_name="ratings", verbose_name=_("source"))
    area = AreaField(_("area"), max_length=10)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1900), MaxValueValidator(2200)]
    )
    grade = models.CharField(_("grade given"), max_length=8)
    evidence = models.CharField(_("how sure"), max_length=250, blank=True)

    class Meta:
        ordering = ("scheme", "area", "year")
        verbose_name = _("rating of the country")
        verbose_name_plural = _("ratings of the country")
        constraints = (
            models.UniqueConstraint(
                fields=("scheme", "area", "year"),
                name="rating_once_a_year",
                violation_error_message=_("This year has a rating already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.scheme} {self.area} {self.year}: {self.grade}"


class Factor(models.TextChoices):
    """The ten contextual factors. They describe a place and its time, never a child."""

    ECONOMY = "economy", _("state of the economy")
    ATTITUDES = "attitudes", _("attitudes to children and adolescents")
    ANOMIE = "anomie", _("loss of norms among the young")
    POVERTY = "poverty", _("poverty")
    YOUTH_CRIME = "youth_crime", _("young people in crime and violence")
    RESPONSE = "response", _("society’s answer to crime, sexual crime against children included")
    ADULT_ZONES = "adult_zones", _("zones of adult prostitution")
    ADVOCACY = "advocacy", _("groups that speak for sex between adults and children")
    UNMARRIED_MEN = "unmarried_men", _("sexual behaviour of unmarried men")
    HIV = "hiv", _("knowledge of and attitudes to HIV and other infections")


#: Defined as factors, but never a series and never a map.
DEFINED_ONLY = frozenset({Factor.ADULT_ZONES, Factor.ADVOCACY})


class Indicator(Edited):
    """A published series that stands for one factor, under the licence that its owner gave."""

    code = models.SlugField(_("short name"), max_length=60, unique=True)
    factor = models.CharField(_("factor"), max_length=16, choices=Factor)
    name = models.CharField(_("name"), max_length=200)
    unit = models.CharField(_("unit"), max_length=60)
    source = models.ForeignKey(Source, models.PROTECT, related_name="indicators", verbose_name=_("source"))
    definition = models.TextField(_("what it measures"), max_length=1000, blank=True)
    licence = models.CharField(
        _("licence"),
        max_length=200,
        help_text=_("Its owner lets it be used under it. A series without one stays out."),
    )

    class Meta:
        ordering = ("factor", "name")
        verbose_name = _("series of a factor")
        verbose_name_plural = _("series of factors")
        constraints = (
            models.CheckConstraint(condition=Q(factor__in=Factor.values), name="indicator_factor_known"),
            models.CheckConstraint(
                condition=~Q(factor__in=sorted(DEFINED_ONLY)), name="indicator_never_of_defined_only"
            ),
        )

    def __str__(self) -> str:
        return self.name


class IndicatorValue(Edited):
    """What a series says of one area in one year. It lies beside areas; nothing leads from here to a child."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values", verbose_name=_("series"))
    area = AreaField(_("area"), max_length=10)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1900), MaxValueValidator(2200)]
    )
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)

    class Meta:
        ordering = ("indicator", "area", "year")
        verbose_name = _("value of a factor")
        verbose_name_plural = _("values of factors")
        constraints = (
            models.UniqueConstraint(
                fields=("indicator", "area", "year"),
                name="indicator_value_once",
                violation_error_message=_("This series has a value for this area and year already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator_id} {self.area} {self.year}"
