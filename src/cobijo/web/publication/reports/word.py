"""A document as DOCX, written by hand: a handful of parts in a ZIP. Same document, same bytes.

No author, no machine, no hour stands in the file. Headings, table heads and the language are marked as such, so that
a screen reader finds its way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from importlib.resources import files
from xml.sax.saxutils import quoteattr

from cobijo.engine.report.blocks import (
    Block,
    Bullets,
    Callout,
    Document,
    Facts,
    Headline,
    Line,
    Paragraph,
    Run,
    Subheading,
    Table,
    Terms,
)
from cobijo.engine.report.ooxml import HEAD, packed, printable, xml_text

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
WIDTH = 9360  # of the text, in twentieths of a point
LANGUAGES = {"es": "es-MX", "en": "en-GB"}
FIXED = (
    "[Content_Types].xml",
    "_rels/.rels",
    "word/_rels/document.xml.rels",
    "word/styles.xml",
    "word/numbering.xml",
)


def to_docx(document: Document) -> bytes:
    """The file's bytes."""
    parts = {name: _fixed(name) for name in FIXED}
    language = LANGUAGES.get(document.language, document.language)
    parts["word/styles.xml"] = parts["word/styles.xml"].replace("LANGUAGE", language)
    parts["docProps/core.xml"] = _core(document, language)
    parts["word/header1.xml"] = _header(document)
    parts["word/footer1.xml"] = _footer(document)
    parts["word/document.xml"] = _body(document)
    return packed(parts)


def _fixed(name: str) -> str:
    """A part that is the same in every file; they lie beside this module under plain names."""
    file = {
        "[Content_Types].xml": "content_types", "_rels/.rels": "package_rels",
        "word/_rels/document.xml.rels": "document_rels", "word/styles.xml": "styles",
        "word/numbering.xml": "numbering",
    }[name]  # fmt: skip
    package = files("cobijo.web.publication.reports")
    return package.joinpath("data", f"word_{file}.txt").read_text(encoding="utf-8")


def _core(document: Document, language: str) -> str:
    """Title, subject and language. Who made it is left out on purpose."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{xml_text(document.title)}</dc:title><dc:subject>{xml_text(document.kicker)}</dc:subject>"
        f"<dc:creator></dc:creator><dc:language>{language}</dc:language></cp:coreProperties>"
    )


def _header(document: Document) -> str:
    return f"{HEAD}<w:hdr {W}>{_paragraph('Header', _runs((Run(document.invented, bold=True),)))}</w:hdr>"


def _footer(document: Document) -> str:
    """The title and which page of how many; the words around the numbers come with the document."""
    before, between, after = re.split("[\x01\x02]", document.words["page"])
    inner = (
        _run(f"{document.title}\u2003{before}")
        + _number("PAGE")
        + _run(between)
        + _number("NUMPAGES")
        + _run(after)
    )
    return f"{HEAD}<w:ftr {W}>{_paragraph('Footer', inner)}</w:ftr>"


def _body(document: Document) -> str:
    found = [_paragraph("Kicker", _run(document.kicker)), _paragraph("Title", _run(document.title))]
    if document.invented_long:
        found.append(_paragraph("Note", _run(document.invented_long)))
    found += [part for one in document.first for part in _block(one, "Heading1")]
    for section in document.sections:
        found.append(_paragraph("Heading1", _run(section.title)))
        found += [part for one in section.blocks for part in _block(one, "Heading2")]
    found.append(_paragraph("Note", _run(document.colophon)))
    page = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId3"/><w:footerReference w:type="default" r:id="rId4"/>'
        '<w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="1300" w:right="1273" w:bottom="1200" w:left="1273" '
        'w:header="560" w:footer="560" w:gutter="0"/>'
        "</w:sectPr>"
    )
    return f"{HEAD}<w:document {W} {R}><w:body>{''.join(found)}{page}</w:body></w:document>"


def _block(one: Block, heading: str) -> Iterator[str]:
    match one:
        case Paragraph():
            yield _paragraph("Evidence" if one.small else "Normal", _runs(one.line))
        case Subheading():
            yield _paragraph(heading, _run(one.text))
        case Bullets():
            if one.title:
                yield _paragraph(heading, _run(one.title))
            yield from (_paragraph("Bullet", _runs(line)) for line in one.items)
        case Callout():
            yield _paragraph("Claim", _run(one.title, bold=True), keep=True)
            yield from (_paragraph("Claim", _runs(line)) for line in one.lines)
        case Facts():
            for fact in one.items:
                yield _paragraph(
                    "Bullet", _run(f"{fact.name}: ") + _run(fact.value, bold=True) + _run(f" ({fact.note})")
                )
        case Table():
            yield from _table(one)
        case Headline():
            yield from (_paragraph("Normal", _runs(line)) for line in one.lines)
        case Terms():
            yield from (
                _paragraph("Normal", _run(f"{name}: ", bold=True) + _run(what)) for name, what in one.items
            )
        case _:  # a drawing: a report has none
            raise TypeError(f"no DOCX for {type(one).__name__}")


def _table(one: Table) -> Iterator[str]:
    """Caption, table with a head that is repeated on each page, note."""
    yield _paragraph("Caption", _run(one.caption), keep=True)
    count = len(one.columns)
    widths = [WIDTH // count] * count
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    head = _row(one.columns, widths, one.texts, bold=True, head=True)
    rows = (
        _row(row, widths, one.texts, bold=place in one.totals, head=False)
        for place, row in enumerate(one.rows)
    )
    yield (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="Figures"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        '<w:tblLayout w:type="fixed"/><w:tblLook w:firstRow="1" w:firstColumn="1" w:noVBand="1"/>'
        f"<w:tblCaption w:val={quoteattr(printable(one.caption))}/></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{''.join(rows)}</w:tbl>"
    )
    yield _paragraph("Note", _run(one.note))


def _row(cells: Sequence[str], widths: Sequence[int], texts: Iterable[int], *, bold: bool, head: bool) -> str:
    left = {0, *texts}
    made = []
    for place, (cell, width) in enumerate(zip(cells, widths, strict=True)):
        style = "Cell" if place in left else "Number"
        inner = _paragraph(style, _run(cell, bold=bold))
        made.append(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{inner}</w:tc>')
    repeated = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{''.join(made)}</w:tr>"


def _paragraph(style: str, inner: str, *, keep: bool = False) -> str:
    kept = "<w:keepNext/>" if keep else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}</w:pPr>{inner}</w:p>'


def _runs(line: Line) -> str:
    return "".join(_run(one.text, bold=one.bold) for one in line)


def _run(text: str, *, bold: bool = False) -> str:
    """A stretch of text; a line that was broken stays broken."""
    marked = "<w:rPr><w:b/></w:rPr>" if bold else ""
    lines = "<w:br/>".join(
        f'<w:t xml:space="preserve">{xml_text(one)}</w:t>' for one in text.splitlines() or [""]
    )
    return f"<w:r>{marked}{lines}</w:r>"


def _number(field: str) -> str:
    return f'<w:fldSimple w:instr=" {field} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
