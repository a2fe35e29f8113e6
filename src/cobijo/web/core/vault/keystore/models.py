"""The key store: its own database with its own short-lived backup. Keys and the ledger, no name."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone


class KekRow(models.Model):
    """A key-encryption key that was in use here. The key itself is never in a database."""

    id = models.CharField(primary_key=True, max_length=16)  # follows from the key, see `envelope.Kek`
    current = models.BooleanField()
    made_at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)  # no key lies under it any more

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("current",), condition=Q(current=True), name="one_kek_in_use"),
            models.CheckConstraint(
                condition=Q(current=False) | Q(retired_at=None), name="a_kek_in_use_is_not_retired"
            ),
        )


class SubjectKey(models.Model):
    """One child's key, wrapped by the key-encryption key. Destroyed: the row stays, the key does not."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    wrapped = models.BinaryField(null=True)
    kek_id = models.CharField(max_length=16)
    made_at = models.DateTimeField(default=timezone.now)
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("kek_id", "id"), condition=Q(destroyed_at=None), name="keys_under_a_kek"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(wrapped=None, destroyed_at__isnull=False)
                | Q(wrapped__isnull=False, destroyed_at=None),
                name="a_destroyed_key_is_gone",
            ),
        )


class IndexKey(models.Model):
    """The secret of the blind indexes, wrapped. A new epoch begins a re-indexing; until its end both are searched."""

    epoch = models.PositiveSmallIntegerField(primary_key=True)
    wrapped = models.BinaryField()
    kek_id = models.CharField(max_length=16)
    current = models.BooleanField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("current",), condition=Q(current=True), name="one_epoch_in_use"),
        )


class ErasedKey(models.Model):
    """The ledger of erasures, as the key store keeps it."""

    key_id = models.UUIDField(primary_key=True)
    at = models.DateTimeField(default=timezone.now)
    reason = models.CharField(max_length=40)  # a code


class Pulse(models.Model):
    """One row whose number grows whenever processes must forget the keys that they hold."""

    number = models.BigIntegerField(default=0)
