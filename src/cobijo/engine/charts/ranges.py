"""Ranges side by side, such as what laws threaten for one offence: a bar from the least to the most, in its group."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cobijo.engine.charts import style
from cobijo.engine.charts.style import Spec, layer
from cobijo.engine.charts.timeline import Texts

_ROW, _HEAD = 30, 30  # heights of a bar's row and of the name above a group
_LEFT, _RIGHT = 8, 20


@dataclass(frozen=True)
class Range:
    """One bar. `past`: it no longer holds; `sure`: it was read in its source, otherwise it is hatched."""

    group: str
    label: str
    low: float
    high: float
    past: bool = False
    sure: bool = True


def ranges_chart(ranges: Sequence[Range], texts: Texts, language: str, *, key: str = "ranges") -> str:
    """The chart as SVG text; empty where there is nothing to draw. Groups stand in the order in which they come."""
    if not ranges:
        return ""
    rows, heads, height = _placed(ranges)
    most = max(one.high for one in ranges) or 1
    x: Spec = {
        "field": "low", "type": "quantitative", "scale": {"domain": [0, most * 1.06], "nice": False},
        "axis": {"title": texts.value_axis, "grid": True, "tickCount": 5, "domain": False, "ticks": False},
    }  # fmt: skip
    y: Spec = {
        "field": "y",
        "type": "quantitative",
        "scale": {"domain": [height, 0], "nice": False, "zero": False},
        "axis": None,
    }
    bars = {"x": x, "x2": {"field": "high"}, "y": y}
    # A bar of no length would not be seen: one number is drawn as a short one.
    drawn: dict[str, Any] = {"height": 9, "cornerRadius": 2, "opacity": 1, "minBandSize": 3}
    holding = [one for one in rows if not one["past"] and one["sure"]]
    hatched = [one for one in rows if not one["sure"]]
    ended = [one for one in rows if one["past"] and one["sure"]]
    names = {"x": {"value": 0}, "y": y, "text": {"field": "text"}}
    layers = [
        layer("bar", holding, bars, color=style.TEAL, **drawn),
        layer("bar", ended, bars, color=style.GREY, **drawn),
        layer("bar", hatched, bars, fill=style.HATCH, stroke=style.GREY, strokeWidth=1, **drawn),
        layer(
            "text",
            [{"y": one["y"] - 12, "text": one["text"]} for one in rows],
            names,
            fontSize=11.5,
            color=style.MUTED,
        ),
        layer("text", heads, names, fontSize=13, fontWeight="bold"),
    ]
    return style.to_svg(
        layers, key=key, title=texts.title, description=texts.description, language=language, height=height,
        padding=(_LEFT, 6, _RIGHT, 40),
    )  # fmt: skip


def _placed(ranges: Sequence[Range]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], int]:
    """Every bar and every group's name with its height from above, and the height of all."""
    rows: list[dict[str, Any]] = []
    heads: list[dict[str, Any]] = []
    at, group = 0, None
    for one in ranges:
        if one.group != group:
            group = one.group
            heads.append({"y": at + 14, "text": group})
            at += _HEAD
        rows.append(
            {
                "y": at + 18, "low": one.low, "high": max(one.high, one.low + 0.05), "past": one.past, "sure": one.sure,
                "text": one.label,
            }
        )  # fmt: skip
        at += _ROW
    return rows, heads, at + 6
