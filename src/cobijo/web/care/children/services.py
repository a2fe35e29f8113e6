"""Writes on children, events and decisions. Concerns are in `noticing`, other organisations in `elsewhere`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.children import queries
from cobijo.web.care.children.deriving import derive_new
from cobijo.web.care.children.models import Child, Event, HoldReason, StatusDecision
from cobijo.web.care.children.rules import (
    age_on,
    born_on,
    check_child,
    check_decision,
    check_event,
    check_not_erased,
)
from cobijo.web.care.children.writing import (
    add_sealed,
    attempt,
    body_of,
    change_sealed,
    fresh,
    locked,
    own_desk,
    save,
)
from cobijo.web.core.access.context import Access

LEAST_SAME = 5  # of the index's weights: one given name and one surname that sound alike, or an official id


def register(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Child]:
    """Register children on the own desk. Rows of the fields of a child, none of which is required.

    Searches the own organisation first: where a child fits what is known, it raises `children.known_already` unless the
    row names that child in `not_the_same` (ids, from `queries.search`). Nobody can skip it.
    """
    searched = [_searched(by, row, number) for number, row in enumerate(rows, 1)]
    desk = own_desk(by)
    with attempt(by, "add", "child"):
        return add_sealed(
            by=by, kind="child", rows=[{"scope_id": desk} | row for row in searched], rule=check_child
        )


def change(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Child]:
    """Rows of pk, version and the fields to change; sealed names are found under their new form at once."""
    with attempt(by, "change", "child", [row["pk"] for row in rows]):
        return change_sealed(by=by, kind="child", rows=rows, rule=_check_change)


def record_events(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Event]:
    """Rows of child, began_on, ended_on, area, concern, narrative and elements (a mapping; see `concepts.Elements`).

    The age at the event is worked out here, and the concepts are derived in the same transaction.
    """
    with attempt(by, "add", "child_event", [row["child"].pk for row in rows]):
        events = add_sealed(
            by=by, kind="child_event", rows=[_with_age(row) for row in rows], rule=_check_new_event
        )
        derive_new(by, events, [body_of(one) for one in events])
        return events


def change_events(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Event]:
    """Rows of pk, version and the fields to change; the concepts are derived again."""
    with attempt(by, "change", "child_event", [row["pk"] for row in rows]):
        events = change_sealed(by=by, kind="child_event", rows=rows, rule=_check_changed_event)
        derive_new(by, events, [body_of(one) for one in events])
        return events


def decide_status(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[StatusDecision]:
    """Rows of child, status, body_kind, body, decided_on, ground, event and remark. Added, never changed."""
    aged = []
    for row in rows:
        born = born_on(body_of(row["child"]))
        event = row.get("event")
        aged.append(
            {
                **row,
                "age_at_decision": _possible(age_on(born, row["decided_on"])),
                "age_at_event": event.age_at_event if event is not None else None,
            }
        )
    with attempt(by, "add", "status", [row["child"].pk for row in rows]):
        return add_sealed(by=by, kind="status", rows=aged, rule=check_decision)


def hold(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Child]:
    """Legal hold: rows of pk, version and reason (`HoldReason`). Nothing of the child is erased until its release."""
    ids = [row["pk"] for row in rows]
    with attempt(by, "hold", "child", ids):
        found = locked(by, "child", ids, "review")
        for number, row in enumerate(rows, 1):
            child = found[int(row["pk"])]
            fresh("child", child, row)
            check_not_erased(child)
            if row["reason"] not in HoldReason.values:
                raise InputProblem("screens.field_wrong", row=number, field="reason")
            child.hold, child.hold_at, child.hold_by_id = row["reason"], timezone.now(), by.by_id
        reasons = sorted({one.hold for one in found.values()})
        save(by, "child", list(found.values()), ["hold"], event="hold", detail={"reasons": reasons})
        return list(found.values())


def release(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Child]:
    """End a legal hold: rows of pk and version."""
    ids = [row["pk"] for row in rows]
    with attempt(by, "release", "child", ids):
        found = locked(by, "child", ids, "review")
        for row in rows:
            child = found[int(row["pk"])]
            fresh("child", child, row)
            child.hold, child.hold_at, child.hold_by_id = "", None, None
        save(by, "child", list(found.values()), ["hold"], event="release")
        return list(found.values())


def _searched(by: Access, row: Mapping[str, Any], number: int) -> dict[str, Any]:
    rest = dict(row)
    different = {int(one) for one in rest.pop("not_the_same", ())}
    known = queries.known_of(rest)
    for one in queries.same_here(by, known) if known else ():
        if one.weight >= LEAST_SAME and one.child_id not in different:
            raise InputProblem("children.known_already", row=number, code=one.code, holder=one.holder)
    return rest


def _check_change(by: Access, child: Child, body: Mapping[str, Any], row: int) -> None:
    check_not_erased(child)
    check_child(by, child, body, row)
    born = born_on(body)
    if born is not None and queries.first_event_day(child) < born:
        raise InputProblem("children.before_birth", row=row)


def _with_age(row: Mapping[str, Any]) -> dict[str, Any]:
    day = row.get("began_on") or row.get("ended_on")
    return {**row, "age_at_event": _possible(age_on(born_on(body_of(row["child"])), day))}


def _possible(age: int | None) -> int | None:
    """A negative age is refused by the rule that follows; the column must not be the first to say so."""
    return age if age is not None and age >= 0 else None


def _check_new_event(by: Access, event: Event, body: Mapping[str, Any], row: int) -> None:
    check_not_erased(event.child)
    check_event(by, event, body, row)


def _check_changed_event(by: Access, event: Event, body: Mapping[str, Any], row: int) -> None:
    _check_new_event(by, event, body, row)
    born = born_on(body_of(event.child))
    event.age_at_event = _possible(age_on(born, event.began_on or event.ended_on))
