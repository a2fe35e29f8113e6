"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class CoverageConfig(AppConfig):
    name = "cobijo.web.directory.coverage"
    label = "coverage"
