"""What a killed worker leaves behind: its jobs go on elsewhere, or end with a sentence."""

from __future__ import annotations

import uuid
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from cobijo.web.core.jobs.models import ENDED, Job, State, Worker
from cobijo.web.core.jobs.registry import kind_of

LOSSES = 5  # a job that has seen so many workers die in a row is not given to another
KEPT = timedelta(days=90)


def reap() -> int:
    """Take back every job whose lease has run out; returns how many. Two reapers at once do it once."""
    now = timezone.now()
    lost = list(Job.objects.filter(state=State.RUNNING, lease_until__lt=now))
    return sum(_take_back(job) for job in lost) + _queue_forgotten()


def reap_of(worker: str) -> int:
    """Take back at once what a worker held that is known to be dead (whoever calls holds its name now)."""
    from django_tasks_db.models import DBTaskResult

    count = sum(_take_back(job) for job in Job.objects.filter(state=State.RUNNING, worker=worker))
    for entry in DBTaskResult.objects.running():
        if worker in entry.worker_ids:
            _close(DBTaskResult.objects.filter(pk=entry.pk))
    return count + _queue_forgotten(timedelta())


def _take_back(job: Job) -> int:
    kind = kind_of(job.kind)
    mine = Job.objects.filter(
        pk=job.pk, attempts=job.attempts, state=State.RUNNING, lease_until=job.lease_until
    )
    now = timezone.now()
    if job.cancel_asked:
        return mine.update(
            state=State.CANCELLED, code="jobs.cancelled", ended_at=now, lease_until=None, private=None
        )
    if kind is not None and kind.resumable and job.lost < LOSSES - 1:
        return queue_again(job.pk, job.attempts, lost=True)
    code = "jobs.worker_gone" if kind is None or not kind.resumable else "jobs.worker_gone_often"
    changes = {"code": code, "params": {"times": job.lost + 1}}
    return mine.update(state=State.FAILED, ended_at=now, lease_until=None, private=None, **changes)


def queue_again(job_id: uuid.UUID, attempt: int, *, lost: bool) -> int:
    """Put a running job back into the queue, if it is still in that attempt. `lost`: because its worker died."""
    from cobijo.web.core.jobs.tasks import run_job

    with transaction.atomic():
        back = Job.objects.filter(pk=job_id, attempts=attempt, state=State.RUNNING).update(
            state=State.WAITING, lease_until=None, worker="", lost=F("lost") + int(lost)
        )
        if back:
            Job.objects.filter(pk=job_id).update(task_id=uuid.UUID(run_job.enqueue(str(job_id)).id))
    return back


def _queue_forgotten(age: timedelta = timedelta(seconds=30)) -> int:
    """Jobs that wait while no entry of the queue speaks of them: a worker died between the two."""
    from django_tasks_db.models import DBTaskResult

    from cobijo.web.core.jobs.tasks import run_job

    ready = DBTaskResult.objects.ready().values("pk")
    count = 0
    waiting = Job.objects.filter(state=State.WAITING, made_at__lt=timezone.now() - age)
    for job in waiting.exclude(task_id__in=ready):
        entry = DBTaskResult.objects.running().filter(
            pk__in=[job.task_id], started_at__gt=timezone.now() - age
        )
        if entry.exists():
            continue  # taken this moment
        with transaction.atomic():
            task_id = uuid.UUID(run_job.enqueue(str(job.pk)).id)
            moved = Job.objects.filter(pk=job.pk, state=State.WAITING, task_id=job.task_id).update(
                task_id=task_id
            )
            if not moved:
                transaction.set_rollback(True)
        count += moved
    return count


def _close(entries: QuerySet[Any]) -> None:
    from django_tasks.base import TaskResultStatus

    entries.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())


def prune() -> None:
    """Forget the queue's entries after a day, ended jobs after ninety, silent workers after a day."""
    from django_tasks_db.models import DBTaskResult

    now = timezone.now()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - timedelta(days=1)).delete()
    _close(DBTaskResult.objects.running().filter(started_at__lt=now - timedelta(days=2)))
    Job.objects.filter(state__in=ENDED, ended_at__lt=now - KEPT).delete()
    Worker.objects.filter(beat_at__lt=now - timedelta(days=1)).delete()
