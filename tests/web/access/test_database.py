"""Which database, and the commands that change it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from cobijo.web.core.access.database import application_role
from cobijo.web.databases import database, default_database

OWNER = "postgresql://owner@db.example/cobijo"
APPLICATION = "postgresql://cobijo_app:p%40ss@db.example:5433/cobijo?sslmode=require"


def test_an_address_becomes_settings(tmp_path: Path) -> None:
    found = database(APPLICATION)
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "cobijo_app", "p@ss", "db.example", "5433", "cobijo",
    )  # fmt: skip
    assert found["OPTIONS"] == {"sslmode": "require"}
    assert database(f"sqlite:///{tmp_path}/x.sqlite3")["NAME"] == tmp_path / "x.sqlite3"
    assert database("sqlite:///x.sqlite3")["NAME"] == Path("x.sqlite3").absolute()


@pytest.mark.parametrize("url", ["mysql://x:secret@y/z", "postgresql://x:secret@y/", "secret", "sqlite:x"])
def test_a_wrong_address_is_said_without_its_password(url: str) -> None:
    with pytest.raises(ImproperlyConfigured) as caught:
        database(url)
    assert "secret" not in str(caught.value)


def test_only_a_change_of_tables_connects_as_their_owner(tmp_path: Path) -> None:
    both = {"DATABASE_URL": APPLICATION, "MIGRATE_DATABASE_URL": OWNER}
    assert default_database(tmp_path, both)["USER"] == "cobijo_app"
    assert default_database(tmp_path, both | {"COBIJO_AS_OWNER": "1"})["USER"] == "owner"
    only = {"DATABASE_URL": APPLICATION, "COBIJO_AS_OWNER": "1"}
    assert default_database(tmp_path, only)["USER"] == "cobijo_app"
    assert default_database(tmp_path, {})["NAME"] == tmp_path / "cobijo.sqlite3"


def test_the_role_is_the_one_that_the_site_connects_as() -> None:
    assert application_role({"DATABASE_URL": APPLICATION}) == ("cobijo_app", "p@ss")
    assert application_role({}) == ("cobijo_app", None)
