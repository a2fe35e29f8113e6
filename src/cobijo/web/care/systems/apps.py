"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SystemsConfig(AppConfig):
    name = "cobijo.web.care.systems"
    label = "systems"

    def ready(self) -> None:
        from cobijo.web.care.systems import jobs, models
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.jobs.registry import register_job
        from cobijo.web.core.screens.menu import register_page

        register_kind("exchange", model=models.Exchange, organisation="organisation_id")
        register_job(
            jobs.SEND, jobs.send, _("A file of records for another organisation"), may_fetch=jobs.may_fetch
        )
        register_page(
            _("Children"),
            _("Other systems and telephones"),
            url="systems:home",
            action="list",
            kind="exchange",
        )
