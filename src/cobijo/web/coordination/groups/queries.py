"""Groups, seats, meetings and decisions, as far as a person may see them, and how each group stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Max, Min, Q, QuerySet

from cobijo.web.coordination.groups.cadence import Standing, standing
from cobijo.web.coordination.groups.choices import GOING_ON, MeetingState, SentList
from cobijo.web.coordination.groups.models import Attendance, Decision, Group, Meeting, Seat
from cobijo.web.coordination.groups.rules import today
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import visible
from cobijo.web.core.accounts.models import Account, Organisation
from cobijo.web.core.accounts.queries import organisations
from cobijo.web.core.dates import months_after

LISTED = 200
SOON = timedelta(days=14)


def groups(access: Access) -> QuerySet[Group]:
    return visible(access, "group", Group.objects.all())


def seats(access: Access) -> QuerySet[Seat]:
    return visible(access, "seat", Seat.objects.select_related("group", "organisation"))


def colleagues(access: Access) -> QuerySet[Account]:
    """Whom a task can be given to by name: people of the own organisation. Others choose among theirs."""
    rows: QuerySet[Account] = Account.objects.filter(organisation=access.organisation_id, is_active=True)
    return rows.order_by("name")


def who_can_come(access: Access, meeting: Meeting) -> QuerySet[Seat]:
    """Every seat of the group that meets."""
    return seats(access).filter(group=meeting.group_id).order_by("office")


def who_can_answer(access: Access) -> QuerySet[Organisation]:
    """Organisations that a decision can be given to."""
    return organisations(access)


def meetings(access: Access) -> QuerySet[Meeting]:
    return visible(access, "meeting", Meeting.objects.select_related("group"))


def decisions(access: Access) -> QuerySet[Decision]:
    rows = Decision.objects.select_related("meeting__group", "organisation", "person")
    return visible(access, "decision", rows)


def attendance(access: Access, meeting: Meeting) -> list[Attendance]:
    """Who was there, for somebody who sees the meeting."""
    if not meetings(access).filter(pk=meeting.pk).exists():
        return []
    rows = Attendance.objects.filter(meeting=meeting).select_related("seat__organisation")
    return list(rows.order_by("-present", "seat__office"))


# --- How a group stands --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Missed:
    """A group that has not met for longer than its mandate allows."""

    group: Group
    standing: Standing


@dataclass(frozen=True)
class Whole:
    """Everything that the page of one group shows."""

    group: Group
    standing: Standing
    next: Meeting | None
    last: Meeting | None
    to_settle: list[Meeting]  # planned, their day has passed, and nobody said whether they were held
    seats: list[Seat]
    vacant: list[Seat]
    no_list: list[Seat]
    decisions: list[Decision]  # going on, the longest due first
    meetings: list[Meeting]


def overdue_groups(access: Access) -> list[Missed]:
    """Groups that did not meet for longer than their cadence, the longest first. Two queries."""
    now = today()
    held = Q(meetings__state=MeetingState.HELD, meetings__on__lte=now)
    planned = Q(meetings__state=MeetingState.PLANNED, meetings__on__gte=now)
    going = Q(until=None) | Q(until__gt=now)
    rows = groups(access).filter(going, cadence_months__isnull=False)
    found = []
    for one in rows.annotate(
        last_met=Max("meetings__on", filter=held), next_met=Min("meetings__on", filter=planned)
    ):
        due = months_after(one.last_met or one.since, one.cadence_months or 0)
        if due < now:
            found.append((due, one))
    met = _held_of([one.pk for _due, one in found])
    listed = [
        Missed(one, _standing(one, met.get(one.pk, []), [one.next_met] if one.next_met else []))
        for _due, one in sorted(found, key=lambda pair: (pair[0], pair[1].name))
    ]
    return listed[:LISTED]


def whole(access: Access, group: Group) -> Whole:
    """The page of a group: three queries, however many meetings and seats it has."""
    met = list(meetings(access).filter(group=group).order_by("-on", "-pk")[:LISTED])
    sat = list(seats(access).filter(group=group).order_by("office", "pk")[:LISTED])
    open_ones = decisions(access).filter(meeting__group=group, state__in=GOING_ON)
    now = today()
    planned = [one for one in met if one.state == MeetingState.PLANNED]
    held = [one for one in met if one.state == MeetingState.HELD]
    ahead = sorted((one for one in planned if one.on >= now), key=lambda one: one.on)
    return Whole(
        group=group,
        standing=_standing(group, [one.on for one in held], [one.on for one in planned]),
        next=ahead[0] if ahead else None,
        last=held[0] if held else None,
        to_settle=[one for one in planned if one.on < now],
        seats=sat,
        vacant=[one for one in sat if is_vacant(one, now)],
        no_list=[one for one in sat if one.sent_list == SentList.WAITING and not is_vacant(one, now)],
        decisions=list(open_ones.order_by("due_on", "pk")[:LISTED]),
        meetings=met,
    )


def is_vacant(seat: Seat, day: date) -> bool:
    """Nobody was named, or the term of whoever was has ended."""
    return seat.organisation_id is None or (seat.until is not None and seat.until < day)


def _standing(group: Group, held: list[date], planned: list[date]) -> Standing:
    return standing(
        since=group.since,
        until=group.until,
        cadence=group.cadence_months,
        held=held,
        planned=planned,
        today=today(),
    )


def _held_of(ids: list[int]) -> dict[int, list[date]]:
    """Days on which the groups met; none asked, none read."""
    if not ids:
        return {}
    found: dict[int, list[date]] = {}
    rows = Meeting.objects.filter(group__in=ids, state=MeetingState.HELD).values_list("group_id", "on")
    for group, on in rows:
        found.setdefault(group, []).append(on)
    return found


# --- What is due ---------------------------------------------------------------------------------------------------


def to_hold(access: Access) -> QuerySet[Meeting]:
    """Meetings within two weeks, and those of which nobody has said whether they took place."""
    rows = meetings(access).filter(state=MeetingState.PLANNED, on__lte=today() + SOON)
    return rows.order_by("on", "pk")


def to_do(access: Access) -> QuerySet[Decision]:
    """What the own organisation has promised in a meeting and is due within two weeks, or late."""
    mine = Q(person=access.account_id) | Q(person=None)
    rows = decisions(access).filter(mine, organisation=access.organisation_id)
    return rows.filter(state__in=GOING_ON, due_on__lte=today() + SOON).order_by("due_on", "pk")


def late_elsewhere(access: Access) -> QuerySet[Decision]:
    """What others have promised and not done: whoever follows the decisions of the country sees it."""
    rows = decisions(access).exclude(organisation=access.organisation_id)
    return rows.filter(state__in=GOING_ON, due_on__lt=today()).order_by("due_on", "pk")


def calendar(access: Access) -> list[Meeting]:
    """The meetings of a year back and all that are planned, for a calendar."""
    rows = meetings(access).filter(on__gte=today() - timedelta(days=365))
    return list(rows.order_by("on", "pk")[: LISTED * 5])
