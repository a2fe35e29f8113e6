"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ChildrenConfig(AppConfig):
    name = "cobijo.web.care.children"
    label = "children"
