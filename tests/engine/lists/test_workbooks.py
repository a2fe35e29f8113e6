"""Workbooks: header lines, merged cells, dates, formulas, and files that want to eat the machine."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from cobijo.errors import InputProblem
from tests.engine.lists.conftest import Reader, codes, rows

HEADER = ["Nombre", "Apellido paterno", "Apellido materno", "Fecha de nacimiento", "Domicilio"]


def book(fill: Callable[[Worksheet], object]) -> bytes:
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    fill(sheet)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def replace_part(content: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part changed, or added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data) if name == part else data)
        if part not in new.namelist():
            new.writestr(part, change(b""))
    return out.getvalue()


def test_two_header_lines_and_merged_cells(read: Reader) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append(["Registro de casos 2025"])
        sheet.merge_cells("A1:F1")
        sheet.append(["Nombre", "Apellidos", None, "Fecha de nacimiento", "Domicilio", "Sexo"])
        sheet.append([None, "Paterno", "Materno", None, None, None])
        for where in ("A2:A3", "B2:C2", "D2:D3", "E2:E3", "F2:F3"):
            sheet.merge_cells(where)
        sheet.append(["Ana", "Ruiz", "Paz", date(2012, 4, 25), "Calle 1", "F"])
        sheet.append(["Eva", "Ruiz", "Paz", date(2013, 1, 1), None, "M"])
        sheet.merge_cells("E4:E5")

    found = read(book(fill), "casos.xlsx")
    first, second = rows(found)
    assert (first["row"], first["surname1"], first["surname2"]) == (4, "Ruiz", "Paz")
    assert (first["birth_date"], second["birth_precision"]) == (date(2012, 4, 25), "placeholder")
    assert (first["address"], second["address"]) == ("Calle 1", "Calle 1")
    assert second["sex"] == "male"  # M beside F
    assert {"header_two_lines", "merged_cells"} <= set(codes(found, "note"))


def test_numbers_formulas_other_sheets_and_stray_cells(read: Reader) -> None:
    def fill(sheet: Worksheet) -> None:
        sheet.append([*HEADER, "Edad"])
        sheet.append(["Ana", "Ruiz", "Paz", 41024, "Calle 1", 12.0])
        sheet.append(["Eva", "=A1&B1", "Paz", "2011", "Calle 2", 13])
        sheet["Z3"] = "a remark"
        assert sheet.parent is not None
        sheet.parent.create_sheet("Otra")

    found = read(book(fill), "x.xlsx")
    first, second = rows(found)
    assert (first["birth_date"], first["age_at_capture"]) == (date(2012, 4, 25), 12)
    assert second["surname1"] is None
    assert {"date_serial", "formula_empty", "cell_outside", "other_sheets"} <= set(codes(found, "note"))


def test_shared_texts_with_runs_and_reading_marks(read: Reader) -> None:
    texts = ["".join(f"<si><t>{h}</t></si>" for h in HEADER)]
    texts.append("<si><r><t>Ana </t></r><r><t>Luz</t></r><rPh><t>not this</t></rPh></si><si><t>Ruiz</t></si>")
    cells = "".join(f'<c t="s"><v>{i}</v></c>' for i in range(5))
    second = '<c t="s"><v>5</v></c><c t="s"><v>6</v></c><c t="s"><v>99</v></c><c><v>2011</v></c>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    lines = f"<x:row>{cells}</x:row><x:row>{second}</x:row>"
    sheet = f'<x:worksheet xmlns:x="{space}"><x:sheetData>{lines}</x:sheetData></x:worksheet>'
    sheet = (
        sheet.replace("<c", "<x:c")
        .replace("</c>", "</x:c>")
        .replace("<v>", "<x:v>")
        .replace("</v>", "</x:v>")
    )
    content = replace_part(
        book(lambda s: s.append(HEADER)), "xl/worksheets/sheet1.xml", lambda _: sheet.encode()
    )
    shared = f'<sst xmlns="{space}">{"".join(texts)}</sst>'.encode()
    (row,) = rows(read(replace_part(content, "xl/sharedStrings.xml", lambda _: shared), "x.xlsx"))
    assert (row["given1"], row["given2"], row["surname1"], row["surname2"]) == ("Ana", "Luz", "Ruiz", None)
    assert row["birth_precision"] == "year"


def test_claimed_dimensions_and_far_cells_cost_nothing(read: Reader) -> None:
    def claim(data: bytes) -> bytes:
        start, end = data.index(b"<dimension"), data.index(b"/>", data.index(b"<dimension"))
        data = data[:start] + b'<dimension ref="A1:XFD1048576"' + data[end:]
        return data.replace(
            b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        )

    content = book(lambda s: [s.append(HEADER), s.append(["Ana", "Ruiz", "Paz", "2012-04-25", "Calle 1"])])
    found = read(replace_part(content, "xl/worksheets/sheet1.xml", claim), "x.xlsx")
    assert len(found.records) == 1


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/app.xml"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(read: Reader, part: str) -> None:
    content = book(lambda s: s.append(HEADER))
    with pytest.raises(InputProblem) as caught:
        read(replace_part(content, part, lambda data: data + b" " * 120_000_000), "bomb.xlsx")
    assert caught.value.code == "lists.bomb"


def test_entities_that_expand_without_end_are_refused(read: Reader) -> None:
    doctype = b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]><worksheet>&c;</worksheet>'
    content = replace_part(book(lambda s: s.append(HEADER)), "xl/worksheets/sheet1.xml", lambda _: doctype)
    with pytest.raises(InputProblem) as caught:
        read(content, "x.xlsx")
    assert caught.value.code == "lists.corrupt"


def test_damaged_and_foreign_zips(read: Reader) -> None:
    content = book(
        lambda s: [s.append(HEADER), *(s.append(["Ana", "Ruiz", "Paz", "2012", "C"]) for _ in range(50))]
    )
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("readme.txt", "hello")
    for data, code in (
        (content[:-200], "corrupt"),
        (content[:1000], "corrupt"),
        (other.getvalue(), "not_a_workbook"),
    ):
        with pytest.raises(InputProblem) as caught:
            read(data, "x.xlsx")
        assert caught.value.code == f"lists.{code}"
    middle = len(content) // 2
    with pytest.raises(InputProblem):
        read(content[:middle] + b"\x00" * 64 + content[middle + 64 :], "x.xlsx")
