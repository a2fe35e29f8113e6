"""How long records are kept: review, hold, erasure, and what an erased child's pages say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cobijo.web.care.cases import retention
from cobijo.web.care.cases.models import Case
from cobijo.web.care.children.models import Child
from cobijo.web.care.children.writing import body_of
from cobijo.web.core.access.context import acting_as_system
from cobijo.web.core.audit.models import Event as Happened
from cobijo.web.core.vault.errors import Erased
from tests.web.care.children.made import CANARY
from tests.web.care.pages.conftest import World

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
    assert Happened.objects.get(action="hold").detail["reasons"] == ["order"]
    assert sofia.post(address, {"version": held.version, "step": "release"}).status_code == 302
    assert retention.erase_children() == 1
    assert sofia.get(world.record).status_code == 410
