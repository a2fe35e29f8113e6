"""Files as agencies send them, byte for byte the same for the same rows: no times and no machine in them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import pyarrow as pa
import pyarrow.parquet as pq

from cobijo.engine.simulate.agencies import Agency

Columns = Mapping[str, Sequence[str | None]]

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
#: The smallest workbook that spreadsheets open: one sheet with its texts inside the cells.
_PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>'
        '<sheet name="Registros" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1"'
        f' Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    ),
}
_LONG_AGO = (2025, 1, 1, 0, 0, 0)  # zip entries need a time; this one says nothing


def _csv(path: Path, columns: Columns, agency: Agency) -> None:
    with path.open("w", encoding=agency.encoding, errors="replace", newline="") as file:
        writer = csv.writer(file, delimiter=agency.delimiter, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows(zip(*columns.values(), strict=True))


def _jsonl(path: Path, columns: Columns, agency: Agency) -> None:
    headers = list(columns)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for row in zip(*columns.values(), strict=True):
            known = {header: value for header, value in zip(headers, row, strict=True) if value is not None}
            file.write(json.dumps(known, ensure_ascii=False) + "\n")


def _parquet(path: Path, columns: Columns, agency: Agency) -> None:
    table = pa.table({header: pa.array(values, pa.string()) for header, values in columns.items()})
    pq.write_table(table.replace_schema_metadata({"invented": "true"}), path)


def _letters(column: int) -> str:
    """The spreadsheet's name of a column, counted from 0."""
    return chr(65 + column) if column < 26 else chr(64 + column // 26) + chr(65 + column % 26)


def _xlsx(path: Path, columns: Columns, agency: Agency) -> None:
    above = [[agency.title]] if agency.title else []
    names = [_letters(n) for n in range(len(columns))]
    sheet = io.StringIO()
    sheet.write(f'{_XML}<worksheet xmlns="{_MAIN}"><sheetData>')
    number = 0
    for rows in (above, [list(columns)], zip(*columns.values(), strict=True)):
        for row in rows:
            number += 1
            cells = "".join(
                f'<c r="{name}{number}" t="inlineStr"><is><t>{escape(value)}</t></is></c>'
                for name, value in zip(names, row, strict=False)
                if value
            )
            sheet.write(f'<row r="{number}">{cells}</row>')
    sheet.write("</sheetData></worksheet>")
    parts = {name: _XML + text for name, text in _PARTS.items()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in (*parts.items(), ("xl/worksheets/sheet1.xml", sheet.getvalue())):
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, text)


_WRITERS: Mapping[str, Callable[[Path, Columns, Agency], None]] = {
    "csv": _csv,
    "jsonl": _jsonl,
    "parquet": _parquet,
    "xlsx": _xlsx,
}


def write_list(folder: Path, columns: Columns, agency: Agency) -> Path:
    """Write one agency's list; returns the file."""
    path = folder / f"{agency.name}.{agency.file}"
    _WRITERS[agency.file](path, columns, agency)
    return path
