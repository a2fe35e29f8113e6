"""The data steward's matches and the report of fields: two organisations, no child; numbers, nobody."""

from __future__ import annotations

import pytest
from django.test import Client

from cobijo.web.care.children import elsewhere, filling, services
from cobijo.web.care.children.models import Match
from cobijo.web.care.children.rules import doors
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event as Happened
from cobijo.web.directory.organisations.models import Contact
from tests.web.care.children.made import CANARY, LUPITA
from tests.web.care.pages.conftest import World
from tests.web.people import person

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
MATCHES = "/en/care/matches/"


@pytest.fixture
def dora(world: World) -> Account:
    return person("Dora", Role.DATA_STEWARD, of=world.people.hospital)


@pytest.fixture
def steward(world: World, dora: Account) -> Client:
    return world.at(dora)


@pytest.fixture
def match(world: World) -> Match:
    """Carla of the hospital asked about the child that the refuge holds."""
    with doors(agreement=lambda one, other, purpose: True):
        with acting_as(world.people.carla, "intake") as by:
            elsewhere.ask_elsewhere(by=by, purpose="intake", known=LUPITA)
        elsewhere.resolve()
    return Match.objects.get()


def test_the_steward_sees_which_organisations_and_not_whom(
    world: World, match: Match, steward: Client
) -> None:
    Contact.objects.create(
        organisation=world.people.refuge, post="Duty desk", phone="951 000 0000", public=True
    )
    page = steward.get(MATCHES).content.decode()
    for word in ("Hospital – Refuge", "Carla", world.child.code, "Duty desk", "951 000 0000"):
        assert word in page
    for word in (CANARY, "Lupita", "Vázquez", "2012", "MX-OAX"):
        assert word not in page
    assert MATCHES in steward.get("/en/work/").content.decode()


def test_contact_both_then_decide(world: World, match: Match, steward: Client) -> None:
    assert "I have contacted both" in steward.get(MATCHES).content.decode()
    assert steward.post(MATCHES, {"pk": match.pk, "verdict": "contacted"}).status_code == 302
    page = steward.get(MATCHES).content.decode()
    assert "I have contacted both" not in page
    assert "Both organisations contacted" in page
    assert steward.post(MATCHES, {"pk": match.pk, "verdict": "new"}).status_code == 422
    assert steward.post(MATCHES, {"pk": match.pk, "verdict": "unclear"}).status_code == 302
    match.refresh_from_db()
    assert (match.verdict, match.settled_by.name) == ("unclear", "Dora")
    assert [one.detail["verdicts"] for one in Happened.objects.filter(action="settle").order_by("pk")] == [
        ["contacted"], ["unclear"],
    ]  # fmt: skip
    assert "Nothing waits" in steward.get(MATCHES).content.decode()


def test_nobody_else_sees_matches(world: World, match: Match) -> None:
    for account in (
        world.people.ana,
        world.people.sofia,
        world.people.carla,
        world.people.aura,
        world.people.adela,
    ):
        assert world.at(account).get(MATCHES).status_code == 403


def test_the_report_of_fields_is_numbers_of_enough_records(
    world: World, steward: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    sofia = world.at(world.people.sofia)
    page = sofia.get("/en/care/fields/").content.decode()
    assert "fewer than 50 records" in page
    assert "Given names" not in page
    assert "No organisation has 50 records" in steward.get("/en/care/fields/all/").content.decode()
    monkeypatch.setattr(filling, "FEW", 1)
    for client, address in ((sofia, "/en/care/fields/"), (steward, "/en/care/fields/all/")):
        page = client.get(address).content.decode()
        assert "Refuge" in page
        assert "stop asking" in page
        assert CANARY not in page
    assert world.at(world.people.ana).get("/en/care/fields/").status_code == 403
    assert sofia.get("/en/care/fields/all/").status_code == 403
    with acting_as(world.people.ana, "intake") as by:
        services.change(by=by, rows=[{"pk": world.child.pk, "version": 1, "interpreter": False}])
    with acting_as(world.people.sofia, "quality") as by:
        counted = {one.name: one.filled for one in filling.own(by).told}
    assert counted["interpreter"] == 1  # a no is an answer
