"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class RecommendationsConfig(AppConfig):
    name = "cobijo.web.coordination.recommendations"
    label = "recommendations"

    def ready(self) -> None:
        from cobijo.web.coordination.recommendations import invented
        from cobijo.web.coordination.recommendations.models import Action, Actor, Pressure, Recommendation
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.reactions import on

        register_kind("recommendation", model=Recommendation)
        register_kind("recommendation_action", model=Action)
        register_kind("advocacy_actor", model=Actor, organisation="organisation_id")
        register_kind("advocacy", model=Pressure, organisation="actor__organisation_id")
        on("demonstration", invented.add_mine)
