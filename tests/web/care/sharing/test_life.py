"""Sharing played at random by both sides while days pass: nothing is read outside of a consent or a legal basis that
holds at that moment, no referral leaves its table, nothing stays after a no, and all of it is audited."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar
from unittest.mock import patch

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import Phase
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from cobijo.errors import CobijoError
from cobijo.web.care.cases import services as cases
from cobijo.web.care.cases.models import Case
from cobijo.web.care.children.writing import body_of
from cobijo.web.care.sharing import answers, clocks, consents, keeping, referrals, withdrawing
from cobijo.web.care.sharing.models import Consent, Packet, Referral
from cobijo.web.care.sharing.states import READABLE, STEPS, State
from cobijo.web.core.access.context import Access, acting_as, acting_as_system
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.audit.models import Event as Happened
from tests.web.care import lives
from tests.web.care.sharing.conftest import FIELDS, World

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
real_now = timezone.now
#: Those whose step it is come oftener than people who are refused anyway.
SENDERS = st.sampled_from(("ana",) * 8 + ("sofia", "berta", "rocio", "carla"))
RECIPIENTS = st.sampled_from(("rocio",) * 8 + ("saul", "saul", "ana", "carla"))
WHICH = st.integers(0, 5)
GONE = {"deleted", "destroyed"}


class Life(RuleBasedStateMachine):
    """One child, a service that helps it, a guardian of whom more comes to be known. `world` is set by the test."""

    world: World
    done = refused = read = 0
    steps: ClassVar[set[tuple[str, str]]] = set()

    def __init__(self) -> None:
        super().__init__()
        self.undo = transaction.atomic()
        self.undo.__enter__()
        self.passed = timedelta()
        self.clock = patch.object(timezone, "now", lambda: real_now() + self.passed)
        self.clock.start()

    def teardown(self) -> None:
        self.clock.stop()
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    def account(self, name: str) -> Account:
        there: Any = self.world if name in {"rocio", "saul"} else self.world.people
        found: Account = getattr(there, name)
        return found

    def rows(self, model: Any) -> list[Any]:
        with acting_as_system("test", scopes="all"):
            return list(model.objects.order_by("pk"))

    def picture(self) -> tuple[Any, ...]:
        """All that an attempt which is refused must leave as it was."""
        sent = tuple((one.pk, one.state, one.version, one.closing) for one in self.rows(Referral))
        held = tuple((one.pk, one.state, one.version, bytes(one.sealed)) for one in self.rows(Packet))
        return sent, held, tuple(one.pk for one in self.rows(Consent))

    def attempt(self, name: str, act: Callable[[Access], object], *, side: str) -> None:
        before, states = self.picture(), {one.pk: one.state for one in self.rows(Referral)}
        account, events = self.account(name), Happened.objects.count()
        try:
            with acting_as(account, "referral") as by:
                act(by)
        except CobijoError:
            assert self.picture() == before
            Life.refused += 1
            return
        Life.done += 1
        if self.picture() != before:
            assert Happened.objects.count() > events
            assert Happened.objects.filter(account_id=account.pk).exists()
        own = {"sender": self.world.people.refuge, "recipient": self.world.clinic}[side]
        assert account.organisation == own, f"{name} did what is not theirs"
        self.check_steps(states)

    def check_steps(self, before: dict[int, str]) -> None:
        for one in self.rows(Referral):
            was = before.get(one.pk, State.SENT)
            Life.steps.add((was, one.state))
            assert one.state == was or State(one.state) in STEPS[State(was)]

    def one_of(self, model: Any, which: int) -> Any:
        found = self.rows(model)
        if not found:
            raise CobijoError("screens.gone")
        return found[which % len(found)]

    # --- The sender ---------------------------------------------------------------------------------------------------

    @rule(who=SENDERS, giver=st.sampled_from(["representative", "guardian"]), days=st.integers(3, 40))
    def agree(self, who: str, giver: str, days: int) -> None:
        until = timezone.localdate() + timedelta(days=days)
        row = self.world.row(giver=giver, until=until, decided_on=timezone.localdate())
        self.attempt(who, lambda by: consents.record(by=by, rows=[row]), side="sender")

    @rule(days=st.integers(3, 40))
    def a_law_demands_it(self, days: int) -> None:
        until = timezone.localdate() + timedelta(days=days)
        law = {"verdict": "law", "law": "An invented law", "article": "3", "giver": "nobody", "says": "told"}
        row = self.world.row(**law, until=until, decided_on=timezone.localdate())
        self.attempt("ana", lambda by: consents.record(by=by, rows=[row]), side="sender")

    @rule(which=WHICH)
    def refuse(self, which: int) -> None:
        row = self.world.row(verdict="refused", says="no", until=None, fields=[], service=None)
        self.attempt("ana", lambda by: consents.record(by=by, rows=[row]), side="sender")

    @rule(who=SENDERS, which=WHICH)
    def withdraw(self, who: str, which: int) -> None:
        self.attempt(
            who,
            lambda by: withdrawing.withdraw(by=by, consents=[self.one_of(Consent, which)]),
            side="sender",
        )

    @rule(who=SENDERS, which=WHICH, fields=st.sampled_from([FIELDS, FIELDS[:1], [*FIELDS, "child.contact"]]))
    def send(self, who: str, which: int, fields: list[str]) -> None:
        def act(by: Access) -> None:
            choice = self.world.choice(self.one_of(Consent, which), fields=fields)
            referrals.send(by=by, rows=[(choice, referrals.preview(by, choice).digest)])

        self.attempt(who, act, side="sender")

    @rule(who=SENDERS, which=WHICH)
    def take_back(self, who: str, which: int) -> None:
        self.attempt(
            who,
            lambda by: withdrawing.take_back(by=by, ids=[self.one_of(Referral, which).pk]),
            side="sender",
        )

    @rule(who=SENDERS, which=WHICH)
    def reply(self, who: str, which: int) -> None:
        def act(by: Access) -> None:
            one = self.one_of(Referral, which)
            referrals.reply(by=by, rows=[{"pk": one.pk, "version": one.version, "answer": "Mornings"}])

        self.attempt(who, act, side="sender")

    @rule(guardian=st.sampled_from(["trusted", "trusted", "implicated", "conflict", "unknown"]))
    def know_more_of_the_guardian(self, guardian: str) -> None:
        def act(by: Access) -> None:
            version = Case.objects.values_list("version", flat=True).get(pk=self.world.case.pk)
            cases.change(by=by, rows=[{"pk": self.world.case.pk, "version": version, "guardian": guardian}])

        self.attempt("ana", act, side="sender")

    @rule(
        giver=st.sampled_from(["guardian", "representative"]),
        answer=st.sampled_from(["accept", "accept", "decline", ""]),
        then=st.sampled_from(["stays", "doubted", "withdrawn", "refused", "over"]),
    )
    def go_on(self, giver: str, answer: str, then: str) -> None:
        """The right people take the next right steps, so that something is shared at all, and then it ends."""
        if giver == "guardian":
            self.know_more_of_the_guardian("trusted")
        self.agree("ana", giver, 30)
        agreed = len(self.rows(Consent)) - 1
        self.send("ana", agreed, FIELDS)
        if answer and self.rows(Packet):
            self.answer("rocio", len(self.rows(Packet)) - 1, answer)
        if then == "doubted":
            self.know_more_of_the_guardian("implicated")
        elif then == "withdrawn":
            self.withdraw("ana", agreed)
        elif then == "refused":
            self.refuse(0)
        elif then == "over":
            self.days_pass(40)

    @initialize(
        giver=st.sampled_from(["guardian", "representative"]),
        answer=st.sampled_from(["accept", "decline", ""]),
    )
    def begin(self, giver: str, answer: str) -> None:
        """Each life starts with something shared."""
        self.go_on(giver, answer, "stays")

    # --- The recipient ------------------------------------------------------------------------------------------------

    @rule(who=RECIPIENTS, which=WHICH, step=st.sampled_from(["accept", "accept", "decline", "ask", "done"]))
    def answer(self, who: str, which: int, step: str) -> None:
        said = {"reason": "full", "question": "Which days?", "outcome": "served", "note": "Well"}

        def act(by: Access) -> None:
            one = self.one_of(Packet, which)
            getattr(answers, step)(by=by, rows=[{"pk": one.pk, "version": one.version, **said}])

        self.attempt(who, act, side="recipient")

    @rule(who=RECIPIENTS, which=WHICH, closing=st.sampled_from(["deleted", "kept"]))
    def confirm(self, who: str, which: int, closing: str) -> None:
        law = {"law": "LGDNNA", "article": "123", "fields": FIELDS[:1]} if closing == "kept" else {}

        def act(by: Access) -> None:
            one = self.one_of(Packet, which)
            answers.confirm(by=by, rows=[{"pk": one.pk, "version": one.version, "closing": closing, **law}])

        self.attempt(who, act, side="recipient")

    # --- Time ---------------------------------------------------------------------------------------------------------

    @rule(days=st.sampled_from([1, 1, 2, 5, 15, 40]))
    def days_pass(self, days: int) -> None:
        if self.passed > timedelta(days=150):
            return  # by then nobody has verified the service for half a year
        states = {one.pk: one.state for one in self.rows(Referral)}
        self.passed += timedelta(days=days)
        while clocks.run() + keeping.destroy_kept():
            pass
        self.check_steps(states)

    # --- What holds at every moment -----------------------------------------------------------------------------------

    @invariant()
    def what_can_be_read_rests_on_something_that_holds(self) -> None:
        with acting_as_system("test", scopes="all"):
            holding = {one.pk: one for one in consents.grounds(self.world.child.pk)}
            for one in Referral.objects.filter(state__in=READABLE):
                assert one.consent_id in holding
                assert consents.guardian_stands(holding[one.consent_id])
                assert set(one.fields) <= set(holding[one.consent_id].fields)

    @invariant()
    def both_sides_stand_alike_and_nothing_stays_after_a_no(self) -> None:
        there = {one.referral_id: one for one in self.rows(Packet)}
        for one in self.rows(Referral):
            packet = there.pop(one.pk, None)
            if one.state in {State.DECLINED, State.EXPIRED} or one.closing in GONE:
                assert packet is None
            elif packet is not None:
                assert packet.state == one.state
                assert bool(packet.kept_law) == (one.closing == "kept")
        assert not there

    @invariant()
    def a_packet_opens_for_whom_it_reaches_while_it_may_be_read(self) -> None:
        for packet in self.rows(Packet)[-2:]:
            for name in ("ana", "sofia", "carla", "rocio", "saul"):
                with acting_as(self.account(name), "referral") as by:
                    reached = packet.scope_id in by.scopes
                    try:
                        body = answers.open_packet(by, packet)
                    except CobijoError:
                        assert not (reached and answers.readable(packet)), name
                        continue
                assert reached and answers.readable(packet)
                assert self.account(name).organisation == self.world.clinic
                if packet.kept_law:
                    assert [one in body["json"] for one in FIELDS] == [True, False, False]
                else:
                    assert body["html"] == body_of(packet)["html"]
                Life.read += 1


def play(world: World, *, examples: int, steps: int) -> None:
    Life.world = world
    Life.done = Life.refused = Life.read = 0
    Life.steps.clear()
    # A life is short enough to be read as it was.
    lives.play(Life, examples=examples, steps=steps, phases=(Phase.generate,))


def test_sharing_among_many(world: World) -> None:
    play(world, examples=12, steps=14)
    assert Life.done > 20  # it was a life, and not only refusals
    assert Life.refused > 20
    assert Life.read > 10


@pytest.mark.prove
def test_much_sharing_among_many(world: World) -> None:
    """Thousands of steps, other ones in every run."""
    play(world, examples=40, steps=70)
    taken = {(one, to) for one, to in Life.steps if one != to}
    assert taken >= {
        ("sent", "accepted"),
        ("sent", "withdrawn"),
        ("accepted", "withdrawn"),
        ("sent", "declined"),
    }
