"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LawsConfig(AppConfig):
    name = "cobijo.web.knowledge.laws"
    label = "laws"

    def ready(self) -> None:
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.reactions import on
        from cobijo.web.core.screens.clocks import register_clock
        from cobijo.web.core.screens.menu import register_page
        from cobijo.web.knowledge.laws import clocks, invented, models

        register_kind("instrument", model=models.Instrument)
        register_kind("article", model=models.Article)
        register_kind("amendment", model=models.Amendment)
        register_kind("penalty", model=models.Penalty)
        register_kind("proposal", model=models.Proposal)
        register_kind("study", model=models.Study)
        register_clock("laws", clocks.due)
        register_page(
            _("Laws and studies"), _("Penalties compared"), url="laws:compare", action="list", kind="penalty"
        )
        on("demonstration", invented.add_mine)
