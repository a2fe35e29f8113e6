"""Numbers that are counted at night, because counting them means opening every record."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FieldCount(models.Model):
    """How often each core field is filled in one organisation, as last counted. Of too few records nothing is kept."""

    organisation = models.OneToOneField("accounts.Organisation", models.CASCADE, related_name="+")
    counted_at = models.DateTimeField(_("counted"), null=True)
    failed_at = models.DateTimeField(null=True)  # the vault was locked; null once it was counted again
    filled = models.JSONField(default=list)  # of each field: kind, name, records that have it filled, records

    class Meta:
        verbose_name = _("count of filled fields")
        verbose_name_plural = _("counts of filled fields")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(counted_at__isnull=False) | models.Q(failed_at__isnull=False),
                name="field_count_was_tried",
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
