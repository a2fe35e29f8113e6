"""Treaties, laws and codes, their articles, and what was changed in them."""

from __future__ import annotations

from django.core.validators import URLValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.access.models import Edited
from cobijo.web.knowledge.laws.fields import LawAreaField


class InstrumentKind(models.TextChoices):
    TREATY = "treaty", _("Treaty")
    GENERAL_LAW = "general_law", _("General law, binding on the states")
    FEDERAL_LAW = "federal_law", _("Federal law")
    STATE_LAW = "state_law", _("State law")
    CODE = "code", _("Federal code")
    STATE_CODE = "state_code", _("State code")
    DECREE = "decree", _("Decree or agreement")
    GUIDANCE = "guidance", _("Guidance or classification of an international body")
    TREATY_BODY = "treaty_body", _("Document of a treaty body or rapporteur")


#: These bind more than one country, so they lie in no area; all the others lie in one.
INTERNATIONAL = (InstrumentKind.TREATY, InstrumentKind.GUIDANCE, InstrumentKind.TREATY_BODY)
#: These are a state's own.
OF_A_STATE = (InstrumentKind.STATE_LAW, InstrumentKind.STATE_CODE)

SAID = _("As the source says it, where the day is not known or there are several.")
HOW_SURE = _("How sure this is: read in the source, general knowledge to be confirmed, or inferred.")


class Instrument(Edited):
    """A treaty, law or code. One that has ended stays, with what came in its place."""

    code = models.SlugField(_("short name"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=InstrumentKind)
    name = models.CharField(_("official title"), max_length=400)
    abbreviation = models.CharField(_("abbreviation"), max_length=60, blank=True)
    area = LawAreaField(
        _("where it holds"), max_length=16, blank=True, help_text=_("Empty for what binds several countries.")
    )
    symbol = models.CharField(_("symbol or number"), max_length=120, blank=True)
    adopted = models.DateField(_("adopted or published on"), null=True, blank=True)
    in_force = models.DateField(_("in force since"), null=True, blank=True)
    ratified = models.DateField(_("ratified by the country on"), null=True, blank=True)
    ended = models.DateField(_("ended on"), null=True, blank=True, help_text=_("Empty: it holds today."))
    dates_said = models.CharField(_("dates in words"), max_length=300, blank=True, help_text=SAID)
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )
    about = models.TextField(_("what it is about"), max_length=2000, blank=True)
    address = models.CharField(
        _("where it can be read"), max_length=300, blank=True, validators=[URLValidator(["https", "http"])]
    )
    source = models.CharField(_("source"), max_length=250)
    evidence = models.CharField(_("evidence"), max_length=200, help_text=HOW_SURE)

    class Meta:
        ordering = ("name",)
        verbose_name = _("treaty or law")
        verbose_name_plural = _("treaties and laws")
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=InstrumentKind.values), name="instrument_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=INTERNATIONAL, area="") | (~Q(kind__in=INTERNATIONAL) & ~Q(area="")),
                name="instrument_lies_where_its_kind_says",
            ),
            models.CheckConstraint(
                condition=Q(adopted=None) | Q(ended=None) | Q(adopted__lte=F("ended")),
                name="instrument_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) | ~Q(replaced_by=F("id")),
                name="instrument_does_not_replace_itself",
            ),
        )

    def __str__(self) -> str:
        return self.abbreviation or self.name


class Article(Edited):
    """An article, or a few that belong together, in words of our own."""

    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="articles", verbose_name=_("treaty or law")
    )
    number = models.CharField(_("article"), max_length=60, help_text=_("As it is cited: 3(1)(a), 202 Bis."))
    title = models.CharField(_("what it is called"), max_length=300, blank=True)
    about = models.TextField(
        _("what it says, in short"),
        max_length=2000,
        blank=True,
        help_text=_("In your own words, not its text."),
    )
    source = models.CharField(_("source"), max_length=250)
    evidence = models.CharField(_("evidence"), max_length=200, help_text=HOW_SURE)

    class Meta:
        ordering = ("instrument", "number")
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = (
            models.UniqueConstraint(
                fields=("instrument", "number"),
                name="article_once",
                violation_error_message=_("This article is entered already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.instrument} {self.number}"


class Amendment(Edited):
    """A change of a treaty or law: when, and what is different since."""

    code = models.SlugField(_("short name"), max_length=60, unique=True)
    instrument = models.ForeignKey(
        Instrument, models.PROTECT, related_name="amendments", verbose_name=_("treaty or law")
    )
    title = models.CharField(_("title"), max_length=300)
    on = models.DateField(_("published on"), null=True, blank=True)
    in_force = models.DateField(_("in force since"), null=True, blank=True)
    dates_said = models.CharField(_("dates in words"), max_length=300, blank=True, help_text=SAID)
    articles = models.CharField(_("articles"), max_length=200, blank=True)
    changed = models.TextField(_("what changed"), max_length=3000)
    source = models.CharField(_("source"), max_length=250)
    evidence = models.CharField(_("evidence"), max_length=200, help_text=HOW_SURE)

    class Meta:
        ordering = ("-on", "title")
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        constraints = (
            models.CheckConstraint(
                condition=Q(on__isnull=False) | ~Q(dates_said=""), name="amendment_has_a_date_or_says_why_not"
            ),
            models.CheckConstraint(
                condition=Q(on=None) | Q(in_force=None) | Q(on__lte=F("in_force")),
                name="amendment_days_in_order",
            ),
        )

    def __str__(self) -> str:
        return self.title
