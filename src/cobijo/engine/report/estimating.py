"""The page of one estimate: the figure, the methods side by side, the checks, the limits and the trace."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from cobijo import __version__
from cobijo.engine.charts.robustness import methods_chart
from cobijo.engine.charts.words import joined, number, percent, reason
from cobijo.engine.population.estimate import FAMILIES, estimate
from cobijo.engine.population.notebook import kind_of, method_name
from cobijo.engine.population.robustness import Robustness, examine
from cobijo.engine.population.shape import Estimate, Histories
from cobijo.engine.population.tables import table_histories
from cobijo.engine.progress import Progress, silent
from cobijo.engine.report import checking
from cobijo.engine.report.blocks import (
    Block,
    Bullets,
    Callout,
    Document,
    Fact,
    Facts,
    Headline,
    Line,
    Paragraph,
    Section,
    Table,
    runs,
)
from cobijo.engine.report.html import to_html
from cobijo.errors import WrongUsage
from cobijo.sentences import catalogue, render

#: Settings beside a method's own defaults: the model that says something the other methods do not.
SETTINGS: Mapping[str, Mapping[str, object]] = {
    "loglinear": {"model": "pairs"},
    "closedp": {"model": "Mth Darroch"},
}
#: Methods that hold others together say nothing beside them.
TOGETHER = ("ensemble",)
LIMITS = ("assumption", "closed", "selection", "linkage", "small")


@dataclass(frozen=True)
class Page:
    """Everything that stands on the page: the estimate asked for, the other families, the checks."""

    histories: Histories
    chosen: Estimate
    beside: tuple[Estimate, ...]
    robustness: Robustness
    file: str


def gather(
    histories: Histories,
    chosen: Estimate,
    *,
    file: str = "",
    threshold: float = 0.02,
    resamples: int = 1000,
    seed: int = 0,
    quick: bool = False,
    threads: int = 1,
    progress: Progress | None = None,
) -> Page:
    """Estimate by every other family, and ask again in every way that should not matter.

    `chosen` is the estimate that the page is about. `quick` takes shorter chains and fewer repeats.
    """
    tell, beside = progress or silent, []
    names = [name for name in FAMILIES if name != chosen.method and name not in TOGETHER]
    two = len(histories.lists) == 2
    names = [name for name in names if name != "chapman" or two]
    for done, name in enumerate(names):
        tell("robustness.families", done, len(names))
        options: dict[str, Any] = {"level": chosen.level, "threshold": threshold, "seed": seed}
        options |= {"resamples": resamples, "threads": threads, **SETTINGS.get(name, {})}
        if quick and name in ("latent", "bayes"):
            options |= {"draws": 500, "burn": 2000, "thin": 10}
        beside.append(estimate(histories, name, **options))
    tell("robustness.families", len(names), len(names))
    repeats = 50 if quick else 200
    found = examine(
        histories,
        level=chosen.level,
        threshold=threshold,
        resamples=repeats,
        tables=repeats,
        seed=seed,
        threads=threads,
        base=next(one for one in (chosen, *beside) if one.method == "stepwise"),
        progress=tell,
    )
    return Page(histories, chosen, tuple(beside), found, file)


def report_file(path: Path, table: Path, answer: Estimate, language: str, **settings: Any) -> None:
    """The page of an estimate made from the file `table`, written to `path`; `settings` go to `gather`."""
    write_estimate_report(path, gather(table_histories(table), answer, file=table.name, **settings), language)


def write_estimate_report(path: Path, page: Page, language: str) -> None:
    """Write the page as one self-contained HTML file, whole or not at all.

    Raises `WrongUsage` where the file cannot be written.
    """
    path = Path(os.path.abspath(path))
    neighbour = path.with_name(f".{path.name}.tmp-{uuid4().hex[:8]}")
    try:
        neighbour.write_text(to_html(document(page, language)), encoding="utf-8")
        neighbour.replace(path)
    except OSError:
        neighbour.unlink(missing_ok=True)
        raise WrongUsage("robustness.not_written", file=path.name) from None


def document(page: Page, language: str) -> Document:
    """The page as an outline, before it is HTML."""
    found = page.robustness
    sections = [
        methods(page, language),
        checking.checks(found, language),
        checking.overlaps(page.histories, found, language),
        checking.curves(found, language),
        checking.changes(found, language),
        checking.consistency(found, language),
        limits(language),
        trace(page, language),
    ]
    params = {"file": page.file, "count": len(page.histories.lists)}
    params["lists"] = joined(list(page.histories.lists), language)
    return Document(
        language=language,
        title=render("robustness.title", {}, language),
        kicker=render("robustness.kicker", params, language),
        invented="",
        invented_long="",
        first=first_page(page, language),
        sections=[one for one in sections if one is not None and one.blocks],
        colophon=render("robustness.made_by", {"version": __version__}, language),
        words={
            "contents": render("report.contents", {}, language),
            "hidden": render("report.hidden_word", {}, language),
            "skip": render("report.skip", {}, language),
        },
    )


def first_page(page: Page, language: str) -> list[Block]:
    """The figure, how sure it is, and how the methods compare."""
    blocks: list[Block] = [Headline(headline(page.chosen, language))]
    if page.chosen.interval is None:
        code, params = page.chosen.refused or ("robustness.no_interval", {"total": number(page.chosen.total)})
        why = reason({"code": code, "params": params}, language)
        lines = [runs(why), runs(render("robustness.refused_beside", {}, language))]
        blocks.append(Callout("doubt", render("robustness.refused_title", {}, language), lines))
    else:
        sentence = page.chosen.diagnostics.get("sentence")
        if isinstance(sentence, Mapping):  # what an ensemble says of its range
            params = {name: number(value) for name, value in sentence["params"].items()}
            blocks.append(Paragraph(runs(render(sentence["code"], params, language))))
        blocks.append(facts(page.chosen, language))
    blocks.append(checking.verdict(page.robustness, language, own=page.chosen.method == "stepwise"))
    svg = methods_chart(page.chosen, page.beside, language)
    return [*blocks, checking.figure("methods", svg)]


def headline(chosen: Estimate, language: str) -> list[Line]:
    """How many were seen, and between how many and how many there are."""
    seen = runs(render("robustness.seen", {"observed": number(chosen.observed)}, language))
    if chosen.interval is None:
        return [seen, runs(render("robustness.in_all_refused", {}, language))]
    low, high = chosen.interval
    name = method_name(chosen, language)
    params = {"low": number(low), "high": number(high), "method": name, "total": number(chosen.total)}
    code = "in_all_floor" if chosen.diagnostics.get("lower_bound") else "in_all"
    return [seen, runs(render(f"robustness.{code}", params, language))]


def facts(chosen: Estimate, language: str) -> Facts:
    """Seen, not seen, in all."""
    assert chosen.interval is not None
    low, high = chosen.interval

    def between(less: float) -> str:
        return render(
            "robustness.between", {"low": number(low - less), "high": number(high - less)}, language
        )

    note = render("robustness.fact_seen_note", {}, language)
    return Facts(
        [
            Fact(render("robustness.fact_seen", {}, language), number(chosen.observed), note),
            Fact(
                render("robustness.fact_hidden", {}, language),
                number(chosen.hidden),
                between(chosen.observed),
            ),
            Fact(
                render("robustness.fact_total", {}, language), number(chosen.total), between(0), strong=True
            ),
        ]
    )


def methods(page: Page, language: str) -> Section:
    """Every family with its answer or its reason, and what it assumes."""
    everyone = sorted((page.chosen, *page.beside), key=lambda one: one.total is None)
    rows, strong = [], []
    for index, one in enumerate(everyone):
        if one is page.chosen:
            strong.append(index)
        rows.append([method_name(one, language), *_cells(one, language)])
    columns = [
        render("robustness.column_method", {}, language),
        render("robustness.column_total", {}, language),
        render("robustness.column_interval", {"level": percent(page.chosen.level)}, language),
        render("robustness.column_note", {}, language),
    ]
    caption = render("robustness.methods_caption", {}, language)
    table = Table("methods-table", caption, columns, rows, texts=(3,), totals=strong)
    intro = runs(render("robustness.methods_intro", {}, language))
    spread = Paragraph(runs(_spread(everyone, language)))
    return Section(
        "methods", render("robustness.methods_title", {}, language), [Paragraph(intro), spread, table]
    )


def _cells(one: Estimate, language: str) -> list[str]:
    """Estimate, interval and note of one method."""
    if one.total is None or one.interval is None:
        code, params = one.refused or ("robustness.no_interval", {"total": number(one.total)})
        none = render("robustness.no_figure", {}, language)
        return [none, none, reason({"code": code, "params": params}, language)]
    code = f"robustness.assumes_{kind_of(one)}"
    note = render(code, {}, language) if code in catalogue() else ""
    return [number(one.total), f"{number(one.interval[0])}–{number(one.interval[1])}", note]


def _spread(everyone: Sequence[Estimate], language: str) -> str:
    totals = [one.total for one in everyone if one.total is not None]
    if not totals:
        return render("robustness.methods_none", {}, language)
    low, high = min(totals), max(totals)
    params = {"ratio": f"{high / low:.1f}", "low": number(low), "high": number(high)}
    return render("robustness.methods_spread", params, language)


def limits(language: str) -> Section:
    """What no check of the table can show."""
    points = [runs(render(f"robustness.limit_{name}", {}, language)) for name in LIMITS]
    return Section("limits", render("robustness.limits_title", {}, language), [Bullets(points)])


def trace(page: Page, language: str) -> Section:
    """What was run, on what."""
    found, rows = page.chosen.trace, []

    def row(code: str, value: object, **params: object) -> None:
        rows.append([render(f"robustness.trace_{code}", params, language), str(value)])

    def settings(given: object) -> str:
        items = given.items() if isinstance(given, Mapping) else ()
        return ", ".join(f"{name} {value}" for name, value in items)

    rows.append(["cobijo", f"{__version__}, numpy {found.get('numpy', '')}"])
    row("command", page.chosen.method)
    row("settings", settings(found.get("settings")))
    row("checks", settings(page.robustness.settings))
    if page.chosen.model:
        row("model", ", ".join(page.chosen.model))
    if page.chosen.monte_carlo_error is not None:
        row("error", ", ".join(number(one) for one in page.chosen.monte_carlo_error))
    inputs = found.get("inputs")
    for one in inputs if isinstance(inputs, list) else []:
        row("file", one["sha256"], file=one["file"])
    row("histories", found.get("histories_sha256", ""))
    columns = [render(f"robustness.column_{name}", {}, language) for name in ("what", "value")]
    caption = render("robustness.trace_caption", {}, language)
    return Section(
        "trace",
        render("robustness.trace_title", {}, language),
        [Table("trace-table", caption, columns, rows, texts=(1,), mono=(1,))],
    )
