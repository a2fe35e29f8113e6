"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    """No models: the room shows what `knowledge/evidence` keeps, as far as it may be shown to everybody."""

    name = "cobijo.web.publication.figures"
    label = "public_figures"

    def ready(self) -> None:
        from cobijo.web.knowledge.evidence.estimate import register_estimate
        from cobijo.web.publication.figures.queries import published_estimate

        register_estimate(published_estimate)
