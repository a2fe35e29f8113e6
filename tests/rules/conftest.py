"""Fixtures of the rules: the site's own, and the country to ask about."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from tests.rules import rooms as rooms
from tests.rules.world import World, make_world
from tests.web.conftest import django_db_setup as django_db_setup
from tests.web.conftest import each_test_begins_in_english as each_test_begins_in_english
from tests.web.conftest import force_login_shows_the_second_factor as force_login_shows_the_second_factor
from tests.web.conftest import notes as notes
from tests.web.conftest import on_postgresql as on_postgresql
from tests.web.conftest import public as public
from tests.web.conftest import pytest_collection_modifyitems as pytest_collection_modifyitems
from tests.web.conftest import pytest_runtest_call as pytest_runtest_call
from tests.web.conftest import reader as reader


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
