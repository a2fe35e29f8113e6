"""A whole site in a folder of its own, with real processes: for what a test process cannot show of itself.

SQLite, or PostgreSQL where `COBIJO_TEST_DATABASE=postgresql`: there with the three roles of production, an owner who
is no superuser, the application's own, which owns nothing, and the key store's.
"""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
SERVER = os.environ.get("COBIJO_TEST_DATABASE_URL", "postgresql://postgres@127.0.0.1:5432/postgres")
POSTGRESQL = os.environ.get("COBIJO_TEST_DATABASE") == "postgresql"
SETUP = "import django, json; django.setup()\n"


@dataclass
class House:
    data: Path
    environment: dict[str, str]
    started: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def python(self, code: str, *arguments: str) -> str:
        """Run code inside the site; what it prints."""
        done = subprocess.run(
            [sys.executable, "-c", SETUP + code, *arguments],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, code: str) -> Any:
        """Run code that leaves its answer in `answer`."""
        return json.loads(self.python(code + "\nprint(json.dumps(answer, default=str))"))

    def manage(self, *words: str, wrong: bool = False) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "cobijo.web", *words],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert wrong or done.returncode == 0, done.stderr
        return done

    def cobijo(self, *words: str) -> str:
        """Run a word of the command line; what it prints."""
        done = subprocess.run(
            [sys.executable, "-m", "cobijo", *words],
            env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr + done.stdout
        return done.stdout

    def start(self, *words: str, **more: Any) -> subprocess.Popen[bytes]:
        """A process of the site that goes on beside the test."""
        process = subprocess.Popen(
            [sys.executable, *words], env=self.environment, cwd=ROOT, stderr=subprocess.DEVNULL, **more
        )
        self.started.append(process)
        return process

    def worker(self) -> subprocess.Popen[bytes]:
        return self.start("-m", "cobijo.web", "work")

    def end(self) -> None:
        for process in self.started:
            if process.poll() is None:
                process.kill()
            process.wait()


def until(there: Callable[[], Any], seconds: float = 30) -> Any:
    """Wait for something to be true; returns it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = there()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError("it did not happen in time")


@contextmanager
def house(folder: Path, *, migrated: bool = True) -> Iterator[House]:
    """A site that is taken down at the end."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("COBIJO_", "DJANGO_"))}
    clean = {name: value for name, value in clean.items() if not name.endswith("DATABASE_URL")}
    folder.mkdir(parents=True, exist_ok=True)
    environment = clean | {
        "COBIJO_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "tests.web.house_settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
        "COBIJO_JOB_LEASE": "4",
        "COBIJO_LANGUAGE": "en",
    }
    names = _databases(environment) if POSTGRESQL else []
    site = House(folder, environment)
    try:
        if migrated:
            site.python("from cobijo.web.operations.upgrading import bring_up_to_date; bring_up_to_date()")
        yield site
    finally:
        site.end()
        if names:
            _drop(names)


def _databases(environment: dict[str, str]) -> list[str]:
    """A database with an owner and an application role of its own, and one for the keys."""
    import psycopg

    mark = f"{os.getpid()}_{secrets.token_hex(4)}"  # left_over.py knows by it whose they are
    names = [f"house_{mark}", f"house_keys_{mark}"]
    parts = SERVER.split("@", 1)[1].rsplit("/", 1)[0]
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE ROLE owner_{mark} LOGIN CREATEROLE PASSWORD 'o'")
        server.execute(f"CREATE ROLE app_{mark} LOGIN PASSWORD 'a'")
        server.execute(f"CREATE ROLE keys_{mark} LOGIN PASSWORD 'k'")
        server.execute(f"GRANT app_{mark} TO owner_{mark} WITH ADMIN OPTION")
        server.execute(f"CREATE DATABASE {names[0]} OWNER owner_{mark}")
        server.execute(f"CREATE DATABASE {names[1]} OWNER keys_{mark}")
    environment["DATABASE_URL"] = f"postgresql://app_{mark}:a@{parts}/{names[0]}"
    environment["MIGRATE_DATABASE_URL"] = f"postgresql://owner_{mark}:o@{parts}/{names[0]}"
    environment["KEYS_DATABASE_URL"] = f"postgresql://keys_{mark}:k@{parts}/{names[1]}"
    return [*names, f"owner_{mark}", f"app_{mark}", f"keys_{mark}"]


def _drop(names: list[str]) -> None:
    import psycopg

    with psycopg.connect(SERVER, autocommit=True) as server:
        for name in names[:-3]:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        for role in names[-3:]:
            server.execute(f"DROP OWNED BY {role}")
            server.execute(f"DROP ROLE IF EXISTS {role}")
