"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DutiesConfig(AppConfig):
    name = "cobijo.web.coordination.duties"
    label = "duties"

    def ready(self) -> None:
        from cobijo.web.coordination.duties import invented
        from cobijo.web.coordination.duties.models import Answer, Assessment, Compliance, Duty
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.reactions import on
        from cobijo.web.core.screens.menu import register_page

        register_kind("duty", model=Duty)
        register_kind("compliance", model=Compliance)
        register_kind("self_assessment", model=Assessment, organisation="organisation_id")
        register_kind("assessed_capability", model=Answer, organisation="assessment__organisation_id")
        section = _("Duties of authorities")
        register_page(section, _("Duties by state"), url="duties:matrix", action="list", kind="compliance")
        register_page(
            section, _("Capabilities over time"), url="duties:compared", action="list", kind="self_assessment"
        )
        on("demonstration", invented.add_mine)
