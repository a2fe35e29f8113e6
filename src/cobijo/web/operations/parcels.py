"""How a backup lies inside its box: named parcels of any length one after another, a manifest at the end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, Protocol

from cobijo.web.core.jobs.sealing import Damaged

BLOCK = 1 << 20


class Writes(Protocol):
    def write(self, data: Any, /) -> Any: ...


@dataclass
class Parcel:
    """A parcel being written: `write` as often as needed."""

    target: Writes

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        for start in range(0, len(view), BLOCK):
            block = view[start : start + BLOCK]
            self.target.write(len(block).to_bytes(4, "big"))
            self.target.write(block)
        return len(view)

    def end(self) -> None:
        self.target.write(bytes(4))


def begin(target: Writes, name: str) -> Parcel:
    raw = name.encode()
    target.write(len(raw).to_bytes(2, "big") + raw)
    return Parcel(target)


def put(target: Writes, name: str, content: bytes) -> None:
    parcel = begin(target, name)
    parcel.write(content)
    parcel.end()


def put_manifest(target: Writes, manifest: dict[str, Any]) -> None:
    put(target, "manifest", json.dumps(manifest, sort_keys=True).encode())


def parcels(source: BinaryIO) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each parcel's name and blocks, in order; what the caller does not read is skipped. Raises `Damaged`."""
    while length := _whole(source, 2, may_end=True):
        name = _whole(source, int.from_bytes(length, "big")).decode()
        blocks = _blocks(source)
        yield name, blocks
        for _ in blocks:
            pass


def _blocks(source: BinaryIO) -> Iterator[bytes]:
    while size := int.from_bytes(_whole(source, 4), "big"):
        yield _whole(source, size)


def _whole(source: BinaryIO, size: int, *, may_end: bool = False) -> bytes:
    found = bytearray()
    while len(found) < size:
        block = source.read(size - len(found))
        if not block:
            if may_end and not found:
                return b""
            raise Damaged
        found += block
    return bytes(found)
