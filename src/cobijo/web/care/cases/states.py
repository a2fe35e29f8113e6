"""The life of a case, as a table: from a state, the states it may go to. The database holds the same table."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class State(models.TextChoices):
    OPEN = "open", pgettext_lazy("case", "open")
    ASSESSMENT = "assessment", _("being assessed")
    PLAN = "plan", _("being planned")
    FOLLOW_UP = "follow_up", _("being followed up")
    TRANSFER = "transfer", _("offered to another organisation")
    CLOSED = "closed", pgettext_lazy("case", "closed")
    REOPENED = "reopened", _("reopened")


#: Every step there is. What a step asks for besides (an approval, an assessment) stands in `rules.py`.
STEPS: dict[State, frozenset[State]] = {
    State.OPEN: frozenset({State.ASSESSMENT, State.TRANSFER, State.CLOSED}),
    State.ASSESSMENT: frozenset({State.PLAN, State.TRANSFER, State.CLOSED}),
    State.PLAN: frozenset({State.ASSESSMENT, State.FOLLOW_UP, State.TRANSFER, State.CLOSED}),
    State.FOLLOW_UP: frozenset({State.ASSESSMENT, State.PLAN, State.TRANSFER, State.CLOSED}),
    State.TRANSFER: frozenset({State.OPEN, State.ASSESSMENT, State.PLAN, State.FOLLOW_UP, State.REOPENED}),
    State.CLOSED: frozenset({State.REOPENED}),
    State.REOPENED: frozenset({State.ASSESSMENT, State.PLAN, State.TRANSFER, State.CLOSED}),
}
#: One of these at most a child and organisation.
GOING_ON = tuple(one for one in State if one != State.CLOSED)


def may_go(state: str, to: str) -> bool:
    return State(to) in STEPS[State(state)]
