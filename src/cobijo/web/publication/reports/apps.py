"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "cobijo.web.publication.reports"
    label = "reports"

    def ready(self) -> None:
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.reactions import on
        from cobijo.web.core.screens.clocks import register_clock
        from cobijo.web.publication.reports import clocks, invented, models

        register_kind("alternative_report", model=models.Report)
        register_kind("report_section", model=models.Section)
        register_kind("report_paragraph", model=models.Paragraph)
        register_kind("report_table", model=models.DataTable)
        register_kind("state_claim", model=models.StateClaim)
        register_kind("report_annex", model=models.Annex)
        register_kind("report_contributor", model=models.Contributor)
        register_kind("report_step", model=models.Step)
        register_kind("report_edition", model=models.Edition)
        register_clock("report_steps", clocks.due_steps)
        on("demonstration", invented.add_mine)
