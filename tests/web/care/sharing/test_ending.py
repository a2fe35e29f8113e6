"""A consent goes some time after it ended: on the right day, with its words, told before, stopped by a hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from cobijo.web.care.cases import parts, retention
from cobijo.web.care.cases.rules import tables
from cobijo.web.care.children import services as children
from cobijo.web.care.children.models import Child
from cobijo.web.care.children.writing import body_of
from cobijo.web.care.sharing import consents, ending, withdrawing
from cobijo.web.care.sharing.models import Consent
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.audit.models import Event as Happened
from cobijo.web.core.dates import months_after
from tests.web.care.sharing.conftest import World

pytestmark = pytest.mark.django_db(databases=["default", "keys"])
TODAY = timezone.localdate()
UNTIL = TODAY + timedelta(days=30)
MONTHS = tables().keep("consent").months
KEEPING = "/en/care/keeping/"
LAW = {
    "verdict": "law", "law": "An invented law", "article": "3", "giver": "nobody", "says": "told", "words": "By law",
}  # fmt: skip


def over(ended: date) -> date:
    """The first day on which what ended then is over."""
    day = months_after(ended, MONTHS)
    while months_after(day, -MONTHS) < ended:
        day += timedelta(days=1)
    return day


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return Clock(monkeypatch)


class Clock:
    """What day it is for the time of keeping."""

    def __init__(self, patching: pytest.MonkeyPatch) -> None:
        self.patching = patching

    def turn(self, day: date) -> None:
        self.patching.setattr(parts, "today", lambda: day)

    def erased(self, day: date) -> int:
        self.turn(day)
        return parts.erase_parts()


def again(one: Consent) -> Consent:
    with acting_as_system("test", scopes="all"):
        return Consent.objects.get(pk=one.pk)


def ends(one: Consent) -> date | None:
    """From which day the time of this answer runs."""
    with acting_as_system("test", scopes="all"):
        rows = ending._ended(TODAY + timedelta(days=4_000)).filter(pk=one.pk)
        found: date | None = rows.values_list("began", flat=True).first()
        return found


def browser(world: World, name: str) -> Client:
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(getattr(world.people, name))
    return client


def test_each_answer_counts_from_its_own_end(world: World) -> None:
    given, law = world.consent(), world.consent(**LAW)
    assert (ends(given), ends(law)) == (UNTIL, UNTIL)
    refusal = world.consent(verdict="refused", says="no", until=None, fields=[])
    assert ends(refusal) == TODAY
    assert ends(given) == TODAY  # a later no ends it
    assert ends(law) == UNTIL  # what a law demands stands
    later = world.consent()
    assert ends(later) == UNTIL
    with acting_as(world.people.ana, "referral") as by:
        withdrawing.withdraw(by=by, consents=[later])
        withdrawal = Consent.objects.get(withdraws=later)
    assert (ends(later), ends(withdrawal)) == (TODAY, TODAY)


def test_a_consent_goes_on_its_day_and_the_record_stays(world: World, clock: Clock) -> None:
    one = world.consent()
    assert clock.erased(over(UNTIL) - timedelta(days=1)) == 0
    assert body_of(again(one))["words"] == "Yes, they may help me"
    assert clock.erased(over(UNTIL)) == 1
    gone = again(one)
    assert bytes(gone.sealed) == b""
    assert gone.until is not None
    assert (gone.until, gone.decided_on) == (date(UNTIL.year, 1, 1), date(TODAY.year, 1, 1))
    assert (gone.verdict, gone.recipient_id, gone.fields) == (one.verdict, one.recipient_id, one.fields)
    with acting_as_system("test", scopes="all"):
        child = Child.objects.get(pk=world.child.pk)
        assert child.erased_at is None
        assert body_of(child)
    event = Happened.objects.get(action="erase")
    assert (event.kind, event.ids, event.account_id) == ("consent", [one.pk], 0)
    assert event.detail == {"reason": "retention", "purpose": "consent"}
    assert clock.erased(over(UNTIL)) == 0
    page = browser(world, "ana").get(f"/en/sharing/child/{world.child.pk}/").content.decode()
    assert "Answers that ended long ago were erased" in page
    assert "Holds until" not in page
    assert "Nobody has asked this child yet" not in page
    with acting_as(world.people.ana, "follow_up") as by:
        assert not consents.consents(by, child).exists()
        assert consents.grounds(child.pk) == []


def test_a_consent_goes_while_the_case_goes_on_and_one_that_holds_stays(world: World, clock: Clock) -> None:
    """The time runs from the end of the consent, whatever becomes of the case."""
    ended = world.consent(verdict="refused", says="no", until=None, fields=[])
    holds = world.consent(**LAW | {"until": TODAY + timedelta(days=3_650)})
    assert clock.erased(over(TODAY)) == 1
    assert bytes(again(ended).sealed) == b""
    assert body_of(again(holds))["words"] == "By law"


def test_it_is_told_before_and_a_hold_stops_it(world: World, clock: Clock) -> None:
    world.consent()
    world.consent(**LAW)
    sofia = browser(world, "sofia")
    clock.turn(over(UNTIL) - parts.TOLD_BEFORE - timedelta(days=3))
    assert "Nothing goes by itself" in sofia.get(KEEPING).content.decode()
    clock.turn(over(UNTIL) - timedelta(days=10))
    page = sofia.get(KEEPING).content.decode()
    assert (
        page.count(f'Hold the record<span class="visually-hidden">: {world.child.code}') == 1
    )  # once a purpose
    clock.turn(over(UNTIL))
    with acting_as(world.people.sofia, "supervision") as by:
        row = next(one for one in retention.purposes(by) if one.rule.purpose == "consent")
        assert (row.after, row.due) == ("erase", 2)
        version = Child.objects.get(pk=world.child.pk).version
        children.hold(by=by, rows=[{"pk": world.child.pk, "version": version, "reason": "order"}])
    assert "Nothing goes by itself" in sofia.get(KEEPING).content.decode()
    assert parts.erase_parts() == 0
    with acting_as(world.people.sofia, "supervision") as by:
        children.release(by=by, rows=[{"pk": world.child.pk, "version": version + 1}])
    assert parts.erase_parts() == 2


def test_the_database_lets_a_consent_be_emptied_and_nothing_else(world: World) -> None:
    world.consent()
    for wrong in (
        {"sealed": b"x"},
        {"decided_on": date(2020, 3, 4)},
        {"until": UNTIL + timedelta(days=1)},
        {"verdict": "refused"},
        {"fields": []},
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), acting_as_system("test", scopes="all"):
            Consent.objects.update(**wrong)
    with pytest.raises(DatabaseError), transaction.atomic(), acting_as_system("test", scopes="all"):
        Consent.objects.all().delete()
    with acting_as_system("test", scopes="all"):
        assert Consent.objects.update(sealed=b"") == 1
