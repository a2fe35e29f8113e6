"""Nothing that is mapped is lost between us and HTCDS, nobody is named by default, and every spelling is read."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cobijo.errors import InputProblem
from cobijo.sentences import render
from cobijo.web.care.children.concepts import TOLD
from cobijo.web.care.exchange.htcds import (
    export_records,
    import_records,
    pseudonymise,
    read_document,
)
from cobijo.web.care.exchange.mapping import Field, htcds, schema
from cobijo.web.care.exchange.workbook import read_workbook, rows_of, write_workbook

DAY = date(2026, 11, 24)
VALIDATOR = jsonschema_rs.Draft202012Validator(schema())
TEXTS = {
    "nationality": ["MX", "GTM"], "language": ["es", "nah"], "language_2": ["en"], "home_area": ["MX-OAX"],
    "area": ["MX-PUE"], "country": ["MX"], "closure_reason": ["moved_away"], "reference": ["A1B2-C3D4"],
    "concepts": ["cse", "sale"], "event_month": ["2026-01"], "status_month": ["2026-02"],
    "exchange_kind": ["money", "debt_relief"],
}  # fmt: skip


def value_of(field: Field) -> st.SearchStrategy[Any]:
    """A value as our records hold it."""
    ours = (
        [*field.codes.values(), *field.coarse]
        if field.codes
        else list(field.allowed or TEXTS.get(field.ours, ()))
    )
    if field.many:
        return st.lists(st.sampled_from(ours), min_size=1, unique=True)
    if field.kind == "boolean":
        return st.booleans()
    if field.kind == "integer":
        return st.integers(field.spec["minimum"], field.spec["maximum"])
    if field.kind == "date":
        return st.dates(date(2000, 1, 1), DAY).map(date.isoformat)
    return st.sampled_from(ours or ["Sol", "A-1"])


def values() -> st.SearchStrategy[dict[str, Any]]:
    by_name = {
        field.ours: field for field in htcds().fields
    }  # the extension's, which is the exact one, comes last
    return st.fixed_dictionaries({}, optional={name: value_of(field) for name, field in by_name.items()})


def consistent(record: dict[str, Any]) -> dict[str, Any]:
    """A status of victim without any derived concept cannot be told from the standard's own word for trafficking."""
    return {**record, "concepts": record.get("concepts") or ["trafficking"]} if "status" in record else record


def normal(record: dict[str, Any]) -> dict[str, Any]:
    """Lists compared as sets: two codes that the standard says with one word keep no order there."""
    return {name: sorted(v) if isinstance(v, list) else v for name, v in record.items()}


@given(st.lists(values().map(consistent), min_size=1, max_size=3))
@settings(max_examples=150, deadline=None)
def test_everything_comes_back_through_json(records: list[dict[str, Any]]) -> None:
    made = export_records(records, day=DAY, pseudonymised=False)
    assert (made.problems, made.unmapped, made.withheld) == ((), {}, {})
    VALIDATOR.validate(made.document)
    back = import_records(read_document(json.dumps(made.document).encode()), with_identities=True)
    assert (back.problems, back.unmapped, back.identities) == ((), {}, {})
    assert [normal(one) for one in back.records] == [normal(one) for one in records]


@given(records=st.lists(values().map(consistent).filter(bool), min_size=1, max_size=2))
@settings(max_examples=25, deadline=None)
def test_everything_comes_back_through_a_workbook(
    tmp_path_factory: pytest.TempPathFactory, records: list[dict[str, Any]]
) -> None:
    path = tmp_path_factory.mktemp("book") / "records.xlsx"
    path.write_bytes(write_workbook(export_records(records, day=DAY, pseudonymised=False).document))
    back = import_records(read_workbook(path), with_identities=True)
    assert (back.problems, back.unmapped) == ((), {})
    assert [normal(one) for one in back.records] == [normal(one) for one in records]


@given(values().map(consistent))
@settings(max_examples=150, deadline=None)
def test_what_leaves_by_default_names_nobody(record: dict[str, Any]) -> None:
    made = export_records([record], day=DAY)
    VALIDATOR.validate(made.document)
    exact = {field.ours for field in htcds().fields if field.identity or field.withheld}
    assert exact == {
        "given", "given2", "surname1", "surname2", "chosen_name", "official_id", "birth_date", "birth_year", "age",
        "age_at_event", "event_date",
    }  # fmt: skip
    names = {name for one in made.document["records"] for name in rows_of(made.document)[0] or one}
    assert not {htcds().find(name).ours for name in names if htcds().find(name)} & exact  # type: ignore[union-attr]
    assert set(made.withheld) == exact & record.keys()
    back = import_records(enumerate(made.document["records"], start=1))
    assert normal(back.records[0]) == normal(pseudonymise(record, day=DAY))


def test_bands_stand_for_exact_ages_and_days() -> None:
    record = {"given": "Sol", "birth_date": "2014-11-25", "age_at_event": 10, "event_date": "2025-02-14"}
    assert pseudonymise(record, day=DAY) == {
        "age_band": "6-11", "age_band_at_event": "6-11", "event_month": "2025-02",
    }  # fmt: skip
    assert pseudonymise({"birth_date": "2014-11-24"}, day=DAY) == {"age_band": "12-14"}
    assert pseudonymise({"birth_year": 2008}, day=DAY) == {
        "age_band": "15-17"
    }  # 17 or 18: counts as the child


def test_every_field_of_the_standard_is_mapped_or_says_why_not() -> None:
    theirs = [field.name for field in htcds().fields if not field.extension]
    assert len(theirs) == len(set(theirs))
    assert not set(theirs) & htcds().not_mapped.keys()
    assert len(theirs) + len(htcds().not_mapped) == 83
    prefixes = Counter(name[:3] for name in [*theirs, *htcds().not_mapped])
    assert prefixes == {
        "org": 10, "prs": 25, "vic": 16, "per": 2, "cas": 13, "cco": 1, "hte": 10, "spl": 5, "con": 1,
    }  # fmt: skip
    assert {field.ours for field in htcds().fields} >= set(TOLD)


def test_both_official_spellings_are_read() -> None:
    by_ods = {
        "prs_SecondName": "Invented", "vic_MethodsOfControl": "DebtBondage;FalsePromises",
        "vic_RelationshipToTrafficker": "Unaquainted", "con_Consent": "true",
    }  # fmt: skip
    by_form = {
        "grp/prs_Second_Name": "Invented", "vic_Methods_of_Control": "DebtBondage  FalsePromises",
        "vic_RelationshipToTrafficker": "Unacquainted", "con_Consent": "1",
    }  # fmt: skip
    by_markdown = {
        "prs_SecondName": "Invented", "MethodsOfControlDebtBondage": "TRUE", "MethodsOfControlFalsePromises": "1",
        "MethodsOfControlTakesEarnings": "FALSE", "vic_RelationshipToTrafficker": "unaquainted", "con_Consent": "yes",
    }  # fmt: skip
    found = import_records(enumerate([by_ods, by_form, by_markdown], start=1), with_identities=True)
    assert (found.problems, found.unmapped) == ((), {})
    assert found.records[0] == found.records[1] == found.records[2]
    assert found.records[0]["control"] == ["debt_bondage", "false_promises"]
    assert found.records[0]["third_party_relation"] == "stranger"


def test_a_trailing_space_and_two_methods_that_only_the_markdown_has() -> None:
    found = import_records(
        [(2, {"vic_Methods_of_Control": "DebtBondage ", "MethodsOfControlUsesChildren": "true"})]
    )
    assert found.records[0]["control"] == ["debt_bondage", "uses_children"]
    again = export_records(found.records, day=DAY).document["records"][0]
    assert again["vic_MethodsOfControl"] == ["DebtBondage", "Other"]
    assert again["x_cobijo"]["control"] == ["debt_bondage", "uses_children"]


def test_a_title_labelled_second_name_is_no_name() -> None:
    found = import_records([(1, {"prs_Title": "Invented"})], with_identities=True)
    assert found.records == ({},)
    assert found.unmapped == {"prs_Title": 1}


def test_a_status_of_trafficking_is_claimed_only_where_trafficking_was_derived() -> None:
    rows = [
        {"status": "identified", "concepts": ["cse"]},
        {"status": "identified", "concepts": ["cse", "trafficking"]},
        {"status": "at_risk", "concepts": ["trafficking"]},
    ]
    made = export_records(rows, day=DAY).document["records"]
    assert [one.get("vic_TraffickingStatus") for one in made] == [None, "ActualVictimOfTrafficking", None]
    assert import_records(enumerate(made)).records == tuple(rows)
    theirs = import_records([(1, {"vic_TraffickingStatus": "PossibleVictimOfTrafficking"})]).records[0]
    assert theirs == {"status": "presumed", "concepts": ["trafficking"]}


def test_names_of_others_are_left_out_and_counted() -> None:
    found = import_records(
        [(1, {"prs_FirstName": "Sol", "prs_Gender": "Feminine"}), (2, {"prs_FirstName": "Mar"})]
    )
    assert found.records == ({"gender": "girl"}, {})
    assert found.identities == {"prs_FirstName": 2}


def test_what_has_no_place_is_listed_on_both_ways() -> None:
    made = export_records([{"favourite_colour": "blue", "sex": "female", "note": ""}], day=DAY)
    assert made.unmapped == {"favourite_colour": 1}
    found = import_records(
        [(1, {"org_Name": "x", "colour": "blue"}), (2, {"colour": "red", "org_Name": " "})]
    )
    assert found.unmapped == {"org_Name": 1, "colour": 2}


@pytest.mark.parametrize(
    ("column", "value", "code"),
    [
        ("prs_Gender", "Purple", "exchange.code"),
        ("vic_TypeOfExploitation", "ForcedLabour;Purple", "exchange.code"),
        ("vic_AgeWhenTrafficked", "-3", "exchange.number"),
        ("vic_AgeWhenTrafficked", "300", "exchange.number"),
        ("vic_AgeWhenTrafficked", True, "exchange.number"),
        ("hte_Date", "2026-02-30", "exchange.day"),
        ("hte_State", "Puebla", "exchange.text_wrong"),
        ("con_Consent", "perhaps", "exchange.yes_no"),
        ("prs_Gender", {"a": 1}, "exchange.text_wrong"),
        ("MethodsOfControlDebtBondage", "perhaps", "exchange.yes_no"),
        ("x_cobijo_online", "perhaps", "exchange.yes_no"),
        ("x_cobijo_reference", "María Pérez", "exchange.text_wrong"),
    ],
)
def test_a_bad_value_is_one_sentence_with_row_and_field(column: str, value: Any, code: str) -> None:
    found = import_records([(7, {column: value, "prs_PrimaryLanguage": "es"})])
    assert [(one.row, one.code) for one in found.problems] == [(7, code)]
    assert found.records == ({"language": "es"},)
    sentence = render(found.problems[0].code, found.problems[0].params)
    assert "Row 7" in sentence
    assert str(found.problems[0].params["field"]) in sentence
    assert "{" not in sentence.replace("{'a': 1}", "")


def test_a_bad_birth_date_is_not_repeated() -> None:
    found = import_records([(3, {"prs_Birthdate": "2014-13-01"})], with_identities=True)
    assert "2014" not in render(found.problems[0].code, found.problems[0].params)


def test_a_bad_value_of_ours_does_not_leave() -> None:
    made = export_records([{"gender": "purple", "sex": "female"}], day=DAY)
    assert made.document["records"] == [{"x_cobijo": {"sex": "female"}}]
    assert [(one.row, one.field, one.code) for one in made.problems] == [(1, "prs_Gender", "exchange.code")]


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"\xff\xfe", "not_json"), (b"{", "not_json"), (b"[" * 100_000, "not_json"), (b"7", "no_records"),
     (b'{"records": [1]}', "no_records"), (b'{"records": {}}', "no_records")],
)  # fmt: skip
def test_a_file_that_is_none_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(InputProblem, match=code):
        read_document(data)


def test_a_workbook_with_two_columns_for_one_field_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "two.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["prs_SecondName", "prs_Second_Name"])
    book.active.append(["a", "b"])
    book.save(path)
    with pytest.raises(InputProblem, match="column_twice"):
        read_workbook(path)


def test_a_workbook_without_rows_and_a_cell_outside_the_heading(tmp_path: Path) -> None:
    path = tmp_path / "short.xlsx"
    book = openpyxl.Workbook()
    book.active.append(["prs_Gender"])
    book.save(path)
    with pytest.raises(InputProblem, match="no_records"):
        read_workbook(path)
    book.active.append(["Feminine", "a note"])
    book.save(path)
    assert import_records(read_workbook(path)).unmapped == {"column 2": 1}


def test_no_text_becomes_a_formula(tmp_path: Path) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(
        write_workbook(export_records([{"given": "=1+1"}], day=DAY, pseudonymised=False).document)
    )
    cell = openpyxl.load_workbook(path)["records"]["A2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
