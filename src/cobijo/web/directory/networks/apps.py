"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "cobijo.web.directory.networks"
    label = "networks"

    def ready(self) -> None:
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.directory.networks.models import Membership, Network

        register_kind("network", model=Network)
        register_kind("membership", model=Membership, organisation="member_id")
