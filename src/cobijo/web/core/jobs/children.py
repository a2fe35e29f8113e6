"""Engine work in a process of its own: its libraries take 200 MB that a worker should not keep, and it can be ended.

The child gets its arguments on stdin and answers on stdout, one JSON a line. What it prints itself goes nowhere: the
engine's libraries quote what they work on. When the worker dies, the child's stdin ends and the child ends too.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, TYPE_CHECKING, Any

from django.conf import settings

from cobijo.errors import CobijoError

if TYPE_CHECKING:
    from cobijo.web.core.jobs.running import Context

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own is made in it, its owner's only
NICE = 5  # below the pages


def run_in_child(context: Context, function: str, arguments: Mapping[str, Any]) -> Any:
    """Call `package.module:function(**arguments, progress=…)` in a child; its result comes back as JSON.

    Paths go as text. `CobijoError`s come back as themselves; any other failure comes back as type and place only.
    Called off, the child is ended at once.
    """
    scratch = scratch_of(context.job_id)
    environment = os.environ | {"TMPDIR": str(scratch), "PYTHONUNBUFFERED": "1"}
    with _started(environment) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(
            json.dumps({"function": function, "arguments": arguments}, default=str).encode() + b"\n"
        )
        child.stdin.flush()
        return _answer(context, child, child.stdout)


def _answer(context: Context, child: subprocess.Popen[bytes], stdout: IO[bytes]) -> Any:
    lines: Queue[bytes] = Queue()
    Thread(target=_read, args=(stdout, lines), daemon=True).start()
    while True:
        context.check()
        try:
            line = lines.get(timeout=0.5)
        except Empty:
            continue
        if not line:
            raise CobijoError("jobs.child_gone", kind=str(child.wait()))
        said = json.loads(line)
        if "progress" in said:
            context.progress(*said["progress"])
        elif "problem" in said:
            raise CobijoError(said["problem"], **said["params"])
        elif "bug" in said:
            raise CobijoError("jobs.bug", type=said["bug"], place=said["place"])
        else:
            return said["result"]


def _read(stdout: IO[bytes], lines: Queue[bytes]) -> None:
    for line in stdout:
        lines.put(line)
    lines.put(b"")


@contextmanager
def _started(environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "cobijo.web.core.jobs.child", str(NICE)]
    child = subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=dict(environment),
    )
    try:
        yield child
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            if pipe is not None:
                pipe.close()


# --- The scratch folder of a job


def scratch_of(job_id: uuid.UUID) -> Path:
    """Made where it is not there yet."""
    folder = _scratches() / str(job_id)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def sweep(job_id: uuid.UUID) -> None:
    """Empty a job's scratch folder."""
    shutil.rmtree(_scratches() / str(job_id), ignore_errors=True)


def sweep_all() -> None:
    """Empty the scratch folders that a killed worker left behind."""
    folder = _scratches()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _scratches() -> Path:
    """One folder for each worker: what another worker is using stays untouched."""
    from cobijo.web.core.jobs.worker import name

    if MEMORY.is_dir() and os.access(MEMORY, os.W_OK):
        return MEMORY / f"cobijo-{os.getuid()}-{name()}"
    return Path(settings.DATA_DIR) / "scratch" / name()
