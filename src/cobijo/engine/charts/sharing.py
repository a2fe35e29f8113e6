"""What lists share: a heat map of every two lists, and an UpSet plot of every combination."""

from __future__ import annotations

from collections.abc import Sequence

from cobijo.engine.charts import overlap, style
from cobijo.engine.charts.style import Spec, layer
from cobijo.engine.charts.words import joined, number
from cobijo.engine.population.robustness.shape import Overlaps
from cobijo.engine.population.shape import Histories
from cobijo.sentences import render

_LETTERS = 11


def heat_map(found: Overlaps, language: str) -> str:
    """People that every two lists share: darker is more, hatched is nobody, the diagonal is each list itself."""
    names = [name if len(name) <= _LETTERS else name[: _LETTERS - 1] + "…" for name in found.lists]
    k = len(names)
    left = min(18 + round(6.6 * max(len(name) for name in names)), 96)
    side = min((style.WIDTH - left - 8) / k, 46.0)
    most = max((count for _, _, count in found.pairs()), default=1) or 1
    head = 8.0
    height = round(head + side * k + 2)
    marks: list[Spec] = []
    texts = [{"x": left - 8, "y": head + side * (i + 0.5), "text": name} for i, name in enumerate(names)]
    marks.append(layer("text", texts, align="right", color=style.INK, fontSize=12.5))
    for i in range(k):
        for j in range(i + 1):
            count = found.shared[i][j]
            marks += _square(left + side * j, head + side * i, side, count, most, i == j)
    lists = [
        {"x": left + side * (j + 1) + 4, "y": head + side * (j + 0.5), "text": name}
        for j, name in enumerate(names)
        if j < k - 1
    ]
    short = [one for one in lists if float(str(one["x"])) + 6.8 * len(str(one["text"])) < style.WIDTH - 6]
    marks.append(layer("text", short, color=style.MUTED, fontSize=12))
    foot = height + 16.0
    marks += _legend(foot, language)
    return style.to_svg(
        marks,
        key="heat",
        title=render("robustness.heat_question", {}, language),
        description=_describe_heat(found, language),
        language=language,
        height=height,
        padding=(2, 0, 2, 50),
    )


def _square(x: float, y: float, side: float, count: int, most: int, own: bool) -> list[Spec]:
    """One square with its number; its own size on the diagonal stands on plain ground."""
    box = [{"x": x + 1, "x2": x + side - 1, "y": y + 1, "y2": y + side - 1}]
    if own:
        fill, ink = style.WASH, style.MUTED
    elif count == 0:
        fill, ink = style.HATCH, style.INK
    else:
        step = min(int(len(style.RAMP) * (count / most) ** 0.5), len(style.RAMP) - 1)
        fill, ink = style.RAMP[step], style.PAPER if step > 2 else style.INK
    text = number(count)
    size = min(13.0, side / max(len(text), 2) * 1.5)
    weight = "normal" if own else "bold"
    marks = [layer("rect", box, fill=fill, stroke=style.PAPER, strokeWidth=0.5)]
    if count == 0 and not own:  # a number on a hatch needs a ground of its own
        plate = [
            {"x": x + side / 2 - 7, "x2": x + side / 2 + 7, "y": y + side / 2 - 8, "y2": y + side / 2 + 8}
        ]
        marks.append(layer("rect", plate, fill=style.WASH))
    place = [{"x": x + side / 2, "y": y + side / 2 + 0.5, "text": text}]
    marks.append(layer("text", place, align="center", color=ink, fontSize=size, fontWeight=weight))
    return marks


def _legend(y: float, language: str) -> list[Spec]:
    marks: list[Spec] = []
    for index, (fill, code) in enumerate(((style.HATCH, "heat_empty"), (style.WASH, "heat_own"))):
        x, text = 2.0, render(f"robustness.{code}", {}, language)
        row = y + 20 * index
        marks.append(
            layer("rect", [{"x": x, "x2": x + 22, "y": row - 7, "y2": row + 7}], fill=fill, stroke=style.LINE)
        )
        marks.append(layer("text", [{"x": x + 30, "y": row, "text": text}], fontSize=12.5))
    return marks


def _describe_heat(found: Overlaps, language: str) -> str:
    told = [
        render("robustness.heat_row", {"first": a, "second": b, "count": number(count)}, language)
        for a, b, count in found.pairs()
    ]
    return render("robustness.heat_describe", {"rows": " ".join(told)}, language)


def upset_chart(histories: Histories, language: str) -> str:
    """How many people each combination of lists has, largest first."""
    names = list(histories.lists)
    shown = combinations(histories)
    bars = shown[: overlap.MOST_ROWS]
    head = overlap.head_of(names)
    height = head + overlap.ROW * len(bars) + 4
    left_out = len(shown) - len(bars)
    told = [
        render("charts.overlap_row", {"lists": joined(lists, language), "count": number(count)}, language)
        for lists, count in bars
    ]
    return style.to_svg(
        [
            *overlap.columns(names, head),
            *overlap.matrix(names, [lists for lists, _ in bars], head),
            *overlap.bars(bars, len(names), head),
            *_more(left_out, height, language),
        ],
        key="upset",
        title=render("robustness.upset_question", {}, language),
        description=render("robustness.upset_describe", {"rows": " ".join(told)}, language),
        language=language,
        height=height,
        padding=(4, 0, 4, 20 * bool(left_out)),
    )


def _more(left_out: int, height: int, language: str) -> list[Spec]:
    """How many combinations are not drawn."""
    text = render("robustness.upset_more", {"count": left_out}, language)
    rows = [{"x": 2, "y": height + 8, "text": text}] if left_out else []
    return [layer("text", rows, color=style.MUTED, fontSize=12.5)]


def combinations(histories: Histories) -> list[tuple[Sequence[str], int]]:
    """Every combination of lists that somebody has, largest first."""
    names = histories.lists
    found: list[tuple[Sequence[str], int]] = [
        ([name for j, name in enumerate(names) if cell >> j & 1], count)
        for cell, count in zip(histories.cells.tolist(), histories.counts.tolist(), strict=True)
    ]
    return sorted(found, key=lambda one: (-one[1], len(one[0]), list(one[0])))
