"""The one task that the queue knows: run the job with this id."""

from __future__ import annotations

import uuid

from django_tasks import task


@task()
def run_job(job_id: str) -> None:
    from cobijo.web.core.jobs.running import run

    run(uuid.UUID(job_id))
