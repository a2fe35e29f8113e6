"""A real browser against the real server: granian, gathered static files, a picture, charts and reports."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from cobijo.engine.charts import write_charts
from cobijo.engine.pack import load_pack
from cobijo.engine.report import write_report
from tests.conftest import chromium_path
from tests.web.shared import SAMPLE, publish, write_picture

RUN = """
import sys
from pathlib import Path
from cobijo.web.serve import serve
serve(Path(sys.argv[1]), port=int(sys.argv[2]))
"""
MIGRATE = """
import django
django.setup()
from cobijo.web.operations.upgrading import bring_up_to_date
bring_up_to_date()
"""
RUN_INHABITED = """
import sys
from cobijo.web.serve import serve
serve(port=int(sys.argv[1]))
"""
FILL = """
import django, json
django.setup()
from tests.browser.country.filling import fill
print(json.dumps(fill()))
"""
LISTEN = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error("CSP " + event.violatedDirective + " " + event.blockedURI));
"""


@dataclass
class Site:
    """A running site whose picture can be exchanged."""

    address: str
    folder: Path

    def show(self, picture: dict[str, Any] | str | None) -> None:
        """Publish another picture; None takes it away."""
        if picture is None:
            (self.folder / "picture.json").unlink(missing_ok=True)
        else:
            write_picture(self.folder, picture)


@dataclass
class Watched:
    """A page of the browser, with everything it asked for and complained about."""

    page: Page
    site: Site
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        self.page.goto(f"{self.site.address}{path}")

    def hear(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.complaints.append(text)

    def elsewhere(self) -> list[str]:
        return [one for one in self.asked if not one.startswith(self.site.address)]


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with every table and nothing in it, to be copied: making the tables takes long."""
    data = tmp_path_factory.mktemp("migrated")
    subprocess.run([sys.executable, "-c", MIGRATE], env=environment_of(data), check=True)
    return data


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[Site]:
    base = tmp_path_factory.mktemp("site")
    copy_tables(migrated, base / "data")
    folder = publish(base / "out" / "public")
    write_charts(SAMPLE, folder, pack=load_pack("mexico"))
    write_report(folder, "es")
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder), str(port)], env=environment_of(base / "data")
    )
    site = Site(f"http://localhost:{port}", folder)
    try:
        _wait_for(f"{site.address}/health", server)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=20)


def environment_of(data: Path) -> dict[str, str]:
    """A site of its own in this folder, on SQLite: nothing of the caller's configuration reaches it."""
    clean = {"DJANGO_SETTINGS_MODULE": "cobijo.web.settings"} | {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("COBIJO_", "DJANGO_")) and not name.endswith("DATABASE_URL")
    }
    return clean | {"COBIJO_DATA_DIR": str(data), "PYTHONPATH": os.pathsep.join(sys.path)}


def copy_tables(migrated: Path, data: Path) -> None:
    """The databases only; keys and secrets are each site's own."""
    data.mkdir(mode=0o700, exist_ok=True)
    for one in migrated.glob("*.sqlite3*"):
        shutil.copy2(one, data)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(address: str, server: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if server.poll() is not None:
            break
        try:
            with urllib.request.urlopen(address, timeout=2) as answer:
                json.load(answer)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail("the site did not start")


@dataclass
class House(Site):
    """A running site with people and records, its worker, and everybody's session."""

    environment: dict[str, str]
    cookie: str
    sessions: dict[str, str]
    records: dict[str, Any]
    opens: dict[str, str]
    pages: list[dict[str, Any]]

    def mail(self) -> list[str]:
        """What the site sent, as plain letters; newest last."""
        return [
            message_from_bytes(one.read_bytes(), policy=policy.default).get_content()
            for one in sorted((self.folder / "mail").rglob("*"), key=lambda one: one.stat().st_mtime)
            if one.is_file()
        ]


@pytest.fixture(scope="session")
def inhabited(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Iterator[House]:
    """The site of everybody who signs in: one for all tests, with one server, worker and database."""
    data = tmp_path_factory.mktemp("inhabited")
    copy_tables(migrated, data)
    environment = environment_of(data) | {"DJANGO_SETTINGS_MODULE": "tests.browser.country.settings"}
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-c", RUN_INHABITED, str(port)], env=environment | {"COBIJO_LANGUAGE": "en"}
    )
    try:
        _wait_for(f"http://localhost:{port}/health", server)
        filled = subprocess.run(
            [sys.executable, "-c", FILL], env=environment, capture_output=True, text=True, check=False
        )
        assert filled.returncode == 0, filled.stderr
        answer = json.loads(filled.stdout.splitlines()[-1])
        yield House(f"http://localhost:{port}", data, environment, **answer)
    finally:
        server.terminate()
        server.wait(timeout=30)


class Visitors:
    """A browser's window for each person, kept open for all tests of a kind: signing in again would cost more."""

    def __init__(self, browser: Browser, house: House) -> None:
        self.browser, self.house = browser, house
        self.open: list[BrowserContext] = []

    def __call__(
        self, who: str = "", *, width: int = 1280, language: str = "en", script: bool = True
    ) -> Watched:
        """A new window; of somebody signed in, or of nobody."""
        context = self.browser.new_context(
            viewport={"width": width, "height": 800 if width > 600 else 740},
            locale=language,
            java_script_enabled=script,
        )
        if who:
            cookie = {"name": self.house.cookie, "value": self.house.sessions[who], "url": self.house.address}
            context.add_cookies([cookie])  # type: ignore[list-item]
        self.open.append(context)
        return watch(context, self.house)


@contextmanager
def visitors_of(browser: Browser, house: House) -> Iterator[Visitors]:
    made = Visitors(browser, house)
    try:
        yield made
    finally:
        for one in made.open:
            one.close()


@pytest.fixture
def visit(browser: Browser, inhabited: House) -> Iterator[Visitors]:
    """`visit("coordinator")`: a window of the inhabited site."""
    with visitors_of(browser, inhabited) as made:
        yield made


@pytest.fixture
def site(running: Site) -> Iterator[Site]:
    running.show(SAMPLE)
    yield running
    running.show(SAMPLE)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        started = play.chromium.launch(
            executable_path=chromium_path(), args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield started
        started.close()


def watch(context: BrowserContext, site: Site) -> Watched:
    page = context.new_page()
    watched = Watched(page, site)
    page.add_init_script(LISTEN)
    page.on("request", lambda request: watched.asked.append(request.url))
    page.on(
        "console",
        lambda said: watched.complaints.append(said.text) if said.type in ("error", "warning") else None,
    )
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    return watched


@pytest.fixture
def wide(browser: Browser, site: Site) -> Iterator[Watched]:
    """A desk: 1280 px."""
    with browser.new_context(viewport={"width": 1280, "height": 800}) as context:
        yield watch(context, site)


@pytest.fixture
def phone(browser: Browser, site: Site) -> Iterator[Watched]:
    """A small phone: 360 px."""
    with browser.new_context(viewport={"width": 360, "height": 740}) as context:
        yield watch(context, site)


@pytest.fixture
def plain(browser: Browser, site: Site) -> Iterator[Watched]:
    """A browser without JavaScript."""
    with browser.new_context(viewport={"width": 1280, "height": 800}, java_script_enabled=False) as context:
        yield watch(context, site)
