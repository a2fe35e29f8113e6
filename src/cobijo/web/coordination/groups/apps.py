"""The room as a Django app."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GroupsConfig(AppConfig):
    name = "cobijo.web.coordination.groups"
    label = "groups"

    def ready(self) -> None:
        from cobijo.web.coordination.groups import clocks, invented
        from cobijo.web.coordination.groups.models import Decision, Group, Meeting, Seat
        from cobijo.web.core.access.kinds import register_kind
        from cobijo.web.core.reactions import on
        from cobijo.web.core.screens.clocks import register_clock
        from cobijo.web.core.screens.menu import register_page

        register_kind("group", model=Group)
        register_kind("seat", model=Seat, organisation="organisation_id")
        register_kind("meeting", model=Meeting)
        register_kind("decision", model=Decision, organisation="organisation_id", owner="person_id")
        register_clock("groups", clocks.due)
        register_page(_("Coordination"), _("Calendar"), url="groups:calendar", action="list", kind="meeting")
        on("demonstration", invented.add_mine)
