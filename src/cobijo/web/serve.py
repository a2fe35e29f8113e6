"""`cobijo serve`: the site on this machine, in one command."""

from __future__ import annotations

import multiprocessing
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

from cobijo.errors import WrongUsage
from cobijo.web.data import data_dir, make_ready
from cobijo.web.operations.troubles import in_sentences

SETTINGS = "cobijo.web.settings"
LOCAL = {"127.0.0.1", "localhost", "::1", "0.0.0.0", "::"}  # noqa: S104 - names to compare with, nothing is bound


def address(host: str, port: int) -> str:
    """What to type into the browser. A name, not a number: security keys refuse IP addresses."""
    return f"http://{'localhost' if host in LOCAL else host}:{port}"


def prepare(public_dir: Path | None, *, data: Path | None = None) -> None:
    """Make data folder, database and static files ready; sets the environment that the site reads.

    Takes well under a second and may be repeated.
    """
    _set_environment(public_dir, data)
    make_site_ready()


def _set_environment(public_dir: Path | None, data: Path | None) -> None:
    if data is not None:
        os.environ["COBIJO_DATA_DIR"] = str(data.absolute())
    if public_dir is not None:
        os.environ["COBIJO_PUBLIC_DIR"] = str(public_dir.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    os.environ["COBIJO_STATIC"] = "gathered"


def make_site_ready() -> None:
    """Tables up to date (on SQLite; PostgreSQL's owner does it by `cobijo upgrade`), every known erasure made true
    again (a store may have been brought back from an old copy), static files gathered."""
    make_ready(data_dir())

    import django
    from django.core.management import call_command

    django.setup()
    from cobijo.web.core.vault.services import replay_erasures
    from cobijo.web.operations.upgrading import make_tables_or_check

    make_tables_or_check()
    replay_erasures()
    call_command("collectstatic", verbosity=0, interactive=False)


def public_folder(folder: Path) -> Path:
    """The `public/` of a folder that `picture` or `demo` wrote; a folder without one is taken to be it."""
    inner = folder / "public"
    return inner if inner.is_dir() else folder


def say_it(line: str) -> None:
    """To the terminal, at once even where output is piped."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def usual_processes() -> int:
    """Two on a machine with as many cores, since one answers on one core only. With SQLite one: it has one writer."""
    postgresql = os.environ.get("DATABASE_URL", "").startswith("postgres")
    return min(2, os.cpu_count() or 1) if postgresql else 1


def serve(
    folder: Path | None = None,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    data: Path | None = None,
    processes: int | None = None,
    worker: bool = True,
    say: Callable[[str], None] = say_it,
) -> None:
    """Serve the site, and do its long work beside it, until it is interrupted.

    `folder` is what `picture` or `demo` wrote, or its `public/`. Only `public/` is read, and read anew when
    it changes. `worker=False`: workers run elsewhere (`cobijo manage work`). `say` receives the address once it can be
    opened. `processes`: how many answer at once. Raises `WrongUsage` where the port is taken or the host is not this
    machine's.
    """
    check_free(host, port)
    os.umask(0o077)  # whatever the site writes is its owner's only
    _set_environment(None if folder is None else public_folder(folder), data)
    _ready_elsewhere()

    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    # A fresh child, no fork: the caller may have run the engine, whose threads do not survive a fork.
    multiprocessing.set_start_method("spawn", force=True)
    server = Server(
        "cobijo.web.served:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes or usual_processes(),
        workers_kill_timeout=20,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
    )
    os.environ["COBIJO_SERVED_BY"] = str(os.getpid())
    server.on_startup(lambda: Thread(target=_tell, args=(host, port, say), daemon=True).start())
    companion = Companion() if worker else None
    if companion is not None:
        companion.start()
    try:
        server.serve()
    finally:
        if companion is not None:
            companion.stop()


def _ready_elsewhere() -> None:
    """In a process of its own: what it loads would stay in this one for as long as the site is served."""
    done = subprocess.run([sys.executable, "-m", "cobijo.web.serve"], check=False)
    if done.returncode:
        raise SystemExit(done.returncode)  # it has said why, in a sentence


class Companion(Thread):
    """Keeps a worker running beside the web server. When this process dies in any way, the worker ends by itself:
    it holds the other end of its standard input."""

    def __init__(self) -> None:
        super().__init__(name="companion", daemon=True)
        self._over = Event()
        self._child: subprocess.Popen[bytes] | None = None

    def run(self) -> None:
        pause = 0.0
        while not self._over.wait(pause):
            began = time.monotonic()
            command = [sys.executable, "-m", "cobijo.web", "work", "--lifeline"]
            self._child = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)  # noqa: S603
            self._child.wait()
            pause = 0.5 if time.monotonic() - began > 10 else min(30.0, 2 * pause + 0.5)

    def stop(self) -> None:
        """Let the worker end what it must; after twenty seconds it is ended."""
        self._over.set()
        child = self._child
        if child is None:
            return
        with suppress(OSError):
            assert child.stdin is not None
            child.stdin.close()
        try:
            child.wait(timeout=20)
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()


def _tell(host: str, port: int, say: Callable[[str], None]) -> None:
    """Say the address once somebody answers there: the child needs a moment to load the site."""
    there = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, nothing is bound
    for _ in range(600):
        try:
            with socket.create_connection((there, port), timeout=1):
                break
        except OSError:
            time.sleep(0.1)
    say(address(host, port))


def check_free(host: str, port: int) -> None:
    """Raises one sentence where the address cannot be opened."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as problem:
        raise WrongUsage("web.port_not_free", host=host, port=port) from problem


if __name__ == "__main__":
    sys.exit(in_sentences(make_site_ready))
