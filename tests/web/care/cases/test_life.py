"""A case played at random by several people: no state outside the table, no reach outside scope, all audited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cobijo.errors import CobijoError
from cobijo.web.care.cases import parts, queries, retention, services, transfers, work
from cobijo.web.care.cases.models import Case
from cobijo.web.care.cases.states import GOING_ON, STEPS, State
from cobijo.web.care.children import rules
from cobijo.web.care.children import services as child_services
from cobijo.web.care.children.models import Child
from cobijo.web.core.access.context import Access, acting_as, acting_as_system
from cobijo.web.core.access.models import Scope
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event as Happened
from tests.web.care import lives
from tests.web.care.children.made import KEVIN, LUPITA
from tests.web.people import People, person

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("open_vault")]
#: Every write on a case that makes a new version of it; each is one event.
WRITES = (
    "add", "change", "assess", "answer", "move_on", "close", "reopen", "offer", "withdraw", "declined", "transferred",
)  # fmt: skip
NAMES = ("ana", "berta", "sofia", "carla", "sara", "hugo", "rita", "adela")
#: Whoever has the case and whoever oversees it come oftener than people who are refused anyway.
WHO = st.sampled_from(("holder",) * 10 + ("overseer",) * 6 + ("recipient",) * 4 + NAMES)
WHICH = st.integers(0, 1)


class Life(RuleBasedStateMachine):
    """Two children's cases. `people` and `sara` are set by the test that runs it."""

    people: People
    sara: Any
    done = refused = 0
    steps: ClassVar[set[tuple[str, str]]] = set()  # those that were taken

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.doors = rules.doors(agreement=lambda *_: True, ground=lambda *_: "consent")
        self.doors.__enter__()
        self.cases: list[Case] = []
        for who, child in (("ana", LUPITA), ("berta", KEVIN)):
            with self.acting(who) as by:
                (made,) = child_services.register(by=by, rows=[child])
                self.cases += services.open_cases(by=by, rows=[{"child": made, "area": "MX-OAX"}])

    def teardown(self) -> None:
        self.doors.__exit__(None, None, None)
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def account(self, name: str) -> Any:
        return self.sara if name == "sara" else getattr(self.people, name)

    def meant(self, name: str, case: Case) -> str:
        """A person by their part in a case."""
        here = case.organisation_id == self.people.refuge.pk
        if name == "holder":
            names = {one.pk: name for name in NAMES for one in [self.account(name)]}
            return names[Scope.objects.get(pk=case.scope_id).holder_id or 0]
        if name == "overseer":
            return "sofia" if here else "sara"
        if name == "recipient":
            return "sara" if here else "sofia"
        return name

    def acting(self, name: str) -> Any:
        return acting_as(self.account(name), "follow_up")

    def now(self, which: int) -> Case:
        with acting_as_system("test", scopes="all"):
            return Case.objects.select_related("child").get(pk=self.cases[which].pk)

    def attempt(
        self, name: str, which: int, act: Callable[[Access, Case], object], *, arriving: bool = False
    ) -> None:
        """Somebody tries. It works only within reach and along the table, or nothing at all has changed."""
        before = self.now(which)
        name = self.meant(name, before)
        events = Happened.objects.count()
        account = self.account(name)
        try:
            with self.acting(name) as by:
                reached = before.scope_id in by.scopes
                act(by, before)
        except CobijoError:
            after = self.now(which)
            assert (after.version, after.state, after.scope_id) == (
                before.version,
                before.state,
                before.scope_id,
            )
            Life.refused += 1
            return
        after = self.now(which)
        Life.steps.add((before.state, after.state))
        Life.done += 1
        assert reached or arriving, f"{name} wrote on a case that lies elsewhere"
        assert after.state == before.state or State(after.state) in STEPS[State(before.state)]
        assert Happened.objects.filter(account_id=account.pk).order_by("-pk").exists()
        assert Happened.objects.count() > events

    @rule(who=WHO, which=WHICH, risk=st.sampled_from(["immediate", "high", "medium", "low"]))
    def assess(self, who: str, which: int, risk: str) -> None:
        self.attempt(who, which, lambda by, case: services.assess(by=by, rows=[{"case": case, "risk": risk}]))

    @rule(who=WHO, which=WHICH)
    def answer(self, who: str, which: int) -> None:
        self.attempt(who, which, lambda by, case: services.answer(by=by, rows=[_row(case, answer="contact")]))

    @rule(who=WHO, which=WHICH)
    def plan_for_tonight(self, who: str, which: int) -> None:
        said = {"tonight": "With her aunt", "good_until": timezone.localdate()}
        self.attempt(
            who, which, lambda by, case: work.write_safety_plans(by=by, rows=[{"case": case} | said])
        )

    @rule(who=WHO, which=WHICH)
    def add_a_goal(self, who: str, which: int) -> None:
        said = {"goal": "School", "doer": "worker", "due_on": timezone.localdate()}
        self.attempt(who, which, lambda by, case: work.add_plan_items(by=by, rows=[{"case": case} | said]))

    @rule(who=WHO, which=WHICH, to=st.sampled_from(["plan", "follow_up", "closed", "open"]))
    def move_on(self, who: str, which: int, to: str) -> None:
        self.attempt(who, which, lambda by, case: services.move_on(by=by, rows=[_row(case, to=to)]))

    @rule(who=WHO, which=WHICH, what=st.sampled_from(["plan", "closure"]))
    def ask(self, who: str, which: int, what: str) -> None:
        asked = {"what": what, "reason": "moved"}
        self.attempt(
            who, which, lambda by, case: services.ask_approval(by=by, rows=[{"pk": case.pk} | asked])
        )

    @rule(who=WHO, which=WHICH, verdict=st.sampled_from(["approved", "approved", "sent_back"]))
    def decide(self, who: str, which: int, verdict: str) -> None:
        def act(by: Access, case: Case) -> None:
            waiting = [one.pk for one in queries.to_approve(by) if one.case_id == case.pk]
            if not waiting:
                raise CobijoError("screens.gone")
            services.decide_approvals(by=by, rows=[{"pk": pk, "verdict": verdict} for pk in waiting])

        self.attempt(who, which, act)

    @rule(who=WHO, which=WHICH)
    def close(self, who: str, which: int) -> None:
        self.attempt(who, which, lambda by, case: services.close(by=by, rows=[_row(case)]))

    @rule(who=WHO, which=WHICH)
    def reopen(self, who: str, which: int) -> None:
        self.attempt(who, which, lambda by, case: services.reopen(by=by, rows=[_row(case)]))

    @rule(who=WHO, which=WHICH)
    def open_a_second(self, who: str, which: int) -> None:
        if self.now(which).state == State.CLOSED:
            return
        count = self._count()
        self.attempt(
            who,
            which,
            lambda by, case: services.open_cases(by=by, rows=[{"child": case.child, "area": "MX-OAX"}]),
        )
        assert self._count() == count

    @rule(who=WHO, which=WHICH, to=st.sampled_from(["ana", "berta", "carla"]))
    def assign(self, who: str, which: int, to: str) -> None:
        account = self.account(to)
        self.attempt(
            who, which, lambda by, case: services.assign(by=by, rows=[{"pk": case.pk, "account": account}])
        )

    @rule(who=WHO, which=WHICH)
    def offer(self, who: str, which: int) -> None:
        there = self.now(which).organisation_id == self.people.refuge.pk
        to = self.people.hospital if there else self.people.refuge
        said = {"to": to, "reason": "needs"}
        self.attempt(who, which, lambda by, case: transfers.offer(by=by, rows=[_row(case, **said)]))

    @rule(who=WHO, which=WHICH)
    def withdraw(self, who: str, which: int) -> None:
        self.attempt(who, which, lambda by, case: transfers.withdraw(by=by, rows=[_row(case)]))

    @rule(who=WHO, which=WHICH, accepted=st.booleans(), to=st.sampled_from(["ana", "carla"]))
    def reply(self, who: str, which: int, accepted: bool, to: str) -> None:
        def act(by: Access, case: Case) -> None:
            offers = [one for one in queries.offered(by) if one.case_id == case.pk]
            if not offers:
                raise CobijoError("screens.gone")
            assert case.offered_to_id == by.organisation_id
            if accepted:
                transfers.accept(by=by, rows=[{"pk": offers[0].pk, "account": self.account(to)}])
            else:
                transfers.decline(by=by, rows=[{"pk": offers[0].pk, "reason": "full"}])

        self.attempt(who, which, act, arriving=True)

    @initialize(first=st.integers(1, 5), second=st.integers(1, 3))
    def begin(self, first: int, second: int) -> None:
        """Each life starts somewhere along its way."""
        self.go_on(0, first)
        self.go_on(1, second)
        self.go_on_and_move(1, "assigned")

    @rule(which=WHICH, times=st.integers(1, 3))
    def go_on(self, which: int, times: int) -> None:
        """The right people take the next right steps, so that a life also comes to its end."""
        for _ in range(times):
            state = self.now(which).state
            if state in {State.OPEN, State.REOPENED}:
                self.assess("holder", which, "high")
            elif state == State.ASSESSMENT:
                self.plan_for_tonight("holder", which)
                self.move_on("holder", which, "plan")
            elif state in {State.PLAN, State.FOLLOW_UP}:
                self.add_a_goal("holder", which)
                self.ask("holder", which, "plan" if state == State.PLAN else "closure")
                self.decide("overseer", which, "approved")
                if state == State.PLAN:
                    self.move_on("holder", which, "follow_up")
                else:
                    self.close("holder", which)
            elif state == State.CLOSED:
                self.reopen("holder", which)
            else:
                self.reply("recipient", which, True, "carla" if self._at_home(which) else "ana")

    @rule(which=WHICH, then=st.sampled_from(["stays", "assigned", "offered"]))
    def go_on_and_move(self, which: int, then: str) -> None:
        self.answer("holder", which)
        self.plan_for_tonight("holder", which)
        self.go_on(which, 1)
        if then == "assigned" and self._at_home(which):
            self.assign(
                "overseer", which, "berta" if self.meant("holder", self.now(which)) == "ana" else "ana"
            )
        if then == "offered":
            self.offer("holder", which)
            self.reply("recipient", which, True, "carla" if self._at_home(which) else "ana")

    def _at_home(self, which: int) -> bool:
        return self.now(which).organisation_id == self.people.refuge.pk

    @rule(which=WHICH)
    def keep(self, which: int) -> None:
        """The jobs of retention never take a child whose case goes on, nor one or a part whose time is not over."""
        assert retention.erase_children() == 0
        assert parts.erase_parts() == 0
        assert self.now(which).child.erased_at is None

    @invariant()
    def one_open_case_a_child(self) -> None:
        with acting_as_system("test", scopes="all"):
            for one in self.cases:
                assert Case.objects.filter(child_id=one.child_id, state__in=GOING_ON).count() <= 1

    @invariant()
    def everything_of_a_child_lies_in_one_place(self) -> None:
        with acting_as_system("test", scopes="all"):
            for one in self.cases:
                place = Child.objects.values_list("scope_id", flat=True).get(pk=one.child_id)
                for model in _about_a_child():
                    rows = model._default_manager.filter(child_id=one.child_id)
                    assert not rows.exclude(scope_id=place).exists()

    @invariant()
    def everybody_sees_what_lies_within_reach_and_no_more(self) -> None:
        there = {which: self.now(which) for which in (0, 1)}
        for name in NAMES:
            with self.acting(name) as by:
                seen = set(queries.cases(by).values_list("pk", flat=True))
                assert seen == {one.pk for one in there.values() if one.scope_id in by.scopes}
        for one in there.values():
            assert Scope.objects.get(pk=one.scope_id).organisation_id == one.organisation_id

    @invariant()
    def every_version_has_its_event(self) -> None:
        events = list(
            Happened.objects.filter(kind="case", outcome="done", action__in=WRITES).values_list(
                "ids", flat=True
            )
        )
        for which in (0, 1):
            case = self.now(which)
            assert sum(case.pk in ids for ids in events) == case.version

    def _count(self) -> int:
        with acting_as_system("test", scopes="all"):
            return Case.objects.count()


def _about_a_child() -> list[Any]:
    """Every guarded table of the two rooms with a child, found apart from the list that the move goes through."""
    return [
        model
        for model in apps.get_models()
        if getattr(model, "row_guard", False)
        and any(one.name == "child" for one in model._meta.concrete_fields)
    ]


def _row(case: Case, **more: Any) -> dict[str, Any]:
    return {"pk": case.pk, "version": case.version, **more}


def play(people: People, *, examples: int, steps: int) -> None:
    Life.people = people
    Life.sara = person("Sara", Role.SUPERVISOR, of=people.hospital)
    Life.done = Life.refused = 0
    Life.steps.clear()
    lives.play(Life, examples=examples, steps=steps)


def test_a_life_among_many(people: People) -> None:
    play(people, examples=3, steps=30)
    assert Life.done > 30  # it was a life, and not only refusals
    assert Life.refused > 15


@pytest.mark.prove
def test_many_lives_among_many(people: People) -> None:
    """Thousands of steps, other ones in every run."""
    play(people, examples=30, steps=70)
    taken = {(one, to) for one, to in Life.steps if one != to}
    assert len(taken) >= 10, taken
