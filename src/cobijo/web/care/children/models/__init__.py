"""The child, the concern, the event, the decision. Who it is lies sealed; codes lie plain."""

from __future__ import annotations

from cobijo.web.care.children.models.asked import (
    Match,
    Question,
    Verdict,
)
from cobijo.web.care.children.models.child import (
    SAYS_SOMETHING,
    AgeBand,
    AgeKnown,
    Child,
    Concern,
    ConcernState,
    HoldReason,
    Noticer,
    OfChild,
    SetAside,
    Sign,
    Urgency,
    new_code,
)
from cobijo.web.care.children.models.counted import FieldCount
from cobijo.web.care.children.models.events import (
    BodyKind,
    Concept,
    Event,
    Ground,
    Status,
    StatusDecision,
)
from cobijo.web.care.children.models.past import (
    ChildRevision,
    Past,
)

__all__ = [
    "SAYS_SOMETHING",
    "AgeBand",
    "AgeKnown",
    "BodyKind",
    "Child",
    "ChildRevision",
    "Concept",
    "Concern",
    "ConcernState",
    "Event",
    "FieldCount",
    "Ground",
    "HoldReason",
    "Match",
    "Noticer",
    "OfChild",
    "Past",
    "Question",
    "SetAside",
    "Sign",
    "Status",
    "StatusDecision",
    "Urgency",
    "Verdict",
    "new_code",
]
