"""Files that are sealed in chunks, so that a long one needs little memory and a cut one is noticed.

AES-256-GCM, 256 KiB a chunk. The nonce of a chunk is a random prefix, its number and whether it is the last: chunks
cannot be left out, reordered, taken from another file or cut off at the end without the reading failing (STREAM,
Hoang, Reyhanitabar, Rogaway and Vizár 2015).
"""

from __future__ import annotations

import io
import os
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

CHUNK = 256 * 1024
TAG = 16
PREFIX = 7


class Damaged(Exception):
    """What was read is not what was written, or the key is another one."""


class Sealing(io.RawIOBase):
    """Writes what it is given, sealed, to `target`. Nothing can be read before `close()` has written the last chunk."""

    def __init__(self, target: BinaryIO, key: bytes, place: bytes) -> None:
        self._target, self._cipher, self._place = target, AESGCM(key), place
        self._prefix, self._number, self._held = os.urandom(PREFIX), 0, bytearray()
        self.size = 0
        target.write(self._prefix)

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        view = memoryview(data).cast("B")  # type: ignore[arg-type]
        self._held += view
        self.size += len(view)
        # The last chunk is only known at the end, so one whole chunk is always held back.
        while len(self._held) > CHUNK:
            self._put(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]
        return len(view)

    def _put(self, chunk: bytes, *, last: bool) -> None:
        self._target.write(self._cipher.encrypt(_nonce(self._prefix, self._number, last), chunk, self._place))
        self._number += 1

    def finish(self) -> None:
        """Write the last chunk; `target` stays open."""
        self._put(bytes(self._held), last=True)
        self._held.clear()
        super().close()

    def close(self) -> None:
        """Closed without `finish()`, the file stays unreadable: that is what an interrupted writing should be."""
        super().close()


class Opening(io.RawIOBase):
    """Reads what `Sealing` wrote; raises `Damaged` at the first chunk that is not as it was written."""

    def __init__(self, source: BinaryIO, key: bytes, place: bytes) -> None:
        self._source, self._cipher, self._place = source, AESGCM(key), place
        self._prefix, self._number = source.read(PREFIX), 0
        self._next = source.read(CHUNK + TAG)
        self._held, self._over = b"", False
        if len(self._prefix) < PREFIX:
            raise Damaged

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        while not self._held and not self._over:
            self._held = self._chunk()
        count = min(len(view), len(self._held))
        view[:count] = self._held[:count]
        self._held = self._held[count:]
        return count

    def _chunk(self) -> bytes:
        sealed, self._next = self._next, self._source.read(CHUNK + TAG)
        self._over = not self._next
        try:
            plain = self._cipher.decrypt(_nonce(self._prefix, self._number, self._over), sealed, self._place)
        except (InvalidTag, ValueError) as problem:
            raise Damaged from problem
        self._number += 1
        return plain


def _nonce(prefix: bytes, number: int, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + (b"\x01" if last else b"\x00")


# --- Small things and keys of files: under a key derived from the site's secret, bound to their place.


def wrap(plain: bytes, place: str) -> bytes:
    nonce = os.urandom(12)
    return nonce + AESGCM(_site_key()).encrypt(nonce, plain, place.encode())


def unwrap(wrapped: bytes | memoryview, place: str) -> bytes:
    """Raises `Damaged` where the place is another one, or the site's secret has changed."""
    raw = bytes(wrapped)
    try:
        return AESGCM(_site_key()).decrypt(raw[:12], raw[12:], place.encode())
    except (InvalidTag, ValueError) as problem:
        raise Damaged from problem


def _site_key() -> bytes:
    return HKDF(SHA256(), 32, None, b"cobijo jobs 1").derive(settings.SECRET_KEY.encode())
