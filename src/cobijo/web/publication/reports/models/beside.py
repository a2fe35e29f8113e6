"""What stands beside the text: contradictions with the State's report, the children's annex, who contributed, the
calendar of handing in, and the frozen editions."""

from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.access.models import Edited
from cobijo.web.publication.reports.models.text import Report
from cobijo.web.publication.reports.states import Written

#: How `freezing.as_text` writes it down. In a text of people the quotation marks would be escaped.
FROZEN_INVENTED = '"invented":true'


class StateClaim(Edited):
    """Something that the State's report says and that cannot be so, as far as we know."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="claims", verbose_name=_("report"))
    paragraph = models.PositiveSmallIntegerField(
        _("paragraph of the State’s report"), validators=[MinValueValidator(1)]
    )
    said = models.TextField(_("what it says"), max_length=1000, help_text=_("In your own words, in short."))
    have = models.TextField(_("what we have"), max_length=1000)
    figure = models.ForeignKey(
        "evidence.Figure", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("published figure"),
    )  # fmt: skip
    picture_table = models.CharField(_("protected table of the picture"), max_length=60, blank=True)
    source = models.CharField(
        _("another source"),
        max_length=300,
        blank=True,
        help_text=_("An answered request, a law, a judgment."),
    )

    class Meta:
        ordering = ("report", "paragraph", "pk")
        verbose_name = _("contradiction with the State’s report")
        verbose_name_plural = _("contradictions with State reports")
        constraints = (
            models.CheckConstraint(
                condition=Q(figure__isnull=False) | ~Q(picture_table="") | ~Q(source=""),
                name="claim_rests_on_something",
                violation_error_message=_("Say what this rests on: a figure, a protected table or a source."),
            ),
        )

    def __str__(self) -> str:
        return f"§ {self.paragraph}"


class Annex(Edited):
    """Words of children, as a group. Text only; nobody in it can be told from anybody else."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="annexes", verbose_name=_("report"))
    title = models.CharField(_("title"), max_length=160)
    group = models.CharField(
        _("who wrote it"), max_length=200,
        help_text=_("The group and their ages, such as “a forum of 14 children, 12 to 16 years”. No names."),
    )  # fmt: skip
    text = models.TextField(
        _("text"), max_length=10_000, help_text=_("In their words. No names, no school, no neighbourhood.")
    )
    accompanied_by = models.CharField(
        _("who accompanied them"), max_length=200, help_text=_("The organisation, not a person.")
    )
    consent = models.BooleanField(
        _("consent recorded"), default=False,
        help_text=_("The children agree that this goes to the Committee and is published, and this is on file."),
    )  # fmt: skip

    class Meta:
        ordering = ("report", "pk")
        verbose_name = _("annex written by children")
        verbose_name_plural = _("annexes written by children")

    def __str__(self) -> str:
        return self.title


class Contributor(Edited):
    """Who gave something to the report. A confidential one is known to those who keep reports, and to nobody else."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="contributors", verbose_name=_("report"))
    name = models.CharField(_("organisation"), max_length=200)
    confidential = models.BooleanField(
        _("confidential"), default=True,
        help_text=_("It is named in no file and on no page that others can open."),
    )  # fmt: skip
    part = models.CharField(
        _("what it gave"), max_length=300, blank=True, help_text=_("For yourselves; it is never printed.")
    )

    class Meta:
        ordering = ("report", "name")
        verbose_name = _("contributor to a report")
        verbose_name_plural = _("contributors to reports")
        constraints = (
            models.UniqueConstraint(
                fields=("report", "name"), name="contributor_once",
                violation_error_message=_("This organisation is entered already."),
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Step(Edited):
    """A day of the calendar of handing in."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="steps", verbose_name=_("report"))
    title = models.CharField(_("step"), max_length=200)
    due_on = models.DateField(_("until"), null=True, blank=True, help_text=_("Empty: not known yet."))
    done_on = models.DateField(_("done on"), null=True, blank=True)

    class Meta:
        ordering = ("report", models.F("due_on").asc(nulls_last=True), "pk")
        verbose_name = _("step of handing in")
        verbose_name_plural = _("steps of handing in")
        indexes = (
            models.Index(fields=("due_on", "id"), condition=Q(done_on=None), name="report_steps_open"),
        )

    def __str__(self) -> str:
        return self.title


class Edition(Edited):
    """What was frozen: the whole report as text, with its hash. No service changes one."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="editions", verbose_name=_("report"))
    number = models.PositiveSmallIntegerField(_("edition"))
    title = models.CharField(_("title"), max_length=200)
    country = models.CharField(_("country"), max_length=120)
    language = models.CharField(_("language"), max_length=2, choices=Written)
    frozen_on = models.DateField(_("frozen on"))
    words = models.PositiveIntegerField(_("words"))
    content = models.TextField(_("content"))
    sha256 = models.CharField(_("hash (SHA-256)"), max_length=64)

    class Meta:
        ordering = ("-frozen_on", "-pk")
        verbose_name = _("edition of an alternative report")
        verbose_name_plural = _("editions of alternative reports")
        constraints = (
            models.UniqueConstraint(fields=("report", "number"), name="edition_number_once"),
            models.CheckConstraint(condition=~Q(content="") & Q(number__gte=1), name="edition_is_whole"),
        )

    def __str__(self) -> str:
        return f"{self.title} · {self.number}"

    @property
    def is_invented(self) -> bool:
        """Whether it was frozen as invented."""
        known = getattr(self, "marked", None)  # lists ask for it in their own query
        return FROZEN_INVENTED in self.content if known is None else bool(known)
