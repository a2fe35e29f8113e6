"""What a report is made of. Both renderers know these few blocks, and nothing of the picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, ClassVar, Literal


@dataclass(frozen=True)
class Run:
    """A stretch of text, bold or not."""

    text: str
    bold: bool = False


def runs(text: str) -> tuple[Run, ...]:
    """Cut a sentence at its `**` marks.

    >>> runs("Five saw **9** children.")
    (Run(text='Five saw ', bold=False), Run(text='9', bold=True), Run(text=' children.', bold=False))
    """
    return tuple(Run(part, bool(index % 2)) for index, part in enumerate(text.split("**")) if part)


Line = tuple[Run, ...]


@dataclass(frozen=True)
class Headline:
    """The answer, in one or two sentences, set large."""

    kind: ClassVar[str] = "headline"
    lines: Sequence[Line]


@dataclass(frozen=True)
class Fact:
    """One number with what it is and how sure it is."""

    name: str
    value: str
    note: str
    strong: bool = False


@dataclass(frozen=True)
class Facts:
    """A few numbers side by side."""

    kind: ClassVar[str] = "facts"
    items: Sequence[Fact]


@dataclass(frozen=True)
class Paragraph:
    """Plain text; `small` for what only some will read."""

    kind: ClassVar[str] = "paragraph"
    line: Line
    small: bool = False


@dataclass(frozen=True)
class Bullets:
    """Points under a small heading."""

    kind: ClassVar[str] = "bullets"
    items: Sequence[Line]
    id: str = ""
    title: str = ""


@dataclass(frozen=True)
class Callout:
    """Something nobody may miss. `doubt` (amber, a diamond) or `danger` (terracotta, a triangle)."""

    kind: ClassVar[str] = "callout"
    tone: Literal["doubt", "danger"]
    title: str
    lines: Sequence[Line]


@dataclass(frozen=True)
class Figure:
    """A chart under the question that it answers. `svg` is whole; `alt` says the same in words."""

    kind: ClassVar[str] = "figure"
    id: str
    question: str
    alt: str
    svg: str
    note: str = ""


@dataclass(frozen=True)
class Table:
    """A table with a caption; the first column heads its rows, the others are numbers unless in `texts`."""

    kind: ClassVar[str] = "table"
    id: str
    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    note: str = ""
    texts: Sequence[int] = ()
    totals: Sequence[int] = ()  # rows set apart as sums
    long: bool = False  # narrow and long: print in two columns
    mono: Sequence[int] = ()  # columns of codes


@dataclass(frozen=True)
class Terms:
    """Names, each with its explanation."""

    kind: ClassVar[str] = "terms"
    id: str
    title: str
    items: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Subheading:
    """A heading within a section."""

    kind: ClassVar[str] = "subheading"
    id: str
    text: str


Block = Headline | Facts | Paragraph | Bullets | Callout | Figure | Table | Terms | Subheading


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it."""

    id: str
    title: str
    blocks: Sequence[Block]


@dataclass(frozen=True)
class Document:
    """The whole report in one language, before it is HTML or PDF."""

    language: str
    title: str
    kicker: str
    invented: str  # said on every page; empty for real data
    invented_long: str
    first: Sequence[Block]
    sections: Sequence[Section]
    colophon: str
    words: dict[str, str] = field(default_factory=dict)  # of the frame itself: contents, skip link, page


def plain(document: Document) -> dict[str, Any]:
    """The document as plain data for a renderer that is not Python; drawings are left out, their id stays."""

    def block(one: Block) -> dict[str, Any]:
        data = asdict(one)
        data.pop("svg", None)
        return {"kind": one.kind, **data}

    data = asdict(document)
    data["first"] = [block(one) for one in document.first]
    data["sections"] = [
        {"id": one.id, "title": one.title, "blocks": [block(part) for part in one.blocks]}
        for one in document.sections
    ]
    return data
