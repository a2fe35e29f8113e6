"""The text of a file, for the terminology check: plain text and Markdown as they are, of DOCX and HTML what one reads.

`start` and `end` of a finding count characters of this text. Of a DOCX it is a line for each paragraph, tables and
notes included; of an HTML page the text between the tags, a line for each block.
"""

from __future__ import annotations

import io
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from cobijo.errors import InputProblem

ENDINGS = (".txt", ".md", ".docx", ".html", ".htm")
MOST_BYTES = 20_000_000  # of a file, and of what is packed in a DOCX
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "fieldset", "figcaption", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "option", "p",
        "pre", "section", "table", "td", "th", "tr", "ul", "title",
    }
)  # fmt: skip
_UNREAD = frozenset({"script", "style", "template", "noscript"})


def read_text(path: Path) -> str:
    """The text of a file by its ending."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise InputProblem("terms.ending", file=path.name, known=", ".join(ENDINGS))
    try:
        if path.stat().st_size > MOST_BYTES:
            raise InputProblem("terms.too_large", file=path.name, most=MOST_BYTES // 1_000_000)
        content = path.read_bytes()
    except OSError:
        raise InputProblem("terms.file_missing", file=path.name) from None
    if ending == ".docx":
        return docx_text(content, path.name)
    text = plain_text(content, path.name)
    return html_text(text) if ending in (".html", ".htm") else text


def plain_text(content: bytes, name: str) -> str:
    """UTF-8, with or without its mark; UTF-16 where its mark says so."""
    try:
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return content.decode("utf-16")
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputProblem("terms.not_utf8", file=name) from None


def docx_text(content: bytes, name: str) -> str:
    """The paragraphs of a DOCX, one a line; what was struck out in a tracked change is no longer text."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = [
                one
                for one in packed.infolist()
                if one.filename in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
            ]
            if not any(one.filename == "word/document.xml" for one in parts):
                raise InputProblem("terms.not_docx", file=name)
            if sum(one.file_size for one in parts) > MOST_BYTES:
                raise InputProblem("terms.too_large", file=name, most=MOST_BYTES // 1_000_000)
            parts.sort(key=lambda one: one.filename)
            lines = [line for one in parts for line in _paragraphs(packed.read(one))]
    except (zipfile.BadZipFile, ElementTree.ParseError, NotImplementedError, RuntimeError):
        raise InputProblem("terms.not_docx", file=name) from None
    return "\n".join(lines)


def _paragraphs(part: bytes) -> list[str]:
    if b"<!DOCTYPE" in part[:2000]:  # Word writes none; one could make the text grow without end
        raise ElementTree.ParseError
    # The parser reads a file of the machine's own user, of a size that was checked, and without a document type.
    root = ElementTree.fromstring(part)  # noqa: S314
    lines = []
    for paragraph in root.iter(f"{_WORD}p"):
        said = []
        for piece in paragraph.iter():
            if piece.tag == f"{_WORD}t":
                said.append(piece.text or "")
            elif piece.tag in (f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"):
                said.append(" ")
            elif piece.tag == f"{_WORD}noBreakHyphen":
                said.append("-")
            elif piece.tag == f"{_WORD}softHyphen":
                said.append("\u00ad")
        lines.append("".join(said))
    return lines


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self.unread = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNREAD:
            self.unread += 1
        elif tag in _BLOCKS:
            self.said.append("\n" if tag == "br" else "\n\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNREAD:
            self.unread = max(0, self.unread - 1)
        elif tag in _BLOCKS:
            self.said.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self.unread:
            self.said.append(data)


def html_text(page: str) -> str:
    """What one reads of a page; scripts and styles are no text."""
    reader = _Page()
    reader.feed(page)
    reader.close()
    return "".join(reader.said).strip()
