"""What a record said after each edit."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class RevisionBase(models.Model):
    """One row an edit. `values` is what the record said after it; whoever deletes a record leaves its history."""

    kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    number = models.PositiveIntegerField()  # the record's version after the edit
    at = models.DateTimeField(_("when"))
    account_id = models.BigIntegerField(_("who"))  # 0: the system
    action = models.CharField(_("what"), max_length=10)  # add | change | remove
    values = models.JSONField()

    class Meta:
        abstract = True


class Revision(RevisionBase):
    """History of kinds that lie in no scope."""

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("kind", "record_id", "number"), name="one_revision_a_version"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.record_id}, version {self.number}"


class ProtectedRevision(RevisionBase):
    """Base for the history of a protected kind: a table of its own, guarded as the record is.

    Its migration says `enable_rls_by_kind(table, author="account_id")`. It lies where its record lies and moves with
    it, so it is not append-only; nothing but its scope is ever written anew. Identities and free text stay out of
    `values`.
    """

    row_guard: ClassVar[bool] = True

    scope = models.ForeignKey("access.Scope", models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        constraints: ClassVar[tuple[models.BaseConstraint, ...]] = (
            models.UniqueConstraint(
                fields=("record_id", "number", "kind"), name="%(app_label)s_%(class)s_once"
            ),
        )


class SealedRevision(ProtectedRevision):
    """Base for the history of a kind that is sealed: the sealed bytes of each version, copied as they were.

    They open in the record's own place and with the child's key, so that erasing her erases her past.
    """

    key_id = models.UUIDField(db_index=True)
    sealed = models.BinaryField()
    sealed_version = models.PositiveIntegerField()

    class Meta(ProtectedRevision.Meta):
        abstract = True
