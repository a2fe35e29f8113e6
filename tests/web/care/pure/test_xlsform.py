"""The forms are valid for pyxform, ask in both languages, and ask for nobody's name unless told to."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from pyxform.xls2xform import convert

from cobijo.errors import WrongUsage
from cobijo.sentences import render
from cobijo.web.care.children.concepts import TOLD
from cobijo.web.care.children.rule_reading import load_rules
from cobijo.web.care.exchange.xlsform import Question, element_questions, write_form

TITLE = {"es": "Aviso", "en": "Concern"}
RULES = load_rules("mexico")


def label(text: str) -> dict[str, str]:
    return {"es": text, "en": text}


CONCERN = (
    Question("noticed_on", "date", label("Day"), required=True),
    Question("urgency", "one", label("Urgency"), choices=(("now", label("Now")), ("days", label("Days")))),
    Question("signs", "many", label("Signs"), choices=(("fear", label("Fear")), ("gifts", label("Gifts")))),
    Question("why_now", "note", label("Call first"), relevant=("urgency", "now")),
    Question("gifts_since", "integer", label("Months"), relevant=("signs", "gifts")),
    Question("given", "text", label("Name"), identifying=True),
    Question("story", "text", label("What was noticed")),
    Question("after_story", "integer", label("Number"), relevant=("story", "x")),
)


def sheets(content: bytes) -> dict[str, list[dict[str, Any]]]:
    book = openpyxl.load_workbook(BytesIO(content))
    found = {}
    for sheet in book:
        heading, *rows = sheet.iter_rows(values_only=True)
        found[sheet.title] = [dict(zip(heading, row, strict=True)) for row in rows]
    return found


@pytest.mark.parametrize("fields", [CONCERN, (*CONCERN, *element_questions(RULES))], ids=["concern", "case"])
def test_pyxform_accepts_the_form(tmp_path: Path, fields: tuple[Question, ...]) -> None:
    form = write_form(fields, form_id="aviso", title=TITLE, version="2026112401")
    path = tmp_path / "form.xlsx"
    path.write_bytes(form.content)
    result = convert(xlsform=path, validate=False)
    assert not [warning for warning in result.warnings if "typo" in warning or "missing" in warning.lower()]
    for field in fields:
        assert (f'nodeset="/data/{field.name}"' in result.xform) == (field.name not in form.left_out)
    assert "relevant=\" /data/urgency  = 'now'\"" in result.xform
    assert "selected( /data/signs , 'gifts')" in result.xform


def test_names_and_free_text_are_left_out_and_listed() -> None:
    form = write_form(CONCERN, form_id="aviso", title=TITLE, version="1")
    assert form.left_out == ("given", "story")
    rows = sheets(form.content)["survey"]
    assert not [row for row in rows if row["type"] == "text"]
    assert [row["relevant"] for row in rows if row["name"] == "after_story"] == [None]


def test_a_free_text_is_asked_only_by_name() -> None:
    form = write_form(CONCERN, form_id="aviso", title=TITLE, version="1", ask_anyway={"story"})
    assert form.left_out == ("given",)
    assert "story" in [row["name"] for row in sheets(form.content)["survey"]]


def test_elements_are_asked_in_the_words_of_the_pack() -> None:
    found = sheets(write_form(element_questions(RULES), form_id="caso", title=TITLE, version="1").content)
    asked = {row["name"]: row for row in found["survey"]}
    assert set(asked) == {*TOLD, "exchange_kind"}
    assert asked["online"]["label::Español (es)"] == RULES.elements["online"].names["es"]
    assert asked["online"]["type"] == "select_one yes_no_unknown"
    answers = [row["name"] for row in found["choices"] if row["list_name"] == "yes_no_unknown"]
    assert answers == ["yes", "no", "unknown"]


@pytest.mark.parametrize(
    ("fields", "form_id", "code"),
    [
        (CONCERN, "Bad id", "exchange.form_wrong"),
        ((CONCERN[0], CONCERN[0]), "f", "exchange.field_wrong"),
        ((Question("Bad name", "date", label("x")),), "f", "exchange.field_wrong"),
        ((Question("a", "photo", label("x")),), "f", "exchange.field_wrong"),  # type: ignore[arg-type]
        ((Question("a", "date", {"en": "x"}),), "f", "exchange.label_missing"),
        ((Question("a", "date", label("x"), relevant=("b", "1")),), "f", "exchange.relevant_wrong"),
        ((Question("a", "one", label("x")),), "f", "exchange.choices_wrong"),
        ((Question("a", "one", label("x"), choices=(("a b", label("x")),)),), "f", "exchange.choices_wrong"),
        ((Question("a", "one", label("x"), choices=(("a", {"en": "x"}),)),), "f", "exchange.choices_wrong"),
    ],
)
def test_a_declaration_that_is_no_question_is_refused(fields: Any, form_id: str, code: str) -> None:
    with pytest.raises(WrongUsage) as caught:
        write_form(fields, form_id=form_id, title=TITLE, version="1")
    assert caught.value.code == code
    assert "{" not in render(code, caught.value.params)
