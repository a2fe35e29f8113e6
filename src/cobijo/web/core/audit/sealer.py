"""The sealer gives committed events one order: one at a time, every second, so that no writer waits for another.

A lock per event made 10,000 events by 8 writers take four times as long, and one slow transaction stalled everybody.
"""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from cobijo.web.core.audit.keys import keys
from cobijo.web.core.audit.models import Event, Seal

LOCK = 0x436F6269  # one number for the advisory lock of the one sealer
WINDOW = (
    20_000  # seals looked back: a transaction may commit this many events late and is still found at once
)
SEALED_LATE = timedelta(seconds=5)  # the health page warns beyond this
START = bytes(32)  # what the first seal stands on


def seal_once(limit: int = 5_000, *, sweep: bool = False) -> int:
    """Seal up to `limit` committed events; returns how many. Does nothing where another sealer is at work.

    Run every second. Now and then with `sweep=True`, which looks through all events and not only the latest, for a
    transaction that committed very late.
    """
    with transaction.atomic():
        if not _alone():
            return 0
        head = Seal.objects.order_by("-number").first()
        number, previous = (head.number, bytes(head.hash)) if head else (0, START)
        key = keys().chain
        now = timezone.now()
        seals = []
        for event_id, event_mac in unsealed(sweep=sweep).order_by("pk").values_list("pk", "mac")[:limit]:
            number += 1
            link = link_hash(key, number, event_id, bytes(event_mac), previous)
            seals.append(Seal(number=number, event_id=event_id, previous=previous, hash=link, at=now))
            previous = link
        Seal.objects.bulk_create(seals, batch_size=1_000)
    return len(seals)


def link_hash(key: bytes, number: int, event_id: int, event_mac: bytes, previous: bytes) -> bytes:
    """One link: it stands on all links before it, and only who holds the key can make it."""
    return hmac.digest(key, b"%d|%d|" % (number, event_id) + event_mac + previous, "sha256")


def unsealed(*, sweep: bool = True) -> QuerySet[Event]:
    """Committed events without a seal; `sweep=False` looks only near the head of the chain."""
    events = Event.objects.filter(~Exists(Seal.objects.filter(event_id=OuterRef("pk"))))
    if sweep:
        return events
    floor = Seal.objects.order_by("-number").values_list("event_id", flat=True)[WINDOW : WINDOW + 1].first()
    return events if floor is None else events.filter(pk__gt=floor)


def unsealed_since() -> datetime | None:
    """When the oldest unsealed event happened; None where all are sealed."""
    return unsealed(sweep=False).order_by("at").values_list("at", flat=True).first()


def sealed_in_time(now: datetime | None = None) -> bool:
    """Whether the sealer keeps up, for `/health` and the work page."""
    since = unsealed_since()
    return since is None or (now or timezone.now()) - since <= SEALED_LATE


def _alone() -> bool:
    """One sealer at a time: an advisory lock on PostgreSQL; on SQLite the transaction already has the only lock."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])
