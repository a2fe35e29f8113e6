"""HTML and SVG as an attacker reads them: tables, attributes, words, comments, embedded data and images."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

_LONGEST_TEXT = 400
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Geometry and style hold many numbers that count nobody.
_DULL = {
    *("d", "style", "class", "transform", "points", "viewbox", "href", "xmlns", "width", "height", "x", "y"),
    *("x1", "x2", "y1", "y2", "cx", "cy", "r", "fill", "stroke", "opacity", "colspan", "rowspan"),
}


@dataclass
class Page:
    grids: list[list[list[str]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    data: list[str] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)


def read_markup(text: str) -> Page:
    """Read markup leniently, as browsers do."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    return reader.page


@dataclass
class _Element:
    tag: str
    about: str
    texts: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page()
        self._open: list[_Element] = []
        self._grid: list[list[str]] | None = None
        self._cell: tuple[list[str], int] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        for value in given.values():
            if value.startswith("data:image/svg"):
                self.page.embedded.append(value)
        told = [(n, v) for n, v in given.items() if v and len(v) <= _LONGEST_TEXT and n not in _DULL]
        for _, value in told:
            self.page.texts.append(value)
        about = "; ".join(f"{n}: {v}" for n, v in told)
        if len(told) > 1:
            self.page.texts.append(about)
        if tag == "table":
            self._grid = []
        elif tag == "tr" and self._grid is not None:
            self._grid.append([])
        elif tag in {"td", "th"} and self._grid:
            width = given.get("colspan", "1")
            self._cell = ([], int(width) if width.isdigit() else 1)
        if tag not in _VOID:
            self._open.append(_Element(tag, about))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"} and self._cell and self._grid:
            words, width = self._cell
            self._grid[-1] += [" ".join("".join(words).split())] + [""] * (min(width, 100) - 1)
            self._cell = None
        elif tag == "table" and self._grid is not None:
            self.page.grids.append(self._grid)
            self._grid = None
        if any(element.tag == tag for element in self._open):
            while self._open:
                element = self._open.pop()
                self._close(element)
                if element.tag == tag:
                    break

    def _close(self, element: _Element) -> None:
        text = " ".join(" ".join(element.texts).split())
        if element.tag == "script":
            self.page.data.append(text)
            return
        if element.tag == "style" or not text:
            return
        if len(text) <= _LONGEST_TEXT:
            self.page.texts.append(text)
            if element.about:
                self.page.texts.append(f"{element.about}; {text}")
            if self._open and element.tag in {
                "title",
                "desc",
                "tspan",
                "b",
                "strong",
                "span",
                "em",
                "text",
                "td",
                "th",
            }:
                # What stands in a child belongs to its parent too: <path id=…><title>…</title></path>, one
                # row of cells.
                self._open[-1].texts.append(text)

    def handle_data(self, data: str) -> None:
        if self._cell and not (self._open and self._open[-1].tag in {"script", "style"}):
            self._cell[0].append(data)
        if self._open:
            self._open[-1].texts.append(data)

    def handle_comment(self, data: str) -> None:
        if len(data) <= _LONGEST_TEXT:
            self.page.texts.append(" ".join(data.split()))
