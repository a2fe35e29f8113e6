"""Charts of a robustness report: methods side by side, what leaving out and merging lists does, hidden lists
found again."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from cobijo.engine.charts import style
from cobijo.engine.charts.estimates import Row, Words, intervals_chart
from cobijo.engine.charts.style import Spec, layer, px
from cobijo.engine.charts.words import joined, number, percent, reason, span
from cobijo.engine.population.notebook import method_name
from cobijo.engine.population.robustness.shape import Repeat
from cobijo.engine.population.shape import Estimate
from cobijo.sentences import render

_PEOPLE = Words(
    key="methods",
    question="robustness.methods_question",
    axis="robustness.people_axis",
    row="robustness.methods_row",
    chosen="robustness.own",
    word="robustness.own_word",
)
_CHANGES = _PEOPLE._replace(
    key="changes",
    question="robustness.changes_question",
    chosen="robustness.base",
    word="robustness.base_word",
)
#: More changes than this nobody compares; the table has them all.
MOST_CHANGES = 12


def methods_chart(chosen: Estimate, beside: Sequence[Estimate], language: str) -> str:
    """Every method's interval, the one of the page first; those that refused in words below."""
    lines = [_row(one, one is chosen, language) for one in (chosen, *beside)]
    return intervals_chart(_ordered(lines), chosen.observed, language, _PEOPLE)


def _row(one: Estimate, own: bool, language: str) -> Row:
    name = method_name(one, language)
    if one.total is None or one.interval is None:
        code, params = one.refused or ("robustness.no_interval", {"total": number(one.total)})
        why = reason({"code": code, "params": params}, language)
        told = why.removeprefix(_no_estimate(language))
        return Row(name, None, 0.0, None, False, told[:1].upper() + told[1:], {})
    return Row(name, one.total, *one.interval, own, "", {})


def _no_estimate(language: str) -> str:
    """The words with which refusals begin; the chart says them itself."""
    return render("charts.no_estimate", {"reason": ""}, language).strip(" .") + ": "


def _ordered(lines: list[Row]) -> list[Row]:
    """Rows with an answer first."""
    return sorted(lines, key=lambda one: (one.total is None, not one.recommended))


def changed_name(one: Repeat, language: str) -> str:
    """`Without A`, `A and B as one`."""
    if len(one.lists) == 1:
        return render("robustness.without", {"list": one.lists[0]}, language)
    return render("robustness.as_one", {"lists": joined(list(one.lists), language)}, language)


def changes_chart(base: Estimate, changes: Sequence[Repeat], language: str) -> str | None:
    """The estimate as it stands and with lists left out or merged, those that move it most first; None if none
    has an answer."""
    answered = [one for one in changes if one.total is not None and one.interval is not None]
    if base.total is None or base.interval is None or not answered:
        return None
    middle = base.total
    answered.sort(key=lambda one: -abs(math.log((one.total or middle) / middle)))
    lines = [Row(render("robustness.all_lists", {}, language), base.total, *base.interval, True, "", {})]
    for one in answered[:MOST_CHANGES]:
        assert one.interval is not None
        lines.append(Row(changed_name(one, language), one.total, *one.interval, False, "", {}))
    return intervals_chart(lines, base.observed, language, _CHANGES)


_TOP, _STEP, _FOOT, _SIDE = 8, 44, 60, 6
_TICKS = (0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 10.0)


class _Line(NamedTuple):
    """Limits and estimate of one hidden list, as shares of its true size."""

    name: str
    figures: str
    low: float
    middle: float
    high: float
    found: bool


def consistency_chart(repeats: Sequence[Repeat], language: str) -> str | None:
    """Each hidden list's estimate against its true size; None where none has an answer."""
    lines = [
        _Line(
            one.lists[0],
            render(
                "robustness.consistency_figures",
                {"total": number(one.total), "truth": number(one.truth)},
                language,
            ),
            one.interval[0] / one.truth,
            one.total / one.truth,
            one.interval[1] / one.truth,
            bool(one.found),
        )
        for one in repeats
        if one.total is not None and one.interval is not None and one.truth
    ]
    if not lines:
        return None
    ticks = _ticks(lines)
    width = style.WIDTH - 2 * _SIDE - 6

    def at(share: float) -> float:
        """Place of a share on the drawing; what lies beyond the ends is put there."""
        low, high = math.log(ticks[0]), math.log(ticks[-1])
        return width * min(max((math.log(share) - low) / (high - low), 0.0), 1.0)

    height = _TOP + _STEP * len(lines) + 4
    return style.to_svg(
        [*_scale(ticks, at(1.0), [at(one) for one in ticks], height, width, language)]
        + [mark for index, one in enumerate(lines) for mark in _shares(one, index, at, width, language)],
        key="consistency",
        title=render("robustness.consistency_question", {}, language),
        description=_describe(repeats, language),
        language=language,
        height=height,
        padding=(_SIDE, 2, _SIDE + 6, _FOOT),
    )


def _ticks(lines: Sequence[_Line]) -> tuple[float, ...]:
    """The marks of the scale, from the last one below all limits to the first above, 100 % inside."""
    low = min(min(one.low for one in lines), 0.6)
    high = max(max(one.high for one in lines), 1.7)
    first = max((i for i, one in enumerate(_TICKS) if one <= low), default=0)
    last = min((i for i, one in enumerate(_TICKS) if one >= high), default=len(_TICKS) - 1)
    return _TICKS[first : last + 1]


def _scale(
    ticks: Sequence[float], truth: float, places: Sequence[float], height: int, width: float, language: str
) -> list[Spec]:
    """Axis, its marks and the upright line of the truth."""
    texts = [
        {"x": place, "y": height + 16, "text": percent(one)} for place, one in zip(places, ticks, strict=True)
    ]
    marks = [layer("rule", [{"x": 0, "x2": width, "y": height, "y2": height}], color=style.GREY)]
    marks.append(
        layer("rule", [{"x": p, "x2": p, "y": height, "y2": height + 5} for p in places], color=style.GREY)
    )
    for index, text in enumerate(texts):
        align = "left" if index == 0 else "right" if index == len(texts) - 1 else "center"
        whole = ticks[index] == 1.0
        color, weight = (style.INK, "bold") if whole else (style.MUTED, "normal")
        marks.append(layer("text", [text], align=align, fontSize=12, color=color, fontWeight=weight))
    title = [{"x": width / 2, "y": height + 38, "text": render("robustness.consistency_axis", {}, language)}]
    marks.append(layer("text", title, align="center", fontSize=12, color=style.MUTED))
    line = [{"x": truth, "x2": truth, "y": 0, "y2": height}]
    marks.append(layer("rule", line, color=style.INK, strokeWidth=1.2, strokeDash=[3, 3]))
    return marks


def _shares(one: _Line, index: int, at: Callable[[float], float], width: float, language: str) -> list[Spec]:
    """Name, word and figures above, the line from limit to limit below."""
    top = _TOP + _STEP * index
    y = top + 27
    color = style.TEAL if one.found else style.AMBER
    ink = style.TEAL if one.found else style.AMBER_TEXT
    word = render("robustness.found_word" if one.found else "robustness.missed_word", {}, language)
    name = one.name if len(one.name) <= 16 else one.name[:15] + "…"
    heading = layer("text", [{"x": 0, "y": top + 8, "text": f"{name}: {word}"}], color=ink, fontWeight="bold")
    paper = layer("rect", [{"x": 0, "x2": width, "y": top - 1, "y2": top + 17}], color=style.PAPER)
    figures = [{"x": width, "y": top + 8, "text": one.figures}]
    line = [{"x": at(one.low), "x2": at(one.high), "y": y, "y2": y}]
    dot: Spec = {"filled": True, "fill": style.PAPER, "stroke": color, "strokeWidth": 2, "opacity": 1}
    if not one.found:
        dot["shape"] = "diamond"
    return [
        paper,
        heading,
        layer("text", figures, align="right", color=style.MUTED),
        layer("rule", line, color=color, strokeWidth=4, strokeCap="round"),
        layer("point", [{"x": at(one.middle), "y": y}], {"x": px("x"), "y": px("y")}, size=75, **dot),
    ]


def _describe(repeats: Sequence[Repeat], language: str) -> str:
    told = []
    for one in repeats:
        params: dict[str, object] = {"list": one.lists[0], "truth": number(one.truth)}
        if one.total is None or one.interval is None:
            told.append(render("robustness.consistency_row_none", params, language))
            continue
        params |= {"total": number(one.total), "range": span(*one.interval, language)}
        told.append(render("robustness.consistency_row", params, language))
    return render("robustness.consistency_describe", {"rows": " ".join(told)}, language)
