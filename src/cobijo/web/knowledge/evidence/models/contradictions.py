"""Contradictions between figures, with the table of their states, and what each report does about them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.access.models import Edited
from cobijo.web.knowledge.evidence.models.figures import Figure


class ContradictionKind(models.TextChoices):
    INCOMPATIBLE = "incompatible", _("cannot both be so")
    NOT_COMPARABLE = "not_comparable", _("not comparable")
    SAME_VALUE = "same_value", _("one number for two things")
    REPEATED = "repeated", _("one source counted as two")
    IMPOSSIBLE_CHANGE = "impossible_change", _("impossible change")


class State(models.TextChoices):
    OPEN = "open", _("not yet explained")
    EXPLAINED = "explained", _("explained")
    DECIDED = "decided", _("decided for a report")
    GONE = "gone", _("no longer there")


#: From which state a contradiction may go where. Nothing ever leaves the table.
ALLOWED: dict[str, frozenset[str]] = {
    State.OPEN: frozenset({State.EXPLAINED, State.GONE}),
    State.EXPLAINED: frozenset({State.OPEN, State.DECIDED, State.GONE}),
    State.DECIDED: frozenset({State.OPEN, State.GONE}),
    State.GONE: frozenset({State.OPEN}),
}


class Contradiction(Edited):
    """Two figures that do not go together, found by a rule: opened, explained, decided a report, never deleted."""

    first = models.ForeignKey(Figure, models.PROTECT, related_name="+", verbose_name=_("one figure"))
    second = models.ForeignKey(Figure, models.PROTECT, related_name="+", verbose_name=_("the other"))
    kind = models.CharField(_("kind"), max_length=20, choices=ContradictionKind)
    fields = models.JSONField(_("what differs"), default=list, blank=True)  # names of fields of a figure
    times = models.DecimalField(_("times"), max_digits=12, decimal_places=1, null=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    explanation = models.TextField(_("explanation"), max_length=2000, blank=True)
    explained_by = models.ForeignKey(
        "accounts.Account", models.PROTECT, null=True, related_name="+", verbose_name=_("explained by")
    )
    explained_at = models.DateTimeField(_("explained on"), null=True)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("contradiction")
        verbose_name_plural = _("contradictions")
        constraints = (
            models.UniqueConstraint(fields=("first", "second", "kind"), name="contradiction_once"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="contradiction_in_order"),
            models.CheckConstraint(
                condition=Q(kind__in=ContradictionKind.values), name="contradiction_kind_known"
            ),
            models.CheckConstraint(condition=Q(state__in=State.values), name="contradiction_state_known"),
            models.CheckConstraint(
                condition=~Q(state__in=(State.EXPLAINED, State.DECIDED)) | ~Q(explanation=""),
                name="contradiction_explained_in_words",
            ),
            models.CheckConstraint(
                condition=Q(explained_by=None, explained_at=None)
                | Q(explained_by__isnull=False, explained_at__isnull=False),
                name="contradiction_explained_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.first_id} · {self.second_id}"


class Choice(models.TextChoices):
    FIRST = "first", _("use the first figure")
    SECOND = "second", _("use the second figure")
    BOTH = "both", _("show both, with what differs")
    NEITHER = "neither", _("use neither")


class ReportChoice(Edited):
    """What one report does about a contradiction. Another report may decide otherwise."""

    contradiction = models.ForeignKey(
        Contradiction, models.PROTECT, related_name="choices", verbose_name=_("contradiction")
    )
    report = models.CharField(_("report"), max_length=160)
    choice = models.CharField(_("decision"), max_length=8, choices=Choice)
    reason = models.TextField(_("reason"), max_length=1000)

    class Meta:
        ordering = ("contradiction", "report")
        verbose_name = _("decision for a report")
        verbose_name_plural = _("decisions for reports")
        constraints = (
            models.UniqueConstraint(
                fields=("contradiction", "report"),
                name="one_choice_a_report",
                violation_error_message=_("This report has decided it already. Edit that decision."),
            ),
            models.CheckConstraint(condition=Q(choice__in=Choice.values), name="report_choice_known"),
        )

    def __str__(self) -> str:
        return f"{self.report}: {self.get_choice_display()}"
