"""What must be so before a file of records leaves or is taken in."""

from __future__ import annotations

from collections.abc import Collection

from cobijo.errors import InputProblem
from cobijo.web.care.sharing.agreements import active
from cobijo.web.care.sharing.models import SharingAgreement
from cobijo.web.care.sharing.recipients import check_helps
from cobijo.web.care.systems.models import Why
from cobijo.web.core.access.context import Access
from cobijo.web.core.accounts.models import Organisation

#: The groups of an agreement that a record can hold at all.
GROUPS = ("names", "situation", "events")


def check_agreed(by: Access, agreement_id: int) -> SharingAgreement:
    """The own active agreement that lets records travel, with whoever may hold a child's record at all."""
    found = active(by.organisation_id, None, "records").filter(pk=agreement_id).first()
    if found is None:
        raise InputProblem("systems.no_agreement")
    check_helps(other_of(by, found))
    if not groups_of(found):
        raise InputProblem("systems.nothing_agreed")
    return found


def check_why(why: str) -> None:
    if why not in Why.values:
        raise InputProblem("systems.why_missing")


def groups_of(agreement: SharingAgreement) -> frozenset[str]:
    return frozenset(one for one in GROUPS if getattr(agreement, f"share_{one}"))


def other_of(by: Access, agreement: SharingAgreement) -> Organisation:
    """The other party."""
    mine = agreement.organisation_id == by.organisation_id
    return agreement.other if mine else agreement.organisation


def check_few(rows: Collection[object], most: int) -> None:
    """Of a file that is made at once: what is beyond it is never cut off in silence."""
    if len(rows) > most:
        raise InputProblem("systems.too_many_at_once", most=most)


def check_some(rows: Collection[object]) -> None:
    if not rows:
        raise InputProblem("systems.no_cases")
