"""What became of it: reports with evidence, two sides' ratings, evaluations."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.coordination.plans.models.plan import Line, Plan
from cobijo.web.coordination.plans.models.work import Indicator
from cobijo.web.coordination.plans.states import EvaluationKind, Grade, LineState, ReportState, Side
from cobijo.web.core.access.models import Edited


class ProgressReport(Edited):
    """What the owner of a line says was done, with evidence. It counts once somebody else has approved it."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="reports", verbose_name=_("line"))
    period_from = models.DateField(_("from"))
    period_to = models.DateField(_("until"))
    text = models.TextField(_("what was done"), max_length=4000)
    evidence = models.CharField(
        _("evidence"), max_length=400,
        help_text=_("Where it can be checked: a document’s number, an address, a minute. No child is named."),
    )  # fmt: skip
    line_state = models.CharField(_("where the line stands now"), max_length=12, choices=LineState)
    state = models.CharField(
        _("state of the report"), max_length=12, choices=ReportState, default=ReportState.SUBMITTED,
        editable=False,
    )  # fmt: skip
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+",
        verbose_name=_("decided by"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("decided"), null=True, editable=False)
    remark = models.CharField(_("what the approver says"), max_length=500, blank=True, editable=False)

    class Meta:
        ordering = ("-period_to", "-pk")
        verbose_name = _("progress report")
        verbose_name_plural = _("progress reports")
        indexes = (models.Index(fields=("state", "made_at"), name="plan_report_waiting"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(state=ReportState.SUBMITTED, decided_by=None, decided_at=None)
                | Q(
                    state__in=(ReportState.APPROVED, ReportState.RETURNED),
                    decided_by__isnull=False,
                    decided_at__isnull=False,
                ),
                name="report_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(made_by=None) | ~Q(decided_by=F("made_by")),
                name="report_not_approved_by_its_author",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(changed_by=None) | ~Q(decided_by=F("changed_by")),
                name="report_not_approved_by_its_editor",
            ),
            models.CheckConstraint(condition=Q(period_from__lte=F("period_to")), name="report_days_in_order"),
            models.CheckConstraint(condition=~Q(evidence=""), name="report_has_evidence"),
            models.CheckConstraint(
                condition=Q(line_state__in=LineState.values), name="report_line_state_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.line.place} · {self.period_to}"


class Reading(Edited):
    """The value of an indicator that a report gives."""

    report = models.ForeignKey(
        ProgressReport, models.PROTECT, related_name="readings", verbose_name=_("progress report")
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="readings", verbose_name=_("indicator")
    )
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)

    class Meta:
        ordering = ("report", "indicator")
        verbose_name = _("value of an indicator")
        verbose_name_plural = _("values of indicators")
        constraints = (models.UniqueConstraint(fields=("report", "indicator"), name="reading_once_a_report"),)

    def __str__(self) -> str:
        return f"{self.indicator}"


class Rating(Edited):
    """How one side sees a line on a day. The side is the rater’s organisation’s; nobody edits another’s."""

    line = models.ForeignKey(Line, models.PROTECT, related_name="ratings", verbose_name=_("line"))
    organisation = models.ForeignKey(
        "accounts.Organisation", models.PROTECT, related_name="+", verbose_name=_("who rates")
    )
    side = models.CharField(_("side"), max_length=16, choices=Side, editable=False)
    on = models.DateField(_("day"))
    grade = models.CharField(_("rating"), max_length=12, choices=Grade)
    why = models.TextField(_("why"), max_length=1000)
    evidence = models.CharField(_("evidence"), max_length=400, blank=True)

    class Meta:
        ordering = ("-on", "-pk")
        verbose_name = _("rating")
        verbose_name_plural = _("ratings")
        constraints = (
            models.UniqueConstraint(fields=("line", "organisation", "on"), name="rating_once_a_day"),
            models.CheckConstraint(condition=Q(side__in=Side.values), name="rating_side_known"),
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="rating_grade_known"),
        )

    def __str__(self) -> str:
        return f"{self.line.place} · {self.get_side_display()}"


class Evaluation(Edited):
    """An evaluation that was promised for a day. It is done once it has findings that can be read somewhere."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="evaluations", verbose_name=_("plan"))
    kind = models.CharField(_("which"), max_length=8, choices=EvaluationKind)
    due_on = models.DateField(_("due"))
    evaluator = models.CharField(_("who evaluates"), max_length=200, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    findings = models.TextField(_("what it found"), max_length=4000, blank=True)
    evidence = models.CharField(_("where it can be read"), max_length=400, blank=True)

    class Meta:
        ordering = ("plan", "due_on")
        verbose_name = _("evaluation")
        verbose_name_plural = _("evaluations")
        constraints = (
            models.UniqueConstraint(fields=("plan", "kind"), name="evaluation_once"),
            models.CheckConstraint(condition=Q(kind__in=EvaluationKind.values), name="evaluation_kind_known"),
            models.CheckConstraint(
                condition=Q(done_on=None) | (~Q(findings="") & ~Q(evidence="") & ~Q(evaluator="")),
                name="evaluation_done_can_be_read",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.plan}"
