"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class NetworksConfig(AppConfig):
    name = "cobijo.web.directory.networks"
    label = "networks"
