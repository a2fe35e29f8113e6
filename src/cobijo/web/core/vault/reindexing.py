"""The blind indexes anew, under a new secret: after a leak, or when the pack's rules for names have changed.

A new epoch is begun; until the last record is re-indexed, both epochs are searched, so nobody finds less meanwhile. A
run that was cut off is called again with the last number it gave, or from the start: doing a record twice changes
nothing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any, TypeAlias, cast

from django.db import transaction
from django.db.models import Max

from cobijo.web.core.access.context import acting_as_system
from cobijo.web.core.audit.services import record
from cobijo.web.core.vault import indexing, ring
from cobijo.web.core.vault.envelope import SECRET, wrap
from cobijo.web.core.vault.keystore.models import IndexKey
from cobijo.web.core.vault.models import BlindToken
from cobijo.web.core.vault.router import KEYS
from cobijo.web.core.vault.sealing import unseal_many

Progress: TypeAlias = Callable[[str, int, int], None]
BATCH = 500


def reindex(*, progress: Progress | None = None) -> int:
    """Begin, or go on, to the end; returns how many records were done."""
    begin()
    done = 0
    with acting_as_system("reindex", scopes="all"):
        total = sum(index.model._default_manager.count() for index in indexing.indexes().values())
    for kind in indexing.indexes():
        after: int | None = 0
        while after is not None:
            after, count = some(kind, after=after)
            done += count
            if progress is not None:
                progress("vault.reindexing", done, max(total, done))
    finish()
    return done


def begin() -> int:
    """Put a new epoch in use, unless one is under way; returns its number."""
    ring.index_secrets()  # the very first is made where there is none
    with transaction.atomic(using=KEYS):
        kek = ring.writing_kek()
        rows = list(IndexKey.objects.select_for_update())
        if len(rows) == 1:
            epoch = rows[0].epoch + 1
            IndexKey.objects.update(current=False)
            IndexKey.objects.create(
                epoch=epoch,
                wrapped=wrap(kek, ring._owner(epoch), os.urandom(SECRET)),
                kek_id=kek.id,
                current=True,
            )
            ring.beat()
    ring.forget()
    return ring.index_secrets()[0].epoch


def some(kind: str, *, after: int = 0, limit: int = BATCH) -> tuple[int | None, int]:
    """Re-index the next records of a kind: (last number, or None at the end; how many)."""
    model = indexing.index_of(kind).model
    with acting_as_system("reindex", scopes="all") as access:
        # Held, so that nobody changes a name between our reading and our writing.
        rows = list(model._default_manager.select_for_update().filter(pk__gt=after).order_by("pk")[:limit])
        if not rows:
            return None, 0
        opened = unseal_many((row.key_id, row.place(), row.sealed) for row in rows)
        pairs = [
            (row, cast("dict[str, Any]", one.plain))
            for row, one in zip(rows, opened, strict=True)
            if one.condition == "open"
        ]
        indexing.replace_tokens(kind, [row for row, _plain in pairs], [plain for _row, plain in pairs])
        record("reindex", kind, [row.pk for row, _plain in pairs], access=access)
    return int(rows[-1].pk), len(pairs)


def finish() -> None:
    """End the former epoch, once no token is of it: whoever still held the former secret has had its last word."""
    now = IndexKey.objects.aggregate(last=Max("epoch"))["last"]
    with acting_as_system("reindex", scopes="all"):
        stragglers = list(
            BlindToken.objects.filter(epoch__lt=now).values_list("kind", "record_id").distinct()[: 10 * BATCH]
        )
    for kind, record_id in stragglers:
        some(kind, after=record_id - 1, limit=1)
    with acting_as_system("reindex", scopes="all"):
        BlindToken.objects.filter(epoch__lt=now).delete()  # of records that are gone or erased
    with transaction.atomic(using=KEYS):
        IndexKey.objects.filter(current=False).delete()
        ring.beat()
    ring.forget()
