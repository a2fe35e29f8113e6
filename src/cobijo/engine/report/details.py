"""The pages behind the first: methods, what is shown apart, sources, linkage, protection, trace."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from cobijo.engine.charts.estimates import Row, rows
from cobijo.engine.charts.words import label, number, percent
from cobijo.engine.pack import Pack
from cobijo.engine.report import tables
from cobijo.engine.report.blocks import (
    Block,
    Callout,
    Figure,
    Paragraph,
    Section,
    Table,
    Terms,
    runs,
)
from cobijo.sentences import catalogue, render

Picture = Mapping[str, Any]


def sections(picture: Picture, figures: Mapping[str, Figure], language: str, pack: Pack) -> list[Section]:
    """Every section between the first page and the limits; one without blocks has nothing to say."""
    builders: dict[str, Callable[[], list[Block]]] = {
        "methods": lambda: methods(picture, language),
        "tables": lambda: tables.tables(picture, figures, language, pack),
        "apart": lambda: apart(picture, language),
        "sources": lambda: sources(picture, language),
        "linkage": lambda: linkage(picture, language),
        "protection": lambda: protection(picture, language),
    }
    return [
        Section(name, render(f"report.{name}", {}, language), build()) for name, build in builders.items()
    ]


def status_name(status: str, language: str) -> str:
    return label("report.status", status, language)


def disagreement(picture: Picture, language: str) -> Callout | Paragraph | None:
    """A warning where the methods disagree, a calm line where they agree, nothing for a single method."""
    found = picture.get("disagreement")
    if not found or found.get("ratio") is None:
        return None
    ratio = {"ratio": f"{found['ratio']:.2f}"}
    if found["flag"]:
        title = render("report.disagree_title", {}, language)
        return Callout("doubt", title, [runs(render("report.disagree", ratio, language))])
    return Paragraph(runs(render("report.agree", ratio, language)))


def methods(picture: Picture, language: str) -> list[Block]:
    """All methods in one table, then how each works; a method that refused says why."""
    found = rows(picture, language)
    if not found:
        return []
    level = next((row.entry["level"] for row in found if "level" in row.entry), 0.95)
    cells = [[row.name, *_answer(row), _note(picture, row, language)] for row in found]
    columns = [
        render("report.column_method", {}, language),
        render("report.column_estimate", {}, language),
        render("report.column_interval", {"level": percent(level)}, language),
        render("report.column_note", {}, language),
    ]
    caption = render("report.methods_caption", {}, language)
    blocks: list[Block] = [Paragraph(runs(render("report.methods_intro", {}, language)))]
    compared = disagreement(picture, language)
    if isinstance(compared, Callout):  # the box stands on the first page; here its sentence is enough
        blocks += [Paragraph(line) for line in compared.lines]
    elif compared is not None:
        blocks.append(compared)
    strong = [index for index, row in enumerate(found) if row.recommended]
    blocks.append(Table("methods-table", caption, columns, cells, texts=(3,), totals=strong))
    codes = dict.fromkeys(str(row.entry["method"]) for row in found)
    told = [
        (label("charts.method", code, language), render(f"report.explain_{code}", {}, language))
        for code in codes
        if f"report.explain_{code}" in catalogue()
    ]
    blocks.append(Terms("how-methods", render("report.how_methods", {}, language), told))
    return blocks


def _answer(row: Row) -> tuple[str, str]:
    if row.total is None:
        return "—", "—"
    return number(row.total), f"{number(row.low)}–{'…' if row.high is None else number(row.high)}"


def _note(picture: Picture, row: Row, language: str) -> str:
    if row.total is None:
        return row.why
    notes = []
    if row.recommended:
        own = any(row.entry is one for one in picture["estimates"])
        notes.append(render("report.note_recommended" if own else "report.note_headline", {}, language))
    model = [str(one) for one in (row.entry.get("diagnostics") or {}).get("model") or ()]
    pairs = [_pair(one, language) for one in model if ":" in one]
    if pairs:
        notes.append(render("report.note_model", {"pairs": "; ".join(pairs)}, language))
    elif row.entry["method"] == "stepwise" and model:
        notes.append(render("report.note_no_pairs", {}, language))
    own_note = f"report.note_{row.entry['method']}"
    if own_note in catalogue():
        notes.append(render(own_note, {}, language))
    return " ".join(notes)


def _pair(text: str, language: str) -> str:
    first, _, rest = text.partition(":")
    return render("report.pair", {"first": first, "last": rest.replace(":", ", ")}, language)


def apart(picture: Picture, language: str) -> list[Block]:
    """Children on the lists whose status keeps them out of the count."""
    if not picture.get("apart"):
        return []
    cells = [[status_name(str(row["status"]), language), number(row["children"])] for row in picture["apart"]]
    columns = [render("report.column_status", {}, language), render("report.column_children", {}, language)]
    caption = render("report.apart_caption", {}, language)
    return [
        Paragraph(runs(render("report.apart_intro", {}, language))),
        Table("apart-table", caption, columns, cells),
    ]


def sources(picture: Picture, language: str) -> list[Block]:
    """The lists, what each holds, and what became of the records."""
    records = picture["records"]
    params = {
        "read": number(records["read"]),
        "rejected": number(records["rejected"]),
        "kept": number(records["of_period_and_population"]),
    }
    in_file = {str(one["list"]): one.get("rows") for one in picture["trace"].get("inputs", ())}
    cells = []
    for one in picture["lists"]:
        name = str(one["name"])
        cells.append([name, number(in_file[name]) if name in in_file else "—", number(one["children"])])
    columns = [render(f"report.column_{name}", {}, language) for name in ("list", "records", "on_list")]
    return [
        Paragraph(runs(render("report.sources_intro", params, language))),
        Table("sources-table", render("report.sources_caption", {}, language), columns, cells),
    ]


def linkage(picture: Picture, language: str) -> list[Block]:
    """How records became children, and what errors there do to the estimate."""
    found = picture.get("linkage") or {}
    second = [render("report.linkage_errors", {}, language)]
    if found.get("draws") and "refused" not in picture["estimate"]:
        second.append(render("report.linkage_draws", {"draws": number(found["draws"])}, language))
        if found.get("share_of_variance") is not None:
            share = {"share": percent(found["share_of_variance"])}
            second.append(render("report.linkage_share", share, language))
    return [
        Paragraph(runs(render("report.linkage_how", {}, language))),
        Paragraph(runs(" ".join(second))),
    ]


def protection(picture: Picture, language: str) -> list[Block]:
    """The rule, what it hid, and whether the attack on it failed."""
    rule = picture["protection"]
    params = {
        "threshold": number(rule["threshold"]),
        "symbol": f"**{rule['symbol']}**",
        "cells": number(rule["suppressed_cells"]),
    }
    blocks: list[Block] = [Paragraph(runs(render("report.protection_threshold", params, language)))]
    if rule["audit"] == "passed":
        blocks.append(Paragraph(runs(render("report.protection_passed", {}, language))))
    else:
        text = render("report.protection_failed", {"audit": rule["audit"]}, language)
        blocks.append(Callout("danger", render("report.protection_failed_title", {}, language), [runs(text)]))
    blocks.append(Paragraph(runs(render("report.protection_rounded", {}, language))))
    return blocks


def trace(picture: Picture, language: str) -> Section:
    """What was run, for whoever runs it again."""
    found = picture["trace"]
    plain = {key: value for key, value in found.items() if key not in ("settings", "inputs")}
    plain["seed"] = found.get("seed")
    settings = {**plain, **found.get("settings", {})}
    names = {"seed": render("report.seed", {}, language)}
    cells = [[names.get(key, key), _value(value)] for key, value in settings.items() if value is not None]
    columns = [render("report.column_name", {}, language), render("report.column_value", {}, language)]
    caption = render("report.trace_versions", {}, language)
    blocks: list[Block] = [
        Paragraph(runs(render("report.trace_intro", {}, language))),
        Table("trace-table", caption, columns, cells, mono=(0, 1), texts=(1,)),
    ]
    prints = [[str(one["list"]), str(one["sha256"])] for one in found.get("inputs", ())]
    if prints:
        columns = [render("report.column_list", {}, language), render("report.column_print", {}, language)]
        caption = render("report.trace_inputs", {}, language)
        blocks.append(Table("prints-table", caption, columns, prints, mono=(1,), texts=(1,)))
    return Section("trace", render("report.trace", {}, language), blocks)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}={_value(one)}" for key, one in value.items())
    if isinstance(value, (list, tuple)):
        return ", ".join(_value(one) for one in value)
    return str(value)
