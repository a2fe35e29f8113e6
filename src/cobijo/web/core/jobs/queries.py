"""Which jobs a person sees: the own ones, and as far as the policy reaches, without their content."""

from __future__ import annotations

import uuid

from django.db.models import QuerySet

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import visible
from cobijo.web.core.jobs.models import Job


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
