"""Histories, strata, pooled answers and checks as a notebook shows them: one table or list, no script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from cobijo.engine.population.histories import full_counts
from cobijo.engine.population.notebook import BOX, card, thin
from cobijo.engine.population.pooling import Pooled
from cobijo.engine.population.robustness.shape import Robustness
from cobijo.engine.population.shape import Histories
from cobijo.engine.population.strata import StrataEstimate
from cobijo.sentences import reader_language, render

_CELL = "padding:.2rem .8rem .2rem 0;border-bottom:1px solid #ddd6cb;text-align:{side}"
_CALM, _DOUBT = ("#0f5257", "#fdfcf9"), ("#b3700f", "#fbf2e1")


def histories_card(histories: Histories, language: str | None = None) -> str:
    """How many people each list saw, and how many of them no other list did."""
    told = language or reader_language()
    counts = full_counts(histories)
    rows = []
    for j, name in enumerate(histories.lists):
        on = [int(c) for w, c in enumerate(counts.tolist()) if w >> j & 1]
        rows.append([name, thin(sum(on)), thin(int(counts[1 << j]))])
    shared = sum(int(c) for w, c in enumerate(counts.tolist()) if w & (w - 1))
    params = {"observed": thin(histories.observed), "count": len(histories.lists), "shared": thin(shared)}
    heads = [render(f"robustness.notebook_{name}", {}, told) for name in ("list", "people", "alone")]
    return _box(render("robustness.notebook_histories", params, told), _table(heads, rows, 1), [], told)


def strata_card(found: StrataEstimate, language: str | None = None) -> str:
    """Every stratum and the whole, with intervals; what was joined stands below."""
    told = language or reader_language()
    if found.total is None or found.interval is None:
        code, params = found.refused or ("robustness.card_refused", {})
        return _box(render(code, params, told), "", [], told, _DOUBT)
    heads = [*found.dimensions]
    heads += [render(f"robustness.{name}", {}, told) for name in ("fact_seen", "column_total")]
    heads.append(render("robustness.column_interval", {"level": f"{100 * found.level:g}\u202f%"}, told))
    rows = [[*one.key, thin(one.observed), thin(one.total), _span(one.interval)] for one in found.strata]
    whole = [render("robustness.notebook_whole", {}, told), *[""] * (len(found.dimensions) - 1)]
    rows.append([*whole, thin(found.observed), thin(found.total), _span(found.interval)])
    low, high = found.interval
    title = render("robustness.card", {"low": thin(low), "high": thin(high)}, told)
    notes = [render(code, params, told) for code, params in found.notes]
    return _box(title, _table(heads, rows, len(found.dimensions), last=True), notes, told)


def pooled_card(found: Pooled, language: str | None = None) -> str:
    """The pooled estimate, and how much of its uncertainty comes from the linkage."""
    told = language or reader_language()
    params = {
        "share": f"{100 * found.linkage_share:.0f}\u202f%", "draws": found.draws, "of": len(found.answers),
    }  # fmt: skip
    return card(found.estimate, told) + _box(
        "", "", [render("robustness.notebook_pooled", params, told)], told
    )


def robustness_card(found: Robustness, language: str | None = None) -> str:
    """The estimate that was examined, and every finding with whether it weakens it."""
    told = language or reader_language()
    params = {"count": found.doubts, "of": len(found.findings)}
    code = "doubts_title" if found.doubts else "none_doubts"
    points = []
    for one in found.findings:
        said = {name: _plain(value) for name, value in one.params.items()}
        sign = "robustness.sign_doubt" if one.doubt else "robustness.sign_holds"
        points.append(render(sign, {"text": render(one.code, said, told)}, told))
    title = render(f"robustness.{code}", params, told)
    return card(found.base, told) + _box(title, "", points, told, _DOUBT if found.doubts else _CALM)


def _plain(value: object) -> object:
    if isinstance(value, int) and not isinstance(value, bool):
        return thin(value)
    return ", ".join(map(str, value)) if isinstance(value, tuple) else value


def _span(interval: tuple[float, float]) -> str:
    return f"{thin(interval[0])} – {thin(interval[1])}"


def _box(
    title: str, table: str, points: Sequence[str], language: str, colours: tuple[str, str] = _CALM
) -> str:
    edge, ground = colours
    style = BOX.format(edge=edge, ground=ground)
    head = f"<strong>{escape(title)}</strong>" if title else ""
    items = "".join(f"<li>{_bold(point)}</li>" for point in points)
    listed = f'<ul style="margin:.4rem 0 0;padding-left:1.2rem">{items}</ul>' if items else ""
    return f'<div style="{style}" lang="{language}">{head}{table}{listed}</div>'


def _bold(text: str) -> str:
    """`**words**` as strong, everything else as it is written."""
    parts = escape(text).split("**")
    return "".join(f"<strong>{part}</strong>" if i % 2 else part for i, part in enumerate(parts))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], texts: int, *, last: bool = False) -> str:
    """A table whose first `texts` columns are words and the others numbers; with `last`, its last row is a sum."""

    def line(cells: Sequence[str], tag: str, weight: str = "normal") -> str:
        styled = []
        for place, cell in enumerate(cells):
            style = _CELL.format(side="left" if place < texts else "right") + f";font-weight:{weight}"
            styled.append(f'<{tag} style="{style}">{escape(cell)}</{tag}>')
        return f"<tr>{''.join(styled)}</tr>"

    body = [line(row, "td", "600" if last and row is rows[-1] else "normal") for row in rows]
    style = "border-collapse:collapse;margin:.5rem 0 0;background:none"
    return f'<table style="{style}"><thead>{line(heads, "th", "600")}</thead><tbody>{"".join(body)}</tbody></table>'
