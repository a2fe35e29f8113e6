"""Reading what a picture published and writing the report beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

from cobijo.engine.pack import Pack, load_pack
from cobijo.engine.progress import Progress, silent
from cobijo.engine.report.blocks import Document, Figure
from cobijo.engine.report.html import to_html
from cobijo.engine.report.outline import outline
from cobijo.engine.report.pdf import to_pdf
from cobijo.errors import InputProblem, WrongUsage
from cobijo.sentences import LANGUAGES, catalogue, render

FORMAT = "cobijo.picture/1"
NAMES = {"es": "Español", "en": "English"}


def write_report(
    public_dir: Path, language: str, *, pack: Pack | None = None, progress: Progress | None = None
) -> list[Path]:
    """Write `report.html` and `report.pdf` in a language, and `report.<other>.html`, `.pdf` in the other.

    Reads `picture.json` and the charts it names in `public_dir`, and nothing else; `pack` gives the areas'
    names (the pack that the picture names, unless given). Same input, same bytes. Returns the files written.
    Raises `WrongUsage` for a language that there is not, `InputProblem` where there is no picture.
    """
    if language not in LANGUAGES:
        raise WrongUsage("report.language_unknown", language=language, known=", ".join(LANGUAGES))
    tell, written = progress or silent, []
    order = [language, *(one for one in LANGUAGES if one != language)]
    stems = {one: "report" if one == language else f"report.{one}" for one in order}
    for done, one in enumerate(order):
        tell("report.writing", done, len(order))
        document = read_document(public_dir, one, pack=pack)
        other = next(two for two in order if two != one)
        link = (f"{stems[other]}.html", other, NAMES[other])
        page, paper = public_dir / f"{stems[one]}.html", public_dir / f"{stems[one]}.pdf"
        page.write_text(to_html(document, other=link), encoding="utf-8")
        paper.write_bytes(to_pdf(document))
        written += [page, paper]
    tell("report.writing", len(order), len(order))
    return written


def read_document(public_dir: Path, language: str, *, pack: Pack | None = None) -> Document:
    """The outline of the report of what lies in `public_dir`, before it is rendered."""
    try:
        picture: dict[str, Any] = json.loads((public_dir / "picture.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise InputProblem("report.no_picture", folder=public_dir.name) from None
    if picture.get("format") != FORMAT:
        raise InputProblem("report.other_format", format=str(picture.get("format")), known=FORMAT)
    return outline(
        picture,
        _figures(public_dir, picture, language),
        language,
        pack=pack or load_pack(str(picture["pack"])),
    )


def _figures(public_dir: Path, picture: Mapping[str, Any], language: str) -> dict[str, Figure]:
    found = {}
    for chart in picture["charts"]:
        file = public_dir / chart["files"].get(language, "")
        if not file.is_file():
            continue
        svg = file.read_text(encoding="utf-8")
        code = f"report.note_{chart['id']}"
        found[str(chart["id"])] = Figure(
            id=str(chart["id"]),
            question=_inside(svg, "title"),
            alt=_inside(svg, "desc"),
            svg=svg,
            note=render(code, {}, language) if code in catalogue() else "",
        )
    return found


def _inside(svg: str, tag: str) -> str:
    """The text of the drawing's own title or description."""
    found = re.search(rf"<{tag}[^>]*>(.*?)</{tag}>", svg, re.DOTALL)
    return unescape(found.group(1)) if found else ""
