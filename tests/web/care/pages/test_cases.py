"""The page of a case, everything written under it, its steps, and the supervisor's view."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from cobijo.web.care.cases.models import Approval, Case, FollowUp, SafetyPlan, Task, Transfer
from cobijo.web.care.children import rules
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.roles import Role
from tests.web.care.pages.conftest import World
from tests.web.people import person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
SOON = (timezone.localdate() + timedelta(days=3)).isoformat()
TODAY = timezone.localdate().isoformat()
ROWS: dict[str, dict[str, Any]] = {
    "assessment": {"suicide_risk": "no_sign", "safe_tonight": "yes", "risk": "high", "needs": ["school"],
                   "wishes": "Back to school"},
    "safety_plan": {"tonight": "At her aunt’s house", "words": "mango", "good_until": SOON},
    "plan_item": {"kind": "care", "goal": "School again", "doer": "worker", "due_on": SOON, "state": "planned"},
    "task": {"kind": "call", "due_on": SOON, "risk": "high", "state": "open", "note": "Call the aunt"},
    "follow_up": {"kind": "visit", "planned_on": SOON, "met": "planned"},
    "determination": {"decided_on": TODAY, "body": "Procuraduría Inventada", "heard": "on", "represented": "on",
                      "consular": "no", "reasons": "She asked to stay"},
    "sibling": {"kind": "sibling", "name": "Invented Brother", "at_risk": "yes"},
}  # fmt: skip


def now(world: World) -> Case:
    with acting_as(world.people.ana, "test"):
        return Case.objects.get(pk=world.case.pk)


def test_who_may_open_a_case(world: World) -> None:
    people = world.people
    page = world.at(people.ana).get(world.page).content.decode()
    assert page.index("Only through her aunt") < page.index("Due next")
    assert "may be implicated" in page
    assert world.at(people.sofia).get(world.page).status_code == 200
    for other in (people.berta, people.carla, people.hugo, people.adela, people.aura, people.rita):
        assert world.at(other).get(world.page).status_code == 404, other


@pytest.mark.parametrize("kind", list(ROWS))
def test_everything_is_written_by_its_form(world: World, kind: str) -> None:
    ana = world.at(world.people.ana)
    address = f"{world.page}{kind}/"
    assert ana.get(address).status_code == 200
    wrong = ana.post(address, {"note": "typed and kept", "tonight": "typed and kept", "wishes": "typed and kept",
                               "goal": "typed and kept"})  # fmt: skip
    assert wrong.status_code == 422
    assert "typed and kept" in wrong.content.decode()
    assert ana.post(address, ROWS[kind]).status_code == 302
    assert ana.get(world.page).status_code == 200
    for other in (world.people.berta, world.people.carla, world.people.hugo):
        assert world.at(other).get(address).status_code == 404


def test_the_head_says_tonights_plan_and_siblings(world: World) -> None:
    ana = world.at(world.people.ana)
    for kind in ("safety_plan", "sibling", "assessment", "task"):
        assert ana.post(f"{world.page}{kind}/", ROWS[kind]).status_code == 302
    page = ana.get(world.page).content.decode()
    for said in (
        "At her aunt’s house",
        "mango",
        "Invented Brother",
        "somebody must act by",
        "Back to school",
    ):
        assert said in page
    assert "Call or visit the child" in page


def test_safety_first(world: World) -> None:
    ana = world.at(world.people.ana)
    acute = {**ROWS["assessment"], "suicide_risk": "plan", "risk": "low"}
    page = ana.post(f"{world.page}assessment/", acute)
    assert page.status_code == 422
    assert "risk cannot be this low" in page.content.decode()
    assert "Back to school" in page.content.decode()


def test_rows_change_and_both_versions_show(world: World) -> None:
    ana, sofia = world.at(world.people.ana), world.at(world.people.sofia)
    ana.post(f"{world.page}safety_plan/", ROWS["safety_plan"])
    ana.post(f"{world.page}task/", ROWS["task"])
    with acting_as(world.people.ana, "test"):
        plan, task = SafetyPlan.objects.get(), Task.objects.get()
    done = {**ROWS["task"], "state": "done", "version": task.version}
    assert "Call the aunt" in ana.get(f"{world.page}task/{task.pk}/").content.decode()
    assert ana.post(f"{world.page}task/{task.pk}/", done).status_code == 302
    address = f"{world.page}safety_plan/{plan.pk}/"
    ours = {**ROWS["safety_plan"], "version": plan.version}
    assert ana.post(address, {**ours, "tonight": "At the shelter"}).status_code == 302
    both = sofia.post(address, {**ours, "tonight": "With the nurse"})
    assert both.status_code == 409
    assert "At the shelter" in both.content.decode()
    assert "With the nurse" in both.content.decode()
    assert "checked" not in both.content.decode()
    with acting_as(world.people.ana, "test"):
        plan.refresh_from_db()
    pick = {"version": plan.version, "asked": ["tonight"], "pick_tonight": "mine"}
    assert sofia.post(address, {**ours, "tonight": "With the nurse", **pick}).status_code == 302
    assert "With the nurse" in ana.get(world.page).content.decode()
    assert world.at(world.people.berta).get(address).status_code == 404


def test_a_follow_up_says_when_it_took_place(world: World) -> None:
    ana = world.at(world.people.ana)
    ana.post(f"{world.page}follow_up/", ROWS["follow_up"])
    with acting_as(world.people.ana, "test"):
        one = FollowUp.objects.get()
    row = {**ROWS["follow_up"], "met": "met", "note": "She laughs again", "version": one.version}
    page = ana.post(f"{world.page}follow_up/{one.pk}/", row)
    assert page.status_code == 422
    assert "She laughs again" in page.content.decode()
    assert ana.post(f"{world.page}follow_up/{one.pk}/", {**row, "done_on": TODAY}).status_code == 302


def test_the_head_changes(world: World) -> None:
    ana = world.at(world.people.ana)
    row = {"area": "MX-OAX", "guardian": "conflict", "representative_name": "Invented Lawyer",
           "representative_independent": "yes", "version": world.case.version}  # fmt: skip
    assert ana.get(f"{world.page}edit/").status_code == 200
    assert ana.post(f"{world.page}edit/", row).status_code == 302
    assert "Invented Lawyer" in ana.get(world.page).content.decode()
    assert "Written for the first time" in ana.get(f"{world.page}history/").content.decode()


def test_from_opening_to_outcome(world: World) -> None:
    ana, sofia = world.at(world.people.ana), world.at(world.people.sofia)

    def step(**sent: str) -> int:
        return ana.post(f"{world.page}step/", {"version": now(world).version, **sent}).status_code

    ana.post(f"{world.page}assessment/", ROWS["assessment"])
    early = ana.post(f"{world.page}step/", {"version": now(world).version, "step": "move_on:plan"})
    assert early.status_code == 422
    assert "safety plan first" in early.content.decode()
    ana.post(f"{world.page}safety_plan/", ROWS["safety_plan"])
    assert step(step="answer", answer="contact") == 302
    assert step(step="move_on:plan") == 302
    ana.post(f"{world.page}plan_item/", ROWS["plan_item"])
    assert step(step="ask", what="plan") == 302
    with acting_as(world.people.sofia, "test"):
        ask = Approval.objects.get()
    assert world.case.code in sofia.get("/en/care/approvals/").content.decode()
    assert sofia.post("/en/care/approvals/", {"pk": ask.pk, "verdict": "approved"}).status_code == 302
    assert step(step="move_on:follow_up") == 302
    assert step(step="ask", what="closure", reason="moved") == 302
    assert step(step="close") == 422
    with acting_as(world.people.sofia, "test"):
        ask = Approval.objects.get(what="closure")
    sofia.post("/en/care/approvals/", {"pk": ask.pk, "verdict": "approved"})
    assert "Close as approved" in ana.get(world.page).content.decode()
    assert step(step="close") == 302
    page = ana.get(world.page).content.decode()
    assert "Record how the child is" in page
    outcome = ana.post(f"{world.page}outcome/", {"month": "3", "asked_on": TODAY, "safe": "yes"})
    assert outcome.status_code == 422
    assert "too early" in outcome.content.decode()
    assert step(step="reopen") == 302
    assert world.at(world.people.berta).post(f"{world.page}step/", {"step": "reopen"}).status_code == 404


def test_one_open_case_a_child(world: World) -> None:
    ana = world.at(world.people.ana)
    address = f"{world.record}case/"
    assert ana.get(address).status_code == 200
    page = ana.post(address, {"area": "MX-OAX", "guardian": "unknown", "summary": "Typed again"})
    assert page.status_code == 422
    assert world.case.code in page.content.decode()
    assert "Typed again" in page.content.decode()


def test_a_transfer_is_offered_and_accepted(world: World) -> None:
    saul = person("Saul", Role.SUPERVISOR, of=world.people.hospital)
    ana, other = world.at(world.people.ana), world.at(saul)
    row = {"to": world.people.hospital.pk, "reason": "moves", "version": world.case.version}
    page = ana.post(f"{world.page}transfer/", row)
    assert page.status_code == 422
    with rules.doors(agreement=lambda a, b, c: True, ground=lambda a, b, c: "consent-1"):
        assert ana.post(f"{world.page}transfer/", row).status_code == 302
        with acting_as(saul, "test"):
            offer = Transfer.objects.get()
        listed = other.get("/en/care/offers/").content.decode()
        assert "Lupita" not in listed
        assert "Refuge" in listed
        assert ana.get("/en/care/offers/").status_code == 403
        sent = {"pk": offer.pk, "step": "accept", "account": world.people.carla.pk}
        taken = other.post("/en/care/offers/", sent)
    assert taken.status_code == 302
    assert ana.get(world.page).status_code == 404
    assert "Lupita" in world.at(world.people.carla).get(world.page).content.decode()


def test_the_supervisors_view(world: World) -> None:
    ana, sofia = world.at(world.people.ana), world.at(world.people.sofia)
    ana.post(f"{world.page}assessment/", {**ROWS["assessment"], "risk": "immediate"})
    with acting_as(world.people.ana, "test"):
        Case.objects.filter(pk=world.case.pk).update(answer_by=timezone.now() - timedelta(hours=1))
    page = sofia.get("/en/care/team/").content.decode()
    assert "Ana" in page
    assert world.case.code in page
    assert "Lupita" not in page
    for other in (world.people.ana, world.people.hugo, world.people.aura, world.people.rita):
        assert world.at(other).get("/en/care/team/").status_code == 403
    assert "Put the case on a colleague" in sofia.get(world.page).content.decode()
    assert "Put the case on a colleague" not in ana.get(world.page).content.decode()
    given = sofia.post(f"{world.page}step/", {"step": "assign", "account": world.people.berta.pk})
    assert given.status_code == 302
    assert ana.get(world.page).status_code == 404
    assert world.at(world.people.berta).get(world.page).status_code == 200
