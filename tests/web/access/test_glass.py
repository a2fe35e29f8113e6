"""Break-glass: one record, two hours, told, reviewed; and the pages of this room."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.models import BreakGlass
from cobijo.web.core.access.policy import decide, visible
from cobijo.web.core.access.services import break_glass, end_glass, review_glass
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event
from tests.web.demo_note import Note, Remark
from tests.web.people import People

pytestmark = [pytest.mark.usefixtures("notes"), pytest.mark.django_db]
REASON = "the police are at the door with her father"


@pytest.fixture
def berta_notes(people: People, notes: None) -> list[Note]:
    """Two notes on Berta's desk, each with a remark under it."""
    desk = people.berta.desks.get()
    made = [Note.objects.create(scope=desk, title=f"note {n}", made_by=people.berta) for n in range(2)]
    for one in made:
        Remark.objects.create(scope=desk, note=one, text=f"under {one.title}")
    return made


def signed_in(account: Account) -> Client:
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(account)
    return client


def broken(people: People, note: Note) -> BreakGlass:
    with acting_as(people.ana, "emergency") as by:
        return break_glass(by=by, kind="note", record_id=note.pk, reason=REASON)


def test_it_opens_one_record_and_what_lies_under_it(people: People, berta_notes: list[Note]) -> None:
    glass = broken(people, berta_notes[0])
    with acting_as(people.ana, "emergency") as by:
        assert by.grants == (glass.pk,)
        assert list(visible(by, "note", Note.objects.all())) == [berta_notes[0]]
        assert [one.text for one in visible(by, "remark", Remark.objects.all())] == ["under note 0"]
        assert not visible(by, "note", Note.objects.all(), "change").exists()


def test_it_ends_with_the_role_that_broke_it(people: People, berta_notes: list[Note]) -> None:
    broken(people, berta_notes[0])
    people.ana.holdings.update(ended_at=timezone.now())
    people.ana.holdings.create(role=Role.ANALYST)
    with acting_as(people.ana, "emergency") as by:
        assert not visible(by, "note", Note.objects.all()).exists()
        assert not visible(by, "note", Note.objects.all(), "see_identity").exists()
        assert not decide(by, "see", "note", berta_notes[0]).allowed


def test_the_database_opens_no_more_of_the_desk_than_that(
    on_postgresql: None, people: People, berta_notes: list[Note]
) -> None:
    broken(people, berta_notes[0])
    with acting_as(people.ana, "emergency"):
        assert list(Note.objects.all()) == [berta_notes[0]]
        assert [one.text for one in Remark.objects.all()] == ["under note 0"]
        assert Note.objects.update(title="taken") == 0
        assert Remark.objects.all().delete() == (0, {})
    with acting_as(people.rita, "emergency"):
        assert not Note.objects.exists()


def test_it_ends_by_itself_and_on_request(people: People, berta_notes: list[Note]) -> None:
    glass = broken(people, berta_notes[0])
    assert timedelta(hours=1, minutes=59) < glass.ends_at - timezone.now() <= timedelta(hours=2)
    BreakGlass.objects.filter(pk=glass.pk).update(ends_at=timezone.now())
    with acting_as(people.ana, "emergency") as by:
        assert by.grants == ()
        assert not visible(by, "note", Note.objects.all()).exists()
    again = broken(people, berta_notes[0])
    with acting_as(people.ana, "emergency") as by:
        end_glass(by=by, glass_id=again.pk)
    with acting_as(people.ana, "emergency") as by:
        assert by.grants == ()


def test_who_has_no_business_with_such_records_cannot(people: People, berta_notes: list[Note]) -> None:
    for somebody in (people.adela, people.aura, people.hugo):
        with acting_as(somebody, "emergency") as by, pytest.raises(Forbidden, match="may_not_see"):
            break_glass(by=by, kind="note", record_id=berta_notes[0].pk, reason=REASON)
    with acting_as(people.carla, "emergency") as by, pytest.raises(Forbidden, match="glass_not_here"):
        break_glass(by=by, kind="note", record_id=berta_notes[0].pk, reason=REASON)
    with acting_as(people.ana, "emergency") as by:
        with pytest.raises(Forbidden, match="kind_unknown"):
            break_glass(by=by, kind="account", record_id=1, reason=REASON)
        with pytest.raises(InputProblem, match="reason_missing"):
            break_glass(by=by, kind="note", record_id=berta_notes[0].pk, reason=" urgent ")
    with acting_as(people.berta, "emergency") as by, pytest.raises(InputProblem, match="glass_not_needed"):
        break_glass(by=by, kind="note", record_id=berta_notes[0].pk, reason=REASON)


@pytest.mark.django_db(transaction=True)
def test_the_supervisor_is_told_at_once_and_learns_nothing_of_the_child(
    people: People, berta_notes: list[Note]
) -> None:
    glass = broken(people, berta_notes[0])
    [letter] = mail.outbox
    assert letter.to == ["sofia@refuge.example"]
    assert "note 0" not in letter.body
    assert REASON not in letter.body
    glass.refresh_from_db()
    assert glass.told_at is not None


@pytest.mark.django_db(transaction=True)
def test_with_the_mail_down_it_still_opens_and_waits_for_review(
    people: People, berta_notes: list[Note]
) -> None:
    with patch("cobijo.web.core.access.services.send_mail", side_effect=ConnectionRefusedError):
        glass = broken(people, berta_notes[0])
    glass.refresh_from_db()
    assert glass.told_at is None
    assert "note 0" not in signed_in(people.sofia).get("/en/emergency/").content.decode()
    assert "Ana" in signed_in(people.sofia).get("/en/emergency/").content.decode()


def test_it_is_reviewed_once_by_somebody_else(people: People, berta_notes: list[Note]) -> None:
    glass = broken(people, berta_notes[0])
    row = {"glass": glass.pk, "verdict": "justified"}
    for somebody in (people.ana, people.berta, people.carla, people.aura):
        with acting_as(somebody, "") as by, pytest.raises(Forbidden):
            review_glass(by=by, rows=[row])
    with acting_as(people.sofia, "") as by:
        with pytest.raises(InputProblem, match="verdict_missing"):
            review_glass(by=by, rows=[row | {"verdict": "maybe"}])
        [done] = review_glass(by=by, rows=[row])
        assert (done.verdict, done.reviewed_by_id) == ("justified", people.sofia.pk)
        with pytest.raises(InputProblem, match="reviewed_already"):
            review_glass(by=by, rows=[row])
    actions = list(Event.objects.order_by("pk").values_list("action", "kind", "outcome"))
    assert actions == [("break_glass", "note", "done"), ("review", "break_glass", "done")]
    assert REASON not in str(list(Event.objects.values()))


def test_the_database_lets_nobody_review_oneself(people: People, berta_notes: list[Note]) -> None:
    glass = broken(people, berta_notes[0])
    with pytest.raises(IntegrityError), transaction.atomic():
        BreakGlass.objects.filter(pk=glass.pk).update(
            reviewed_by=people.ana, reviewed_at=timezone.now(), verdict="justified"
        )


# --- Pages ---------------------------------------------------------------------------------------------------------


def test_who_can_see_says_it_in_sentences(people: People, berta_notes: list[Note]) -> None:
    note = berta_notes[0]
    broken(people, note)
    page = signed_in(people.berta).get(f"/en/who/note/{note.pk}/").content.decode()
    for words in (
        "Berta",
        "it is on this person’s desk",
        "Sofia",
        "supervises the organisation",
        "Ana",
        "two hours",
    ):
        assert words in page
    for name in ("Carla", "Adela", "Hugo", "Aura", "Rita"):
        assert name not in page
    for somebody in (people.carla, people.adela, people.hugo):
        assert signed_in(somebody).get(f"/en/who/note/{note.pk}/").status_code == 404


@pytest.mark.parametrize(
    "path", ["who/note/0/", "who/note/x/", "who/nothing/1/", "emergency/open/nothing/1/"]
)
def test_what_is_not_there_is_not_there(people: People, path: str) -> None:
    assert signed_in(people.ana).get(f"/en/{path}").status_code == 404


def test_who_can_see_an_organisation(people: People) -> None:
    page = signed_in(people.ana).get(f"/en/who/organisation/{people.hospital.pk}/").content.decode()
    assert "everybody with this role" in page


def test_an_emergency_from_opening_to_review(people: People, berta_notes: list[Note]) -> None:
    ana, sofia = signed_in(people.ana), signed_in(people.sofia)
    path = f"/en/emergency/open/note/{berta_notes[0].pk}/"
    assert "two hours" in ana.get(path).content.decode()
    short = ana.post(path, {"reason": "now"})
    assert (short.status_code, BreakGlass.objects.count()) == (422, 0)
    assert ana.post(path, {"reason": REASON}).headers["Location"] == "/en/emergency/"
    glass = BreakGlass.objects.get()
    assert REASON in sofia.get("/en/emergency/").content.decode()
    review = f"/en/emergency/{glass.pk}/review/"
    assert ana.get(review).status_code == 403
    assert signed_in(people.berta).get(review).status_code == 404
    assert sofia.post(review, {}).status_code == 422
    assert sofia.post(review, {"verdict": "not_justified"}).status_code == 302
    assert ana.post(f"/en/emergency/{glass.pk}/give-back/").status_code == 302
    glass.refresh_from_db()
    assert (glass.verdict, glass.ends_at <= timezone.now()) == ("not_justified", True)


def test_the_page_of_emergencies_says_why_it_is_empty(people: People) -> None:
    assert "That is how it should be" in signed_in(people.sofia).get("/en/emergency/").content.decode()


def test_nobody_signed_in_is_asked_to(reader: Client, people: People, settings: Any) -> None:
    answer = reader.get("/en/emergency/")
    assert answer.status_code == 302
    assert "next=" in answer.headers["Location"]
