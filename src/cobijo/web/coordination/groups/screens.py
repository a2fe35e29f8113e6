"""The registers of groups, seats, meetings and decisions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cobijo.web.coordination.groups import queries, services
from cobijo.web.coordination.groups.models import Decision, Group, Meeting, Seat
from cobijo.web.core.screens.register import Group as Part
from cobijo.web.core.screens.register import Register, register_screens
from cobijo.web.directory.services.queries import areas

SECTION = _("Coordination")


GROUPS = register_screens(
    Register(
        kind="group", path="coordination/groups", section=SECTION, title=_("Groups"),
        lead=_("Who coordinates: national mechanism, working groups, committees, children’s forums."),
        empty=_("No group is entered yet. Add the national mechanism first, with how often its mandate says it meets."),
        model=Group, queries=queries.groups, columns=("name", "kind", "area", "cadence_months", "until"),
        groups=(
            Part(_("What it is"), ("name", "kind", "area", "mandate", "legal_ground", "source")),
            Part(_("How often it meets"), ("cadence_months", "since", "until")),
        ),
        add=services.add, change=services.change, remove=services.remove,
        search=("name", "mandate"), filters=("kind", "area"), sort="name", choices={"area": areas},
    )
)  # fmt: skip

SEATS = register_screens(
    Register(
        kind="seat", path="coordination/seats", section=SECTION, title=_("Seats"),
        part_of="group",
        lead=_("Which organisation sits in which group, until when, and which agencies sent no list."),
        empty=_("No seat is entered yet. Add the group first, then its seats; an empty organisation means vacant."),
        model=Seat, queries=queries.seats, columns=("office", "group", "organisation", "until", "sent_list"),
        groups=(Part(_("Who sits there"), ("group", "office", "organisation", "since", "until", "sent_list")),),
        add=services.add_seats, change=services.change_seats, remove=services.remove_seats,
        search=("office",), filters=("group", "sent_list"), sort="office",
    )
)  # fmt: skip

MEETINGS = register_screens(
    Register(
        kind="meeting", path="coordination/meetings", section=SECTION, title=_("Meetings"),
        lead=_("When the groups meet, what stood on the agenda and what became of it."),
        empty=_("No meeting is planned yet. Add one; it appears in the calendar of everybody who subscribed to it."),
        model=Meeting, queries=queries.meetings, columns=("on", "group", "state", "place_kind", "place"),
        groups=(Part(_("The meeting"), ("group", "on", "at", "place_kind", "place", "agenda")),),
        more=(Part(_("What became of it"), ("state", "reason", "minutes")),),
        add=services.plan, change=services.change_meetings, remove=services.remove_meetings,
        filters=("group", "state"), sort="-on",
    )
)  # fmt: skip

DECISIONS = register_screens(
    Register(
        kind="decision", path="coordination/decisions", section=SECTION, title=_("Decisions"),
        lead=_("What meetings decided: who does it, until when, and how far it is."),
        empty=_("No decision is entered yet. Open the meeting that decided it and add it there, with its owner."),
        model=Decision, queries=queries.decisions, columns=("text", "organisation", "due_on", "state", "meeting"),
        groups=(
            Part(_("What was decided"), ("meeting", "text", "organisation", "person", "due_on")),
            Part(_("How far it is"), ("state", "result")),
        ),
        add=services.decide_on, change=services.change_decisions, remove=services.remove_decisions,
        search=("text",), filters=("organisation", "state"), sort="due_on", choices={"person": queries.colleagues},
    )
)  # fmt: skip
