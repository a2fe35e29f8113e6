"""The parts of this room that have a time of their own (see `parts`): assessments with safety plans, and concerns."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import DateField, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, TruncDate

from cobijo.web.care.cases.models import Case, CaseRevision
from cobijo.web.care.cases.parts import ITSELF, Part
from cobijo.web.care.cases.queries import EMPTIED
from cobijo.web.care.cases.states import State
from cobijo.web.care.children.models import ChildRevision, Concern, ConcernState


def needed(day: date) -> Exists:
    """For rows with a `child`: another case of it goes on, or was closed later.

    Then all that was found out is still needed: the time runs from the last closing, as that of the record does.
    """
    return Exists(Case.objects.filter(Q(closed_on=None) | Q(closed_on__gt=day), child=OuterRef("child")))


def last_closing() -> Subquery:
    closed: Any = Case.objects.filter(child=OuterRef("child")).values("child").annotate(last=Max("closed_on"))
    return Subquery(closed.values("last"), output_field=DateField())


def _closed(day: date) -> QuerySet[Case]:
    rows = Case.objects.filter(~needed(day), state=State.CLOSED, closed_on__lte=day)
    return rows.annotate(began=last_closing())


def _taken_up(day: date) -> QuerySet[Concern]:
    """Joined to a child. Of a child that never had a case, the time runs from that decision."""
    rows = Concern.objects.filter(~needed(day), state=ConcernState.JOINED)
    return rows.annotate(began=Coalesce(last_closing(), TruncDate("taken_at"))).filter(began__lte=day)


ASSESSMENTS = Part(
    purpose="assessment", starts="closure", kind="case", begun=_closed, past=CaseRevision,
    emptied=dict.fromkeys(EMPTIED, "case"),
)  # fmt: skip
#: One that led to no child has a key of its own and goes with it (see `retention.erase_concerns`).
CONCERNS = Part(
    purpose="concern", starts="closure", kind="concern", begun=_taken_up, past=ChildRevision,
    emptied={"concern": ITSELF}, cleared={"concern": {"signs": []}},
)  # fmt: skip
PARTS = (ASSESSMENTS, CONCERNS)
