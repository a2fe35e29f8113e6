"""Whole lists, as agencies send them."""

from __future__ import annotations

import csv
import gzip
import json
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cobijo.engine.lists.problems import describe, has_problems, write_problems, write_rejected
from cobijo.engine.lists.reading import list_name, read_list
from cobijo.engine.lists.schema import PROBLEMS, SCHEMA
from cobijo.engine.pack import Pack
from cobijo.errors import InputProblem, WrongUsage
from tests.engine.lists.conftest import TODAY, Reader, codes, rows

SPANISH = (
    "Folio;Nombre(s);Apellido paterno;Apellido materno;Fecha de nacimiento;Sexo;Entidad;Municipio;CURP;"
    "Fecha de registro;Edad;Estatus\r\n"
    "A-1;María Guadalupe;Núñez;de la Cruz;25/04/2012;M;Oaxaca;Juchitán;;2025-03-01;12;"
    "Víctima identificada\r\n"
    "A-2;José;Peña;;2011;H;Edo. de Méx.;;;2025-03-02;14;Presunta\r\n"
)


@pytest.mark.parametrize("encoding", ["latin-1", "cp1252", "cp850", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_spanish_headers_in_every_encoding_and_delimiter(read: Reader, encoding: str, delimiter: str) -> None:
    found = read(SPANISH.replace(";", delimiter).encode(encoding), "dif.csv")
    first, second = rows(found)
    assert found.records.schema.equals(SCHEMA)
    assert found.problems.schema.equals(PROBLEMS)
    assert first["record_id"] == "dif:2"
    assert (first["given1"], first["given2"], first["surname1"], first["surname2"]) == (
        *("María", "Guadalupe", "Núñez"),
        "de la Cruz",
    )
    assert first["birth_date"] == date(2012, 4, 25)
    assert (first["sex"], second["sex"]) == ("female", "male")  # M beside H is mujer
    assert (first["area"], second["area"]) == ("MX-OAX", "MX-MEX")
    assert (first["status"], second["status"]) == ("identified", "presumed")
    assert (second["birth_precision"], second["surname2"]) == ("year", None)
    assert (first["own_id"], first["age_at_capture"], first["capture_date"]) == ("A-1", 12, date(2025, 3, 1))
    assert not has_problems(found)
    assert ("encoding_guessed" in codes(found)) == (encoding in ("latin-1", "cp1252", "cp850"))


def test_the_list_is_the_same_from_every_kind_of_file(read: Reader, tmp_path: Path) -> None:
    header, *body = [line.split(";") for line in SPANISH.splitlines()]
    table = pa.table({h: [r[i] or None for r in body] for i, h in enumerate(header)})
    pq.write_table(table, tmp_path / "x.parquet")
    lines = "\n".join(json.dumps(r) for r in table.to_pylist())
    wanted = read(SPANISH, "x.csv").records.drop_columns(["record_id", "row"])
    for content, file in (
        ((tmp_path / "x.parquet").read_bytes(), "x.parquet"),
        (lines.encode(), "x.jsonl"),
        (gzip.compress(SPANISH.encode()), "x.csv.gz"),
        (b"sep=;\r\n" + SPANISH.encode("latin-1"), "x.csv"),
    ):
        assert read(content, file).records.drop_columns(["record_id", "row"]).equals(wanted), file


HTCDS = {
    "prs_FirstName": "Ana Lucía",
    "prs_SecondName": "Hernández Ruiz",
    "prs_Birthdate": "2011-02-03",
    "prs_Gender": "Feminine",
    "prs_IdentityNumber": "77",
    "prs_MailingState": "Chiapas",
    "vic_TraffickingStatus": "ActualVictimOfTrafficking",
    "vic_TraffickingStatusDecisionMakingOrg": "NGO",
    "vic_MethodsOfControl": "DebtBondage |FalsePromises",
    "vic_TypeOfExploitation": "SexualExploitation|Other",
    "vic_TypeOfSexExploitation": "RemoteInteractiveServices",
    "cas_IncomingReferralDate": "2025-05-06",
}
FORM_SPELLING = {
    "prs_FirstName": "prs_First_Name",
    "prs_SecondName": "prs_Second_Name ",
    "vic_MethodsOfControl": "vic_Methods_of_Control",
    "vic_TraffickingStatus": "victim/vic_Trafficking_Status",
}


@pytest.mark.parametrize("form", [False, True])
def test_htcds_headers_in_both_spellings(read: Reader, form: bool) -> None:
    header = [FORM_SPELLING.get(h, h) if form else h for h in HTCDS]
    cells = [v.replace("|", " ") if form and "|" in v else v for v in HTCDS.values()]
    found = read(",".join(header) + "\n" + ",".join(cells) + "\n")
    (row,) = rows(found)
    assert (row["given1"], row["given2"], row["surname1"], row["surname2"]) == (
        "Ana",
        "Lucía",
        "Hernández",
        "Ruiz",
    )
    assert (row["sex"], row["status"], row["status_body"]) == ("female", "identified", "NGO")
    assert (row["official_id"], row["area"], row["form"]) == ("77", "MX-CHP", "trafficking-sex")
    assert (row["element_means"], row["element_purpose"], row["element_online"]) == (True, True, True)
    assert row["element_travel"] is None
    assert row["capture_date"] == date(2025, 5, 6)
    assert not has_problems(found)


def test_one_column_with_the_full_name(read: Reader) -> None:
    found = read("Nombre completo,Fecha de nacimiento\nMaría de los Ángeles Pérez López,2010-05-06\n")
    (row,) = rows(found)
    assert (row["given1"], row["given2"]) == ("María", "de los Ángeles")
    assert (row["surname1"], row["surname2"]) == ("Pérez", "López")


def test_nothing_is_lost(read: Reader, tmp_path: Path) -> None:
    text = (
        "nombre,apellido paterno,apellido materno,fecha de nacimiento,domicilio\n"
        "Ana,Ruiz,Paz,2010-02-31,\n"  # the day does not exist, the names do: usable
        "Ana,,,,\n"  # too little
        "Eva,Luna\n"  # cut off
        "Eva,Luna,Sol,2010-01-02,Calle 1,surplus\n"
        'Eva,"Luna"x,Sol,2010-01-02,Calle 1\n'
        "nombre,apellido paterno,apellido materno,fecha de nacimiento,domicilio\n"
        "\n"
        "=1+1,Sol,Mar,2010-01-02,Calle 2\n"
    )
    found = read(text)
    assert [r["row"] for r in rows(found)] == [2, 9]
    assert found.rejected["row"].to_pylist() == [3, 4, 5, 6, 7]
    assert found.rejected.column_names[:2] == ["row", "nombre"]
    assert codes(found, "row") == [
        *("row_unlinkable", "row_too_short", "row_too_long", "row_quotes"),
        "header_again",
    ]
    assert codes(found, "field") == ["date_impossible"]
    assert "formula" in codes(found, "note")
    assert write_problems([found], tmp_path / "problems.csv") == len(found.problems)
    assert write_rejected([found], tmp_path / "rejected.csv") == 5
    written = list(csv.DictReader((tmp_path / "problems.csv").open(encoding="utf-8-sig")))
    assert list(written[0]) == ["file", "row", "column", "value", "what is wrong", "how to mend", "code"]
    assert not any(cell[:1] in "=+-@" for row in written for cell in row.values() if cell)
    assert "surplus" in (tmp_path / "rejected.csv").read_text(encoding="utf-8")


def test_every_problem_can_be_said_in_full(read: Reader) -> None:
    found = read("nombre,apellidos,fecha de nacimiento,fecha,status\nA,B,31/02/2010,2030-01-01,quién sabe\n")
    for problem in found.problems.to_pylist():
        for sentence in describe(problem):
            assert sentence
            assert "lists." not in sentence
            assert "{" not in sentence


def test_a_mapping_fills_what_no_header_says(read: Reader) -> None:
    mapping = """
        [columns]
        given_names = "A"
        surnames = "B"
        birth_date = "C"
        address = ["D", "E"]
        status = "F"
        [dates]
        order = "mdy"
        [values.status]
        "en estudio" = "presumed"
        [constants]
        area = "20"
        capture_date = "2025-01-31"
    """
    (row,) = rows(read("A,B,C,D,E,F\nAna,Ruiz Paz,03/04/2012,Calle 5,3,En estudio\n", mapping=mapping))
    assert (row["surname2"], row["birth_date"]) == ("Paz", date(2012, 3, 4))
    assert (row["address"], row["status"], row["area"]) == ("Calle 5 3", "presumed", "MX-OAX")
    assert row["capture_date"] == date(2025, 1, 31)


@pytest.mark.parametrize(
    ("mapping", "code"),
    [
        ("[columns", "lists.mapping_not_toml"),
        ("[columns]\nsoul = 'A'", "lists.mapping_wrong"),
        ("[file]\nencoding = 'klingon'", "lists.mapping_wrong"),
        ("[file]\nencoding = 'base64'", "lists.mapping_wrong"),
        ("[dates]\norder = 'day'", "lists.mapping_wrong"),
        ("[constants]\ncapture_date = 'soon'", "lists.mapping_wrong"),
    ],
)
def test_a_wrong_mapping_is_wrong_usage(read: Reader, mapping: str, code: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        read(SPANISH, mapping=mapping)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "lists.empty"),
        (b"\xef\xbb\xbf \r\n", "lists.empty"),
        (b"nombre,apellidos,fecha de nacimiento\n", "lists.no_rows"),
        (bytes(range(256)) * 40, "lists.not_a_list"),
        (b"%PDF-1.7 ...", "lists.other_kind"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "lists.other_kind"),
        (b"PK\x03\x04" + b"x" * 90, "lists.corrupt"),
        (b"PAR1xxxxPAR1", "lists.corrupt"),
        (gzip.compress(b"nombre,apellidos\nAna,Ruiz\n" * 99, mtime=0)[:-20], "lists.corrupt"),
        (b"a,b,c\n1,2,3\n", "lists.no_known_header"),
        (b"folio,sexo\n1,H\n", "lists.nobody"),
        (b'[{"nombre": "Ana"}]', "lists.json_not_lines"),
        (b"nombre," + b"x" * 5_000_000, "lists.line_too_long"),
    ],
)
def test_what_is_no_list_is_refused_with_one_sentence(read: Reader, content: bytes, code: str) -> None:
    with pytest.raises(InputProblem) as caught:
        read(content, "list.txt")
    assert caught.value.code == code
    assert caught.value.params["file"] == "list.txt"


def test_a_gzip_bomb_is_refused(read: Reader) -> None:
    with pytest.raises(InputProblem) as caught:
        read(
            gzip.compress(b"nombre,apellidos\n" + b"Ana,Ruiz Paz    \n" * 6_000_000, 9, mtime=0),
            "bomb.csv.gz",
        )
    assert caught.value.code == "lists.bomb"


def test_a_missing_file_and_a_folder(mexico: Pack, tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(InputProblem) as caught:
            read_list(path, pack=mexico, today=TODAY)
        assert caught.value.code == "lists.no_such_file"
    assert list_name(Path("a/health.2025.csv.gz")) == "health.2025"


def test_lines_of_two_encodings_and_a_name_with_nul(read: Reader) -> None:
    text = "nombre,apellidos\n" + "Ñandú,Pérez\n" * 5
    found = read(text.encode() + "Ñusta,Gó\x00mez\n".encode("latin-1"))
    assert rows(found)[-1]["given1"] == "Ñusta"
    assert rows(found)[-1]["surname1"] == "Gómez"
    assert {"encoding_mixed", "control_characters"} <= set(codes(found, "note"))


def test_lone_surrogates_in_json(read: Reader) -> None:
    found = read(
        '{"nombre": "Ana \\ud800", "apellidos": "Ruiz", "x": {"\\ud800": {"a": "\\udfff"}}}\n', "x.jsonl"
    )
    assert rows(found)[0]["surname1"] == "Ruiz"


def test_a_mapping_for_several_lists(read: Reader) -> None:
    mapping = "[columns]\nsurnames = 'B'\nstatus = 'F'\n"
    found = read("nombre,apellidos,fecha de nacimiento\nAna,Ruiz,2010-01-02\n", mapping=mapping)
    severities = {p["column"]: p["severity"] for p in found.problems.to_pylist() if "absent" in p["code"]}
    assert (severities["B"], severities["F"]) == ("note", "field")


def test_two_columns_for_one_field_are_said(read: Reader) -> None:
    found = read("nombre,apellidos,fecha de nacimiento,estado,Estado\nAna,Ruiz,2010-01-02,Oaxaca,Chiapas\n")
    assert codes(found, "field") == ["two_columns"]
    assert rows(found)[0]["area"] == "MX-OAX"
