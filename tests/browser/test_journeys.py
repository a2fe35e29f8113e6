"""The journeys through a child's file, in a real browser and in both languages: who notices, who follows, who helps,
and the child itself. Every page on the way is looked at (axe, the policy of the browser, the width).

With `COBIJO_TEST_PICTURES` set to a folder, the pictures of `docs/explanation/journeys.md` are made anew.
"""

from __future__ import annotations

import os
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Locator

from tests.browser.conftest import House, Visitors, Watched
from tests.browser.country.child import STORY_CHILD, WORKER
from tests.browser.looking import look

pytestmark = pytest.mark.needs("chromium")
PICTURES = os.environ.get("COBIJO_TEST_PICTURES")
LANGUAGES = ("en", "es")
PHONE = 360
#: What stands in the packet of the stories' child, and what must not: nobody agreed to it.
AGREED, NOT_AGREED = ("Inventada", "Con su abuela inventada"), ("mango", "Quiere estudiar", "FGE")
#: The service whose packet is asked about.
ASKED = {"en": "Invented room 2", "es": "Sala inventada 2"}
#: Whom the caseworker registers, and how somebody else would spell the name.
REGISTERED = {"en": ("Citlali", "Sitlali", "Recorrido"), "es": ("Ximena", "Jimena", "Vereda")}


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def picture(visit: Watched, name: str, language: str, height: int = 0) -> None:
    """Of the top of the page, small enough for the manual."""
    if PICTURES:
        size = visit.page.viewport_size or {"width": 0, "height": 0}
        clip = {"x": 0, "y": 0, "width": size["width"], "height": height or size["height"]}
        path = f"{PICTURES}/journey-{name}.{language}.png"
        visit.page.screenshot(path=path, full_page=True, clip=clip)  # type: ignore[arg-type]


def write(visit: Watched, **said: Any) -> None:
    """Fill in fields by their names; a list ticks several, True ticks the one there is."""
    for name, value in said.items():
        fields = visit.page.locator(f"main [name={name}]")
        kind = fields.first.evaluate("(one) => one.type")
        if kind in {"radio", "checkbox"}:
            for one in [value] if not isinstance(value, list) else value:
                _box(fields, one).check()
        elif kind == "select-one":
            fields.first.select_option(value)
        else:
            fields.first.fill(value)


def _box(fields: Locator, value: Any) -> Locator:
    return fields.first if value is True else fields.and_(fields.page.locator(f'[value="{value}"]'))


def press(visit: Watched, what: str = "main form button[type=submit]") -> None:
    visit.page.locator(what).first.click()


def step(visit: Watched, value: str) -> None:
    press(visit, f'main button[name=step][value="{value}"]')


def said(visit: Watched) -> str:
    return visit.page.locator("main").inner_text()


def test_a_caseworker_searches_first_opens_a_case_and_refers(
    visit: Visitors, inhabited: House, language: str
) -> None:
    """From a concern to a child, to a case, to a referral of which the packet is read before it is sent."""
    ana = visit("caseworker", language=language)
    called, spelt, surname = REGISTERED[language]
    ana.open(f"/{language}/care/notice/")
    write(ana, noticer="education", signs=["fear"], narrative="Aviso inventado", age_band="12-14", area="MX-OAX",
          urgency="today", safe_now="safe", consent="agrees")  # fmt: skip
    look(ana, f"journey-notice-{language}")
    press(ana)
    look(ana, f"journey-slip-{language}")
    code = ana.page.locator("dd.code").inner_text().strip()
    # It waits on the work page, and its page leads to the search.
    ana.open(f"/{language}/work/")
    look(ana, f"journey-work-{language}")
    picture(ana, "work", language)
    ana.page.locator("main a", has_text=code).first.click()
    look(ana, f"journey-concern-{language}")
    ana.page.locator("main p.buttons a").first.click()
    write(ana, given=called, surname1=surname)
    look(ana, f"journey-search-{language}")
    press(ana, "main form.asks button[type=submit]")
    look(ana, f"journey-none-{language}")
    assert ana.page.locator("ul.hits").count() == 0
    picture(ana, "search", language)
    step(ana, "new")
    write(ana, chosen_name=called, birth_date=(timezone.localdate() - timedelta(days=4_900)).isoformat())
    look(ana, f"journey-new-{language}")
    step(ana, "save")
    look(ana, f"journey-child-{language}")
    assert called in said(ana)
    child = int(ana.page.url.rstrip("/").rpartition("/")[2])
    # Who searches for the same child again is shown her, before anything can be registered twice.
    ana.open(f"/{language}/care/children/new/")
    write(ana, given=spelt, surname1=surname)
    press(ana, "main form.asks button[type=submit]")
    look(ana, f"journey-found-{language}")
    assert ana.page.locator(f'ul.hits a[href$="/care/children/{child}/"]').count() == 1
    # A case, with somebody independent beside the child; risk and tonight's plan.
    ana.open(f"/{language}/care/children/{child}/case/")
    write(ana, area="MX-OAX", guardian="implicated", summary="Caso inventado")
    press(ana)
    case = int(ana.page.url.partition("#")[0].rstrip("/").rpartition("/")[2])
    look(ana, f"journey-case-opened-{language}")
    here = f"/{language}/care/cases/{case}/"
    for part, row in (
        ("edit/", {"representative_name": "Lic. Inventada", "representative_independent": True}),
        ("assessment/", {"suicide_risk": "no_sign", "safe_tonight": True, "risk": "high", "wishes": "Estudiar"}),
        ("safety_plan/", {"tonight": "Con su tía inventada", "words": "mango"}),
    ):  # fmt: skip
        ana.open(here + part)
        write(ana, **row)
        look(ana, f"journey-{part.strip('/')}-{language}")
        press(ana)
    look(ana, f"journey-case-{language}")
    assert "Con su tía inventada" in said(ana)
    picture(ana, "case", language)
    # Consent first; then which service, what it needs to know, exactly what will arrive, and sent.
    service = inhabited.records["service_of_clinic"]
    ana.open(f"/{language}/sharing/child/{child}/refer/{service}/")
    look(ana, f"journey-no-consent-{language}")
    ana.page.locator("main p.buttons a").first.click()
    write(ana, told_duty=True, fields=["child.chosen_name", "child.safe_contact"], says="yes",
          giver="representative", verdict="given")  # fmt: skip
    look(ana, f"journey-consent-{language}")
    picture(ana, "consent", language)
    press(ana)
    write(ana, urgency="today", request="Dos sesiones por semana")
    look(ana, f"journey-fields-{language}")
    step(ana, "preview")
    look(ana, f"journey-preview-{language}")
    packet = ana.page.locator("article.group").inner_text()
    assert called in packet
    assert surname not in packet
    assert "mango" not in packet
    picture(ana, "preview", language)
    step(ana, "send")
    look(ana, f"journey-sent-{language}")
    referral = int(ana.page.url.rstrip("/").rpartition("/")[2])
    # What arrives is what was read.
    rocio = visit("clinic", language=language)
    rocio.open(f"/{language}/sharing/")
    newest = rocio.page.locator("main a[href*='/sharing/packet/']")
    ours = max(int(one.get_attribute("href").rstrip("/").rpartition("/")[2]) for one in newest.all())  # type: ignore[union-attr]
    rocio.open(f"/{language}/sharing/packet/{ours}/")
    assert rocio.page.locator("article.group").inner_text() == packet
    ana.open(f"/{language}/sharing/referral/{referral}/")
    look(ana, f"journey-opened-{language}")


def test_a_supervisor_approves_sees_the_load_and_what_nobody_did(
    visit: Visitors, inhabited: House, language: str
) -> None:
    sofia = visit("supervisor", language=language)
    case = inhabited.records[f"story case {language}"]
    sofia.open(f"/{language}/work/")
    look(sofia, f"journey-supervisor-work-{language}")
    whole = inhabited.records["case"]
    assert str(whole) in said(sofia)
    sofia.open(f"/{language}/care/team/")
    look(sofia, f"journey-team-{language}")
    assert sofia.page.locator(f'section:has(#unmet) a[href$="/care/cases/{whole}/"]').count() == 1
    assert WORKER in said(sofia)
    assert STORY_CHILD[language][0] not in said(sofia)
    picture(sofia, "team", language)
    sofia.open(f"/{language}/care/approvals/")
    look(sofia, f"journey-approvals-{language}")
    asked = sofia.page.locator("main li", has=sofia.page.locator(f'a[href$="/care/cases/{case}/"]'))
    asked.locator("button[value=approved]").click()
    look(sofia, f"journey-approved-{language}")
    assert sofia.page.locator(f'main li a[href$="/care/cases/{case}/"]').count() == 0
    # With her yes the caseworker can go on.
    ana = visit("caseworker", language=language)
    ana.open(f"/{language}/care/cases/{case}/")
    step(ana, "move_on:follow_up")
    look(ana, f"journey-follow-up-{language}")
    assert ana.page.locator('button[value="move_on:follow_up"]').count() == 0


def test_a_receiving_service_sees_what_was_agreed_and_answers(
    visit: Visitors, inhabited: House, language: str
) -> None:
    rocio, ana = visit("clinic", language=language), visit("caseworker", language=language)
    to = {name: inhabited.records[f"story {name} {language}"] for name in ("accept", "ask", "decline")}

    def open_(packet: int) -> None:
        rocio.open(f"/{language}/sharing/packet/{packet}/")

    rocio.open(f"/{language}/work/")
    look(rocio, f"journey-clinic-work-{language}")
    rocio.open(f"/{language}/sharing/")
    look(rocio, f"journey-inbox-{language}")
    # Exactly what was agreed, and no more.
    open_(to["accept"])
    look(rocio, f"journey-packet-{language}")
    packet = rocio.page.locator("article.group").inner_text()
    assert all(one in packet for one in AGREED)
    assert not any(one in said(rocio) for one in (*NOT_AGREED, STORY_CHILD[language][1]))
    picture(rocio, "packet", language)
    step(rocio, "accept")
    look(rocio, f"journey-accepted-{language}")
    write(rocio, outcome="served", note="Inventado")
    step(rocio, "done")
    look(rocio, f"journey-done-{language}")
    # A question goes back, its answer comes on the packet.
    open_(to["ask"])
    rocio.page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
    write(rocio, question="¿Necesita intérprete? (inventado)")
    step(rocio, "ask")
    look(rocio, f"journey-asked-{language}")
    ana.open(_referral_that_asks(ana, language))
    look(ana, f"journey-question-{language}")
    write(ana, answer="Sí, de zapoteco (inventado)")
    press(ana)
    look(ana, f"journey-answered-{language}")
    open_(to["ask"])
    look(rocio, f"journey-answer-{language}")
    assert "Sí, de zapoteco (inventado)" in said(rocio)
    # After a refusal with its reason nothing stays.
    open_(to["decline"])
    rocio.page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
    write(rocio, reason="full")
    step(rocio, "decline")
    look(rocio, f"journey-declined-{language}")
    gone = rocio.page.goto(f"{inhabited.address}/{language}/sharing/packet/{to['decline']}/")
    assert gone is not None
    assert gone.status == 404
    rocio.complaints.clear()


def _referral_that_asks(ana: Watched, language: str) -> str:
    """The referral of this language's child that waits for an answer."""
    ana.open(f"/{language}/sharing/")
    links = [
        one.get_attribute("href") or "" for one in ana.page.locator("a[href*='/sharing/referral/']").all()
    ]
    for link in links:
        ana.open(link)
        if ana.page.locator("#answer").count() and ASKED[language] in said(ana):
            return link
    raise AssertionError("no referral asks anything")


def test_a_health_worker_writes_one_screen_and_reads_nothing_back(
    visit: Visitors, inhabited: House, language: str
) -> None:
    """On a small phone, without script: the duty first, one screen, a slip with a code, and then nothing."""
    hugo = visit("health_worker", width=PHONE, language=language, script=False)
    # axe needs script; the same pages are looked at with it below.
    hugo.open(f"/{language}/care/notice/")
    assert hugo.page.locator("script").count() == 0
    assert hugo.page.locator("link[rel=stylesheet]").count() == 1
    order = hugo.page.locator("main h2, main fieldset, main input[type=text]").first
    assert order.get_attribute("id") == "duty"
    written = "Palabras inventadas que nadie relee"
    write(hugo, signs=["fear", "gifts"], narrative=written, age_band="12-14", area="MX-OAX", urgency="now",
          safe_now="not_safe", consent="agrees", material_shown=True)  # fmt: skip
    press(hugo)
    code = hugo.page.locator("dd.code").inner_text().strip()
    assert len(code) >= 8
    assert written not in said(hugo)
    seen = visit("health_worker", width=PHONE, language=language)
    seen.open(f"/{language}/care/notice/")
    look(seen, f"journey-health-{language}")
    picture(seen, "health", language)
    press(seen)
    look(seen, f"journey-health-missing-{language}")
    write(seen, signs=["fear"], narrative=written, age_band="12-14", area="MX-OAX", urgency="today",
          safe_now="safe", consent="agrees")  # fmt: skip
    press(seen)
    look(seen, f"journey-health-slip-{language}")
    picture(seen, "slip", language, height=560)
    seen.page.reload()
    look(seen, f"journey-health-slip-gone-{language}")
    # Nothing can be read back: no list, no record, no child.
    for path in ("care/concerns/", "care/concerns/1/", "care/children/", "care/cases/", "sharing/"):
        answer = seen.page.goto(f"{inhabited.address}/{language}/{path}")
        assert answer is not None
        assert answer.status in {403, 404}, path
        assert written not in seen.page.content()
    seen.complaints.clear()


def test_a_child_reads_what_is_held_and_stops_it(visit: Visitors, inhabited: House, language: str) -> None:
    """On a small phone: what is held, who got and opened it, stop: sharing ends, the safety plan does not; complain."""
    rocio = visit("clinic", language=language)
    packet = inhabited.records[f"story stop {language}"]
    rocio.open(f"/{language}/sharing/packet/{packet}/")
    step(rocio, "accept")
    look(rocio, f"journey-stop-accepted-{language}")
    child = visit(width=PHONE, language=language)
    child.open(f"/{language}/n/")
    look(child, f"journey-door-{language}")
    picture(child, "door", language, height=520)
    write(child, code=inhabited.opens[f"story {language}"])
    press(child)
    look(child, f"journey-own-{language}")
    picture(child, "own", language, height=1_100)
    page = child.page.locator("body").inner_text()
    assert "Clinic" in page
    today = child.page.locator("#shared ~ article", has_text="Clinic")
    assert today.count() >= 1
    for hidden in ("Rocio", WORKER, "room", "Sala", "Procuradur", "Hermana", "Lic. Inventada"):
        assert hidden not in page, hidden
    # Stop it, of the one that was accepted: its number is the highest of those that can be stopped.
    child.page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
    numbers = [int(one.input_value()) for one in child.page.locator("main input[name=which]").all()]
    press(child, f'main form:has(input[name=which][value="{max(numbers)}"]) button[value=stop]')
    look(child, f"journey-stopped-{language}")
    assert child.page.locator("p.done").count() == 1
    picture(child, "stopped", language, height=560)
    rocio.open(f"/{language}/sharing/packet/{packet}/")
    look(rocio, f"journey-stop-closed-{language}")
    assert not any(one in rocio.page.locator("main").inner_text() for one in AGREED)
    ana = visit("caseworker", language=language)
    ana.open(f"/{language}/care/cases/{inhabited.records[f'story case {language}']}/")
    assert "Con su tía inventada" in said(ana)
    # A complaint goes past the organisation; the number is for the child alone.
    child.page.evaluate("document.querySelectorAll('main details').forEach((one) => { one.open = true })")
    child.page.locator("#bad").fill("Queja inventada")
    child.page.locator("#about").select_option(index=1)
    press(child, "main button[value=complain]")
    look(child, f"journey-complained-{language}")
    assert child.page.locator("p.done").count() == 1
    # Gone for good: back in the browser's history there is the same neutral address and nothing else.
    press(child, "main button[value=leave]")
    look(child, f"journey-left-{language}")
    assert child.page.url == f"{inhabited.address}/{language}/n/"
    child.page.go_back()
    assert "Clinic" not in child.page.locator("body").inner_text()
