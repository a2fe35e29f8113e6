"""Every page that takes a file takes it the one way: in memory, guarded, and no larger than it says."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

import cobijo.web
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.screens import sheets
from tests.web.directory.keepers import browser
from tests.web.people import organisation, person

pytestmark = pytest.mark.django_db(transaction=True)
#: Pages at an address of their own; those of registers are in `test_import`.
PAGES = {"/en/knowledge/wide/": "table", "/en/coverage/exchange/": "table"}
TABLE = b"Entidad,2015\n" + b"Oaxaca,1\n" * 400


@pytest.fixture
def everywhere(tmp_path: Path, settings: Any) -> Account:
    settings.DATA_DIR = tmp_path
    return person("Ada", Role.ANALYST, Role.COORDINATOR, of=organisation("unit"))


@pytest.mark.parametrize("place", PAGES)
def test_a_file_never_lies_open_on_the_disk(
    everywhere: Account, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    def refused(*_asked: Any, **_named: Any) -> None:
        raise AssertionError("an open temporary file")

    monkeypatch.setattr(tempfile, "NamedTemporaryFile", refused)
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 10
    answer = handed_in(browser(everywhere), place)
    assert answer.status_code in {302, 422}
    assert not [one for one in tmp_path.rglob("*") if one.is_file() and b"Oaxaca" in one.read_bytes()]


@pytest.mark.parametrize("place", PAGES)
def test_one_that_is_too_large_is_one_sentence(
    everywhere: Account, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    monkeypatch.setattr(sheets, "MOST_BYTES", 100)
    answer = handed_in(browser(everywhere), place)
    assert (answer.status_code, "The file is larger than" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("place", PAGES)
def test_the_page_guards_its_forms_itself(everywhere: Account, place: str) -> None:
    page = browser(everywhere)
    page.handler.enforce_csrf_checks = True
    assert handed_in(page, place).status_code == 403


def handed_in(page: Any, place: str) -> Any:
    return page.post(place, {PAGES[place]: SimpleUploadedFile("t.csv", TABLE), "into": "figure"})


def test_no_page_reads_a_file_another_way() -> None:
    web = Path(cobijo.web.__file__).parent
    reads = {one.name for one in web.rglob("*.py") if "request.FILES" in one.read_text(encoding="utf-8")}
    assert reads == {"uploads.py"}
