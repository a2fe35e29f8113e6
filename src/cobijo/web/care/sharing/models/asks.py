"""What a child asks for on its own page, and complaints about staff, which go past the organisation."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from cobijo.web.care.children.models import OfChild
from cobijo.web.core.vault.models import Sealed


class WishKind(models.TextChoices):
    CORRECT = "correct", _("Correct what is held")
    PERSON = "person", _("Speak with a person")


class Wish(OfChild):
    """A child asked for something; whoever has its record answers. Sealed: what it wrote."""

    kind = models.CharField(_("what"), max_length=8, choices=WishKind)
    answered_at = models.DateTimeField(_("answered"), null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("request of a child")
        verbose_name_plural = _("requests of children")
        indexes = (models.Index(fields=("scope",), condition=Q(answered_at=None), name="wishes_open"),)

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"


class ComplaintState(models.TextChoices):
    NEW = "new", _("new")
    UNDER_WAY = "under_way", _("being looked into")
    SETTLED = "settled", _("settled")


class Complaint(Sealed):
    """A complaint about staff of `about`, handled by another body. It names no child; its words have their own key.

    It lies in no scope, because every scope belongs to some organisation's desks: the policy lets only auditors and
    coordinators of the body that handles it see it, and the database refuses that this be the same organisation.
    """

    about = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    handled_by = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=ComplaintState, default=ComplaintState.NEW)
    answer_to = models.CharField(max_length=12)  # a code by which the child recognises it
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("complaint about staff")
        verbose_name_plural = _("complaints about staff")
        constraints = (
            models.CheckConstraint(condition=~Q(about=F("handled_by")), name="complaint_goes_past_them"),
        )

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.pk}"
