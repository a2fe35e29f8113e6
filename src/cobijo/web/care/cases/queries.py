"""Reads of this room: lists by day and risk, the head of a case, what waits for whom, the supervisor's figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case as When
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Value
from django.db.models import When as If
from django.utils import timezone

from cobijo.web.care.cases.models import (
    Approval,
    Assessment,
    Case,
    CaseRevision,
    Determination,
    Escalation,
    FollowUp,
    Outcome,
    PlanItem,
    SafetyPlan,
    Sibling,
    Task,
    Transfer,
)
from cobijo.web.care.cases.models.case import NO_OUTCOME, Verdict
from cobijo.web.care.cases.rules import RISKS, today
from cobijo.web.care.cases.states import State
from cobijo.web.care.cases.work import MONTHS
from cobijo.web.care.children.models import SAYS_SOMETHING, Child
from cobijo.web.care.children.queries import opened
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check, visible
from cobijo.web.core.dates import months_after
from cobijo.web.core.vault.queries import Identity, identities

#: The kinds under one case, with their model and order; `under` reads them.
UNDER: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "assessment": (Assessment, ("-assessed_on", "-pk")),
    "safety_plan": (SafetyPlan, ("-pk",)),
    "plan_item": (PlanItem, ("due_on", "pk")),
    "task": (Task, ("due_on", "pk")),
    "follow_up": (FollowUp, ("planned_on", "pk")),
    "outcome": (Outcome, ("closed_on", "month")),
    "determination": (Determination, ("-decided_on", "-pk")),
    "sibling": (Sibling, ("pk",)),
    "approval": (Approval, ("-asked_at", "-pk")),
}

EMPTIED = ("assessment", "safety_plan")  # by their own time of keeping, see `parts`


def by_risk() -> When:
    """For `order_by`: the highest risk first, those without one last."""
    return When(
        *(If(risk=risk, then=Value(place)) for place, risk in enumerate(RISKS)),
        default=Value(len(RISKS)),
        output_field=IntegerField(),
    )


def cases(access: Access) -> QuerySet[Case]:
    """The cases within reach."""
    return visible(access, "case", Case.objects.select_related("child", "scope__holder", "organisation"))


def case(access: Access, pk: int) -> Case | None:
    rows = visible(access, "case", Case.objects.filter(pk=pk), "see")
    return rows.select_related("child", "scope__holder", "organisation", "offered_to").first()


def of_child(access: Access, child: Child) -> QuerySet[Case]:
    """The cases of one child, the latest first."""
    return cases(access).filter(child=child).order_by("-opened_on", "-pk")


def under(access: Access, kind: str, case: Case) -> QuerySet[Any]:
    """What was written under a case, by the kinds of `UNDER`; sealed parts by `children.queries.opened`."""
    model, order = UNDER[kind]
    rows = model._default_manager.filter(case=case).order_by(*order)
    return visible(access, kind, rows.filter(SAYS_SOMETHING) if kind in EMPTIED else rows)


def emptied(case: Case) -> bool:
    """Whether something of this case is gone before the record, because its own time of keeping is over."""
    return any(UNDER[kind][0]._default_manager.filter(case=case, sealed=b"").exists() for kind in EMPTIED)


@dataclass(frozen=True)
class Head:
    """What stands at the top of a case before anything else. Its sealed parts are audited as read."""

    case: Case
    who: Identity  # names and, first of all, how to reach the child safely
    plan: SafetyPlan | None
    tonight: Mapping[str, Any] | None  # the sealed part of `plan`
    representative: Identity  # of the case: name, contact, role, whether independent
    siblings: tuple[tuple[Sibling, Mapping[str, Any]], ...]  # those not known to be safe
    unanswered: bool  # the risk clock runs, or ran out


WHO = (
    "chosen_name",
    "given",
    "surname1",
    "surname2",
    "birth_date",
    "safe_contact",
    "language",
    "interpreter",
)
REPRESENTATIVE = (
    "representative_name", "representative_contact", "representative_role", "representative_independent",
)  # fmt: skip


#: Rows of a kind under a case, each with its sealed part.
Written = Sequence[tuple[Any, Mapping[str, Any]]]


def head(access: Access, case: Case, *, purpose: str, written: Mapping[str, Written] | None = None) -> Head:
    """The head of a case: who, how to reach safely, tonight's safety plan, representative, siblings at risk.

    `written`: what a page has read of plans and siblings already, so that nothing is read and audited twice.
    """
    there = written or {
        kind: tuple(zip(rows, opened(access, kind, rows, purpose=purpose), strict=True))
        for kind in ("safety_plan", "sibling")
        if (rows := list(under(access, kind, case)))
    }
    plan, tonight = next(iter(there.get("safety_plan", ())), (None, None))
    return Head(
        case=case,
        who=identities(access, [case.child], fields=WHO, purpose=purpose, kind="child")[0],
        plan=plan,
        tonight=tonight,
        representative=identities(access, [case], fields=REPRESENTATIVE, purpose=purpose, kind="case")[0],
        siblings=tuple(pair for pair in there.get("sibling", ()) if pair[0].at_risk is not False),
        unanswered=case.answer_by is not None and case.answered_at is None,
    )


# --- What waits ----------------------------------------------------------------------------------------------------


def unanswered(access: Access) -> QuerySet[Case]:
    """Cases whose risk clock runs or ran out, the first to run out first."""
    rows = cases(access).filter(answered_at=None, answer_by__isnull=False).exclude(state=State.CLOSED)
    return rows.order_by("answer_by", "pk")


def tasks(access: Access, until: date | None = None) -> QuerySet[Task]:
    """Open tasks by due day, then by risk; those due within a week where no day is given."""
    rows = visible(access, "task", Task.objects.filter(state="open", due_on__lte=until or _in_a_week()))
    return rows.select_related("case").order_by("due_on", by_risk(), "pk")


def follow_ups(access: Access, until: date | None = None) -> QuerySet[FollowUp]:
    rows = FollowUp.objects.filter(met="planned", planned_on__lte=until or _in_a_week())
    return visible(access, "follow_up", rows.select_related("case").order_by("planned_on", "pk"))


def outcomes_missing(access: Access) -> dict[int, QuerySet[Case]]:
    """By months after closure (3, 6, 12): closed cases of which nobody has recorded how the child is, the first first.

    Of the own desk and teams: whoever followed the case asks the child, and an organisation's closed cases are too many
    to look through each time. They begin some days early, because in a shorter month the day is its last.
    """
    mine = cases(access).filter(scope_id__in=sorted(access.own))
    rows = mine.filter(state=State.CLOSED, child__erased_at=None).exclude(closure__in=NO_OUTCOME)
    found = {}
    for month in MONTHS:
        there = Outcome.objects.filter(case=OuterRef("pk"), closed_on=OuterRef("closed_on"), month=month)
        due = rows.filter(closed_on__lte=months_after(_in_a_week(), -month) + timedelta(days=3))
        found[month] = due.exclude(Exists(visible(access, "outcome", there))).order_by("closed_on", "pk")
    return found


def to_approve(access: Access) -> QuerySet[Approval]:
    """What waits for this supervisor's yes, the oldest first; not what they asked for themselves."""
    rows = visible(access, "approval", Approval.objects.filter(verdict=Verdict.ASKED), "review")
    return rows.exclude(asked_by_id=access.account_id).select_related("case").order_by("asked_at", "pk")


def offered(access: Access) -> QuerySet[Transfer]:
    """Cases that other organisations offer to this one."""
    return visible(access, "transfer", Transfer.objects.select_related("sender").order_by("reply_by", "pk"))


def escalated(access: Access) -> QuerySet[Escalation]:
    """Unmet risk clocks of which this person was told and on which nobody has acted yet."""
    rows = Escalation.objects.filter(account_id=access.account_id, ended_at=None)
    return visible(access, "escalation", rows.order_by("unmet_since", "pk"))


def past(access: Access, kind: str, record: Any) -> QuerySet[CaseRevision]:
    """Earlier versions of a record of this room, newest first; sealed parts by `vault.queries.identities`."""
    check(access, "history", kind, record)
    return CaseRevision.objects.filter(kind=kind, record_id=record.pk).order_by("-number")


# --- The supervisor's figures --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Caseload:
    """One desk or tray of the organisation."""

    place: int
    holder: str  # empty: the tray
    going_on: int
    urgent: int  # of them, immediate or high
    unmet: int  # of them, with a risk clock that ran out
    overdue_tasks: int


@dataclass(frozen=True)
class Supervision:
    """The organisation at a glance. `days_to_close`: the median from opening to closure, of cases closed since."""

    desks: tuple[Caseload, ...]
    opened: int
    closed: int
    days_to_close: int | None
    follow_ups_planned: int
    follow_ups_met: int


def supervision(access: Access, since: date) -> Supervision:
    """Caseload by desk, open to close, follow-ups; for whoever reviews cases. No identity is read."""
    check(access, "review", "case")
    rows = visible(access, "case", Case.objects.all(), "review")
    followed = visible(access, "follow_up", FollowUp.objects.filter(planned_on__range=(since, today())))
    columns = ("opened_on", "closed_on", "child__erased_at")
    closed = list(rows.filter(closed_on__gte=since).values_list(*columns))
    counts = followed.aggregate(planned=Count("pk"), met=Count("pk", filter=Q(met="met")))
    return Supervision(
        _caseloads(access, rows),
        rows.filter(opened_on__gte=since).count(),
        len(closed),
        # Of an erased child only the years are left: no days can be counted between them.
        _median([(last - first).days for first, last, erased in closed if last and not erased]),
        counts["planned"],
        counts["met"],
    )


def _caseloads(access: Access, rows: QuerySet[Case]) -> tuple[Caseload, ...]:
    going_on = Q(closed_on=None)
    found = (
        rows.filter(going_on)
        .values("scope_id", holder=F("scope__holder__name"))
        .annotate(
            going_on=Count("pk"),
            urgent=Count("pk", filter=Q(risk__in=RISKS[:2])),
            unmet=Count("pk", filter=Q(answered_at=None, answer_by__lt=timezone.now())),
        )
        .order_by("holder", "scope_id")
    )
    overdue = visible(access, "task", Task.objects.filter(state="open", due_on__lt=today()))
    late = dict(overdue.values_list("scope_id").annotate(Count("pk")))
    return tuple(
        Caseload(
            one["scope_id"], one["holder"] or "", one["going_on"], one["urgent"], one["unmet"],
            late.get(one["scope_id"], 0),
        )
        for one in found
    )  # fmt: skip


def _median(days: Sequence[int]) -> int | None:
    return sorted(days)[len(days) // 2] if days else None


def _in_a_week() -> date:
    return timezone.localdate() + timedelta(days=7)
