"""What is kept for a shorter time than its record: told before, emptied by itself, stopped by a hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.cases import parts, retention, services, work
from cobijo.web.care.cases.models import Assessment, Case, CaseRevision, SafetyPlan
from cobijo.web.care.cases.rules import tables
from cobijo.web.care.children import noticing
from cobijo.web.care.children import services as children
from cobijo.web.care.children.fields import fields_of
from cobijo.web.care.children.models import Child, ChildRevision, Concern
from cobijo.web.care.children.writing import body_of
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.audit.models import Event as Happened
from cobijo.web.core.dates import months_after
from cobijo.web.core.vault import indexing
from cobijo.web.core.vault.models import BlindToken
from tests.web.care.children.made import KEVIN, LUPITA
from tests.web.care.pages.conftest import World

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
KEEPING = "/en/care/keeping/"
WISHES, TONIGHT = "Wants to stay with her aunt", "Her aunt sleeps beside her"
NOTICED = "A man waits for her at the school gate"


@pytest.fixture
def told(world: World) -> World:
    """An assessment, and a safety plan that was changed once."""
    with acting_as(world.people.ana, "follow_up") as by:
        case = Case.objects.get(pk=world.case.pk)
        row = {"case": case, "version": case.version, "risk": "medium", "wishes": WISHES}
        services.assess(by=by, rows=[row])
        [plan] = work.write_safety_plans(
            by=by, rows=[{"case": case, "tonight": TONIGHT, "good_until": timezone.localdate()}]
        )
        work.change_safety_plans(by=by, rows=[{"pk": plan.pk, "version": 1, "tonight": TONIGHT + "."}])
    return world


def closed_on(world: World, day: date) -> None:
    """The case was closed on that day, and its record waits for the pack's whole time."""
    with acting_as_system("test", scopes="all"):
        Case.objects.filter(pk=world.case.pk).update(
            state="closed", opened_on=day, closed_on=day, closure="goals_met"
        )
        until = months_after(day, tables().keep("case").months)
        Child.objects.filter(pk=world.child.pk).update(keep_until=until)


def over_in(days: int) -> date:
    """The day of closing by which the assessment's time is over in so many days."""
    return months_after(timezone.localdate() + timedelta(days=days), -tables().keep("assessment").months)


def rows(world: World) -> tuple[Any, Any]:
    with acting_as_system("test", scopes="all"):
        return Assessment.objects.get(case=world.case.pk), SafetyPlan.objects.get(case=world.case.pk)


def test_every_room_says_what_goes_by_its_own_time() -> None:
    found = [(rule.purpose, part.kind, (*part.emptied, *part.removed)) for part, rule in parts.parts()]
    track = ("proceeding", "justice_step", "reparation", "justice_delay", "protection_measure")
    assert sorted(found) == [
        ("assessment", "case", ("assessment", "safety_plan")),
        ("concern", "concern", ("concern",)),
        ("consent", "consent", ("consent",)),
        ("justice", "alleged_child", ("alleged_child",)),
        ("justice", "non_punishment", ("non_punishment",)),
        ("justice", "proceeding", track),
    ]
    for part, rule in parts.parts():
        for kind in part.emptied:
            assert {one.retention for one in fields_of(kind)} <= {rule.purpose}


def test_a_pack_that_counts_from_another_day_lets_nothing_go_by_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    other = replace(
        tables(), retention=tuple(replace(one, starts="registration") for one in tables().retention)
    )
    monkeypatch.setattr(parts, "tables", lambda: other)
    assert list(parts.parts()) == []
    assert parts.erase_parts() == 0


def test_a_part_goes_on_its_day_and_the_record_stays(told: World) -> None:
    closed_on(told, over_in(0) + timedelta(days=1))
    assert parts.erase_parts() == 0
    closed_on(told, over_in(0))
    assert parts.erase_parts() == 1
    for one in rows(told):
        assert bytes(one.sealed) == b""
    assessment, plan = rows(told)
    first = date(timezone.localdate().year, 1, 1)
    assert (assessment.risk, assessment.assessed_on, plan.good_until) == ("medium", first, first)
    with acting_as_system("test", scopes="all"):
        assert not CaseRevision.objects.filter(kind="safety_plan").exists()
        child = Child.objects.get(pk=told.child.pk)
        assert (child.erased_at, body_of(child)["given"]) == (None, LUPITA["given"])
    events = Happened.objects.filter(action="erase").order_by("kind")
    detail = {"reason": "retention", "purpose": "assessment"}
    assert [(one.kind, one.ids, one.detail, one.account_id) for one in events] == [
        ("assessment", [assessment.pk], detail, 0),
        ("safety_plan", [plan.pk], detail, 0),
    ]
    assert parts.erase_parts() == 0
    assert Happened.objects.filter(action="erase").count() == 2
    page = told.at(told.people.ana).get(told.page).content.decode()
    assert "were erased: they are kept for a shorter time" in page
    for gone in (WISHES, TONIGHT, "Nobody has assessed"):
        assert gone not in page
    assert not Happened.objects.filter(code="vault.altered").exists()
    with acting_as(told.people.sofia, "supervision") as by:
        [again] = services.reopen(by=by, rows=[{"pk": told.case.pk, "version": Case.objects.get().version}])
    assert "were erased" in told.at(told.people.ana).get(told.page).content.decode()
    assert again.state == "reopened"


def test_it_is_told_before_and_a_hold_stops_it(told: World) -> None:
    closed_on(told, over_in(parts.TOLD_BEFORE.days + 2))
    sofia = told.at(told.people.sofia)
    assert "Nothing goes by itself" in sofia.get(KEEPING).content.decode()
    closed_on(told, over_in(10))
    page = sofia.get(KEEPING).content.decode()
    assert told.child.code in page
    assert "Assessment and needs" in page
    closed_on(told, over_in(0))
    row = next(one for one in page_rows(told) if one.rule.purpose == "assessment")
    assert (row.after, row.due) == ("erase", 1)
    asked = {"version": told.child.version, "reason": "order"}
    assert sofia.post(f"{told.record}hold/", asked).status_code == 302
    assert "Nothing goes by itself" in sofia.get(KEEPING).content.decode()
    assert parts.erase_parts() == 0
    with acting_as_system("test", scopes="all"):
        child = Child.objects.get(pk=told.child.pk)
    assert sofia.post(f"{told.record}hold/", {"version": child.version, "step": "release"}).status_code == 302
    assert parts.erase_parts() == 1


def page_rows(world: World) -> list[retention.Due]:
    with acting_as(world.people.sofia, "supervision") as by:
        return retention.purposes(by)


def test_nothing_goes_while_another_case_of_the_child_goes_on(told: World) -> None:
    closed_on(told, over_in(0))
    with acting_as(told.people.ana, "follow_up") as by:
        services.open_cases(by=by, rows=[{"child": Child.objects.get(), "area": "MX-OAX"}])
    assert parts.erase_parts() == 0


def test_the_database_lets_a_decision_be_emptied_and_nothing_else(told: World) -> None:
    for wrong in (
        {"sealed": b"x"},
        {"assessed_on": date(2020, 3, 4)},
        {"risk": "low"},
        {"made_at": timezone.now()},
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as_system("test", scopes="all"):
            Assessment.objects.update(**wrong)


# --- Concerns ------------------------------------------------------------------------------------------------------


def noticed(world: World, *, joined: bool = True) -> Concern:
    """What a neighbour noticed of the child, joined to it."""
    said = {
        "noticer": "community",
        "urgency": "today",
        "area": "MX-OAX",
        "signs": ["fear"],
        "narrative": NOTICED,
    }
    with acting_as(world.people.ana, "intake") as by:
        noticing.notice(by=by, rows=[said | {"given": LUPITA["given"], "surname1": LUPITA["surname1"]}])
        one = Concern.objects.get()
        if joined:
            noticing.join(by=by, rows=[{"pk": one.pk, "child": Child.objects.get()}])
        return Concern.objects.get()


def test_a_concern_goes_by_its_own_time_with_its_past_and_tokens(told: World) -> None:
    one = noticed(told)
    months = tables().keep("concern").months
    day = months_after(timezone.localdate(), -months)
    closed_on(told, day + timedelta(days=1))
    assert parts.erase_parts() > 0  # the assessment, whose time is shorter
    concern = again(one)
    assert body_of(concern)["narrative"] == NOTICED
    with acting_as_system("test", scopes="all"):
        indexing.add_tokens("concern", [concern], [body_of(concern)])  # as a re-indexing does
    closed_on(told, day)
    page = told.at(told.people.sofia).get(KEEPING).content.decode()
    assert told.child.code in page
    assert parts.erase_parts() == 1
    gone = again(one)
    assert (bytes(gone.sealed), gone.signs, gone.state, gone.child_id) == (b"", [], "joined", told.child.pk)
    first = date(timezone.localdate().year, 1, 1)
    assert gone.noticed_on == first
    with acting_as_system("test", scopes="all"):
        assert not ChildRevision.objects.filter(kind="concern").exists()
        assert not BlindToken.objects.filter(kind="concern").exists()
        assert BlindToken.objects.filter(kind="child").exists()
    event = Happened.objects.get(action="erase", kind="concern")
    assert (event.ids, event.detail) == ([one.pk], {"reason": "retention", "purpose": "concern"})
    assert parts.erase_parts() == 0
    ana = told.at(told.people.ana)
    assert ana.get(f"/en/care/concerns/{one.pk}/").status_code == 404
    page = ana.get(told.record).content.decode()
    assert "What was noticed long ago was erased" in page
    assert one.code not in page
    assert one.code not in ana.get("/en/care/concerns/").content.decode()


def test_of_a_child_without_a_case_the_time_of_a_concern_runs_from_the_decision(told: World) -> None:
    with acting_as(told.people.ana, "intake") as by:
        [other] = children.register(by=by, rows=[KEVIN])
        said = {"noticer": "community", "urgency": "today", "area": "MX-OAX", "narrative": NOTICED}
        noticing.notice(by=by, rows=[said])
        one = Concern.objects.get()
        noticing.join(by=by, rows=[{"pk": one.pk, "child": other}])
    day = months_after(timezone.now(), -tables().keep("concern").months)
    for taken, gone in ((day + timedelta(days=1), 0), (day - timedelta(days=1), 1)):
        with acting_as_system("test", scopes="all"):
            Concern.objects.update(taken_at=taken)
        assert parts.erase_parts() == gone
    assert bytes(again(one).sealed) == b""


def test_a_concern_that_waits_or_whose_case_goes_on_stays(told: World) -> None:
    one = noticed(told, joined=False)
    long_ago = timezone.now() - timedelta(days=9_000)
    with acting_as_system("test", scopes="all"):
        Concern.objects.update(made_at=long_ago)
    assert parts.erase_parts() == 0
    with acting_as(told.people.ana, "intake") as by:
        noticing.join(by=by, rows=[{"pk": one.pk, "child": Child.objects.get()}])
    with acting_as_system("test", scopes="all"):
        Concern.objects.update(taken_at=long_ago)
    assert parts.erase_parts() == 0
    assert body_of(again(one))["narrative"] == NOTICED


def again(one: Concern) -> Concern:
    with acting_as_system("test", scopes="all"):
        return Concern.objects.get(pk=one.pk)


def test_what_was_emptied_takes_nothing_more(told: World) -> None:
    closed_on(told, over_in(0))
    assert parts.erase_parts() == 1
    _assessment, plan = rows(told)
    with acting_as(told.people.ana, "follow_up") as by, pytest.raises(InputProblem) as refused:
        work.change_safety_plans(by=by, rows=[{"pk": plan.pk, "version": plan.version, "tonight": TONIGHT}])
    assert refused.value.code in {"children.emptied", "cases.closed"}


def test_many_go_in_one_night(told: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """One transaction holds few rows; the night has many of them."""
    monkeypatch.setattr(parts, "AT_ONCE", 1)
    closed_on(told, over_in(0))
    with acting_as(told.people.ana, "intake") as by:
        [other] = children.register(by=by, rows=[KEVIN])
        [case] = services.open_cases(by=by, rows=[{"child": other, "area": "MX-OAX"}])
        services.assess(by=by, rows=[{"case": case, "version": case.version, "risk": "low", "wishes": "x"}])
    with acting_as_system("test", scopes="all"):
        day = over_in(0)
        Case.objects.filter(pk=case.pk).update(
            state="closed", opened_on=day, closed_on=day, closure="goals_met"
        )
    assert parts.erase_parts() == 2
