"""The pack's map as shapes for one inline drawing. Computed once; the page gives each state its shade by a class.

Charts of the engine are drawn by a library of some 100 MB that no web process should load; a map of this page has no
more than outlines in it, so they are projected here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import log, pi, radians, tan
from pathlib import Path
from typing import Any

from cobijo.engine.pack import Pack

WIDTH = 400.0


@dataclass(frozen=True)
class Drawing:
    """Outlines by area code, in a box of this size."""

    width: int
    height: int
    paths: tuple[tuple[str, str], ...]


def drawing(pack: Pack) -> Drawing | None:
    """Mercator's projection, as the engine's own map; None where the pack has no map."""
    return _drawn(pack.folder)


@lru_cache(maxsize=2)
def _drawn(folder: Path) -> Drawing | None:
    file = folder / "map.geojson"
    if not file.is_file():
        return None
    features = json.loads(file.read_text(encoding="utf-8"))["features"]
    shapes = {
        str(one["id"]): [[_project(*point) for point in ring] for ring in _rings(one["geometry"])]
        for one in features
    }
    points = [point for rings in shapes.values() for ring in rings for point in ring]
    left, top = min(x for x, _y in points), min(y for _x, y in points)
    scale = WIDTH / (max(x for x, _y in points) - left)
    height = (max(y for _x, y in points) - top) * scale
    paths = tuple(
        (code, "".join(_path([((x - left) * scale, (y - top) * scale) for x, y in ring]) for ring in rings))
        for code, rings in sorted(shapes.items())
    )
    return Drawing(round(WIDTH), round(height), paths)


def _project(longitude: float, latitude: float) -> tuple[float, float]:
    return radians(longitude), -log(tan(pi / 4 + radians(latitude) / 2))


def _rings(geometry: dict[str, Any]) -> Iterator[Any]:
    many = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in many:
        yield from polygon


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"
