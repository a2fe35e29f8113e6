"""Fixtures of the rules: the site's own, and the country to ask about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker, Settings

from tests.rules import rooms as rooms
from tests.rules.world import World, make_world
from tests.web.conftest import force_login_shows_the_second_factor as force_login_shows_the_second_factor
from tests.web.conftest import notes as notes
from tests.web.conftest import on_postgresql as on_postgresql
from tests.web.conftest import public as public
from tests.web.conftest import pytest_collection_modifyitems as pytest_collection_modifyitems
from tests.web.conftest import pytest_runtest_call as pytest_runtest_call
from tests.web.conftest import reader as reader


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """As in the site's tests: the tables of kinds that only tests have, the application's role."""
    from tests.web import demo_note, guard

    with django_db_blocker.unblock():
        guard.make_table(demo_note.Note)
        guard.make_table(demo_note.Remark)
        guard.prepare_database()
    guard.let_tests_empty_append_only_tables()


@pytest.fixture
def open_vault(tmp_path: Path, settings: Settings) -> Iterator[None]:
    """A key file of the test's own, so that children can be made."""
    from cobijo.web.core.vault import custody, ring

    def fresh() -> None:
        custody._held = None
        ring.forget()
        ring._pulse, ring._pulse_at = None, 0.0

    settings.KEK_FILE, settings.KEK_COMMAND = tmp_path / "kept" / "kek.txt", ""
    fresh()
    custody.make_kek()
    yield
    fresh()


@pytest.fixture
def world(db: None, notes: None, open_vault: None) -> World:
    return make_world()
