"""A site to measure: PostgreSQL with production's three roles, a data folder, the server as `cobijo serve` has it."""

from __future__ import annotations

import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.web_server import free_port, server

ROOT = Path(__file__).parent.parent
START_SECONDS = 60


@dataclass
class Site:
    """Where the site under measure keeps what it has, and how its processes are started."""

    folder: Path
    server: str  # its address, as the superuser
    databases: dict[str, str]  # default, keys: names; mark: what the roles end with
    filled: dict[str, Any] = field(default_factory=dict)  # what `web_fill` says of itself
    settings: str = "benchmarks.web_settings"

    @property
    def place(self) -> str:
        """Host and port of the database server."""
        return self.server.partition("://")[2].rpartition("@")[2].partition("/")[0]

    @property
    def environment(self) -> dict[str, str]:
        """As production has it: the application's role, the owner's beside it, keys in a database of their own."""
        clean = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("COBIJO_", "DJANGO_")) and not name.endswith("DATABASE_URL")
        }
        mark = self.databases["mark"]
        return clean | {
            "COBIJO_DATA_DIR": str(self.folder / "data"),
            "COBIJO_LANGUAGE": "es",
            "DJANGO_SETTINGS_MODULE": self.settings,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
            "DATABASE_URL": f"postgresql://app_{mark}:a@{self.place}/{self.databases['default']}",
            "MIGRATE_DATABASE_URL": f"postgresql://owner_{mark}:o@{self.place}/{self.databases['default']}",
            "KEYS_DATABASE_URL": f"postgresql://keys_{mark}:k@{self.place}/{self.databases['keys']}",
        }

    def superuser(self, alias: str = "default") -> str:
        """For filling and measuring only: nothing of the site knows it."""
        return f"{self.server.rpartition('/')[0]}/{self.databases[alias]}"

    def run(self, code: str, *words: str, **environment: str) -> str:
        """Run code inside the site; what it prints."""
        done = subprocess.run(
            [sys.executable, "-c", f"import django; django.setup()\n{code}", *words],
            env=self.environment | environment, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        return done.stdout

    @contextmanager
    def serving(self) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
        """The server and its worker, as `cobijo serve` starts them; gives the port and the process."""
        port = free_port()
        code = f"from cobijo.web.serve import serve; serve(port={port}, say=lambda line: None)"
        process = subprocess.Popen([sys.executable, "-c", code], env=self.environment, cwd=ROOT)
        try:
            _until_open(port, process)
            yield port, process
        finally:
            process.terminate()
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@contextmanager
def site(folder: Path, *, keep: bool, settings: str = Site.settings) -> Iterator[Site]:
    """Make a site with empty tables, or take the one that a run with `--keep` left in the folder."""
    note = folder / "site.json"
    (folder / "data").mkdir(parents=True, exist_ok=True)
    with server(folder) as address:
        if note.exists():
            found = json.loads(note.read_text(encoding="utf-8"))
            yield Site(folder, address, found["databases"], found["filled"], settings)
            return
        mark = secrets.token_hex(3)
        databases = {"default": f"bench_{mark}", "keys": f"bench_keys_{mark}", "mark": mark}
        made = Site(folder, address, databases, settings=settings)
        _create(made)
        try:
            made.run(
                "from cobijo.web.operations.upgrading import bring_up_to_date; bring_up_to_date()",
                DJANGO_SETTINGS_MODULE="cobijo.web.settings",
            )
            yield made
            if keep:
                text = json.dumps({"databases": made.databases, "filled": made.filled})
                note.write_text(text, encoding="utf-8")
        finally:
            if not note.exists():
                _drop(made)


def _create(one: Site) -> None:
    mark = one.databases["mark"]
    with psycopg.connect(one.server, autocommit=True) as server:
        server.execute(f"CREATE ROLE owner_{mark} LOGIN CREATEROLE PASSWORD 'o'")
        for role in ("app", "keys"):
            server.execute(f"CREATE ROLE {role}_{mark} LOGIN PASSWORD '{role[0]}'")
        server.execute(f"GRANT app_{mark} TO owner_{mark} WITH ADMIN OPTION")
        server.execute(f'GRANT SET ON PARAMETER "app.definer" TO owner_{mark}')
        server.execute(f"CREATE DATABASE {one.databases['default']} OWNER owner_{mark}")
        server.execute(f"CREATE DATABASE {one.databases['keys']} OWNER keys_{mark}")


def _drop(one: Site) -> None:
    mark = one.databases["mark"]
    with psycopg.connect(one.server, autocommit=True) as server:
        for alias in ("default", "keys"):
            server.execute(f"DROP DATABASE IF EXISTS {one.databases[alias]} WITH (FORCE)")
        for role in ("owner", "app", "keys"):
            server.execute(f"DROP OWNED BY {role}_{mark}")
            server.execute(f"DROP ROLE IF EXISTS {role}_{mark}")


def pss_mb(root: int) -> dict[str, float]:
    """Proportional memory of a process and all beneath it: what is shared is counted once, split among the sharers."""
    found = {}
    for pid in family(root):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
            words = Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8").split("\0")
        except OSError:
            continue
        kb = next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
        name = (
            "worker"
            if "--lifeline" in words
            else "web"
            if any("spawn_main" in one for one in words)
            else "start"
        )
        found[f"{name} {pid}"] = kb / 1024
    return found


def cpu_seconds(root: int) -> float:
    """Processor time that a process and all beneath it have used; the database's is not among it."""
    total = 0
    for pid in family(root):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        except OSError:
            continue
        words = stat.rpartition(")")[2].split()
        total += int(words[11]) + int(words[12])
    return total / os.sysconf("SC_CLK_TCK")


def family(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            parents.setdefault(int(stat.rpartition(")")[2].split()[1]), []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += parents.get(pid, [])
    return found


def _until_open(port: int, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server did not open its port")
