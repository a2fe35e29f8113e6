"""What is written of a proceeding goes its own time after the last step: looked at first, stopped by a hold."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.cases import parts, retention
from cobijo.web.care.cases.models import Case
from cobijo.web.care.cases.rules import tables
from cobijo.web.care.children import services as children
from cobijo.web.care.children.models import Child
from cobijo.web.care.children.writing import body_of
from cobijo.web.care.justice import alerts, queries, services
from cobijo.web.care.justice.models import (
    Alert,
    AllegedChild,
    Delay,
    JusticeRevision,
    Measure,
    Proceeding,
    Reparation,
    Step,
)
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.audit.models import Event as Happened
from cobijo.web.core.dates import months_after
from tests.web.care.children.made import CANARY, ago
from tests.web.care.justice.conftest import IN_TWO_MONTHS, Court

pytestmark = [pytest.mark.django_db(databases=["default", "keys"]), pytest.mark.usefixtures("open_vault")]
RULE = tables().keep("justice")
DAY = timedelta(days=1)
KEEPING = "/en/care/keeping/"


def over(last: date, months: int = parts.months_of(RULE)) -> date:
    """The first day on which what rested since then is over."""
    day = months_after(last, months)
    while months_after(day, -months) < last:
        day += DAY
    return day


@pytest.fixture
def turn(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda day: monkeypatch.setattr(parts, "today", lambda: day)


def rested(court: Court) -> Proceeding:
    """A proceeding with all that can hang on it, archived forty days ago."""
    one = court.start()
    with acting_as(court.people.ana, "follow_up") as by:
        until = timezone.localdate() + IN_TWO_MONTHS * 2
        services.put_off(by=by, rows=[{"pk": one.pk, "version": 1, "until": until, "reason": "expert"}])
        services.add_measures(by=by, rows=[{"proceeding": one, "kind": "screen", "note": CANARY}])
        money = {"proceeding": one, "kind": "money", "ordered_on": ago(60), "amount": 7_000, "note": CANARY}
        services.add_reparations(by=by, rows=[money])
    court.step(one, "archived", days=40, expected_by=None, note=CANARY)
    with acting_as(court.people.ana, "follow_up"):
        return Proceeding.objects.get(pk=one.pk)


def browser(court: Court, name: str) -> Client:
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(getattr(court.people, name))
    return client


def test_it_goes_on_its_day_with_its_past_and_the_record_stays(court: Court, turn: Any) -> None:
    one = rested(court)
    turn(over(ago(40)) - DAY)
    assert parts.erase_parts() == 0
    turn(over(ago(40)))
    assert parts.erase_parts() == 1
    with acting_as_system("test", scopes="all"):
        left = Proceeding.objects.get(pk=one.pk)
        assert (bytes(left.sealed), left.state, left.offences) == (b"", "archived", ["cpf-procuring"])
        assert (left.opened_on.month, left.opened_on.day) == (1, 1)
        for step in Step.objects.all():
            assert (bytes(step.sealed), step.on.month, step.on.day) == (b"", 1, 1)
        repaired = Reparation.objects.get()
        assert (bytes(repaired.sealed), repaired.amount, repaired.kind) == (b"", None, "money")
        for gone in (Delay, Measure, JusticeRevision):
            assert not gone._default_manager.exists()
        child = Child.objects.get()
        assert child.erased_at is None
        assert body_of(child)
    events = Happened.objects.filter(action="erase").order_by("kind")
    assert {one.kind for one in events} == {
        "proceeding", "justice_step", "justice_delay", "protection_measure", "reparation",
    }  # fmt: skip
    assert all(one.detail == {"reason": "retention", "purpose": "justice"} for one in events)
    assert parts.erase_parts() == 0
    tab = f"/en/justice/{court.case.pk}/"
    page = browser(court, "ana").get(tab).content.decode()
    assert "What ended long ago was erased" in page
    assert "Complaint of" not in page
    assert "No proceeding yet" not in page
    with acting_as(court.people.ana, "follow_up") as by:
        assert queries.tracks(by, court.case) == []
        assert queries.proceeding(by, one.pk) is None
    assert not Happened.objects.filter(code="vault.altered").exists()


def test_what_was_emptied_is_not_taken_up_again(court: Court, turn: Any) -> None:
    one = rested(court)
    turn(over(ago(40)))
    assert parts.erase_parts() == 1
    with acting_as(court.people.ana, "follow_up") as by:
        now = Proceeding.objects.get(pk=one.pk)
        row = {"pk": one.pk, "version": now.version}
        until = timezone.localdate() + IN_TWO_MONTHS
        asked: tuple[tuple[Any, dict[str, Any]], ...] = (
            (services.take_steps, row | {"to": "investigation", "on": ago(1), "expected_by": until}),
            (services.change, row | {"note": "again"}),
            (services.add_measures, {"proceeding": now, "kind": "screen"}),
        )
        for write, said in asked:
            with pytest.raises(InputProblem) as refused:
                write(by=by, rows=[said])
            assert refused.value.code == "children.emptied"


def test_it_is_looked_at_first_and_a_hold_stops_it(court: Court, turn: Any) -> None:
    """The pack wants a review: supervisors see it for as long, and it goes by itself after that."""
    rested(court)
    sofia = browser(court, "sofia")
    turn(over(ago(40), RULE.months) - DAY)
    assert "Nothing goes by itself" in sofia.get(KEEPING).content.decode()
    turn(over(ago(40), RULE.months))
    page = sofia.get(KEEPING).content.decode()
    assert court.child.code in page
    assert "Justice track" in page
    assert parts.erase_parts() == 0
    turn(over(ago(40)))
    with acting_as(court.people.sofia, "supervision") as by:
        row = next(one for one in retention.purposes(by) if one.rule.purpose == "justice")
        assert (row.after, row.due) == ("erase", 1)
        now = Child.objects.get().version
        children.hold(by=by, rows=[{"pk": court.child.pk, "version": now, "reason": "proceedings"}])
    assert "Nothing goes by itself" in sofia.get(KEEPING).content.decode()
    assert parts.erase_parts() == 0
    with acting_as(court.people.sofia, "supervision") as by:
        children.release(by=by, rows=[{"pk": court.child.pk, "version": now + 1}])
    assert parts.erase_parts() == 1


def test_while_a_proceeding_goes_on_nothing_of_it_goes(court: Court, turn: Any) -> None:
    one = rested(court)
    court.step(one, "investigation", days=30)
    turn(over(timezone.localdate()) + 400 * DAY)
    assert parts.erase_parts() == 0
    with acting_as(court.people.ana, "follow_up"):
        assert body_of(Proceeding.objects.get())["note"].startswith(CANARY)


def test_an_alert_goes_after_its_end_and_a_child_kept_apart_after_the_case(court: Court, turn: Any) -> None:
    alert = court.alert()
    with acting_as(court.people.ana, "follow_up") as by:
        said = {"case": court.case, "alleged": "recruited", "relation": "friend", "note": CANARY}
        alerts.keep_apart(by=by, rows=[said])
    last = timezone.localdate()
    turn(over(last))
    assert parts.erase_parts() == 0  # the alert is open, and so is the case
    with acting_as_system("test", scopes="all"):
        Alert.objects.filter(pk=alert.pk).update(state="ended", ended_on=last, end="dropped")
        Case.objects.filter(pk=court.case.pk).update(state="closed", closed_on=last, closure="moved")
    turn(over(last) - DAY)
    assert parts.erase_parts() == 0
    turn(over(last))
    assert parts.erase_parts() == 2
    with acting_as_system("test", scopes="all"):
        left = Alert.objects.get()
        assert (bytes(left.sealed), left.ground, left.happened_on.day) == (b"", "papers", 1)
        assert not AllegedChild.objects.exists()
        assert not JusticeRevision.objects.filter(kind__in=("non_punishment", "alleged_child")).exists()


def test_a_child_kept_apart_stays_while_a_proceeding_goes_on(court: Court, turn: Any) -> None:
    court.start()
    with acting_as(court.people.ana, "follow_up") as by:
        alerts.keep_apart(by=by, rows=[{"case": court.case, "alleged": "recruited", "relation": "friend"}])
    with acting_as_system("test", scopes="all"):
        Case.objects.filter(pk=court.case.pk).update(state="closed", closed_on=ago(1), closure="moved")
    turn(over(timezone.localdate()) + DAY)
    assert parts.erase_parts() == 0
