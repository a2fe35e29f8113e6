"""On which lists: one row for each combination of lists, its dots on the left and its bar on the right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cobijo.engine.charts import style
from cobijo.engine.charts.style import Spec, layer
from cobijo.engine.charts.words import joined, number
from cobijo.sentences import render

#: More rows than this nobody compares; the table below the chart has them all.
MOST_ROWS, LEAST_HIDDEN = 20, 5
ROW, _STEP, _SLANT = 21, 22, 4.3


def split_rows(
    table: Mapping[str, Any],
) -> tuple[list[tuple[list[str], int]], list[list[str]]]:
    """Combinations with a figure, largest first; those with a hidden one, in an order that tells nothing."""
    shown: list[tuple[list[str], int]] = []
    hidden: list[list[str]] = []
    for row in table["rows"]:
        if row["history"] in ("total", "unknown"):
            continue
        lists = str(row["history"]).split("+")
        if row["children"] is None:
            hidden.append(lists)
        else:
            shown.append((lists, row["children"]))
    shown.sort(key=lambda one: (-one[1], len(one[0]), one[0]))
    hidden.sort(key=lambda one: (len(one), one))
    return shown, hidden


def overlap_chart(picture: Mapping[str, Any], language: str) -> str | None:
    """The chart as SVG text; None where the picture has no table of overlaps."""
    table = next((one for one in picture["tables"] if one["id"] == "overlap"), None)
    if table is None:
        return None
    names = [str(one["name"]) for one in picture["lists"]]
    shown, hidden = split_rows(table)
    shown = [one for one in shown if one[1] > 0]
    room = max(MOST_ROWS - min(len(hidden), LEAST_HIDDEN), 0)
    filled, blanks = shown[:room], hidden[: max(MOST_ROWS - len(shown[:room]), 0)]
    left_out = len(shown) + len(hidden) - len(filled) - len(blanks)
    head = head_of(names)
    height = head + ROW * (len(filled) + len(blanks)) + 4
    return style.to_svg(
        [
            *columns(names, head),
            *matrix(names, [*(lists for lists, _ in filled), *blanks], head),
            *bars(filled, len(names), head),
            *_hatched(len(blanks), len(filled), len(names), head),
            *_notes(bool(blanks), left_out, height, language),
        ],
        key="overlap",
        title=render("charts.overlap_question", {}, language),
        description=_describe(shown, len(hidden), language),
        language=language,
        height=height,
        padding=(4, 0, 4, 28 * bool(blanks) + 20 * bool(left_out)),
    )


def head_of(names: Sequence[str]) -> int:
    """Room for the slanted names of the lists."""
    return round(max((min(len(name), 18) for name in names), default=1) * _SLANT) + 24


def columns(names: Sequence[str], head: int) -> list[Spec]:
    """The lists' names above their columns of dots."""
    texts = [
        {"x": 11 + _STEP * index, "y": head - 12, "text": name if len(name) <= 18 else name[:17] + "…"}
        for index, name in enumerate(names)
    ]
    return [layer("text", texts, angle=-45, color=style.INK, fontSize=12.5)]


def matrix(names: Sequence[str], combinations: Sequence[Sequence[str]], head: int) -> list[Spec]:
    """Dots of every combination, joined by a line."""
    stripes, off, on, links = [], [], [], []
    for row, lists in enumerate(combinations):
        y = head + ROW * row + ROW / 2
        if row % 2 == 0:
            stripes.append({"x": 0, "x2": style.WIDTH - 8, "y": y - ROW / 2, "y2": y + ROW / 2})
        used = [index for index, name in enumerate(names) if name in lists]
        dots = [{"x": 11 + _STEP * index, "y": y} for index in range(len(names))]
        on += [dots[index] for index in used]
        off += [dot for index, dot in enumerate(dots) if index not in used]
        if len(used) > 1:
            links.append({"x": 11 + _STEP * used[0], "x2": 11 + _STEP * used[-1], "y": y})
    return [
        layer("rect", stripes, color=style.WASH, opacity=0.6),
        layer("point", off, filled=True, color=style.LINE, size=55, opacity=1),
        layer("rule", links, color=style.INK, strokeWidth=2),
        layer("point", on, filled=True, color=style.INK, size=75, opacity=1),
    ]


def bars(filled: Sequence[tuple[Sequence[str], int]], lists: int, head: int) -> list[Spec]:
    """A bar and its figure for every combination."""
    start = _STEP * lists + 12
    longest = max((count for _, count in filled), default=1)
    room = style.WIDTH - 8 - start - 52
    drawn, texts = [], []
    for row, (_, count) in enumerate(filled):
        y = head + ROW * row
        end = start + room * count / longest
        drawn.append({"x": start, "x2": end, "y": y + 4, "y2": y + ROW - 4})
        texts.append({"x": end + 6, "y": y + ROW / 2, "text": number(count)})
    return [layer("rect", drawn, color=style.TEAL), layer("text", texts, color=style.INK, fontSize=12.5)]


def _hatched(count: int, before: int, lists: int, head: int) -> list[Spec]:
    """Hidden figures: one fixed box each, whose length says nothing."""
    start = _STEP * lists + 12
    boxes, signs = [], []
    for row in range(before, before + count):
        y = head + ROW * row
        boxes.append({"x": start, "x2": start + 26, "y": y + 4, "y2": y + ROW - 4})
        signs.append({"x": start + 32, "y": y + ROW / 2, "text": style.SYMBOL})
    return [layer("rect", boxes, fill=style.HATCH), layer("text", signs, fontWeight="bold", fontSize=20)]


def _notes(hatched: bool, left_out: int, height: int, language: str) -> list[Spec]:
    """What the hatch means, and how many combinations are left out."""
    marks: list[Spec] = []
    y = height + 16
    if hatched:
        text = f"{style.SYMBOL}  {render('charts.hidden', {}, language)}"
        marks.append(layer("rect", [{"x": 2, "x2": 28, "y": y - 7, "y2": y + 6}], fill=style.HATCH))
        marks.append(layer("text", [{"x": 36, "y": y, "text": text}], color=style.MUTED, fontSize=12.5))
        y += 20
    if left_out:
        text = render("charts.overlap_more", {"count": left_out}, language)
        marks.append(layer("text", [{"x": 2, "y": y, "text": text}], color=style.MUTED, fontSize=12.5))
    return marks


def _describe(shown: Sequence[tuple[Sequence[str], int]], hidden: int, language: str) -> str:
    told = []
    for lists, count in shown[:MOST_ROWS]:
        params = {"lists": joined(lists, language), "count": number(count)}
        told.append(render("charts.overlap_row", params, language))
    return render("charts.overlap_describe", {"rows": " ".join(told), "hidden": hidden}, language)
