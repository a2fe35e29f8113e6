"""Erasure: a child's key is destroyed, and with it all that it sealed, here and in every backup."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connections, transaction
from django.utils import timezone

from cobijo.errors import WrongUsage
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.audit.services import record
from cobijo.web.core.reactions import react
from cobijo.web.core.vault import ring
from cobijo.web.core.vault.indexing import forget_tokens
from cobijo.web.core.vault.keystore.models import ErasedKey, SubjectKey
from cobijo.web.core.vault.models import Erasure
from cobijo.web.core.vault.router import KEYS

REASON = re.compile(r"[a-z][a-z0-9_.]{0,39}")
CHUNK = 500


@dataclass(frozen=True)
class Line:
    """One line of the ledger: which key, when, why (a code). Nothing tells whose it was."""

    key_id: UUID
    at: datetime
    reason: str


@dataclass(frozen=True)
class Replay:
    """What a replay did: lines of the ledger, keys that were there again, tokens that were there again."""

    lines: int
    keys: int
    tokens: int


def destroy_keys(*, by: Access, ids: Collection[UUID], reason: str) -> None:
    """Erase children: ledger and tokens in the caller's transaction, their keys as soon as it is committed.

    The key store is another database, so its half follows the commit: a transaction that is rolled back destroys
    nothing, and one that was committed is made good by `replay_erasures` should the process die in between.
    """
    if not REASON.fullmatch(reason):
        raise WrongUsage("vault.reason_is_a_code")
    keys = sorted(set(ids))
    if not keys:
        return
    with transaction.atomic():
        lines = [Line(one, timezone.now(), reason) for one in keys]
        _write(lines)
        forget_tokens(keys)
        record("erase", "key", keys, access=by, detail={"reason": reason})
        transaction.on_commit(lambda: _settle(lines))


def ledger() -> list[Line]:
    """Every erasure that either store knows of. `restore` reads it before it overwrites them."""
    lines: dict[UUID, Line] = {}
    for model in (Erasure, ErasedKey):
        for row in model.objects.order_by("at").values_list("key_id", "at", "reason"):
            lines.setdefault(row[0], Line(*row))
    return sorted(lines.values(), key=lambda line: (line.at, line.key_id))


def replay_erasures(also: Iterable[Line] = ()) -> Replay:
    """Make every known erasure true in both stores. Run by `restore` before the site opens, and at every start.

    `also`: the ledger that was read before the stores were overwritten, or that was kept elsewhere. May be repeated.
    The rooms above make their part true again by the reaction `erasures_replayed`.
    """
    lines = {line.key_id: line for line in (*ledger(), *also)}
    listed = list(lines.values())
    keys = tokens = 0
    for start in range(0, len(listed), CHUNK):
        chunk = listed[start : start + CHUNK]
        ids = [line.key_id for line in chunk]
        with acting_as_system("replay_erasures", scopes="all") as access:
            _write(chunk)
            tokens += forget_tokens(ids)
            react("erasures_replayed", by=access, ids=ids)
        keys += _settle(chunk)
    if keys or tokens:
        with acting_as_system("replay_erasures") as access:
            record("replay", "key", [], access=access, detail={"keys": keys, "tokens": tokens})
    return Replay(len(listed), keys, tokens)


def unsettled() -> int:
    """Erasures whose key may still be there: above zero for more than a moment, `replay_erasures` is due."""
    return Erasure.objects.filter(settled_at=None).count()


def _write(lines: Collection[Line]) -> None:
    Erasure.objects.bulk_create(
        [Erasure(key_id=line.key_id, at=line.at, reason=line.reason) for line in lines], ignore_conflicts=True
    )


def _settle(lines: Collection[Line]) -> int:
    """The key store's half; returns how many keys were still there."""
    ids = [line.key_id for line in lines]
    gone = 0
    with transaction.atomic(using=KEYS):
        ErasedKey.objects.bulk_create(
            [ErasedKey(key_id=line.key_id, at=line.at, reason=line.reason) for line in lines],
            ignore_conflicts=True,
        )
        for start in range(0, len(ids), CHUNK):
            there = SubjectKey.objects.filter(pk__in=ids[start : start + CHUNK], destroyed_at=None)
            gone += there.update(wrapped=None, destroyed_at=timezone.now())
        if gone:
            ring.beat()
    ring.forget(ids)
    if gone:
        _wipe()
    for start in range(0, len(ids), CHUNK):
        Erasure.objects.filter(pk__in=ids[start : start + CHUNK], settled_at=None).update(
            settled_at=timezone.now()
        )
    return gone


def _wipe() -> None:
    """Take the old bytes out of the key store's file as far as the database can (SQLite overwrites what it frees)."""
    connection = connections[KEYS]
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
