"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ScreensConfig(AppConfig):
    name = "cobijo.web.core.screens"
    label = "screens"

    def ready(self) -> None:
        from cobijo.web.core.jobs.registry import register_job
        from cobijo.web.core.screens.import_jobs import IMPORT, TRY, import_register, try_register
        from cobijo.web.core.screens.jobs import export_register, may_fetch

        register_job("screens.export", export_register, _("Export of a register"), may_fetch=may_fetch)
        register_job(TRY, try_register, _("Dry run of an import"), resumable=True, back="imports")
        register_job(IMPORT, import_register, _("Import of a register"), resumable=True, back="imports")
