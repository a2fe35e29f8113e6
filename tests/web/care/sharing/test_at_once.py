"""Two who act at the same moment: what the database must hold apart, on PostgreSQL."""

from __future__ import annotations

from threading import Thread

import pytest
from django.db import connection, connections

from cobijo.web.care.sharing import referrals
from cobijo.web.care.sharing.models import Packet, Referral
from cobijo.web.care.sharing.withdrawing import withdraw
from cobijo.web.core.access.context import acting_as, acting_as_system
from tests.web.care.sharing.conftest import World

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
