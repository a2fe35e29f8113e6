"""What must be so: ages, days, areas. And two doors that fail closed until the room of sharing fills them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.children.models import AgeKnown, Child, Concern, Event, Sign, StatusDecision
from cobijo.web.care.children.writing import body_of
from cobijo.web.core import country
from cobijo.web.core.access.context import Access

#: What an identity may be read for, or another organisation asked for.
PURPOSES = (
    "intake",
    "assessment",
    "follow_up",
    "referral",
    "transfer",
    "supervision",
    "emergency",
    "quality",
)
MAJORITY = 18
OLDEST = 120

Agreement = Callable[[int, int | None, str], bool]
Ground = Callable[[int, int, str], str]


def _no_agreement(organisation_id: int, other_id: int | None, purpose: str) -> bool:
    return False


def _no_ground(child_id: int, organisation_id: int, purpose: str) -> str:
    return ""


_doors: dict[str, Any] = {"agreement": _no_agreement, "ground": _no_ground}


def fill_doors(*, agreement: Agreement | None = None, ground: Ground | None = None) -> None:
    """For the room of sharing, in `ready()`: where agreements and the grounds for sharing one child stand.

    `agreement(organisation, other or None, purpose)`: whether an active agreement lets them share for this purpose;
    None asks whether there is one with anybody. `ground(child, recipient, purpose)`: the code of the consent or of the
    legal basis that lets this child's record go there, or "".
    """
    if agreement is not None:
        _doors["agreement"] = agreement
    if ground is not None:
        _doors["ground"] = ground


@contextmanager
def doors(*, agreement: Agreement | None = None, ground: Ground | None = None) -> Iterator[None]:
    """For tests: other doors for a while."""
    before = dict(_doors)
    fill_doors(agreement=agreement, ground=ground)
    try:
        yield
    finally:
        _doors.update(before)


def agreement_between(organisation_id: int, other_id: int | None, purpose: str) -> bool:
    """Whether an active agreement covers this. No: while nobody fills the door."""
    return bool(_doors["agreement"](organisation_id, other_id, purpose))


def ground_for(child_id: int, organisation_id: int, purpose: str) -> str:
    """By which consent or legal basis this child's record may go there. "": by none."""
    return str(_doors["ground"](child_id, organisation_id, purpose))


def check_agreement(organisation_id: int, other_id: int | None, purpose: str) -> None:
    """Nothing crosses from one organisation to another without an active agreement."""
    if not agreement_between(organisation_id, other_id, purpose):
        raise InputProblem("children.no_agreement")


def age_on(born: date | None, day: date | None) -> int | None:
    """Whole years of age on a day; none where either is not known."""
    if born is None or day is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def counts_as_child(age_known: str, born: date | None, day: date) -> bool:
    """Whether the rules for children hold on a day. An unknown or disputed age counts as a child's until decided."""
    age = age_on(born, day)
    if age is None or age_known in {AgeKnown.UNKNOWN, AgeKnown.DISPUTED}:
        return True
    return age < MAJORITY


def is_child_on(child: Child, day: date) -> bool:
    """The same for a record; its day of birth is read here and shown to nobody."""
    return counts_as_child(child.age_known, born_on(body_of(child)), day)


def born_on(body: Mapping[str, Any]) -> date | None:
    """The day of birth that a sealed part holds."""
    found = body.get("birth_date")
    return date.fromisoformat(found) if found else None


def check_past(day: date | None, row: int, field: str) -> None:
    """A day of something that has happened."""
    if day is not None and day > timezone.localdate():
        raise InputProblem("children.day_to_come", row=row, field=field)


def check_child(by: Access, child: Child, body: Mapping[str, Any], row: int) -> None:
    """A possible day of birth; one is there where the age is said to be known or estimated."""
    born = born_on(body)
    check_past(born, row, "birth_date")
    age = age_on(born, timezone.localdate())
    if age is not None and age > OLDEST:
        raise InputProblem("children.born_too_long_ago", row=row)
    if born is None and child.age_known in {AgeKnown.KNOWN, AgeKnown.ESTIMATED}:
        raise InputProblem("children.birth_date_missing", row=row)


def check_concern(by: Access, concern: Concern, body: Mapping[str, Any], row: int) -> None:
    """A day that has been, a state of the pack, signs of the list, something to go by."""
    check_past(concern.noticed_on, row, "noticed_on")
    country.check_area(concern.area, row)
    if any(one not in Sign.values for one in concern.signs):
        raise InputProblem("screens.field_wrong", row=row, field="signs")
    if not concern.signs and not body.get("narrative"):
        raise InputProblem("children.nothing_noticed", row=row)


def check_event(by: Access, event: Event, body: Mapping[str, Any], row: int) -> None:
    """Days in order, after the child's birth, in a state of the pack."""
    check_past(event.began_on, row, "began_on")
    check_past(event.ended_on, row, "ended_on")
    if event.began_on and event.ended_on and event.began_on > event.ended_on:
        raise InputProblem("children.days_in_order", row=row)
    country.check_area(event.area, row, "")
    check_after_birth(event.child, event.began_on or event.ended_on, row)


def check_after_birth(child: Child, day: date | None, row: int) -> None:
    """Nothing happens to a child before it is born."""
    born = born_on(body_of(child))
    if born is not None and day is not None and day < born:
        raise InputProblem("children.before_birth", row=row)


def check_decision(by: Access, decision: StatusDecision, body: Mapping[str, Any], row: int) -> None:
    """A day that has been, after birth, and an event of the same child."""
    check_past(decision.decided_on, row, "decided_on")
    check_after_birth(decision.child, decision.decided_on, row)
    if decision.event is not None and decision.event.child_id != decision.child_id:
        raise InputProblem("children.other_childs_event", row=row)
    if not decision.body.strip():
        raise InputProblem("children.body_missing", row=row)


def check_not_erased(child: Child) -> None:
    """An erased child's record takes nothing more."""
    if child.erased_at is not None:
        raise InputProblem("children.erased")


def check_purpose(purpose: str) -> None:
    if purpose not in PURPOSES:
        raise InputProblem("children.purpose_missing")
