"""What must be so of a group, a seat, a meeting and a decision. Each rule raises one sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.coordination.groups.choices import (
    DECISION_STEPS,
    GOING_ON,
    MEETING_STEPS,
    DecisionState,
    MeetingState,
)
from cobijo.web.coordination.groups.models import Decision, Group, Meeting, Seat
from cobijo.web.coordination.groups.texts import check_no_sign
from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide

#: What the meeting decided; only whoever may change the meeting changes it.
DECIDED = ("meeting_id", "text", "organisation_id", "due_on")


def today() -> date:
    return timezone.localdate()


def check_group(by: Access, group: Group, row: int) -> None:
    """A name of its own, a known state, days in order."""
    country.check_area(group.area, row, "")
    if Group.objects.filter(name=group.name).exclude(pk=group.pk).exists():
        raise InputProblem("groups.name_taken", row=row)
    if group.until is not None and group.until < group.since:
        raise InputProblem("groups.days", row=row)
    if group.cadence_months is not None and not 1 <= group.cadence_months <= 120:
        raise InputProblem("groups.cadence", row=row)


def check_seat(by: Access, seat: Seat, row: int) -> None:
    """Days in order; a vacant seat sends no list; an organisation that is open, where it takes the seat anew."""
    if seat.since is not None and seat.until is not None and seat.until < seat.since:
        raise InputProblem("groups.days", row=row)
    if seat.organisation is None:
        if seat.sent_list != "not_asked":
            raise InputProblem("groups.vacant_sends_nothing", row=row)
    elif seat._state.adding and not seat.organisation.active:
        raise InputProblem("organisations.closed", row=row)


def check_meeting(by: Access, meeting: Meeting, row: int) -> None:
    """A meeting belongs to a group that exists on its day; a held one keeps both. No text says who a child is."""
    group = meeting.group
    if meeting.on < group.since or (group.until is not None and meeting.on > group.until):
        raise InputProblem("groups.meeting_outside", row=row)
    if meeting.state == MeetingState.HELD and meeting.on > today():
        raise InputProblem("groups.held_in_future", row=row)
    before = (
        Meeting.objects.filter(pk=meeting.pk, state=MeetingState.HELD).values_list("group_id", "on").first()
    )
    if before is not None and before != (meeting.group_id, meeting.on):
        raise InputProblem("groups.held_stays", row=row)
    check_no_sign((meeting.agenda, meeting.minutes, meeting.reason), row)


def check_meeting_step(meeting: Meeting, to: str) -> None:
    if to not in MEETING_STEPS[meeting.state]:
        raise InputProblem(
            "groups.no_such_step", state=str(meeting.get_state_display()), to=str(MeetingState(to).label)
        )


def check_has_owner(row: Mapping[str, Any], number: int) -> None:
    """Before anything else is asked of a new decision: somebody answers for it."""
    if row.get("organisation") is None:
        raise InputProblem("groups.decision_without_owner", row=number)


def check_decision(by: Access, decision: Decision, row: int) -> None:
    """An owner, a person who belongs to it, a meeting that was held, a step of the table, a result where it is over."""
    if decision.organisation_id is None:
        raise InputProblem("groups.decision_without_owner", row=row)
    if decision.person is not None and decision.person.organisation_id != decision.organisation_id:
        raise InputProblem("groups.person_elsewhere", row=row)
    if decision.meeting.state != MeetingState.HELD:
        raise InputProblem("groups.decided_nowhere", row=row)
    if decision.due_on < decision.meeting.on:
        raise InputProblem("groups.due_before_meeting", row=row)
    stored = Decision.objects.filter(pk=decision.pk).first()
    _check_hand(by, decision, stored, row)
    before = None if stored is None else stored.state
    if before is None and decision.state not in GOING_ON:
        raise InputProblem("groups.starts_open", row=row)
    if before is not None and decision.state != before and decision.state not in DECISION_STEPS[before]:
        raise InputProblem(
            "groups.no_such_step",
            state=str(DecisionState(before).label), to=str(DecisionState(decision.state).label),
        )  # fmt: skip
    if decision.state not in GOING_ON and not decision.result.strip():
        raise InputProblem("groups.result_missing", row=row)
    check_no_sign((decision.text, decision.result), row)


def leads(by: Access, meeting: Meeting) -> bool:
    """Whether the meeting is theirs to change. A key that may only write decisions does so for its owner."""
    return bool(decide(replace(by, only=None), "change", "meeting", meeting))


def may_record(by: Access, meeting: Meeting) -> bool:
    """Who may write down what was decided: whoever may change the meeting, or sat in the group on its day."""
    seats = Seat.objects.filter(group=meeting.group_id, organisation=by.organisation_id)
    return leads(by, meeting) or seats.filter(Q(until=None) | Q(until__gte=meeting.on)).exists()


def _check_hand(by: Access, decision: Decision, stored: Decision | None, row: int) -> None:
    """Whoever owes a decision says how far it is and who does it; what was decided is the meeting's to say."""
    if stored is None:
        if not may_record(by, decision.meeting):
            raise InputProblem("groups.no_seat", row=row)
        return
    rewritten = any(getattr(decision, name) != getattr(stored, name) for name in DECIDED)
    if rewritten and not (leads(by, decision.meeting) and leads(by, stored.meeting)):
        raise InputProblem("groups.decided_stays", row=row)


def check_seats_of(meeting: Meeting, seats: Collection[int], known: Collection[int]) -> None:
    if set(seats) - set(known):
        raise InputProblem("groups.seat_elsewhere")
