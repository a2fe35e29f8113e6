"""Cases: every step, every refusal, who reaches what, the clocks, transfer, closure, erasure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from cobijo.errors import CobijoError, InputProblem
from cobijo.sentences import catalogue
from cobijo.web.care.cases import clocks, queries, retention, services, transfers, work
from cobijo.web.care.cases.models import (
    Approval,
    Assessment,
    Case,
    CaseRevision,
    Escalation,
    Outcome,
    Task,
    Transfer,
)
from cobijo.web.care.cases.states import STEPS, State
from cobijo.web.care.children import models as of_children
from cobijo.web.care.children import queries as children
from cobijo.web.care.children import rules
from cobijo.web.care.children import services as child_services
from cobijo.web.care.children.models import Child, OfChild
from cobijo.web.care.children.moving import tables
from cobijo.web.core.access.context import Access, acting_as, acting_as_system
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.scopes import desk_of, tray_of
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event as Happened
from cobijo.web.core.screens.writing import Stale
from cobijo.web.core.vault.models import BlindToken
from cobijo.web.core.vault.services import destroy_keys, replay_erasures
from tests.web.care.children.made import CANARY, KEVIN, LUPITA, ago
from tests.web.people import People, person

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("open_vault")]


@pytest.fixture
def case(people: People, open_vault: Any) -> Case:
    """Ana's case of Lupita, as opened."""
    with acting_as(people.ana, "intake") as by:
        (child,) = child_services.register(by=by, rows=[LUPITA])
        return services.open_cases(by=by, rows=[{"child": child, "area": "MX-OAX", "opened_on": ago(30)}])[0]


def code_of(refused: Any) -> str:
    problem = refused.value
    assert isinstance(problem, CobijoError)
    assert problem.code in catalogue()
    return problem.code


def now(by: Any, case: Case) -> Case:
    found = queries.case(by, case.pk)
    assert found is not None
    return found


def row(by: Any, case: Case, **more: Any) -> dict[str, Any]:
    return {"pk": case.pk, "version": now(by, case).version, **more}


def to_follow_up(people: People, case: Case) -> None:
    """Assessed, safe tonight, planned, approved, followed up."""
    with acting_as(people.ana, "follow_up") as by:
        services.assess(
            by=by, rows=[{"case": case, "risk": "high", "needs": ["school"], "safe_tonight": True}]
        )
        work.write_safety_plans(
            by=by, rows=[{"case": case, "tonight": "With her aunt", "good_until": timezone.localdate()}]
        )
        services.move_on(by=by, rows=[row(by, case, to="plan")])
        work.add_plan_items(
            by=by,
            rows=[{"case": case, "goal": "Back to school", "doer": "worker", "due_on": timezone.localdate()}],
        )
        services.ask_approval(by=by, rows=[{"pk": case.pk, "what": "plan"}])
    approve(people)
    with acting_as(people.ana, "follow_up") as by:
        services.move_on(by=by, rows=[row(by, case, to="follow_up")])


def approve(people: People, verdict: str = "approved") -> None:
    with acting_as(people.sofia, "supervision") as by:
        waiting = list(queries.to_approve(by))
        services.decide_approvals(by=by, rows=[{"pk": one.pk, "verdict": verdict} for one in waiting])


def closed(people: People, case: Case, reason: str = "child_wishes") -> None:
    with acting_as(people.ana, "follow_up") as by:
        services.ask_approval(by=by, rows=[{"pk": case.pk, "what": "closure", "reason": reason}])
    approve(people)
    with acting_as(people.ana, "follow_up") as by:
        services.close(by=by, rows=[row(by, case)])


def test_the_database_holds_the_same_table_of_steps() -> None:
    from importlib import import_module

    written = import_module("cobijo.web.care.cases.migrations.0002_guards").STEPS
    assert {one.value: {to.value for to in tos} for one, tos in STEPS.items()} == {
        one: set(tos) for one, tos in written.items()
    }


def test_the_database_refuses_a_step_outside_the_table(people: People, case: Case) -> None:
    with acting_as(people.ana, "follow_up"):
        for to in State:
            if to in STEPS[State.OPEN] or to == State.OPEN:
                continue
            with pytest.raises(DatabaseError), transaction.atomic():
                Case.objects.filter(pk=case.pk).update(state=to)


def test_everything_about_a_child_goes_along() -> None:
    own = {
        one for one in apps.get_models() if issubclass(one, OfChild) or one._meta.label == "cases.Approval"
    }
    own |= {of_children.Concern, of_children.Concept}
    assert own - set(tables()) == set()
    assert len([one for one in own if one._meta.app_label in {"children", "cases"}]) == 14


def test_a_whole_life(people: People, case: Case) -> None:
    to_follow_up(people, case)
    with acting_as(people.ana, "follow_up") as by:
        (item,) = queries.under(by, "plan_item", case)
        work.change_plan_items(
            by=by, rows=[{"pk": item.pk, "version": 1, "state": "done", "done_on": timezone.localdate()}]
        )
    closed(people, case, "goals_met")
    with acting_as(people.ana, "follow_up") as by:
        ended = now(by, case)
        assert (ended.state, ended.closure, ended.closed_on) == ("closed", "goals_met", timezone.localdate())
        assert ended.child.keep_until is not None
        with pytest.raises(InputProblem) as refused:
            work.add_tasks(by=by, rows=[{"case": ended, "kind": "call", "due_on": timezone.localdate()}])
        assert code_of(refused) == "cases.closed"
        services.reopen(by=by, rows=[row(by, case)])
        again = now(by, case)
        assert (again.state, again.times_reopened, again.child.keep_until) == ("reopened", 1, None)
        with pytest.raises(InputProblem) as refused:  # the approvals of the first life are used up
            services.close(by=by, rows=[row(by, case)])
        assert code_of(refused) == "cases.not_approved_closure"
    actions = set(Happened.objects.filter(kind="case").values_list("action", flat=True))
    assert {"add", "assess", "move_on", "close", "reopen"} <= actions


def test_a_second_open_case_is_refused_and_written_down(people: People, case: Case) -> None:
    with acting_as(people.ana, "intake") as by:
        with pytest.raises(InputProblem) as refused:
            services.open_cases(by=by, rows=[{"child": case.child, "area": "MX-OAX"}])
        assert code_of(refused) == "cases.open_already"
        assert refused.value.params["code"] == case.code
        assert queries.cases(by).count() == 1
        twin = {"child": case.child, "scope_id": case.scope_id, "organisation_id": case.organisation_id}
        with pytest.raises(DatabaseError), transaction.atomic():  # nor does the database take it
            Case.objects.create(
                **twin, area="MX-OAX", opened_on=ago(1), key_id=case.key_id, sealed=b"", changed_by=people.ana
            )
    assert Happened.objects.filter(outcome="refused", code="cases.open_already").count() == 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"area": "MX-XXX"}, "country.area_unknown"),
        ({"opened_on": date(2190, 1, 1)}, "children.day_to_come"),
        ({"opened_on": date(2000, 1, 1)}, "children.before_birth"),
        ({"summary": "https://example.org"}, "children.no_addresses"),
    ],
)
def test_a_case_that_cannot_be(people: People, more: dict[str, Any], code: str) -> None:
    with acting_as(people.ana, "intake") as by:
        (child,) = child_services.register(by=by, rows=[LUPITA])
        with pytest.raises(InputProblem) as refused:
            services.open_cases(by=by, rows=[{"child": child, "area": "MX-OAX"} | more])
        assert code_of(refused) == code
        assert not queries.cases(by).exists()


def test_safety_comes_first(people: People, case: Case) -> None:
    with acting_as(people.ana, "follow_up") as by:
        for body in ({"suicide_risk": "plan"}, {"safe_tonight": False}, {"suicide_risk": "thoughts"}):
            with pytest.raises(InputProblem) as refused:
                services.assess(by=by, rows=[{"case": case, "risk": "low"} | body])
            assert code_of(refused) == "cases.safety_first"
        services.assess(by=by, rows=[{"case": case, "risk": "immediate", "suicide_risk": "plan"}])
        with pytest.raises(InputProblem) as refused:
            services.move_on(by=by, rows=[row(by, case, to="plan")])
        assert code_of(refused) == "cases.safety_plan_missing"


def test_the_head_shows_how_to_reach_her_and_tonight(people: People, case: Case) -> None:
    to_follow_up(people, case)
    with acting_as(people.ana, "follow_up") as by:
        services.change(
            by=by,
            rows=[row(by, case, guardian="implicated", representative_name="Lic. Cruz")],
        )
        work.add_siblings(by=by, rows=[{"case": case, "kind": "sibling", "at_risk": True, "name": "Toño"}])
        head = queries.head(by, now(by, case), purpose="follow_up")
    assert head.who["safe_contact"] == LUPITA["safe_contact"]
    assert head.tonight is not None
    assert head.tonight["tonight"] == "With her aunt"
    assert head.representative["representative_name"] == "Lic. Cruz"
    assert [identity["name"] for _row, identity in head.siblings] == ["Toño"]
    assert CANARY not in repr(head)


def test_colleagues_strangers_and_overseers_reach_nothing(people: People, case: Case) -> None:
    to_follow_up(people, case)
    for other in (people.berta, people.carla, people.hugo, people.rita, people.adela, people.aura):
        with acting_as(other, "follow_up") as by:
            assert queries.case(by, case.pk) is None
            for kind in queries.UNDER:
                assert not queries.under(by, kind, case).exists()
            with pytest.raises((InputProblem, Forbidden)), transaction.atomic():
                services.answer(by=by, rows=[{"pk": case.pk, "version": 1, "answer": "contact"}])
            with pytest.raises((InputProblem, Forbidden)), transaction.atomic():
                services.assess(by=by, rows=[{"case": case, "risk": "low"}])


def test_two_people_never_overwrite_each_other(people: People, case: Case) -> None:
    with acting_as(people.ana, "follow_up") as by:
        (plan,) = work.write_safety_plans(
            by=by, rows=[{"case": case, "tonight": "With her aunt", "good_until": timezone.localdate()}]
        )
    with acting_as(people.sofia, "supervision") as by:
        work.change_safety_plans(by=by, rows=[{"pk": plan.pk, "version": 1, "tonight": "In the shelter"}])
    with acting_as(people.ana, "follow_up") as by:
        with pytest.raises(Stale):
            work.change_safety_plans(by=by, rows=[{"pk": plan.pk, "version": 1, "tonight": "At home"}])
        services.assess(by=by, rows=[{"case": case, "risk": "high"}])
        with pytest.raises(Stale):
            services.assess(by=by, rows=[{"case": case, "risk": "low", "version": 1}])
        assert now(by, case).risk == "high"
        with pytest.raises(InputProblem):  # risk, state and closure have services of their own
            services.change(by=by, rows=[row(by, case, risk="low")])


def test_assessments_are_added_and_never_changed(people: People, case: Case) -> None:
    with acting_as(people.ana, "follow_up") as by:
        (made,) = services.assess(by=by, rows=[{"case": case, "risk": "medium", "wishes": "To sleep well"}])
        with pytest.raises(DatabaseError), transaction.atomic():
            Assessment.objects.filter(pk=made.pk).update(risk="low")
        (opened,) = children.opened(by, "assessment", [made], purpose="follow_up")
        assert opened["wishes"] == "To sleep well"
        for body in ({"care_needs": ["hiv"]}, {"needs": ["own_blame"]}):
            with pytest.raises(InputProblem) as refused:
                services.assess(by=by, rows=[{"case": now(by, case), "risk": "low"} | body])
            assert code_of(refused) == "screens.field_wrong"


def test_nobody_approves_oneself(people: People) -> None:
    with acting_as(people.sofia, "supervision") as by:
        (child,) = child_services.register(by=by, rows=[KEVIN])
        (case,) = services.open_cases(by=by, rows=[{"child": child, "area": "MX-OAX"}])
        (ask,) = services.ask_approval(by=by, rows=[{"pk": case.pk, "what": "closure", "reason": "moved"}])
        assert not queries.to_approve(by).exists()
        with pytest.raises(Forbidden) as refused, transaction.atomic():
            services.decide_approvals(by=by, rows=[{"pk": ask.pk, "verdict": "approved"}])
        assert code_of(refused) == "cases.own_approval"
        with pytest.raises(DatabaseError), transaction.atomic():
            Approval.objects.filter(pk=ask.pk).update(
                verdict="approved", decided_by=people.sofia, decided_at=timezone.now()
            )


def test_what_is_sent_back_is_not_approved(people: People, case: Case) -> None:
    with acting_as(people.ana, "follow_up") as by:
        services.ask_approval(by=by, rows=[{"pk": case.pk, "what": "closure", "reason": "moved"}])
        with pytest.raises(InputProblem) as refused:
            services.ask_approval(by=by, rows=[{"pk": case.pk, "what": "closure", "reason": "moved"}])
        assert code_of(refused) == "cases.asked_already"
    approve(people, "sent_back")
    with acting_as(people.ana, "follow_up") as by, pytest.raises(InputProblem) as refused:
        services.close(by=by, rows=[row(by, case)])
    assert code_of(refused) == "cases.not_approved_closure"


def test_urgent_measures_name_a_protection_office(people: People, case: Case) -> None:
    office = services.tables().office_for("MX-OAX").code
    item = {
        "case": case,
        "kind": "urgent",
        "goal": "Move tonight",
        "doer": "office",
        "due_on": timezone.localdate(),
    }
    with acting_as(people.ana, "follow_up") as by:
        with pytest.raises(InputProblem) as refused:
            work.add_plan_items(by=by, rows=[item])
        assert code_of(refused) == "cases.office_unknown"
        work.add_plan_items(by=by, rows=[item | {"office": office}])
        with pytest.raises(InputProblem) as refused:
            work.add_plan_items(by=by, rows=[item | {"office": office, "goal": ""}])
        assert code_of(refused) == "cases.goal_missing"


def test_no_return_before_a_determination(people: People, case: Case) -> None:
    item = {"case": case, "kind": "return", "goal": "Home", "doer": "office", "due_on": timezone.localdate()}
    said = {"case": case, "decided_on": ago(1), "body": "Procuraduría", "reasons": "…", "consular": "no"}
    with acting_as(people.ana, "follow_up") as by:
        for may_return in (None, False):
            if may_return is False:
                no = said | {"heard": True, "represented": True, "may_return": False}
                work.determine(by=by, rows=[no])
            with pytest.raises(InputProblem) as refused:
                work.add_plan_items(by=by, rows=[item])
            assert code_of(refused) == "cases.no_determination"
            with pytest.raises(InputProblem):
                services.ask_approval(by=by, rows=[{"pk": case.pk, "what": "closure", "reason": "returned"}])
        with pytest.raises(InputProblem) as refused:
            work.determine(by=by, rows=[said | {"heard": False, "represented": True, "may_return": True}])
        assert code_of(refused) == "cases.heard_and_represented"
        work.determine(by=by, rows=[said | {"heard": True, "represented": True, "may_return": True}])
        work.add_plan_items(by=by, rows=[item])


# --- Clocks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("risk", "hours"), [("immediate", 0), ("high", 24), ("medium", 72), ("low", 168)])
def test_risk_sets_the_clock(people: People, case: Case, risk: str, hours: int) -> None:
    with acting_as(people.ana, "follow_up") as by:
        services.assess(by=by, rows=[{"case": case, "risk": risk}])
        left = now(by, case).answer_by - timezone.now()
        assert timedelta(hours=hours, minutes=-1) < left <= timedelta(hours=hours)


def test_a_case_that_nobody_assesses_is_not_forgotten(people: People, case: Case) -> None:
    """Until somebody looks, its risk may be a high one: it is due on the work page, then with the supervisor."""
    with acting_as(people.ana, "follow_up") as by:
        left = now(by, case).answer_by - timezone.now()
        assert timedelta(hours=23, minutes=59) < left <= timedelta(hours=24)
        assert "cases.act_now" in {one.code for one in clocks.due(by)}
        with pytest.raises(InputProblem) as refused:
            services.answer(by=by, rows=[row(by, case, answer="contact")])
        assert code_of(refused) == "cases.assess_first"
    _ran_out(case, hours=1)
    assert clocks.escalate() == 1
    with acting_as(people.ana, "follow_up") as by:
        services.assess(by=by, rows=[{"case": case, "risk": "low"}])
        assert now(by, case).answer_by > timezone.now() + timedelta(hours=160)
    assert not Escalation.objects.filter(ended_at=None).exists()


def test_a_case_taken_up_again_is_assessed_anew_in_time(people: People, case: Case) -> None:
    with acting_as_system("test", scopes="all"):
        Case.objects.filter(pk=case.pk).update(
            state="closed", closed_on=timezone.localdate(), closure="moved", risk="low",
            answered_at=timezone.now(), answer="contact",
        )  # fmt: skip
    with acting_as(people.ana, "follow_up") as by:
        services.reopen(by=by, rows=[row(by, case)])
        again = now(by, case)
        assert (again.answered_at, again.answer) == (None, "")
        assert again.answer_by <= timezone.now() + timedelta(hours=24)
        assert queries.unanswered(by).get() == again


def test_an_unmet_clock_goes_to_the_supervisor_then_to_the_deputy(people: People, case: Case) -> None:
    deputy = person("Dora", Role.SUPERVISOR, of=people.refuge)
    with acting_as(people.ana, "follow_up") as by:
        services.assess(by=by, rows=[{"case": case, "risk": "high"}])
    assert clocks.escalate() == 0
    _ran_out(case, hours=1)
    assert clocks.escalate() == 1
    assert clocks.escalate() == 0
    assert [one.account_id for one in Escalation.objects.all()] == [people.sofia.pk]
    _ran_out(case, hours=3)
    clocks.escalate()
    assert set(Escalation.objects.values_list("account_id", "stage")) >= {
        (people.sofia.pk, 1),
        (deputy.pk, 2),
    }
    with acting_as(deputy, "supervision") as by:
        assert "cases.clock_unmet" in {one.code for one in clocks.due(by)}
    with acting_as(people.ana, "follow_up") as by:
        services.answer(by=by, rows=[row(by, case, answer="contact")])
        assert not queries.unanswered(by).exists()
    assert not Escalation.objects.filter(ended_at=None).exists()


def test_clocks_of_which_nobody_can_be_told_hide_no_other(
    people: People, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clocks, "AT_ONCE", 1)
    with acting_as(people.ana, "follow_up") as by:
        services.assess(by=by, rows=[{"case": case, "risk": "high"}])
    with acting_as_system("test", scopes="all"):
        other = Case.objects.get(pk=case.pk)
        other.pk, other.code = None, "X-1"
        other.organisation = Organisation.objects.create(name="Nobody", code="nobody")
        other.save(force_insert=True)
    _ran_out(case, hours=1)
    _ran_out(other, hours=5)
    assert clocks.escalate() == 1
    assert [one.case_id for one in Escalation.objects.all()] == [case.pk]


def test_without_a_second_supervisor_the_administrator_is_told_a_number_only(
    people: People, case: Case
) -> None:
    with acting_as(people.ana, "follow_up") as by:
        services.assess(by=by, rows=[{"case": case, "risk": "immediate"}])
    _ran_out(case, hours=3)
    clocks.escalate()
    with acting_as(people.adela, "") as by:
        (told,) = [one for one in clocks.due(by) if one.code == "cases.clock_unmet"]
        assert told.params == {"number": case.pk}
        assert queries.case(by, case.pk) is None


def _ran_out(case: Case, *, hours: int) -> None:
    with acting_as_system("test", scopes="all"):
        Case.objects.filter(pk=case.pk).update(answer_by=timezone.now() - timedelta(hours=hours))


def test_work_is_by_day_then_by_risk(people: People, case: Case) -> None:
    today = timezone.localdate()
    with acting_as(people.ana, "follow_up") as by:
        for risk, due in (
            ("low", today),
            ("immediate", today),
            ("high", ago(1)),
            ("low", today + timedelta(30)),
        ):
            work.add_tasks(by=by, rows=[{"case": case, "kind": "call", "due_on": due, "risk": risk}])
        work.plan_follow_ups(by=by, rows=[{"case": case, "kind": "visit", "planned_on": today}])
        assert [one.risk for one in queries.tasks(by)] == ["high", "immediate", "low"]
        codes = [one.code for one in clocks.due(by)]
        assert (codes.count("cases.task_due"), codes.count("cases.follow_up_due")) == (3, 1)
        task = Task.objects.order_by("pk").first()
        assert task is not None
        work.change_tasks(by=by, rows=[{"pk": task.pk, "version": 1, "state": "done"}])
        assert queries.tasks(by).count() == 2
        (one,) = queries.follow_ups(by)
        with pytest.raises(InputProblem) as refused:
            work.change_follow_ups(by=by, rows=[{"pk": one.pk, "version": 1, "met": "met"}])
        assert code_of(refused) == "cases.done_on_missing"


def outcomes_due(by: Access) -> list[object]:
    """Months after closure that the work page asks for."""
    return [one.params["months"] for one in clocks.due(by) if one.code == "cases.outcome_due"]


def test_outcomes_are_asked_and_lost_contact_is_one(people: People, case: Case) -> None:
    closed(people, case)
    with acting_as(people.ana, "follow_up") as by:
        with pytest.raises(InputProblem) as refused:
            work.record_outcomes(by=by, rows=[{"case": now(by, case), "month": 3, "safe": True}])
        assert code_of(refused) == "cases.outcome_too_early"
        assert outcomes_due(by) == []
    with acting_as_system("test", scopes="all"):
        Case.objects.filter(pk=case.pk).update(opened_on=ago(500), closed_on=ago(200))
    with acting_as(people.ana, "follow_up") as by:
        assert outcomes_due(by) == [3, 6]
        three = {"case": now(by, case), "month": 3}
        work.record_outcomes(by=by, rows=[three | {"safe": True, "housed": True, "own_rating": 4}])
        with pytest.raises(InputProblem) as refused:
            work.record_outcomes(by=by, rows=[three | {"safe": False}])
        assert code_of(refused) == "cases.outcome_there"
        six = {"case": now(by, case), "month": 6, "lost_contact": True}
        with pytest.raises(InputProblem) as refused:
            work.record_outcomes(by=by, rows=[six | {"safe": True}])
        assert code_of(refused) == "cases.lost_and_known"
        work.record_outcomes(by=by, rows=[six])
        assert outcomes_due(by) == []
        assert Outcome.objects.filter(lost_contact=True).count() == 1


# --- From desk to desk, from organisation to organisation ----------------------------------------------------------


def lies(case: Case) -> set[int]:
    """Every scope in which anything of the child lies."""
    with acting_as_system("test", scopes="all"):
        found: set[int] = {case.child.__class__.objects.get(pk=case.child_id).scope_id}
        for model in tables():
            found |= set(
                model._default_manager.filter(child_id=case.child_id).values_list("scope_id", flat=True)
            )
        for past in (of_children.ChildRevision, CaseRevision):
            found |= set(past.objects.filter(key_id=case.key_id).values_list("scope_id", flat=True))
        return found | set(BlindToken.objects.filter(key_id=case.key_id).values_list("scope_id", flat=True))


def test_a_supervisor_puts_a_case_on_another_desk_with_all_of_it(people: People, case: Case) -> None:
    to_follow_up(people, case)
    with acting_as(people.ana, "follow_up") as by, pytest.raises(Forbidden):
        services.assign(by=by, rows=[{"pk": case.pk, "account": people.berta}])
    with acting_as(people.sofia, "supervision") as by:
        with pytest.raises(InputProblem):
            services.assign(by=by, rows=[{"pk": case.pk, "account": people.carla}])
        services.assign(by=by, rows=[{"pk": case.pk, "account": people.berta}])
    assert lies(case) == {desk_of(people.berta).pk}
    with acting_as(people.ana, "follow_up") as by:
        assert queries.case(by, case.pk) is None
    with acting_as(people.berta, "follow_up") as by:
        assert queries.head(by, now(by, case), purpose="follow_up").who["chosen_name"] == "Lupita"
        assert children.search(by, **LUPITA).children[0].within_reach


def doors() -> Any:
    return rules.doors(agreement=lambda *_: True, ground=lambda *_: "consent")


def receiver(people: People) -> Any:
    return person("Sara", Role.SUPERVISOR, of=people.hospital)


@pytest.mark.parametrize(
    ("door", "code"),
    [
        ({}, "children.no_agreement"),
        ({"agreement": lambda *_: True}, "cases.no_ground"),
    ],
)
def test_without_agreement_and_ground_nothing_is_offered(
    people: People, case: Case, door: dict[str, Any], code: str
) -> None:
    with rules.doors(**door), acting_as(people.ana, "transfer") as by:
        with pytest.raises(InputProblem) as refused:
            transfers.offer(by=by, rows=[row(by, case, to=people.hospital, reason="needs")])
        assert code_of(refused) == code
        assert now(by, case).state == "open"
    with acting_as_system("test", scopes="all"):
        assert not Transfer.objects.exists()


def test_an_accepted_case_is_visible_to_its_new_owner_and_to_nobody_before(
    people: People, case: Case
) -> None:
    sara = receiver(people)
    to_follow_up(people, case)
    with doors():
        with acting_as(people.ana, "transfer") as by:
            transfers.offer(by=by, rows=[row(by, case, to=people.hospital, reason="needs")])
            assert now(by, case).state == "transfer"
        with acting_as(sara, "transfer") as by:
            (offered,) = queries.offered(by)
            assert (offered.risk, offered.needs, offered.age_band) == ("high", ["school"], "12-14")
            assert queries.case(by, case.pk) is None
            transfers.accept(by=by, rows=[{"pk": offered.pk, "account": people.carla}])
            assert not queries.offered(by).exists()
    assert lies(case) == {desk_of(people.carla).pk}
    with acting_as(people.carla, "follow_up") as by:
        there = now(by, case)
        assert (there.state, there.organisation_id) == ("open", people.hospital.pk)
        assert queries.head(by, there, purpose="follow_up").who["chosen_name"] == "Lupita"
        assert queries.under(by, "plan_item", there).count() == 1
    for former in (people.ana, people.sofia):
        with acting_as(former, "follow_up") as by:
            assert queries.case(by, case.pk) is None


def test_a_refusal_leaves_no_data(people: People, case: Case) -> None:
    sara = receiver(people)
    with doors():
        with acting_as(people.ana, "transfer") as by:
            transfers.offer(by=by, rows=[row(by, case, to=people.hospital, reason="needs")])
        with acting_as(sara, "transfer") as by:
            transfers.decline(by=by, rows=[{"pk": queries.offered(by)[0].pk, "reason": "full"}])
    with acting_as(people.ana, "transfer") as by:
        assert now(by, case).state == "open"
    assert lies(case) == {desk_of(people.ana).pk}
    with acting_as_system("test", scopes=[tray_of(people.hospital.pk).pk]):
        assert not Transfer.objects.exists()


def test_an_offer_is_taken_back(people: People, case: Case) -> None:
    with doors(), acting_as(people.ana, "transfer") as by:
        transfers.offer(by=by, rows=[row(by, case, to=people.hospital, reason="needs")])
        with pytest.raises(InputProblem) as refused:
            services.move_on(by=by, rows=[row(by, case, to="plan")])
        assert code_of(refused) == "cases.no_such_step"
        transfers.withdraw(by=by, rows=[row(by, case)])
        assert now(by, case).state == "open"
        with pytest.raises(InputProblem) as refused:
            transfers.withdraw(by=by, rows=[row(by, case)])
        assert code_of(refused) == "cases.not_offered"


# --- Retention -----------------------------------------------------------------------------------------------------


def due_to_go(case: Case, days: int = 1) -> Child:
    with acting_as_system("test", scopes="all"):
        Child.objects.filter(pk=case.child_id).update(keep_until=ago(days))
        return Child.objects.get(pk=case.child_id)


def test_a_supervisor_looks_before_a_child_is_erased(
    people: People, case: Case, django_capture_on_commit_callbacks: Any
) -> None:
    closed(people, case)
    with acting_as(people.sofia, "supervision") as by:
        child = children.child(by, case.child_id)
        assert child is not None
        with pytest.raises(InputProblem) as refused:
            retention.review(by=by, rows=[{"pk": child.pk, "verdict": "erase"}])
        assert code_of(refused) == "cases.not_due"
    due_to_go(case)
    with acting_as(people.sofia, "supervision") as by:
        assert [one.pk for one in retention.to_review(by)] == [case.child_id]
        with pytest.raises(InputProblem) as refused:
            retention.review(by=by, rows=[{"pk": case.child_id, "verdict": "keep"}])
        assert code_of(refused) == "cases.keep_reason"
        retention.review(by=by, rows=[{"pk": case.child_id, "verdict": "keep", "reason": "proceedings"}])
        assert Happened.objects.get(action="keep").detail["reasons"] == ["proceedings"]
        assert not retention.to_review(by).exists()
    due_to_go(case)
    with django_capture_on_commit_callbacks(execute=True), acting_as(people.sofia, "supervision") as by:
        retention.review(by=by, rows=[{"pk": case.child_id, "verdict": "erase"}])
    _gone(people, case)


def test_the_job_erases_what_nobody_looked_at_and_a_hold_stops_it(
    people: People, case: Case, django_capture_on_commit_callbacks: Any
) -> None:
    closed(people, case)
    child = due_to_go(case, 4000)
    with acting_as(people.sofia, "supervision") as by:
        (held,) = child_services.hold(
            by=by, rows=[{"pk": child.pk, "version": child.version, "reason": "order"}]
        )
    assert retention.erase_children() == 0
    with acting_as(people.sofia, "supervision") as by, pytest.raises(InputProblem) as refused:
        retention.review(by=by, rows=[{"pk": child.pk, "verdict": "erase"}])
    assert code_of(refused) == "children.held"
    with acting_as(people.sofia, "supervision") as by:
        child_services.release(by=by, rows=[{"pk": child.pk, "version": held.version}])
    with django_capture_on_commit_callbacks(execute=True):
        assert retention.erase_children() == 1
    _gone(people, case)


def test_what_an_older_copy_brings_back_of_an_erased_child_goes_again(
    people: People, case: Case, django_capture_on_commit_callbacks: Any
) -> None:
    """As after a restore: the ledger knows of the erasure, the records do not."""
    closed(people, case)
    with django_capture_on_commit_callbacks(execute=True), acting_as_system("test") as system:
        destroy_keys(by=system, ids=[case.key_id], reason="asked_by_child")
    with acting_as(people.ana, "follow_up") as by:
        assert children.children(by).get(pk=case.child_id).erased_at is None
    with django_capture_on_commit_callbacks(execute=True):
        replay_erasures()
    _gone(people, case)
    erasures = Happened.objects.filter(action="erase", kind="child").count()
    with django_capture_on_commit_callbacks(execute=True):
        replay_erasures()  # at every start: there is nothing left to do
    assert Happened.objects.filter(action="erase", kind="child").count() == erasures == 1


def test_an_open_case_is_never_erased(people: People, case: Case) -> None:
    due_to_go(case, 4000)
    assert retention.erase_children() == 0
    with acting_as(people.sofia, "supervision") as by, pytest.raises(InputProblem) as refused:
        retention.review(by=by, rows=[{"pk": case.child_id, "verdict": "erase"}])
    assert code_of(refused) == "cases.still_open"


def _gone(people: People, case: Case) -> None:
    with acting_as(people.ana, "follow_up") as by:
        child = children.child(by, case.child_id)
        assert child is not None
        assert child.erased_at is not None
        assert dict(children.who(by, child, purpose="follow_up")) == {}
        assert children.search(by, **LUPITA).children == ()
        with pytest.raises(CobijoError):
            services.reopen(by=by, rows=[row(by, case)])
    with acting_as_system("test", scopes="all"):
        assert not CaseRevision.objects.filter(key_id=case.key_id).exists()
        assert not BlindToken.objects.filter(key_id=case.key_id).exists()
        assert Case.objects.filter(pk=case.pk, state="closed").exists()  # the figures of past years stay


def test_supervision_counts_and_names_nobody(people: People, case: Case) -> None:
    to_follow_up(people, case)
    with acting_as(people.sofia, "supervision") as by:
        figures = queries.supervision(by, ago(60))
        (desk,) = figures.desks
        assert (desk.holder, desk.going_on, desk.urgent, desk.unmet) == ("Ana", 1, 1, 0)
        assert (figures.opened, figures.closed) == (1, 0)
    with acting_as(people.ana, "supervision") as by, pytest.raises(Forbidden):
        queries.supervision(by, ago(60))


def test_under_row_level_security_a_stranger_counts_nothing(
    on_postgresql: None, people: People, case: Case
) -> None:
    to_follow_up(people, case)
    guarded = [one for one in tables() if one is not of_children.Concern]
    with acting_as(people.ana, "follow_up"):
        assert Case.objects.count() == Assessment.objects.count() == 1
    for other in (people.berta, people.carla, people.adela):
        with acting_as(other, "follow_up"):
            assert [one._default_manager.count() for one in (*guarded, CaseRevision)] == [0] * (
                len(guarded) + 1
            )
    assert connection.vendor == "postgresql"
