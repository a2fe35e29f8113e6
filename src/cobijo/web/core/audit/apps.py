"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "cobijo.web.core.audit"
    label = "audit"

    def ready(self) -> None:
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.audit.models import Event

        register_kind("event", model=Event, owner="account_id", organisation="organisation_id")
