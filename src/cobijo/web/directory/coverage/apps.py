"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CoverageConfig(AppConfig):
    """No models: the room counts the services of the directory, and only by what everybody here may see of them."""

    name = "cobijo.web.directory.coverage"
    label = "coverage"

    def ready(self) -> None:
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.jobs.registry import register_job
        from cobijo.web.core.screens.menu import register_page
        from cobijo.web.directory.coverage.jobs import import_table
        from cobijo.web.directory.services.models import PUBLIC, Service

        register_kind(
            "coverage",
            model=Service,
            title=_("coverage"),
            organisation="organisation_id",
            area="area",
            public_fields=PUBLIC,
        )
        register_job(
            "coverage.import",
            import_table,
            _("Import of a 4W table"),
            resumable=True,
            back="coverage:exchange",
        )
        register_page(
            _("Directory"), _("Who does what where"), url="coverage:matrix", action="list", kind="coverage"
        )
