"""Studies of the exploitation of children, and whether a committee on ethics approved them."""

from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.core.access.models import Edited
from cobijo.web.knowledge.laws.models.instruments import HOW_SURE


class Ethics(models.TextChoices):
    APPROVED = "approved", _("Approved by a committee")
    NOT_STATED = "not_stated", _("No approval is stated")
    NONE = "none", _("Done without approval")
    NOT_NEEDED = "not_needed", _("No people were asked: documents or figures only")
    REQUESTED = "requested", _("Asked for, not decided yet")


class Study(Edited):
    """A study. What a committee on ethics said of it stands beside it wherever it is named."""

    code = models.SlugField(_("short name"), max_length=60, unique=True)
    title = models.CharField(_("title"), max_length=400)
    who = models.CharField(_("who did it"), max_length=250)
    year = models.PositiveSmallIntegerField(
        _("year"), validators=[MinValueValidator(1900), MaxValueValidator(2100)]
    )
    about = models.TextField(_("what it asks"), max_length=2000, blank=True)
    method = models.TextField(_("method"), max_length=2000, blank=True)
    children_took_part = models.BooleanField(_("children or young people took part"), default=False)
    found = models.TextField(_("what it found"), max_length=3000, blank=True)
    address = models.CharField(
        _("where it can be read"), max_length=300, blank=True, validators=[URLValidator(["https", "http"])]
    )
    ethics = models.CharField(
        _("approval on ethics"), max_length=12, choices=Ethics, default=Ethics.NOT_STATED
    )
    approved_by = models.CharField(_("approved by"), max_length=200, blank=True)
    approval_number = models.CharField(_("number of the approval"), max_length=80, blank=True)
    approved_on = models.DateField(_("day of the approval"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=250)
    evidence = models.CharField(_("evidence"), max_length=200, help_text=HOW_SURE)

    class Meta:
        ordering = ("-year", "title")
        verbose_name = _("study")
        verbose_name_plural = _("studies")
        constraints = (
            models.CheckConstraint(condition=Q(ethics__in=Ethics.values), name="study_ethics_known"),
            models.CheckConstraint(
                condition=(
                    Q(ethics=Ethics.APPROVED, approved_on__isnull=False)
                    & ~Q(approved_by="")
                    & ~Q(approval_number="")
                )
                | (~Q(ethics=Ethics.APPROVED) & Q(approved_on=None, approved_by="", approval_number="")),
                name="study_approval_whole_or_none",
            ),
        )

    def __str__(self) -> str:
        return self.title
