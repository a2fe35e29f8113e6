"""A child's file: sealed, in a scope, with its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import models

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.models import Protected
from cobijo.web.core.vault import indexing
from cobijo.web.core.vault.models import Sealed
from cobijo.web.core.vault.places import place, reserve_ids
from cobijo.web.core.vault.sealing import new_keys, seal_rows


class File(Sealed, Protected):
    class Meta:
        app_label = "prove"


class Past(models.Model):
    """A row of a file's history: the sealed bytes as they were."""

    file_id = models.BigIntegerField()
    key_id = models.UUIDField()
    sealed = models.BinaryField()
    sealed_version = models.PositiveIntegerField()

    class Meta:
        app_label = "prove"

    def place(self) -> str:
        return place(File, "sealed", self.file_id, self.sealed_version)


def add(access: Access, identities: Sequence[Mapping[str, Any]]) -> list[File]:
    """What a service does: numbers, keys, sealed rows, tokens."""
    keys = new_keys(len(identities))
    scope = access.scopes[0]
    rows = [
        File(pk=pk, key_id=key, scope_id=scope, made_by_id=access.by_id, changed_by_id=access.by_id)
        for pk, key in zip(reserve_ids(File, len(identities)), keys, strict=True)
    ]
    seal_rows(rows, [dict(one) for one in identities])
    File.objects.bulk_create(rows)
    indexing.add_tokens("file", rows, identities)
    return rows


def change(row: File, identity: Mapping[str, Any]) -> None:
    Past.objects.create(
        file_id=row.pk, key_id=row.key_id, sealed=row.sealed, sealed_version=row.sealed_version
    )
    seal_rows([row], [dict(identity)])
    row.save()
    indexing.replace_tokens("file", [row], [identity])
