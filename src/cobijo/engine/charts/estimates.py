"""How many, by each way of estimating: intervals, the recommended one emphasised, what is seen shaded."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from textwrap import wrap
from typing import Any, NamedTuple

from cobijo.engine.charts import style
from cobijo.engine.charts.style import Spec, layer, px
from cobijo.engine.charts.words import joined, label, method_name, number, reason, span
from cobijo.sentences import render

_TOP, _LINE, _FOOT, _SIDE = 30, 16, 42, 6
_NAME, _LETTERS = 26, 56  # letters on one line: of a name beside its figures, of a reason


class Row(NamedTuple):
    """One method as it is drawn; `total` is None where it refused."""

    name: str
    total: float | None
    low: float
    high: float | None
    recommended: bool
    why: str
    entry: Mapping[str, Any]


class Words(NamedTuple):
    """Codes of what is said about whom: another chart of intervals asks another question."""

    key: str = "estimates"
    question: str = "charts.estimates_question"
    axis: str = "charts.children_axis"
    row: str = "charts.estimates_row"
    chosen: str = "charts.recommended"
    word: str = "charts.recommended_word"


CHILDREN = Words()


def rows(picture: Mapping[str, Any], language: str) -> list[Row]:
    """The recommended estimate first, then the other methods as they come, then those that refused.

    The recommended figure gets a line of its own when no method's own answer equals it: it may hold several
    methods together, or the doubt of linking.
    """
    chosen = picture["estimate"]
    head: list[Row] = []
    others: list[Row] = []
    refused: list[Row] = []
    for entry in picture["estimates"]:
        name = method_name(entry, language)
        if "refused" in entry:
            refused.append(Row(name, None, 0, None, False, reason(entry["refused"], language), entry))
        elif _same(entry, chosen):
            head.append(_row(entry, name, True))
        else:
            others.append(_row(entry, name, False))
    if not head and "refused" not in chosen:
        name = label("charts.method", str(chosen["method"]), language)
        if any(entry["method"] == chosen["method"] for entry in picture["estimates"]):
            name = render("charts.method_pooled", {"method": name}, language)
        head = [_row(chosen, name, True)]
    return [*head, *others, *refused]


def _same(entry: Mapping[str, Any], chosen: Mapping[str, Any]) -> bool:
    return all(entry.get(key) == chosen.get(key) for key in ("method", "total", "interval"))


def _row(entry: Mapping[str, Any], name: str, recommended: bool) -> Row:
    low, high = entry["interval"]
    bounded = high is not None and isfinite(high)
    return Row(name, entry["total"], low, high if bounded else None, recommended, "", entry)


def estimates_chart(picture: Mapping[str, Any], language: str) -> str:
    """The chart as SVG text, from what `picture.json` holds."""
    return intervals_chart(rows(picture, language), picture["observed"], language)


def intervals_chart(lines: list[Row], observed: float | None, language: str, words: Words = CHILDREN) -> str:
    """One interval a row, in the order given, then the rows that refused; `words` are the codes of its texts."""
    end = _end(lines, observed)
    drawn = [one for one in lines if one.total is not None]
    labels = [_label(one, language, words) for one in drawn]
    tops = [_TOP + sum(_LINE * len(one) + 30 for one in labels[:index]) for index in range(len(labels) + 1)]
    levels = [top + _LINE * len(lines) + 9 for top, lines in zip(tops, labels, strict=False)]
    height = max(tops[-1], _TOP + 12)
    scale = {"domain": [0, end], "nice": False, "zero": True}
    below, room = _refused(lines, height + _FOOT + 6, language)
    return style.to_svg(
        [
            *_background(observed, scale, language, words),
            *_seen(observed, levels or [_TOP], scale),
            *_names(drawn, labels, tops),
            *_intervals(drawn, levels, end, scale),
            *below,
        ],
        key=words.key,
        title=render(words.question, {}, language),
        description=describe(lines, language, words),
        language=language,
        height=height,
        padding=(_SIDE, 2, _SIDE + 6, _FOOT + room),
    )


def _end(lines: list[Row], observed: float | None) -> float:
    """Where the axis ends: a wild interval may leave the drawing (an arrow), the recommended one may not."""
    tops = [(one.high or one.total or 0, one.recommended) for one in lines if one.total is not None]
    first = (
        max((top for top, recommended in tops if recommended), default=0) or max(tops, default=(0, False))[0]
    )
    return 1.04 * max([observed or 1, first, *(top for top, _ in tops if top <= 2.5 * first)])


def _background(observed: float | None, scale: Spec, language: str, words: Words) -> list[Spec]:
    """The axis, and what the shade means."""
    axis = {
        "title": render(words.axis, {}, language),
        "format": ",d",
        "tickCount": 4,
        "grid": False,
        "orient": "bottom",
        "titlePadding": 4,
        "labelFlush": True,
    }
    x = {"field": "count", "type": "quantitative", "scale": scale, "axis": axis}
    frame = [layer("rule", [{"count": 0, "y": 0}], {"x": x, "y": px("y")}, opacity=0)]
    if observed is not None:
        swatch = [{"x": 1, "x2": 23, "y": 6, "y2": 18}]
        seen = render("charts.on_lists", {"count": number(observed)}, language)
        frame.append(layer("rect", swatch, color=style.TEAL_LIGHT))
        frame.append(layer("text", [{"x": 31, "y": 12.5, "text": seen}], color=style.TEAL, fontSize=12))
    return frame


def _seen(observed: float | None, levels: list[int], scale: Spec) -> list[Spec]:
    """What the lists already hold, shaded in every row up to its line of reference."""
    if observed is None:
        return []
    x = {"field": "count", "type": "quantitative", "scale": scale}
    bars, edges = [], []
    for y in levels:
        bars.append({"count": 0, "until": observed, "y": y - 6, "y2": y + 6})
        edges.append({"count": observed, "y": y - 9, "y2": y + 9})
    place = {"x": x, "x2": {"field": "until"}, "y": px("y"), "y2": {"field": "y2"}}
    edge = {"x": x, "y": px("y"), "y2": {"field": "y2"}}
    return [
        layer("rect", bars, place, color=style.TEAL_LIGHT),
        layer("rule", edges, edge, color=style.TEAL, strokeWidth=1.5),
    ]


def _label(one: Row, language: str, words: Words) -> list[str]:
    """The name in lines that leave room for the figures beside it, and the word that no colour replaces."""
    lines = wrap(one.name, _NAME)
    return [*lines, render(words.word, {}, language)] if one.recommended else lines


def _names(drawn: list[Row], labels: list[list[str]], tops: list[int]) -> list[Spec]:
    end = style.WIDTH - 2 * _SIDE - 8
    marks: list[Spec] = []
    for one, lines, top in zip(drawn, labels, tops, strict=False):
        ink, weight = (style.INK, "bold") if one.recommended else (style.MUTED, "normal")
        names = lines[:-1] if one.recommended else lines
        texts = [{"x": 1, "y": top + 8 + _LINE * index, "text": text} for index, text in enumerate(names)]
        marks.append(layer("text", texts, color=ink, fontWeight=weight))
        if one.recommended:
            word = [{"x": 1, "y": top + 8 + _LINE * len(names), "text": lines[-1]}]
            marks.append(layer("text", word, color=style.TEAL))
        value = f"{number(one.total)} ({number(one.low)}–{'…' if one.high is None else number(one.high)})"
        figures = [{"x": end, "y": top + 8, "text": value}]
        marks.append(layer("text", figures, color=ink, fontWeight=weight, align="right"))
    return marks


def _intervals(drawn: list[Row], levels: list[int], end: float, scale: Spec) -> list[Spec]:
    """A line from limit to limit, a dot for the estimate, an arrow where the line leaves the drawing."""
    low = {"field": "low", "type": "quantitative", "scale": scale}
    ends = {"x": low, "x2": {"field": "high"}, "y": px("y")}
    point = {"x": {"field": "count", "type": "quantitative", "scale": scale}, "y": px("y")}
    marks: list[Spec] = []
    for one, y in zip(drawn, levels, strict=True):
        color, thick, size = (style.TEAL, 7, 130) if one.recommended else (style.MUTED, 3, 60)
        high = end if one.high is None else min(one.high, end)
        line = [{"low": min(one.low, end), "high": high, "y": y}]
        marks.append(layer("rule", line, ends, color=color, strokeWidth=thick, strokeCap="round"))
        if one.total is not None and one.total <= end:
            dot: Spec = {"filled": True, "fill": style.PAPER, "stroke": color, "strokeWidth": 2, "opacity": 1}
            marks.append(layer("point", [{"count": one.total, "y": y}], point, size=size, **dot))
        if one.high is None or one.high > end:
            arrow: Spec = {
                "filled": True,
                "shape": "triangle-right",
                "color": color,
                "size": 90,
                "opacity": 1,
            }
            marks.append(layer("point", [{"count": end, "y": y}], point, **arrow))
    return marks


def _refused(lines: list[Row], y: int, language: str) -> tuple[list[Spec], int]:
    """The methods without an answer, in words below the axis, and the height they take."""
    marks: list[Spec] = []
    start = y
    reasons: dict[str, list[str]] = {}
    for one in lines:
        if one.total is None:
            reasons.setdefault(one.why, []).append(one.name)
    for why, names in reasons.items():
        diamond: Spec = {
            "shape": "diamond",
            "filled": False,
            "stroke": style.AMBER,
            "strokeWidth": 2,
            "size": 60,
        }
        marks.append(layer("point", [{"x": 7, "y": y + 8}], opacity=1, **diamond))
        told = wrap(joined(names, language), _LETTERS - 6)
        texts = [{"x": 18, "y": y + 8 + _LINE * n, "text": line} for n, line in enumerate(told)]
        marks.append(layer("text", texts, color=style.MUTED))
        y += _LINE * (len(told) - 1)
        told = wrap(render("charts.no_estimate", {"reason": why}, language), _LETTERS)
        texts = [{"x": 18, "y": y + 8 + _LINE * (n + 1), "text": line} for n, line in enumerate(told)]
        marks.append(layer("text", texts, color=style.AMBER_TEXT, fontSize=11.5))
        y += _LINE * (len(told) + 1) + 10
    return marks, y - start


def describe(lines: list[Row], language: str, words: Words = CHILDREN) -> str:
    """The chart in words, for who does not see it."""
    told = []
    for one in lines:
        if one.total is None:
            told.append(render("charts.estimates_row_refused", {"method": one.name}, language))
            continue
        name = render(words.chosen, {"method": one.name}, language) if one.recommended else one.name
        params = {"method": name, "total": number(one.total), "range": span(one.low, one.high, language)}
        told.append(render(words.row, params, language))
    return render("charts.estimates_describe", {"rows": " ".join(told)}, language)
