"""Non-punishment: a child is detained, charged or fined for what exploitation made it do. And children alleged.

An alert opens a confidential task at once, to find a legal representative. It is on the caseworker's and the
supervisor's work page until somebody represents the child. Of all this only a `Pattern` leaves the room.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.cases import work
from cobijo.web.care.cases.models import Risk, Task
from cobijo.web.care.cases.rules import answer_within, check_going_on, today
from cobijo.web.care.children.rules import check_past
from cobijo.web.care.children.writing import add_sealed, attempt, change_sealed, fresh, locked, save
from cobijo.web.care.justice.choices import AlertEnd, AlertState
from cobijo.web.care.justice.models import Alert, AllegedChild
from cobijo.web.care.justice.pattern import pattern_of
from cobijo.web.care.justice.rules import check_alert, check_alleged
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.policy import check
from cobijo.web.core.reactions import react

Rows = Sequence[Mapping[str, Any]]


def raise_alerts(*, by: Access, rows: Rows) -> list[Alert]:
    """Rows of case, done, ground, happened_on, authority, area (else the case's) and the sealed place and note.

    In one transaction: the task, the alert, and the reactions to its pattern. The reactions run as the system with no
    scope, so whoever listens learns neither who raised it nor where the child's record lies.
    """
    with attempt(by, "alert", "case", [row["case"].pk for row in rows]):
        for row in rows:
            check(by, "change", "case", row["case"])
            check_going_on(row["case"])
        tasks = work.add_tasks(
            by=by,
            rows=[
                {"case": row["case"], "kind": "represent", "due_on": today(), "risk": Risk.IMMEDIATE}
                for row in rows
            ],
        )
        act_by = timezone.now() + answer_within(Risk.IMMEDIATE)
        asked = [
            {"area": row["case"].area, "happened_on": today()}
            | dict(row)
            | {"child": row["case"].child, "task": task, "act_by": act_by}
            for row, task in zip(rows, tasks, strict=True)
        ]
        made: list[Alert] = add_sealed(by=by, kind="non_punishment", rows=asked, rule=check_alert)
        patterns = [pattern_of(one.area, one.ground, one.happened_on).said() for one in made]
        with acting_as_system("non_punishment") as nobody:
            for pattern in patterns:
                react("non_punishment_alert", by=nobody, pattern=pattern)
        return made


def represented(*, by: Access, rows: Rows) -> list[Alert]:
    """A legal representative acts: rows of pk, version and on. The task is done, the clock stops."""
    with attempt(by, "represented", "non_punishment", [row["pk"] for row in rows]):
        found = _taken(by, rows)
        for number, row in enumerate(rows, 1):
            one = found[int(row["pk"])]
            if one.state != AlertState.OPEN:
                raise InputProblem("justice.alert_not_open")
            _check_day(one, row["on"], number)
            one.state, one.represented_on = AlertState.REPRESENTED, row["on"]
        save(by, "non_punishment", list(found.values()), ["state"], event="represented")
        _settle(by, list(found.values()), "done")
        return list(found.values())


def end(*, by: Access, rows: Rows) -> list[Alert]:
    """It is over: rows of pk, version, on and end (`AlertEnd`)."""
    with attempt(by, "end", "non_punishment", [row["pk"] for row in rows]):
        found = _taken(by, rows)
        for number, row in enumerate(rows, 1):
            one = found[int(row["pk"])]
            if one.state == AlertState.ENDED:
                raise InputProblem("justice.alert_over")
            if row["end"] not in AlertEnd.values:
                raise InputProblem("screens.field_wrong", row=number, field="end")
            _check_day(one, row["on"], number)
            one.state, one.ended_on, one.end = AlertState.ENDED, row["on"], row["end"]
        save(by, "non_punishment", list(found.values()), ["state", "end"], event="end")
        _settle(by, list(found.values()), "dropped")
        return list(found.values())


def keep_apart(*, by: Access, rows: Rows) -> list[AllegedChild]:
    """A child is alleged to have recruited or harmed: rows of case, alleged, relation, help and note.

    Whoever notes it reads nothing back, unless they supervise.
    """
    with attempt(by, "add", "alleged_child", [row["case"].pk for row in rows]):
        for row in rows:
            check(by, "change", "case", row["case"])
        asked = [{"noted_on": today()} | dict(row) | {"child": row["case"].child} for row in rows]
        return add_sealed(by=by, kind="alleged_child", rows=asked, rule=check_alleged)


def help_alleged(*, by: Access, rows: Rows) -> list[AllegedChild]:
    """Somebody looks after the alleged child as a child: rows of pk, version and help. The supervisor's."""
    with attempt(by, "change", "alleged_child", [row["pk"] for row in rows]):
        return change_sealed(by=by, kind="alleged_child", rows=rows, rule=check_alleged)


def _taken(by: Access, rows: Rows) -> dict[int, Alert]:
    found: dict[int, Alert] = locked(by, "non_punishment", [row["pk"] for row in rows])
    for row in rows:
        fresh("non_punishment", found[int(row["pk"])], row)
    return found


def _check_day(one: Alert, day: Any, number: int) -> None:
    check_past(day, number, "on")
    if day < one.happened_on or (one.represented_on is not None and day < one.represented_on):
        raise InputProblem("justice.days_in_order", row=number)


def _settle(by: Access, alerts: Sequence[Alert], state: str) -> None:
    """The task of an alert is closed with it, where nobody has closed it yet."""
    waiting = Task.objects.filter(pk__in=[one.task_id for one in alerts], state="open")
    rows = [{"pk": one.pk, "version": one.version, "state": state} for one in waiting]
    if rows:
        work.change_tasks(by=by, rows=rows)
