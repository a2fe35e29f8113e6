"""The first key-encryption key, and a new one while people work: keys are wrapped anew, what is sealed stays.

    begin    the new KEK is put first (file) or is already given first (command), then the store says it is in use
    rewrap   batch by batch, from the old KEK to the new one; readers have both, so none ever fails
    finish   once nothing lies under the old one, it is retired and taken out of the file

Any step may be cut off anywhere and called again. A key is never written back after it was destroyed in between.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from django.db import connections, transaction
from django.utils import timezone

from cobijo.web.core.access.context import acting_as_system
from cobijo.web.core.audit.services import record
from cobijo.web.core.vault import custody, ring
from cobijo.web.core.vault.envelope import SECRET, Kek, unwrap, wrap
from cobijo.web.core.vault.errors import Custody
from cobijo.web.core.vault.keystore.models import IndexKey, KekRow, SubjectKey
from cobijo.web.core.vault.ring import _owner
from cobijo.web.core.vault.router import KEYS

Progress: TypeAlias = Callable[[str, int, int], None]
BATCH = 1_000


@dataclass(frozen=True)
class Rotated:
    """Which KEK is in use now, and how many keys were wrapped anew by this call."""

    kek_id: str
    keys: int


def make_first(*, anew: bool = False) -> Kek:
    """Make the KEK of a site that has none. It is noted at once: sheets are printed before the first child is entered.

    A second one would make those sheets worthless, and nobody would know. `anew`: whoever calls says that the former
    one is lost; that is believed only where nothing lies under it.
    """
    with transaction.atomic(using=KEYS):
        if SubjectKey.objects.exists() or IndexKey.objects.exists():
            raise Custody("vault.kek_lost_not_new")
        noted = KekRow.objects.filter(current=True).first()
        if noted is not None and not custody.file().exists():
            if not anew:
                raise Custody("vault.kek_noted", kek=noted.pk)
            noted.delete()
        made = custody.make_kek()
        ring.writing_kek()
    return made


def noted() -> Kek:
    """The KEK in use, noted if it was not: it is about to be copied. Raises `Locked` where it is not at hand."""
    with transaction.atomic(using=KEYS):
        return ring.writing_kek()


def rotate(*, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None) -> Rotated:
    """Begin a rotation, or go on with one that was cut off, to its end; a job or the command line calls it."""
    kek_id = begin()
    total, done = left(), 0
    while not (cancelled is not None and cancelled()):
        batch = rewrap(BATCH)
        done += batch
        if progress is not None:
            progress("vault.rotating", done, max(total, done))
        if not batch:
            finish()
            break
    return Rotated(kek_id, done)


def begin() -> str:
    """Put a new KEK in use; returns its id. Goes on with a rotation that has begun and is not finished."""
    with transaction.atomic(using=KEYS):
        now = ring.writing_kek()
    if under_way():
        return now.id
    keks = custody.keks()
    if keks.current.id == now.id:
        if custody.command():
            raise Custody("vault.rotate_command_first")
        custody.write_file(Kek(secrets.token_bytes(SECRET)), *_at_hand(keks))
        keks = custody.keks()
    new = keks.current.id
    with transaction.atomic(using=KEYS):
        # Waits for everybody who is wrapping with the former one; whoever comes later sees the new one.
        KekRow.objects.filter(current=True).update(current=False)
        KekRow.objects.update_or_create(pk=new, defaults={"current": True, "retired_at": None})
        ring.beat()
    _tell("rotate_begin", new)
    return new


def under_way() -> bool:
    """Whether a rotation has begun and is not finished."""
    return KekRow.objects.filter(current=False, retired_at=None).exists()


def left() -> int:
    """How many keys lie under a former KEK."""
    now = KekRow.objects.get(current=True).pk
    return SubjectKey.objects.filter(destroyed_at=None).exclude(kek_id=now).count()


def rewrap(limit: int = BATCH) -> int:
    """Wrap up to `limit` keys anew; returns how many. Zero: none is left (then `finish`)."""
    with transaction.atomic(using=KEYS):
        kek = ring.writing_kek()
        rows = list(
            SubjectKey.objects.filter(destroyed_at=None)
            .exclude(kek_id=kek.id)
            .order_by("kek_id", "pk")
            .values_list("pk", "wrapped", "kek_id")[:limit]
        )
        changes = [
            (wrap(kek, one.bytes, unwrap(ring.kek_with(old), one.bytes, bytes(wrapped))), kek.id, one, old)
            for one, wrapped, old in rows
            if wrapped is not None
        ]
        _change(changes)
        for row in IndexKey.objects.exclude(kek_id=kek.id):
            owner = _owner(row.epoch)
            row.wrapped = wrap(kek, owner, unwrap(ring.kek_with(row.kek_id), owner, bytes(row.wrapped)))
            row.kek_id = kek.id
            row.save(update_fields=["wrapped", "kek_id"])
    return len(rows)


def finish() -> None:
    """Retire former KEKs under which nothing lies any more, and take them out of the file."""
    with transaction.atomic(using=KEYS):
        now = KekRow.objects.select_for_update().get(current=True).pk
        former = list(KekRow.objects.filter(current=False, retired_at=None).values_list("pk", flat=True))
        used = SubjectKey.objects.filter(destroyed_at=None, kek_id__in=former).exists()
        if used or IndexKey.objects.filter(kek_id__in=former).exists():
            return
        KekRow.objects.filter(pk__in=former).update(retired_at=timezone.now())
    if not custody.command():
        custody.write_file(ring.kek_with(now))
    _tell("rotate_finish", now)


def _change(changes: list[tuple[bytes, str, UUID, str]]) -> None:
    """Only where the key is still there and under the KEK that it was read under."""
    if not changes:
        return
    connection = connections[KEYS]
    of_id = SubjectKey._meta.pk
    rows = [
        (wrapped, new, of_id.get_db_prep_value(one, connection), old) for wrapped, new, one, old in changes
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "UPDATE keystore_subjectkey SET wrapped = %s, kek_id = %s"
            " WHERE id = %s AND kek_id = %s AND destroyed_at IS NULL",
            rows,
        )


def _at_hand(keks: custody.Keks) -> list[Kek]:
    return [keks.current, *(kek for one, kek in keks.all.items() if one != keks.current.id)]


def _tell(action: str, kek_id: str) -> None:
    with acting_as_system("key_rotation") as access:
        record(action, "kek", [kek_id], access=access)
