"""Requests to authorities: steps, deadlines, the ladder, and no child in any text. Every name here is invented."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from unittest import mock
from xml.etree import ElementTree

import pypdf
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.children import services as children
from cobijo.web.coordination.requests import clocks, patterns, queries, services
from cobijo.web.coordination.requests.models import Escalation, Request, Support
from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.accounts.services import issue_token
from cobijo.web.core.audit.models import Event
from cobijo.web.core.dates import months_after
from cobijo.web.core.screens.clocks import due_for
from cobijo.web.core.vault import custody, ring
from cobijo.web.core.vault.queries import REFUSED_A_DAY, refused_today
from cobijo.web.directory.networks import services as networks
from tests.web.care.children.made import LUPITA
from tests.web.directory.keepers import body, browser
from tests.web.people import People, organisation, person

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "keys"])
PLACE = "/en/coordination/requests/"


@dataclass
class Room:
    people: People
    cora: Account  # coordinator, of the hospital
    petra: Account  # programme officer, of the refuge
    authority: Any


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
    return Room(
        people,
        person("Cora", Role.COORDINATOR, of=people.hospital),
        person("Petra", Role.PROGRAMME_OFFICER, of=people.refuge),
        organisation("fiscalia", kind="government", area="MX-OAX"),
    )


def today() -> date:
    return timezone.localdate()


def draft(room: Room, **said: Any) -> Request:
    row = {
        "title": "Investigar lo que se repite", "text": "Tres patrones se repiten en el estado desde hace un año.",
        "organisation": room.people.refuge, "addressee": room.authority, "area": "MX-OAX",
        "deadline": "federal-procedure",
    }  # fmt: skip
    with acting_as(room.petra, "") as by:
        return services.add(by=by, rows=[row | said])[0]


def do(room: Room, service: Any, one: Request, **said: Any) -> Any:
    with acting_as(room.petra, "") as by:
        one.refresh_from_db()
        made = service(by=by, rows=[{"pk": one.pk, "version": one.version, **said}])
        one.refresh_from_db()
        return made


def sent(room: Room, ago: int, **said: Any) -> Request:
    one = draft(room, **said)
    do(room, services.send, one, on=today() - timedelta(days=ago))
    return one


def refused(code: str, call: Any, *args: Any, **named: Any) -> None:
    with pytest.raises(InputProblem) as problem, transaction.atomic():
        call(*args, **named)
    assert problem.value.code == code


# --- Steps ---------------------------------------------------------------------------------------------------------


def test_a_request_goes_from_draft_to_closed_with_every_day(room: Room) -> None:
    one = draft(room)
    refused("requests.no_such_step", do, room, services.answer, one, on=today(), answer="x")
    do(room, services.send, one, on=today() - timedelta(days=10))
    last = months_after(today() - timedelta(days=10), 3)
    assert one.due_on is not None
    assert last <= one.due_on <= last + timedelta(days=5)  # without work it moves on: see test_deadlines
    assert not one.is_overdue
    refused("requests.day", do, room, services.acknowledge, one, on=today() - timedelta(days=11))
    refused("requests.day", do, room, services.acknowledge, one, on=today() + timedelta(days=1))
    do(room, services.acknowledge, one, on=today() - timedelta(days=8))
    refused("requests.grade_nothing", do, room, services.grade, one, grade="full", reason="x")
    refused("requests.still_in_time", do, room, services.grade, one, grade="silence", reason="x")
    refused("requests.answer_missing", do, room, services.answer, one, on=today(), answer=" ")
    do(room, services.answer, one, on=today(), answer="Abrieron dos carpetas.")
    refused("requests.silence_answered", do, room, services.grade, one, grade="silence", reason="x")
    refused("requests.grade_reason", do, room, services.grade, one, grade="part", reason="")
    do(room, services.grade, one, grade="part", reason="Falta una")
    refused("requests.outcome_missing", do, room, services.close, one, outcome="")
    do(room, services.close, one, outcome="Dos carpetas abiertas")
    assert (one.state, one.closed_on) == ("closed", today())
    refused("requests.no_such_step", do, room, services.close, one, outcome="otra vez")
    assert one.version == 6


def test_an_answer_after_its_last_day_says_by_how_much(room: Room) -> None:
    one = sent(room, 150)
    assert one.due_on is not None
    do(room, services.answer, one, on=one.due_on, answer="A tiempo.")
    assert one.days_late == 0
    other = sent(room, 150)
    assert other.due_on is not None
    do(room, services.answer, other, on=other.due_on + timedelta(days=3), answer="Tarde.")
    assert "3 days late" in body(browser(room.petra).get(f"{PLACE}{other.pk}/"))
    assert "late" not in body(browser(room.petra).get(f"{PLACE}{one.pk}/")).split("What came back")[1][:300]


def test_what_was_sent_is_not_rewritten(room: Room) -> None:
    one = sent(room, 3)
    refused("requests.sent_is_sent", do, room, services.change, one, text="Otra cosa")
    do(room, services.change, one, ask_again_on=today() + timedelta(days=5), text=one.text)
    with acting_as(room.cora, "") as by:
        refused(
            "requests.sent_is_sent", services.remove, by=by, rows=[{"pk": one.pk, "version": one.version}]
        )


def test_before_it_leaves_somebody_asks_somebody(room: Room) -> None:
    with acting_as(room.cora, "") as by:
        [one] = services.add(by=by, rows=[{"title": "x", "text": "Sin nadie."}])
        refused(
            "requests.nobody_asks", services.send, by=by, rows=[{"pk": one.pk, "version": 1, "on": today()}]
        )
        services.change(by=by, rows=[{"pk": one.pk, "version": 1, "organisation": room.people.hospital}])
        refused(
            "requests.no_addressee", services.send, by=by, rows=[{"pk": one.pk, "version": 2, "on": today()}]
        )
        itself = [{"pk": one.pk, "version": 2, "addressee": room.people.hospital}]
        refused("requests.to_oneself", services.change, by=by, rows=itself)
        refused(
            "requests.deadline_unknown_row",
            services.change,
            by=by,
            rows=[{"pk": one.pk, "version": 2, "deadline": "x"}],
        )


def test_without_a_cited_row_the_deadline_is_unknown_and_says_so(room: Room) -> None:
    one = sent(room, 40, deadline="petition")
    assert one.due_on is None
    page = body(browser(room.petra).get(f"{PLACE}{one.pk}/"))
    assert "Deadline unknown." in page
    assert "Deadline unknown" in body(browser(room.petra).get(f"{PLACE}overdue/"))
    Request.objects.filter(pk=one.pk).update(moved_on=today() - timedelta(days=40))
    with acting_as(room.petra, "") as by:
        [found] = due_for(by)
        assert found.code == "requests.ask_again", "nobody moved it for a month"


def test_the_law_that_was_not_confirmed_is_named_with_a_doubt(room: Room) -> None:
    page = body(browser(room.petra).get(f"{PLACE}{sent(room, 1).pk}/"))
    assert "Ley Federal de Procedimiento Administrativo, 17." in page
    assert "No lawyer has confirmed this row yet." in page
    assert "Silence counts as a refusal." in page


# --- Overdue and the ladder ----------------------------------------------------------------------------------------


def test_overdue_answers_stand_by_authority_and_state(room: Room) -> None:
    late, later = sent(room, 120), sent(room, 200)
    sent(room, 10)
    other = organisation("salud", kind="government")
    sent(room, 100, addressee=other, area="")
    with acting_as(room.cora, "") as by:
        found = queries.overdue_by_authority(by)
        assert [(one.addressee, one.area, one.count) for one in found] == [
            ("Fiscalia", "MX-OAX", 2),
            ("Salud", "", 1),
        ]
        assert found[0].days == (today() - later.due_on).days  # type: ignore[operator]
    page = body(browser(room.cora).get(f"{PLACE}overdue/"))
    assert "3 answers are overdue." in page
    assert f"{PLACE}{late.pk}/" in page
    with acting_as(room.petra, "") as by:
        urgent = [one for one in due_for(by) if one.code == "requests.overdue"]
        assert len(urgent) == 3
        assert all(one.overdue and one.level == "urgent" for one in urgent)


def test_the_ladder_is_climbed_upwards_once_with_members_of_a_network(room: Room) -> None:
    with acting_as(room.cora, "") as by:
        [network] = networks.add(by=by, rows=[{"code": "red", "name": "Red Inventada", "abbreviation": "RI"}])
        member, gone = networks.add_members(
            by=by,
            rows=[
                {"network": network, "member": room.people.refuge},
                {"network": network, "member": room.people.hospital, "until": today() - timedelta(days=1)},
            ],
        )
    one = sent(room, 10)
    step = {"rung": "superior", "on": today(), "answer_by": today() + timedelta(days=20)}
    refused("requests.still_in_time", do, room, services.escalate, one, **step)
    late = sent(room, 120)
    refused("requests.left_the_network", do, room, services.escalate, late, **step, supporters=[gone])
    refused("requests.rung_unknown", do, room, services.escalate, late, **(step | {"rung": "king"}))
    refused(
        "requests.day",
        do,
        room,
        services.escalate,
        late,
        **(step | {"answer_by": today() - timedelta(days=1)}),
    )
    page = browser(room.petra)
    form = body(page.get(f"{PLACE}{late.pk}/escalate/"))
    assert "Refuge · Red Inventada" in form
    assert "Hospital · Red Inventada" not in form
    asked = {
        "version": late.version, "rung": "superior", "on": today().isoformat(), "note": "Pedimos que ordene responder.",
        "answer_by": (today() + timedelta(days=20)).isoformat(), "supporters": [member.pk],
    }  # fmt: skip
    assert page.post(f"{PLACE}{late.pk}/escalate/", asked).status_code == 302
    late.refresh_from_db()
    assert (late.state, late.ask_again_on) == ("escalated", today() + timedelta(days=20))
    shown = body(page.get(f"{PLACE}{late.pk}/"))
    assert "Supported by: Refuge (RI)." in shown
    refused("requests.rung_climbed", do, room, services.escalate, late, **step)
    do(room, services.escalate, late, rung="un", on=today())
    refused("requests.rung_climbed", do, room, services.escalate, late, rung="congress", on=today())
    assert list(Escalation.objects.values_list("rung", flat=True)) == ["superior", "un"]
    assert Support.objects.count() == 1
    do(room, services.answer, late, on=today(), answer="Ordenó responder.")


def test_silence_is_graded_when_its_day_has_passed(room: Room) -> None:
    one = sent(room, 120)
    do(room, services.grade, one, grade="silence", reason="Nadie contestó")
    Request.objects.filter(pk=one.pk).update(moved_on=today() - timedelta(days=15))
    with acting_as(room.petra, "") as by:
        assert [each.code for each in due_for(by)] == ["requests.nobody_moves"]
    do(room, services.escalate, one, rung="ombudsman", on=today())
    with acting_as(room.petra, "") as by:
        assert [each.code for each in due_for(by)] == ["requests.ask_again"]


def test_an_answer_can_come_after_silence_was_graded_and_not_after_an_answer_was(room: Room) -> None:
    one = sent(room, 200)
    do(room, services.grade, one, grade="silence", reason="Nada llegó")
    one.refresh_from_db()
    page = browser(room.petra)
    assert "They answered" in body(page.get(f"{PLACE}{one.pk}/"))
    do(room, services.answer, one, on=today(), answer="Aquí está")
    one.refresh_from_db()
    assert (one.state, one.grade, one.grade_reason) == ("answered", "", "")
    do(room, services.grade, one, grade="part", reason="Falta la mitad")
    one.refresh_from_db()
    assert "They answered" not in body(page.get(f"{PLACE}{one.pk}/"))
    refused("requests.no_such_step", do, room, services.answer, one, on=today(), answer="Otra vez")


# --- A child who became known later ---


def named_later(room: Room, **said: Any) -> Request:
    """A public request that was sent, and names a child whom nobody knew then."""
    one = sent(room, 100, public=True, title="Abierta", text="Se pide por Itzayana Zorrilla.", **said)
    known_child(room)
    return one


def test_what_names_a_child_by_now_can_be_hidden_moved_and_closed(room: Room) -> None:
    one = named_later(room)
    do(room, services.acknowledge, one, on=today())
    do(room, services.change, one, ask_again_on=today())
    do(room, services.change, one, public=False)
    refused("requests.names_a_child", do, room, services.change, one, public=True)
    do(room, services.answer, one, on=today(), answer="Que sí.")
    refused(
        "requests.names_a_child",
        do,
        room,
        services.grade,
        one,
        grade="part",
        reason="Falta Itzayana Zorrilla",
    )
    do(room, services.grade, one, grade="part", reason="Falta la mitad")
    do(room, services.close, one, outcome="Nada más")
    assert one.state == "closed"


def test_a_draft_that_names_a_child_by_now_does_not_leave_the_house(room: Room) -> None:
    one = draft(room, text="Se pide por Itzayana Zorrilla.")
    known_child(room)
    refused("requests.names_a_child", do, room, services.send, one, on=today())
    do(room, services.close, one, outcome="No se envía")


def test_the_site_takes_it_from_the_public_and_says_so_to_who_can_hide_it(room: Room) -> None:
    one, other = named_later(room), sent(room, 5, public=True, title="Otra abierta")
    assert clocks.look_again() == 0, "they were looked at this hour"
    Request.objects.update(looked_at=timezone.now() - timedelta(hours=2))
    assert clocks.look_again() == 2
    reader = browser(room.people.hugo)
    place = "/en/coordination/public-requests/"
    assert "Abierta" not in body(reader.get(place))
    assert "Otra abierta" in body(reader.get(place))
    assert reader.get(f"{place}{one.pk}/").status_code == 404
    assert reader.get(f"{place}{other.pk}/").status_code == 200
    for who in (room.cora, room.petra):
        with acting_as(who, "") as by:
            urgent = [each for each in due_for(by) if each.code == "requests.hide"]
        assert [each.level for each in urgent] == ["urgent"]
        assert "Itzayana" not in str(urgent), "the work page names nobody"
    page = browser(room.cora)
    assert "This text may say who a child is." in body(page.get(f"{PLACE}{one.pk}/"))
    one.refresh_from_db()
    assert page.post(f"{PLACE}{one.pk}/hide/", {"version": one.version}).status_code == 302
    one.refresh_from_db()
    assert not one.public
    assert "This text may say who a child is." not in body(page.get(f"{PLACE}{one.pk}/"))
    assert list(Event.objects.filter(action="withhold").values_list("ids", flat=True)) == [[one.pk]]


def test_what_nobody_can_look_at_is_shown_to_nobody(room: Room, settings: Any) -> None:
    one = sent(room, 5, public=True, title="Abierta")
    settings.KEK_FILE.unlink()
    custody.reload()
    reader = browser(room.people.hugo)
    place = "/en/coordination/public-requests/"
    assert "Abierta" in body(reader.get(place)), "no child becomes known while the vault is locked"
    Request.objects.update(looked_at=timezone.now() - timedelta(hours=7))
    assert clocks.look_again() == 0
    assert "No request is public now" in body(reader.get(place))
    assert reader.get(f"{place}{one.pk}/").status_code == 404
    do(room, services.change, one, public=False)
    assert not one.public, "hiding needs no key"


# --- Never a child -------------------------------------------------------------------------------------------------


def known_child(room: Room) -> None:
    who = {"given": "Itzayana", "surname1": "Zorrilla", "surname2": "Quintanar"}
    with acting_as(room.people.ana, "intake") as by:
        children.register(by=by, rows=[LUPITA | who])


@pytest.mark.parametrize("field", ["title", "text", "legal_ground"])
def test_a_child_who_is_known_cannot_be_named_by_anybody(room: Room, field: str) -> None:
    text = "Se pide por Itzayana Zorrilla ante la autoridad."
    draft(room, **{field: text})
    known_child(room)
    refused("requests.names_a_child", draft, room, **{field: text})
    refused("requests.names_a_child", draft, room, **{field: "quintanar itzayana"})
    draft(room, **{field: "Se pide por Itzayana ante la autoridad de Zamora."})


def test_nothing_that_was_written_is_lost_and_nothing_is_told(room: Room) -> None:
    known_child(room)
    page = browser(room.petra)
    text = "Se pide por Itzayana Zorrilla ante la autoridad."
    new = {"title": "x", "text": text, "organisation": room.people.refuge.pk, "addressee": room.authority.pk}
    answer = page.post(f"{PLACE}new/", new)
    assert answer.status_code == 422
    assert text in body(answer)
    guessed = page.post(f"{PLACE}new/", new | {"text": "La niña Sofía Hernández no fue oída."})
    sentence = "this text may say who a child is"
    assert sentence in body(answer)
    assert sentence in body(guessed), "a guess and a known child are refused with the same words"
    assert not Request.objects.exists()


def test_after_a_few_refused_texts_nobody_learns_more_on_that_day(room: Room) -> None:
    known_child(room)
    known, unknown = "Se pide por Itzayana Zorrilla.", "Se pide que respondan."
    page = browser(room.petra)
    new = {
        "title": "Aviso",
        "organisation": room.people.refuge.pk,
        "addressee": room.authority.pk,
        "area": "",
    }
    for _one in range(REFUSED_A_DAY):
        assert "this text may say who a child is" in body(page.post(f"{PLACE}new/", new | {"text": known}))
    spent = [body(page.post(f"{PLACE}new/", new | {"text": text})) for text in (known, unknown)]
    for said in spent:
        assert "Until tomorrow no further text of yours is looked at" in said
        assert "this text may say who" not in said
    assert not Request.objects.exists()
    noted = Event.objects.filter(action="match", kind="vault", outcome="refused")
    assert list(noted.values_list("account_id", "ids", "detail")) == [(room.petra.pk, [], {})] * REFUSED_A_DAY
    with acting_as(room.cora, "") as by:
        assert services.add(by=by, rows=[{"title": "x", "text": unknown}]), "another account goes on"
    for who, told in ((room.people.aura, True), (room.people.sofia, True), (room.cora, False)):
        with acting_as(who, "") as by:
            listed = [one for one in due_for(by) if one.code == "requests.many_texts"]
        assert [(one.params, one.level) for one in listed] == [({"who": "Petra"}, "urgent")] * told
    tomorrow = timezone.now() + timedelta(days=1)
    with acting_as(room.petra, "") as by, mock.patch("django.utils.timezone.now", return_value=tomorrow):
        assert refused_today(by) == 0


def test_what_is_refused_by_key_counts_as_well(room: Room) -> None:
    known_child(room)
    with acting_as(room.petra, "") as by:
        [key] = issue_token(by=by, rows=[{"name": "letters", "actions": ["add:request"]}])
    sent = {"title": "Aviso", "text": "Se pide por Itzayana Zorrilla.", "organisation": room.people.refuge.pk}
    bearer = {"Authorization": f"Bearer {key.secret}"}
    answers = [
        Client().post("/api/v1/coordination/requests", sent, content_type="application/json", headers=bearer)
        for _one in range(REFUSED_A_DAY + 1)
    ]
    codes = [one.json()["code"] for one in answers]
    assert codes == ["requests.names_a_child"] * REFUSED_A_DAY + ["vault.texts_spent"]


def test_answers_grades_outcomes_and_rungs_are_read_too(room: Room) -> None:
    known_child(room)
    one, named = sent(room, 120), "Itzayana Zorrilla"
    refused(
        "requests.names_a_child", do, room, services.escalate, one, rung="superior", on=today(), note=named
    )
    assert one.state == "sent"
    refused(
        "requests.names_a_child", do, room, services.answer, one, on=today(), answer=f"Atendieron a {named}."
    )
    refused("requests.names_a_child", do, room, services.grade, one, grade="silence", reason=named)
    refused("requests.names_a_child", do, room, services.close, one, outcome=named)
    refused("requests.official_id", do, room, services.close, one, outcome="BOXW100820MNERXN09")
    refused("requests.birth_date", do, room, services.close, one, outcome="nacida el 3 de mayo de 2012")


def test_without_the_key_nothing_is_kept(room: Room, settings: Any) -> None:
    one = draft(room)
    settings.KEK_FILE.unlink()
    custody.reload()
    ring.forget()
    refused("requests.vault_closed", draft, room)
    refused("requests.vault_closed", do, room, services.send, one, on=today())
    page = browser(room.petra).get(f"{PLACE}{one.pk}/letter.pdf")
    assert page.status_code == 422
    assert "the key of the vault is not at hand" in body(page)


def test_a_letter_is_looked_at_once_more_when_it_is_taken(room: Room) -> None:
    one = draft(room, text="Se pide por Itzayana Zorrilla ante la autoridad.")
    page = browser(room.petra)
    assert page.get(f"{PLACE}{one.pk}/letter.docx").status_code == 200
    known_child(room)
    assert page.get(f"{PLACE}{one.pk}/letter.docx").status_code == 422


# --- The letter ----------------------------------------------------------------------------------------------------


def test_the_letter_as_docx_and_pdf(room: Room) -> None:
    text = "Uno & dos <b>.\n\nSegundo párrafo."
    one = draft(room, text=text, legal_ground="Ley inventada, artículo 3.")
    page = browser(room.petra)
    before = page.get(f"{PLACE}{one.pk}/letter.docx").content
    do(room, services.send, one, on=today())
    assert page.get(f"{PLACE}{one.pk}/letter.docx").content == before, "it reads as it was handed in"
    word = page.get(f"{PLACE}{one.pk}/letter.docx")
    assert word.headers["Content-Disposition"] == f'attachment; filename="request-{one.pk}.docx"'
    with zipfile.ZipFile(io.BytesIO(word.content)) as folder:
        assert folder.testzip() is None
        for name in folder.namelist():
            ElementTree.fromstring(folder.read(name))
        said = "".join(ElementTree.fromstring(folder.read("word/document.xml")).itertext())
    for part in (
        "Confidential",
        "Fiscalia",
        "Uno & dos <b>.",
        "Segundo párrafo.",
        "Ley inventada, artículo 3.",
        "Refuge",
    ):
        assert part in said, part
    assert "Time to answer: 3 months (Ley Federal de Procedimiento Administrativo, article 17)." in said
    pdf = page.get(f"{PLACE}{one.pk}/letter.pdf")
    assert pdf.headers["Cache-Control"] == "no-store"
    read = "".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(pdf.content)).pages)
    assert "Segundo párrafo." in read
    assert "Fiscalia" in read
    assert page.get(f"{PLACE}{one.pk}/letter.exe").status_code == 404


def test_the_pages_of_a_long_letter_are_numbered_and_a_short_one_has_none(room: Room) -> None:
    page = browser(room.petra)
    for lines, numbered in ((1, False), (90, True)):
        one = draft(room, text="Pedimos que se investigue.\n" * lines)
        read = pypdf.PdfReader(io.BytesIO(page.get(f"{PLACE}{one.pk}/letter.pdf").content)).pages
        found = [bool(re.search(r"\d\s*/\s*\d", each.extract_text())) for each in read]
        assert (len(read) > 1) == numbered
        assert found == [numbered] * len(read)


def test_a_sign_that_no_font_has_is_one_sentence(room: Room) -> None:
    one = draft(room, title="Listas 😀 & <más> \ufffe", text="Falta una.")
    page = browser(room.petra)
    pdf = page.get(f"{PLACE}{one.pk}/letter.pdf")
    assert pdf.status_code == 422
    assert "A sign in this text cannot be printed." in body(pdf)
    word = page.get(f"{PLACE}{one.pk}/letter.docx")
    assert word.status_code == 200
    with zipfile.ZipFile(io.BytesIO(word.content)) as parts:
        core = ElementTree.fromstring(parts.read("docProps/core.xml"))
        ElementTree.fromstring(parts.read("word/document.xml"))
    assert "Listas 😀 & <más> " in [each.text for each in core]


# --- Who reads what ------------------------------------------------------------------------------------------------


def test_everybody_reads_what_is_public_and_sent_and_nothing_else(room: Room) -> None:
    public, secret = sent(room, 5, public=True, title="Abierta"), sent(room, 5, title="Reservada")
    draft(room, public=True, title="Borrador")
    page = browser(room.people.hugo)
    shown = body(page.get("/en/coordination/public-requests/"))
    assert "Abierta" in shown
    assert "Reservada" not in shown
    assert "Borrador" not in shown
    assert page.get(f"/en/coordination/public-requests/{public.pk}/").status_code == 200
    assert page.get(f"/en/coordination/public-requests/{secret.pk}/").status_code == 404
    for one in (public, secret):
        assert page.get(f"{PLACE}{one.pk}/").status_code in {403, 404}
        assert page.get(f"{PLACE}{one.pk}/letter.pdf").status_code in {403, 404}


def test_an_officer_works_on_the_own_requests_only(room: Room) -> None:
    one = sent(room, 5)
    other = person("Olga", Role.PROGRAMME_OFFICER, of=room.people.hospital)
    assert browser(other).get(f"{PLACE}{one.pk}/").status_code == 404
    with acting_as(other, "") as by:
        refused("screens.gone", services.close, by=by, rows=[{"pk": one.pk, "version": 2, "outcome": "x"}])
        with pytest.raises(Forbidden):
            services.add(by=by, rows=[{"title": "x", "text": "x", "organisation": room.people.refuge}])
    with acting_as(room.people.aura, "") as by:
        assert queries.requests(by).count() == 1
        with pytest.raises(Forbidden):
            services.close(by=by, rows=[{"pk": one.pk, "version": 2, "outcome": "x"}])


@pytest.mark.parametrize(
    "changes",
    [
        {"state": "lost"}, {"state": "graded"}, {"state": "closed"}, {"grade": "part"}, {"answer": "x"},
        {"organisation": None}, {"due_on": date(2000, 1, 1)},
    ],
)  # fmt: skip
def test_the_database_holds_the_states_too(room: Room, changes: dict[str, Any]) -> None:
    one = sent(room, 5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=one.pk).update(**changes)


# --- Patterns ------------------------------------------------------------------------------------------------------


def test_a_pattern_of_three_children_drafts_one_request_that_names_no_case(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[str, str, str]] = []
    enough = [False, True, True]
    monkeypatch.setattr(patterns, "repeats", lambda *what: heard.append(what) or enough[len(heard) - 1])
    pattern = {"area": "MX-OAX", "ground": "sold_sex", "month": "2026-11"}
    with acting_as_system("non_punishment") as nobody:
        patterns.notice(by=nobody, pattern=pattern)
        assert not Request.objects.exists()
        patterns.notice(by=nobody, pattern=pattern)
        patterns.notice(by=nobody, pattern=pattern | {"month": "2026-12"})
    [made] = Request.objects.all()
    assert heard == [("MX-OAX", "sold_sex", "2026-Q4")] * 2, "once it is drafted, nobody counts again"
    assert (made.state, made.public, made.organisation, made.pattern) == (
        "draft",
        False,
        None,
        "MX-OAX/sold_sex/2026-Q4",
    )
    assert "Oaxaca" in made.text
    with acting_as(room.cora, "") as by:
        assert [one.code for one in due_for(by)] == ["requests.take_up"]
    with acting_as(room.petra, "") as by:
        assert due_for(by) == [], "it is nobody's yet, so a coordinator takes it up"


def test_children_are_counted_and_not_alerts(room: Room) -> None:
    import tests.rules.rooms  # noqa: F401 - the examples that `filled` points to
    from cobijo.web.care.cases.models import Case
    from cobijo.web.care.children.models import Child
    from cobijo.web.care.justice.models import Alert
    from tests.rules.factories import filled
    from tests.rules.world import Place

    def alert(number: int, case: Any = None, **said: Any) -> Any:
        at = Place("own", room.people.ana, room.people.refuge, room.people.desk, number)
        with acting_as_system("test", scopes="all"):
            if case is None:
                child = filled(Child, at)
                case = filled(Case, at, child=child, code=f"C-{number}")
            rest: dict[str, Any] = {"happened_on": date(2026, 5, 2)} | said
            return filled(Alert, at, child=case.child, case=case, area="MX-OAX", ground="sold_sex", **rest)

    first = alert(1)
    alert(2, case=first.case)
    alert(3)
    alert(4, happened_on=date(2026, 7, 1))
    assert not patterns.repeats("MX-OAX", "sold_sex", "2026-Q2"), "two children, one of them twice"
    alert(5)
    assert patterns.repeats("MX-OAX", "sold_sex", "2026-Q2")
    assert not patterns.repeats("MX-OAX", "drugs", "2026-Q2")
    assert not patterns.repeats("MX-PUE", "sold_sex", "2026-Q2")
