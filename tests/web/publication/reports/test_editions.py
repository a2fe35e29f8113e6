"""The checklist, freezing, the edition that never changes, its files, and whom they do not name."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock
from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from pypdf import PdfReader

from cobijo.engine import terms
from cobijo.errors import InputProblem
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event
from cobijo.web.publication.reports import editions, invented, services
from cobijo.web.publication.reports.checklist import checklist
from cobijo.web.publication.reports.document import document_of
from cobijo.web.publication.reports.freezing import content_of, texts_of, unaltered
from cobijo.web.publication.reports.models import Annex, DataTable, Edition, Paragraph, Report, StateClaim
from cobijo.web.publication.reports.outline import written
from cobijo.web.publication.reports.whole import whole
from cobijo.web.publication.reports.word import to_docx
from tests.web.directory.keepers import body, browser
from tests.web.people import People, person
from tests.web.publication.reports.room import NAMED, SECRET, Room, frozen, make_room, vault_open, write_all
from tests.web.shared import publish, sample, write_picture

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
PLACE = "/en/publication"
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A published picture, and the key of the vault: without it nobody could check that no child is named."""
    settings.PUBLIC_DIR = publish(tmp_path / "public")
    with vault_open(tmp_path, settings):
        yield tmp_path


@pytest.fixture
def room(people: People) -> Room:
    made = make_room(people)
    write_all(made)
    return made


def refused(code: str, call: Any, **named: Any) -> None:
    with pytest.raises(InputProblem) as problem, transaction.atomic():
        call(**named)
    assert problem.value.code == code


def missing(room: Room) -> list[str]:
    with acting_as(room.cora, "") as by:
        found = checklist(whole(by, Report.objects.get(pk=room.report.pk)))
    return [one.code for check in found for one in check.missing]


def docx_text(content: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        root = ElementTree.fromstring(file.read("word/document.xml"))
    return "\n".join(
        "".join(run.text or "" for run in line.iter(f"{WORD}t")) for line in root.iter(f"{WORD}p")
    )


def everything(content: bytes) -> str:
    """All that a file says, its own particulars too."""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return "\n".join(file.read(name).decode() for name in file.namelist())


def test_an_empty_report_misses_every_section_and_every_table(people: People) -> None:
    room = make_room(people)
    found = missing(room)
    assert found.count("reports.section_empty") == len(written())
    assert found.count("reports.table_open") == 9
    page = browser(room.cora).get(f"{PLACE}/reports/{room.report.pk}/checklist/")
    assert "Section III.B Data collection: nothing is written" in body(page)
    with acting_as(room.cora, "") as by:
        services.review(by=by, rows=[room.fresh()])
        refused("reports.section_empty", editions.freeze, by=by, rows=[room.fresh()])
    assert not Edition.objects.exists()


def test_the_checklist_finds_each_thing_that_is_missing(room: Room, folder: Path) -> None:
    assert missing(room) == []
    with acting_as(room.cora, "") as by:
        one = Paragraph.objects.filter(section__code="V").get()
        services.unready(by=by, rows=[{"pk": one.pk, "version": one.version}])
        assert missing(room) == ["reports.still_draft"]
        one.refresh_from_db()
        services.change_paragraphs(by=by, rows=[{"pk": one.pk, "version": one.version, "request": ""}])
        assert missing(room) == ["reports.no_evidence"]
        services.remove_paragraphs(by=by, rows=[{"pk": one.pk, "version": one.version + 1}])
        assert missing(room) == ["reports.section_empty"]
        section = room.section("V")
        services.change_sections(
            by=by, rows=[{"pk": section.pk, "version": 1, "left_out": "Nadie lo pudo revisar."}]
        )
        assert missing(room) == []
        annex = Annex.objects.get()
        services.change_annexes(by=by, rows=[{"pk": annex.pk, "version": 1, "consent": False}])
        services.change(by=by, rows=[room.fresh() | {"word_limit": 10}])
        assert missing(room) == ["reports.too_long", "reports.no_consent"]
        Report.objects.filter(pk=room.report.pk).update(
            title=f"Informe de {SECRET.upper()}"
        )  # past the rules
        assert "reports.names_in_confidence_somewhere" in missing(room)
    left = [one for one in sample()["tables"] if one["id"] != "sex_age"]
    write_picture(folder / "public", sample(tables=left))
    assert missing(room).count("reports.table_gone") == 2, "of a paragraph and of a request for data"


def test_a_report_goes_its_way_and_no_other(room: Room) -> None:
    with acting_as(room.cora, "") as by:
        refused("reports.no_such_step", editions.freeze, by=by, rows=[room.fresh()])
        refused("reports.no_such_step", services.submit, by=by, rows=[room.fresh()])
        refused("reports.no_such_step", services.take_up, by=by, rows=[room.fresh()])
    frozen(room)
    with acting_as(room.cora, "") as by:
        one = Paragraph.objects.order_by("pk").first()
        assert one is not None
        changed = {"pk": one.pk, "version": one.version, "text": "otro"}
        refused("reports.fixed", services.change_paragraphs, by=by, rows=[changed])
        refused("reports.fixed", services.remove_paragraphs, by=by, rows=[changed])
        table = DataTable.objects.filter(report=room.report).first()
        assert table is not None
        given = {"pk": table.pk, "version": table.version, "answer": "none", "reason": "otra", "plan": "otro"}
        refused("reports.fixed", services.change_tables, by=by, rows=[given])
        refused("reports.fixed", services.change, by=by, rows=[room.fresh() | {"country": "Otra"}])
        services.submit(by=by, rows=[room.fresh()])
        refused("reports.no_such_step", services.take_up, by=by, rows=[room.fresh()])
    for wrong in ({"state": "frozen"}, {"state": "draft"}, {"submitted_on": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Report.objects.filter(pk=room.report.pk).update(**wrong)


def test_an_edition_stays_what_it_was(room: Room, folder: Path) -> None:
    first = frozen(room)
    before = first.content
    with acting_as(room.cora, "") as by:
        services.take_up(by=by, rows=[room.fresh()])
        one = Paragraph.objects.get(section__code="I")
        services.change_paragraphs(by=by, rows=[{"pk": one.pk, "version": one.version, "text": "Otra cosa."}])
    second = frozen(room)
    first.refresh_from_db()
    assert (first.number, second.number) == (1, 2)
    assert first.content == before
    assert first.sha256 != second.sha256
    assert "Otra cosa." in second.content
    page = browser(room.people.ana)
    listed = body(page.get(f"{PLACE}/report-editions/"))
    assert listed.count("/publication/report-editions/") >= 2
    for address in ("edit", "remove", "history"):
        assert page.get(f"{PLACE}/report-editions/{first.pk}/{address}/").status_code == 404
    Edition.objects.filter(pk=first.pk).update(content=before.replace("Texto de I.", "Texto de J."))
    first.refresh_from_db()
    assert not unaltered(first)
    with acting_as(room.cora, "") as by:
        refused("reports.altered", editions.file_of, by=by, edition=first, form="pdf")


def test_a_frozen_table_keeps_the_published_cells(room: Room, folder: Path) -> None:
    one = frozen(room)
    with translation.override("en"):
        content = editions.read(one)
    [table] = [row for row in content["tables"] if row["code"] == "D2"]
    cells = {cell for row in table["grid"]["rows"] for cell in row}
    assert "2\u202f813" in cells
    assert "·" in cells or all(row["children"] is not None for row in sample()["tables"][1]["rows"])
    assert "Mujer" in " ".join(table["grid"]["columns"]) or "Niña" in " ".join(table["grid"]["columns"])
    assert sum(1 for row in content["tables"] if row["grid"] is not None) == 1
    assert len(content["picture"]) == 64
    numbers = [
        paragraph["number"]
        for section in content["sections"]
        for part in section["parts"]
        for paragraph in part["paragraphs"]
    ]
    assert numbers == list(range(1, len(written()) + 1)), "numbered through"


def test_everybody_with_a_role_reads_a_frozen_edition_and_nothing_before(room: Room) -> None:
    reader = browser(room.people.hugo)
    assert "Nothing is frozen yet" in body(reader.get(f"{PLACE}/report-editions/"))
    assert reader.get(f"{PLACE}/reports/").status_code == 403
    one = frozen(room)
    page = body(reader.get(f"{PLACE}/report-editions/{one.pk}/"))
    for part in written():
        assert f"Texto de {part.code}." in page
    assert "Nuestra voz" in page
    assert NAMED in page
    assert "Take it as DOCX" not in page
    with acting_as(room.people.hugo, "") as by, pytest.raises(Forbidden):
        editions.file_of(by=by, edition=one, form="pdf")


def test_files_are_put_on_record_and_the_same_each_time(room: Room) -> None:
    one = frozen(room)
    page = browser(room.cora)
    for form, begins in (("docx", b"PK"), ("pdf", b"%PDF")):
        answers = [
            page.post(f"{PLACE}/report-editions/{one.pk}/file/", {"format": form}) for _twice in range(2)
        ]
        assert answers[0].status_code == 200
        assert answers[0].content.startswith(begins)
        assert answers[0].content == answers[1].content, "same edition, same bytes"
        assert answers[0].headers["Cache-Control"] == "no-store"
    with acting_as(room.pablo, "") as by, translation.override("es"):
        assert editions.file_of(by=by, edition=one, form="pdf") == answers[0].content, (
            "whoever asks, in any language"
        )
    other = page.post(f"{PLACE}/report-editions/{one.pk}/file/", {"format": "exe"})
    assert other.status_code == 422
    assert "as DOCX or as PDF" in body(other)
    noted = Event.objects.filter(action="export", kind="report_edition")
    assert noted.count() == 5


def test_the_files_say_the_whole_report(room: Room) -> None:
    one = frozen(room)
    with acting_as(room.cora, "") as by:
        docx, pdf = (editions.file_of(by=by, edition=one, form=form) for form in ("docx", "pdf"))
    word = docx_text(docx)
    paper = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    for part in written():
        assert f"Texto de {part.code}." in word
        assert f"Texto de {part.code}." in paper
    for said in (
        "2\u202f813",
        "Cuenta niñas y niños.",
        "Nadie cuenta.",
        "Nuestra voz",
        NAMED,
        "Hay datos.",
        one.sha256,
    ):
        assert said in word
    assert "2\u202f813" in paper
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        assert file.testzip() is None
        for name in file.namelist():
            ElementTree.fromstring(file.read(name))  # every part is well-formed
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_who_spoke_in_confidence_is_in_no_file_no_page_and_no_particulars(room: Room) -> None:
    one = frozen(room)
    with acting_as(room.cora, "") as by:
        docx, pdf = (editions.file_of(by=by, edition=one, form=form) for form in ("docx", "pdf"))
    reader = PdfReader(io.BytesIO(pdf))
    said = [
        one.content, everything(docx), pdf.decode("latin-1"), str(reader.metadata),
        " ".join(page.extract_text() for page in reader.pages),
        body(browser(room.people.ana).get(f"{PLACE}/report-editions/{one.pk}/")),
        body(browser(room.people.aura).get(f"{PLACE}/reports/{room.report.pk}/")),
        body(browser(room.people.aura).get(f"{PLACE}/reports/{room.report.pk}/history/")),
    ]  # fmt: skip
    for text in said:
        assert SECRET not in text
        assert "relatos secretos" not in text
    assert not any("Cora" in text for text in said[:5]), "nor who froze it"
    assert not (reader.metadata and reader.metadata.author)


def test_freezing_by_hand_in_the_browser(room: Room) -> None:
    page, there = browser(room.pablo), f"{PLACE}/reports/{room.report.pk}/"
    assert "Give it to review first" in body(page.get(f"{there}checklist/"))
    early = page.post(f"{there}freeze/", room.fresh())
    assert early.status_code == 422
    assert "cannot become" in body(early)
    assert page.post(f"{there}step/", room.fresh() | {"to": "review"}).status_code == 302
    assert "It can be frozen now" in body(page.get(f"{there}checklist/"))
    stale = page.post(f"{there}freeze/", {"version": 1})
    assert stale.status_code == 422
    assert not Edition.objects.exists()
    went = page.post(f"{there}freeze/", room.fresh())
    assert went.headers["location"] == f"{PLACE}/report-editions/{Edition.objects.get().pk}/"
    by_hand = page.post(f"{there}step/", room.fresh() | {"to": "frozen"})
    assert by_hand.status_code == 422
    assert "Choose one of the steps" in body(by_hand)
    assert page.post(f"{there}step/", room.fresh() | {"to": "submitted"}).status_code == 302
    assert Report.objects.get().state == "submitted"


def test_text_of_people_cannot_break_the_files(room: Room) -> None:
    nasty = "<w:b/>&amp; \x0b#let x = 1 $ ** ]] «é» \ud83d\ude00".encode("utf-16", "surrogatepass").decode(
        "utf-16"
    )
    with acting_as(room.cora, "") as by:
        one = Paragraph.objects.get(section__code="I")
        services.change_paragraphs(
            by=by, rows=[{"pk": one.pk, "version": one.version, "text": nasty.replace("\x0b", " ")}]
        )
    edition = frozen(room)
    content = editions.read(edition)
    content["sections"][0]["parts"][0]["paragraphs"][0]["text"] = nasty
    made = to_docx(document_of(content, edition))
    assert "<w:b/>&amp; " in docx_text(made)
    assert "** ]] «é»" in docx_text(made)


def test_the_invented_report_has_every_section_and_says_that_it_is_invented(people: People) -> None:
    pablo = person("Pablo", Role.PUBLISHER, of=people.refuge)
    cora = person("Cora", Role.COORDINATOR, of=people.hospital)
    with acting_as(cora, "") as by:
        for _twice in range(2):
            invented.add_mine(by=by, accounts={Role.COORDINATOR: cora, Role.PUBLISHER: pablo})
    report = Report.objects.get()
    assert (report.state, report.invented) == ("draft", True)
    with acting_as(cora, "") as by:
        all_of_it = whole(by, report)
        content = content_of(all_of_it)
    assert [one.state for one in all_of_it.sections] == ["ready"] * len(written())
    assert {one.code: one.answer for one in all_of_it.tables if one.answer != "none"} == {
        "D2": "picture",
        "D9": "picture",
    }
    assert terms.check("\n".join(texts_of(content)), "es") == ()
    edition = Edition.objects.get()
    document = document_of(editions.read(edition), edition)
    assert document.invented == "Datos inventados"
    shown = body(browser(people.ana).get(f"/es/publication/report-editions/{edition.pk}/"))
    assert "Colectiva Inventada del Norte" not in shown
    assert "País Inventado" in shown


def test_without_a_picture_the_invented_report_says_no_data(people: People, settings: Any) -> None:
    settings.PUBLIC_DIR = None
    pablo = person("Pablo", Role.PUBLISHER, of=people.refuge)
    cora = person("Cora", Role.COORDINATOR, of=people.hospital)
    with acting_as(cora, "") as by:
        invented.add_mine(by=by, accounts={Role.COORDINATOR: cora, Role.PUBLISHER: pablo})
    assert set(DataTable.objects.values_list("answer", flat=True)) == {"none"}
    assert Edition.objects.count() == 1


def test_a_report_whose_day_is_not_known_says_so(room: Room) -> None:
    Report.objects.filter(pk=room.report.pk).update(due_on=None)
    shown = browser(room.cora).get(f"{PLACE}/reports/{room.report.pk}/")
    assert shown.status_code == 200
    assert "no day known yet</span>" in body(shown).split("report due on")[1].split("</dd>")[0]


def test_a_report_with_a_table_of_an_invented_picture_is_marked_whoever_made_it(room: Room) -> None:
    assert not room.report.invented
    page, mark = browser(room.cora), "These tables come from an invented picture"
    table = DataTable.objects.get(report=room.report, code="D2")
    section = room.section("III.B")
    pages = [
        f"{PLACE}/reports/{room.report.pk}/", f"{PLACE}/reports/{room.report.pk}/checklist/",
        f"{PLACE}/report-sections/{section.pk}/", f"{PLACE}/report-sections/{section.pk}/write/",
        f"{PLACE}/report-tables/{table.pk}/",
    ]  # fmt: skip
    for one in pages:
        assert mark in body(page.get(one)), one
    assert ">invented<" in compact(body(page.get(f"{PLACE}/reports/")))
    edition = frozen(room)
    assert ">invented<" in compact(body(page.get(f"{PLACE}/report-editions/")))
    with acting_as(room.cora, "") as by:
        docx, pdf = (editions.file_of(by=by, edition=edition, form=form) for form in ("docx", "pdf"))
    with zipfile.ZipFile(io.BytesIO(docx)) as file:
        assert "Datos inventados" in file.read("word/header1.xml").decode()
        assert "<w:headerReference" in file.read("word/document.xml").decode()
    for sheet in PdfReader(io.BytesIO(pdf)).pages:
        assert "datos inventados" in sheet.extract_text().lower()
    with translation.override("es"):
        assert "Everything in this report" not in document_of(editions.read(edition), edition).invented_long


def test_a_report_without_such_a_table_is_not_marked(room: Room) -> None:
    Paragraph.objects.update(picture_table="")
    DataTable.objects.update(answer="none", picture_table="", differs="", reason="r", plan="p")
    page = browser(room.cora)
    assert "come from an invented picture" not in body(page.get(f"{PLACE}/reports/{room.report.pk}/"))
    assert ">invented<" not in compact(body(page.get(f"{PLACE}/reports/")))
    edition = frozen(room)
    assert not edition.is_invented
    assert document_of(editions.read(edition), edition).invented == ""
    StateClaim.objects.update(picture_table="sex_age")
    assert "come from an invented picture" in body(page.get(f"{PLACE}/reports/{room.report.pk}/"))


def test_the_last_net_reads_what_will_be_set(room: Room) -> None:
    """Even where a check before it was passed by, a name in confidence does not get into an edition."""
    Report.objects.filter(pk=room.report.pk).update(
        state_report=f"{SECRET.upper().replace(' ', '  ')} (CRC/1)"
    )
    with acting_as(room.cora, "") as by, mock.patch.object(editions, "check_freeze"):
        services.review(by=by, rows=[room.fresh()])
        refused("reports.names_in_confidence_somewhere", editions.freeze, by=by, rows=[room.fresh()])
    assert not Edition.objects.exists()


def compact(page: str) -> str:
    return re.sub(r"\s*([<>])\s*", r"\1", page)


# --- Four eyes ---------------------------------------------------------------------------------------------------


def test_whoever_wrote_in_a_report_does_not_freeze_it_also_not_in_between(room: Room) -> None:
    one = Paragraph.objects.order_by("pk").first()
    assert one is not None
    nora = person("Nora", Role.COORDINATOR, of=room.people.refuge)
    with acting_as(nora, "") as by:
        services.change_paragraphs(
            by=by, rows=[{"pk": one.pk, "version": one.version, "text": "Nora escribe."}]
        )
    with acting_as(room.cora, "") as by:
        one.refresh_from_db()
        services.change_paragraphs(
            by=by, rows=[{"pk": one.pk, "version": one.version, "text": "Cora corrige."}]
        )
        services.review(by=by, rows=[room.fresh()])
    there = f"{PLACE}/reports/{room.report.pk}/"
    for who in (nora, room.cora):
        with acting_as(who, "") as by:
            refused("reports.own_words", editions.freeze, by=by, rows=[room.fresh()])
        page = browser(who)
        assert "You wrote in this report" in body(page.get(f"{there}checklist/"))
        assert page.post(f"{there}freeze/", room.fresh()).status_code == 422
    with acting_as(room.pablo, "") as by:
        editions.freeze(by=by, rows=[room.fresh()])
        services.take_up(by=by, rows=[room.fresh()])
        one.refresh_from_db()
        services.change_paragraphs(
            by=by, rows=[{"pk": one.pk, "version": one.version, "text": "Pablo añade."}]
        )
        services.review(by=by, rows=[room.fresh()])
        refused("reports.own_words", editions.freeze, by=by, rows=[room.fresh()])
    with acting_as(nora, "") as by:
        editions.freeze(by=by, rows=[room.fresh()])  # she wrote nothing since the last edition
    assert Edition.objects.count() == 2


@pytest.mark.parametrize("part", ["head", "table", "annex", "claim", "removed"])
def test_every_part_of_a_report_counts_as_writing(room: Room, part: str) -> None:
    with acting_as(room.pablo, "") as by:
        if part == "head":
            services.change(by=by, rows=[room.fresh() | {"title": "Otro título"}])
        elif part == "table":
            table = DataTable.objects.filter(report=room.report, answer="none").first()
            assert table is not None
            services.change_tables(
                by=by, rows=[{"pk": table.pk, "version": table.version, "plan": "Otro plan"}]
            )
        elif part == "annex":
            annex = Annex.objects.get()
            services.change_annexes(
                by=by, rows=[{"pk": annex.pk, "version": annex.version, "title": "Otra voz"}]
            )
        elif part == "claim":
            claim = StateClaim.objects.get()
            services.change_claims(by=by, rows=[{"pk": claim.pk, "version": claim.version, "have": "Nada."}])
        else:
            row = {"section": room.section("III.B"), "text": "Sobra."}
            [one] = services.add_paragraphs(by=by, rows=[row])
            services.remove_paragraphs(by=by, rows=[{"pk": one.pk, "version": one.version}])
        services.review(by=by, rows=[room.fresh()])
        refused("reports.own_words", editions.freeze, by=by, rows=[room.fresh()])
