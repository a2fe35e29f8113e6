"""A file that only the holder of a private key can read: X25519, HKDF-SHA256, AES-256-GCM in chunks.

The site knows the public key and can write backups; it cannot read them. The private key is kept elsewhere.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, BinaryIO

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cobijo.errors import InputProblem, Refused
from cobijo.web.core.jobs.sealing import Damaged, Opening, Sealing

MAGIC = b"COBIJO-BACKUP-1\n"
PUBLIC, PRIVATE = "cobijo-backup-public-1", "cobijo-backup-private-1"
LONGEST_HEADER = 10_000


@dataclass(frozen=True)
class Recipient:
    """A public key. `name` is what people compare by eye."""

    raw: bytes

    @property
    def name(self) -> str:
        return sha256(self.raw).hexdigest()[:16]


def make_key(folder: Path) -> Recipient:
    """Write `backup.private` (its owner's only) and `backup.public` into a folder; never over a key that is there."""
    private = X25519PrivateKey.generate()
    recipient = Recipient(private.public_key().public_bytes_raw())
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name, word, raw in (
        ("backup.private", PRIVATE, private.private_bytes_raw()),
        ("backup.public", PUBLIC, recipient.raw),
    ):
        mode = 0o600 if word == PRIVATE else 0o644
        try:
            handle = os.open(folder / name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        except FileExistsError as problem:
            raise Refused("operations.key_exists", file=name) from problem
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{word} {raw.hex()} {_check(raw)}\n")
    return recipient


def read_public(source: Path | str) -> Recipient:
    """From a file, or from its one line of text."""
    return Recipient(_read(source, PUBLIC))


def read_private(source: Path | str) -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(_read(source, PRIVATE))


def _read(source: Path | str, word: str) -> bytes:
    text = str(source)
    if not text.startswith("cobijo-backup-"):
        try:
            text = Path(source).read_text(encoding="ascii")
        except (OSError, ValueError) as problem:
            raise InputProblem("operations.key_unreadable", file=Path(source).name) from problem
    words = text.split()
    if len(words) == 3 and words[0] == word:
        with suppress(ValueError):
            raw = bytes.fromhex(words[1])
            if len(raw) == 32 and _check(raw) == words[2]:
                return raw
    if words[:1] == [PRIVATE if word == PUBLIC else PUBLIC]:
        raise InputProblem("operations.other_half_of_the_key")
    raise InputProblem("operations.key_unreadable", file=Path(source).name if len(str(source)) < 200 else "")


def _check(raw: bytes) -> str:
    return sha256(b"cobijo backup key" + raw).hexdigest()[:8]


@contextmanager
def sealed_file(path: Path, recipient: Recipient, facts: Mapping[str, Any]) -> Iterator[Sealing]:
    """Write a file for the recipient: whole, or not at all. `facts` can be read by anybody, and not be changed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.partial")
    ephemeral = X25519PrivateKey.generate()
    public = ephemeral.public_key().public_bytes_raw()
    header = json.dumps(
        dict(facts) | {"to": recipient.name, "ephemeral": public.hex()}, sort_keys=True
    ).encode()
    key = _shared(ephemeral, recipient.raw, public + recipient.raw)
    try:
        with open(draft, "wb", opener=lambda name, flags: os.open(name, flags, 0o600)) as target:
            target.write(MAGIC + len(header).to_bytes(4, "big") + header)
            sealing = Sealing(target, key, header)
            yield sealing
            sealing.finish()
            target.flush()
            os.fsync(target.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def opened_file(path: Path, private: X25519PrivateKey) -> Iterator[tuple[dict[str, Any], BinaryIO]]:
    """Facts and content. One sentence where the file is damaged or cut off, is for another key, or is no backup."""
    try:
        with path.open("rb") as source:
            facts, header = _header(path, source)
            public = private.public_key().public_bytes_raw()
            if facts["to"] != Recipient(public).name:
                raise InputProblem("operations.other_key", file=path.name, wanted=facts["to"])
            ephemeral = bytes.fromhex(facts["ephemeral"])
            opening = Opening(source, _shared(private, ephemeral, ephemeral + public), header)
            yield facts, opening  # type: ignore[misc]
    except Damaged as problem:
        raise InputProblem("operations.backup_damaged", file=path.name) from problem
    except FileNotFoundError as problem:
        raise InputProblem("operations.backup_missing", file=path.name) from problem


def facts_of(path: Path) -> dict[str, Any]:
    """What a backup says of itself without a key: when it was made, of which store, for which key."""
    with path.open("rb") as source:
        return _header(path, source)[0]


def _header(path: Path, source: BinaryIO) -> tuple[dict[str, Any], bytes]:
    if source.read(len(MAGIC)) != MAGIC:
        raise InputProblem("operations.no_backup", file=path.name)
    length = int.from_bytes(source.read(4), "big")
    header = source.read(min(length, LONGEST_HEADER))
    try:
        facts = json.loads(header)
        if len(header) != length or not {"to", "ephemeral", "store"} <= facts.keys():
            raise ValueError
    except (ValueError, AttributeError) as problem:
        raise InputProblem("operations.backup_damaged", file=path.name) from problem
    return facts, header


def _shared(private: X25519PrivateKey, other: bytes, both: bytes) -> bytes:
    try:
        secret = private.exchange(X25519PublicKey.from_public_bytes(other))
    except ValueError as problem:
        raise Damaged from problem
    return HKDF(SHA256(), 32, salt=both, info=b"cobijo backup 1").derive(secret)
