"""The room as a Django app."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChildrenConfig(AppConfig):
    name = "cobijo.web.care.children"
    label = "children"

    def ready(self) -> None:
        from cobijo.web.care.children import elsewhere, filling, models, noticing_clock
        from cobijo.web.care.children.fields import SHEETS
        from cobijo.web.care.children.sheets import register_sheet
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.jobs.registry import every, register_job
        from cobijo.web.core.screens.clocks import register_clock
        from cobijo.web.core.screens.history import register_revisions
        from cobijo.web.core.screens.menu import register_page
        from cobijo.web.core.vault.indexing import register_index

        for sheet in SHEETS:
            register_sheet(sheet)
            if sheet.revised:
                register_revisions(sheet.kind, models.ChildRevision)
        sealed = {sheet.kind: tuple(sheet.sealed) for sheet in SHEETS}
        below = ("child", "child_id")  # breaking the glass on a child opens all that is under it
        register_kind("child", model=models.Child, protected=True, identity_fields=sealed["child"])
        register_kind(
            "concern", model=models.Concern, protected=True, under=below, identity_fields=sealed["concern"]
        )
        register_kind(
            "child_event",
            model=models.Event,
            protected=True,
            under=below,
            identity_fields=sealed["child_event"],
        )
        register_kind("concept", model=models.Concept, protected=True, under=below)
        register_kind(
            "status",
            model=models.StatusDecision,
            protected=True,
            under=below,
            identity_fields=sealed["status"],
        )
        register_kind("question", model=models.Question, owner="asked_by_id", organisation="organisation_id")
        register_kind("match", model=models.Match)
        register_index("child", model=models.Child, purposes=("search", "match"), known=_known)
        register_index("concern", model=models.Concern, purposes=("search",), known=_known)
        every(60, elsewhere.resolve)
        every(3600, filling.at_night)
        register_job(filling.COUNT, filling.run, _("Count of filled fields"), resumable=True)
        register_clock("noticing", noticing_clock.due)
        register_page(
            _("Children"), _("Search, then register"), url="children:search", action="add", kind="child"
        )
        register_page(
            _("Children"),
            _("Matches between organisations"),
            url="children:matches",
            action="list",
            kind="match",
        )
        nobody = _("Fields that nobody fills")
        register_page(_("Children"), nobody, url="children:unfilled", action="review", kind="child")
        register_page(_("Children"), nobody, url="children:unfilled_everywhere", action="list", kind="match")
        register_page(
            _("Children"), _("Tell what you noticed"), url="children:notice", action="add", kind="concern"
        )


def _known(identity: Mapping[str, Any]) -> dict[str, Any]:
    from cobijo.web.care.children.queries import known_of

    return known_of(identity)
