"""The frame around every page: the menu of who is signed in, what the foot says, what is written at a click."""

from __future__ import annotations

import time

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.middleware import refusal_page
from cobijo.web.core.accounts import sessions
from cobijo.web.core.accounts.models import Attempt
from tests.web.people import People

pytestmark = pytest.mark.django_db


def signed_in(person: object) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(person)  # type: ignore[arg-type]
    return client


def test_the_menu_names_what_is_open_to_the_person(people: People) -> None:
    page = signed_in(people.sofia).get("/en/work/").content.decode()
    for there in ("/en/work/", "/en/directory/services/", "/en/jobs/", "/en/account/", "/en/account/logout/"):
        assert f'href="{there}"' in page
    assert "sets no cookies" not in page
    assert "keep one cookie" in page
    assert "Invented data." not in page


def test_the_public_frame_stays_as_it_was(people: People) -> None:
    page = signed_in(people.sofia).get("/en/")  # the session stays unread: the page is the same for everybody
    body = page.content.decode()
    assert "Set-Cookie" not in page.headers
    assert "sets no cookies" in body
    assert 'href="/en/jobs/"' not in body
    assert 'href="/en/account/login/"' in body


def test_the_menu_costs_no_query(people: People) -> None:
    client = signed_in(people.sofia)
    client.get("/en/account/second-factor/")
    with CaptureQueriesContext(connection) as counted:
        body = client.get("/en/emergency/").content.decode()
    assert 'href="/en/directory/services/"' in body
    assert not [one for one in counted if "services_service" in one["sql"]]


def test_a_session_is_written_once_a_minute_at_most(people: People) -> None:
    client = signed_in(people.ana)
    client.get("/en/account/")

    def writes() -> int:
        with CaptureQueriesContext(connection) as counted:
            for there in ("/en/work/", "/en/account/", "/en/jobs/"):
                assert client.get(there).status_code == 200
        return len([one for one in counted if 'UPDATE "django_session"' in one["sql"]])

    assert writes() == 0
    session = client.session
    session[sessions.SEEN] = int(time.time()) - sessions.NOTED_EVERY - 1
    session.save()
    assert writes() == 1


def test_a_key_that_may_not_is_told_so_in_words() -> None:
    problem = Forbidden("access.token_may_not", action="export", kind="service")
    page = refusal_page(RequestFactory().get("/en/work/", headers={"host": "localhost"}), problem)
    assert page.status_code == 403
    assert "“export”" in page.content.decode()


def test_attempts_are_counted_for_all_processes_and_name_nobody(settings: Settings) -> None:
    cache.set("allauth:rl:login_failed:ip:192.0.2.7", [1.0], 60)
    assert cache.get("allauth:rl:login_failed:ip:192.0.2.7") == [1.0]
    [row] = Attempt.objects.all()  # in the database, so every web process counts on
    assert "192.0.2.7" not in row.cache_key
    assert len(row.cache_key) == 64
    settings.SECRET_KEY = "another"
    assert cache.get("allauth:rl:login_failed:ip:192.0.2.7") is None
