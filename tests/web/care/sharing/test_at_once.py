"""Two who act at the same moment: what the database must hold apart, on PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import Any

import pytest
from django.db import connection, connections

from cobijo.errors import CobijoError
from cobijo.web.care.cases import services as cases
from cobijo.web.care.cases import transfers
from cobijo.web.care.cases.models import Case, Transfer
from cobijo.web.care.sharing import referrals
from cobijo.web.care.sharing.models import Consent, Packet, Referral
from cobijo.web.care.sharing.withdrawing import withdraw
from cobijo.web.core.access.context import acting_as, acting_as_system
from tests.web.care.sharing.conftest import World, agreement_of

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])


def test_a_withdrawal_while_a_packet_is_being_sent_closes_it(
    on_postgresql: None, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The consent holds when it is looked at, and is withdrawn before what is sent under it is there to be closed."""
    consent = world.consent()
    built = referrals.packets.build
    problems: list[BaseException] = []

    def stop() -> None:
        try:
            with acting_as(world.people.ana, "referral") as by:
                withdraw(by=by, consents=[consent])
        except BaseException as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    with acting_as(world.people.ana, "referral") as by:
        choice = world.choice(consent)
        digest = referrals.preview(by, choice).digest
    other = Thread(target=stop)

    def build(*args: object, **named: object) -> object:
        if other.ident is None:
            other.start()
            other.join(timeout=2)  # it waits for this transaction, which holds the consent
        return built(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(referrals.packets, "build", build)
    with acting_as(world.people.ana, "referral") as by:
        [sent] = referrals.send(by=by, rows=[(choice, digest)])
    other.join(timeout=20)
    assert not problems
    with acting_as_system("test", scopes="all"):
        assert Referral.objects.get(pk=sent.referral.pk).state == "withdrawn"
        assert not Packet.objects.filter(state="sent").exists()
    assert connection.vendor == "postgresql"


def beside(act: Callable[[], object], problems: list[BaseException]) -> Thread:
    """Somebody else, in a transaction of their own."""

    def run() -> None:
        try:
            act()
        except BaseException as problem:
            problems.append(problem)
        finally:
            connections.close_all()

    return Thread(target=run)


def offered(world: World) -> tuple[Any, int]:
    agreement_of(world.people.sofia, world.saul, for_transfer=True, for_referral=False)
    consent = world.consent(purpose="transfer", service=None)
    with acting_as(world.people.ana, "transfer") as by:
        transfers.offer(by=by, rows=[{"pk": world.case.pk, "to": world.clinic, "reason": "moves"}])
    with acting_as(world.saul, "transfer"):
        return consent, Transfer.objects.get().pk


@pytest.mark.parametrize("answer", ["accept", "decline"])
@pytest.mark.parametrize("other", ["consent", "offer", "guardian"])
def test_an_answer_to_an_offer_and_its_end_in_the_same_second_wait_for_each_other(
    on_postgresql: None, world: World, monkeypatch: pytest.MonkeyPatch, answer: str, other: str
) -> None:
    """Both take the same rows. Whoever comes second finds things as the first left them; nobody is thrown out."""
    if other == "guardian":
        with acting_as(world.people.ana, "follow_up") as by:
            cases.change(by=by, rows=[{"pk": world.case.pk, "version": 1, "guardian": "trusted"}])
    consent, lies = offered(world)
    problems: list[BaseException] = []

    def end() -> None:
        with acting_as(world.people.ana, "transfer") as by:
            if other == "consent":
                withdraw(by=by, consents=[consent])
            elif other == "offer":
                transfers.withdraw(by=by, rows=[{"pk": world.case.pk}])
            else:
                version = Case.objects.values_list("version", flat=True).get(pk=world.case.pk)
                row = {"pk": world.case.pk, "version": version, "guardian": "implicated"}
                cases.change(by=by, rows=[row])

    second = beside(end, problems)
    checked = transfers.check

    def meanwhile(by: Any, action: str, kind: str, record: Any = None) -> None:
        """The answer has the offer in its hands; the other begins, and gets as far as it can."""
        checked(by, action, kind, record)
        if kind == "transfer" and second.ident is None:
            second.start()
            second.join(timeout=1.5)

    monkeypatch.setattr(transfers, "check", meanwhile)
    with acting_as(world.saul, "transfer") as by:
        if answer == "accept":
            transfers.accept(by=by, rows=[{"pk": lies, "account": world.saul}])
        else:
            transfers.decline(by=by, rows=[{"pk": lies, "reason": "full"}])
    second.join(timeout=20)
    assert not [one for one in problems if not isinstance(one, CobijoError)], problems
    with acting_as_system("test", scopes="all"):
        assert not Transfer.objects.exists()
        case = Case.objects.select_related("child").get(pk=world.case.pk)
        assert case.state == "open"
        assert (case.organisation == world.clinic) is (answer == "accept")
        for model in (Consent, Referral):
            assert not model.objects.filter(child=case.child).exclude(scope_id=case.child.scope_id).exists()
