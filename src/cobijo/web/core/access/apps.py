"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "cobijo.web.core.access"
    label = "access"

    def ready(self) -> None:
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.access.models import BreakGlass

        register_kind(
            "break_glass", model=BreakGlass, owner="account_id", organisation="scope__organisation_id"
        )
