"""What of a case goes before the child's record does, because its purpose has a shorter time of keeping.

The fields declare their purpose, the pack says how long. What was sealed is emptied and its past destroyed; risk and
year stay, so that the figures of past years do not change. The child's one key stays as well, so a backup still
opens it until it is thrown away; where one is brought back, the next night empties it again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cobijo.web.care.cases.models import Case, CaseRevision
from cobijo.web.care.cases.models.work import SAYS_SOMETHING
from cobijo.web.care.cases.queries import EMPTIED, UNDER
from cobijo.web.care.cases.rules import tables, today
from cobijo.web.care.cases.states import State
from cobijo.web.care.children.fields import fields_of
from cobijo.web.care.children.years import to_years
from cobijo.web.care.pack import Retention
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.policy import visible
from cobijo.web.core.dates import months_after

AT_ONCE = 50  # cases
#: So long before it goes, supervisors read of it, and can hold the record if it is still needed.
TOLD_BEFORE = timedelta(days=60)
#: What lies under a case and is of no use to anybody once it is over.
PARTS: dict[str, Any] = {kind: UNDER[kind][0] for kind in EMPTIED}


@dataclass(frozen=True)
class Part:
    """One purpose with a time of its own, and the kinds under a case of which every field is kept for it."""

    rule: Retention
    kinds: tuple[str, ...]

    def last_closing(self, day: date) -> date:
        """Cases closed by then are over by `day`. Where the pack wants a review, its whole time is waited for."""
        rule = self.rule
        return months_after(day, -(rule.months + (rule.review_months if rule.after == "review" else 0)))


@dataclass(frozen=True)
class Going:
    """A case of which a part goes by itself, and when."""

    case: Case
    rule: Retention
    day: date


def parts() -> Iterator[Part]:
    """The purposes that end before the record does. One that is kept as long goes with it."""
    whole = tables().keep("case").months
    for rule in tables().retention:
        kinds = tuple(kind for kind in PARTS if {one.retention for one in fields_of(kind)} == {rule.purpose})
        if kinds and rule.starts == "closure" and rule.months < whole:
            yield Part(rule, kinds)


def going_soon(access: Access) -> list[Going]:
    """Parts that go within `TOLD_BEFORE`, the next first; nothing of a record under a legal hold is among them."""
    found = []
    for part in parts():
        rows = _over(access, part, today() + TOLD_BEFORE)
        for case in rows.select_related("child").order_by("closed_on", "pk")[:AT_ONCE]:
            assert case.closed_on is not None
            day = months_after(case.closed_on, part.rule.months)
            found.append(Going(case, part.rule, max(day, today())))
    return sorted(found, key=lambda one: (one.day, one.case.pk))


def due(access: Access) -> dict[str, int]:
    """By purpose, of how many cases a part is over today."""
    return {part.rule.purpose: _over(access, part, today()).count() for part in parts()}


def erase_parts() -> int:
    """The job: of how many cases something was emptied. A second run finds nothing."""
    with acting_as_system("retention", scopes="all") as access:
        return sum(_empty(access, part) for part in parts())


def _empty(access: Access, part: Part) -> int:
    rows = _over(access, part, today()).select_for_update(of=("self",)).order_by("closed_on", "pk")
    cases = [one.pk for one in rows[:AT_ONCE]]
    for kind in part.kinds:
        _empty_kind(access, kind, cases, part.rule.purpose)
    return len(cases)


def _empty_kind(access: Access, kind: str, cases: Sequence[int], purpose: str) -> None:
    rows = PARTS[kind].objects.filter(SAYS_SOMETHING, case__in=cases)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    if not ids:
        return
    CaseRevision.objects.filter(kind=kind, record_id__in=ids).delete()
    emptied = PARTS[kind].objects.filter(pk__in=ids)
    emptied.update(sealed=b"")
    to_years(emptied)
    audit.record("erase", kind, ids, access=access, detail={"reason": "retention", "purpose": purpose})


def _over(access: Access, part: Part, day: date) -> QuerySet[Case]:
    """Closed cases of which a part is over by `day` and still says something.

    While another case of the child goes on, or was closed later, all that was found out is still needed: the time runs
    from the last closing, as that of the record does.
    """
    last = part.last_closing(day)
    needed = Case.objects.filter(Q(closed_on=None) | Q(closed_on__gt=last), child=OuterRef("child"))
    there = Q()
    for kind in part.kinds:
        there |= Q(Exists(PARTS[kind].objects.filter(SAYS_SOMETHING, case=OuterRef("pk"))))
    rows = Case.objects.filter(there, ~Exists(needed), state=State.CLOSED, closed_on__lte=last)
    return visible(access, "case", rows.filter(child__hold="", child__erased_at=None), "review")
