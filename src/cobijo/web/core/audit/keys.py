"""Keys of the audit: one secret, outside the database, from which the keys for events, chain and checkpoints follow.

Without the secret nobody can make an event or a seal that verifies, the database's administrator included. It is
`COBIJO_AUDIT_KEY`, else the file `audit.key` in the data folder, made at first need. Several web processes on several
machines must have the same one. A former secret stays in the folder as `audit-<key id>.key`, to verify what it made.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from cobijo.errors import InputProblem

FILE = "audit.key"
LEAST = 32  # characters of the secret
FORMER = re.compile(r"audit-[0-9a-f]{16}\.key")


@dataclass(frozen=True)
class Keys:
    """What follows from one secret. `id` tells which, and nothing about it."""

    id: str
    event: bytes
    chain: bytes
    signing: bytes

    def signer(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.signing)


def keys() -> Keys:
    """The keys in use."""
    return derive(_secret(Path(settings.DATA_DIR)))


def known_keys() -> dict[str, Keys]:
    """The keys in use and all former ones that are still in the data folder, by id."""
    now = keys()
    folder = Path(settings.DATA_DIR)
    former = [
        derive(path.read_text(encoding="ascii").strip())
        for path in (sorted(folder.iterdir()) if folder.is_dir() else [])
        if FORMER.fullmatch(path.name)
    ]
    return {one.id: one for one in (*former, now)}


@lru_cache(maxsize=16)
def derive(secret: str) -> Keys:
    """HKDF-SHA256 with one purpose each, so that no key says anything about another."""
    if len(secret) < LEAST:
        raise InputProblem("audit.key_too_short", least=LEAST)

    def key(purpose: str) -> bytes:
        return HKDF(SHA256(), 32, salt=None, info=f"cobijo audit {purpose}".encode()).derive(secret.encode())

    return Keys(sha256(key("id")).hexdigest()[:16], key("event"), key("chain"), key("checkpoint"))


def _secret(folder: Path, environment: Mapping[str, str] = os.environ) -> str:
    given = environment.get("COBIJO_AUDIT_KEY")
    return given or _kept(folder / FILE)


@lru_cache(maxsize=4)
def _kept(path: Path) -> str:
    """Read the file; make it, its owner's only, where it is missing. The first of two starters wins."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
