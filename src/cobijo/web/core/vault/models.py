"""What the vault keeps beside the records: sealed columns, blind tokens, the ledger of erasures."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils import timezone

from cobijo.web.core.vault import places


class Sealed(models.Model):
    """Base of a table whose rows hold an identity. One JSON of all identity fields lies in `sealed`.

    Rows are sealed by `sealing.seal_rows`, read by `queries.identities`; `reserve_ids` gives a new row its number
    first, because the number is part of the place for which it is sealed. History keeps `key_id`, `sealed` and
    `sealed_version` of a row as they were, never what they say.
    """

    key_id = models.UUIDField(editable=False, db_index=True)
    sealed = models.BinaryField(editable=False)
    sealed_version = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    def place(self) -> str:
        """What the sealed bytes are bound to."""
        return places.place(type(self), "sealed", self.pk, self.sealed_version)


class BlindToken(models.Model):
    """A keyed hash of two things known of a child together (see `blind`), and the record in which they stand.

    No single surname's token is stored, because it would give its frequency away. `key_id` lets an erasure find its
    tokens; the token leads the primary key, so that one index serves both search and uniqueness.
    """

    row_guard: ClassVar[bool] = True

    pk = models.CompositePrimaryKey("token", "kind", "record_id")
    token = models.BinaryField(max_length=16)
    kind = models.CharField(max_length=40)
    record_id = models.BigIntegerField()
    scope_id = models.BigIntegerField()  # guarded row by row, as the record itself
    key_id = models.UUIDField(db_index=True)
    purpose = models.CharField(max_length=40)
    epoch = models.PositiveSmallIntegerField()


class Erasure(models.Model):
    """The ledger of erasures, as the default database keeps it; replayed over whatever a backup brings back."""

    key_id = models.UUIDField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=40)  # a code
    settled_at = models.DateTimeField(null=True)  # when the key store had destroyed the key
