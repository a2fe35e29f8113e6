"""Writes on groups, seats, meetings and decisions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from cobijo.errors import InputProblem
from cobijo.web.coordination.groups.choices import MeetingState
from cobijo.web.coordination.groups.models import Attendance, Decision, Group, Meeting, Seat
from cobijo.web.coordination.groups.rules import (
    check_decision,
    check_group,
    check_has_owner,
    check_meeting,
    check_meeting_step,
    check_seat,
    check_seats_of,
)
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import visible
from cobijo.web.core.accounts.models import Token
from cobijo.web.core.accounts.services import issue_token, revoke_token
from cobijo.web.core.screens.writing import add_rows, change_rows, remove_rows
from cobijo.web.directory.organisations.rules import check_each_once

Rows = Sequence[Mapping[str, Any]]
#: What the address of a calendar may do, and nothing else.
CALENDAR = "list:meeting"
CALENDAR_LASTS = 365


def add(*, by: Access, rows: Rows) -> list[Group]:
    """Rows of the fields of a group."""
    check_each_once((row["name"] for row in rows), "groups.name_taken")
    return add_rows(by=by, kind="group", rows=rows, rule=check_group)


def change(*, by: Access, rows: Rows) -> list[Group]:
    """Rows of pk, version and the fields to change; to end one, give it `until`."""
    return change_rows(by=by, kind="group", rows=rows, rule=check_group)


def remove(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version; one with seats or meetings stays."""
    return remove_rows(by=by, kind="group", rows=rows)


def add_seats(*, by: Access, rows: Rows) -> list[Seat]:
    """Rows of group, office and, optionally, organisation, since, until, sent_list."""
    check_each_once(((row["group"].pk, row["office"]) for row in rows), "groups.seat_taken")
    return add_rows(by=by, kind="seat", rows=rows, rule=check_seat)


def change_seats(*, by: Access, rows: Rows) -> list[Seat]:
    """Rows of pk, version and the fields to change; without an organisation the seat is vacant."""
    return change_rows(by=by, kind="seat", rows=rows, rule=check_seat)


def remove_seats(*, by: Access, rows: Rows) -> int:
    return remove_rows(by=by, kind="seat", rows=rows)


def plan(*, by: Access, rows: Rows) -> list[Meeting]:
    """Meetings that are planned: rows of group, on, at, place_kind, place, agenda."""
    return add_rows(by=by, kind="meeting", rows=rows, rule=check_meeting)


def change_meetings(*, by: Access, rows: Rows) -> list[Meeting]:
    """Rows of pk, version and the fields to change. The state has `hold`, `cancel` and `plan_again`."""
    return change_rows(by=by, kind="meeting", rows=rows, rule=check_meeting)


def remove_meetings(*, by: Access, rows: Rows) -> int:
    return remove_rows(by=by, kind="meeting", rows=rows)


@transaction.atomic
def hold(*, by: Access, rows: Rows) -> list[Meeting]:
    """The meetings took place: rows of pk, version, minutes and present (ids of the group's seats)."""
    made = _step(by, rows, MeetingState.HELD, ("minutes",))
    present = {int(row["pk"]): {int(one) for one in row.get("present", ())} for row in rows}
    seats: dict[int, list[int]] = {}
    for pk, group in Seat.objects.filter(group__in=[one.group_id for one in made]).values_list(
        "pk", "group_id"
    ):
        seats.setdefault(group, []).append(pk)
    attended = []
    for meeting in made:
        there, known = present[meeting.pk], seats.get(meeting.group_id, [])
        check_seats_of(meeting, there, known)
        attended += [Attendance(meeting=meeting, seat_id=seat, present=seat in there) for seat in known]
    Attendance.objects.bulk_create(attended)
    return made


def cancel(*, by: Access, rows: Rows) -> list[Meeting]:
    """They do not take place: rows of pk, version and reason."""
    for number, row in enumerate(rows, 1):
        if not row.get("reason", "").strip():
            raise InputProblem("groups.reason_missing", row=number)
    return _step(by, rows, MeetingState.CANCELLED, ("reason",))


def plan_again(*, by: Access, rows: Rows) -> list[Meeting]:
    """A cancelled meeting gets a new day: rows of pk, version and on."""
    return _step(by, [dict(row) | {"reason": ""} for row in rows], MeetingState.PLANNED, ("on", "reason"))


def decide_on(*, by: Access, rows: Rows) -> list[Decision]:
    """What a meeting decided: rows of meeting, text, organisation, due_on and, optionally, person."""
    for number, row in enumerate(rows, 1):
        check_has_owner(row, number)
    return add_rows(by=by, kind="decision", rows=rows, rule=check_decision)


def change_decisions(*, by: Access, rows: Rows) -> list[Decision]:
    """Rows of pk, version and the fields to change; `state` takes only a step of the table."""
    for number, row in enumerate(rows, 1):
        if "organisation" in row:
            check_has_owner(row, number)
    return change_rows(by=by, kind="decision", rows=rows, rule=check_decision)


def remove_decisions(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version: for what was entered by mistake."""
    return remove_rows(by=by, kind="decision", rows=rows)


@transaction.atomic
def calendar_address(*, by: Access, name: str) -> str:
    """A new secret for the address of the person's calendar; an earlier one ends. It is shown once."""
    earlier = Token.objects.filter(account_id=by.account_id, revoked_at=None, actions=[CALENDAR])
    revoke_token(by=by, ids=list(earlier.values_list("pk", flat=True)))
    row = {"name": name, "actions": [CALENDAR], "days": CALENDAR_LASTS}
    [issued] = issue_token(by=by, rows=[row])
    return issued.secret


def _step(by: Access, rows: Rows, to: str, fields: Sequence[str]) -> list[Meeting]:
    found = visible(by, "meeting", Meeting.objects.filter(pk__in=[row["pk"] for row in rows])).in_bulk()
    asked = []
    for row in rows:
        if int(row["pk"]) not in found:
            raise InputProblem("screens.gone")
        check_meeting_step(found[int(row["pk"])], to)
        given = {name: row[name] for name in fields if name in row}
        asked.append({"pk": row["pk"], "version": row["version"], "state": to, **given})
    return change_rows(by=by, kind="meeting", rows=asked, rule=check_meeting)
