"""The estimate along a choice of the analyst: a line, a band for the intervals, a gap where there is none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from cobijo.engine.charts import style
from cobijo.engine.charts.style import Spec, layer
from cobijo.engine.charts.words import number, percent, span
from cobijo.engine.population.robustness.shape import Repeat
from cobijo.sentences import render

_LEFT, _RIGHT, _TOP, _HEIGHT, _FOOT = 52, 14, 30, 200, 46


def threshold_chart(
    points: Sequence[Repeat], language: str, *, usual: float = 0.02, level: float = 0.95
) -> str | None:
    """The stepwise estimate at each threshold; None without an answer at two of them."""
    return _curve("threshold", points, [f"{one.value:g}" for one in points], usual, level, language)


def prior_chart(points: Sequence[Repeat], language: str, *, level: float = 0.95) -> str | None:
    """The decomposable graphs' median under each prior weight; None without an answer at two of them."""
    texts = [f"1/{round(1 / (one.value or 1.0))}" for one in points]
    return _curve("prior", points, texts, points[0].value if points else None, level, language)


def _curve(
    room: str, points: Sequence[Repeat], texts: list[str], usual: float | None, level: float, language: str
) -> str | None:
    answered = [one for one in points if one.total is not None and one.interval is not None]
    if len(answered) < 2:
        return None
    marks = _heights(
        [one.interval[1] for one in answered if one.interval], [one.total or 0 for one in answered]
    )
    top = marks[-1]
    width = style.WIDTH - _LEFT - _RIGHT
    step = width / max(len(points), 1)
    bottom = _TOP + _HEIGHT
    places: list[dict[str, Any]] = []
    for index, (one, text) in enumerate(zip(points, texts, strict=True)):
        low, high = one.interval or (0.0, 0.0)
        places.append(
            {
                "x": step * (index + 0.5),
                "y": bottom - _HEIGHT * (one.total or 0.0) / top,
                "low": bottom - _HEIGHT * low / top,
                "high": bottom - _HEIGHT * min(high, top) / top,
                "beyond": high > top,
                "answered": one.total is not None and one.interval is not None,
                "text": text,
                "usual": usual is not None and one.value == usual,
            }
        )
    return style.to_svg(
        [
            *_frame(marks, top, width, bottom),
            *_bands(places, step),
            *_points(places, bottom, language),
            *_words(room, places, bottom, width, level, language),
        ],
        key=f"curve-{room}",
        title=render(f"robustness.{room}_question", {}, language),
        description=_describe(room, points, texts, language),
        language=language,
        height=bottom,
        padding=(_LEFT, 2, _RIGHT, _FOOT),
    )


def _heights(highs: Sequence[float], totals: Sequence[float]) -> list[float]:
    """Round marks of the upright scale; one wild interval may leave the drawing, no estimate may."""
    middle = sorted(highs)[len(highs) // 2]
    reach = max([*totals, *(high for high in highs if high <= 2.5 * middle)])
    unit = 10.0 ** (len(str(int(reach))) - 1)
    step = next(one * unit for one in (0.25, 0.5, 1.0, 2.0, 2.5, 5.0) if reach / (one * unit) <= 4.999)
    if step < 1.0:
        step = 1.0
    count = int(reach / step) + 1
    return [step * index for index in range(count + 1)]


def _frame(marks: Sequence[float], top: float, width: float, bottom: float) -> list[Spec]:
    lines = [{"x": 0, "x2": width, "y": y, "y2": y} for y in (bottom - _HEIGHT * one / top for one in marks)]
    texts = [{"x": -8, "y": bottom - _HEIGHT * one / top, "text": number(one)} for one in marks]
    return [
        layer("rule", lines, color=style.LINE),
        layer("text", texts, align="right", color=style.MUTED, fontSize=12),
    ]


def _bands(places: Sequence[dict[str, Any]], step: float) -> list[Spec]:
    """Intervals as a band between neighbours, and as a bar at each point, so that a lone one is seen too."""
    encoding: Spec = {
        "x": style.px("x"),
        "y": style.px("low"),
        "y2": {"field": "high"},
        "detail": {"field": "run", "type": "nominal"},
    }
    run, band = 0, []
    for one in places:
        run += not one["answered"]
        if one["answered"]:
            band.append({"x": one["x"], "low": one["low"], "high": one["high"], "run": run})
    bars = [
        {"x": one["x"], "x2": one["x"], "y": one["low"], "y2": one["high"]}
        for one in places
        if one["answered"]
    ]
    links = [
        {"x": a["x"], "x2": b["x"], "y": a["y"], "y2": b["y"]}
        for a, b in pairwise(places)
        if a["answered"] and b["answered"]
    ]
    return [
        layer("area", band, encoding, color=style.TEAL_WASH, opacity=1, interpolate="linear"),
        layer("rule", bars, color=style.TEAL_LIGHT, strokeWidth=min(9.0, step / 3), strokeCap="butt"),
        layer("rule", links, color=style.TEAL, strokeWidth=2.2),
    ]


def _points(places: Sequence[dict[str, Any]], bottom: float, language: str) -> list[Spec]:
    own = [{"x": one["x"], "y": one["y"]} for one in places if one["answered"] and not one["usual"]]
    usual = [{"x": one["x"], "y": one["y"]} for one in places if one["answered"] and one["usual"]]
    none = [{"x": one["x"], "y": bottom - 8} for one in places if not one["answered"]]
    beyond = [{"x": one["x"], "y": _TOP - 3} for one in places if one["answered"] and one["beyond"]]
    dot: Spec = {"filled": True, "stroke": style.TEAL, "strokeWidth": 2, "opacity": 1}
    return [
        layer("point", own, fill=style.PAPER, size=60, **dot),
        layer("point", usual, fill=style.TEAL, size=130, **dot),
        layer("point", beyond, filled=True, shape="triangle-up", color=style.TEAL, size=60, opacity=1),
        layer(
            "point",
            none,
            shape="diamond",
            stroke=style.AMBER,
            strokeWidth=2,
            size=70,
            filled=False,
            opacity=1,
        ),
    ]


def _words(
    room: str, places: Sequence[dict[str, Any]], bottom: float, width: float, level: float, language: str
) -> list[Spec]:
    """Values below, the usual one bold; what the signs mean above."""
    size = 11 if len(places) > 7 else 12.5
    common = [{"x": one["x"], "y": bottom + 14, "text": one["text"]} for one in places if not one["usual"]]
    usual = [{"x": one["x"], "y": bottom + 14, "text": one["text"]} for one in places if one["usual"]]
    title = [{"x": width / 2, "y": bottom + 34, "text": render(f"robustness.{room}_axis", {}, language)}]
    legend = render("robustness.curve_legend", {"level": percent(level)}, language)
    start = -_LEFT + 8
    marks = [
        layer("text", common, align="center", color=style.MUTED, fontSize=size),
        layer("text", usual, align="center", color=style.TEAL, fontWeight="bold", fontSize=size),
        layer("text", title, align="center", color=style.MUTED, fontSize=12),
        layer("point", [{"x": start, "y": 8}], filled=True, fill=style.TEAL, size=100, opacity=1),
        layer(
            "text",
            [{"x": start + 10, "y": 8.5, "text": render("robustness.usual", {}, language)}],
            fontSize=12,
        ),
        layer("rect", [{"x": start + 64, "x2": start + 84, "y": 2, "y2": 14}], color=style.TEAL_LIGHT),
        layer("text", [{"x": start + 90, "y": 8.5, "text": legend}], fontSize=12),
    ]
    if any(not one["answered"] for one in places):
        sign = {"x": width - 4, "y": bottom - 24}
        text = render("robustness.no_answer", {}, language)
        first = next(one for one in places if not one["answered"])
        sign["x"] = min(max(first["x"], 36), width - 40)
        marks.append(
            layer("text", [{**sign, "text": text}], align="center", color=style.AMBER_TEXT, fontSize=11.5)
        )
    return marks


def _describe(room: str, points: Sequence[Repeat], texts: Sequence[str], language: str) -> str:
    told = []
    for one, text in zip(points, texts, strict=True):
        if one.total is None or one.interval is None:
            told.append(render("robustness.curve_refused", {"value": text}, language))
            continue
        params = {"value": text, "total": number(one.total), "range": span(*one.interval, language)}
        told.append(render("robustness.curve_point", params, language))
    axis = render(f"robustness.{room}_axis", {}, language)
    return render("robustness.curve_describe", {"axis": axis, "points": " ".join(told)}, language)
