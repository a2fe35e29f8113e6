"""Fixtures of the site's tests: a published folder, a client that reads it, people, and the guard over all of them."""

from __future__ import annotations

import os
import time
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoDbBlocker, Settings

from tests.web.shared import publish

os.environ.setdefault("COBIJO_AUDIT_KEY", "a secret that only these tests have, and no database")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """The tables of kinds that only tests have; on PostgreSQL the application's role and its rights.

    All of them, whichever tests run: once a model is imported, its table is expected to be there and guarded.
    """
    from tests.web import demo_note, demo_person, guard
    from tests.web.vault import folder

    with django_db_blocker.unblock():
        demo_note.make_tables()
        demo_person.make_tables()
        folder.make_table()
        guard.prepare_database()
    guard.empty_quickly()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """No protected row without a context; on PostgreSQL as the application's role. Only the body, not the fixtures."""
    from tests.web import guard

    uses = "_django_db_helper" in getattr(item, "fixturenames", ()) or bool(
        item.get_closest_marker("django_db")
    )
    with guard.body_of_a_test(uses_database=uses):
        return (yield)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What only PostgreSQL has is tested in the run on PostgreSQL (COBIJO_TEST_DATABASE=postgresql)."""
    from django.db import connection

    if connection.vendor == "postgresql":
        return
    there = [one for one in items if "on_postgresql" in getattr(one, "fixturenames", ())]
    config.hook.pytest_deselected(items=there)
    items[:] = [one for one in items if one not in set(there)]


@pytest.fixture
def on_postgresql() -> None:
    """For tests of what SQLite does not have."""


@pytest.fixture
def notes() -> Iterator[None]:
    """The protected kinds of the tests, known to the policy for one test."""
    from cobijo.web.core.access.grants import granting
    from cobijo.web.core.access.kinds import forget_kind
    from tests.web import demo_note

    demo_note.register()
    with granting(demo_note.GRANTS):
        yield
    forget_kind("note")
    forget_kind("remark")


@pytest.fixture(autouse=True)
def each_test_begins_in_english() -> Iterator[None]:
    """A request leaves its language behind in the process; without this the next test would be read in it."""
    with translation.override("en"):
        yield


@pytest.fixture(autouse=True)
def force_login_shows_the_second_factor(monkeypatch: pytest.MonkeyPatch) -> None:
    """`Client.force_login` signs in with everything that a role requires; tests of signing in go through the pages."""
    from allauth.account.internal.flows import login as records

    from cobijo.web.core.accounts import sessions

    before = Client.force_login

    def force_login(self: Client, user: Any, backend: str | None = None) -> None:
        before(self, user, backend)
        session = self.session
        session[records.AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "mfa", "type": "totp", "at": time.time(), "reauthenticated": True}
        ]
        session[records._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(user.pk)
        session[sessions.BEGAN] = session[sessions.SEEN] = int(time.time())
        session.save()

    monkeypatch.setattr(Client, "force_login", force_login)


@pytest.fixture
def people(db: None):  # type: ignore[no-untyped-def]
    """Ana, Berta, Carla and the others."""
    from tests.web.people import make_people

    return make_people()


@pytest.fixture
def public(tmp_path: Path, settings: Settings) -> Path:
    """A whole published folder that the site serves."""
    settings.PUBLIC_DIR = publish(tmp_path / "out" / "public")
    return settings.PUBLIC_DIR


@pytest.fixture
def reader() -> Client:
    """Somebody at a browser who is not logged in."""
    return Client(headers={"host": "localhost"}, raise_request_exception=False)
