"""Asking for long work and calling it off."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from cobijo.errors import Refused
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.jobs.models import ENDED, Job, State, StoredFile
from cobijo.web.core.jobs.registry import kind_of
from cobijo.web.core.jobs.sealing import wrap

if TYPE_CHECKING:
    from cobijo.web.core.accounts.models import Account

TAKEN = "taken"  # what an upload is called once it was handed in
_CODE = re.compile(r"[A-Za-z0-9_.:/+-]{0,80}")


def enqueue(
    *,
    by: Account | None,
    kind: str,
    arguments: Mapping[str, Any] | None = None,
    private: Mapping[str, Any] | None = None,
    purpose: str | None = None,
) -> Job:
    """Ask for long work, in the caller's transaction: if that fails, nothing was asked for.

    `arguments` are ids and codes; what a person typed (a search, say) goes into `private`, which is kept sealed
    and forgotten when the job ends. `by=None` is the site itself.
    """
    from cobijo.web.core.jobs.tasks import run_job

    known = kind_of(kind)
    if known is None:
        raise ValueError(f"no kind of job is called {kind}")
    _check_arguments(arguments or {})
    identity = uuid.uuid4()
    with transaction.atomic():
        job = Job.objects.create(
            id=identity,
            kind=kind,
            asked_by=by,
            organisation_id=by.organisation_id if by else None,
            purpose=known.purpose if purpose is None else purpose,
            arguments=dict(arguments or {}),
            private=wrap(json.dumps(private).encode(), f"job|{identity}") if private is not None else None,
        )
        job.task_id = uuid.UUID(run_job.enqueue(str(job.pk)).id)
        job.save(update_fields=["task_id"])
    return job


def cancel(*, by: Account, jobs: Iterable[uuid.UUID]) -> list[uuid.UUID]:
    """Call work off: what waits is cancelled at once, what runs stops at its next step. Only the own jobs."""
    asked = list(jobs)
    with transaction.atomic():
        own = list(Job.objects.select_for_update().filter(pk__in=asked, asked_by=by))
        if len(own) != len(set(asked)):
            raise Forbidden(
                "jobs.not_yours", action="remove", kind="job", ids=tuple(str(one) for one in asked)
            )
        for job in own:
            check_cancel(job)
        now = timezone.now()
        waiting = [job.pk for job in own if job.state == State.WAITING]
        Job.objects.filter(pk__in=waiting, state=State.WAITING).update(
            state=State.CANCELLED, cancel_asked=True, code="jobs.cancelled", ended_at=now, private=None
        )
        Job.objects.filter(pk__in=asked, state=State.RUNNING).update(cancel_asked=True)
    return asked


def take_upload(*, by: Account, file: uuid.UUID, name: str) -> bool:
    """Whether this person's upload was still there to be handed in: of two who press at the same moment, one does."""
    mine = StoredFile.objects.filter(
        pk=file, name=name, account=by, kind=StoredFile.UPLOAD, expires_at__gt=timezone.now()
    )
    return bool(mine.update(name=TAKEN))


def check_cancel(job: Job) -> None:
    """Raises the sentence why a job cannot be called off any more."""
    if job.state in ENDED:
        raise Refused("jobs.already_ended")


def _check_arguments(value: Any) -> None:
    """The queue's tables are plain: ids and codes may stand there, words that a person wrote may not."""
    if value is None or isinstance(value, bool | int | float | uuid.UUID):
        return
    if isinstance(value, str) and _CODE.fullmatch(value):
        return
    if isinstance(value, Mapping):
        for name, inner in value.items():
            _check_arguments(name)
            _check_arguments(inner)
        return
    if isinstance(value, list | tuple):
        for inner in value:
            _check_arguments(inner)
        return
    raise ValueError("arguments of a job are ids and codes; anything else goes into `private`")
