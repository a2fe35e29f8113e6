"""`cobijo serve`: web and worker in one command, small when idle, gone when killed."""

from __future__ import annotations

import json
import os
import signal
import socket
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from tests.web.house import House, house, until

RUN = "import sys\nfrom cobijo.web.serve import serve\nserve(None, port=int(sys.argv[1]))"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def health(port: int) -> dict[str, Any]:
    try:
        with urllib.request.urlopen(f"http://localhost:{port}/health", timeout=5) as answer:
            return dict(json.load(answer))
    except (urllib.error.URLError, OSError):
        return {}


def family(pid: int) -> list[int]:
    """A process and all below it, whichever of its threads started them."""
    tasks = Path(f"/proc/{pid}/task").glob("*/children")
    below = [int(child) for task in tasks for child in task.read_text().split()]
    return [pid, *(one for child in below for one in family(child))]


def pss_mb(pids: list[int]) -> float:
    lines = [line for pid in pids for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024


def lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_one_command_serves_and_works_in_little_memory(tmp_path: Path) -> None:
    port = free_port()
    with house(tmp_path / "site") as site:
        server = site.start("-c", RUN, str(port))
        found = until(lambda: (seen := health(port)).get("worker_seconds") is not None and seen, 60)
        assert found["ill"] == []
        pids = family(server.pid)
        assert pss_mb(pids) <= 300
        done = _work_is_done(site)
        assert done == "done"
        worker = next(
            pid for pid in pids if b"work" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        )
        os.kill(worker, signal.SIGKILL)  # the companion starts another
        until(lambda: any(pid not in pids for pid in family(server.pid)), 30)
        pids = sorted({*pids, *family(server.pid)})
        server.kill()
        server.wait()
        until(lambda: not [pid for pid in pids if lives(pid)], 40)


def _work_is_done(site: House) -> str:
    job = site.ask(
        "from cobijo.web.core.jobs.services import enqueue\n"
        "answer = enqueue(by=None, kind='tests.rows', arguments={'total': 20}).pk"
    )
    ask = f"from cobijo.web.core.jobs.models import Job\nanswer = Job.objects.get(pk={job!r}).state"
    return str(until(lambda: (state := site.ask(ask)) in ("done", "failed") and state, 30))
