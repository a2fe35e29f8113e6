"""What is left of an erased child, in every table of the wing: codes and years."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cobijo.web.care.cases import retention, services, work
from cobijo.web.care.cases.models import Case, Escalation, Outcome, Sibling
from cobijo.web.care.children import moving
from cobijo.web.care.children import services as children
from cobijo.web.care.children.models import Child
from cobijo.web.care.children.years import days_of
from cobijo.web.care.sharing import asks, codes
from cobijo.web.core.access.context import acting_as, acting_as_system
from tests.web.care.children.made import KEVIN
from tests.web.care.sharing.conftest import World

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TODAY = timezone.localdate()


def lived(world: World) -> None:
    """Something in nearly every table: what happened, a decision, work, a referral, a code, a wish, a sibling."""
    child = world.child
    with acting_as(world.people.ana, "intake") as by:
        case = Case.objects.get(pk=world.case.pk)
        children.record_events(
            by=by, rows=[{"child": child, "began_on": date(2024, 5, 6), "ended_on": date(2024, 7, 8)}]
        )
        decided = {
            "status": "identified",
            "body_kind": "protection",
            "body": "An office",
            "ground": "interview",
        }
        children.decide_status(by=by, rows=[{"child": child, **decided, "decided_on": date(2025, 3, 9)}])
        services.assess(by=by, rows=[{"case": case, "version": case.version, "risk": "high"}])
        case = Case.objects.get(pk=case.pk)
        row = {"case": case}
        work.write_safety_plans(by=by, rows=[row | {"tonight": "x", "good_until": TODAY}])
        work.add_plan_items(by=by, rows=[row | {"goal": "x", "doer": "worker", "due_on": TODAY}])
        work.add_tasks(by=by, rows=[row | {"kind": "call", "due_on": TODAY}])
        work.plan_follow_ups(by=by, rows=[row | {"kind": "visit", "planned_on": TODAY}])
        said = {"body": "A court", "reasons": "x", "heard": True, "represented": True, "may_return": True}
        work.determine(by=by, rows=[row | said | {"decided_on": TODAY}])
        [other] = children.register(by=by, rows=[KEVIN])
        [theirs] = services.open_cases(by=by, rows=[{"child": other, "area": "MX-OAX"}])
        work.add_siblings(by=by, rows=[row | {"kind": "sibling", "record": other.pk}])
        work.add_siblings(by=by, rows=[{"case": theirs, "kind": "sibling", "record": child.pk}])
        codes.give_page_code(by=by, child=child, safety=list(codes.SAFETY))
    world.sent(world.consent())
    with acting_as_system("test", scopes="all") as by:
        asks.wish(by=by, child=child, kind="person", words="x")
        Escalation.objects.create(
            case_id=case.pk, organisation_id=case.organisation_id, account=world.people.sofia, stage=1,
            unmet_since=timezone.now(),
        )  # fmt: skip


def closed_twice(world: World) -> None:
    """Closed twice in one year, and asked after three months each time."""
    with acting_as_system("test", scopes="all"):
        case = Case.objects.get(pk=world.case.pk)
        last = date(TODAY.year, 4, 2)
        Case.objects.filter(pk=case.pk).update(
            state="closed", closure="goals_met", opened_on=date(TODAY.year - 1, 4, 2), closed_on=last
        )
        common: dict[str, Any] = {
            "case": case, "child": case.child, "key_id": case.key_id, "scope_id": case.scope_id, "sealed": b"x",
            "month": 3, "safe": True,
        }  # fmt: skip
        for day in (last - timedelta(days=80), last):
            Outcome.objects.create(closed_on=day, asked_on=day + timedelta(days=90), **common)


def test_every_day_becomes_a_year(world: World) -> None:
    lived(world)
    closed_twice(world)
    with acting_as_system("retention", scopes="all") as by:
        assert (
            retention.erase(by=by, children=[Child.objects.get(pk=world.child.pk)], reason="retention") == 1
        )
        seen = set()
        for rows in (*moving.rows_of([world.child.pk]), Child.objects.filter(pk=world.child.pk)):
            for row in rows:
                for name in days_of(type(row)):
                    value = getattr(row, name)
                    seen.add(type(row).__name__)
                    assert value is None or _first_of_year(value), f"{type(row).__name__}.{name}: {value}"
        assert {"Case", "Event", "StatusDecision", "Assessment", "SafetyPlan", "Determination"} < seen
        assert {"Consent", "Referral", "Code", "Wish", "Outcome", "Task", "PlanItem", "FollowUp"} < seen
        [outcome] = Outcome.objects.all()
        assert outcome.asked_on.year == TODAY.year
        assert not Escalation.objects.exists()
        [sibling] = Sibling.objects.all()
        assert (sibling.record, sibling.child_id == world.child.pk) == (None, False)
        again = Child.objects.get(pk=world.child.pk)
        assert again.erased_at is not None
        assert again.erased_at.date() == timezone.now().date()


def _first_of_year(value: date | datetime) -> bool:
    if isinstance(value, datetime):
        return value == datetime(value.astimezone(UTC).year, 1, 1, tzinfo=UTC)
    return (value.month, value.day) == (1, 1)
