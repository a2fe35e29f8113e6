"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EvidenceConfig(AppConfig):
    name = "cobijo.web.knowledge.evidence"
    label = "evidence"

    def ready(self) -> None:
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.reactions import on
        from cobijo.web.core.screens.menu import register_page
        from cobijo.web.knowledge.evidence import models
        from cobijo.web.knowledge.evidence.loading import load_at_demonstration

        register_kind("source", model=models.Source)
        register_kind("figure", model=models.Figure)
        register_kind("rating", model=models.Rating)
        register_kind("factor_series", model=models.Indicator)
        register_kind("factor_value", model=models.IndicatorValue)
        register_kind("contradiction", model=models.Contradiction)
        register_kind("report_choice", model=models.ReportChoice)
        section = _("Figures and evidence")
        register_page(
            section, _("Bring in a wide table"), url="evidence:wide", action="import", kind="figure"
        )
        register_page(section, _("Figures over time"), url="evidence:concepts", action="list", kind="figure")
        register_page(
            section, _("Contradictions"), url="evidence:contradictions", action="list", kind="contradiction"
        )
        register_page(
            section, _("Contextual factors"), url="evidence:factors", action="list", kind="factor_series"
        )
        on("demonstration", load_at_demonstration)
