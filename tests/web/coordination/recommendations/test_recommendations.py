"""Recommendations with what is done about them, the pack's own, and the internal advocacy record."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from cobijo.engine.pack import PACKS
from cobijo.errors import InputProblem
from cobijo.web.coordination.groups import services as groups
from cobijo.web.coordination.recommendations import queries, services
from cobijo.web.coordination.recommendations.models import Action, Actor, Pressure, Recommendation
from cobijo.web.coordination.recommendations.pack import load_recommendations
from cobijo.web.coordination.recommendations.screens import ACTIONS
from cobijo.web.coordination.requests import services as requests
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.screens import exporting
from cobijo.web.core.vault import custody, ring
from tests.web.directory.keepers import body, browser
from tests.web.people import People, person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
PLACE = "/en/coordination/recommendations/"


@dataclass
class Room:
    people: People
    cora: Account  # coordinator, of the hospital
    petra: Account  # programme officer, of the refuge
    one: Recommendation


@pytest.fixture(autouse=True)
def vault(tmp_path: Path, settings: Any) -> Any:
    settings.DATA_DIR = tmp_path
    settings.KEK_FILE, settings.KEK_COMMAND = tmp_path / "kek.txt", ""
    custody.reload()
    ring.forget()
    custody.make_kek()
    yield
    custody.reload()
    ring.forget()


@pytest.fixture
def room(people: People) -> Room:
    cora = person("Cora", Role.COORDINATOR, of=people.hospital)
    petra = person("Petra", Role.PROGRAMME_OFFICER, of=people.refuge)
    with acting_as(cora, "") as by:
        row = {
            "code": "uno",
            "body": "crc",
            "symbol": "CRC/X/1",
            "paragraph": "12",
            "text": "Reunir los datos.",
        }
        [one] = services.add(by=by, rows=[row])
    return Room(people, cora, petra, one)


def today() -> date:
    return timezone.localdate()


def refused(code: str, call: Any, **named: Any) -> None:
    with pytest.raises(InputProblem) as problem, transaction.atomic():
        call(**named)
    assert problem.value.code == code


def test_a_recommendation_goes_step_by_step_and_ends_with_a_proof(room: Room) -> None:
    page = browser(room.cora)
    with acting_as(room.cora, "") as by:
        row = {"pk": room.one.pk, "version": 1}
        refused(
            "recommendations.reason_missing", services.change, by=by, rows=[row | {"state": "carried_out"}]
        )
        services.change(by=by, rows=[row | {"state": "under_way"}])
        done = {"pk": room.one.pk, "version": 2, "state": "carried_out", "reason": "El registro existe"}
        services.change(by=by, rows=[done])
        back = {"pk": room.one.pk, "version": 3, "state": "not_begun"}
        refused("recommendations.no_such_step", services.change, by=by, rows=[back])
        assert dict(queries.by_state(by))["carried out"] == 1
    shown = body(page.get(f"{PLACE}{room.one.pk}/"))
    assert "CRC/X/1 §12" in shown
    assert "Carried out" in shown
    assert "El registro existe" in shown


def test_what_is_wrong_is_one_sentence(room: Room) -> None:
    with acting_as(room.cora, "") as by:
        row = {"code": "dos", "body": "crc", "text": "x"}
        refused("recommendations.no_document", services.add, by=by, rows=[row])
        refused(
            "recommendations.code_taken", services.add, by=by, rows=[row | {"code": "uno", "symbol": "X"}]
        )
        refused("recommendations.code_taken", services.add, by=by, rows=[row | {"symbol": "X"}] * 2)
        refused("recommendations.links_nothing", services.link, by=by, rows=[{"recommendation": room.one}])
    with pytest.raises(IntegrityError), transaction.atomic():
        Recommendation.objects.filter(pk=room.one.pk).update(state="carried_out")


def test_its_page_shows_what_is_done_and_nothing_that_one_may_not_open(room: Room) -> None:
    with acting_as(room.cora, "") as by:
        [group] = groups.add(
            by=by,
            rows=[{"name": "G", "kind": "committee", "mandate": "x", "since": today() - timedelta(days=9)}],
        )
        [meeting] = groups.plan(by=by, rows=[{"group": group, "on": today()}])
        [meeting] = groups.hold(by=by, rows=[{"pk": meeting.pk, "version": 1}])
        task = {
            "meeting": meeting,
            "text": "Pedir las listas",
            "organisation": room.people.hospital,
            "due_on": today(),
        }
        [decision] = groups.decide_on(by=by, rows=[task])
        [request] = requests.add(
            by=by,
            rows=[{"title": "Lista que falta", "text": "Falta una.", "organisation": room.people.hospital}],
        )
        services.link(
            by=by,
            rows=[
                {"recommendation": room.one, "decision": decision},
                {"recommendation": room.one, "request": request, "note": "segunda vez"},
            ],
        )
    whole = body(browser(room.cora).get(f"{PLACE}{room.one.pk}/"))
    assert "Pedir las listas" in whole
    assert "segunda vez" in whole
    partly = body(browser(room.petra).get(f"{PLACE}{room.one.pk}/"))
    assert "Pedir las listas" in partly
    assert "Lista que falta" not in partly, "the request of another organisation is not hers to see"
    shared = Action.objects.get(request=request)
    links = "/en/coordination/recommendation-links/"
    for place in (links, f"{links}{shared.pk}/"):
        assert "Lista que falta" in body(browser(room.cora).get(place))
        hers = body(browser(room.petra).get(place))
        assert "Lista que falta" not in hers, place
        assert "Not for you to see" in hers
    assert "Pedir las listas" in body(browser(room.petra).get(links))
    with acting_as(room.petra, "", only=["list:recommendation_action", "see:recommendation_action"]) as by:
        for form in ("csv", "json"):
            assert b"Lista que falta" not in exporting.written(by, ACTIONS, [shared], form)
        assert "Lista que falta" not in str(exporting.as_object(by, ACTIONS, shared))


def test_the_advocacy_record_names_no_request_of_somebody_else(room: Room) -> None:
    actor = agreed(room)
    with acting_as(room.cora, "") as by:
        row = {"title": "Lista que falta", "text": "Falta una.", "organisation": room.people.hospital}
        [request] = requests.add(by=by, rows=[row])
    one = pressed(room, actor, request=request)
    for place in ("/en/coordination/advocacy/", f"/en/coordination/advocacy/{one.pk}/"):
        assert "Lista que falta" in body(browser(room.cora).get(place))
        hers = body(browser(room.petra).get(place))
        assert "Refugios para el sur" in hers
        assert "Lista que falta" not in hers, place


def test_the_pack_is_loaded_once_and_overwrites_nothing(room: Room, settings: Any) -> None:
    out = StringIO()
    call_command("load_recommendations", stdout=out)
    assert out.getvalue() == "28 recommendations were new.\n"
    studied = Recommendation.objects.filter(body="study")
    assert studied.count() == 5
    with acting_as(room.cora, "") as by:
        one = studied.order_by("pk")[0]
        services.change(by=by, rows=[{"pk": one.pk, "version": 1, "text": "Otra"}])
        assert services.load_pack_recommendations(by=by) == 0
    one.refresh_from_db()
    assert one.text == "Otra"
    assert all(one.source.endswith("(read)") for one in Recommendation.objects.exclude(code="uno"))
    listed = Recommendation.objects.get(code="opsc-q1-1a")
    assert (listed.symbol, listed.paragraph) == ("CRC/C/OPSC/MEX/Q/1", "1 (a)")
    victims = Recommendation.objects.get(code="crc-2006-65e")
    assert (victims.symbol, victims.paragraph, victims.said_on) == (
        "CRC/C/MEX/CO/3",
        "65 (e)",
        date(2006, 6, 2),
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (",study,", ",club,"), ("study-1,study", ",study"), (",CRC/C/OPSC/MEX/Q/1,1 (b)", ",,1 (b)"),
        ("2010-07-20", "20/7/2010"), ("List of issues".lower() + ", 20 July 2010\",read", "x\","),
    ],
)  # fmt: skip
def test_a_wrong_row_of_the_pack_is_one_sentence(tmp_path: Path, before: str, after: str) -> None:
    copy = tmp_path / "mexico"
    shutil.copytree(PACKS / "mexico", copy)
    text = (copy / "recommendations.csv").read_text(encoding="utf-8")
    assert before in text
    (copy / "recommendations.csv").write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(InputProblem) as problem:
        load_recommendations(copy)
    assert problem.value.code == "recommendations.pack_row"


# --- The advocacy record -------------------------------------------------------------------------------------------


def agreed(room: Room) -> Actor:
    with acting_as(room.petra, "") as by:
        rows = [{"organisation": room.people.refuge, "since": today() - timedelta(days=30)}]
        return services.agree(by=by, rows=rows)[0]


def pressed(room: Room, actor: Actor, **said: Any) -> Pressure:
    row = {
        "actor": actor, "target": room.people.hospital, "on": today(), "means": "meeting",
        "about": "Refugios para el sur",
    }  # fmt: skip
    with acting_as(room.cora, "") as by:
        return services.press(by=by, rows=[row | said])[0]


def test_only_an_organisation_itself_agrees(room: Room) -> None:
    with acting_as(room.cora, "") as by:
        other = [{"organisation": room.people.refuge, "since": today()}]
        with pytest.raises(Forbidden):
            services.agree(by=by, rows=other)
    agreed(room)
    with acting_as(room.petra, "") as by:
        own = {"organisation": room.people.refuge, "since": today()}
        refused("recommendations.agreed_already", services.agree, by=by, rows=[own])
        later = own | {"since": today() + timedelta(days=1)}
        refused("recommendations.agreed_day", services.agree, by=by, rows=[later])


def test_who_withdraws_is_seen_by_nobody_else_and_written_of_no_more(room: Room) -> None:
    actor = agreed(room)
    one = pressed(room, actor)
    refused("recommendations.result_missing", pressed, room=room, actor=actor, result="promised")
    refused("recommendations.day", pressed, room=room, actor=actor, on=today() + timedelta(days=1))
    refused("requests.birth_date", pressed, room=room, actor=actor, about="nacida el 3 de mayo de 2012")
    cora, petra = browser(room.cora), browser(room.petra)
    assert "Refugios para el sur" in body(cora.get("/en/coordination/advocacy/"))
    with acting_as(room.petra, "") as by:
        services.change_agreement(by=by, rows=[{"pk": actor.pk, "version": 1, "until": today()}])
    actor.refresh_from_db()
    refused("recommendations.not_agreed", pressed, room=room, actor=actor)
    assert "Refugios para el sur" not in body(cora.get("/en/coordination/advocacy/"))
    assert cora.get(f"/en/coordination/advocacy/{one.pk}/").status_code == 404
    assert "Refugios para el sur" in body(petra.get("/en/coordination/advocacy/"))


def test_it_is_internal(room: Room) -> None:
    pressed(room, agreed(room))
    cora = browser(room.cora)
    assert cora.post("/en/coordination/advocacy/export/", {"format": "json"}).status_code == 404
    for role in set(Role) - {Role.COORDINATOR, Role.PROGRAMME_OFFICER}:
        someone = person(f"Z{role}", role, of=room.people.refuge)
        assert browser(someone).get("/en/coordination/advocacy/").status_code == 403, role
    other = person("Olga", Role.PROGRAMME_OFFICER, of=room.people.hospital)
    assert "Refugios para el sur" not in body(browser(other).get("/en/coordination/advocacy/"))


def test_the_demonstration_says_that_it_is_invented(room: Room) -> None:
    from cobijo.web.coordination.recommendations import invented

    Recommendation.objects.all().delete()
    with acting_as(room.cora, "") as by:
        invented.add_mine(by=by, accounts={Role.COORDINATOR: room.cora})
    pack = {one.code for one in load_recommendations("mexico")}
    rows = Recommendation.objects.all()
    assert pack <= {one.code for one in rows}, "what was really said stands beside it, with its source"
    invented_ones = [one for one in rows if one.code not in pack]
    assert len(invented_ones) == 3
    assert all("inventad" in one.text for one in invented_ones)
    assert not [one for one in rows if one.code in pack and "inventad" in one.text]
