"""What is due in the care wing: on the work page of whoever does it, and to whom an unmet risk clock goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from cobijo.web.care.cases import queries
from cobijo.web.care.cases.models import Case, Escalation, Risk
from cobijo.web.care.cases.models.work import TaskKind
from cobijo.web.care.cases.states import State
from cobijo.web.care.cases.work import MONTHS
from cobijo.web.care.children import queries as children
from cobijo.web.care.children.models import Urgency
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.policy import decide
from cobijo.web.core.accounts.models import Account, Holding
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.dates import months_after
from cobijo.web.core.reactions import react
from cobijo.web.core.screens.clocks import Due, Line, Part, lines

AT_ONCE = 500  # unmet clocks of one transaction; so many are told of in a minute
COUNTED = 200  # possible matches: there are rarely ten
#: After the supervisor was told, so long until the deputy is.
DEPUTY_AFTER = timedelta(hours=2)


def due(access: Access) -> Iterator[Due]:
    """Risk clocks, tasks, follow-ups, approvals, outcomes, concerns, offers within reach; matches for the steward."""
    found = lines(_parts(access))
    for kind, said in _SAID.items():
        yield from (said(one) for one in found.get(kind, ()))
    for month in MONTHS:
        yield from _outcomes(found.get(f"outcome {month}", ()), month)
    if found.get("match"):
        yield Due("children.matches_wait", {"count": len(found["match"])}, reverse("children:matches"))


def _parts(access: Access) -> dict[str, Part]:
    """What may be due for this person; each of it sorted and cut, all asked for at once."""
    parts: dict[str, Part] = {}
    if decide(access, "change", "case"):
        parts["case"] = Part(queries.unanswered(access), "pk", "code", "risk", at="answer_by")
        parts["task"] = Part(queries.tasks(access), "case_id", "case__code", "kind", "risk", "due_on")
        parts["follow_up"] = Part(queries.follow_ups(access), "case_id", "case__code", at="planned_on")
        for month, rows in queries.outcomes_missing(access).items():
            parts[f"outcome {month}"] = Part(rows, "pk", "code", at="closed_on")
    if decide(access, "review", "approval"):
        parts["approval"] = Part(queries.to_approve(access), "case_id", "case__code", at="asked_at")
    if decide(access, "change", "concern"):
        parts["concern"] = Part(children.waiting(access), "pk", "code", "urgency", at="made_at")
    if decide(access, "change", "transfer"):
        parts["transfer"] = Part(queries.offered(access), "pk", "sender__name", at="reply_by")
    parts["escalation"] = Part(queries.escalated(access), "case_id", at="unmet_since")
    if decide(access, "change", "match"):
        parts["match"] = Part(children.unsettled(access), "pk", limit=COUNTED)
    return parts


def _case(one: Line) -> Due:
    return Due("cases.act_now", {"code": one.code}, _to(one.pk), one.day, _level(one.word))


def _task(one: Line) -> Due:
    params = {"what": str(TaskKind(one.word).label), "code": one.code}
    return Due("cases.task_due", params, _to(one.pk), one.day, _level(one.more))


def _concern(one: Line) -> Due:
    urgent = one.word in {Urgency.NOW, Urgency.TODAY}
    to = reverse("children:concern", args=[one.pk])
    return Due("cases.concern_waits", {"code": one.code}, to, one.day, "urgent" if urgent else "usual")


#: What each kind says; outcomes and matches are said apart.
_SAID: Mapping[str, Callable[[Line], Due]] = {
    "case": _case,
    "task": _task,
    "follow_up": lambda one: Due("cases.follow_up_due", {"code": one.code}, _to(one.pk), one.day),
    "approval": lambda one: Due("cases.approve", {"code": one.code}, _to(one.pk), one.day),
    "concern": _concern,
    "transfer": lambda one: Due("cases.offer_waits", {"sender": one.code}, reverse("cases:offers"), one.day),
    "escalation": lambda one: Due("cases.clock_unmet", {"number": one.pk}, "", one.day, "urgent"),
}


def _outcomes(rows: Iterable[Line], month: int) -> Iterator[Due]:
    """From a week before the day on which it is due."""
    soon = timezone.localdate() + timedelta(days=7)
    for one in rows:
        assert one.day is not None  # closed cases only
        day = months_after(one.day, month)
        if day <= soon:
            yield Due("cases.outcome_due", {"code": one.code, "months": month}, _to(one.pk), day)


def escalate() -> int:
    """Tell supervisors, and later deputies, of risk clocks that ran out; called by the worker every minute.

    The supervisor is the first of the organisation by account; the deputies are the others, or the administrators where
    there is no other. The caseworker on whose desk it lies is never the one who is told. It goes on past those of which
    everybody was told, or nobody can be: they would else stand before the others for ever.
    """
    now, ladders, told = timezone.now(), Ladders(), 0
    rows = Case.objects.filter(answered_at=None, answer_by__lt=now, child__erased_at=None)
    rows = rows.exclude(state=State.CLOSED).select_related("scope").order_by("answer_by", "pk")
    beyond = Q()
    while True:
        with acting_as_system("escalate", scopes="all") as access:
            unmet = list(rows.filter(beyond)[:AT_ONCE])
            told += _tell_all(access, unmet, now, ladders)
        if len(unmet) < AT_ONCE or told >= AT_ONCE:  # after a standstill, the rest a minute later
            return told
        last = unmet[-1]
        beyond = Q(answer_by__gt=last.answer_by) | Q(answer_by=last.answer_by, pk__gt=last.pk)


def _tell_all(access: Access, unmet: Sequence[Case], now: datetime, ladders: Ladders) -> int:
    there = Escalation.objects.filter(case_id__in=[one.pk for one in unmet], ended_at=None)
    already = set(there.values_list("case_id", "unmet_since", "account_id"))
    ladders.learn({one.organisation_id for one in unmet})
    told = 0
    for case in unmet:
        assert case.answer_by is not None
        chain = ladders.of(case.organisation_id, not_this=case.scope.holder_id)
        stages = chain[:1] if now < case.answer_by + DEPUTY_AFTER else chain
        made = [
            Escalation(
                case_id=case.pk,
                organisation_id=case.organisation_id,
                account=one,
                stage=stage,
                unmet_since=case.answer_by,
            )
            for stage, people in enumerate(stages, 1)
            for one in people
            if (case.pk, case.answer_by, one.pk) not in already
        ]
        if made:
            Escalation.objects.bulk_create(made, ignore_conflicts=True)
            detail = {"told": [one.account_id for one in made], "stage": max(one.stage for one in made)}
            audit.record("escalate", "case", [case.pk], access=access, detail=detail)
            react("risk_clock_unmet", by=access, escalations=made)
        told += len(made)
    return told


class Ladders:
    """To whom an unmet clock goes, organisation by organisation; each is looked up once."""

    def __init__(self) -> None:
        self._people: dict[int, dict[str, list[Account]]] = {}

    def learn(self, organisations: set[int]) -> None:
        new = organisations - self._people.keys()
        self._people |= {one: {Role.SUPERVISOR: [], Role.ADMINISTRATOR: []} for one in new}
        held = Holding.objects.filter(ended_at=None, role__in=(Role.SUPERVISOR, Role.ADMINISTRATOR))
        held = held.filter(account__is_active=True, account__organisation_id__in=new).select_related(
            "account"
        )
        for one in held.order_by("account_id"):
            self._people[one.account.organisation_id][one.role].append(one.account)

    def of(self, organisation_id: int, *, not_this: int | None) -> list[list[Account]]:
        """[the supervisor], [the deputies]; without `not_this`, on whose desk it lies."""
        supervisors, heads = (
            [one for one in people if one.pk != not_this] for people in self._people[organisation_id].values()
        )
        deputies = supervisors[1:] or heads
        return [supervisors[:1], deputies] if supervisors else [deputies]


def _to(case_id: int) -> str:
    return reverse("cases:case", args=[case_id])


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at is not None else None


def _level(risk: str) -> Literal["usual", "urgent"]:
    return "urgent" if risk in {Risk.IMMEDIATE, Risk.HIGH} else "usual"
