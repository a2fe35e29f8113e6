"""`cobijo serve`: the site on this machine, in one command."""

from __future__ import annotations

import multiprocessing
import os
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from threading import Thread

from cobijo.errors import WrongUsage
from cobijo.web.data import data_dir, make_ready

SETTINGS = "cobijo.web.settings"
LOCAL = {"127.0.0.1", "localhost", "::1", "0.0.0.0", "::"}  # noqa: S104 - names to compare with, nothing is bound


def address(host: str, port: int) -> str:
    """What to type into the browser. A name, not a number: security keys refuse IP addresses."""
    return f"http://{'localhost' if host in LOCAL else host}:{port}"


def prepare(public_dir: Path | None, *, data: Path | None = None) -> None:
    """Make data folder, database and static files ready; sets the environment that the site reads.

    Takes well under a second and may be repeated.
    """
    if data is not None:
        os.environ["COBIJO_DATA_DIR"] = str(data.absolute())
    if public_dir is not None:
        os.environ["COBIJO_PUBLIC_DIR"] = str(public_dir.absolute())
    os.environ["DJANGO_SETTINGS_MODULE"] = SETTINGS
    os.environ["COBIJO_STATIC"] = "gathered"
    make_ready(data_dir())

    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def public_folder(folder: Path) -> Path:
    """The `public/` of a folder that `picture` or `demo` wrote; a folder without one is taken to be it."""
    inner = folder / "public"
    return inner if inner.is_dir() else folder


def say_it(line: str) -> None:
    """To the terminal, at once even where output is piped."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def serve(
    folder: Path,
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    data: Path | None = None,
    say: Callable[[str], None] = say_it,
) -> None:
    """Serve the site until it is interrupted. `say` receives the address once it can be opened.

    `folder` is what `picture` or `demo` wrote, or its `public/`. Only `public/` is read, and read anew when
    it changes. Raises `WrongUsage` where the port is taken or the host is not this machine's.
    """
    _check_free(host, port)
    prepare(public_folder(folder), data=data)

    from granian.constants import Interfaces
    from granian.log import LogLevels
    from granian.server import Server

    # A fresh child, no fork: the caller may have run the engine, whose threads do not survive a fork.
    multiprocessing.set_start_method("spawn", force=True)
    server = Server(
        "cobijo.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=4,
        websockets=False,
        log_level=LogLevels.warning,
    )
    server.on_startup(lambda: Thread(target=_tell, args=(host, port, say), daemon=True).start())
    server.serve()


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


def _check_free(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as problem:
        raise WrongUsage("web.port_not_free", host=host, port=port) from problem
