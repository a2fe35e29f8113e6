"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RequestsConfig(AppConfig):
    name = "cobijo.web.coordination.requests"
    label = "requests"

    def ready(self) -> None:
        from cobijo.web.coordination.requests import clocks, invented, patterns
        from cobijo.web.coordination.requests.models import Escalation, PublicRequest, Request
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.jobs.registry import every
        from cobijo.web.core.reactions import on
        from cobijo.web.core.screens.clocks import register_clock
        from cobijo.web.core.screens.menu import register_page

        register_kind("request", model=Request, organisation="organisation_id")
        register_kind("public_request", model=PublicRequest)
        register_kind("request_escalation", model=Escalation, organisation="request__organisation_id")
        register_clock("requests", clocks.due)
        register_clock("refused_texts", clocks.many_texts)
        every(clocks.EVERY, clocks.look_again)
        register_page(
            _("Coordination"),
            _("What authorities owe"),
            url="requests:overdue",
            action="list",
            kind="request",
        )
        on("non_punishment_alert", patterns.notice)
        on("demonstration", invented.add_mine)
