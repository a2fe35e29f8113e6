"""Codes that open something without an account: a child's own page, a packet once. Only a hash of each is kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class CodeKind(models.TextChoices):
    PAGE = "page", _("the child’s own page")
    PACKET = "packet", _("a packet, once")


class Code(models.Model):
    """Not guarded row by row, because whoever types a code has no context yet. It says nothing about anybody.

    `scope` is where the child or the packet lies, and goes along with it. `locator` are the code's first digits, by
    which it is found; the other sixteen are hashed. How often one place tried it stands in the cache (see `codes`).
    """

    kind = models.CharField(max_length=8, choices=CodeKind)
    locator = models.CharField(max_length=4)
    secret_hash = models.CharField(max_length=200)
    scope = models.ForeignKey("access.Scope", models.PROTECT, related_name="+")
    child_id = models.BigIntegerField(null=True)
    packet_id = models.BigIntegerField(null=True)
    safety = models.JSONField(default=list)  # what was made sure of before it was given, as codes
    tries = models.PositiveSmallIntegerField(default=0)  # wrong ones in a row, from anywhere
    locked_until = models.DateTimeField(null=True)  # stays empty: a code rests for a place, not for all
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)  # last for a page; a packet opens once
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("code")
        verbose_name_plural = _("codes")
        indexes = (models.Index(fields=("kind", "locator"), name="codes_by_locator"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(kind="page", child_id__isnull=False, packet_id=None)
                | Q(kind="packet", child_id=None, packet_id__isnull=False),
                name="code_opens_one_thing",
            ),
            models.UniqueConstraint(
                fields=("child_id",),
                condition=Q(kind="page", revoked_at=None),
                name="one_page_code_a_child",
            ),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
