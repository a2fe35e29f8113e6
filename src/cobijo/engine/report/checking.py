"""The checks of an estimate as blocks of its page: findings in words, charts under their questions, tables."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape

from cobijo.engine.charts.curves import prior_chart, threshold_chart
from cobijo.engine.charts.robustness import (
    MOST_CHANGES,
    changed_name,
    changes_chart,
    consistency_chart,
)
from cobijo.engine.charts.sharing import heat_map, upset_chart
from cobijo.engine.charts.words import joined, number, percent, reason
from cobijo.engine.population.robustness import Finding, Repeat, Robustness
from cobijo.engine.population.shape import Histories
from cobijo.engine.report.blocks import (
    Block,
    Bullets,
    Callout,
    Figure,
    Paragraph,
    Section,
    Table,
    runs,
)
from cobijo.sentences import render


def figure(name: str, svg: str, note: str = "") -> Figure:
    """A chart under the question that it carries itself."""

    def inside(tag: str) -> str:
        found = re.search(rf"<{tag}[^>]*>(.*?)</{tag}>", svg, re.DOTALL)
        return unescape(found.group(1)) if found else ""

    return Figure(name, inside("title"), inside("desc"), svg, note)


def sentence(finding: Finding, language: str) -> str:
    """A finding as one sentence: numbers with thin spaces, lists by name."""
    params: dict[str, object] = {}
    for name, value in finding.params.items():
        if isinstance(value, tuple):
            params[name] = joined([str(one) for one in value], language)
        else:
            params[name] = number(value) if isinstance(value, int) else value
    return render(finding.code, params, language)


def verdict(found: Robustness, language: str, *, own: bool = True) -> Callout | Paragraph:
    """How many checks weaken the figure, and which; the checks are made on the stepwise estimate, also where the page
    is about another (`own` false)."""
    of = "" if own else "_stepwise"
    doubts = [one for one in found.findings if one.doubt]
    if not doubts:
        text = render(f"robustness.none_doubts{of}", {"of": len(found.findings)}, language)
        return Paragraph(runs(text))
    params = {"count": len(doubts), "of": len(found.findings)}
    title = render(f"robustness.doubts_title{of}", params, language)
    return Callout("doubt", title, [runs(sentence(one, language)) for one in doubts])


def checks(found: Robustness, language: str) -> Section:
    """Every finding in one sentence, with a word for whether it holds."""
    points = []
    for one in found.findings:
        code = "robustness.sign_doubt" if one.doubt else "robustness.sign_holds"
        points.append(runs(render(code, {"text": sentence(one, language)}, language)))
    intro = runs(render("robustness.checks_intro", {}, language))
    return Section(
        "checks", render("robustness.checks_title", {}, language), [Paragraph(intro), Bullets(points)]
    )


def overlaps(histories: Histories, found: Robustness, language: str) -> Section:
    """The heat map of every two lists and every combination."""
    blocks: list[Block] = [
        figure("heat", heat_map(found.overlaps, language)),
        figure("upset", upset_chart(histories, language)),
    ]
    return Section("overlaps", render("robustness.overlaps_title", {}, language), blocks)


def curves(found: Robustness, language: str) -> Section:
    """The estimate along the threshold and the prior."""
    level = found.base.level
    threshold = found.settings.get("threshold", 0.02)
    usual = threshold if isinstance(threshold, float) else 0.02
    blocks: list[Block] = []
    drawn = threshold_chart(found.thresholds, language, usual=usual, level=level)
    if drawn is not None:
        blocks.append(figure("threshold", drawn, _said(found, "threshold", language)))
    drawn = prior_chart(found.priors, language, level=level)
    if drawn is not None:
        blocks.append(figure("prior", drawn, _said(found, "prior", language)))
    elif not found.priors:
        blocks.append(Paragraph(runs(render("robustness.prior_missing", {}, language))))
    return Section("curves", render("robustness.curves_title", {}, language), blocks)


def _said(found: Robustness, room: str, language: str) -> str:
    """The sentence that a check found, for the note under its chart."""
    said = [one for one in found.findings if one.code.startswith(f"robustness.{room}_")]
    return " ".join(sentence(one, language) for one in said)


def changes(found: Robustness, language: str) -> Section:
    """Leaving out and merging: the chart of what moves most, the table of all."""
    repeats = [*found.omissions, *found.merges]
    blocks: list[Block] = []
    drawn = changes_chart(found.base, repeats, language)
    if drawn is not None:
        note = render("robustness.changes_most", {}, language) if len(repeats) > MOST_CHANGES else ""
        blocks.append(figure("changes", drawn, note))
    if repeats:
        columns = [
            render("robustness.column_change", {}, language),
            render("robustness.column_total", {}, language),
            render("robustness.column_interval", {"level": percent(found.base.level)}, language),
        ]
        rows = [[changed_name(one, language), *_answer(one, language)] for one in repeats]
        caption = render("robustness.changes_caption", {}, language)
        blocks.append(Table("changes-table", caption, columns, rows))
        blocks += _reasons([(changed_name(one, language), one) for one in repeats], language)
    return Section("changes", render("robustness.changes_title", {}, language), blocks)


def _answer(one: Repeat, language: str) -> list[str]:
    if one.total is None or one.interval is None:
        none = render("robustness.no_figure", {}, language)
        return [none, none]
    return [number(one.total), f"{number(one.interval[0])}–{number(one.interval[1])}"]


def _reasons(named: Sequence[tuple[str, Repeat]], language: str) -> list[Block]:
    """Why some repeats have no answer, one point each."""
    points = [
        runs(f"{name}: {reason({'code': one.refused[0], 'params': one.refused[1]}, language)}")
        for name, one in named
        if one.refused is not None
    ]
    return [Bullets(points)] if points else []


def consistency(found: Robustness, language: str) -> Section:
    """Lists of known size, hidden and estimated."""
    if not found.consistency:
        return Section("consistency", "", [])
    note = render("robustness.consistency_note", {}, language)
    blocks: list[Block] = [Paragraph(runs(note))]
    drawn = consistency_chart(found.consistency, language)
    if drawn is not None:
        blocks.append(figure("consistency", drawn))
    blocks.append(Paragraph(runs(_said(found, "consistency", language))))
    blocks += _reasons([(one.lists[0], one) for one in found.consistency], language)
    return Section("consistency", render("robustness.consistency_title", {}, language), blocks)
