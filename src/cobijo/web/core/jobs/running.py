"""Running one job: a lease that is renewed while it runs, progress at most once a second, an end with a sentence.

The work runs in the worker's main thread. A second thread beats: it renews the lease, writes the progress, and hears
whether somebody called the job off or another worker took it over. So the work itself never writes its own progress,
and a progress is seen even while the work holds a transaction open.
"""

from __future__ import annotations

import errno
import json
import logging
import time
import traceback
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import DatabaseError, connections
from django.db.models import F, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from cobijo.errors import CobijoError, Param
from cobijo.web.core.jobs.models import Job, State
from cobijo.web.core.jobs.registry import Kind, kind_of
from cobijo.web.core.jobs.sealing import unwrap

if TYPE_CHECKING:
    from cobijo.web.core.access.context import Access
    from cobijo.web.core.jobs.outbox import Export

log = logging.getLogger(__name__)
stopping = Event()  # set when the worker was asked to stop: resumable work is handed back
LEASE = timedelta(seconds=getattr(settings, "JOB_LEASE_SECONDS", 30))
BEAT = min(5.0, LEASE.total_seconds() / 4)
TELL = 1.0  # seconds between two writings of the progress
#: Parameters of a sentence that may be kept with the job as words; others might repeat what stood in a list.
PLAIN_WORDS = frozenset({"field", "column", "kind", "stage", "format", "role", "type", "place", "element"})


class Cancelled(Exception):
    """The person called the job off."""


class HandedBack(Exception):
    """The worker stops; another one goes on with the job."""


class LostLease(Exception):
    """Another worker has the job now: whatever this one still does must not count."""


@dataclass
class Context:
    """What the work of a job holds in its hands. `progress` fits wherever the engine takes one."""

    job_id: uuid.UUID
    kind: Kind
    arguments: Mapping[str, Any]
    resume_from: Any  # what `save` was last given, in an earlier attempt
    attempt: int
    _account_id: int | None = None
    _purpose: str = ""
    _told: tuple[str, int, int] = ("", 0, 0)
    _said: tuple[str, dict[str, Any]] = ("jobs.done", {})
    _cancelled: Event = field(default_factory=Event)
    _lost: Event = field(default_factory=Event)

    def progress(self, stage: str, done: int, total: int) -> None:
        """Say how far the work is, as often as one likes. Raises where the work should stop."""
        self._told = (stage[:80], max(0, int(done)), max(0, int(total)))
        self.check()

    def check(self) -> None:
        """Raises where the work should stop: called off, taken over, or the worker is going."""
        if self._lost.is_set():
            raise LostLease
        if self._cancelled.is_set():
            raise Cancelled
        if stopping.is_set() and self.kind.resumable:
            raise HandedBack

    def cancelled(self) -> bool:
        return self._cancelled.is_set() or self._lost.is_set()

    @contextmanager
    def acting(self, purpose: str | None = None) -> Iterator[Access | None]:
        """One transaction as the person who asked, with the rights that person has now.

        Keep it short (0.2 s): on SQLite nobody else can write meanwhile.
        """
        from cobijo.web.core.access.context import acting_as, acting_as_system
        from cobijo.web.core.accounts.models import Account

        self.check()
        entered: AbstractContextManager[Any]
        if self._account_id is None:
            entered = acting_as_system(f"job {self.kind.name}")
        else:
            account = Account.objects.select_related("organisation").get(pk=self._account_id)
            if not account.is_active:
                raise CobijoError("jobs.account_closed")
            entered = acting_as(account, self._purpose if purpose is None else purpose, via="job")
        with entered as access:
            yield access

    def save(self, cursor: Any) -> None:
        """Keep where to go on, in the transaction of the rows it speaks of; call it last. Raises `LostLease`.

        Rows and cursor are committed together or not at all, so that a killed job repeats and skips nothing.
        """
        kept = Job.objects.filter(pk=self.job_id, attempts=self.attempt, state=State.RUNNING).update(
            cursor=cursor, lost=0
        )
        if not kept:
            self._lost.set()
            raise LostLease
        self.resume_from = cursor

    def private(self) -> dict[str, Any]:
        """What `enqueue(private=…)` was given."""
        sealed = Job.objects.values_list("private", flat=True).get(pk=self.job_id)
        found: dict[str, Any] = json.loads(unwrap(sealed, f"job|{self.job_id}")) if sealed is not None else {}
        return found

    def say(self, code: str, **params: Param) -> None:
        """The sentence with which the job ends when it is done; parameters are numbers and codes."""
        self._said = (code, plain(params))

    def export(self, name: str, media_type: str) -> AbstractContextManager[Export]:
        """A file for the person to fetch: `with context.export("services.csv", "text/csv") as file: file.write(…)`."""
        from cobijo.web.core.jobs import outbox

        return outbox.export(
            job_id=self.job_id, account_id=self._account_id, name=name, media_type=media_type
        )

    def run_in_child(self, function: str, **arguments: Any) -> Any:
        """Call `package.module:function(progress=…, **arguments)` in a process of its own (see `children`)."""
        from cobijo.web.core.jobs.children import run_in_child

        return run_in_child(self, function, arguments)

    def scratch(self) -> Path:
        """A folder in memory where the system has one; emptied when the job ends, and after a kill."""
        from cobijo.web.core.jobs.children import scratch_of

        return scratch_of(self.job_id)


def run(job_id: uuid.UUID, worker: str = "") -> None:
    """Run a job that waits, to its end. Never raises: what went wrong stands in the job, as a code.

    A job that does not wait (called off, taken by another worker) is left alone.
    """
    from cobijo.web.core.jobs.children import sweep

    context = _take(job_id, worker or _worker_name())
    if context is None:
        return
    over = Event()
    beat = Thread(target=_beat, args=(context, over), name=f"beat {job_id}", daemon=True)
    beat.start()
    try:
        ending = _ending(context)
    finally:
        over.set()
        beat.join(timeout=30)
        sweep(job_id)
    _end(context, *ending)


def _take(job_id: uuid.UUID, worker: str) -> Context | None:
    now = timezone.now()
    taken = Job.objects.filter(pk=job_id, state=State.WAITING).update(
        state=State.RUNNING,
        worker=worker,
        attempts=F("attempts") + 1,
        lease_until=now + LEASE,
        beat_at=now,
        started_at=Coalesce("started_at", Value(now)),
    )
    if not taken:
        return None
    job = Job.objects.get(pk=job_id)
    kind = kind_of(job.kind) or Kind(job.kind, _unknown, job.kind)
    context = Context(job.pk, kind, job.arguments, job.cursor, job.attempts, job.asked_by_id, job.purpose)
    context._told = (job.stage, job.done, job.total)
    if job.cancel_asked:
        context._cancelled.set()
    return context


def _unknown(context: Context) -> None:
    raise CobijoError("jobs.unknown_kind")


Ending = tuple[State, str, dict[str, Any]]


def _ending(context: Context) -> Ending:
    try:
        context.check()
        context.kind.work(context)
    except Cancelled:
        return State.CANCELLED, "jobs.cancelled", {}
    except HandedBack:
        return State.WAITING, "", {}
    except LostLease:
        return State.RUNNING, "", {}  # another worker's now; `_end` will touch nothing
    except CobijoError as problem:
        return State.FAILED, problem.code, plain(problem.params)
    except OSError as problem:
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            return State.FAILED, "jobs.disk_full", {}
        return State.FAILED, "jobs.bug", scrubbed(problem)
    except DatabaseError as problem:
        if "disk is full" in str(problem) or "No space left" in str(problem):
            return State.FAILED, "jobs.disk_full", {}
        return State.FAILED, "jobs.bug", scrubbed(problem)
    except Exception as problem:
        return State.FAILED, "jobs.bug", scrubbed(problem)
    if context._cancelled.is_set() and context._said == ("jobs.done", {}):
        return State.CANCELLED, "jobs.cancelled", {}
    return (State.DONE, *context._said)


def scrubbed(problem: BaseException) -> dict[str, Any]:
    """Type and place of an exception, and nothing of what it says: messages repeat what was being worked on."""
    where = traceback.extract_tb(problem.__traceback__)
    inside = [frame for frame in where if "cobijo" in frame.filename] or list(where)
    place = f"{Path(inside[-1].filename).stem}:{inside[-1].lineno}" if inside else ""
    found = {"type": type(problem).__name__, "place": place}
    log.error("a job failed", extra={"job_failure": found})
    return found


def plain(params: Mapping[str, Any]) -> dict[str, Any]:
    """Numbers and the few words that name no person; everything else becomes an ellipsis."""
    return {
        name: value if isinstance(value, bool | int | float | None) or name in PLAIN_WORDS else "…"
        for name, value in params.items()
    }


def _end(context: Context, state: State, code: str, params: dict[str, Any]) -> None:
    """Write the end, unless another attempt has begun meanwhile. Tries for a while where the database is busy."""
    if state == State.RUNNING:
        return
    if state == State.WAITING:
        from cobijo.web.core.jobs.reaper import queue_again

        _patiently(lambda: queue_again(context.job_id, context.attempt, lost=False))
        return
    stage, done, total = context._told
    if state == State.DONE and total:
        done = total
    changes = {"stage": stage, "done": done, "total": total, "code": code, "params": params}
    now = timezone.now()
    _patiently(
        lambda: Job.objects.filter(pk=context.job_id, attempts=context.attempt, state=State.RUNNING).update(
            state=state, lease_until=None, ended_at=now, private=None, **changes
        )
    )


def _patiently(write: Callable[[], object]) -> None:
    for pause in (0.2, 1, 3, 5):
        try:
            write()
            return
        except DatabaseError:
            if not connections["default"].in_atomic_block:
                connections.close_all()
            time.sleep(pause)
    log.error("the end of a job could not be written; the reaper will end it")


def _beat(context: Context, over: Event) -> None:
    written: tuple[str, int, int] | None = context._told
    renewed = time.monotonic()
    try:
        while not over.wait(TELL):
            due = time.monotonic() - renewed >= BEAT
            told = context._told
            try:
                mine = Job.objects.filter(pk=context.job_id, attempts=context.attempt, state=State.RUNNING)
                if told != written or due:
                    now = timezone.now()
                    stage, done, total = told
                    if not mine.update(
                        stage=stage, done=done, total=total, lease_until=now + LEASE, beat_at=now
                    ):
                        context._lost.set()
                        return
                    written, renewed = told, time.monotonic()
                if mine.filter(cancel_asked=True).exists():
                    context._cancelled.set()
            except DatabaseError:
                connections[
                    "default"
                ].close()  # busy or gone: the next beat tries anew, the lease bears several
    finally:
        connections.close_all()


def _worker_name() -> str:
    from cobijo.web.core.jobs.worker import name

    return name()
