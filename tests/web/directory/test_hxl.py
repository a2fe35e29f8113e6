"""4W tables: read by hashtags in any order, tried first, matched to what is there, and nothing secret in them."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from cobijo.errors import InputProblem
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.audit.models import Event
from cobijo.web.core.country import pack
from cobijo.web.core.jobs import running
from cobijo.web.core.jobs.models import Job, StoredFile
from cobijo.web.directory.coverage import hxl, services
from cobijo.web.directory.coverage.reading import find_area, read_table
from cobijo.web.directory.services.models import PUBLIC, Service
from tests.web.directory.entries import SECRETS, Country, browser, make_country, plant
from tests.web.people import People

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = "/en/coverage/exchange/"
HEAD = "#org+code,#activity+name,#activity+code,#adm1+code\n"


@pytest.fixture
def country(people: People, tmp_path: Path, settings: Any) -> Country:
    settings.DATA_DIR = tmp_path
    return make_country(people)


def upload(text: str | bytes) -> dict[str, Any]:
    return {"table": SimpleUploadedFile("4w.csv", text.encode() if isinstance(text, str) else text)}


def planned(country: Country, text: str) -> services.Plan:
    with acting_as(country.cora, "") as by:
        return services.tried(by=by, table=read_table(text.encode()))


def export(country: Country, form: str) -> bytes:
    answer = browser(country.cora).post(f"{PLACE}export/", {"format": form})
    assert answer.status_code == 200
    return answer.content


def test_attributes_columns_and_headings_may_stand_anyhow(country: Country) -> None:
    text = (
        "Una tabla del grupo de protección;;;;;\nEstado;Quién;Qué;Clave;Niñas;Nota\n"
        "#ADM1 +code;#org +name +i_es;#activity+name;#activity+code;#reached+children+f;\n"
        "MX20;REFUGE;Asesoría;legal;7;x\n"
    )
    table = read_table(text.encode())
    assert table.left_aside == ("#reached+children+f",)
    assert [number for number, _row in table.rows] == [4]
    plan = planned(country, text)
    assert plan.problems == []
    assert [(one.row, one.does, one.values["area"], one.values["kind"]) for one in plan.rows] == [
        (4, "make", "MX-OAX", "legal")
    ]
    assert not Service.objects.exists(), "a trial writes nothing"


@pytest.mark.parametrize(
    ("code", "name", "area"),
    [("MX-OAX", "", "MX-OAX"), ("20", "", "MX-OAX"), ("MX20", "", "MX-OAX"), ("", "oaxaca", "MX-OAX"),
     ("MX07", "", "MX-CHP"), ("", "", ""), ("", "Todo el país", ""), ("99", "", None), ("x", "Puebla", "MX-PUE")],
)  # fmt: skip
def test_states_are_known_by_their_codes_and_names(code: str, name: str, area: str | None) -> None:
    assert find_area(pack(), code, name) == area


def test_every_wrong_row_is_said_with_its_number(country: Country) -> None:
    text = HEAD + (
        "refuge,Uno,legal,MX-OAX\nnobody,Dos,legal,MX-OAX\nrefuge,Tres,prison,MX-OAX\nrefuge,Cuatro,legal,Atlantis\n"
        "refuge,uno,legal,20\nrefuge,,legal,MX-OAX\n"
    )
    plan = planned(country, text)
    said = {row: sentence for row, _field, sentence in plan.problems}
    assert sorted(said) == [3, 4, 5, 6, 7]
    assert "nobody" in said[3]
    assert "Atlantis" in said[5]
    assert "Row 6" in said[6]
    assert not Service.objects.exists()


def test_two_states_in_one_row_and_an_unknown_kind_are_said_with_the_mend(country: Country) -> None:
    text = (
        "#org+code,#activity+name,#activity+code,#adm1+code,#adm1+name\n"
        "refuge,Uno,legal,MX20,Chiapas\nrefuge,Dos,dentist,MX20,Oaxaca\n"
    )
    [(two, _field, states), (three, _kind, kinds)] = planned(country, text).problems
    assert (two, three) == (2, 3)
    assert "MX20" in states and "Chiapas" in states
    assert "“dentist”" in kinds and "shelter, health" in kinds


def test_what_only_the_register_knows_is_said_with_the_row_of_the_file(country: Country) -> None:
    text = (
        "#org+code,#activity+name,#activity+code,#adm1+code,#beneficiary+age+min,#beneficiary+age+max\n\n"
        + ("refuge,Uno,legal,MX-OAX,3,9\n\nrefuge,Dos,legal,MX-OAX,17,12\n")
    )
    plan = planned(country, text)
    assert [row for row, _field, _said in plan.problems] == [5]
    assert "Row 5" in plan.problems[0][2]


@pytest.mark.parametrize(
    "text", ["", "a,b\n1,2\n", "#org,#adm1\nrefuge,MX-OAX\n", "PK\x03\x04", "#org+code\n", HEAD]
)
def test_what_is_no_4w_table_is_one_sentence(country: Country, text: str) -> None:
    with pytest.raises(InputProblem):
        planned(country, text)
    assert browser(country.cora).post(PLACE, upload(text)).status_code == 422


def test_an_organisation_is_found_by_code_or_name_and_never_guessed(country: Country) -> None:
    from cobijo.web.core.accounts.models import Organisation

    Organisation.objects.create(code="uno", name="Fundación Alba", kind="ngo")
    rows = "#org+name,#activity+name,#activity+code,#adm1+code\nfundacion ALBA,X,legal,MX-OAX\n"
    assert planned(country, rows).rows[0].organisation == "Fundación Alba"
    Organisation.objects.create(code="dos", name="Fundacion Alba", kind="ngo")
    assert "several organisations" in planned(country, rows).problems[0][2]
    both = "#org+name,#org+code,#activity+name,#activity+code,#adm1+code\nFundación Alba,dos,X,legal,MX-OAX\n"
    assert planned(country, both).rows[0].values["organisation"].code == "dos"


def test_a_table_is_tried_then_imported_once_and_changes_what_is_there(country: Country) -> None:
    there = country.add(
        name="Uno", kind="legal", phone="1", address="Calle Secreta 7", public=True, any_papers=False
    )
    page = browser(country.cora)
    text = "#org+code,#activity+name,#activity+code,#adm1+code,#contact+phone,#beneficiary+papers+any\n" + (
        "refuge,UNO,legal,MX-OAX,2,\nrefuge,Refugio,shelter,MX-PUE,,\n"
    )
    body = page.post(PLACE, upload(text)).content.decode()
    assert "New: 1 · changed: 1 · as they are: 0 · problems: 0" in body
    assert "telephone: 1 → 2" in body
    file = StoredFile.objects.get(kind="upload")
    assert page.post(PLACE, {"file": str(file.pk)}).status_code == 302
    assert page.post(PLACE, {"file": str(file.pk)}).status_code == 422
    running.run(Job.objects.get().pk)
    job = Job.objects.get()
    assert (job.state, job.code, job.params) == (
        "done",
        "coverage.imported",
        {"made": 1, "changed": 1, "same": 0},
    )
    there.refresh_from_db()
    assert (there.name, there.phone, there.address, there.public) == ("Uno", "2", "Calle Secreta 7", True)
    assert there.any_papers is False, "an empty cell changes nothing"
    new = Service.objects.get(name="Refugio")
    assert (new.hidden_address, new.public, new.area) == (True, False, "MX-PUE")
    assert planned(country, text).count("same") == 2


def test_an_import_that_was_cut_off_makes_no_row_twice(
    country: Country, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cobijo.web.directory.coverage import jobs

    monkeypatch.setattr(jobs, "CHUNK", 2)
    text = HEAD + "".join(f"refuge,Casa {n},legal,MX-OAX\n" for n in range(5))
    page = browser(country.cora)
    page.post(PLACE, upload(text))
    page.post(PLACE, {"file": str(StoredFile.objects.get().pk)})
    country.add(name="Casa 0", kind="legal")
    country.add(name="Casa 2", kind="legal")
    Job.objects.update(cursor=[2, 0, 2])  # as an attempt that was killed after one chunk
    running.run(Job.objects.get().pk)
    assert Job.objects.get().state == "done"
    names = list(Service.objects.order_by("name").values_list("name", flat=True))
    assert names == ["Casa 0", "Casa 2", "Casa 3", "Casa 4"]


def test_an_import_reaches_only_the_own_entries(country: Country) -> None:
    country.add(name="Ajeno", organisation=country.people.hospital, kind="legal", phone="777")
    text = HEAD.replace("\n", ",#contact+phone\n") + "hospital,Ajeno,legal,MX-OAX,1\n"
    answer = browser(country.people.sofia).post(PLACE, upload(text))
    assert "777" not in answer.content.decode()
    assert Service.objects.get(name="Ajeno").phone == "777"
    assert not StoredFile.objects.exists()
    assert browser(country.people.ana).post(PLACE, upload(text)).status_code == 403
    assert browser(country.people.ana).post(f"{PLACE}export/", {"format": "csv"}).status_code == 403


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_exported_comes_back_the_same(country: Country, form: str) -> None:
    whom = {"for_whom": "girls", "age_from": 3, "age_to": 9, "disability": True, "any_papers": False}
    how = {
        "languages": "es, zapoteco",
        "hours": "9 a 5",
        "cost": "paid",
        "child_friendly": True,
        "phone": "+52 951",
    }
    country.add(name="=Uno", kind="legal", capacity=4, **whom, **how)
    country.add(name="Dos", area="", kind="hotline", organisation=country.people.hospital)
    country.add()
    fields = [one for one in PUBLIC if one not in {"public_address", "state", "ended_on"}]
    before = list(Service.objects.order_by("name").values(*fields))
    content = export(country, form)
    table = read_table(content)
    with acting_as(country.cora, "") as by:
        assert [one.does for one in services.tried(by=by, table=table).rows] == ["same"] * 3
    with acting_as(country.cora, "") as by:
        Service.objects.all().delete()
        plan = services.tried(by=by, table=table)
        assert plan.problems == []
        services.write(by=by, planned=plan.rows)
    assert list(Service.objects.order_by("name").values(*fields)) == before


def test_no_cell_starts_a_formula_and_the_hashtags_are_those_of_the_mapping(country: Country) -> None:
    for sign in "=+-@\t":
        country.add(name=f"{sign}cmd", phone=f"{sign}1", hours=f" {sign}2")
    rows = list(csv.reader(io.StringIO(export(country, "csv").decode("utf-8-sig"))))
    assert rows[1] == [one.tag for one in hxl.columns()]
    assert not [cell for row in rows for cell in row if cell.lstrip(" ")[:1] in {"=", "+", "-", "@", "\t"}]
    sheet = load_workbook(io.BytesIO(export(country, "xlsx"))).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value is not None} == {"s"}


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_no_secret_is_in_an_export(country: Country, form: str) -> None:
    plant(country)
    content = export(country, form)
    cells = [str(cell) for _number, row in read_table(content).rows for cell in row.values()]
    said = " ".join(cells)
    assert [one for one in SECRETS if one in said] == []
    assert "Casa Cerrada" not in said
    assert "Casa Terminada" not in said
    assert "Casa Oscura" in said, "the service itself is known, its place is not"
    assert not {"municipality", "address", "public_address"} & {one.field for one in hxl.columns()}
    event = Event.objects.filter(action="export", kind="coverage").latest("pk")
    assert event.detail["format"] == f"hxl-{form}"


def test_every_column_has_a_source_and_is_a_field_that_others_may_see() -> None:
    assert len({one.parsed for one in hxl.columns()}) == len(hxl.columns())
    known = {*PUBLIC, "organisation_code", "organisation_kind", "sector", "kind_words", "area_words"}
    assert {one.field for one in hxl.columns()} <= known
    lines = (Path(hxl.__file__).parent / "hxl.csv").read_text(encoding="utf-8").splitlines()
    assert all(line.rpartition(",")[2] for line in lines)


def test_the_how_to_holds(country: Country) -> None:
    """The table of the manual, as it stands there, makes what the manual says."""
    from cobijo.web.core.accounts.models import Organisation

    Organisation.objects.create(code="casa-alba", name="Casa Alba", kind="ngo")
    text = (Path(__file__).parents[3] / "docs/how-to/exchange-4w-tables.md").read_text(encoding="utf-8")
    table = text.split("```csv\n")[1].split("```")[0]
    plan = planned(country, table)
    assert plan.problems == []
    made = [
        (one.does, one.values["area"], one.values["kind"], one.values["hidden_address"]) for one in plan.rows
    ]
    assert made == [("make", "MX-OAX", "shelter", True), ("make", "", "legal", False)]
    assert read_table(table.encode()).left_aside == ("#reached+children+f",)
    for one in hxl.columns():
        assert one.tag in text, one.tag
