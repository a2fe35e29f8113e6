"""Scopes: the one column by which a protected row says who may reach it."""

from __future__ import annotations

from typing import ClassVar

from django.apps import apps
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ScopeKind(models.TextChoices):
    TRAY = "tray", _("tray of an organisation")  # not assigned to anyone yet
    DESK = "desk", _("desk of a person")  # assigned to its holder
    SHARED = "shared", _("shared by a team")


class Scope(models.Model):
    """A place where protected rows lie. A person reaches the rows of some scopes (see `scopes.py`), and no others.

    Handing a row to someone is moving it to another scope: one column, one index, both for the policy here and for
    the row-level security of the database (a condition over two columns was 400 times slower at a million rows).
    """

    kind = models.CharField(_("kind"), max_length=8, choices=ScopeKind)
    organisation = models.ForeignKey("accounts.Organisation", models.PROTECT, related_name="scopes")
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="desks")
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="teams")
    name = models.CharField(_("name"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("place where records lie")
        verbose_name_plural = _("places where records lie")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation",),
                condition=models.Q(kind=ScopeKind.TRAY),
                name="one_tray_an_organisation",
            ),
            models.UniqueConstraint(
                fields=("organisation", "holder"),
                condition=models.Q(kind=ScopeKind.DESK),
                name="one_desk_a_person",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=ScopeKind.DESK, holder__isnull=False)
                | (~models.Q(kind=ScopeKind.DESK) & models.Q(holder=None)),
                name="a_desk_has_a_holder",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Edited(models.Model):
    """Base of every record that people edit: who made it, who changed it last, and how often it was changed.

    `version` counts edits, so that two people who edit at once both see it. Null in `made_by`/`changed_by`: the system.
    """

    version = models.PositiveIntegerField(default=1, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    made_at = models.DateTimeField(auto_now_add=True)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Protected(Edited):
    """Base of every table that the database guards row by row.

    Subclasses enable row-level security in a migration (`access.rls.enable_rls`); a test fails where one forgets.
    """

    row_guard: ClassVar[bool] = True

    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+", verbose_name=_("where it lies"))

    class Meta:
        abstract = True


def protected_tables() -> frozenset[str]:
    """Tables under row-level security: subclasses of `Protected`, and models that say `row_guard = True`."""
    return frozenset(
        model._meta.db_table for model in apps.get_models() if getattr(model, "row_guard", False)
    )


class BreakGlass(models.Model):
    """A person reached beyond the own scopes for a reason that could not wait. Ends by itself, is always reviewed."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(_("kind of record"), max_length=40)
    record_id = models.BigIntegerField(_("record"))
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    reason = models.CharField(_("reason"), max_length=500)
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    ends_at = models.DateTimeField(_("ends"))
    told_at = models.DateTimeField(_("supervisors told"), null=True)
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reviewed_at = models.DateTimeField(_("reviewed"), null=True)
    verdict = models.CharField(_("verdict"), max_length=16, blank=True)  # justified | not_justified
    remark = models.CharField(_("remark"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("emergency access")
        verbose_name_plural = _("emergency accesses")
        indexes = (models.Index(fields=("account", "ends_at"), name="glass_of_a_person"),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(reviewed_at=None, reviewed_by=None, verdict="")
                | models.Q(
                    reviewed_at__isnull=False,
                    reviewed_by__isnull=False,
                    verdict__in=("justified", "not_justified"),
                ),
                name="a_review_has_a_verdict",
            ),
            models.CheckConstraint(
                condition=models.Q(reviewed_by=None) | ~models.Q(reviewed_by=models.F("account")),
                name="nobody_reviews_oneself",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}"
