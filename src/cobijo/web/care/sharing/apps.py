"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class SharingConfig(AppConfig):
    name = "cobijo.web.care.sharing"
    label = "sharing"
