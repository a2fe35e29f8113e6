"""The bytes: a key-encryption key wraps one key a child, the child's key seals what is hers.

    sealed  = 01 | KEK id (8) | key id (16) | nonce (12) | AES-256-GCM(plain)      authenticated with it: header, place
    wrapped = nonce (12) | AES-256-GCM(the child's key)                            authenticated with it: KEK id, key id

The place ("model|field|row|version") is authenticated, never stored: bytes moved to another row do not open. The KEK id
in a sealed header says under which KEK the key lay that day (what to look at if that KEK leaks); reading needs it not.
Nothing here touches a database.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
from dataclasses import dataclass, field
from typing import Any, TypeAlias
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from cobijo.web.core.vault.errors import Altered

Plain: TypeAlias = dict[str, Any] | str | bytes

FORMAT = b"\x01"
KEK_ID, KEY_ID, NONCE = 8, 16, 12
HEADER = len(FORMAT) + KEK_ID + KEY_ID
SECRET = 32


@dataclass(frozen=True)
class Kek:
    """A key-encryption key. Its id follows from its secret, so that a wrong key is known for one."""

    secret: bytes = field(repr=False)
    id: str = field(init=False)
    cipher: AESGCM = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if len(self.secret) != SECRET:
            raise ValueError("a key-encryption key is 32 bytes")
        object.__setattr__(self, "id", hmac.digest(self.secret, b"cobijo kek id", "sha256")[:KEK_ID].hex())
        object.__setattr__(self, "cipher", AESGCM(derive(self.secret, "wrap")))


@dataclass(frozen=True)
class Key:
    """A child's key, unwrapped, ready to use; lives for seconds (see `ring`)."""

    id: UUID
    kek_id: str
    cipher: AESGCM = field(repr=False)


def derive(secret: bytes, use: str) -> bytes:
    """A key for one use from a secret that has several (HKDF-SHA256, RFC 5869)."""
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"cobijo/1/" + use.encode()).derive(secret)


def wrap(kek: Kek, owner: bytes, secret: bytes) -> bytes:
    """Seal a secret under the KEK; `owner` (the key's id) is bound to it."""
    nonce = os.urandom(NONCE)
    return nonce + kek.cipher.encrypt(nonce, secret, bytes.fromhex(kek.id) + owner)


def unwrap(kek: Kek, owner: bytes, wrapped: bytes) -> bytes:
    """The secret again. Raises `Altered` where the bytes are another key's or were changed."""
    try:
        return kek.cipher.decrypt(wrapped[:NONCE], wrapped[NONCE:], bytes.fromhex(kek.id) + owner)
    except (InvalidTag, ValueError):
        raise Altered("vault.key_altered") from None


def seal(key: Key, place: str, plain: Plain) -> bytes:
    """Seal for one place. The same text twice gives other bytes."""
    header = FORMAT + bytes.fromhex(key.kek_id) + key.id.bytes
    nonce = os.urandom(NONCE)
    return header + nonce + key.cipher.encrypt(nonce, _to_bytes(plain), header + place.encode())


def unseal(key: Key, place: str, sealed: bytes) -> Plain:
    """What was sealed for this place. Raises `Altered`, without a word of the content."""
    header = sealed[:HEADER]
    body = HEADER + NONCE
    try:
        if header[:1] != FORMAT or header[-KEY_ID:] != key.id.bytes:
            raise InvalidTag
        return _from_bytes(key.cipher.decrypt(sealed[HEADER:body], sealed[body:], header + place.encode()))
    except (InvalidTag, ValueError):
        raise Altered("vault.altered") from None


def kek_of(sealed: bytes) -> str:
    """Id of the KEK under which the child's key lay when this was sealed."""
    return sealed[1 : 1 + KEK_ID].hex()


def check_word(*parts: bytes) -> bytes:
    """Two bytes that tell a typing error from a key."""
    return hashlib.sha256(b"cobijo check" + b"".join(parts)).digest()[:2]


def _to_bytes(plain: Plain) -> bytes:
    if isinstance(plain, bytes):
        return b"b" + plain
    if isinstance(plain, str):
        return b"s" + plain.encode()
    return b"j" + json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode()


def _from_bytes(data: bytes) -> Plain:
    kind, body = data[:1], data[1:]
    if kind == b"j":
        found: dict[str, Any] = json.loads(body.decode())  # from text: no guessing of the encoding
        return found
    return body.decode() if kind == b"s" else body
