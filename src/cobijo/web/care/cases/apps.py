"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "cobijo.web.care.cases"
    label = "cases"
