"""Long work as an app; the worker's own clocks are registered here."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "cobijo.web.core.jobs"
    label = "jobs"

    def ready(self) -> None:
        from cobijo.web.core.jobs import outbox, post, reaper, worker
        from cobijo.web.core.jobs.registry import every

        every(5, worker.beat)
        every(5, reaper.reap)
        every(2, post.deliver)
        every(60, outbox.purge)
        every(3600, reaper.prune)
