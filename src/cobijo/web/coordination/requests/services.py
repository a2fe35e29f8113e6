"""Writes on requests: draft, send, and every step that follows, each with its day.

Rows name what is there by `pk` and the `version` that the person started from. Every text passes `check_no_child`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.coordination.groups.rules import today
from cobijo.web.coordination.requests.choices import State
from cobijo.web.coordination.requests.deadlines import due
from cobijo.web.coordination.requests.identity import check_no_child, counted, seems_to_name_a_child
from cobijo.web.coordination.requests.models import Escalation, Request, Support
from cobijo.web.coordination.requests.rules import (
    check_day,
    check_editable,
    check_grade,
    check_ready,
    check_request,
    check_rung,
    check_step,
    check_supporters,
    language,
    tables,
    texts_of,
)
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import visible
from cobijo.web.core.screens.writing import add_rows, change_rows, remove_rows

Rows = Sequence[Mapping[str, Any]]


@counted
def add(*, by: Access, rows: Rows) -> list[Request]:
    """Drafts: rows of title, text, legal_ground, organisation, addressee, area, public, deadline, decision."""
    return add_rows(by=by, kind="request", rows=rows, rule=check_request)


@counted
def change(*, by: Access, rows: Rows) -> list[Request]:
    """Rows of pk, version and the fields to change. Of a request that was sent only what is not in the letter."""
    found = _found(by, rows)
    for number, row in enumerate(rows, 1):
        one = found[int(row["pk"])]
        check_editable(one, [name for name in row if getattr(one, name, None) != row[name]], number)
    return change_rows(by=by, kind="request", rows=rows, rule=check_request)


def remove(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version: drafts only. What was sent is closed and stays readable."""
    if any(one.state != State.DRAFT for one in _found(by, rows).values()):
        raise InputProblem("requests.sent_is_sent", row=1)
    return remove_rows(by=by, kind="request", rows=rows)


@counted
def send(*, by: Access, rows: Rows) -> list[Request]:
    """It leaves the house: rows of pk, version and on. From here the deadline of the pack runs, if one is known."""

    def what(one: Request, row: Mapping[str, Any], number: int) -> dict[str, Any]:
        check_ready(one, number)
        check_day(one, row["on"], number)
        return {"sent_on": row["on"], "due_on": deadline_of(one, row["on"])}

    return _step(by, rows, State.SENT, what)


@counted
def acknowledge(*, by: Access, rows: Rows) -> list[Request]:
    """The authority says that it has the letter: rows of pk, version and on."""

    def what(one: Request, row: Mapping[str, Any], number: int) -> dict[str, Any]:
        check_day(one, row["on"], number)
        return {"acknowledged_on": row["on"]}

    return _step(by, rows, State.ACKNOWLEDGED, what)


@counted
def answer(*, by: Access, rows: Rows) -> list[Request]:
    """It answered: rows of pk, version, on and answer (in our words, without a child's name)."""

    def what(one: Request, row: Mapping[str, Any], number: int) -> dict[str, Any]:
        check_day(one, row["on"], number)
        if not row.get("answer", "").strip():
            raise InputProblem("requests.answer_missing", row=number)
        return {"answered_on": row["on"], "answer": row["answer"], "grade": "", "grade_reason": ""}

    return _step(by, rows, State.ANSWERED, what)


@counted
def grade(*, by: Access, rows: Rows) -> list[Request]:
    """What the answer, or the silence, is worth: rows of pk, version, grade and reason."""

    def what(one: Request, row: Mapping[str, Any], number: int) -> dict[str, Any]:
        check_grade(one, row["grade"], row.get("reason", ""), number)
        return {"grade": row["grade"], "grade_reason": row["reason"]}

    return _step(by, rows, State.GRADED, what)


@counted
@transaction.atomic
def escalate(*, by: Access, rows: Rows) -> list[Escalation]:
    """The next rung: rows of pk, version, rung, on, to, note, answer_by and supporters (memberships)."""
    found = _found(by, rows)
    climbed: dict[int, list[int]] = {}
    for request, number in Escalation.objects.filter(request__in=list(found)).values_list(
        "request_id", "number"
    ):
        climbed.setdefault(request, []).append(number)
    asked, members = [], []
    for place, row in enumerate(rows, 1):
        one = found[int(row["pk"])]
        check_step(one, State.ESCALATED)
        rung = check_rung(one, row["rung"], climbed.get(one.pk, ()), place)
        check_day(one, row["on"], place)
        supporters = list(row.get("supporters", ()))
        check_supporters(supporters, place)
        answer_by = row.get("answer_by")
        if answer_by is not None and answer_by < row["on"]:
            raise InputProblem("requests.day", row=place)
        members.append(supporters)
        asked.append(
            {
                "request": one, "rung": rung.code, "number": rung.number, "on": row["on"], "answer_by": answer_by,
                "to": row.get("to") or rung.to[language()], "note": row.get("note", ""),
            }
        )  # fmt: skip
    _step(by, rows, State.ESCALATED, lambda one, row, number: {"ask_again_on": row.get("answer_by")})
    made: list[Escalation] = add_rows(by=by, kind="request_escalation", rows=asked, rule=_no_child)
    Support.objects.bulk_create(
        Support(escalation=one, membership=member, agreed_on=one.on)
        for one, each in zip(made, members, strict=True)
        for member in each
    )
    return made


def hide(*, by: Access, rows: Rows) -> list[Request]:
    """Make it confidential, at once and whatever its texts say: rows of pk and version."""
    asked = [{"pk": row["pk"], "version": row["version"], "public": False} for row in rows]
    return change_rows(by=by, kind="request", rows=asked, rule=check_request)


@counted
def close(*, by: Access, rows: Rows) -> list[Request]:
    """It is over: rows of pk, version and outcome (what came of it, also where nothing did)."""

    def what(one: Request, row: Mapping[str, Any], number: int) -> dict[str, Any]:
        if not row.get("outcome", "").strip():
            raise InputProblem("requests.outcome_missing", row=number)
        return {"outcome": row["outcome"], "closed_on": today()}

    return _step(by, rows, State.CLOSED, what)


@transaction.atomic
def look_at(*, by: Access, ids: Sequence[int]) -> list[int]:
    """Look at kept texts once more, as the site itself: which of them may name a child and are nobody's to read.

    The version stays, so that whoever is about to hide one does not meet a conflict.
    """
    now, withheld = timezone.now(), []
    for one in Request.objects.select_for_update().filter(pk__in=ids):
        since = (one.withheld_on or today()) if seems_to_name_a_child(by, texts_of(one)) else None
        Request.objects.filter(pk=one.pk).update(looked_at=now, withheld_on=since)
        if since is not None and one.withheld_on is None:
            withheld.append(one.pk)
    if withheld:
        audit.record("withhold", "request", withheld, access=by)
    return withheld


def deadline_of(one: Request, received: date) -> date | None:
    """The last day for an answer by the row of the pack; None: deadline unknown."""
    return due(tables().rule(one.deadline), received, tables().holidays)


def _step(by: Access, rows: Rows, to: str, what: Any) -> list[Request]:
    """One step of many requests: the table, the step's own rules, then an ordinary change with its history."""
    found = _found(by, rows)
    asked = []
    for number, row in enumerate(rows, 1):
        one = found[int(row["pk"])]
        check_step(one, to)
        said = what(one, row, number)
        asked.append({"pk": one.pk, "version": row["version"], "state": to, "moved_on": today(), **said})
    return change_rows(by=by, kind="request", rows=asked, rule=check_request)


def _found(by: Access, rows: Rows) -> dict[int, Request]:
    ids = [int(row["pk"]) for row in rows]
    found = visible(by, "request", Request.objects.filter(pk__in=ids)).in_bulk()
    if set(ids) - set(found):
        raise InputProblem("screens.gone")
    return found


def _no_child(by: Access, one: Escalation, row: int) -> None:
    check_no_child(by, (one.to, one.note), row)
