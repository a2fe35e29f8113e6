"""The document as a tagged PDF (PDF/UA-1), set by typst with the fonts it carries: same text, same bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from cobijo.engine.charts.style import FONT
from cobijo.engine.report.blocks import Document, Figure, plain

if TYPE_CHECKING:
    import typst

#: One of the fonts inside typst; drawings are set in it too.
TYPEFACE = "Libertinus Serif"


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True)


def set_pdf(sources: Mapping[str, bytes]) -> bytes:
    """A tagged PDF of `main` and what it reads. Texts reach typst as data, never as markup, so nothing in them can run.

    Raises `typst.TypstError` where a sign stands in none of the fonts.
    """
    import typst

    files_in_memory: Any = dict(sources)  # they are taken, though typst's own type hints do not say so
    made = typst.compile(
        files_in_memory, font_paths=_fonts(), ignore_system_fonts=True, format="pdf", pdf_standards=["ua-1"]
    )
    if not isinstance(made, bytes):
        raise TypeError("typst gave no PDF")
    return made


@lru_cache(maxsize=1)
def _template() -> bytes:
    return files("cobijo.engine.report").joinpath("templates/report.typ").read_bytes()


def to_pdf(document: Document) -> bytes:
    """The PDF's bytes."""
    sources = {"main": _template(), "document.json": json.dumps(plain(document)).encode()}
    blocks = [*document.first, *(block for section in document.sections for block in section.blocks)]
    for block in blocks:
        if isinstance(block, Figure):
            drawing = block.svg.replace(f'font-family="{FONT}"', f'font-family="{TYPEFACE}"')
            sources[f"{block.id}.svg"] = drawing.encode()
    return set_pdf(sources)
