"""The country of this site: which pack it works with, read once."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from cobijo.engine.pack import Pack


def pack_name() -> str:
    """The pack that the settings name: one that comes with Cobijo, or a folder."""
    return str(getattr(settings, "PACK", "mexico"))


def pack() -> Pack:
    """The pack itself. Reading it takes longer than all else on a page, so a process reads it once."""
    return _read(pack_name())


@lru_cache(maxsize=2)
def _read(name: str) -> Pack:
    from cobijo.engine.pack import load_pack

    return load_pack(name)
