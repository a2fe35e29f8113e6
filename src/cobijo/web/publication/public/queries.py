"""What the public may read. The room's only door to the published folder, and it fails closed.

Without login the site shows invented data only: a picture of real children waits until releases can be
signed off. Whatever cannot be read, does not have its shape or did not pass its audit is not shown either.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

from cobijo.web.publication.public.shape import LANGUAGES, Misshapen, Picture, parse

PICTURE = "picture.json"
MOST_BYTES = 20_000_000
TYPES = {
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".svg": "image/svg+xml",
}


class State(Enum):
    """Whether there is something to show, and if not, why."""

    READY = "ready"
    MISSING = "missing"
    UNREADABLE = "unreadable"
    AWAITS_SIGN_OFF = "awaits_sign_off"


@dataclass(frozen=True)
class Published:
    """The state of the published folder. Only a READY one carries a picture and names of files."""

    state: State
    folder: Path | None = None
    picture: Picture | None = None
    names: frozenset[str] = frozenset()
    place: str = field(default="", compare=False)

    @property
    def ready(self) -> bool:
        return self.state is State.READY


@dataclass(frozen=True)
class File:
    """One published file, whole in memory: they are small."""

    name: str
    content: bytes
    content_type: str


def published() -> Published:
    """The picture as it lies in the folder now; read anew only when the file changed."""
    folder: Path | None = settings.PUBLIC_DIR
    if folder is None:
        return Published(State.MISSING)
    try:
        found = (folder / PICTURE).stat()
    except OSError:
        return Published(State.MISSING)
    return _read(folder, (found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns))


def file(name: str) -> File | None:
    """A file that the picture names; None for anything else, whatever lies in the folder or around it."""
    now = published()
    if not now.ready or now.folder is None or name not in now.names:
        return None
    path = now.folder / name
    if path.is_symlink() or path.parent.is_symlink() or not path.is_file():
        return None
    try:
        return File(name, path.read_bytes(), TYPES[path.suffix])
    except OSError:
        return None


def report(language: str, ending: str) -> File | None:
    """The report in a language: `report.es.html`, else `report.html`, which is in the language of the run."""
    return file(f"report.{language}.{ending}") or file(f"report.{ending}")


def _names(picture: Picture) -> frozenset[str]:
    """Every file that belongs to a picture: its own tables and charts, its report, itself."""
    names = {PICTURE}
    names |= {table.file for table in picture.tables.values()}
    names |= {name for chart in picture.charts.values() for name in chart.files.values()}
    for ending in ("html", "pdf"):
        names |= {f"report.{ending}", *(f"report.{language}.{ending}" for language in LANGUAGES)}
    return frozenset(names)


@lru_cache(maxsize=4)
def _read(folder: Path, _signature: tuple[int, ...]) -> Published:
    try:
        data = _load(folder / PICTURE)
        if not isinstance(data, dict):
            raise Misshapen("(whole file)")
        if data.get("invented") is not True:
            return Published(State.AWAITS_SIGN_OFF)
        picture = parse(data)
        if picture.audit != "passed":
            raise Misshapen("protection.audit")
    except Misshapen as problem:
        return Published(State.UNREADABLE, place=str(problem))
    return Published(State.READY, folder, picture, _names(picture))


def _load(path: Path) -> Any:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise Misshapen("(too large)")
        return json.loads(
            path.read_text(encoding="utf-8"), object_pairs_hook=_once, parse_constant=_no_constant
        )
    except (OSError, ValueError, RecursionError) as problem:
        raise Misshapen("(not JSON)") from problem


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object whose keys stand once: `invented` said twice is said not at all."""
    made = dict(pairs)
    if len(made) != len(pairs):
        raise Misshapen("(a key stands twice)")
    return made


def _no_constant(name: str) -> None:
    raise Misshapen(f"({name})")
