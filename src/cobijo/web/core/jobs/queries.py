"""Which jobs a person sees: the own ones, and as far as the policy reaches, without their content."""

from __future__ import annotations

import uuid
from collections.abc import Collection

from django.db.models import QuerySet
from django.utils import timezone

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import visible
from cobijo.web.core.jobs.models import Job, State, StoredFile


def jobs(access: Access | None) -> QuerySet[Job]:
    """The jobs that may be listed, the newest first."""
    return visible(access, "job", Job.objects.select_related("asked_by", "file"))


def job(access: Access | None, job_id: uuid.UUID) -> Job | None:
    """One job, where it may be seen."""
    return (
        visible(access, "job", Job.objects.select_related("asked_by", "file"), "see")
        .filter(pk=job_id)
        .first()
    )


def own(access: Access | None, one: Job) -> bool:
    """Whether the person may read what the job was about; others see only that there was one."""
    return access is not None and one.asked_by_id is not None and one.asked_by_id == access.account_id


def own_jobs(access: Access | None, kinds: Collection[str], most: int = 50) -> QuerySet[Job]:
    """The person's own jobs of some kinds, the newest first."""
    account_id = access.account_id if access is not None else 0
    return Job.objects.filter(asked_by_id=account_id or None, kind__in=kinds)[:most]


def own_job(access: Access | None, job_id: uuid.UUID, kind: str) -> Job | None:
    """One of the person's own jobs that is done."""
    account_id = access.account_id if access is not None else 0
    rows = Job.objects.filter(asked_by_id=account_id or None, pk=job_id, kind=kind, state=State.DONE)
    return rows.first()


def uploads(access: Access | None) -> QuerySet[StoredFile]:
    """Files that the person handed in and that are still kept. Nobody else ever reads them."""
    if access is None or not access.account_id:
        return StoredFile.objects.none()
    return StoredFile.objects.filter(
        account_id=access.account_id, kind=StoredFile.UPLOAD, expires_at__gt=timezone.now()
    )
