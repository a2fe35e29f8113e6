"""The public room."""

from __future__ import annotations

from django.apps import AppConfig


class PublicConfig(AppConfig):
    """No models: the room reads the folder that a run of the picture published."""

    name = "cobijo.web.publication.public"
    label = "public"
