"""The closed lists of the room, and its tables of steps."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GroupKind(models.TextChoices):
    MECHANISM = "mechanism", _("National mechanism")
    REGIONAL = "regional", _("Regional working group")
    COMMITTEE = "committee", _("Committee")
    CHILDREN = "children", _("Children’s forum")


class SentList(models.TextChoices):
    """Whether the agency of a seat has sent the list that the mechanism asked for."""

    NOT_ASKED = "not_asked", _("not asked for")
    WAITING = "waiting", _("asked for, not sent")
    SENT = "sent", pgettext_lazy("list", "sent")


class PlaceKind(models.TextChoices):
    IN_PERSON = "in_person", _("in person")
    REMOTE = "remote", _("by video or telephone")
    BOTH = "both", _("in person and by video")


class MeetingState(models.TextChoices):
    PLANNED = "planned", pgettext_lazy("meeting", "planned")
    HELD = "held", _("held")
    CANCELLED = "cancelled", pgettext_lazy("meeting", "cancelled")


class DecisionState(models.TextChoices):
    OPEN = "open", pgettext_lazy("decision", "open")
    UNDER_WAY = "under_way", _("under way")
    DONE = "done", _("done")
    DROPPED = "dropped", _("dropped")


#: What a meeting can become. One that was held stays held; one that was cancelled can be planned again.
MEETING_STEPS: Mapping[str, frozenset[str]] = {
    MeetingState.PLANNED: frozenset({MeetingState.HELD, MeetingState.CANCELLED}),
    MeetingState.HELD: frozenset(),
    MeetingState.CANCELLED: frozenset({MeetingState.PLANNED}),
}
#: What a decision can become. A finished one can be opened again, since what was called done may not be.
DECISION_STEPS: Mapping[str, frozenset[str]] = {
    DecisionState.OPEN: frozenset({DecisionState.UNDER_WAY, DecisionState.DONE, DecisionState.DROPPED}),
    DecisionState.UNDER_WAY: frozenset({DecisionState.OPEN, DecisionState.DONE, DecisionState.DROPPED}),
    DecisionState.DONE: frozenset({DecisionState.UNDER_WAY}),
    DecisionState.DROPPED: frozenset({DecisionState.OPEN}),
}
GOING_ON = (DecisionState.OPEN, DecisionState.UNDER_WAY)
