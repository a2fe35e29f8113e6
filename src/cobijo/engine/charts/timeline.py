"""Figures over time, each where it was counted, with what it leaves open; and grades by year.

The words come from the caller: what is drawn here is whatever somebody published, in whatever language it is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

from cobijo.engine.charts import style
from cobijo.engine.charts.style import Spec, layer
from cobijo.engine.charts.words import number

_HEIGHT, _PADDING = 220, (52, 18, 22, 40)
#: Beyond this many times between the smallest and the largest, a straight scale would flatten the small ones.
_LOGARITHMIC = 30
#: More marks than this, and their labels would cover each other; the table below the chart has them all.
_LABELLED = 14


@dataclass(frozen=True)
class Mark:
    """One figure: `at` in years, such as 2000.5; a `low` and `high` of its own range; open where it says so.

    Where only a range was said, `value` is None: no middle is drawn that nobody said.
    """

    at: float
    value: float | None
    low: float | None = None
    high: float | None = None
    or_more: bool = False
    or_less: bool = False
    sure_when: bool = True  # the source says when; otherwise it is drawn hollow
    own: bool = False  # our own estimate, not somebody's figure


@dataclass(frozen=True)
class Texts:
    """What stands on and under a chart, in the reader's language."""

    title: str
    description: str
    value_axis: str
    time_axis: str = ""


def timeline_chart(marks: Sequence[Mark], texts: Texts, language: str, *, key: str = "timeline") -> str:
    """The chart as SVG text; empty where there is nothing to draw."""
    if not marks:
        return ""
    shown = [one for mark in marks for one in (mark.value, mark.low, mark.high) if one is not None]
    positive = [one for one in shown if one > 0]
    logarithmic = bool(positive) and len(positive) == len(shown) and max(shown) / min(positive) > _LOGARITHMIC
    x = {"field": "at", "type": "quantitative", "scale": _years(marks), "axis": _year_axis(marks, texts)}
    top = max(shown, default=1) * (2.2 if logarithmic else 1.16)
    scale: Spec = {"type": "log", "domain": [min(positive) / 1.8, top], "nice": False} if logarithmic else {
        "domain": [0, top or 1], "nice": False,
    }  # fmt: skip
    axis: Spec = {
        "title": None,
        "format": ",d",
        "tickCount": 4,
        "grid": True,
        "domain": False,
        "ticks": False,
    }
    if logarithmic:
        axis["values"] = [10**power for power in range(floor(log10(min(positive))), ceil(log10(top)) + 1)]
    y: Spec = {"field": "value", "type": "quantitative", "scale": scale, "axis": axis}
    rows = [_row(one) for one in marks]
    spans = [one for one in rows if one["low"] is not None]
    place = {"x": x, "y": y}
    layers = [
        _rule([one for one in spans if not one["own"]], x, y, style.GREY),
        _rule([one for one in spans if one["own"]], x, y, style.TEAL),
        *_points(rows, place),
        *_arrows(rows, place),
        *(_labels(rows, place) if len(rows) <= _LABELLED else ()),
        layer("text", [{"x": 0, "y": -10, "text": texts.value_axis}], color=style.MUTED, fontSize=12),
    ]
    layers[-1]["encoding"] = {
        "x": {"value": -_PADDING[0] + 4}, "y": {"value": -10}, "text": {"field": "text"},
    }  # fmt: skip
    return style.to_svg(
        layers, key=key, title=texts.title, description=texts.description, language=language, height=_HEIGHT,
        padding=_PADDING,
    )  # fmt: skip


def _row(mark: Mark) -> dict[str, Any]:
    if mark.value is None:
        text, value = f"{number(mark.low)}–{number(mark.high)}", mark.high
    else:
        text, value = number(mark.value), mark.value
    return {
        "at": mark.at, "value": value, "low": mark.low, "high": mark.high, "own": mark.own, "text": text,
        "hollow": not mark.sure_when, "up": mark.or_more, "down": mark.or_less, "point": mark.value is not None,
    }  # fmt: skip


def _years(marks: Sequence[Mark]) -> Spec:
    first, last = min(one.at for one in marks), max(one.at for one in marks)
    room = max(1.0, (last - first) * 0.08)
    return {"domain": [first - room, last + room], "nice": False, "zero": False}


def _year_axis(marks: Sequence[Mark], texts: Texts) -> Spec:
    """Whole years, few enough to be read on a phone."""
    domain = _years(marks)["domain"]
    first, last = ceil(domain[0]), floor(domain[1])
    step = next((one for one in (1, 2, 5, 10, 20) if (last - first) / one <= 6), 50)
    return {
        "title": texts.time_axis or None, "format": "d", "grid": False,
        "values": list(range(-(-first // step) * step, last + 1, step)),
    }  # fmt: skip


def _rule(rows: list[dict[str, Any]], x: Spec, y: Spec, colour: str) -> Spec:
    return layer(
        "rule", rows, {"x": x, "y": {**y, "field": "low"}, "y2": {"field": "high"}}, color=colour,
        strokeWidth=4, opacity=0.55, strokeCap="round",
    )  # fmt: skip


def _points(rows: list[dict[str, Any]], place: Spec) -> list[Spec]:
    figures = [one for one in rows if one["point"] and not one["own"] and not one["hollow"]]
    hollow = [one for one in rows if one["point"] and not one["own"] and one["hollow"]]
    own = [one for one in rows if one["own"]]
    return [
        layer("point", figures, place, filled=True, color=style.INK, size=60, opacity=1),
        layer("point", hollow, place, filled=True, fill=style.PAPER, stroke=style.INK, strokeWidth=1.6, size=60,
              opacity=1),
        layer("point", own, place, filled=True, color=style.TEAL, shape="diamond", size=130, opacity=1),
    ]  # fmt: skip


def _arrows(rows: list[dict[str, Any]], place: Spec) -> list[Spec]:
    """A triangle above says “or more”, one below “or less”."""
    up = [one for one in rows if one["up"]]
    down = [one for one in rows if one["down"]]
    small: dict[str, Any] = {"filled": True, "color": style.AMBER, "size": 46, "opacity": 1}
    return [
        layer("point", up, place, shape="triangle-up", yOffset=-10, **small),
        layer("point", down, place, shape="triangle-down", yOffset=10, **small),
    ]


def _labels(rows: list[dict[str, Any]], place: Spec) -> list[Spec]:
    encoding = {**place, "text": {"field": "text"}}
    return [
        layer("text", [one for one in rows if not one["own"]], encoding, align="center", dy=-22, fontSize=12),
        layer("text", [one for one in rows if one["own"]], encoding, align="center", dy=-22, fontSize=12,
              color=style.TEAL, fontWeight="bold"),
    ]  # fmt: skip


def grades_chart(
    years: Sequence[tuple[int, str]],
    order: Sequence[str],
    texts: Texts,
    language: str,
    *,
    key: str = "grades",
) -> str:
    """Grades by year as steps, the best at the top; empty where there is nothing to draw."""
    if not years:
        return ""
    rows = [{"at": year, "grade": grade} for year, grade in sorted(years)]
    marks = [Mark(float(year), None) for year, _grade in years]
    x = {"field": "at", "type": "quantitative", "scale": _years(marks), "axis": _year_axis(marks, texts)}
    axis = {"title": None, "grid": True, "domain": False, "ticks": False, "labelPadding": 8}
    y: Spec = {"field": "grade", "type": "ordinal", "scale": {"domain": list(order)}, "axis": axis}
    along = {"x": x, "y": y, "order": {"field": "at"}}
    line = layer("line", rows, along, interpolate="step-after", color=style.GREY, strokeWidth=2)
    points = layer("point", rows, {"x": x, "y": y}, filled=True, color=style.INK, size=50, opacity=1)
    caption = layer("text", [{"text": texts.value_axis}], color=style.MUTED, fontSize=12)
    caption["encoding"] = {
        "x": {"value": -_PADDING[0] + 4}, "y": {"value": -10}, "text": {"field": "text"},
    }  # fmt: skip
    return style.to_svg(
        [line, points, caption], key=key, title=texts.title, description=texts.description, language=language,
        height=34 * len(order), padding=_PADDING,
    )  # fmt: skip
