"""The states of a report and of a paragraph, and which may follow which: tables to be read aloud."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReportState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    REVIEW = "review", _("In review")
    FROZEN = "frozen", _("Frozen")
    SUBMITTED = "submitted", _("Handed in")


class ReportKind(models.TextChoices):
    INITIAL = "initial", _("Initial report")
    PERIODIC = "periodic", _("Periodic report")


class Written(models.TextChoices):
    """The languages in which a report can be set."""

    ES = "es", _("Spanish")
    EN = "en", _("English")


class ParagraphState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    READY = "ready", _("Ready")


class Answer(models.TextChoices):
    """What becomes of one of the Committee's requests for data."""

    OPEN = "open", _("Not answered yet")
    PICTURE = "picture", _("A protected table")
    NONE = "none", _("No data: reason and plan")


#: A frozen report is taken up again for a next edition; one that was handed in stays as it is.
OF_A_REPORT: Mapping[str, frozenset[str]] = {
    ReportState.DRAFT: frozenset({ReportState.REVIEW}),
    ReportState.REVIEW: frozenset({ReportState.DRAFT, ReportState.FROZEN}),
    ReportState.FROZEN: frozenset({ReportState.DRAFT, ReportState.SUBMITTED}),
    ReportState.SUBMITTED: frozenset(),
}
OF_A_PARAGRAPH: Mapping[str, frozenset[str]] = {
    ParagraphState.DRAFT: frozenset({ParagraphState.READY}),
    ParagraphState.READY: frozenset({ParagraphState.DRAFT}),
}
#: Reports in which something may still change.
CHANGING = (ReportState.DRAFT, ReportState.REVIEW)
