"""From a meeting to a recommendation that is carried out: decision, request, overdue, escalation, answer."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest

from tests.browser.conftest import Visitors, Watched
from tests.browser.looking import look
from tests.browser.test_stories import press, text

pytestmark = pytest.mark.needs("chromium")
TODAY = date.today()  # noqa: DTZ011 - what a person types; the site counts days by its own clock
LONG_AGO = TODAY - timedelta(days=150)


def choose(visit: Watched, name: str, label: str | re.Pattern[str]) -> None:
    """An option by what it says, or by what it begins with."""
    field = visit.page.locator(f"#id_{name}")
    if isinstance(label, str):
        field.select_option(label=label)
        return
    said = [one.inner_text() for one in field.locator("option").all()]
    field.select_option(label=next(one for one in said if label.search(one)))


def write(visit: Watched, **said: str) -> None:
    for name, value in said.items():
        visit.page.locator(f"#id_{name}").fill(value)


def save(visit: Watched, name: str) -> None:
    """Save the form that stands here; it must be taken."""
    press(visit, "Save")
    look(visit, name)
    assert "It is not saved yet" not in text(visit), text(visit)


def test_a_decision_becomes_a_request_and_a_recommendation_is_carried_out(visit: Visitors) -> None:
    cora = visit("coordinator")
    page = cora.page

    # A mechanism that must meet every three months, and has not.
    cora.open("/en/coordination/groups/new/")
    look(cora, "request-story-new-group")
    write(cora, name="Mechanism of the story", mandate="Coordinate.", cadence_months="3",
          since=(TODAY - timedelta(days=1500)).isoformat())  # fmt: skip
    choose(cora, "kind", "National mechanism")
    save(cora, "request-story-group")
    assert "0 meetings in 4 years." in text(cora)
    group_page = page.url
    cora.open("/en/work/")
    late = page.locator("li.overdue").filter(has_text="Mechanism of the story: nobody has met")
    assert late.count() == 1, "the coordinator's first page says so"
    look(cora, "request-story-work")

    # It meets, and decides. Without an owner there is no decision.
    cora.open("/en/coordination/meetings/new/")
    choose(cora, "group", "Mechanism of the story")
    write(cora, on=(LONG_AGO - timedelta(days=5)).isoformat(), agenda="1. Lists that are missing")
    save(cora, "request-story-meeting")
    assert "Its day has passed. Say whether it took place." in text(cora)
    press(cora, "It took place")
    look(cora, "request-story-held")
    write(cora, minutes="It was agreed to ask.")
    save(cora, "request-story-meeting-held")
    press(cora, "Add a decision")
    write(cora, text="Ask the authority for its list", due_on=(TODAY + timedelta(days=30)).isoformat())
    choose(cora, "organisation", re.compile("^-+"))
    press(cora, "Save")
    look(cora, "request-story-no-owner")
    assert "a decision without an owner is not carried out" in text(cora)
    assert page.locator("#id_text").input_value() == "Ask the authority for its list"
    choose(cora, "organisation", "Here")
    save(cora, "request-story-decided")
    assert "Ask the authority for its list" in text(cora)

    # The decision becomes a request. A child's name is refused, and nothing that was written is lost.
    cora.open("/en/coordination/requests/new/")
    look(cora, "request-story-new-request")
    written = "The girl Xóchitl Hernández was never heard."
    write(cora, title="The list that is missing", text=written, legal_ground="Act of the story, article 1")
    choose(cora, "organisation", "Here")
    choose(cora, "addressee", "There")
    choose(cora, "deadline", re.compile("Procedure before the federal administration"))
    choose(cora, "decision", "Ask the authority for its list")
    press(cora, "Save")
    look(cora, "request-story-names-a-child")
    assert "this text may say who a child is" in text(cora)
    assert page.locator("#id_text").input_value() == written
    write(cora, text="The mechanism asked for the list of the year. It has not come.")
    save(cora, "request-story-draft")
    request_page = page.url
    assert "Ley Federal de Procedimiento Administrativo, 17." in text(cora)
    with page.expect_download() as taken:
        press(cora, "Letter as PDF")
    assert taken.value.suggested_filename.endswith(".pdf")

    # It was sent long ago, and nobody answered: overdue on its page, in the list and on the first page.
    press(cora, "It was sent")
    look(cora, "request-story-send")
    write(cora, on=LONG_AGO.isoformat())
    save(cora, "request-story-overdue")
    assert "Overdue. An answer was due by" in text(cora)
    assert "Silence counts as a refusal." in text(cora)
    cora.open(f"{urlsplit(request_page).path}edit/")
    page.locator("#id_public").check()
    save(cora, "request-story-made-public")
    cora.open(f"{urlsplit(request_page).path}hide/")
    look(cora, "request-story-hide")
    page.locator("main form button[type=submit]").first.click()
    look(cora, "request-story-hidden")
    page.goto(f"{request_page}edit/")
    assert not page.locator("#id_public").is_checked()
    cora.open("/en/coordination/requests/overdue/")
    look(cora, "request-story-owed")
    row = page.get_by_role("row").filter(has_text="The list that is missing")
    assert "There" in row.inner_text()
    cora.open("/en/work/")
    assert (
        page.locator("li.overdue").filter(has_text="has not answered: The list that is missing").count() == 1
    )

    # The next rung of the ladder.
    page.goto(request_page)
    press(cora, "Climb the ladder")
    look(cora, "request-story-ladder")
    choose(cora, "rung", re.compile("^Superior authority"))
    write(cora, note="We ask it to order an answer.", answer_by=(TODAY + timedelta(days=20)).isoformat())
    save(cora, "request-story-escalated")
    assert "Superior authority: the head of the authority" in text(cora)

    # An answer, its grade, and the end.
    press(cora, "They answered")
    write(cora, answer="They sent the list of the year.")
    save(cora, "request-story-answered")
    press(cora, "Grade the answer")
    choose(cora, "grade", "answered in full")
    write(cora, reason="Every column is there.")
    save(cora, "request-story-graded")
    press(cora, "It is over")
    write(cora, outcome="The list is in the picture.")
    save(cora, "request-story-closed")
    assert page.get_by_role("link", name="Climb the ladder", exact=True).count() == 0

    # The recommendation that it carries out is linked, and carried out with a proof.
    cora.open("/en/coordination/recommendations/new/")
    write(cora, code="story", symbol="CRC/C/STORY/CO/1", paragraph="12", text="Bring the lists together.")
    choose(cora, "body", "Committee on the Rights of the Child")
    save(cora, "request-story-recommendation")
    recommendation_page = page.url
    cora.open("/en/coordination/recommendation-links/new/")
    choose(cora, "recommendation", "CRC/C/STORY/CO/1 §12")
    choose(cora, "request", "The list that is missing")
    save(cora, "request-story-linked")
    page.goto(f"{recommendation_page}edit/")
    choose(cora, "state", "carried out")
    press(cora, "Save")
    look(cora, "request-story-no-proof")
    assert "what shows that" in text(cora)
    write(cora, reason="The list came and is complete.")
    save(cora, "request-story-carried-out")
    assert "Carried out" in text(cora)
    assert "The list that is missing" in text(cora)

    # The decision is done, and the group's page has nothing open.
    page.goto(group_page)
    press(cora, "Ask the authority for its list")
    press(cora, "Edit")
    choose(cora, "state", "done")
    write(cora, result="The list came.")
    save(cora, "request-story-done")
    page.goto(group_page)
    look(cora, "request-story-group-after")
    assert "None is open." in text(cora)


def test_a_calendar_and_a_public_request_on_a_phone(visit: Visitors) -> None:
    officer = visit("programme_officer", width=360, language="es")
    officer.open("/es/coordination/calendar/")
    look(officer, "request-story-calendar")
    officer.page.locator("main form button[type=submit]").click()
    look(officer, "request-story-calendar-address")
    address = officer.page.locator(".address").inner_text()
    assert re.search(r"/coordination/calendar/cob_[\w-]+\.ics$", address)
    got = officer.page.request.get(address)
    assert got.status == 200
    assert got.text().startswith("BEGIN:VCALENDAR\r\n")
    anybody = visit("health_worker", width=360, language="es")
    anybody.open("/es/coordination/public-requests/")
    look(anybody, "request-story-public")
