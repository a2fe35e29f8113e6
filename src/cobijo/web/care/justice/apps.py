"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class JusticeConfig(AppConfig):
    name = "cobijo.web.care.justice"
    label = "justice"
