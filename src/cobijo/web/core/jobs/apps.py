"""Long work as an app; the worker's own clocks are registered here."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "cobijo.web.core.jobs"
    label = "jobs"

    def ready(self) -> None:
        from functools import partial

        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.audit.sealer import seal_once
        from cobijo.web.core.jobs import outbox, post, reaper, vault_work, worker
        from cobijo.web.core.jobs.models import Job
        from cobijo.web.core.jobs.registry import every, register_job
        from cobijo.web.core.reactions import on

        register_kind("job", model=Job, owner="asked_by_id", organisation="organisation_id")
        # The audit lies below this room and cannot ask for its clock itself.
        every(1, seal_once)
        every(600, partial(seal_once, sweep=True))
        every(5, worker.beat)
        every(5, reaper.reap)
        every(2, post.deliver)
        every(60, outbox.purge)
        every(3600, reaper.prune)
        on("roles_ended", outbox.on_roles_ended)
        on("account_closed", outbox.on_account_closed)
        every(60, vault_work.settle)
        register_job("vault.rotate", vault_work.rotate, _("New key-encryption key"), resumable=True)
        register_job("vault.reindex", vault_work.reindex, _("New search index"), resumable=True)
