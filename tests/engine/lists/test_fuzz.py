"""Whatever a file holds, reading it ends in a list or in one sentence, never in a traceback."""

from __future__ import annotations

import io
import json
import re
import zipfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cobijo.engine.lists.problems import describe, write_problems, write_rejected
from cobijo.engine.lists.reading import read_list
from cobijo.engine.lists.schema import PROBLEMS, SCHEMA
from cobijo.engine.pack import Pack
from cobijo.errors import InputProblem
from cobijo.sentences import catalogue, render
from tests.engine.lists.conftest import TODAY

ROOT = Path(__file__).parents[3]

HEADERS = st.sampled_from(
    [
        *(
            "nombre",
            "Nombre completo",
            "apellido paterno",
            "apellidos",
            "fecha de nacimiento",
            "CURP",
            "sexo",
            "edad",
        ),
        *(
            "estado",
            "fecha de registro",
            "estatus",
            "prs_First_Name ",
            "vic_MethodsOfControl",
            "address_1",
            "",
            "row",
        ),
        *("año de nacimiento", "mes de nacimiento", "C.P.", "algo más"),
    ]
)
CELLS = st.one_of(
    st.sampled_from(
        [
            *(
                "Ana",
                "José Núñez",
                "31/02/2010",
                "03/04/2012",
                "25/04/2012",
                "2010",
                "M",
                "H",
                "=1+1",
                "@SUM(A1)",
            ),
            *(
                "-5",
                "+52 55",
                "BOXW310820HNERXN09",
                "BOXW310820HNERXN08",
                "99/99/9999",
                "",
                "\x00",
                '"',
                "x" * 10_000,
            ),
            *(
                "ActualVictimOfTrafficking",
                "DebtBondage |Other",
                "1" * 40,
                "٣",
                "½",
                "\u202e",
                "0000-00-00",
                "1e400",
            ),
        ]
    ),
    st.text(max_size=12),
)
TABLES = st.tuples(
    st.lists(HEADERS, min_size=1, max_size=8), st.lists(st.lists(CELLS, max_size=9), max_size=8)
)


@st.composite
def texts(draw: st.DrawFn) -> bytes:
    header, body = draw(TABLES)
    delimiter = draw(st.sampled_from([",", ";", "\t", "|"]))
    quoted = draw(st.booleans())
    lines = [delimiter.join(f'"{c}"' if quoted else c for c in row) for row in [header, *body]]
    end = draw(st.sampled_from(["\n", "\r\n", "\r"]))
    data = end.join(lines).encode(
        draw(st.sampled_from(["utf-8", "latin-1", "cp850", "utf-16", "utf-8-sig"])), "replace"
    )
    if draw(st.booleans()):
        data += draw(st.binary(max_size=30))
    return data[: draw(st.integers(0, len(data)))] if draw(st.booleans()) else data


@st.composite
def workbooks(draw: st.DrawFn) -> bytes:
    header, body = draw(TABLES)
    rows = []
    for n, row in enumerate([header, *body], 1):
        kinds = [draw(st.sampled_from(["inlineStr", "s", "n", "b", "d", "str"])) for _ in row]
        cells = "".join(
            f'<c t="{kind}" s="1"><is><t>{_xml(cell)}</t></is><v>{_xml(cell)}</v></c>'
            for kind, cell in zip(kinds, row, strict=True)
        )
        rows.append(f'<row r="{draw(st.sampled_from([str(n), "x", "99999999", ""]))}">{cells}</row>')
    merges = draw(
        st.sampled_from(
            ["", '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="A2:A9"/></mergeCells>']
        )
    )
    sheet = f"<worksheet><sheetData>{''.join(rows)}</sheetData>{merges}</worksheet>"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns:r="{rel}"><sheets><sheet name="a" r:id="i"/></sheets></workbook>',
        )
        archive.writestr("xl/_rels/workbook.xml.rels", '<R><Relationship Id="i" Target="s.xml"/></R>')
        archive.writestr("xl/styles.xml", '<s><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></s>')
        archive.writestr("xl/s.xml", sheet)
    data = bytearray(out.getvalue())
    for _ in range(draw(st.integers(0, 3))):
        data[draw(st.integers(0, len(data) - 1))] = draw(st.integers(0, 255))
    return bytes(data)


def _xml(text: str) -> str:
    clean = "".join(c for c in text if c.isprintable())
    return clean.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


JSON_LINES = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.builds(
            lambda h, c: '{"' + h.strip() + '": ' + c + "}",
            HEADERS,
            st.sampled_from(
                [
                    "1",
                    '"Ana"',
                    "null",
                    "[1,[2]]",
                    '{"a":{"b":1}}',
                    "1e999",
                    "9" * 5000,
                    "true",
                    "[" * 50,
                    '"\\ud800"',
                ]
            ),
        ),
    ),
    max_size=6,
).map(lambda lines: "\n".join(["{}", *lines]).encode())


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    st.one_of(
        texts(),
        texts(),
        workbooks(),
        JSON_LINES,
        st.binary(max_size=200),
        st.binary(max_size=60).map(lambda b: b"PAR1" + b + b"PAR1"),
    )
)
def test_any_file_gives_a_list_or_a_sentence(tmp_path: Path, mexico: Pack, content: bytes) -> None:
    path = tmp_path / "fuzz"
    path.write_bytes(content)
    problem = None
    try:
        found = read_list(path, pack=mexico, today=TODAY)
    except InputProblem as error:
        problem = error
    if problem is not None:
        assert render(problem.code, problem.params) != problem.code
        return
    assert found.records.schema.equals(SCHEMA)
    assert found.problems.schema.equals(PROBLEMS)
    assert len(set(found.records["record_id"].to_pylist())) == len(found.records)
    for told in found.problems.to_pylist():
        assert told["code"] in catalogue()
        describe(told)
    rejected = {p["row"] for p in found.problems.to_pylist() if p["severity"] == "row"}
    assert rejected == set(found.rejected["row"].to_pylist())
    write_problems([found], tmp_path / "problems.csv")
    assert write_rejected([found], tmp_path / "rejected.csv") == len(found.rejected)


def test_every_code_of_this_room_is_said_mended_and_documented() -> None:
    sentences = {code for code in catalogue() if code.startswith("lists.")}
    reference = (ROOT / "docs/reference/lists.md").read_text(encoding="utf-8")
    spanish = json.loads((ROOT / "src/cobijo/locale/parts/lists.es.json").read_text(encoding="utf-8"))
    used = {
        code
        for path in (ROOT / "src/cobijo/engine/lists").rglob("*.py")
        for code in re.findall(r'"(lists\.[a-z_]+)"', path.read_text(encoding="utf-8"))
    }
    assert used <= sentences
    for code in sentences:
        assert catalogue()[code] in spanish, code
        if not code.endswith((".mend", ".survey", ".read")):
            assert f"`{code}`" in reference, code
