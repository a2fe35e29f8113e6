"""The life of a referral, as a table: from a state, the states it may go to. The database holds the same table."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from cobijo.errors import InputProblem


class State(models.TextChoices):
    SENT = "sent", _("waits for an answer")
    ASKED = "asked", _("asks something back")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    DONE = "done", _("done")
    WITHDRAWN = "withdrawn", _("withdrawn")
    EXPIRED = "expired", _("nobody answered")


STEPS: dict[State, frozenset[State]] = {
    State.SENT: frozenset({State.ACCEPTED, State.DECLINED, State.ASKED, State.WITHDRAWN, State.EXPIRED}),
    State.ASKED: frozenset({State.SENT, State.ACCEPTED, State.DECLINED, State.WITHDRAWN, State.EXPIRED}),
    State.ACCEPTED: frozenset({State.DONE, State.WITHDRAWN}),
    State.DONE: frozenset({State.WITHDRAWN}),
    State.DECLINED: frozenset(),
    State.WITHDRAWN: frozenset(),
    State.EXPIRED: frozenset(),
}
#: Somebody still has to answer.
WAITING = (State.SENT, State.ASKED)
#: The recipient may read the packet.
READABLE = (State.SENT, State.ASKED, State.ACCEPTED, State.DONE)


def check_step(state: str, to: str) -> None:
    """Only the steps of the table."""
    if State(to) not in STEPS[State(state)]:
        raise InputProblem("sharing.no_such_step", state=state, to=to)
