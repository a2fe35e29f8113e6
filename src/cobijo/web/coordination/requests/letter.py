"""The letter to the authority, before it is DOCX or PDF: plain lines in one language. Pure, no Django."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import lru_cache
from importlib.resources import files

from cobijo.engine.report.ooxml import HEAD, packed, xml_text
from cobijo.errors import InputProblem

PDF = "application/pdf"


@dataclass(frozen=True)
class Letter:
    """Everything that stands on the paper, in words. Lines of `text` are paragraphs."""

    language: str
    mark: str  # "Confidential", or empty
    invented: str  # said above everything where the data is invented
    place_and_day: str
    to: str
    subject: str
    text: tuple[str, ...]
    ground: str
    deadline: str
    sign: str  # who asks
    number: str


def to_pdf(letter: Letter) -> bytes:
    """A tagged PDF (PDF/UA-1)."""
    import typst

    from cobijo.engine.report.pdf import set_pdf

    try:
        return set_pdf({"main": _template(), "letter.json": json.dumps(asdict(letter)).encode()})
    except typst.TypstError as wrong:  # a sign that no font of ours has
        raise InputProblem("requests.no_pdf") from wrong


def to_docx(letter: Letter) -> bytes:
    """A document that a word processor opens. Same letter, same bytes: the parts carry no day of their own."""
    body = "".join(_paragraph(text, style) for text, style in _lines(letter) if text)
    parts = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": _RELS,
        "docProps/core.xml": _CORE.format(title=_said(letter.subject), language=letter.language),
        "word/_rels/document.xml.rels": _DOCUMENT_RELS,
        "word/styles.xml": _STYLES.format(language=letter.language),
        "word/document.xml": _DOCUMENT.format(body=body),
    }
    return packed(parts)


def _lines(letter: Letter) -> list[tuple[str, str]]:
    return [
        (letter.invented, "Mark"), (letter.mark, "Mark"), (letter.place_and_day, "Right"), (letter.to, "Strong"),
        (letter.subject, "Heading1"), *((one, "Normal") for one in letter.text), (letter.ground, "Normal"),
        (letter.deadline, "Normal"), (letter.sign, "Sign"), (letter.number, "Small"),
    ]  # fmt: skip


def _paragraph(text: str, style: str) -> str:
    pieces = "<w:br/>".join(f'<w:t xml:space="preserve">{_said(one)}</w:t>' for one in text.split("\n"))
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{pieces}</w:r></w:p>'


def _said(text: str) -> str:
    """One line, without what a line cannot hold."""
    return xml_text(text.replace("\n", "").replace("\r", ""))


@lru_cache(maxsize=1)
def _template() -> bytes:
    return files("cobijo.web.coordination.requests").joinpath("letter.typ").read_bytes()


_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_TYPES = (
    f'{HEAD}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_MAIN}.styles+xml"/>'
    '<Override PartName="/docProps/core.xml" '
    'ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>'
)
_RELS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    "</Relationships>"
)
_DOCUMENT_RELS = (
    f'{HEAD}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/styles" Target="styles.xml"/></Relationships>'
)
_CORE = (
    f'{HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:language>{language}</dc:language>'
    "</cp:coreProperties>"
)
_DOCUMENT = (
    f'{HEAD}<w:document xmlns:w="{_WORD}"><w:body>{{body}}'
    '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" w:header="708" w:footer="708" w:gutter="0"/>'
    "</w:sectPr></w:body></w:document>"
)


def _style(name: str, paragraph: str = "", run: str = "", *, usual: bool = False) -> str:
    default = ' w:default="1"' if usual else ""
    based = "" if usual else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph"{default} w:styleId="{name}"><w:name w:val="{name}"/>{based}'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


_STYLES = (
    f'{HEAD}<w:styles xmlns:w="{_WORD}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Georgia"/><w:sz w:val="22"/><w:lang w:val="{language}"/>'
    "</w:rPr></w:rPrDefault></w:docDefaults>"
    + _style("Normal", '<w:spacing w:after="160" w:line="276" w:lineRule="auto"/>', usual=True)
    + _style(
        "Heading1",
        '<w:outlineLvl w:val="0"/><w:spacing w:before="240" w:after="240"/>',
        '<w:b/><w:sz w:val="26"/>',
    )
    + _style("Strong", "", "<w:b/>")
    + _style("Right", '<w:jc w:val="right"/>')
    + _style("Mark", '<w:jc w:val="center"/>', '<w:b/><w:color w:val="7A4A06"/>')
    + _style("Sign", '<w:spacing w:before="960"/>', "<w:b/>")
    + _style("Small", "", '<w:sz w:val="18"/><w:color w:val="5D574F"/>')
    + "</w:styles>"
)
