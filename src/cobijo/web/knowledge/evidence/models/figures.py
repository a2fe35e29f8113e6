"""Sources, and the figures that they give."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.access.models import Edited
from cobijo.web.knowledge.evidence.fields import AreaField, ConceptField, PartField, PeriodField
from cobijo.web.knowledge.evidence.saying import citation, headline, source_named

#: The area of what was counted in the whole world, as the United Nations number it.
WORLD = "001"
DIGITS, DECIMALS = 14, 2


class SourceKind(models.TextChoices):
    GOVERNMENT = "government", _("Government of the country")
    FOREIGN = "foreign", _("Foreign government")
    INTERGOVERNMENTAL = "intergovernmental", _("Body of the United Nations or between States")
    CIVIL_SOCIETY = "civil_society", _("Civil society")
    ACADEMIC = "academic", _("Research")
    PROVIDER = "provider", _("Internet provider or company")
    CLEARING_HOUSE = "clearing_house", _("Hotline or clearing house for reports")
    MEDIA = "media", _("Press")
    SEVERAL = "several", _("Several, not named")


class Grade(models.TextChoices):
    """How well a figure is founded; it says nothing about who gave it."""

    A = "a", _("A: measured, method published")
    B = "b", _("B: counted by an office, method known in part")
    C = "c", _("C: estimate, method not published")
    D = "d", _("D: said, without a method")


class Unit(models.TextChoices):
    CHILDREN = "children", _("children")
    PEOPLE = "people", _("people of any age")
    CASES = "cases", _("cases")
    REPORTS = "reports", _("reports")
    SITES = "sites", _("web sites")
    GROUPS = "groups", _("groups")
    PERCENT = "percent", _("per cent")
    RATE = "rate", _("per 100,000")


class Status(models.TextChoices):
    """As in the picture; a source that does not say leaves it open, and then it matches nothing."""

    UNSTATED = "unstated", _("not said")
    AT_RISK = "at_risk", _("at risk")
    PRESUMED = "presumed", _("presumed")
    IDENTIFIED = "identified", _("identified")
    ANY = "any", _("does not apply")


class Measure(models.TextChoices):
    STOCK = "stock", _("stock: so many at one time")
    FLOW = "flow", _("flow: so many new ones in a time")
    TOTAL = "total", _("running total: so many since a beginning")


class Bound(models.TextChoices):
    EXACT = "exact", _("exactly so")
    ABOUT = "about", _("about")
    AT_LEAST = "at_least", _("at least, or more than")
    AT_MOST = "at_most", _("at most")


class Source(Edited):
    """Who said it, and where. Several figures may come from one source."""

    code = models.SlugField(_("short name"), max_length=60, unique=True)
    who = models.CharField(_("who said it"), max_length=200)
    title = models.CharField(_("title"), max_length=300, blank=True)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1900), MaxValueValidator(2200)]
    )
    day = models.DateField(_("day"), null=True, blank=True, help_text=_("Empty: only the year is known."))
    kind = models.CharField(_("kind of source"), max_length=20, choices=SourceKind)
    address = models.CharField(
        _("web address"), max_length=300, blank=True, validators=[URLValidator(["https", "http"])]
    )
    grade = models.CharField(_("quality"), max_length=1, choices=Grade, default=Grade.D)
    method = models.TextField(
        _("method"), max_length=2000, blank=True, help_text=_("How it came to its figures, in a few words.")
    )
    via = models.CharField(
        _("read in"),
        max_length=300,
        blank=True,
        help_text=_("Where it was read, if not in the source itself."),
    )
    evidence = models.CharField(
        _("how sure"), max_length=250, blank=True, help_text=_("Whether the source itself was read.")
    )

    class Meta:
        ordering = ("-year", "who")
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        constraints = (
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="source_grade_known"),
            models.CheckConstraint(condition=Q(kind__in=SourceKind.values), name="source_kind_known"),
        )

    def __str__(self) -> str:
        return source_named(self)


class Figure(Edited):
    """A number that somebody published, with exactly what it counts. Fields that a source leaves open stay open."""

    code = models.SlugField(_("short name"), max_length=80, unique=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="figures", verbose_name=_("source"))
    locator = models.CharField(
        _("page or paragraph"), max_length=120, blank=True, help_text=_("Where in the source it stands.")
    )
    # What is counted. Blank here, required by a rule whose sentence says what to do.
    concept = ConceptField(_("what is counted"), max_length=60, blank=True)
    unit = models.CharField(_("unit"), max_length=12, choices=Unit, default=Unit.CHILDREN)
    status = models.CharField(
        _("status of those counted"), max_length=12, choices=Status, default=Status.UNSTATED
    )
    age_from = models.PositiveSmallIntegerField(_("age from"), null=True, blank=True)
    age_to = models.PositiveSmallIntegerField(
        _("age to"),
        null=True,
        blank=True,
        help_text=_("The last year that counts: 17 for under 18. Empty: not said."),
    )
    area = AreaField(_("area"), max_length=10, blank=True)
    area_part = PartField(
        _("part of the country"), max_length=120, blank=True,
        help_text=_("Where it is a part larger than a state, such as the states along a border. Empty: all of it."),
    )  # fmt: skip
    period_from = PeriodField(_("period from"), blank=True)
    period_until = PeriodField(_("period until"), blank=True)
    period_said = models.BooleanField(
        _("the source says the period"), default=True,
        help_text=_("Unticked: the source does not say when it was counted; the period is when it was said."),
    )  # fmt: skip
    measure = models.CharField(_("stock or flow"), max_length=8, choices=Measure, default=Measure.STOCK)
    # What it says: a value, or a range, or both.
    bound = models.CharField(_("how the value is meant"), max_length=8, choices=Bound, default=Bound.EXACT)
    value = models.DecimalField(_("value"), max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True)
    low = models.DecimalField(
        _("range from"), max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True
    )
    high = models.DecimalField(
        _("range to"), max_digits=DIGITS, decimal_places=DECIMALS, null=True, blank=True
    )
    repeats = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="repeated_by", verbose_name=_("repeats"),
        help_text=_("The figure that this source only passes on. It is then not counted a second time."),
    )  # fmt: skip
    grade = models.CharField(_("quality"), max_length=1, choices=Grade, default=Grade.D)
    method = models.TextField(
        _("method"), max_length=2000, blank=True, help_text=_("How this figure came about, in a few words.")
    )
    do_not_say = models.TextField(
        _("do not say"),
        max_length=1000,
        blank=True,
        help_text=_("What it does not show, for whoever quotes it."),
    )
    public = models.BooleanField(
        _("shown to everybody"),
        default=False,
        help_text=_("On the public pages, with its source and what contradicts it."),
    )
    evidence = models.CharField(_("how sure"), max_length=250, blank=True)

    class Meta:
        ordering = ("concept", "period_from", "code")
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        indexes = (models.Index(fields=("concept", "period_from", "id"), name="figures_of_a_concept"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(concept=""), name="figure_has_a_concept",
                violation_error_message=_("Choose what the figure counts."),
            ),
            models.CheckConstraint(
                condition=~Q(area=""), name="figure_has_an_area",
                violation_error_message=_("Give the country or one of its states."),
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False) | Q(low__isnull=False), name="figure_says_something",
                violation_error_message=_("Give a value, or a range."),
            ),
            models.CheckConstraint(
                condition=Q(low=None) | Q(high=None) | Q(low__lte=F("high")), name="figure_range_in_order",
                violation_error_message=_("The range begins above its end. Exchange the two numbers."),
            ),
            models.CheckConstraint(
                condition=Q(period_from__lte=F("period_until")), name="figure_period_in_order",
                violation_error_message=_("The period ends before it begins. Exchange the two days."),
            ),
            models.CheckConstraint(
                condition=Q(age_from=None) | Q(age_to=None) | Q(age_from__lte=F("age_to")),
                name="figure_ages_in_order",
                violation_error_message=_("“Age from” is above “age to”. Exchange the two ages."),
            ),
            models.CheckConstraint(condition=Q(repeats=None) | ~Q(repeats=F("id")), name="figure_not_its_own"),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="figure_unit_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="figure_status_known"),
            models.CheckConstraint(condition=Q(measure__in=Measure.values), name="figure_measure_known"),
            models.CheckConstraint(condition=Q(bound__in=Bound.values), name="figure_bound_known"),
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="figure_grade_known"),
        )  # fmt: skip

    def __str__(self) -> str:
        return headline(self)

    @property
    def citation(self) -> str:
        """Ready to be copied, in the reader's language."""
        return citation(self)
