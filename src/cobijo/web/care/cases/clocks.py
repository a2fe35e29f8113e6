"""What is due in the care wing: on the work page of whoever does it, and to whom an unmet risk clock goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from cobijo.web.care.cases import queries
from cobijo.web.care.cases.models import Case, Escalation, Risk
from cobijo.web.care.cases.states import State
from cobijo.web.care.children import queries as children
from cobijo.web.care.children.models import Urgency
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.policy import decide
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.reactions import react
from cobijo.web.core.screens.clocks import Due

NAMED = 20  # of each kind, on the work page
#: After the supervisor was told, so long until the deputy is.
DEPUTY_AFTER = timedelta(hours=2)


def due(access: Access) -> Iterator[Due]:
    """Risk clocks, tasks, follow-ups, approvals, outcomes, concerns, offers within reach; matches for the steward."""
    if decide(access, "change", "case"):
        for case in queries.unanswered(access)[:NAMED]:
            yield Due(
                "cases.act_now", {"code": case.code}, _to(case.pk), _day(case.answer_by), _level(case.risk)
            )
        for task in queries.tasks(access)[:NAMED]:
            params = {"what": str(task.get_kind_display()), "code": task.case.code}
            yield Due("cases.task_due", params, _to(task.case_id), task.due_on, _level(task.risk))
        for one in queries.follow_ups(access)[:NAMED]:
            yield Due("cases.follow_up_due", {"code": one.case.code}, _to(one.case_id), one.planned_on)
        for case, month, day in queries.outcomes_due(access)[:NAMED]:
            yield Due("cases.outcome_due", {"code": case.code, "months": month}, _to(case.pk), day)
    if decide(access, "review", "approval"):
        for ask in queries.to_approve(access)[:NAMED]:
            yield Due("cases.approve", {"code": ask.case.code}, _to(ask.case_id), _day(ask.asked_at))
    if decide(access, "change", "concern"):
        for concern in children.waiting(access)[:NAMED]:
            urgent = concern.urgency in {Urgency.NOW, Urgency.TODAY}
            yield Due(
                "cases.concern_waits",
                {"code": concern.code},
                reverse("children:concern", args=[concern.pk]),
                _day(concern.made_at),
                "urgent" if urgent else "usual",
            )
    if decide(access, "change", "transfer"):
        for offered in queries.offered(access)[:NAMED]:
            params = {"sender": offered.sender.name}
            yield Due("cases.offer_waits", params, reverse("cases:offers"), _day(offered.reply_by))
    for told in queries.escalated(access)[:NAMED]:
        yield Due("cases.clock_unmet", {"number": told.case_id}, "", _day(told.unmet_since), "urgent")
    if decide(access, "change", "match"):
        count = children.unsettled(access).count()
        if count:
            yield Due("children.matches_wait", {"count": count})


def escalate() -> int:
    """Tell supervisors, and later deputies, of risk clocks that ran out; called by the worker every minute.

    The supervisor is the first of the organisation by account; the deputies are the others, or the administrators where
    there is no other. The caseworker on whose desk it lies is never the one who is told.
    """
    now = timezone.now()
    told = 0
    with acting_as_system("escalate", scopes="all") as access:
        rows = Case.objects.filter(answered_at=None, answer_by__lt=now, child__erased_at=None)
        unmet = list(rows.exclude(state=State.CLOSED).select_related("scope").order_by("answer_by")[:500])
        already = set(
            Escalation.objects.filter(case_id__in=[one.pk for one in unmet], ended_at=None).values_list(
                "case_id", "unmet_since", "account_id"
            )
        )
        for case in unmet:
            since = case.answer_by
            if since is not None:
                told += _tell(access, case, since, now, already)
    return told


def _tell(
    access: Access, case: Case, since: datetime, now: datetime, already: set[tuple[int, datetime, int]]
) -> int:
    chain = ladder(case.organisation_id, not_this=case.scope.holder_id)
    stages = chain[:1] if now < since + DEPUTY_AFTER else chain
    made = [
        Escalation(
            case_id=case.pk, organisation_id=case.organisation_id, account=one, stage=stage, unmet_since=since
        )
        for stage, people in enumerate(stages, 1)
        for one in people
        if (case.pk, since, one.pk) not in already
    ]
    if made:
        with transaction.atomic():
            Escalation.objects.bulk_create(made, ignore_conflicts=True)
            detail = {"told": [one.account_id for one in made], "stage": max(one.stage for one in made)}
            audit.record("escalate", "case", [case.pk], access=access, detail=detail)
            react("risk_clock_unmet", by=access, escalations=made)
    return len(made)


def ladder(organisation_id: int, *, not_this: int | None = None) -> list[list[Account]]:
    """To whom an unmet clock goes: [the supervisor], [the deputies]."""
    holds = {"organisation_id": organisation_id, "is_active": True, "holdings__ended_at": None}
    people = Account.objects.filter(**holds, holdings__role=Role.SUPERVISOR).distinct().order_by("pk")
    supervisors = [one for one in people if one.pk != not_this]
    heads = Account.objects.filter(**holds, holdings__role=Role.ADMINISTRATOR).distinct().order_by("pk")
    deputies = supervisors[1:] or [one for one in heads if one.pk != not_this]
    return [supervisors[:1], deputies] if supervisors else [deputies]


def _to(case_id: int) -> str:
    return reverse("cases:case", args=[case_id])


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at is not None else None


def _level(risk: str) -> Literal["usual", "urgent"]:
    return "urgent" if risk in {Risk.IMMEDIATE, Risk.HIGH} else "usual"
