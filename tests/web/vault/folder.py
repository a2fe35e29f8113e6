"""A protected kind with an identity that only tests have: folders, with their history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import models

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.grants import ORGANISATION, OWN, granting, may
from cobijo.web.core.access.kinds import forget_kind, register_kind
from cobijo.web.core.access.models import Protected
from cobijo.web.core.access.row_rules import of_one_kind
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.vault import indexing
from cobijo.web.core.vault.models import Sealed
from cobijo.web.core.vault.places import place, reserve_ids
from cobijo.web.core.vault.sealing import new_keys, seal_rows
from tests.web import guard

PURPOSES = ("search", "match")
GRANTS = {
    Role.CASEWORKER: may("list, see, see_identity, add, change, history", "folder", OWN),
    Role.SUPERVISOR: may("list, see, see_identity, change", "folder", ORGANISATION),
    Role.RECEIVING_SERVICE: may("list, see", "folder", OWN),
}


class Folder(Sealed, Protected):
    class Meta:
        app_label = "vault"
        db_table = "demo_folder"


class FolderPast(models.Model):
    """A row of a folder's history: the bytes as they were."""

    folder_id = models.BigIntegerField()
    key_id = models.UUIDField()
    sealed = models.BinaryField()
    sealed_version = models.PositiveIntegerField()

    class Meta:
        app_label = "vault"
        db_table = "demo_folder_past"

    def place(self) -> str:
        return place(Folder, "sealed", self.folder_id, self.sealed_version)


def make_table() -> None:
    guard.make_table(Folder, of_one_kind("folder", author="changed_by_id", under=None))
    guard.make_table(FolderPast)


def known(identity: Mapping[str, Any]) -> dict[str, Any]:
    return {name: identity[name] for name in identity if name != "note"}


@contextmanager
def registered() -> Iterator[None]:
    register_kind("folder", model=Folder, protected=True, identity_fields=("given", "surname1", "note"))
    indexing.register_index("folder", model=Folder, purposes=PURPOSES, known=known)
    try:
        with granting(GRANTS):
            yield
    finally:
        forget_kind("folder")
        indexing._indexes.pop("folder", None)


def add(access: Access, identities: Sequence[Mapping[str, Any]], scope_id: int | None = None) -> list[Folder]:
    """What a service does: numbers, keys, sealed rows, tokens."""
    scope = scope_id or access.scopes[0]
    keys = new_keys(len(identities))
    rows = [
        Folder(pk=pk, key_id=key, scope_id=scope, made_by_id=access.by_id, changed_by_id=access.by_id)
        for pk, key in zip(reserve_ids(Folder, len(identities)), keys, strict=True)
    ]
    seal_rows(rows, [dict(one) for one in identities])
    Folder.objects.bulk_create(rows)
    indexing.add_tokens("folder", rows, identities)
    return rows


def change(row: Folder, identity: Mapping[str, Any]) -> None:
    FolderPast.objects.create(
        folder_id=row.pk, key_id=row.key_id, sealed=row.sealed, sealed_version=row.sealed_version
    )
    seal_rows([row], [dict(identity)])
    row.save()
    indexing.replace_tokens("folder", [row], [identity])


CANARY = "Xochiquetzalcanaria"
CHILD = {
    "given": f"{CANARY} Guadalupe",
    "surname1": "Vázquez",
    "surname2": "Peñaloza",
    "birth_year": 2012,
    "official_id": "VAPX120304MOCZXNA1",
    "note": f"{CANARY} said that she is safe",
}
