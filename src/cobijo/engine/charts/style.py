"""Colours, type and marks that every chart shares, and how a Vega-Lite specification becomes one calm SVG."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.sax.saxutils import escape

#: A drawing is as wide as a small phone, so that its text needs no shrinking there; wide screens enlarge it.
WIDTH = 360

PAPER = "#fdfcf9"
INK = "#2b2926"
MUTED = "#655f57"
GREY = "#8d857a"
LINE = "#d9d2c7"
WASH = "#f1ede6"
TEAL = "#0f5257"
TEAL_WASH = "#e6f0ee"
TEAL_LIGHT = "#c3dbd8"
AMBER = "#b3700f"
AMBER_TEXT = "#835008"
TERRACOTTA = "#a8432b"

#: Five steps from nearly paper to deep teal, each clearly darker than the last: they survive a grey printer.
RAMP = ("#dcebe9", "#aed0cc", "#76aca9", "#3d8182", "#0f5257")

#: A colour nothing else uses: Vega has no patterns, so what is painted with it becomes the hatch afterwards.
HATCH = "#fe01fe"

SYMBOL = "·"
FONT = "sans-serif"

Spec = dict[str, Any]

_CONFIG: Spec = {
    "aria": False,
    "background": None,
    "font": FONT,
    "view": {"stroke": None},
    "text": {"font": FONT, "fontSize": 13, "color": INK, "baseline": "middle", "align": "left"},
    "axis": {
        "labelFont": FONT,
        "titleFont": FONT,
        "labelFontSize": 12,
        "titleFontSize": 12,
        "labelColor": MUTED,
        "titleColor": MUTED,
        "titleFontWeight": "normal",
        "domainColor": GREY,
        "tickColor": GREY,
        "gridColor": LINE,
    },
}

_LOCALE = {"decimal": ".", "thousands": "\u202f", "grouping": [3], "currency": ["", ""]}


def px(name: str) -> Spec:
    """An encoding that takes a field as units of the drawing, without a scale."""
    return {"field": name, "type": "quantitative", "scale": None, "axis": None}


def layer(mark: str, rows: list[dict[str, Any]], encoding: Spec | None = None, **properties: Any) -> Spec:
    """One mark over some rows; without an encoding, the rows' `x`, `y` (and `x2`, `y2`) place it."""
    if encoding is None:
        keys = rows[0].keys() if rows else ()
        encoding = {"x": px("x"), "y": px("y")}
        encoding |= {key: {"field": key} for key in ("x2", "y2") if key in keys}
        if "text" in keys:
            encoding["text"] = {"field": "text"}
    return {"data": {"values": rows}, "mark": {"type": mark, **properties}, "encoding": encoding}


def to_svg(
    layers: list[Spec],
    *,
    key: str,
    title: str,
    description: str,
    language: str,
    height: int,
    padding: tuple[int, int, int, int] = (0, 0, 0, 0),
    projection: Spec | None = None,
) -> str:
    """Draw layers as static SVG with title and description inside: no script, no address, no data behind it.

    `height` is that of the plot; `padding` is (left, top, right, bottom) around it, left and right within
    `WIDTH`. Layers without rows are left out.
    """
    import vl_convert  # 30 MB, and a site at rest draws nothing

    left, top, right, bottom = padding
    spec: Spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "autosize": {"type": "none"},
        "width": WIDTH - left - right,
        "height": height,
        "padding": {"left": left, "top": top, "right": right, "bottom": bottom},
        "config": _CONFIG,
        "layer": [one for one in layers if "values" not in one["data"] or one["data"]["values"]],
    }
    if projection is not None:
        spec["projection"] = projection
    drawn = vl_convert.vegalite_to_svg(json.dumps(spec), format_locale=_LOCALE)
    return _finish(drawn, f"cobijo-{key}", title, description, language)


def _finish(drawn: str, key: str, title: str, description: str, language: str) -> str:
    """Give the drawing its words and hatch, and names that do not collide when several stand in one page."""
    drawn = re.sub(r'id="([^"]+)"', rf'id="{key}-\1"', drawn)
    drawn = re.sub(r"url\(#([^)]+)\)", rf"url(#{key}-\1)", drawn)
    drawn = drawn.replace(f'"{HATCH}"', f'"url(#{key}-hatch)"')
    size = re.search(r'viewBox="[^"]*"', drawn)
    view = size.group(0) if size else ""
    width, height = view.removeprefix('viewBox="').rstrip('"').split()[2:]
    body = drawn[drawn.index(">", drawn.index("<svg")) + 1 :]
    body = re.sub(
        r' (?:class|role|aria-[a-z]+|pointer-events)="[^"]*"', "", body
    )  # an image has no parts to read
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" {view} role="img" '
        f'lang="{language}" aria-labelledby="{key}-title {key}-desc">'
        f'<title id="{key}-title">{escape(title)}</title><desc id="{key}-desc">{escape(description)}</desc>'
        f'<defs><pattern id="{key}-hatch" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" fill="{WASH}"/>'
        f'<rect width="1.4" height="5" fill="{GREY}"/></pattern></defs>{body}'
    )
