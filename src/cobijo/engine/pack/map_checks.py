"""Whether a pack's map can be drawn: every area once, wound as Vega fills, with its licence beside it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from cobijo.engine.pack.shape import Pack
from cobijo.errors import Param

Finding = tuple[str, dict[str, Param]]
Ring = Sequence[Sequence[float]]

#: A map travels inside every report; above this it slows a phone down.
LARGEST_MAP = 200_000


def check_map(pack: Pack) -> Iterator[Finding]:
    path = pack.folder / "map.geojson"
    if not path.is_file():
        yield "pack.file_missing", {"file": path.name}
        return
    if not (pack.folder / "map-licence.txt").is_file():
        yield "pack.map_licence", {}
    if path.stat().st_size > LARGEST_MAP:
        yield "pack.map_large", {"kilobytes": path.stat().st_size // 1000, "most": LARGEST_MAP // 1000}
        return
    try:
        shapes = {
            (at, str(one["id"])): rings_of(one) for at, one in enumerate(pack.map_geojson()["features"])
        }
    except (json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError, ValueError, IndexError):
        yield "pack.map_unreadable", {}
        return
    times = Counter(code for _, code in shapes)
    for area in pack.areas:
        if times.pop(area.code, 0) != 1:
            yield "pack.not_on_map", {"area": area.code}
    for code in times:
        yield "pack.map_stranger", {"value": code}
    for (_, code), polygons in shapes.items():
        for rings in polygons:
            # Vega (d3-geo) fills what lies to the right of a ring: the other way round, it paints the world.
            if turn(rings[0]) >= 0 or any(turn(hole) <= 0 for hole in rings[1:]):
                yield "pack.map_winding", {"area": code}
                break


def rings_of(feature: dict[str, Any]) -> list[list[Ring]]:
    """The polygons of a feature as lists of closed rings; raises ValueError for anything else."""
    geometry = feature["geometry"]
    kind, coordinates = geometry["type"], geometry["coordinates"]
    polygons: list[list[Ring]] = {"Polygon": [coordinates], "MultiPolygon": coordinates}[kind]
    for rings in polygons:
        for ring in rings:
            inside = all(-180 <= point[0] <= 180 and -90 <= point[1] <= 90 for point in ring)
            if len(ring) < 4 or ring[0] != ring[-1] or not inside:
                raise ValueError(feature["id"])
    return polygons


def turn(ring: Ring) -> float:
    """Twice the signed area in square degrees: negative for a clockwise ring."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
