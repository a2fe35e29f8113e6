"""Is the record of what happened whole? Every event, every link, every signed head."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.core.audit.keys import Keys, keys, known_keys
from cobijo.web.core.audit.models import Checkpoint, Event, Seal
from cobijo.web.core.audit.sealer import SEALED_LATE, START, link_hash, unsealed
from cobijo.web.core.audit.services import mac

FORMAT = "cobijo.audit-checkpoint/1"
CHUNK = 5_000


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `code` has a sentence; `number` is the place in the chain, `event_id` the event."""

    code: str  # audit.altered missing reordered unsealed seal_missing seal_altered key_unknown head_lost …
    event_id: int | None = None
    number: int | None = None


def verify(*, checkpoint: Path | None = None, late: timedelta = SEALED_LATE) -> list[Finding]:
    """Check the whole chain; no findings is right.

    The end of the chain can be cut off together with its events, and what is left still verifies: that shows only
    against a `checkpoint` file that was kept elsewhere (those still in the database are checked too).
    """
    at = timezone.now()
    known = known_keys()
    findings = list(_chain(known))
    for event in unsealed().order_by("pk").iterator(CHUNK):
        if not _authentic(event, known):
            findings.append(Finding("audit.altered", event.pk))
        elif at - event.at > late:
            findings.append(Finding("audit.unsealed", event.pk))
    heads = [
        (one.number, bytes(one.hash), one.at, bytes(one.signature))
        for one in Checkpoint.objects.order_by("pk")
    ]
    public = [one.signer().public_key() for one in known.values()]
    for number, head, when, signature in heads:
        findings += _head(number, head, when, signature, public)
    if checkpoint is not None:
        findings += _head(*read_checkpoint(checkpoint), public)
    return findings


def _chain(known: dict[str, Keys]) -> Iterator[Finding]:
    """Walk the links in order. After a wrong one go on from what it claims, so that each fault is named once."""
    expected, previous = 1, START
    chains = [one.chain for one in known.values()]
    for seals in _chunks():
        events = Event.objects.in_bulk([seal.event_id for seal in seals])
        for seal in seals:
            for number in range(expected, min(seal.number, expected + 100)):
                yield Finding("audit.seal_missing", None, number)
            gap = seal.number != expected
            expected = seal.number + 1
            stood_on, claimed = bytes(seal.previous), bytes(seal.hash)
            event = events.get(seal.event_id)
            if event is None:
                yield Finding("audit.missing", seal.event_id, seal.number)
            elif event.key_id not in known:
                yield Finding("audit.key_unknown", event.pk, seal.number)
            elif not _authentic(event, known):
                yield Finding("audit.altered", event.pk, seal.number)
            elif not any(
                hmac.compare_digest(
                    link_hash(key, seal.number, event.pk, bytes(event.mac), stood_on), claimed
                )
                for key in chains
            ):
                yield Finding("audit.reordered", event.pk, seal.number)
            if stood_on != previous and not gap:
                yield Finding("audit.seal_altered", seal.event_id, seal.number)
            previous = claimed


def _chunks() -> Iterator[list[Seal]]:
    last = 0
    while seals := list(Seal.objects.filter(number__gt=last).order_by("number")[:CHUNK]):
        yield seals
        last = seals[-1].number


def _authentic(event: Event, known: dict[str, Keys]) -> bool:
    made = known.get(event.key_id)
    return made is not None and hmac.compare_digest(mac(event, made), bytes(event.mac))


# --- Signed heads ------------------------------------------------------------------------------------------------


def checkpoint(path: Path | None = None) -> dict[str, Any]:
    """Sign the head of the chain; returns what the file holds and writes it to `path`, to be kept elsewhere.

    Raises `InputProblem` where nothing is sealed yet.
    """
    head = Seal.objects.order_by("-number").first()
    if head is None:
        raise InputProblem("audit.nothing_sealed")
    signer = keys().signer()
    now = timezone.now()
    signature = signer.sign(_signed(head.number, bytes(head.hash), now))
    Checkpoint.objects.create(number=head.number, hash=bytes(head.hash), at=now, signature=signature)
    public = signer.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    content = {
        "format": FORMAT,
        "number": head.number,
        "hash": bytes(head.hash).hex(),
        "at": now.isoformat(),
        "signature": base64.b64encode(signature).decode(),
        "public_key": base64.b64encode(public).decode(),
    }
    if path is not None:
        draft = path.with_name(f"{path.name}.tmp")
        draft.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
        draft.replace(path)
    return content


def read_checkpoint(path: Path) -> tuple[int, bytes, datetime, bytes]:
    """What a checkpoint file says: number, hash, time, signature."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["format"] != FORMAT:
            raise ValueError
        return (
            int(content["number"]),
            bytes.fromhex(content["hash"]),
            datetime.fromisoformat(content["at"]),
            base64.b64decode(content["signature"], validate=True),
        )
    except (OSError, ValueError, KeyError, TypeError) as problem:
        raise InputProblem("audit.no_checkpoint_file", file=path.name) from problem


def _signed(number: int, head: bytes, at: datetime) -> bytes:
    return f"{FORMAT}|{number}|{head.hex()}|{at.timestamp():.6f}".encode()


def _head(
    number: int, head: bytes, at: datetime, signature: bytes, public: list[Ed25519PublicKey]
) -> Iterator[Finding]:
    if not any(_signed_by(key, signature, _signed(number, head, at)) for key in public):
        yield Finding("audit.checkpoint_altered", None, number)
        return
    seal = Seal.objects.filter(number=number).first()
    if seal is None:
        yield Finding("audit.head_lost", None, number)
    elif bytes(seal.hash) != head:
        yield Finding("audit.head_differs", seal.event_id, number)


def _signed_by(key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True
