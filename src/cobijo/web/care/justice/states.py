"""The life of a proceeding, as a table: from a state, the states it may go to. The database holds the same table."""

from __future__ import annotations

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    COMPLAINT = "complaint", _("complaint")
    INVESTIGATION = "investigation", _("investigation")
    CHARGE = "charge", _("charge")
    TRIAL = "trial", _("trial")
    JUDGMENT = "judgment", _("judgment")
    SENTENCE = "sentence", _("sentence")
    REPARATION = "reparation", _("reparation")
    APPEAL = "appeal", _("appeal")
    ARCHIVED = "archived", _("archived")
    DISMISSED = "dismissed", _("dismissed")
    ENDED = "ended", _("ended")


#: Every step there is. From charge to judgment without a trial: where the accused admits it and the law allows that.
STEPS: dict[State, frozenset[State]] = {
    State.COMPLAINT: frozenset({State.INVESTIGATION, State.ARCHIVED}),
    State.INVESTIGATION: frozenset({State.CHARGE, State.ARCHIVED, State.DISMISSED}),
    State.CHARGE: frozenset({State.TRIAL, State.JUDGMENT, State.DISMISSED}),
    State.TRIAL: frozenset({State.JUDGMENT, State.DISMISSED}),
    State.JUDGMENT: frozenset({State.SENTENCE, State.APPEAL, State.ENDED}),
    State.SENTENCE: frozenset({State.REPARATION, State.APPEAL, State.ENDED}),
    State.REPARATION: frozenset({State.APPEAL, State.ENDED}),
    State.APPEAL: frozenset({State.TRIAL, State.JUDGMENT, State.SENTENCE, State.REPARATION, State.ENDED}),
    State.ARCHIVED: frozenset({State.INVESTIGATION}),
    State.DISMISSED: frozenset({State.APPEAL}),
    State.ENDED: frozenset(),
}
#: Nothing more is expected; an archived one can be taken up again, a dismissed one appealed.
AT_REST = (State.ARCHIVED, State.DISMISSED, State.ENDED)
GOING_ON = tuple(one for one in State if one not in AT_REST)

#: What is waited for, in words for whoever has to explain it to a child.
NEXT: dict[State, str | Promise] = {
    State.COMPLAINT: _("The prosecutor’s office must open an investigation."),
    State.INVESTIGATION: _("The prosecutor’s office must decide whether to bring a charge."),
    State.CHARGE: _("The court must open the trial, or judge at once where the law allows it."),
    State.TRIAL: _("The court must give its judgment."),
    State.JUDGMENT: _(
        "After a conviction the court must set the sentence; after an acquittal it can be appealed."
    ),
    State.SENTENCE: _("What was ordered to repair the harm must reach the child."),
    State.REPARATION: _("See that all of the reparation arrives."),
    State.APPEAL: _("The higher court must decide."),
    State.ARCHIVED: _("Nothing is under way. It can be taken up again if there is something new."),
    State.DISMISSED: _(
        "Nothing is under way. Ask the legal representative whether to appeal, and until when."
    ),
    State.ENDED: _("It is over."),
}


def may_go(state: str, to: str) -> bool:
    return to in State.values and State(to) in STEPS[State(state)]
