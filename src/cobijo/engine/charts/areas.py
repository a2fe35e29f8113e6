"""In which states: a map in five shades, hidden states hatched, and whoever has no known state beside it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from math import floor, log10
from typing import Any

from cobijo.engine.charts import style
from cobijo.engine.charts.style import Spec, layer, to_svg
from cobijo.engine.charts.words import joined, number
from cobijo.engine.pack import Pack
from cobijo.sentences import render

_HEIGHT, _ROW, _COLUMN = 236, 22, 118


def map_chart(picture: Mapping[str, Any], language: str, pack: Pack) -> str | None:
    """The map as SVG text; None where the picture has no table by area or the pack no map."""
    table = next((one for one in picture["tables"] if one["id"] == "area"), None)
    if table is None or not (pack.folder / "map.geojson").is_file():
        return None
    counts: dict[str, int | None] = {str(row["area"]): row["children"] for row in table["rows"]}
    features = sorted(pack.map_geojson()["features"], key=lambda one: str(one["id"]))
    known = {area: count for area, count in counts.items() if area not in ("total", "unknown")}
    bounds = class_bounds([count for count in known.values() if count])
    shapes = [
        {
            "type": "Feature",
            "geometry": one["geometry"],
            "properties": {"fill": _fill(counts, str(one["id"]), bounds)},
        }
        for one in features
    ]
    shape = {
        "data": {"values": shapes},
        "mark": {"type": "geoshape", "stroke": style.PAPER, "strokeWidth": 0.8},
        "encoding": {"fill": {"field": "properties.fill", "type": "nominal", "scale": None}},
    }
    fills = {one["properties"]["fill"] for one in shapes}
    legend, room = _legend(bounds, fills, counts, language)
    return to_svg(
        [shape, *legend],
        key="map",
        title=render("charts.map_question", {}, language),
        description=_describe(counts, pack, language),
        language=language,
        height=_HEIGHT,
        padding=(4, 4, 4, room),
        projection={"type": "mercator"},
    )


def class_bounds(values: Sequence[int]) -> list[int]:
    """Lower bounds of the second to last shade: fifths of the states, rounded to numbers that one can say.

    >>> class_bounds([12, 35, 80, 120, 240, 260, 410, 520, 700, 900])
    [80, 200, 400, 700]
    """
    ranked = sorted(values)
    shades = len(style.RAMP)
    found = {_round(ranked[len(ranked) * step // shades]) for step in range(1, shades)} if ranked else set()
    return sorted(bound for bound in found if bound > ranked[0])


def _round(value: int) -> int:
    unit = 10 ** floor(log10(value)) if value >= 10 else 1
    return value // unit * unit


def _fill(counts: Mapping[str, int | None], area: str, bounds: Sequence[int]) -> str:
    if area not in counts:
        return style.WASH
    count = counts[area]
    return style.HATCH if count is None else shade(bisect_right(bounds, count), len(bounds))


def shade(step: int, last: int) -> str:
    """The colour of a class; fewer classes still run from the lightest to the darkest."""
    return style.RAMP[round(step * (len(style.RAMP) - 1) / last)] if last else style.RAMP[2]


def _legend(
    bounds: Sequence[int], fills: set[str], counts: Mapping[str, int | None], language: str
) -> tuple[list[Spec], int]:
    """Swatches below the map, then the sign for hidden ones and the unknown; and the room they take."""
    labels: list[tuple[str, str]] = []
    edges = [0, *bounds]
    if any(count is not None for count in counts.values()):
        for step, low in enumerate(edges):
            high = edges[step + 1] - 1 if step + 1 < len(edges) else None
            text = _range(low, high, language)
            labels.append((shade(step, len(bounds)), text))
    boxes, texts = [], []
    for index, (fill, text) in enumerate(labels):
        x, y = _COLUMN * (index % 3), _HEIGHT + 22 + _ROW * (index // 3)
        boxes.append(_box(x, y, fill))
        texts.append({"x": x + 30, "y": y, "text": text})
    y = _HEIGHT + 22 + _ROW * -(-len(labels) // 3)
    for fill, text in (
        (style.HATCH, f"{style.SYMBOL}  {render('charts.hidden', {}, language)}"),
        (style.WASH, render("charts.map_missing", {}, language)),
    ):
        if fill in fills:
            boxes.append(_box(0, y, fill))
            texts.append({"x": 30, "y": y, "text": text})
            y += _ROW
    marks = [*_swatches(boxes), layer("text", texts, color=style.INK, fontSize=12.5)]
    if "unknown" in counts:
        text = render("charts.map_unknown", {"count": number(counts["unknown"])}, language)
        ring = [{"x": 11, "y": y}]
        marks.append(
            layer("point", ring, filled=False, stroke=style.INK, strokeWidth=1.3, size=190, opacity=1)
        )
        marks.append(layer("text", [{"x": 11, "y": y + 0.5, "text": "?"}], align="center", fontSize=11))
        marks.append(layer("text", [{"x": 30, "y": y, "text": text}], color=style.INK, fontSize=12.5))
        y += _ROW
    return marks, y - _HEIGHT


def _range(low: int, high: int | None, language: str) -> str:
    if high is None:
        return render("charts.or_more", {"low": number(low)}, language)
    return number(low) if low == high else f"{number(low)}–{number(high)}"


def _box(x: float, y: float, fill: str) -> dict[str, Any]:
    return {"x": x, "x2": x + 22, "y": y - 7, "y2": y + 7, "fill": fill}


def _swatches(boxes: list[dict[str, Any]]) -> list[Spec]:
    return [layer("rect", [box], fill=box["fill"], stroke=style.LINE, strokeWidth=0.5) for box in boxes]


def _describe(counts: Mapping[str, int | None], pack: Pack, language: str) -> str:
    names = {area.code: area.names.get(language, area.short) for area in pack.areas}
    own = {area: count for area, count in counts.items() if area not in ("total", "unknown")}
    known = [(names.get(area, area), count) for area, count in own.items()]
    ranked = sorted((-count, name) for name, count in known if count is not None)
    most = [f"{name} {number(-count)}" for count, name in ranked[:5]]
    hidden = sorted(name for name, count in known if count is None)
    none = render("charts.none", {}, language)
    unknown = render("charts.map_unknown", {"count": number(counts.get("unknown", 0))}, language)
    params = {
        "most": joined(most, language) or none,
        "hidden": joined(hidden, language) or none,
        "unknown": unknown,
    }
    return render("charts.map_describe", params, language)
