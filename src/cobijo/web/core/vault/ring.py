"""Children's keys, unwrapped, for seconds: in this process's memory only, bounded in number and in time.

Other processes learn of a destroyed key within a second: each look at the key store's pulse (at most one a second) that
finds a new number empties the ring.
"""

from __future__ import annotations

import os
import threading
import time
from collections import OrderedDict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connections, transaction
from django.db.models import F
from django.utils import timezone

from cobijo.web.core.vault import custody
from cobijo.web.core.vault.envelope import SECRET, Kek, Key, unwrap, wrap
from cobijo.web.core.vault.errors import Locked
from cobijo.web.core.vault.keystore.models import IndexKey, KekRow, Pulse
from cobijo.web.core.vault.router import KEYS

LIMIT = 20_000
SECONDS = 30.0
PAGE = 1_000
PULSE_SECONDS = 1.0
CHUNK = 5_000
TRIES = 3


@dataclass(frozen=True)
class IndexSecret:
    """The secret of one epoch of the blind indexes."""

    epoch: int
    current: bool
    secret: bytes = field(repr=False)


_lock = threading.Lock()
_keys: OrderedDict[UUID, tuple[float, Key]] = OrderedDict()
_index: tuple[float, list[IndexSecret]] | None = None
_pulse: int | None = None
_pulse_at = 0.0


def keys_of(ids: Collection[UUID]) -> dict[UUID, Key | None]:
    """The keys asked for. None: destroyed. Not in the answer: the key store has never heard of it.

    Raises `Locked` where the KEK under which a key lies is not at hand.
    """
    _feel_pulse()
    wanted = set(ids)
    found: dict[UUID, Key | None] = {}
    now = time.monotonic()
    with _lock:
        for one in wanted:
            held = _keys.get(one)
            if held is not None and held[0] > now:
                found[one] = held[1]
    missing = wanted - found.keys()
    if missing:
        fetched = _fetch(missing)
        found |= fetched
        if len(missing) <= PAGE:  # a batch passes through; it would only push everybody's page out
            _keep(key for key in fetched.values() if key is not None)
    return found


def new_keys(count: int) -> list[UUID]:
    """Make keys for so many children, wrapped and stored. They stay where the caller's transaction is rolled back."""
    made = [(one, os.urandom(SECRET)) for one in _new_ids(count)]
    with transaction.atomic(using=KEYS):
        kek = writing_kek()
        _store([(one, wrap(kek, one.bytes, key)) for one, key in made], kek.id)
    _keep(Key(one, kek.id, AESGCM(key)) for one, key in made[:LIMIT])
    return [one for one, _key in made]


def _new_ids(count: int) -> list[UUID]:
    """Random, but those made together begin alike: an import then fills a few pages of every index over keys.

    Numbers that rise with time would do so too, and would say in the ledger of erasures when a child was registered.
    """
    head = os.urandom(4)
    return [UUID(bytes=head + os.urandom(12), version=4) for _ in range(count)]


def writing_kek() -> Kek:
    """The KEK to wrap with, held until the transaction ends, so that no rotation can end under it."""
    connection = connections[KEYS]
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("writing_kek needs a transaction")
    lock = " FOR SHARE" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM keystore_kekrow WHERE current{lock}")  # noqa: S608 - two constants
        row = cursor.fetchone()
    if row is None:
        # The first key of this store: from now on another KEK is a wrong one.
        row = (KekRow.objects.get_or_create(current=True, defaults={"id": custody.keks().current.id})[0].id,)
    return kek_with(row[0])


def kek_with(kek_id: str) -> Kek:
    """A KEK by its id. Raises `Locked` where it is not at hand, after looking again."""
    known = custody.keks().all.get(kek_id)
    if known is None:
        custody.reload()
        known = custody.keks().all.get(kek_id)
    if known is None:
        raise Locked("vault.kek_wrong", expected=kek_id)
    return known


def index_secrets() -> list[IndexSecret]:
    """The secrets of the blind indexes, the epoch in use first; the very first is made here."""
    global _index
    _feel_pulse()
    with _lock:
        if _index is not None and _index[0] > time.monotonic():
            return _index[1]
    rows = list(IndexKey.objects.all())
    if not rows:
        with transaction.atomic(using=KEYS):
            kek = writing_kek()
            wrapped = wrap(kek, _owner(1), os.urandom(SECRET))
            IndexKey.objects.bulk_create(
                [IndexKey(epoch=1, wrapped=wrapped, kek_id=kek.id, current=True)], ignore_conflicts=True
            )
        rows = list(IndexKey.objects.all())
    found = [
        IndexSecret(
            row.epoch, row.current, unwrap(kek_with(row.kek_id), _owner(row.epoch), bytes(row.wrapped))
        )
        for row in sorted(rows, key=lambda row: not row.current)
    ]
    with _lock:
        _index = (time.monotonic() + SECONDS, found)
    return found


def beat() -> None:
    """Make every process forget the keys that it holds, within a second. In the transaction that changed something."""
    Pulse.objects.get_or_create(pk=1)
    Pulse.objects.filter(pk=1).update(number=F("number") + 1)


def forget(ids: Collection[UUID] | None = None) -> None:
    """Drop keys from this process's memory; all of them where none are named."""
    global _index
    with _lock:
        if ids is None:
            _keys.clear()
            _index = None
        else:
            for one in ids:
                _keys.pop(one, None)


def held() -> int:
    """How many keys lie in memory now."""
    return len(_keys)


def _feel_pulse() -> None:
    global _pulse, _pulse_at
    now = time.monotonic()
    if now - _pulse_at < PULSE_SECONDS:
        return
    number = Pulse.objects.filter(pk=1).values_list("number", flat=True).first() or 0
    with _lock:
        changed = _pulse is not None and number != _pulse
        _pulse, _pulse_at = number, now
    if changed:
        forget()


def _keep(keys: Iterator[Key]) -> None:
    until = time.monotonic() + SECONDS
    with _lock:
        for key in keys:
            _keys[key.id] = (until, key)
            _keys.move_to_end(key.id)
        while len(_keys) > LIMIT or (_keys and next(iter(_keys.values()))[0] < until - SECONDS):
            _keys.popitem(last=False)


def _fetch(ids: Collection[UUID]) -> dict[UUID, Key | None]:
    wanted: Sequence[UUID] = list(ids)
    found: dict[UUID, Key | None] = {}
    for attempt in range(TRIES):
        known = custody.keks().all
        again: list[UUID] = []
        for start in range(0, len(wanted), CHUNK):
            for one, wrapped, kek_id in _read(wanted[start : start + CHUNK]):
                if wrapped is None:
                    found[one] = None
                elif (kek := known.get(kek_id)) is None:
                    again.append(one)
                else:
                    found[one] = Key(one, kek_id, AESGCM(unwrap(kek, one.bytes, wrapped)))
        if not again:
            return found
        # A rotation began or ended between the two readings: read both anew.
        if attempt < TRIES - 1:
            custody.reload()
            wanted = again
    raise Locked("vault.kek_wrong", expected=kek_id)


def _store(wrapped: Sequence[tuple[UUID, bytes]], kek_id: str) -> None:
    """New rows of the key store, past the ORM: an import makes a key a row."""
    connection = connections[KEYS]
    columns = "keystore_subjectkey (id, wrapped, kek_id, made_at)"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            tail = f"\t{kek_id}\t{timezone.now().isoformat()}\n"
            lines = [f"{one}\t\\\\x{body.hex()}{tail}" for one, body in wrapped]
            with cursor.copy(f"COPY {columns} FROM STDIN") as copy:
                copy.write("".join(lines))
            return
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        cursor.executemany(
            f"INSERT INTO {columns} VALUES (%s, %s, %s, %s)",  # noqa: S608 - names of our own
            [(one.hex, body, kek_id, now) for one, body in wrapped],
        )


def _read(ids: Sequence[UUID]) -> Iterator[tuple[UUID, bytes | None, str]]:
    """Rows of the key store, past the ORM: an export of a million reads a million of them."""
    connection = connections[KEYS]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT id, wrapped, kek_id FROM keystore_subjectkey WHERE id = ANY(%s::uuid[])", [list(ids)]
            )
            yield from cursor.fetchall()
            return
        by_text = {one.hex: one for one in ids}
        marks = ",".join(["%s"] * len(ids))
        cursor.execute(
            f"SELECT id, wrapped, kek_id FROM keystore_subjectkey WHERE id IN ({marks})",  # noqa: S608 - marks only
            list(by_text),
        )
        for text, wrapped, kek_id in cursor.fetchall():
            yield by_text[text], wrapped, kek_id


def _owner(epoch: int) -> bytes:
    return b"index" + epoch.to_bytes(2, "big")
