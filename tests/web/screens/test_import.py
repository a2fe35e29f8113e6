"""Import: tried first, then each row once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cobijo.web.core.accounts.models import Account
from cobijo.web.core.jobs import running
from cobijo.web.core.jobs.models import Job, StoredFile
from cobijo.web.core.screens import importing
from cobijo.web.directory.services.models import Service
from tests.web.screens.conftest import Directory

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = "/en/directory/services/import/"
SignIn = Callable[[Account], Client]
GOOD = "organisation,name,Tipo,state,capacity,extra\nrefuge,Uno,Refugio,Oaxaca,3,x\nRefuge,'=Dos,legal,MX-PUE,,\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


def table(text: str | bytes) -> dict[str, Any]:
    return {"table": SimpleUploadedFile("t.csv", text.encode() if isinstance(text, str) else text)}


def test_a_table_is_tried_and_then_imported_once(directory: Directory, signed_in: SignIn) -> None:
    page = signed_in(directory.people.sofia)
    text = GOOD.replace("Tipo", "kind").replace("Refugio", "Shelter")
    answer = page.post(PLACE, table(text))
    assert "2 of 2 rows are in order" in answer.content.decode()
    assert "extra" in answer.content.decode()
    assert Service.objects.count() == 2, "a trial writes nothing"
    file = StoredFile.objects.get(kind="upload")
    assert page.post(PLACE, {"file": str(file.pk)}).status_code == 302
    assert page.post(PLACE, {"file": str(file.pk)}).status_code == 422
    job = Job.objects.get()
    running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.code, job.params) == ("done", "screens.imported", {"count": 2})
    made = Service.objects.exclude(pk__in=[directory.own.pk, directory.theirs.pk]).order_by("pk")
    assert [(s.name, s.kind, s.area, s.capacity) for s in made] == [
        ("Uno", "shelter", "MX-OAX", 3),
        ("=Dos", "legal", "MX-PUE", None),
    ]
    assert not StoredFile.objects.exists()


def test_the_trial_names_row_field_and_problem(directory: Directory, signed_in: SignIn) -> None:
    text = (
        "organisation,name,kind,state,municipality,from age,to age\n"
        "refuge,Uno,prison,,,,\nrefuge,,legal,,,,\nnobody,Tres,legal,,,,\nrefuge,Cuatro,legal,,,17,12\n"
        "refuge,Bueno,legal,,,,\n"
    )
    body = signed_in(directory.people.sofia).post(PLACE, table(text)).content.decode()
    assert "1 of 5 rows are in order" in body
    for said in ("prison", "This field is required.", "Row 5: the first age is above the last."):
        assert said in body
    assert "Import these rows" not in body
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"PK\x03\x04broken", b"nothing,known\n1,2\n"])
def test_what_is_no_table_is_one_sentence(directory: Directory, signed_in: SignIn, content: bytes) -> None:
    answer = signed_in(directory.people.sofia).post(PLACE, table(content))
    assert answer.status_code in {422, 200}
    assert Service.objects.count() == 2


def test_an_import_that_was_cut_off_goes_on_where_it_was(
    directory: Directory, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "CHUNK", 2)
    text = "organisation,name,kind\n" + "".join(f"refuge,Casa {n},legal\n" for n in range(7))
    page = signed_in(directory.people.sofia)
    page.post(PLACE, table(text))
    page.post(PLACE, {"file": str(StoredFile.objects.get().pk)})
    job = Job.objects.get()
    Job.objects.filter(pk=job.pk).update(cursor=4)  # as an attempt that was killed after two chunks
    running.run(job.pk)
    assert sorted(
        Service.objects.filter(name__startswith="Casa ", kind="legal").values_list("name", flat=True)
    ) == ["Casa 4", "Casa 5", "Casa 6"]


def test_an_import_is_for_those_who_may(directory: Directory, signed_in: SignIn) -> None:
    assert signed_in(directory.people.ana).get(PLACE).status_code == 403
    body = signed_in(directory.people.sofia).post(
        PLACE, table("organisation,name,kind\nhospital,Ajeno,legal\n")
    )
    assert body.status_code in {200, 403}
    assert Service.objects.count() == 2
