"""Audit events of a filled site: with their MACs, all sealed in one chain, as `cobijo audit verify` wants them."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import psycopg

from benchmarks.web_kind import KIND

if TYPE_CHECKING:
    from benchmarks.web_fill import Place


def audit_rows(
    connection: psycopg.Connection[Any], places: Sequence[Place], records: int, events: int, kind: str = KIND
) -> None:
    """Events as reading identities leaves them, with their MACs, all sealed in one chain."""
    from cobijo.web.core.audit.keys import keys
    from cobijo.web.core.audit.models import Event
    from cobijo.web.core.audit.sealer import START, link_hash
    from cobijo.web.core.audit.services import mac

    draw, made = random.Random(1), keys()
    names = [field.attname for field in Event._meta.concrete_fields]
    previous, begin = START, datetime.now(UTC) - timedelta(days=90)
    seals: list[tuple[Any, ...]] = []
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY audit_event ({', '.join(names)}) FROM STDIN") as copy:
            for number in range(1, events + 1):
                place = places[draw.randrange(len(places))]
                event = Event(
                    id=number, at=begin + timedelta(seconds=30 * number), account_id=place.account,
                    organisation_id=place.organisation, via="web", action="see_identity", kind=kind,
                    ids=[draw.randrange(1, records + 1)], count=1, purpose="follow_up", outcome="done", code="",
                    detail={"fields": ["given", "surname1"]}, key_id=made.id, nonce=draw.randbytes(16),
                )  # fmt: skip
                event.mac = mac(event, made)
                copy.write_row([_kept(getattr(event, name)) for name in names])
                link = link_hash(made.chain, number, number, bytes(event.mac), previous)
                seals.append((number, number, previous, link, event.at))
                previous = link
        with cursor.copy("COPY audit_seal (number, event_id, previous, hash, at) FROM STDIN") as copy:
            for seal in seals:
                copy.write_row(seal)
        cursor.execute("SELECT setval(pg_get_serial_sequence('audit_event', 'id'), %s)", [events])


def _kept(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list | dict) else value
