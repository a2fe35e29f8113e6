"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "cobijo.web.directory.services"
    label = "services"

    def ready(self) -> None:
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.screens.clocks import register_clock
        from cobijo.web.directory.services.models import PUBLIC, Service
        from cobijo.web.directory.services.queries import to_ask, to_verify

        register_kind(
            "service", model=Service, organisation="organisation_id", area="area", public_fields=PUBLIC
        )
        register_clock("services_to_verify", to_verify)
        register_clock("services_to_ask", to_ask)
