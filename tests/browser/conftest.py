"""A real browser against the real server: granian, gathered static files, a picture, charts and reports."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
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
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    base = tmp_path_factory.mktemp("site")
    folder = publish(base / "out" / "public")
    write_charts(SAMPLE, folder, pack=load_pack("mexico"))
    write_report(folder, "es")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("COBIJO_", "DJANGO_"))}
    server = subprocess.Popen(
        [sys.executable, "-c", RUN, str(folder), str(port)],
        env=clean | {"COBIJO_DATA_DIR": str(base / "data"), "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    site = Site(f"http://localhost:{port}", folder)
    try:
        _wait_for(f"{site.address}/health", server)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=20)


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
