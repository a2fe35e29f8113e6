"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class HelpConfig(AppConfig):
    """No models: the room shows services of the directory that may be public."""

    name = "cobijo.web.publication.help"
    label = "help"
