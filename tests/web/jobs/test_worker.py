"""Workers that are killed, asked to stop and called off, as real processes."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.house import House, house, until

ENQUEUE = (
    "from cobijo.web.core.jobs.services import enqueue\n"
    "answer = enqueue(by=None, kind={kind!r}, arguments={arguments}).pk"
)
LOOK = (
    "from cobijo.web.core.jobs.models import Job\n"
    "job = Job.objects.get(pk={job!r})\n"
    "answer = dict(state=job.state, code=job.code, done=job.done, total=job.total, lost=job.lost, params=job.params)"
)
ROWS = (
    "from cobijo.web.core.accounts.models import Organisation\n"
    "answer = Organisation.objects.filter(code__startswith='row-').count()"
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("site")) as made:
        yield made


def enqueue(site: House, kind: str, **arguments: Any) -> str:
    return str(site.ask(ENQUEUE.format(kind=kind, arguments=arguments)))


def look(site: House, job: str) -> dict[str, Any]:
    found: dict[str, Any] = site.ask(LOOK.format(job=job))
    return found


def ended(site: House, job: str) -> dict[str, Any]:
    found: dict[str, Any] = until(
        lambda: (seen := look(site, job))["state"] in ("done", "failed", "cancelled") and seen
    )
    return found


@pytest.fixture
def hold(tmp_path: Path) -> Path:
    """While it is there, a job of rows waits half way."""
    (tmp_path / "hold").touch()
    return tmp_path / "hold"


def test_a_killed_workers_job_goes_on_and_does_everything_once(site: House, hold: Path) -> None:
    job = enqueue(site, "tests.rows", total=300, hold=str(hold))
    worker = site.worker()
    until(lambda: look(site, job)["done"] >= 150)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    hold.unlink()
    assert look(site, job)["state"] == "running"
    site.worker()  # takes the dead one's slot, so it need not wait for the lease
    assert ended(site, job)["state"] == "done"
    assert site.ask(ROWS) == 300
    site.end()


def test_what_cannot_go_on_ends_with_a_sentence(site: House) -> None:
    job = enqueue(site, "tests.slow")
    worker = site.worker()
    until(lambda: look(site, job)["state"] == "running")
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    time.sleep(4.5)  # the lease runs out; the reaper needs no slot for that
    site.python("from cobijo.web.core.jobs.reaper import reap; reap()")
    seen = look(site, job)
    assert (seen["state"], seen["code"]) == ("failed", "jobs.worker_gone")
    site.end()


def test_asked_to_stop_a_worker_hands_its_job_back(site: House, hold: Path) -> None:
    site.python(
        "from cobijo.web.core.accounts.models import Organisation\nOrganisation.objects.all().delete()"
    )
    job = enqueue(site, "tests.rows", total=600, hold=str(hold))
    worker = site.worker()
    until(lambda: look(site, job)["done"] >= 300)
    worker.terminate()
    assert worker.wait(timeout=10) == 0
    hold.unlink()
    seen = look(site, job)
    assert (seen["state"], seen["lost"]) == ("waiting", 0)
    site.manage("work", "--once")
    assert look(site, job)["state"] == "done"
    assert site.ask(ROWS) == 600


def test_a_job_is_called_off_and_a_child_dies_with_it(site: House, tmp_path: Path) -> None:
    job = enqueue(site, "tests.child", to=600)
    site.worker()
    until(lambda: look(site, job)["total"] == 600)
    site.python(
        f"from cobijo.web.core.jobs.models import Job\nJob.objects.filter(pk={job!r}).update(cancel_asked=True)"
    )
    assert ended(site, job)["code"] == "jobs.cancelled"
    site.end()


def test_the_lifeline_ends_a_worker(site: House) -> None:
    import subprocess

    worker = site.start("-m", "cobijo.web", "work", "--lifeline", stdin=subprocess.PIPE)
    time.sleep(2)
    assert worker.poll() is None
    assert worker.stdin is not None
    worker.stdin.close()
    assert worker.wait(timeout=10) == 0


@pytest.mark.prove
def test_killed_fifty_times_every_row_is_there_once(site: House) -> None:
    site.python(
        "from cobijo.web.core.accounts.models import Organisation\nOrganisation.objects.all().delete()"
    )
    job = enqueue(site, "tests.rows", total=6000, pause=0.03)
    for turn in range(50):
        worker = site.worker()
        time.sleep(1.2 + (turn % 7) * 0.13)
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    site.manage("work", "--once")
    seen = look(site, job)
    if seen["state"] == "done":
        assert site.ask(ROWS) == 6000
    else:
        assert seen["code"] == "jobs.worker_gone_often"
        assert site.ask(ROWS) == seen["done"]
