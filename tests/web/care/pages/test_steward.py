"""The data steward's matches and the report of fields: two organisations, no child; numbers, nobody."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from cobijo.errors import CobijoError
from cobijo.web.care.children import elsewhere, filling, services
from cobijo.web.care.children.models import FieldCount, Match
from cobijo.web.care.children.rules import doors
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event as Happened
from cobijo.web.core.jobs import running
from cobijo.web.core.jobs.models import Job
from cobijo.web.directory.organisations.models import Contact
from tests.web.care.children.made import CANARY, LUPITA
from tests.web.care.children.open_vault import _fresh
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


def test_looking_at_the_codes_is_on_record_once_a_page(
    world: World, match: Match, steward: Client, dora: Account
) -> None:
    seen = Happened.objects.filter(kind="match", action="see_code")
    steward.get(MATCHES)
    assert [(one.account_id, one.ids) for one in seen] == [(dora.pk, [match.pk])]
    assert steward.post(MATCHES, {"pk": match.pk, "verdict": "different"}).status_code == 302
    steward.get(MATCHES)  # nothing waits, so no code is read
    assert seen.count() == 1


@pytest.mark.parametrize("first", ["same", "different", "unclear"])
def test_what_was_found_stays(match: Match, steward: Client, first: str) -> None:
    """From new straight to a finding; from there nowhere, on the page and in the database."""
    assert steward.post(MATCHES, {"pk": match.pk, "verdict": first}).status_code == 302
    for later in ("contacted", "same", "different", "unclear"):
        answer = steward.post(MATCHES, {"pk": match.pk, "verdict": later})
        assert answer.status_code == 422
        assert "further along" in answer.content.decode()
        if later != first:
            with pytest.raises(DatabaseError), transaction.atomic():
                Match.objects.filter(pk=match.pk).update(verdict=later)
    match.refresh_from_db()
    assert match.verdict == first


def test_both_are_contacted_once(match: Match, steward: Client) -> None:
    assert steward.post(MATCHES, {"pk": match.pk, "verdict": "contacted"}).status_code == 302
    assert steward.post(MATCHES, {"pk": match.pk, "verdict": "contacted"}).status_code == 422
    assert steward.post(MATCHES, {"pk": match.pk, "verdict": "same"}).status_code == 302


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
    assert "Nothing has been counted yet" in sofia.get("/en/care/fields/").content.decode()
    filling.count(world.people.refuge)
    page = sofia.get("/en/care/fields/").content.decode()
    assert "fewer than 50 records" in page
    assert "Counted on" in page
    assert "Given names" not in page
    assert "No organisation has 50 records" in steward.get("/en/care/fields/all/").content.decode()
    monkeypatch.setattr(filling, "FEW", 1)
    filling.count(world.people.refuge)
    for client, address in ((sofia, "/en/care/fields/"), (steward, "/en/care/fields/all/")):
        page = client.get(address).content.decode()
        assert "Refuge" in page
        assert "stop asking" in page
        assert CANARY not in page
    assert world.at(world.people.ana).get("/en/care/fields/").status_code == 403
    assert sofia.get("/en/care/fields/all/").status_code == 403
    with acting_as(world.people.ana, "intake") as by:
        services.change(by=by, rows=[{"pk": world.child.pk, "version": 1, "interpreter": False}])
    filling.count(world.people.refuge)
    with acting_as(world.people.sofia, "quality") as by:
        counted = {one.name: one.filled for one in filling.own(by).told}
    assert counted["interpreter"] == 1  # a no is an answer


def test_the_count_is_a_job_asked_for_on_the_page_and_at_night(world: World, steward: Client) -> None:
    sofia = world.at(world.people.sofia)
    opened = Happened.objects.filter(action="count_fields")
    answer = sofia.post("/en/care/fields/")
    assert (answer.status_code, opened.count()) == (302, 0)
    [job] = Job.objects.all()
    assert (job.kind, job.arguments) == (filling.COUNT, {"organisation": world.people.refuge.pk})
    assert str(job.pk) in answer["Location"]
    assert sofia.post("/en/care/fields/")["Location"] == answer["Location"], "not twice at once"
    running.run(job.pk)
    job.refresh_from_db()
    assert (job.state, job.code, job.done, job.total) == ("done", "children.fields_counted", 2, 2)
    assert "Counted on" in sofia.get("/en/care/fields/").content.decode()
    assert steward.post("/en/care/fields/all/").status_code == 302
    assert Job.objects.order_by("made_at").last().arguments == {}  # type: ignore[union-attr]
    assert world.at(world.people.ana).post("/en/care/fields/").status_code == 403
    assert sofia.post("/en/care/fields/all/").status_code == 403
    assert filling.at_night(), "the first one at any hour"
    assert not filling.at_night()


def test_what_could_not_be_counted_says_so(
    world: World, open_vault: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A locked vault opens nothing: that is no count of empty fields."""
    monkeypatch.setattr(filling, "FEW", 1)
    filling.count(world.people.refuge)
    sofia = world.at(world.people.sofia)
    counted = FieldCount.objects.get().filled
    sofia.post("/en/care/fields/")
    away = open_vault.rename(open_vault.with_name("away"))
    _fresh()
    running.run(Job.objects.get().pk)
    page = sofia.get("/en/care/fields/").content.decode()
    assert "it could not be counted" in page
    assert "Until then nothing can be counted" in page
    assert "Count anew" not in page
    assert Job.objects.get().code == "children.fields_locked"
    with pytest.raises(CobijoError):  # locked in the middle of it
        filling.count(world.people.refuge)
    assert FieldCount.objects.get().filled == counted
    away.rename(open_vault)
    _fresh()
    filling.count(world.people.refuge)
    assert "could not be counted" not in sofia.get("/en/care/fields/").content.decode()
