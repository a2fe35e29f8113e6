"""The worker: takes jobs from the queue one by one, and keeps the site's clocks.

Jobs run in the main thread; the clocks run beside it, so that the audit is sealed and leases are watched while a long
job runs. A worker's name is a slot in the data folder that is locked while it lives: whoever gets the lock knows that
the slot's last worker is dead, and takes back its jobs at once instead of waiting for their leases to run out.
"""

from __future__ import annotations

import fcntl
import logging
import os
import secrets
import signal
import sys
import time
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Event, Thread
from types import FrameType
from typing import IO

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils import timezone

from cobijo.web.core.jobs.registry import Clock, clocks

log = logging.getLogger(__name__)
LOOK = 0.5  # seconds between two looks at the queue
QUICK = 2.5  # clocks up to this are kept in a thread of their own, which no slow one holds up
_slot: tuple[str, IO[str]] | None = None


def work(*, once: bool = False, lifeline: bool = False) -> None:
    """Work until asked to stop (SIGTERM, Ctrl-C). `once`: until the queue is empty. `lifeline`: until stdin ends.

    Asked to stop, resumable work is handed back within a second; other work is finished first. Asked twice, it
    stops at once and the next worker sees to what is left.
    """
    from cobijo.web.core.jobs import children, reaper, running
    from cobijo.web.rest import settle

    settle()
    running.stopping.clear()
    _take_slot()
    _heed_signals(running.stopping)
    if lifeline:
        Thread(target=_hold_on, args=(running.stopping,), name="lifeline", daemon=True).start()
    children.sweep_all()
    _patient(lambda: reaper.reap_of(name()))
    threads = [] if once else _start_clocks(running.stopping)
    try:
        while not running.stopping.is_set():
            worked = _patient(_one)
            if once and not worked:
                break
            if not worked:
                running.stopping.wait(LOOK)
    finally:
        running.stopping.set()
        for thread in threads:
            thread.join(timeout=10)
        connections.close_all()
        _leave_slot()


def name() -> str:
    """This worker's slot, or who does its work outside of one (a test, a shell)."""
    return _slot[0] if _slot else f"shell-{os.getpid()}"


def beat() -> None:
    """Say that this worker lives."""
    from cobijo.web.core.jobs.models import Worker

    Worker.objects.update_or_create(name=name(), defaults={"beat_at": timezone.now()})


def _one() -> bool:
    """Take one entry of the queue and run its job; False where there is none."""
    from django_tasks_db.models import DBTaskResult
    from django_tasks_db.utils import exclusive_transaction

    from cobijo.web.core.jobs.running import run

    ready = DBTaskResult.objects.ready().filter(backend_name="default")
    if not ready.exists():  # without this look, an idle worker would lock SQLite's file twice a second
        return False
    with exclusive_transaction():
        entry = ready.get_locked()
        if entry is None:
            return False
        entry.claim(name())
    arguments = entry.args_kwargs["args"]
    run(uuid.UUID(arguments[0]))
    entry.set_successful(None)  # the job itself says how it ended; the queue keeps no exception text
    return True


def _patient(step: Callable[[], object]) -> bool:
    """A database that is busy, restarting or full is no reason to die: it is tried again."""
    try:
        return bool(step())
    except DatabaseError as problem:
        log.warning("the worker waits for the database", extra={"failure": type(problem).__name__})
        connections.close_all()
        time.sleep(1)
        return False


# --- The clocks


def _start_clocks(stop: Event) -> list[Thread]:
    quick = [clock for clock in clocks() if clock.seconds <= QUICK]
    slow = [clock for clock in clocks() if clock.seconds > QUICK]
    threads = [
        Thread(target=_keep, args=(kept, stop), name=label, daemon=True)
        for label, kept in (("quick clocks", quick), ("slow clocks", slow))
    ]
    for thread in threads:
        thread.start()
    return threads


def _keep(kept: Sequence[Clock], stop: Event) -> None:
    due = dict.fromkeys(kept, 0.0)
    while not stop.wait(0.2):
        for clock in kept:
            now = time.monotonic()
            if now < due[clock] or stop.is_set():
                continue
            due[clock] = now + clock.seconds
            try:
                clock.func()
            except Exception as problem:
                place = f"{clock.func.__module__}.{getattr(clock.func, '__qualname__', '')}"
                log.error("a clock failed", extra={"clock": place, "failure": type(problem).__name__})
                connections.close_all()
    connections.close_all()


# --- The slot


def _take_slot() -> None:
    global _slot
    folder = Path(settings.DATA_DIR) / "workers"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for number in range(1, 1000):
        file = (folder / f"{number}.lock").open("a+", encoding="ascii")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            continue
        _slot = (f"{_house(folder)}-{number}", file)
        return
    raise RuntimeError("a thousand workers share this data folder")


def _house(folder: Path) -> str:
    """A name for the data folder, so that workers of several machines on one database have different names."""
    path = folder / "name"
    if not path.exists():
        draft = folder / f"name.{secrets.token_hex(4)}"
        draft.write_text(secrets.token_hex(6), encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def _leave_slot() -> None:
    global _slot
    if _slot is not None:
        _slot[1].close()
        _slot = None


# --- Being asked to stop


def _heed_signals(stop: Event) -> None:
    def heed(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            os._exit(1)  # asked twice: at once, and the next worker sees to what is left
        stop.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, heed)


def _hold_on(stop: Event) -> None:
    """Whoever started this worker holds the other end of stdin; when it is gone, the worker goes too."""
    while os.read(sys.stdin.fileno(), 1024):
        pass
    stop.set()
    time.sleep(20)
    os._exit(1)
