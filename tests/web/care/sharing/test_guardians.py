"""A guardian in whom somebody comes to see an involvement: what it agreed to is shared no longer, from that moment."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from cobijo.errors import InputProblem
from cobijo.web.care.cases import services as cases
from cobijo.web.care.cases.models import Case, Transfer
from cobijo.web.care.sharing import answers, codes, queries
from cobijo.web.care.sharing.models import Packet, Referral
from cobijo.web.core.access.context import acting_as, acting_as_system
from tests.web.care.sharing.conftest import World, agreement_of

pytestmark = pytest.mark.django_db(databases=["default", "keys"])


def says(world: World, guardian: str) -> None:
    with acting_as(world.people.ana, "follow_up") as by:
        version = Case.objects.values_list("version", flat=True).get(pk=world.case.pk)
        row = {"pk": world.case.pk, "version": version, "guardian": guardian}
        cases.change(by=by, rows=[row])


@pytest.fixture
def agreed(world: World) -> Any:
    """Two referrals: the guardian agreed to one, an independent representative to the other. Both are accepted."""
    says(world, "trusted")
    by_guardian = world.sent(world.consent(giver="guardian"))
    with acting_as(world.rocio, "referral") as by:
        answers.accept(by=by, rows=[{"pk": queries.packets(by).get().pk}])
    by_other = world.sent(world.consent(giver="representative"))
    return by_guardian.referral.pk, by_other.referral.pk


def states(pks: tuple[int, int]) -> list[str]:
    with acting_as_system("test", scopes="all"):
        return [Referral.objects.get(pk=pk).state for pk in pks]


@pytest.mark.parametrize("doubt", ["implicated", "conflict", "unknown"])
def test_doubt_closes_what_the_guardian_agreed_to_and_nothing_else(
    world: World, agreed: tuple[int, int], doubt: str
) -> None:
    assert states(agreed) == ["accepted", "sent"]
    says(world, doubt)
    assert states(agreed) == ["withdrawn", "sent"]
    with acting_as_system("test", scopes="all"):
        packet = Packet.objects.get(referral_id=agreed[0])
        assert packet.confirm_by is not None  # the service says what it does, and may keep the least by law
    with acting_as(world.rocio, "referral") as by, pytest.raises(InputProblem):
        answers.open_packet(by, packet)


def test_what_is_said_anew_without_a_doubt_closes_nothing(world: World, agreed: tuple[int, int]) -> None:
    says(world, "trusted")
    with acting_as(world.people.ana, "follow_up") as by:
        version = Case.objects.values_list("version", flat=True).get(pk=world.case.pk)
        row = {"pk": world.case.pk, "version": version, "guardian": "trusted", "summary": "School again"}
        cases.change(by=by, rows=[row])
    assert states(agreed) == ["accepted", "sent"]


def test_an_offer_of_the_case_goes_back_too(world: World) -> None:
    from cobijo.web.care.cases import transfers

    agreement_of(world.people.sofia, world.saul, for_transfer=True, for_referral=False)
    says(world, "trusted")
    world.consent(purpose="transfer", service=None, giver="guardian")
    with acting_as(world.people.ana, "transfer") as by:
        row = {"pk": world.case.pk, "to": world.clinic, "reason": "moves"}
        transfers.offer(by=by, rows=[row])
    says(world, "implicated")
    with acting_as_system("test", scopes="all"):
        assert not Transfer.objects.exists()
        assert Case.objects.get(pk=world.case.pk).state == "open"


def test_the_desk_is_told_why_and_the_child_reads_nothing_of_it(
    world: World, agreed: tuple[int, int], reader: Client
) -> None:
    says(world, "implicated")
    desk = Client(headers={"host": "localhost"})
    desk.force_login(world.people.ana)
    body = desk.get(f"/en/sharing/child/{world.child.pk}/").content.decode()
    assert body.count("A guardian agreed to this who by now is, or may be, involved.") == 1
    with acting_as(world.people.ana, "follow_up") as by:
        code = codes.give_page_code(by=by, child=world.child, safety=list(codes.SAFETY))
    reader.post("/en/n/", {"do": "open", "code": code})
    page = reader.get("/en/n/").content.decode()
    assert "uardian" not in page
    assert page.count("Yes, stop it") == 1  # what the representative agreed to
