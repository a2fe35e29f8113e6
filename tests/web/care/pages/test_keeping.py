"""How long records are kept: review, hold, erasure, and what an erased child's pages say."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from cobijo.web.care.cases import retention
from cobijo.web.care.cases.models import Case
from cobijo.web.care.children import elsewhere, services
from cobijo.web.care.children.models import Child, Match, StatusDecision
from cobijo.web.care.children.rules import doors
from cobijo.web.care.children.writing import body_of
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event as Happened
from cobijo.web.core.vault.errors import Erased
from tests.web.care.children.made import CANARY, LUPITA
from tests.web.care.pages.conftest import World
from tests.web.people import person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
KEEPING = "/en/care/keeping/"


def over(world: World, days: int = 1) -> Child:
    """The child's case is closed and its time is over."""
    day = timezone.localdate() - timedelta(days=days)
    with acting_as_system("test", scopes="all"):
        Case.objects.filter(pk=world.case.pk).update(
            state="closed", closed_on=day, opened_on=day, closure="goals_met"
        )
        Child.objects.filter(pk=world.child.pk).update(keep_until=day)
        return Child.objects.get(pk=world.child.pk)


def child(world: World) -> Child:
    with acting_as_system("test", scopes="all"):
        return Child.objects.get(pk=world.child.pk)


def test_only_who_reviews_sees_what_is_due(world: World) -> None:
    over(world)
    assert world.at(world.people.ana).get(KEEPING).status_code == 403
    page = world.at(world.people.sofia).get(KEEPING).content.decode()
    assert world.child.code in page
    assert "due since" in page
    assert "Lupita" not in page
    assert "concern not pursued" in page.lower()
    assert world.child.code in world.at(world.people.sofia).get(world.record).content.decode()


def test_nothing_is_due_while_a_case_goes_on(world: World) -> None:
    page = world.at(world.people.sofia).get(KEEPING).content.decode()
    assert world.child.code not in page
    assert "Nothing is due" in page


def test_keeping_needs_a_reason_and_erasing_a_tick(world: World) -> None:
    one = over(world)
    sofia = world.at(world.people.sofia)
    row = {"pk": one.pk, "version": one.version}
    assert "say why" in sofia.post(KEEPING, row | {"verdict": "keep"}).content.decode().lower()
    assert "Tick that you have read" in sofia.post(KEEPING, row | {"verdict": "erase"}).content.decode()
    assert child(world).erased_at is None
    assert sofia.post(KEEPING, row | {"verdict": "keep", "reason": "proceedings"}).status_code == 302
    kept = child(world).keep_until
    assert kept is not None
    assert kept > timezone.localdate()
    assert Happened.objects.get(action="keep").detail["reasons"] == ["proceedings"]
    assert world.child.code not in sofia.get(KEEPING).content.decode()


def test_an_erased_childs_pages_say_so_and_hold_nothing(
    world: World, django_capture_on_commit_callbacks: Any
) -> None:
    one = over(world)
    sofia = world.at(world.people.sofia)
    asked = {"pk": one.pk, "version": one.version, "verdict": "erase", "sure": "yes"}
    with django_capture_on_commit_callbacks(execute=True):
        assert sofia.post(KEEPING, asked).status_code == 302
    gone = child(world)
    with pytest.raises(Erased):
        body_of(gone)
    for account in (world.people.ana, world.people.sofia):
        for address in (world.record, world.page):
            answer = world.at(account).get(address)
            body = answer.content.decode()
            assert answer.status_code == 410
            assert "was erased on" in body
            for word in (CANARY, "Lupita", "aunt", "Oaxaca", "Invented"):
                assert word not in body
        for rest in ("edit/", "event/", "status/", "hold/", "checklist/", "case/"):
            assert world.at(account).get(world.record + rest).status_code in {403, 404}
    assert world.at(world.people.carla).get(world.record).status_code == 404
    assert Happened.objects.filter(action="erase", kind="child").count() == 1


def test_erasing_what_was_read_before_a_change_is_refused(world: World) -> None:
    """What was decided was decided of the record as it was on the page."""
    one = over(world)
    with acting_as(world.people.ana, "intake") as by:
        services.change(by=by, rows=[{"pk": one.pk, "version": one.version, "interpreter": True}])
    sofia = world.at(world.people.sofia)
    for stale in ({"version": one.version}, {"version": ""}, {}):
        answer = sofia.post(KEEPING, {"pk": one.pk, "verdict": "erase", "sure": "yes"} | stale)
        assert answer.status_code == 422
        assert "meanwhile" in answer.content.decode()
        assert child(world).erased_at is None
    now = child(world).version
    assert now == one.version + 1
    asked = {"pk": one.pk, "version": now, "verdict": "erase", "sure": "yes"}
    assert sofia.post(KEEPING, asked).status_code == 302
    assert child(world).erased_at is not None


def test_an_erasure_leaves_the_year_of_a_decision_and_nothing_to_compare(world: World) -> None:
    with doors(agreement=lambda one, other, purpose: True):
        with acting_as(world.people.carla, "intake") as by:
            elsewhere.ask_elsewhere(by=by, purpose="intake", known=LUPITA)
        elsewhere.resolve()
    decided = {"status": "identified", "body_kind": "protection", "body": "An office", "ground": "interview"}
    with acting_as(world.people.ana, "intake") as by:
        services.decide_status(
            by=by, rows=[{"child": world.child, **decided, "decided_on": date(2025, 3, 9)}]
        )
    steward = world.at(person("Dora", Role.DATA_STEWARD, of=world.people.hospital))
    assert world.child.code in steward.get("/en/care/matches/").content.decode()
    over(world, days=4_000)
    assert retention.erase_children() == 1
    with acting_as_system("test", scopes="all"):
        decision = StatusDecision.objects.get(child=world.child.pk)
        assert (decision.decided_on, decision.body, decision.status) == (date(2025, 1, 1), "", "identified")
    match = Match.objects.get()
    assert (match.verdict, match.settled_at is None) == ("unclear", False)
    page = steward.get("/en/care/matches/").content.decode()
    assert world.child.code not in page
    assert "Nothing waits" in page


def test_a_hold_stops_the_job_is_listed_and_is_released(world: World) -> None:
    one = over(world, days=4_000)
    sofia = world.at(world.people.sofia)
    address = world.record + "hold/"
    assert world.at(world.people.ana).get(address).status_code == 403
    wrong = sofia.post(address, {"version": one.version, "reason": "because"})
    assert wrong.status_code == 422
    assert sofia.post(address, {"version": one.version, "reason": "order"}).status_code == 302
    page = sofia.get(KEEPING).content.decode()
    assert "Order of a court" in page
    assert "Sofia" in page
    assert retention.erase_children() == 0
    held = child(world)
    assert held.erased_at is None
    assert "Order of a court" in sofia.get(world.record).content.decode()
    assert Happened.objects.get(action="hold", outcome="done").detail["reasons"] == ["order"]
    assert Happened.objects.filter(action="hold", outcome="refused").count() == 1
    assert sofia.post(address, {"version": held.version, "step": "release"}).status_code == 302
    assert retention.erase_children() == 1
    assert sofia.get(world.record).status_code == 410
