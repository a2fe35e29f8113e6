"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScreensConfig(AppConfig):
    name = "cobijo.web.core.screens"
    label = "screens"

    def ready(self) -> None:
        from cobijo.web.core.jobs.registry import register_job
        from cobijo.web.core.screens.jobs import export_register, import_register

        register_job("screens.export", export_register, _("Export of a register"))
        register_job("screens.import", import_register, _("Import of a register"), resumable=True)
