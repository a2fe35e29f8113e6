"""The country of this site: which pack it works with, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.conf import settings

from cobijo.errors import InputProblem

if TYPE_CHECKING:
    from cobijo.engine.pack import Pack


def pack_name() -> str:
    """The pack that the settings name: one that comes with Cobijo, or a folder."""
    return str(getattr(settings, "PACK", "mexico"))


def pack() -> Pack:
    """The pack itself. Reading it takes longer than all else on a page, so a process reads it once."""
    return _read(pack_name())


def area_names(language: str) -> Mapping[str, str]:
    """The states of the country by their codes, as a language calls them, in the order of the pack."""
    return _area_names(pack_name(), language)


def check_area(area: str, row: int, *also: str) -> None:
    """A state of the country, by its code, or one of `also`: the country's own code, or nothing for all of it."""
    states = pack().area_by_code
    if area not in states and area not in also:
        raise InputProblem("country.area_unknown", row=row, value=area[:20], example=next(iter(states), ""))


@lru_cache(maxsize=2)
def _read(name: str) -> Pack:
    from cobijo.engine.pack import load_pack

    return load_pack(name)


@lru_cache(maxsize=8)
def _area_names(name: str, language: str) -> Mapping[str, str]:
    named = {one.code: one.names.get(language) or one.short for one in _read(name).areas}
    return MappingProxyType(named)
