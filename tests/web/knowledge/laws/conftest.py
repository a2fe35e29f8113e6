"""Who keeps the laws in these tests, and where the site's files lie."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from tests.web.people import People, person


@pytest.fixture
def cora(people: People) -> Account:
    return person("Cora", Role.COORDINATOR, of=people.hospital)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path
