"""The closed lists of the room, and the table of what a request can become."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    DRAFT = "draft", _("draft")
    SENT = "sent", pgettext_lazy("request", "sent")
    ACKNOWLEDGED = "acknowledged", _("received")
    ANSWERED = "answered", pgettext_lazy("request", "answered")
    GRADED = "graded", _("answer graded")
    ESCALATED = "escalated", _("escalated")
    CLOSED = "closed", pgettext_lazy("request", "closed")


class Grade(models.TextChoices):
    """What the answer is worth. Whoever grades gives the reason."""

    FULL = "full", _("answered in full")
    PART = "part", _("answered in part")
    REFUSED = "refused", pgettext_lazy("answer", "refused")
    SILENCE = "silence", _("silence")


class Silence(models.TextChoices):
    """What the law makes of silence."""

    REFUSED = "refused", _("silence counts as a refusal")
    GRANTED = "granted", _("silence counts as a yes")
    PRESUMED_TRUE = "presumed_true", _("what was complained of counts as true")
    UNKNOWN = "unknown", _("what silence means is not known")


#: What a request can become. Silence is graded without an answer, which may still come (`rules.steps`); an escalated
#: one can climb further or be answered.
STEPS: Mapping[str, frozenset[str]] = {
    State.DRAFT: frozenset({State.SENT, State.CLOSED}),
    State.SENT: frozenset({State.ACKNOWLEDGED, State.ANSWERED, State.GRADED, State.ESCALATED, State.CLOSED}),
    State.ACKNOWLEDGED: frozenset({State.ANSWERED, State.GRADED, State.ESCALATED, State.CLOSED}),
    State.ANSWERED: frozenset({State.GRADED}),
    State.GRADED: frozenset({State.ANSWERED, State.ESCALATED, State.CLOSED}),
    State.ESCALATED: frozenset({State.ANSWERED, State.ESCALATED, State.GRADED, State.CLOSED}),
    State.CLOSED: frozenset(),
}
#: Somebody else has to move.
WAITING = (State.SENT, State.ACKNOWLEDGED, State.ESCALATED)
#: It has left the house.
OUT = (State.SENT, State.ACKNOWLEDGED, State.ANSWERED, State.GRADED, State.ESCALATED, State.CLOSED)
