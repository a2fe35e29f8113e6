"""A report, its sections, their paragraphs with what each rests on, and the tables that the Committee asks for."""

from __future__ import annotations

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.access.models import Edited
from cobijo.web.publication.reports.outline import requested, section_title
from cobijo.web.publication.reports.states import Answer, ParagraphState, ReportKind, ReportState, Written

#: What a paragraph can rest on.
GROUNDS = ("figure", "picture_table", "asked", "request", "statistic")
#: The same for the database.
GROUNDED = (
    Q(figure__isnull=False)
    | ~Q(picture_table="")
    | Q(asked__isnull=False)
    | ~Q(request="")
    | ~Q(statistic="")
)


class Report(Edited):
    """An alternative report of one country. Its text is here; what was frozen of it are its editions."""

    title = models.CharField(_("title"), max_length=200)
    country = models.CharField(_("country"), max_length=120)
    kind = models.CharField(_("kind of report"), max_length=8, choices=ReportKind, default=ReportKind.INITIAL)
    in_force_on = models.DateField(
        _("protocol in force since"),
        help_text=_("The day on which the Optional Protocol entered into force for this country."),
    )
    due_on = models.DateField(
        _("State’s report due on"), null=True, blank=True,
        help_text=_("Of an initial report it is two years after the entry into force, and is filled in by itself."),
    )  # fmt: skip
    state_report = models.CharField(
        _("State’s report"), max_length=200, blank=True,
        help_text=_("Symbol or title of the report that this one answers. Empty: there is none yet."),
    )  # fmt: skip
    language = models.CharField(_("language"), max_length=2, choices=Written, default=Written.ES)
    word_limit = models.PositiveIntegerField(
        _("most words"), null=True, blank=True,
        help_text=_("As the Committee’s present call says. Empty: no limit is known."),
    )  # fmt: skip
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState, default=ReportState.DRAFT, editable=False
    )
    frozen_on = models.DateField(_("frozen on"), null=True, editable=False)
    submitted_on = models.DateField(_("handed in on"), null=True, editable=False)
    invented = models.BooleanField(_("invented, for the demonstration"), default=False, editable=False)

    class Meta:
        ordering = ("-pk",)
        verbose_name = _("alternative report")
        verbose_name_plural = _("alternative reports")
        constraints = (
            models.UniqueConstraint(
                fields=("title",), name="report_title_once",
                violation_error_message=_("There is a report of this title already."),
            ),
            models.CheckConstraint(condition=Q(kind__in=ReportKind.values), name="report_kind_known"),
            models.CheckConstraint(condition=Q(language__in=Written.values), name="report_language_known"),
            models.CheckConstraint(
                condition=Q(state__in=(ReportState.DRAFT, ReportState.REVIEW), frozen_on=None, submitted_on=None)
                | Q(state=ReportState.FROZEN, frozen_on__isnull=False, submitted_on=None)
                | Q(state=ReportState.SUBMITTED, frozen_on__isnull=False, submitted_on__isnull=False),
                name="report_state_has_its_days",
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gt=models.F("in_force_on")), name="report_due_after_force"
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def is_invented(self) -> bool:
        """Whether it is marked so on every page and in every file: made for the demonstration, or with a table in it
        that comes from an invented picture, whoever wrote it."""
        from cobijo.web.publication.reports import pictured

        if self.invented:
            return True
        if not pictured.invented():
            return False
        known = getattr(self, "shows_picture", None)  # lists ask for it in their own query
        return uses_picture(self.pk) if known is None else bool(known)

    @property
    def changing(self) -> bool:
        """Whether its text may still change."""
        return self.state in (ReportState.DRAFT, ReportState.REVIEW)


class Section(Edited):
    """A section of the outline. It has paragraphs, or says why it is left out."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections", verbose_name=_("report"))
    code = models.CharField(_("section"), max_length=8, editable=False)
    order = models.PositiveSmallIntegerField(_("order"), editable=False)
    left_out = models.TextField(
        _("why it is left out"), max_length=600, blank=True,
        help_text=_("Only where nothing is written: the Committee should know that it was not forgotten."),
    )  # fmt: skip

    class Meta:
        ordering = ("report", "order")
        verbose_name = _("section of a report")
        verbose_name_plural = _("sections of reports")
        constraints = (models.UniqueConstraint(fields=("report", "code"), name="section_once"),)

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def title(self) -> str:
        """In the reader's language."""
        return section_title(self.code)


class Paragraph(Edited):
    """A numbered paragraph. It stays a draft until it rests on something that a reader can look up."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="paragraphs", verbose_name=_("section"))
    number = models.PositiveSmallIntegerField(
        _("number"), null=True, blank=True, help_text=_("Within the section. Empty: after the last one.")
    )
    text = models.TextField(
        _("text"), max_length=4000,
        help_text=_("No child’s name, no accused person’s name, no place below a state."),
    )  # fmt: skip
    state = models.CharField(
        _("state"), max_length=8, choices=ParagraphState, default=ParagraphState.DRAFT, editable=False
    )
    figure = models.ForeignKey(
        "evidence.Figure", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("published figure"),
    )  # fmt: skip
    picture_table = models.CharField(
        _("protected table of the picture"), max_length=60, blank=True,
        help_text=_("Its cells are taken as they are published, when the report is frozen."),
    )  # fmt: skip
    asked = models.ForeignKey(
        "requests.PublicRequest", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("public request to an authority"),
    )  # fmt: skip
    request = models.CharField(
        _("another request to an authority"), max_length=300, blank=True,
        help_text=_("One that is not in the register: to whom, of which day, and what became of it."),
    )  # fmt: skip
    statistic = models.CharField(
        _("protected case statistic"), max_length=300, blank=True,
        help_text=_("Where it was released: title and day. Never a count from a list that was not protected."),
    )  # fmt: skip

    class Meta:
        ordering = ("section", "number")
        verbose_name = _("paragraph of a report")
        verbose_name_plural = _("paragraphs of reports")
        constraints = (
            models.UniqueConstraint(fields=("section", "number"), name="paragraph_number_once"),
            models.CheckConstraint(condition=Q(number__isnull=False), name="paragraph_has_a_number"),
            models.CheckConstraint(
                condition=Q(state__in=ParagraphState.values), name="paragraph_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=ParagraphState.DRAFT) | GROUNDED, name="paragraph_ready_rests_on_something",
            ),
        )  # fmt: skip

    def __str__(self) -> str:
        return self.place

    @property
    def place(self) -> str:
        return f"{self.section.code} {self.number}"

    @property
    def grounded(self) -> bool:
        return any(getattr(self, self._meta.get_field(one).attname) for one in GROUNDS)  # type: ignore[union-attr]

    @property
    def is_ready(self) -> bool:
        return self.state == ParagraphState.READY


class DataTable(Edited):
    """One of the Committee's requests for data: a protected table, or why there is none and what is planned."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="tables", verbose_name=_("report"))
    code = models.CharField(_("request for data"), max_length=4, editable=False)
    answer = models.CharField(_("answer"), max_length=8, choices=Answer, default=Answer.OPEN)
    picture_table = models.CharField(_("protected table of the picture"), max_length=60, blank=True)
    differs = models.TextField(
        _("what it counts instead"), max_length=600, blank=True,
        help_text=_("How this table differs from what was asked: whom it counts, where, in which time."),
    )  # fmt: skip
    reason = models.TextField(_("why there are no data"), max_length=600, blank=True)
    plan = models.TextField(
        _("plan"), max_length=1000, blank=True, help_text=_("Who will do what until when, so that there are.")
    )

    class Meta:
        ordering = ("report", "code")
        verbose_name = _("data table of a report")
        verbose_name_plural = _("data tables of reports")
        constraints = (
            models.UniqueConstraint(fields=("report", "code"), name="data_table_once"),
            models.CheckConstraint(
                condition=Q(answer=Answer.OPEN, picture_table="")
                | (Q(answer=Answer.PICTURE) & ~Q(picture_table="") & ~Q(differs=""))
                | (Q(answer=Answer.NONE, picture_table="") & ~Q(reason="") & ~Q(plan="")),
                name="data_table_answered_whole",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    @property
    def title(self) -> str:
        """In the reader's language."""
        return requested(self.code).title

    @property
    def is_open(self) -> bool:
        return self.answer == Answer.OPEN


def uses_picture(report_id: int) -> bool:
    """Whether anything in the report rests on a table of the published picture."""
    return Report.objects.filter(picture_of(), pk=report_id).exists()


def picture_of() -> Q:
    """The same as a condition on reports."""
    of, shown = OuterRef("pk"), ~Q(picture_table="")
    claims = apps.get_model("reports", "StateClaim")._default_manager
    return (
        Q(Exists(Paragraph.objects.filter(shown, section__report=of)))
        | Q(Exists(DataTable.objects.filter(shown, report=of)))
        | Q(Exists(claims.filter(shown, report=of)))
    )
