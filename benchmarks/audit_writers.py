"""10,000 audited actions by 8 processes at once, on a database of their own, while the sealer runs beside them.

    python -m benchmarks.audit_writers [--quick] [--json]

Each action is a transaction in which the database knows who acts (as in a request) and one event is recorded. On
PostgreSQL as the application's own role. `DATABASE_URL` names the server; without it, 127.0.0.1:5432. With
`--sqlite`, one file.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.common import Entry, show

WRITERS, EVENTS = 8, 1_250
SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
WRITER = """
import sys, time
import django
django.setup()
from django.db import connection, transaction
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, entered
count, number = int(sys.argv[1]), int(sys.argv[2])
access = Access(number, 1, frozenset(), scopes=(1, 2, 3), purpose="benchmark", via="web")
with transaction.atomic():
    connection.ensure_connection()
print("ready", flush=True)
sys.stdin.readline()
for done in range(count):
    with transaction.atomic(), entered(access):
        audit.record("see_identity", "note", [done], detail={"fields": ["name"]})
print("done", flush=True)
"""
SEALER = """
import sys, threading, time
import django
django.setup()
from cobijo.web.core import audit
stop = threading.Event()
threading.Thread(target=lambda: (sys.stdin.readline(), stop.set()), daemon=True).start()
print("ready", flush=True)
while not stop.wait(1):
    audit.seal_once()
while audit.seal_once(sweep=True):
    pass
print("done", flush=True)
"""
PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("prepare_database", verbosity=0)
"""
CHECK = """
import json, time
import django
django.setup()
from cobijo.web.core.audit.commands import audit_verify
start = time.perf_counter()
found = audit_verify()
print(json.dumps([found.events, found.sealed, [one.code for one in found.findings], time.perf_counter() - start]))
"""


class Measured(NamedTuple):
    """Seconds until the last writer had committed its last event; what the check of the chain found afterwards."""

    seconds: float
    seconds_sealed: float
    events: int
    sealed: int
    findings: list[str]
    seconds_verify: float


def measure(environment: dict[str, str], *, writers: int = WRITERS, events: int = EVENTS) -> Measured:
    """Run the writers and the sealer against a database that is ready. All are started before the clock is."""
    started = [_start(WRITER, environment, str(events), str(number + 1)) for number in range(writers)]
    sealer = _start(SEALER, environment)
    for one in (*started, sealer):
        _hear(one, "ready")
    begin = time.perf_counter()
    for one in started:
        _say(one)
    for one in started:
        _hear(one, "done")
    seconds = time.perf_counter() - begin
    _say(sealer)
    _hear(sealer, "done")
    sealed_after = time.perf_counter() - begin
    for one in (*started, sealer):
        if one.wait(timeout=30):
            raise RuntimeError("a process of the benchmark failed")
    import json

    total, sealed, findings, verifying = json.loads(_run(CHECK, environment))
    return Measured(seconds, sealed_after, total, sealed, findings, verifying)


@contextmanager
def database(server: str | None = None, *, sqlite: bool = False) -> Iterator[dict[str, str]]:
    """A database for one run, prepared; yields the environment in which the application's role reaches it."""
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("COBIJO_")},
            "COBIJO_DATA_DIR": folder,
            "COBIJO_AUDIT_KEY": "a secret that lives as long as this measurement",
            "DJANGO_SETTINGS_MODULE": "cobijo.web.settings",
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent.parent / "src"), *sys.path]),
        }
        environment.pop("DATABASE_URL", None)
        if sqlite:
            _run(PREPARE, environment)
            yield environment
            return
        with _postgresql(server or os.environ.get("DATABASE_URL", SERVER)) as (owner, application):
            ready = environment | {"DATABASE_URL": application, "MIGRATE_DATABASE_URL": owner}
            _run(PREPARE, ready | {"COBIJO_AS_OWNER": "1"})
            yield ready


@contextmanager
def _postgresql(server: str) -> Iterator[tuple[str, str]]:
    import psycopg

    name = f"cobijo_bench_{os.getpid()}"
    base, _, _ = server.rpartition("/")
    scheme, _, place = base.partition("://")
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
        try:
            yield f"{base}/{name}", f"{scheme}://cobijo_app@{place.rpartition('@')[2]}/{name}"
        finally:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def _start(code: str, environment: dict[str, str], *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *words],
        env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def _say(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("go\n")
    process.stdin.flush()


def _hear(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout is not None
    heard = process.stdout.readline().strip()
    if heard != word:
        raise RuntimeError(f"a process of the benchmark said {heard!r} instead of {word!r}")


def _run(code: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout


def entries(*, quick: bool = False, sqlite: bool = False) -> list[Entry]:
    """The line `audit_10k_8writers_s` of `make bench-web`."""
    events = EVENTS // 10 if quick else EVENTS
    with database(sqlite=sqlite) as environment:
        found = measure(environment, events=events)
    total = WRITERS * events
    whole = not found.findings and found.events == found.sealed == total
    note = (
        f"{total:,} events, {'SQLite' if sqlite else 'PostgreSQL'}; all sealed after {found.seconds_sealed:.1f} s; "
        f"chain {'verifies' if whole else f'FAILS: {found.findings[:5]}'} ({found.seconds_verify:.1f} s)"
    )
    if quick:
        return [Entry("audit_10k_8writers_s", None, "s", f"a tenth took {found.seconds:.2f} s: {note}")]
    return [Entry("audit_10k_8writers_s", round(found.seconds, 2), "s", note)]


if __name__ == "__main__":
    show(entries(quick="--quick" in sys.argv, sqlite="--sqlite" in sys.argv), as_json="--json" in sys.argv)
