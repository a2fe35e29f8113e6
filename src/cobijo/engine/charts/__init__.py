"""Charts of a picture as static SVG text: drawn only from what is published, one question each.

>>> from cobijo.engine.charts import CHARTS
>>> sorted(CHARTS)
['estimates', 'map', 'overlap']
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from cobijo.engine.charts.areas import map_chart
from cobijo.engine.charts.estimates import estimates_chart
from cobijo.engine.charts.overlap import overlap_chart
from cobijo.engine.pack import Pack
from cobijo.sentences import LANGUAGES

__all__ = ["CHARTS", "draw", "write_charts"]

_Chart = Callable[[Mapping[str, Any], str, Pack], "str | None"]

CHARTS: dict[str, _Chart] = {
    "estimates": lambda picture, language, pack: estimates_chart(picture, language),
    "overlap": lambda picture, language, pack: overlap_chart(picture, language),
    "map": map_chart,
}


def draw(picture: Mapping[str, Any], language: str, *, pack: Pack) -> dict[str, str]:
    """Every chart that the picture has data for, by its id, as SVG text in a language (`es`, `en`).

    `picture` is the content of `picture.json`; nothing else is read, so nothing hidden can be drawn.
    """
    drawn = {name: chart(picture, language, pack) for name, chart in CHARTS.items()}
    return {name: svg for name, svg in drawn.items() if svg is not None}


def write_charts(picture: Mapping[str, Any], folder: Path, *, pack: Pack) -> list[dict[str, Any]]:
    """Write `charts/<id>.<language>.svg` below `folder`, in every language.

    Returns what `picture.json` says of them under `charts`.
    """
    (folder / "charts").mkdir(exist_ok=True)
    entries: dict[str, dict[str, Any]] = {}
    for language in LANGUAGES:
        for name, svg in draw(picture, language, pack=pack).items():
            file = f"charts/{name}.{language}.svg"
            (folder / file).write_text(svg, encoding="utf-8")
            entries.setdefault(name, {"id": name, "files": {}})["files"][language] = file
    return list(entries.values())
