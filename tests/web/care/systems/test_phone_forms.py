"""The forms come from the core fields, in both languages, name nobody, and pyxform takes them."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client
from pyxform.xls2xform import convert

from cobijo.web.care.children.concepts import TOLD
from cobijo.web.care.children.fields import CORE_FIELDS
from cobijo.web.care.systems.phone_forms import ASKS, FORMS, make_form, questions
from cobijo.web.core.accounts.roles import Role
from tests.web.people import People, person

DAY = date(2026, 11, 24)


def survey(content: bytes) -> dict[str, dict[str, Any]]:
    heading, *rows = openpyxl.load_workbook(BytesIO(content))["survey"].iter_rows(values_only=True)
    return {str(row[1]): dict(zip(heading, row, strict=True)) for row in rows}


@pytest.mark.parametrize("languages", [("es", "en"), ("es",), ("en",)], ids=["both", "es", "en"])
@pytest.mark.parametrize("form", FORMS)
def test_pyxform_accepts_the_form(tmp_path: Path, form: str, languages: tuple[str, ...]) -> None:
    made = make_form(form, day=DAY, languages=languages)
    path = tmp_path / "form.xlsx"
    path.write_bytes(made.content)
    result = convert(xlsform=path, validate=False)
    assert result.warnings == []
    for one in questions(form):
        assert (f'/cobijo_{form}/{one.name}"' in result.xform or f'/data/{one.name}"' in result.xform) == (
            one.name not in made.left_out
        )
    assert f'id="cobijo_{form}"' in result.xform


@pytest.mark.parametrize("form", FORMS)
def test_every_core_field_is_asked_or_listed_as_left_out(form: str) -> None:
    made = make_form(form, day=DAY)
    known = {*survey(made.content), *made.left_out}
    declared = {one.name for one in CORE_FIELDS if one.kind in ASKS[form]}
    assert declared - {"elements"} <= known
    if "elements" in declared:
        assert set(TOLD) <= known


def test_no_name_contact_text_or_papers_are_on_a_telephone() -> None:
    left = set(make_form("case", day=DAY).left_out)
    assert {
        "chosen_name", "given", "surname1", "surname2", "birth_date", "official_id", "contact", "safe_contact",
        "migration_situation", "disability_accommodations", "tonight", "wishes",
    } <= left  # fmt: skip
    assert "narrative" in make_form("concern", day=DAY).left_out


def test_a_question_says_why_it_is_asked_in_both_languages() -> None:
    row = survey(make_form("concern", day=DAY).content)["noticed_on"]
    assert (row["type"], row["required"]) == ("date", "yes")
    assert (row["label::English (en)"], row["hint::English (en)"]) == ("Noticed on", "To act in time.")
    assert row["label::Español (es)"] not in (None, "", "Noticed on")
    assert survey(make_form("case", day=DAY).content)["gender"]["type"] == "select_one gender"


def test_the_command_writes_both(tmp_path: Path) -> None:
    call_command("write_forms", str(tmp_path / "forms"))
    assert sorted(one.name for one in (tmp_path / "forms").iterdir()) == ["case.xlsx", "concern.xlsx"]


@pytest.mark.django_db(databases=["default", "keys"])
def test_supervisors_and_data_stewards_fetch_them(people: People) -> None:
    dora = person("Dora", Role.DATA_STEWARD, of=people.refuge)
    for account, status in ((people.sofia, 200), (dora, 200), (people.ana, 403), (people.hugo, 403)):
        client = Client(headers={"host": "localhost"}, raise_request_exception=False)
        client.force_login(account)
        answer = client.get("/en/care/systems/form/concern/")
        assert answer.status_code == status
        assert client.get("/en/care/systems/").status_code == status
    client.force_login(dora)
    page = client.get("/en/care/systems/").content.decode()
    assert "Form of a case (XLSX)" in page
    assert "Hand over records" not in page
    assert client.get("/en/care/systems/form/else/").status_code == 404
