"""Groups that must meet, their seats, meetings and decisions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.coordination.groups import queries, services
from cobijo.web.coordination.groups.models import Decision, Group, Meeting, Seat
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.models import Account, Token
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.dates import months_after
from cobijo.web.core.screens.clocks import due_for
from tests.web.directory.keepers import body, browser
from tests.web.people import People, person

pytestmark = pytest.mark.django_db(transaction=True)
PLACE = "/en/coordination"


@dataclass
class Room:
    people: People
    cora: Account  # coordinator
    petra: Account  # programme officer of the refuge
    mechanism: Group
    seat: Seat
    vacant: Seat


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: Any) -> None:
    settings.DATA_DIR = tmp_path


@pytest.fixture
def room(people: People) -> Room:
    cora = person("Cora", Role.COORDINATOR, of=people.hospital)
    petra = person("Petra", Role.PROGRAMME_OFFICER, of=people.refuge)
    with acting_as(cora, "") as by:
        [mechanism] = services.add(
            by=by,
            rows=[
                {"name": "Mecanismo", "kind": "mechanism", "mandate": "Coordinar.", "cadence_months": 3,
                 "since": months_after(today(), -48)},
            ],
        )  # fmt: skip
        seat, vacant = services.add_seats(
            by=by,
            rows=[
                {
                    "group": mechanism,
                    "office": "Salud",
                    "organisation": people.hospital,
                    "sent_list": "waiting",
                },
                {"group": mechanism, "office": "Sociedad civil"},
            ],
        )
    return Room(people, cora, petra, mechanism, seat, vacant)


def today() -> date:
    return timezone.localdate()


def met(room: Room, *days: date) -> list[Meeting]:
    with acting_as(room.cora, "") as by:
        planned = services.plan(by=by, rows=[{"group": room.mechanism, "on": on} for on in days])
        rows = [
            {"pk": one.pk, "version": 1, "minutes": "Minuta", "present": [room.seat.pk]} for one in planned
        ]
        return services.hold(by=by, rows=rows)


def refused(code: str, call: Any, **named: Any) -> None:
    with pytest.raises(InputProblem) as problem, transaction.atomic():
        call(**named)
    assert problem.value.code == code


def test_a_group_that_hardly_meets_is_red_on_the_first_page(room: Room) -> None:
    met(room, months_after(today(), -40), months_after(today(), -20))
    with acting_as(room.cora, "") as by:
        [missed] = queries.overdue_groups(by)
        assert (missed.standing.met, missed.standing.years) == (2, 4)
        first = due_for(by)[0]
        assert (first.code, first.overdue, first.level) == ("groups.nobody_met", True, "urgent")
    work = body(browser(room.cora).get("/en/work/"))
    assert re.search(
        r'<li class="overdue">\s*<a href="/en/coordination/groups/\d+/">Mecanismo: nobody has met', work
    )
    page = body(browser(room.cora).get(f"{PLACE}/groups/{room.mechanism.pk}/"))
    assert "2 meetings in 4 years." in page
    assert "1 seat is vacant:" in page
    assert "1 agency has sent no list:" in page
    met(room, today())
    with acting_as(room.cora, "") as by:
        assert queries.overdue_groups(by) == []


def test_a_meeting_is_planned_held_and_stays_held(room: Room) -> None:
    page = browser(room.cora)
    new = {"group": room.mechanism.pk, "on": today().isoformat(), "place_kind": "remote", "agenda": "Uno"}
    assert page.post(f"{PLACE}/meetings/new/", new).status_code == 302
    one = Meeting.objects.get()
    place = f"{PLACE}/meetings/{one.pk}/"
    assert page.get(f"{place}again/").status_code == 302, "it was not cancelled"
    assert page.post(f"{place}cancel/", {"reason": "sin quórum", "version": 1}).status_code == 302
    assert "sin quórum" in body(page.get(place))
    assert page.post(f"{place}again/", {"on": today().isoformat(), "version": 2}).status_code == 302
    stale = page.post(f"{place}held/", {"minutes": "Hecho", "version": 1})
    assert stale.status_code == 422, "somebody else changed it meanwhile"
    assert "Hecho" in body(stale), "nothing that was written is lost"
    sent = {"minutes": "Hecho", "present": [room.seat.pk], "version": 3}
    assert page.post(f"{place}held/", sent).status_code == 302
    shown = body(page.get(place))
    assert "present" in shown
    assert "absent" in shown
    assert page.get(f"{place}cancel/").status_code == 302
    with acting_as(room.cora, "") as by:
        refused(
            "groups.no_such_step", services.cancel, by=by, rows=[{"pk": one.pk, "version": 4, "reason": "x"}]
        )
    assert browser(room.petra).get(f"{place}held/").status_code == 403


def test_a_future_meeting_was_not_held_and_strange_seats_were_not_filled(room: Room) -> None:
    with acting_as(room.cora, "") as by:
        [ahead] = services.plan(by=by, rows=[{"group": room.mechanism, "on": today() + timedelta(days=1)}])
        refused("groups.held_in_future", services.hold, by=by, rows=[{"pk": ahead.pk, "version": 1}])
        [now] = services.plan(by=by, rows=[{"group": room.mechanism, "on": today()}])
        strange = [{"pk": now.pk, "version": 1, "present": [room.seat.pk + 999]}]
        refused("groups.seat_elsewhere", services.hold, by=by, rows=strange)
        refused(
            "groups.reason_missing",
            services.cancel,
            by=by,
            rows=[{"pk": now.pk, "version": 1, "reason": " "}],
        )
        early = [{"group": room.mechanism, "on": room.mechanism.since - timedelta(days=1)}]
        refused("groups.meeting_outside", services.plan, by=by, rows=early)
    now.refresh_from_db()
    assert now.state == "planned", "what was refused left nothing behind"


def test_a_decision_without_an_owner_is_refused_with_one_sentence_everywhere(room: Room) -> None:
    [one] = met(room, today())
    page = browser(room.cora)
    sentence = "a decision without an owner is not carried out"
    asked = {"text": "Pedir listas", "due_on": today().isoformat(), "organisation": ""}
    here = page.post(f"{PLACE}/meetings/{one.pk}/decide/", asked)
    register = page.post(f"{PLACE}/decisions/new/", asked | {"meeting": one.pk, "state": "open"})
    for answer in (here, register):
        assert answer.status_code == 422
        assert sentence in body(answer)
        assert "Pedir listas" in body(answer), "what was written is still there"
    with acting_as(room.cora, "") as by:
        row = {"meeting": one, "text": "x", "due_on": today(), "organisation": None}
        refused("groups.decision_without_owner", services.decide_on, by=by, rows=[row])
    assert not Decision.objects.exists()


def test_a_decision_is_a_task_of_its_owner_until_it_has_a_result(room: Room) -> None:
    [one] = met(room, today() - timedelta(days=40))
    page = browser(room.cora)
    asked = {"text": "Pedir listas", "due_on": (today() - timedelta(days=3)).isoformat(),
             "organisation": room.people.refuge.pk}  # fmt: skip
    assert page.post(f"{PLACE}/meetings/{one.pk}/decide/", asked).status_code == 302
    made = Decision.objects.get()
    with acting_as(room.petra, "") as by:
        [due] = due_for(by)
        assert (due.code, due.overdue) == ("groups.promised", True)
        change = {"pk": made.pk, "version": 1}
        refused("groups.result_missing", services.change_decisions, by=by, rows=[change | {"state": "done"}])
        refused(
            "groups.person_elsewhere", services.change_decisions, by=by, rows=[change | {"person": room.cora}]
        )
        refused(
            "groups.decision_without_owner",
            services.change_decisions,
            by=by,
            rows=[change | {"organisation": None}],
        )
    with acting_as(room.cora, "") as by:
        assert [each.code for each in due_for(by) if each.code.startswith("groups.promised")] == [
            "groups.promised_elsewhere"
        ]
    with acting_as(room.petra, "") as by:
        services.change_decisions(by=by, rows=[change | {"state": "done", "result": "Llegaron todas"}])
        refused(
            "groups.no_such_step", services.change_decisions, by=by,
            rows=[{"pk": made.pk, "version": 2, "state": "dropped"}],
        )  # fmt: skip
        assert [each.code for each in due_for(by)] == []


def test_what_is_wrong_is_one_sentence(room: Room) -> None:
    [one] = met(room, today())
    with acting_as(room.cora, "") as by:
        [planned] = services.plan(by=by, rows=[{"group": room.mechanism, "on": today()}])
        task = {"text": "x", "organisation": room.people.refuge, "due_on": today()}
        refused("groups.decided_nowhere", services.decide_on, by=by, rows=[task | {"meeting": planned}])
        late = task | {"meeting": one, "due_on": today() - timedelta(days=1)}
        refused("groups.due_before_meeting", services.decide_on, by=by, rows=[late])
        over = task | {"meeting": one, "state": "done", "result": "ya"}
        refused("groups.starts_open", services.decide_on, by=by, rows=[over])
        group = {"kind": "committee", "mandate": "x", "since": today()}
        refused("groups.name_taken", services.add, by=by, rows=[group | {"name": "Mecanismo"}])
        refused("groups.name_taken", services.add, by=by, rows=[group | {"name": "Uno"}] * 2)
        refused("country.area_unknown", services.add, by=by, rows=[group | {"name": "Dos", "area": "MX-XXX"}])
        refused("groups.cadence", services.add, by=by, rows=[group | {"name": "Tres", "cadence_months": 0}])
        yesterday = today() - timedelta(days=1)
        refused("groups.days", services.add, by=by, rows=[group | {"name": "Cuatro", "until": yesterday}])
        vacant = {"group": room.mechanism, "office": "Otra", "sent_list": "sent"}
        refused("groups.vacant_sends_nothing", services.add_seats, by=by, rows=[vacant])


@pytest.mark.parametrize(
    ("model", "changes"),
    [
        (Meeting, {"state": "lost"}), (Meeting, {"state": "cancelled", "minutes": ""}),
        (Meeting, {"state": "planned"}), (Decision, {"state": "done"}), (Decision, {"state": "x"}),
        (Group, {"cadence_months": 0}), (Seat, {"organisation": None}),
    ],
)  # fmt: skip
def test_the_database_holds_the_states_too(room: Room, model: Any, changes: dict[str, Any]) -> None:
    [one] = met(room, today())
    with acting_as(room.cora, "") as by:
        row = {"meeting": one, "text": "x", "organisation": room.people.refuge, "due_on": today()}
        services.decide_on(by=by, rows=[row])
        chosen = model.objects.order_by("pk").first()
        with pytest.raises(IntegrityError), transaction.atomic():
            model.objects.filter(pk=chosen.pk).update(**changes)


@pytest.mark.parametrize("role", [Role.CASEWORKER, Role.SUPERVISOR, Role.COMPANY_CONTACT, Role.ADMINISTRATOR])
def test_others_see_no_group(room: Room, role: Role) -> None:
    someone = person("Zoe", role, of=room.people.refuge)
    assert browser(someone).get(f"{PLACE}/groups/{room.mechanism.pk}/").status_code in {403, 404}
    with acting_as(someone, "") as by:
        assert queries.overdue_groups(by) == []
        with pytest.raises(Forbidden):
            services.plan(by=by, rows=[{"group": room.mechanism, "on": today()}])


def test_an_officer_says_how_far_it_is_and_changes_nothing_of_what_was_decided(room: Room) -> None:
    first, second = met(room, today() - timedelta(days=9), today())
    with acting_as(room.cora, "") as by:
        row = {
            "meeting": first,
            "text": "Pedir listas",
            "organisation": room.people.refuge,
            "due_on": today(),
        }
        [made] = services.decide_on(by=by, rows=[row])
    with acting_as(room.petra, "") as by:
        change = {"pk": made.pk, "version": 1}
        for wrong in (
            {"meeting": second}, {"text": "Otra cosa"}, {"due_on": today() + timedelta(days=400)},
        ):  # fmt: skip
            refused("groups.decided_stays", services.change_decisions, by=by, rows=[change | wrong])
        services.change_decisions(by=by, rows=[change | {"state": "under_way", "person": room.petra}])
        done = {"pk": made.pk, "version": 2, "state": "done", "result": "Llegaron"}
        services.change_decisions(by=by, rows=[done])
    with acting_as(room.cora, "") as by:
        services.change_decisions(
            by=by, rows=[{"pk": made.pk, "version": 3, "text": "Pedir todas las listas"}]
        )
    made.refresh_from_db()
    assert (made.text, made.state, made.meeting_id) == ("Pedir todas las listas", "done", first.pk)


def test_a_held_meeting_keeps_its_group_and_its_day(room: Room) -> None:
    [one] = met(room, today() - timedelta(days=9))
    with acting_as(room.cora, "") as by:
        [other] = services.add(
            by=by,
            rows=[{"name": "Otro", "kind": "committee", "mandate": "x", "since": months_after(today(), -9)}],
        )
        change = {"pk": one.pk, "version": one.version}
        for wrong in ({"group": other}, {"on": today()}):
            refused("groups.held_stays", services.change_meetings, by=by, rows=[change | wrong])
        services.change_meetings(by=by, rows=[change | {"place": "Sala 4"}])
    one.refresh_from_db()
    assert (one.group_id, one.on, one.place) == (room.mechanism.pk, today() - timedelta(days=9), "Sala 4")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("La niña María López vive ahí.", "names_a_child"), ("CURP LOXM120503MOCPRRA1", "official_id"),
        ("Nació el 3 de mayo de 2012.", "birth_date"),
    ],
)  # fmt: skip
def test_no_text_of_a_group_says_who_a_child_is(room: Room, text: str, code: str) -> None:
    [held] = met(room, today())
    with acting_as(room.cora, "") as by:
        meeting = {"group": room.mechanism, "on": today()}
        refused(f"requests.{code}", services.plan, by=by, rows=[meeting | {"agenda": text}])
        [planned] = services.plan(by=by, rows=[meeting | {"agenda": "Protección de niñas y niños"}])
        step = {"pk": planned.pk, "version": 1}
        refused(f"requests.{code}", services.hold, by=by, rows=[step | {"minutes": text}])
        refused(f"requests.{code}", services.cancel, by=by, rows=[step | {"reason": text}])
        task = {"meeting": held, "organisation": room.people.refuge, "due_on": today()}
        refused(f"requests.{code}", services.decide_on, by=by, rows=[task | {"text": text}])
        [made] = services.decide_on(by=by, rows=[task | {"text": "Abrir un refugio para niñas"}])
        over = {"pk": made.pk, "version": 1, "state": "done", "result": text}
        refused(f"requests.{code}", services.change_decisions, by=by, rows=[over])


def test_an_officer_writes_decisions_of_the_own_organisation_only(room: Room) -> None:
    [one] = met(room, today())
    with acting_as(room.petra, "") as by:
        row = {"meeting": one, "text": "x", "due_on": today(), "organisation": room.people.refuge}
        refused("groups.no_seat", services.decide_on, by=by, rows=[row])
    page = f"{PLACE}/meetings/{one.pk}/"
    assert "/decide/" not in body(browser(room.petra).get(page))
    with acting_as(room.cora, "") as by:
        ended = {"organisation": room.people.refuge, "until": today() - timedelta(days=1)}
        services.change_seats(by=by, rows=[{"pk": room.vacant.pk, "version": 1} | ended])
    with acting_as(room.petra, "") as by:
        refused("groups.no_seat", services.decide_on, by=by, rows=[row])
    with acting_as(room.cora, "") as by:
        services.change_seats(by=by, rows=[{"pk": room.vacant.pk, "version": 2, "until": None}])
    assert "/decide/" in body(browser(room.petra).get(page))
    with acting_as(room.petra, "") as by:
        row = {"meeting": one, "text": "x", "due_on": today()}
        services.decide_on(by=by, rows=[row | {"organisation": room.people.refuge}])
        with pytest.raises(Forbidden):
            services.decide_on(by=by, rows=[row | {"organisation": room.people.hospital}])


def test_a_calendar_is_subscribed_by_an_address_that_can_do_nothing_else(room: Room) -> None:
    with acting_as(room.cora, "") as by:
        forum = {"name": "Foro", "kind": "children", "cadence_months": 6, "since": today()}
        [children] = services.add(by=by, rows=[forum])
        day = today() + timedelta(days=5)
        rows = [
            {"group": room.mechanism, "on": day, "place": "Sala, 2", "agenda": "Secreta"},
            {"group": children, "on": day, "place": "Escuela Tres"},
        ]
        services.plan(by=by, rows=rows)
    page = browser(room.cora)
    [secret] = re.findall(
        r"/coordination/calendar/(cob_[^.]+)\.ics", body(page.post(f"{PLACE}/calendar/", {}))
    )
    nobody = browser()
    answer = nobody.get(f"{PLACE}/calendar/{secret}.ics")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    text = body(answer)
    assert "SUMMARY:Mecanismo" in text
    assert "Sala\\, 2" in text
    assert "SUMMARY:Foro" in text
    for hidden in ("Escuela", "Secreta", "Cora", "ATTENDEE", "ORGANIZER", "@hospital"):
        assert hidden not in text
    assert (
        nobody.get(
            "/api/v1/coordination/decisions", headers={"authorization": f"Bearer {secret}"}
        ).status_code
        == 403
    )
    [again] = re.findall(
        r"/coordination/calendar/(cob_[^.]+)\.ics", body(page.post(f"{PLACE}/calendar/", {}))
    )
    assert nobody.get(f"{PLACE}/calendar/{secret}.ics").status_code == 404, "the earlier address has ended"
    assert nobody.get(f"{PLACE}/calendar/{again}.ics").status_code == 200
    assert nobody.get(f"{PLACE}/calendar/cob_guess.ics").status_code == 404
    Token.objects.update(actions=["list:decision"])
    assert nobody.get(f"{PLACE}/calendar/{again}.ics").status_code == 404, (
        "a key for something else opens no calendar"
    )


def test_the_page_of_a_group_costs_the_same_however_much_hangs_on_it(
    room: Room, django_assert_max_num_queries: Any
) -> None:
    def queries_of_page() -> int:
        from django.db import connection
        from django.test.utils import CaptureQueriesContext

        with CaptureQueriesContext(connection) as seen:
            assert page.get(f"{PLACE}/groups/{room.mechanism.pk}/").status_code == 200
        return len(seen)

    page = browser(room.cora)
    met(room, today())
    queries_of_page()
    few = queries_of_page()
    made = met(room, *(today() - timedelta(days=one) for one in range(1, 12)))
    with acting_as(room.cora, "") as by:
        services.decide_on(
            by=by,
            rows=[
                {"meeting": one, "text": "x", "organisation": room.people.refuge, "due_on": today()}
                for one in made
            ],
        )
    assert queries_of_page() == few


def test_the_demonstration_has_a_group_that_does_not_meet(room: Room, people: People) -> None:
    from cobijo.web.coordination.groups import invented

    Decision.objects.all().delete()
    Seat.objects.all().delete()
    Group.objects.all().delete()
    with acting_as(room.cora, "") as by:
        invented.add_mine(by=by, accounts={Role.COORDINATOR: room.cora})
        [missed] = queries.overdue_groups(by)
        assert missed.standing.met == 2
    assert all("inventad" in one.name for one in Group.objects.all())
