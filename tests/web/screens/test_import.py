"""Import: columns put to fields, tried first, then each row once."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cobijo.web.core.access.context import Access, acting_as
from cobijo.web.core.accounts.models import Account, Organisation
from cobijo.web.core.audit.models import Event
from cobijo.web.core.jobs import running
from cobijo.web.core.jobs.models import Job, StoredFile
from cobijo.web.core.screens import import_pages, importing, sheets, trying
from cobijo.web.core.screens.register import registers
from cobijo.web.core.vault.keystore.models import SubjectKey
from cobijo.web.core.vault.queries import find
from cobijo.web.directory.services.models import Service
from tests.web.demo_person import KIND, DemoPerson, DemoPersonRevision
from tests.web.people import People
from tests.web.screens.conftest import Directory
from tests.web.screens.test_people import CANARY, CHILD, assert_nowhere_plain

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
PLACE = "/en/directory/services/import/"
PEOPLE = "/en/demo/people/import/"
SignIn = Callable[[Account], Client]
GOOD = "organisation,name,kind,state,capacity,extra\nrefuge,Uno,Shelter,Oaxaca,3,x\nRefuge,'=Dos,legal,MX-PUE,,\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.DATA_DIR = tmp_path
    return tmp_path


def table(text: str | bytes) -> dict[str, Any]:
    return {"table": SimpleUploadedFile("t.csv", text.encode() if isinstance(text, str) else text)}


def columns(page: Client, text: str | bytes, place: str = PLACE) -> tuple[dict[str, str], str]:
    """Hand a table in; gives the form of the columns as it stands, and the page."""
    answer = page.post(place, table(text))
    assert answer.status_code == 302, answer.content.decode()
    body = page.get(answer["Location"]).content.decode()
    form = {"file": answer["Location"].split("file=")[1]}
    for part in re.split(r"<select", body)[1:]:
        chosen = re.search(r'value="(\w+)"\s+selected', part)
        form[re.search(r'name="(map_\d+)"', part)[1]] = chosen[1] if chosen else ""  # type: ignore[index]
    return form, body


def tried(page: Client, text: str | bytes, place: str = PLACE) -> tuple[dict[str, str], str]:
    form, _body = columns(page, text, place)
    answer = page.post(place, form)
    assert answer.status_code == 200, answer.content.decode()
    return form, answer.content.decode()


def run(answer: Any) -> Job:
    assert answer.status_code == 302, answer.content.decode()
    job = Job.objects.get(pk=answer["Location"].rstrip("/").rsplit("/", 1)[1])
    running.run(job.pk)
    job.refresh_from_db()
    return job


def test_a_table_is_tried_and_then_imported_once(directory: Directory, signed_in: SignIn) -> None:
    page = signed_in(directory.people.sofia)
    form, body = tried(page, GOOD)
    assert [form[f"map_{n}"] for n in range(6)] == ["organisation", "name", "kind", "area", "capacity", ""]
    assert "2 of 2 rows are in order" in body
    assert Service.objects.count() == 2, "a trial writes nothing"
    job = run(page.post(PLACE, form | {"step": "import"}))
    assert page.post(PLACE, form | {"step": "import"}).status_code == 422, "handed in once"
    assert (job.state, job.code, job.params) == ("done", "screens.imported", {"count": 2})
    made = Service.objects.exclude(pk__in=[directory.own.pk, directory.theirs.pk]).order_by("pk")
    assert [(s.name, s.kind, s.area, s.capacity) for s in made] == [
        ("Uno", "shelter", "MX-OAX", 3),
        ("=Dos", "legal", "MX-PUE", None),
    ]
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(
    ("heads", "fields"),
    [
        (("Nombre", "ESTADO", "places free"), ("name", "area", "")),
        (("name", "Name", "name "), ("name", "", "")),
        (("Lugares_libres ahora", "free-places_NOW"), ("capacity", "")),
        (("Dirección", "hours"), ("address", "hours")),
    ],
)
def test_columns_are_guessed_in_both_languages(heads: tuple[str, ...], fields: tuple[str, ...]) -> None:
    assert importing.guessed(registers()["service"], heads) == fields


def test_columns_can_be_put_otherwise_and_wrong_ones_are_one_sentence(
    directory: Directory, signed_in: SignIn
) -> None:
    page = signed_in(directory.people.sofia)
    form, body = columns(page, "a,b,c\nrefuge,Uno,legal\n")
    assert "Uno" in body, "an example of each column"
    for wrong, says in (
        ({}, "No column is put to a field."),
        ({"map_0": "name", "map_1": "name"}, "Two columns are put to"),
        ({"map_0": "organisation", "map_2": "kind"}, "which must be filled in"),
        ({"map_0": "password"}, "No column is put to a field."),
    ):
        answer = page.post(PLACE, form | wrong)
        assert answer.status_code == 422
        assert says in answer.content.decode()
    right = form | {"map_0": "organisation", "map_1": "name", "map_2": "kind"}
    assert "1 of 1 rows are in order" in page.post(PLACE, right).content.decode()


def test_the_trial_names_row_field_and_problem(directory: Directory, signed_in: SignIn) -> None:
    text = (
        "organisation,name,kind,state,municipality,from age,to age\n"
        "refuge,Uno,prison,,,,\nrefuge,,legal,,,,\n\nnobody,Tres,legal,,,,\nrefuge,Cuatro,legal,,,17,12\n"
        "refuge,Bueno,legal,,,,\n"
    )
    _form, body = tried(signed_in(directory.people.sofia), text)
    assert "1 of 5 rows are in order" in body
    for said in ("prison", "This field is required.", "Row 6: the first age is above the last."):
        assert said in body
    assert "Import these rows" not in body


def test_a_tick_is_yes_or_no_and_nothing_is_guessed(directory: Directory, signed_in: SignIn) -> None:
    """A Spanish spreadsheet writes VERDADERO; taken for no, it would show where a hidden service lies."""
    text = (
        "organisation,name,kind,hidden address\nrefuge,Uno,legal,VERDADERO\nrefuge,Dos,legal,falso\n"
        "refuge,Tres,legal,\nrefuge,Cuatro,legal,maybe\n"
    )
    page = signed_in(directory.people.sofia)
    _form, body = tried(page, text)
    assert "3 of 4 rows are in order" in body
    assert "“maybe” is neither yes nor no. Write yes or no." in body
    access, register = Access(0, 0, frozenset(), via="system"), registers()["service"]
    reader = importing.Reader(access, register)
    ticks = [
        reader.values({"hidden_address": one})[0]["hidden_address"]
        for one in ("VERDADERO", "Sí", "FALSO", "")
    ]
    assert ticks == [True, True, False, False]


def test_an_organisation_called_like_another_is_not_guessed(directory: Directory, signed_in: SignIn) -> None:
    for code in ("alba-1", "alba-2"):
        Organisation.objects.create(code=code, name="Casa Alba", kind="ngo")
    reader = importing.Reader(Access(0, 0, frozenset(), via="system"), registers()["service"])
    values, problems = reader.values({"organisation": "casa alba", "name": "Uno", "kind": "legal"})
    assert "organisation" not in values
    assert "Several are called “casa alba”" in dict(problems)["Organisation"]
    assert reader.values({"organisation": "ALBA-2"})[0]["organisation"].code == "alba-2"


def _workbook(spoil: str, content: bytes | None) -> bytes:
    """A workbook one part of which is spoiled, or missing."""
    whole, spoiled = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(spoiled, "w") as target:
        for name in source.namelist():
            if not name.endswith(spoil):
                target.writestr(name, source.read(name))
            elif content is not None:
                target.writestr(name, content)
    return spoiled.getvalue()


@pytest.mark.parametrize("letters", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_spreadsheets_own_letters_are_read(directory: Directory, signed_in: SignIn, letters: str) -> None:
    page = signed_in(directory.people.sofia)
    long = "ñ" * 9000  # beyond the first piece that is read
    text = f"organisation;name;kind;hours\nrefuge;Año “Muñoz”;legal;{long}\n"
    _form, body = columns(page, text.encode(letters))
    assert "Año “Muñoz”" in body
    head = importing.head(registers()["service"], io.BytesIO(text.encode(letters)))
    assert head.example[:2] == ("refuge", "Año “Muñoz”")
    [(_row, said)] = importing.rows(io.BytesIO(text.encode(letters)), head.fields)
    assert said["hours"] == long


@pytest.mark.parametrize(
    "content",
    [_workbook("sheet1.xml", b"<worksheet"), _workbook("sheet1.xml", None), _workbook("workbook.xml", b"<")],
    ids=["cut sheet", "no sheet", "cut book"],
)
def test_a_damaged_workbook_is_one_sentence(directory: Directory, signed_in: SignIn, content: bytes) -> None:
    answer = signed_in(directory.people.sofia).post(PLACE, table(content), follow=True)
    assert "not a table that can be read" in answer.content.decode()


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"PK\x03\x04broken", b"\n\n", b"\x00" * 100, b"a,\xe9\n"]
)
def test_what_is_no_table_is_one_sentence(directory: Directory, signed_in: SignIn, content: bytes) -> None:
    page = signed_in(directory.people.sofia)
    answer = page.post(PLACE, table(content))
    if answer.status_code == 302:
        answer = page.get(answer["Location"])
    assert answer.status_code in {200, 422}
    assert Service.objects.count() == 2


def test_a_table_may_not_be_too_large(
    directory: Directory, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = signed_in(directory.people.sofia)
    monkeypatch.setattr(importing, "MOST_ROWS", 3)
    form, _body = columns(page, "organisation,name,kind\n" + "refuge,Uno,legal\n" * 4)
    answer = page.post(PLACE, form)
    assert (answer.status_code, "more than 3 rows" in answer.content.decode()) == (422, True)
    monkeypatch.setattr(sheets, "MOST_BYTES", 100)
    answer = page.post(PLACE, table("organisation,name,kind\n" + "refuge,Uno,legal\n" * 10))
    assert (answer.status_code, "larger than" in answer.content.decode()) == (422, True)


def test_an_upload_never_lies_open_on_the_disk(
    directory: Directory, signed_in: SignIn, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import tempfile

    def refused(*_asked: Any, **_named: Any) -> None:
        raise AssertionError("an open temporary file")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refused)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    columns(signed_in(directory.people.sofia), GOOD * 50)
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert kept
    assert not [one for one in kept if b"refuge" in one]


def test_forms_of_the_import_are_guarded(directory: Directory) -> None:
    page = Client(headers={"host": "localhost"}, enforce_csrf_checks=True)
    page.force_login(directory.people.sofia)
    assert page.post(PLACE, table(GOOD)).status_code == 403
    assert not StoredFile.objects.exists()


def test_an_import_that_was_cut_off_goes_on_where_it_was(
    directory: Directory, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "chunk_size", lambda: 2)
    text = "organisation,name,kind\n" + "".join(f"refuge,Casa {n},legal\n" for n in range(7))
    page = signed_in(directory.people.sofia)
    form, _body = tried(page, text)
    answer = page.post(PLACE, form | {"step": "import"})
    job = Job.objects.get()
    Job.objects.filter(pk=job.pk).update(
        cursor={"row": 5, "count": 4}
    )  # an attempt that was killed after two chunks
    assert "In are 4 rows, down to row 5" in page.get("/en/imports/").content.decode()
    job = run(answer)
    assert job.params == {"count": 7}
    assert sorted(
        Service.objects.filter(name__startswith="Casa ", kind="legal").values_list("name", flat=True)
    ) == ["Casa 4", "Casa 5", "Casa 6"]


def test_an_import_that_stops_says_which_rows_are_in(
    directory: Directory, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(trying, "chunk_size", lambda: 2)
    page = signed_in(directory.people.sofia)
    text = "organisation,name,kind\n" + "".join(f"refuge,Casa {n},legal\n" for n in range(5))
    form, _body = tried(page, text)
    with acting_as(directory.people.sofia, "") as by:
        from cobijo.web.directory.services import services

        row = {"organisation": directory.people.refuge, "name": "Casa 3", "kind": "legal"}
        services.add(by=by, rows=[row])
    job = run(page.post(PLACE, form | {"step": "import"}))
    assert (job.state, Service.objects.filter(name__startswith="Casa ").count()) == ("failed", 4)
    body = page.get("/en/imports/").content.decode()
    assert "In are 2 rows, down to row 3" in body


def test_an_import_is_for_those_who_may(directory: Directory, signed_in: SignIn) -> None:
    assert signed_in(directory.people.ana).get(PLACE).status_code == 403
    sofia = signed_in(directory.people.sofia)
    form, _body = columns(sofia, "organisation,name,kind\nhospital,Ajeno,legal\n")
    assert sofia.post(PLACE, form).status_code in {200, 403}
    assert Service.objects.count() == 2
    cora = signed_in(directory.cora)
    for asked in (form, form | {"step": "import"}):
        assert cora.post(PLACE, asked).status_code == 422, "nobody touches another's file"
    assert cora.get(f"{PLACE}?file={form['file']}").status_code == 422


# --- People whose names are sealed

HEAD = "given names,first surname,second surname,date of birth,official id,status,state,risk,opened\n"


def lines(count: int, start: int = 0) -> str:
    return HEAD + "".join(
        f"{CANARY} {n},Vázquez,Luna,2012-03-04,VAPX{n:06}MOCZXNA1,open,Oaxaca,low,2026-01-05\n"
        for n in range(start, start + count)
    )


def test_people_are_imported_sealed_found_and_on_record(children: People, signed_in: SignIn) -> None:
    page = signed_in(children.ana)
    keys = SubjectKey.objects.count()
    form, body = tried(page, lines(30), PEOPLE)
    assert "30 of 30 rows are in order" in body
    assert SubjectKey.objects.count() == keys, "a trial leaves no keys behind"
    job = run(page.post(PEOPLE, form | {"step": "import"}))
    assert (job.state, job.params) == ("done", {"count": 30}), job.code
    with acting_as(children.ana, "follow_case") as by:
        made = list(DemoPerson.objects.order_by("pk"))
        assert (len(made), {one.area for one in made}, made[0].made_by_id) == (
            30,
            {"MX-OAX"},
            children.ana.pk,
        )
        assert DemoPersonRevision.objects.count() == 30
        assert find(by, "search", kind=KIND, official_id="VAPX000007MOCZXNA1") == [made[7].pk]
    (event,) = Event.objects.filter(action="add", kind=KIND)
    assert (event.ids, event.purpose, event.via) == ([one.pk for one in made], "follow_case", "job")
    assert_nowhere_plain(CANARY)


def test_a_large_table_is_tried_as_long_work_and_its_result_is_sealed(
    children: People, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr(import_pages, "AT_ONCE", 10)
    monkeypatch.setattr(trying, "TRIED", 10)
    monkeypatch.setattr(trying, "chunk_size", lambda: 10)
    page = signed_in(children.ana)
    bad = f"{CANARY},Soto,,2012-03-04,,open,{CANARY},low,2026-01-05\n"
    form, _body = columns(page, lines(25) + bad, PEOPLE)
    job = run(page.post(PEOPLE, form))
    assert (job.state, job.code, job.params) == ("done", "screens.tried", {"good": 25, "rows": 26})
    assert (job.done, job.total) == (26, 26)
    assert "Fetch the file" not in page.get(f"/en/jobs/{job.pk}/").content.decode()
    assert_nowhere_plain(CANARY)
    assert not [one for one in folder.rglob("*") if one.is_file() and CANARY.encode() in one.read_bytes()]
    with acting_as(children.ana, "follow_case"):
        assert not DemoPerson.objects.exists()
    place = f"{PEOPLE}?tried={job.pk}"
    assert place in page.get("/en/imports/").content.decode()
    body = page.get(place).content.decode()
    assert "25 of 26 rows are in order" in body
    assert f"“{CANARY}” is not one of the choices" in body
    assert signed_in(children.sofia).get(place).status_code == 404, "nobody else reads what was found"


def test_a_table_of_a_spreadsheet_is_read_too(children: People, signed_in: SignIn) -> None:
    from openpyxl import Workbook

    book = Workbook()
    for line in lines(3).splitlines():
        book.active.append(line.split(","))
    content = io.BytesIO()
    book.save(content)
    page = signed_in(children.ana)
    form, body = tried(page, content.getvalue(), PEOPLE)
    assert "3 of 3 rows are in order" in body
    assert run(page.post(PEOPLE, form | {"step": "import"})).params == {"count": 3}


def test_a_locked_vault_refuses_the_import_with_its_sentence(
    children: People, signed_in: SignIn, vault: Path
) -> None:
    from cobijo.web.core.vault import ring

    page = signed_in(children.ana)
    form, _body = columns(page, lines(3), PEOPLE)
    vault.unlink()
    ring.forget()
    body = page.post(PEOPLE, form).content.decode()
    assert "the key file is missing" in body
    assert "Import these rows" not in body
    job = run(page.post(PEOPLE, form | {"step": "import"}))
    assert (job.state, job.code) == ("failed", "vault.kek_missing")


def test_no_check_is_left_out_when_rows_lie_in_two_places(children: People) -> None:
    """The policy is asked once for each place, and each place is asked."""
    from cobijo.web.core.access.errors import Forbidden
    from cobijo.web.core.access.scopes import desk_of
    from tests.web import demo_person

    row = {**CHILD, "status": "open"}
    theirs = {**row, "scope_id": desk_of(children.carla).pk}
    with pytest.raises(Forbidden), acting_as(children.ana, "follow_case") as by:
        demo_person.add(by=by, rows=[row, row, theirs, row])
    with acting_as(children.ana, "follow_case"):
        assert not DemoPerson.objects.exists()


def test_a_constraint_is_a_sentence_and_the_transaction_goes_on(
    children: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sealed rows are written ahead; what the database then says still comes as a sentence, with nothing written."""
    from cobijo.errors import InputProblem
    from cobijo.web.core.screens import sealed_writing
    from cobijo.web.core.vault.models import BlindToken
    from tests.web import demo_person

    with acting_as(children.ana, "follow_case") as by:
        [one] = demo_person.add(by=by, rows=[CHILD])
        tokens = BlindToken.objects.count()
        monkeypatch.setattr(sealed_writing, "reserve_ids", lambda _model, _count: [one.pk + 1, one.pk])
        with pytest.raises(InputProblem) as found:
            demo_person.add(by=by, rows=[CHILD, CHILD])
        assert found.value.code == "screens.constraint"
        assert [row.pk for row in DemoPerson.objects.all()] == [one.pk]
        assert (BlindToken.objects.count(), DemoPersonRevision.objects.count()) == (tokens, 1)
