"""The report: complete, accessible, self-contained, the same every time, honest when there is no estimate."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import polib
import pytest
from pypdf import PdfReader

from cobijo.engine.charts.words import number
from cobijo.engine.pack import Pack
from cobijo.engine.report import write_report
from cobijo.errors import InputProblem, WrongUsage
from cobijo.sentences import LOCALE_DIR, charts, report

Make = Callable[..., Path]
VOID = {"meta", "br", "img", "link", "hr", "input"}


class Page(HTMLParser):
    """Tags with their attributes, and the text that a person reads."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("style", "title", "desc"):
            self.words.append(data)

    def all(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == name]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def page(folder: Path, name: str = "report.html") -> Page:
    return Page((folder / name).read_text(encoding="utf-8"))


def pdf_text(folder: Path, name: str = "report.pdf") -> str:
    return " ".join(" ".join(sheet.extract_text() for sheet in PdfReader(folder / name).pages).split())


@pytest.mark.parametrize(("name", "language"), [("report.html", "es"), ("report.en.html", "en")])
def test_the_page_is_sound(published: Path, name: str, language: str) -> None:
    found = page(published, name)
    assert found.open == []
    assert found.all("html")[0]["lang"] == language
    assert len(found.all("h1")) == 1
    for landmark in ("header", "main", "nav", "footer"):
        assert len(found.all(landmark)) == 1
    ids = [attributes["id"] for _, attributes in found.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    levels = [int(tag[1]) for tag, _ in found.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert all(cell.get("scope") in ("col", "row") for cell in found.all("th"))
    assert len(found.all("caption")) == len(found.all("table"))
    for link in found.all("a"):
        target = str(link["href"])
        assert target.removeprefix("#") in ids if target.startswith("#") else (published / target).is_file()


def test_nothing_points_outside(published: Path) -> None:
    for path in published.glob("*.html"):
        text = path.read_text(encoding="utf-8").replace('xmlns="http://www.w3.org/2000/svg"', "")
        for mark in ("http:", "https:", "//", "url(h", "src=", "@import", "<script", "<link"):
            assert mark not in text.replace("</", ""), mark


@pytest.mark.parametrize("name", ["report.html", "report.en.html"])
def test_every_sheet_says_that_the_data_are_invented(published: Path, name: str) -> None:
    said = "Invented data" if ".en." in name else "Datos inventados"
    html = (published / name).read_text(encoding="utf-8")
    assert f'@top-center{{content:"{said}"' in html
    assert said in page(published, name).text
    for sheet in PdfReader(published / name.replace("html", "pdf")).pages:
        assert said in sheet.extract_text()


def test_real_data_are_not_called_invented(picture: dict[str, Any], make: Make) -> None:
    folder = make({**picture, "invented": False})
    html = (folder / "report.html").read_text(encoding="utf-8")
    assert "nvented" not in page(folder).text
    assert "top-center" not in html
    assert "nvented" not in pdf_text(folder)


def test_the_first_sentence_is_the_answer(published: Path) -> None:
    said = (
        "Five agencies saw 9 120 children once each is counted once. Between 18 200 and 22 600 children were"
    )
    for text in (page(published, "report.en.html").text, pdf_text(published, "report.en.pdf")):
        assert said in re.sub(r"(\d)\s(\d)", r"\1 \2", text.replace("\u202f", " "))


def test_the_methods_say_what_to_know(published: Path) -> None:
    text = page(published, "report.en.html").text
    assert "Lists found to go together: dif with health." in text
    assert "A floor, not a best guess." in text
    assert "Uses only two of the lists." in text


def test_page_and_paper_say_the_same(published: Path) -> None:
    """Every sentence of the page stands in the PDF too: one outline, two renderers."""

    def plain(text: str) -> str:
        return re.sub(r"[\s\u202f\u00ad-]+", "", text)

    html = (published / "report.html").read_text(encoding="utf-8")
    paper = plain(pdf_text(published))
    lines = re.findall(r"<(?:p|li|dd|h2|h3)(?: [^>]*)?>([^<>]{25,})</", html.split("<main")[1])
    assert len(lines) > 30
    missing = [line for line in lines if plain(line) not in paper and "Ir al" not in line]
    assert missing == []


def test_hidden_figures_are_the_symbol_and_nothing_else(published: Path) -> None:
    picture = json.loads((published / "picture.json").read_text(encoding="utf-8"))
    html = (published / "report.html").read_text(encoding="utf-8")
    for code, name in (("MX-AGU", "Aguascalientes"), ("MX-AGU", "Chiapas")):
        assert code not in html
        row = re.search(rf'<th scope="row">{name}</th>(.*?)</tr>', html, re.DOTALL)
        assert row is not None
        assert Page(row.group(1)).text == "· oculta"
    cells = re.findall(r'<td class="number">([\d\u202f]+)</td>', html)
    known = {number(row["children"]) for table in picture["tables"] for row in table["rows"]}
    known |= {number(one["children"]) for one in picture["lists"] + picture["apart"]}
    known |= {number(one["rows"]) for one in picture["trace"]["inputs"]}
    known |= {number(one["total"]) for one in [picture["estimate"], *picture["estimates"]] if "total" in one}
    assert set(cells) <= known


def test_the_pdf_is_tagged_and_needs_no_font_of_the_machine(published: Path) -> None:
    for name, language in (("report.pdf", "es"), ("report.en.pdf", "en")):
        reader = PdfReader(published / name)
        root: Any = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"].startswith(language)
        assert "/StructTreeRoot" in root
        assert b"pdfuaid:part" in root["/Metadata"].get_object().get_data()
        assert reader.metadata is not None
        assert reader.metadata.title
        assert reader.metadata.creation_date is None
        fonts = [
            font.get_object()
            for sheet in reader.pages
            for font in sheet["/Resources"]["/Font"].values()
        ]  # fmt: skip
        assert fonts
        for font in fonts:
            descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)


def test_same_picture_same_bytes(published: Path, tmp_path: Path, pack: Pack) -> None:
    before = {path.name: path.read_bytes() for path in published.glob("report*")}
    assert sorted(before) == ["report.en.html", "report.en.pdf", "report.html", "report.pdf"]
    write_report(published, "es", pack=pack)
    assert {path.name: path.read_bytes() for path in published.glob("report*")} == before


def test_both_languages_are_complete() -> None:
    po = polib.pofile(str(LOCALE_DIR / "es" / "LC_MESSAGES" / "django.po"))
    told = {entry.msgid: entry.msgstr for entry in po}
    for message in {**charts.SENTENCES, **report.SENTENCES}.values():
        assert told.get(message), message
        assert message.count("**") == told[message].count("**")


def test_spanish_has_no_english_left(published: Path) -> None:
    text = page(published).text
    for message in report.SENTENCES.values():
        if len(message) > 30 and "{" not in message:
            assert message not in text


def test_without_an_estimate_the_report_says_so_and_why(picture: dict[str, Any], make: Make) -> None:
    refusal = {"refused": {"code": "population.one_list", "params": {"lists": 1}}}
    picture |= {"estimate": refusal, "estimates": [{"method": "stepwise", **refusal}], "disagreement": None}
    folder = make(picture)
    for text in (page(folder).text, pdf_text(folder)):
        assert "How many more there are cannot be said honestly from these lists." in text
        assert "No estimate is given" in text
        assert "An estimate needs two lists or more" in text
        assert "were probably affected" not in text
        assert "20 100" not in text.replace("\u202f", " ")


def test_a_failed_audit_is_not_hushed_up(picture: dict[str, Any], make: Make) -> None:
    picture["protection"]["audit"] = "failed"
    folder = make(picture)
    assert "Do not publish this report" in page(folder).text
    assert "Do not publish this report" in pdf_text(folder)


def test_names_of_lists_are_text_whatever_they_hold(picture: dict[str, Any], make: Make) -> None:
    name = '<b>#panic() & "*x*_y_ $z$ \\ Secretaría de Salud del Estado de un País con Nombre Largo'
    picture["lists"] = [{"name": name, "children": 50}]
    picture["estimates"][1]["lists"] = [name, "health"]
    picture["estimates"][0]["diagnostics"] = {"model": []}
    picture["tables"] = [{**picture["tables"][2], "rows": [{"history": name, "children": 50}]}]
    folder = make(picture)
    assert "<b>" not in (folder / "report.html").read_text(encoding="utf-8")
    assert name in page(folder).text
    assert "#panic()" in pdf_text(folder)
    assert "One agency saw" in page(folder).text


@pytest.mark.parametrize("lists", [2, 8, 11])
def test_any_number_of_lists(picture: dict[str, Any], make: Make, lists: int) -> None:
    names = [f"list{index}" for index in range(lists)]
    rows = [
        {"history": "+".join(n for bit, n in enumerate(names) if mask >> bit & 1), "children": mask + 10}
        for mask in range(1, min(2**lists, 300))
    ]
    picture["lists"] = [{"name": name, "children": 50} for name in names]
    picture["tables"][2]["rows"] = rows
    said = {2: "Two agencies", 8: "Eight agencies", 11: "11 agencies"}[lists]
    assert said in page(make(picture)).text


def test_what_is_missing_is_left_out(picture: dict[str, Any], make: Make) -> None:
    picture |= {"observed": None, "tables": [], "apart": [], "linkage": {}, "disagreement": {"ratio": None}}
    picture["estimate"] = {"total": 500, "interval": [400, None], "level": 0.9, "method": "chao"}
    text = page(make(picture)).text
    assert "How many children the agencies saw is not shown" in text
    assert "At least 400 children were probably affected" in text
    assert "Shown apart" not in text


def test_what_cannot_be_reported_is_said_in_a_code(tmp_path: Path, pack: Pack) -> None:
    with pytest.raises(WrongUsage, match=r"report\.language_unknown"):
        write_report(tmp_path, "fr", pack=pack)
    with pytest.raises(InputProblem, match=r"report\.no_picture"):
        write_report(tmp_path, "es", pack=pack)
    (tmp_path / "picture.json").write_text('{"format": "other"}', encoding="utf-8")
    with pytest.raises(InputProblem, match=r"report\.other_format"):
        write_report(tmp_path, "es", pack=pack)
