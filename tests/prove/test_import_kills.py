"""kill -9 fifty times during imports, the web process and the worker: every row is there once or not at all, and the
person who handed the table in reads which.
"""

from __future__ import annotations

import random
import signal
import socket
import time
import urllib.error
from http.client import HTTPException
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.prove.browser import Browser, hand_in
from tests.web.house import SETUP, House, house, until

KILLS = 25  # of the web process, and as many of the worker
SMALL, LARGE, TABLES = 40, 2_000, 9
WEB = """
import sys
from wsgiref.simple_server import make_server, WSGIRequestHandler
from cobijo.web.wsgi import application
WSGIRequestHandler.log_message = lambda *words: None
make_server("127.0.0.1", int(sys.argv[1]), application).serve_forever()
"""
#: A supervisor, signed in with a second factor; the session's key and the name of its cookie.
PERSON = """
import time
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from allauth.account.internal.flows import login as records
from cobijo.web.core.accounts import sessions
from cobijo.web.core.accounts.roles import Role
from tests.web.people import organisation, person
sofia = person("Sofia", Role.SUPERVISOR, of=organisation("refuge"))
session = SessionStore()
session[SESSION_KEY], session[HASH_SESSION_KEY] = str(sofia.pk), sofia.get_session_auth_hash()
session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
session[records.AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "mfa", "type": "totp", "at": time.time()}]
session[records._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(sofia.pk)
session[sessions.BEGAN] = session[sessions.SEEN] = int(time.time())
session.save()
answer = [session.session_key, settings.SESSION_COOKIE_NAME]
"""
COUNT = """
from collections import Counter
from cobijo.web.directory.services.models import Service
answer = Counter(name.split("-")[0] for name in Service.objects.values_list("name", flat=True))
"""
JOBS = """
from cobijo.web.core.jobs.models import Job
answer = [dict(id=str(one.pk), state=one.state, code=one.code, params=one.params, cursor=one.cursor)
          for one in Job.objects.filter(kind="screens.import").order_by("made_at")]
"""


def table(mark: str, rows: int) -> bytes:
    lines = ["organisation,name,kind", *(f"refuge,{mark}-{number},legal" for number in range(rows))]
    return "\n".join(lines).encode()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def kill(process: Any) -> None:
    process.send_signal(signal.SIGKILL)
    process.wait()


@pytest.fixture
def site(tmp_path: Path) -> Any:
    with house(tmp_path / "site") as made:
        made.environment["COBIJO_SECRET_KEY"] = (
            "one key for all processes of this proof, and for no other site"
        )
        yield made


def web(site: House, port: int) -> Any:
    process = site.start("-c", SETUP + WEB, str(port))
    until(lambda: answers(port))
    return process


@pytest.mark.prove
def test_fifty_kills_during_imports(site: House) -> None:
    session, cookie = site.ask(PERSON)
    port, chance = free_port(), random.Random(7)
    browser = Browser(port, session, cookie)
    path = "/en/directory/services/import/"
    server = web(site, port)
    begin = time.monotonic()
    hand_in(browser, path, table("first", SMALL))
    lasts = time.monotonic() - begin
    # The web process dies while a person hands in small tables: the moment moves over the whole of it.
    heard: dict[str, str] = {}
    for turn in range(KILLS):
        mark = f"web{turn}"

        def go(mark: str = mark) -> None:
            try:
                heard[mark] = hand_in(browser, path, table(mark, SMALL))
            except (OSError, urllib.error.URLError, HTTPException):
                return

        person = Thread(target=go)
        person.start()
        time.sleep(chance.uniform(0.1, 1.1) * lasts)
        kill(server)
        person.join()
        server = web(site, port)
    # Then the worker dies again and again over larger tables; after some losses a job gives up and says so.
    large = {f"large{turn}": hand_in(browser, path, table(f"large{turn}", LARGE)) for turn in range(TABLES)}
    for _turn in range(KILLS):
        worker = site.worker()
        time.sleep(chance.uniform(1.5, 3.0))
        kill(worker)
    site.manage("work", "--once")
    counts, jobs = site.ask(COUNT), {one["id"]: one for one in site.ask(JOBS)}
    assert all(one["state"] in {"done", "failed"} for one in jobs.values()), jobs
    # Once or not at all: what the job says is in, is in, and nothing else.
    assert sum(counts.values()) == sum(_in(one) for one in jobs.values())
    small = {mark: count for mark, count in counts.items() if mark not in large}
    assert set(small.values()) == {SMALL}
    assert set(heard) <= set(small), "what the person was told is handed in, is in"
    listed = plain(browser.get("/en/imports/")[1])
    for mark, where in large.items():
        job = jobs[where.strip("/").split("/")[-1]]
        assert counts.get(mark, 0) == _in(job), mark
        assert job["state"] == "failed" or _in(job) == LARGE
        # And the person reads it: on the page of all tables that she handed in, and on the job's own.
        assert str(_in(job)) in listed, (mark, job)
        assert job["state"] == "failed" or str(LARGE) in plain(browser.get(where)[1])
    assert all(one in listed for one in jobs), "every table that was handed in is listed"
    kill(server)
    ended = [jobs[where.strip("/").split("/")[-1]]["state"] for where in large.values()]
    print(
        f"{2 * KILLS} kills; of {KILLS + 1} small tables {len(small)} in whole, the others not at all; "
        f"of {TABLES} large ones {ended.count('done')} in whole, {ended.count('failed')} stopped, "
        f"{sum(counts.values())} rows in all"
    )


def _in(job: dict[str, Any]) -> int:
    """How many rows a job says are in."""
    return int(job["params"].get("count", (job["cursor"] or {"count": 0})["count"]))


def plain(page: str) -> str:
    """A page without the spaces and commas of its figures."""
    return page.replace("\u202f", "").replace("\u00a0", "").replace(",", "")
