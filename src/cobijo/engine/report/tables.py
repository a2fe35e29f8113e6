"""The picture's tables as people read them, each under a heading and after its chart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cobijo.engine.charts.overlap import split_rows
from cobijo.engine.charts.words import joined, label, number
from cobijo.engine.pack import Pack
from cobijo.engine.report.blocks import Block, Figure, Paragraph, Subheading, Table, runs
from cobijo.sentences import catalogue, render

Picture = Mapping[str, Any]
_SEXES = ("female", "male", "other", "unknown", "total")


def tables(picture: Picture, figures: Mapping[str, Figure], language: str, pack: Pack) -> list[Block]:
    """Each table of the picture under a heading, its chart before it."""
    symbol = {"symbol": f"**{picture['protection']['symbol']}**"}
    blocks: list[Block] = [Paragraph(runs(render("report.tables_intro", symbol, language)))]
    charts = {"area": "map", "overlap": "overlap"}
    for table in picture["tables"]:
        name = str(table["id"])
        title = f"report.table_{name}"
        text = (
            render(title, {}, language)
            if title in catalogue()
            else render("report.caption_other", {"name": name}, language)
        )
        blocks.append(Subheading(f"table-{name}", text))
        if charts.get(name) in figures:
            blocks.append(figures[charts[name]])
        blocks.append(_table(table, language, pack))
    return blocks if picture["tables"] else []


def _table(table: Mapping[str, Any], language: str, pack: Pack) -> Table:
    name, file = str(table["id"]), render("report.table_file", {"file": table["file"]}, language)
    code = f"report.caption_{name}"
    caption = (
        render(code, {}, language)
        if code in catalogue()
        else render("report.caption_other", {"name": name}, language)
    )
    if name == "overlap":
        return _overlap(table, caption, file, language)
    if len(table["dimensions"]) == 2:
        return _crossed(table, caption, file, language)
    return _listed(table, caption, file, language, pack)


def _listed(table: Mapping[str, Any], caption: str, file: str, language: str, pack: Pack) -> Table:
    """One row for each row of the file: dimensions, then children."""
    dimensions = [str(one) for one in table["dimensions"]]
    areas = {area.code: area.names.get(language, area.short) for area in pack.areas}

    def value(dimension: str, code: str) -> str:
        return areas[code] if dimension == "area" and code in areas else label("report.value", code, language)

    source = list(table["rows"])
    if dimensions == ["area"]:
        source.sort(key=lambda row: (_last(row["area"]), areas.get(row["area"], str(row["area"]))))
    cells = [[*(value(one, str(row[one])) for one in dimensions), number(row["children"])] for row in source]
    columns = [
        *(label("report.dimension", one, language) for one in dimensions),
        render("report.column_children", {}, language),
    ]
    totals = [index for index, row in enumerate(source) if all(row[one] == "total" for one in dimensions)]
    texts = tuple(range(1, len(dimensions)))
    return Table(f"{table['id']}-table", caption, columns, cells, file, texts, totals, long=len(cells) > 20)


def _last(code: object) -> int:
    return {"unknown": 1, "total": 2}.get(str(code), 0)


def _crossed(table: Mapping[str, Any], caption: str, file: str, language: str) -> Table:
    """Two dimensions as rows and columns, as people are used to read them."""
    down, across = (str(one) for one in table["dimensions"])
    counts = {(str(row[down]), str(row[across])): row["children"] for row in table["rows"]}
    heads = sorted(dict.fromkeys(code for _, code in counts), key=_last)
    sides = list(dict.fromkeys(code for code, _ in counts))
    if down == "sex":
        sides.sort(key=lambda code: _SEXES.index(code) if code in _SEXES else len(_SEXES))
    sides.sort(key=_last)
    names = [label("report.value", side, language) for side in sides]
    cells = [
        [name, *(_cell(counts, side, head) for head in heads)]
        for side, name in zip(sides, names, strict=True)
    ]
    columns = [label("report.dimension", down, language)]
    columns += [label("report.value", head, language).replace("-", "–") for head in heads]
    totals = [index for index, side in enumerate(sides) if side == "total"]
    return Table(f"{table['id']}-table", caption, columns, cells, file, totals=totals)


def _cell(counts: Mapping[tuple[str, str], int | None], side: str, head: str) -> str:
    return number(counts[side, head]) if (side, head) in counts else "—"


def _overlap(table: Mapping[str, Any], caption: str, file: str, language: str) -> Table:
    """The combinations with a figure; the hidden ones all say the same, so the note counts them."""
    shown, hidden = split_rows(table)
    cells = []
    for lists, count in shown:
        only = len(lists) == 1
        name = render("report.value_only", {"list": lists[0]}, language) if only else joined(lists, language)
        cells.append([name, number(count)])
    columns = [render(f"report.{name}", {}, language) for name in ("dimension_history", "column_children")]
    note = file
    if hidden:
        params = {"count": len(hidden), "file": table["file"]}
        note = render("report.caption_overlap_hidden", params, language)
    return Table("overlap-table", caption, columns, cells, note, long=len(cells) > 10)
