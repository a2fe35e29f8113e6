"""A PostgreSQL for one benchmark alone, set as `docs/how-to/run-for-a-country.md` says, so its figures are the page's.

`COBIJO_BENCH_DATABASE_URL` names another server, set as it is. Where PostgreSQL's programs are not on the machine, the
one on 127.0.0.1:5432 is taken.
"""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HOW_TO = Path(__file__).parent.parent / "docs" / "how-to" / "run-for-a-country.md"
USUAL = "postgresql://postgres@127.0.0.1:5432/postgres"
OWNER = "postgres"  # PostgreSQL refuses to be run by root


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The address of a server whose files lie in a folder and stay there; it ends with the benchmark."""
    programs = _programs()
    named = os.environ.get("COBIJO_BENCH_DATABASE_URL")
    if named or programs is None:
        yield named or USUAL
        return
    data, port = folder / "postgresql", free_port()
    folder.chmod(0o711)
    if not data.exists():
        data.mkdir(mode=0o700)
        if os.geteuid() == 0:
            shutil.chown(data, OWNER, OWNER)
        _run(programs / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(settings())
    words = f"-p {port} -k {data} -c listen_addresses=127.0.0.1"
    _run(programs / "pg_ctl", "-D", data, "-w", "-l", data / "log", "-o", words, "start")
    try:
        yield f"postgresql://{OWNER}@127.0.0.1:{port}/postgres"
    finally:
        _run(programs / "pg_ctl", "-D", data, "-w", "-m", "fast", "stop")


def settings() -> str:
    """What the how-to puts into `postgresql.conf`."""
    found = re.search(
        r"in `postgresql\.conf`:\n\n```ini\n(.+?)```", HOW_TO.read_text(encoding="utf-8"), re.DOTALL
    )
    if found is None:
        raise RuntimeError(f"{HOW_TO.name} names no settings of PostgreSQL")
    return found[1]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _programs() -> Path | None:
    """The folder of the newest `pg_ctl`; Debian keeps it out of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda one: int(one.parts[4]))
    return found[-1].parent if found else None


def _run(*words: object) -> None:
    said = [str(one) for one in words]
    user = OWNER if os.geteuid() == 0 else None
    subprocess.run(said, user=user, cwd="/", check=True, stdout=subprocess.DEVNULL)
