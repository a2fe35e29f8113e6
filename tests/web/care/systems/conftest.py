"""The world of sharing, with an agreement that lets records travel, and a second child with two events."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from cobijo.web.care.cases import services as cases
from cobijo.web.care.cases.models import Case
from cobijo.web.care.children import services as children
from cobijo.web.care.children.models import Child
from cobijo.web.care.sharing.models import SharingAgreement
from cobijo.web.core.access.context import acting_as
from tests.web.care.children.made import KEVIN
from tests.web.care.children.open_vault import open_vault
from tests.web.care.sharing.conftest import World, agreement_of, world

__all__ = ["open_vault", "world"]

ELEMENTS = {
    "act_recruit": True, "means_force": False, "purpose_sexual": True, "exchange_given": True,
    "exchange_kind": "money|debt_relief", "online": True, "third_party": True, "third_party_relation": "other_family",
    "third_party_role": "collects",
}  # fmt: skip
SECOND = {"sexual_material": True, "third_party_relation": "community", "third_party_role": "looks_away"}


@pytest.fixture
def agreement(world: World) -> SharingAgreement:
    """Between the refuge and the clinic, for records, names too."""
    return agreement_of(world.people.sofia, world.saul, for_records=True, share_events=True)


@pytest.fixture
def kevin(world: World) -> Child:
    """A child of Ana's with a case, two events and a decision."""
    with acting_as(world.people.ana, "intake") as by:
        [child] = children.register(by=by, rows=[{**KEVIN, "language": "nah", "gender": "trans_boy"}])
        cases.open_cases(by=by, rows=[{"child": child, "area": "MX-PUE", "guardian": "trusted"}])
        children.record_events(by=by, rows=[event(child, date(2024, 5, 6), "MX-OAX", ELEMENTS)])
        children.record_events(by=by, rows=[event(child, date(2025, 1, 20), "MX-PUE", SECOND)])
        children.decide_status(
            by=by,
            rows=[
                {
                    "child": child, "status": "identified", "body_kind": "protection", "body": "An office",
                    "decided_on": date(2025, 3, 1), "ground": "interview",
                }
            ],
        )  # fmt: skip
    return child


def event(child: Child, day: date, area: str, elements: dict[str, Any]) -> dict[str, Any]:
    return {"child": child, "began_on": day, "area": area, "elements": elements, "narrative": "Stays here"}


def case_of(child: Child) -> Case:
    return Case.objects.get(child=child)
