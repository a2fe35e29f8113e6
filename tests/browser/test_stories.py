"""Stories of people who work with the site, in a real browser; every page that they see is looked at."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import House, Visitors, Watched
from tests.browser.looking import look

pytestmark = pytest.mark.needs("chromium")
SERVICES = "/en/directory/services/"
#: Two rows cannot be read: an organisation that nobody knows, and a kind that does not exist.
WRONG = """organisation,name,kind,area
here,Imported one,legal,MX-OAX
nowhere,Imported two,health,MX-OAX
here,Imported three,castle,MX-OAX
"""
#: What is in focus, once it has stopped moving, and whether one sees that it is.
FOCUS = """async () => {
  await Promise.all(document.getAnimations().map((one) => one.finished));
  const one = document.activeElement, style = getComputedStyle(one);
  const seen = style.outlineStyle !== "none" || style.boxShadow !== "none";
  return {text: one.innerText?.trim() ?? "", id: one.id, tag: one.tagName, seen};
}"""
RIGHT = WRONG.replace("nowhere", "here").replace("castle", "shelter")


def press(visit: Watched, name: str) -> None:
    """What a person does: the button or link that says so."""
    page = visit.page
    page.get_by_role("button", name=name, exact=True).or_(
        page.get_by_role("link", name=name, exact=True)
    ).first.click()


def text(visit: Watched) -> str:
    return visit.page.locator("main").inner_text()


def field(visit: Watched, name: str) -> str:
    return visit.page.locator(f"#id_{name}").input_value()


def until(there: Callable[[], object], visit: Watched, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, f"it did not happen in time: {text(visit)}"
        time.sleep(0.3)


def wait_for(visit: Watched, said: str) -> None:
    """Read the page again, as somebody does who waits for long work."""

    def there() -> bool:
        visit.page.reload()
        return said in text(visit)

    until(there, visit)


def test_two_people_edit_the_same_entry_and_nothing_is_lost(visit: Visitors) -> None:
    cora, dora = visit("coordinator"), visit("colleague")
    cora.open(SERVICES)
    press(cora, "Add")
    look(cora, "story-new")
    press(cora, "Save")
    look(cora, "story-new-missing")
    assert "It is not saved yet. What you wrote is still here." in text(cora)
    cora.page.locator("#id_organisation").select_option(label="Here")
    cora.page.locator("#id_name").fill("House of two")
    cora.page.locator("#id_kind").select_option(label="Shelter")
    cora.page.locator("#id_area").select_option(label="Oaxaca")
    press(cora, "Save")
    look(cora, "story-added")
    assert cora.page.locator("h1").inner_text() == "House of two"
    address = cora.page.url.removeprefix(cora.site.address)
    # Both open it; Dora is faster.
    cora.open(f"{address}edit/")
    dora.open(f"{address}edit/")
    dora.page.locator("#id_phone").fill("111")
    dora.page.locator("#id_hours").fill("all day")
    press(dora, "Save")
    cora.page.locator("#id_phone").fill("222")
    cora.page.locator("#id_municipality").fill("Villa Inventada")
    press(cora, "Save")
    look(cora, "story-conflict")
    assert cora.page.locator("h1").inner_text() == "Two versions: House of two"
    assert "Dora saved this entry while you were writing. Nothing of either is lost." in text(cora)
    telephone = cora.page.get_by_role("group", name="Telephone")
    assert telephone.get_by_label("As it stands now: 111").is_visible()
    telephone.get_by_label("As you wrote it: 222").check()
    for theirs in cora.page.get_by_role("radio", name=re.compile("^As it stands now")).all():
        group = theirs.locator("xpath=ancestor::fieldset")
        if group.get_by_role("radio", checked=True).count() == 0:
            theirs.check()
    press(cora, "Save what I chose")
    look(cora, "story-settled")
    # What only one of them wrote is there, and of what both wrote, what was chosen.
    cora.open(f"{address}edit/")
    assert (field(cora, "phone"), field(cora, "hours")) == ("222", "all day")
    assert field(cora, "municipality") == "Villa Inventada"
    cora.open(f"{address}history/")
    look(cora, "story-history")
    history = text(cora)
    assert history.index("me-coordinator") < history.index("Dora") < history.rindex("me-coordinator")


def test_a_table_with_two_wrong_rows_is_mended_tried_and_imported(visit: Visitors, tmp_path: Path) -> None:
    cora = visit("coordinator")
    (tmp_path / "wrong.csv").write_text(WRONG, encoding="utf-8")
    (tmp_path / "right.csv").write_text(RIGHT, encoding="utf-8")

    def hand_in(name: str) -> None:
        cora.open(f"{SERVICES}import/")
        cora.page.locator("#table").set_input_files(tmp_path / name)
        press(cora, "Go on")
        look(cora, f"story-import-columns-{name}")
        cora.page.locator("main form button[type=submit]").first.click()
        look(cora, f"story-import-tried-{name}")

    hand_in("wrong.csv")
    assert "1 of 3 rows are in order" in text(cora)
    rows = [one.inner_text() for one in cora.page.locator("tbody tr").all()]
    assert [row.split("\t")[0] for row in rows] == ["3", "4"], "the numbers are those of the file's lines"
    assert "Organisation" in rows[0]
    assert "Kind" in rows[1]
    assert cora.page.get_by_role("button", name="Import these rows").count() == 0
    cora.open(f"{SERVICES}?q=Imported")
    assert "Nothing fits." in text(cora)
    hand_in("right.csv")
    assert "3 of 3 rows are in order" in text(cora)
    press(cora, "Import these rows")
    look(cora, "story-import-job")
    wait_for(cora, "3 rows were imported")
    look(cora, "story-import-done")
    cora.open(f"{SERVICES}?q=Imported")
    assert cora.page.locator("tbody tr").count() == 3
    cora.open("/en/imports/")
    look(cora, "story-imports")


def test_a_record_is_opened_in_an_emergency_and_the_supervisor_reviews_it(
    visit: Visitors, inhabited: House
) -> None:
    caseworker, supervisor = visit("caseworker"), visit("supervisor")
    pk = inhabited.records["closed"]
    caseworker.open(f"/en/demo/people/{pk}/")
    assert caseworker.page.locator("h1").inner_text() != "Inventada Prueba", "it is on somebody else's desk"
    look(caseworker, "story-not-mine")
    caseworker.open(f"/en/emergency/open/demo_person/{pk}/")
    press(caseworker, "Open it for two hours")
    look(caseworker, "story-no-reason")
    caseworker.page.get_by_label("Why can it not wait?").fill("she is at the door and her file is not mine")
    press(caseworker, "Open it for two hours")
    look(caseworker, "story-glass-mine")
    caseworker.open(f"/en/demo/people/{pk}/")
    assert "Inventada" in caseworker.page.locator("h1").inner_text()
    supervisor.open("/en/work/")
    look(supervisor, "story-supervisor-work")
    supervisor.open("/en/emergency/")
    assert "she is at the door" in text(supervisor)
    look(supervisor, "story-glass-waiting")
    supervisor.page.get_by_role("listitem").filter(has_text="she is at the door").get_by_role("link").click()
    look(supervisor, "story-review")
    supervisor.page.get_by_role("radio").first.check()
    supervisor.page.locator("main button[type=submit]").click()
    look(supervisor, "story-reviewed")
    row = supervisor.page.get_by_role("row").filter(has_text="she is at the door")
    assert "not yet reviewed" not in row.inner_text()
    caseworker.open("/en/emergency/")
    press(caseworker, "Close it now")
    caseworker.open(f"/en/demo/people/{pk}/")
    assert "Inventada" not in caseworker.page.locator("h1").inner_text()


def test_with_the_keyboard_alone(visit: Visitors) -> None:
    cora = visit("coordinator")
    page = cora.page
    cora.open("/en/work/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip", "the first stop jumps over the menu"
    page.keyboard.press("Enter")
    tab_to(cora, "Services")
    page.keyboard.press("Enter")
    page.wait_for_url("**/directory/services/")
    tab_to(cora, "", "search")
    page.keyboard.type("inventado 07")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=inventado*")
    page.locator("#found tbody tr").nth(0).wait_for()
    until(lambda: page.locator("#found tbody tr").count() == 1, cora)
    tab_to(cora, "Servicio inventado 07")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/services/\d+/$"))
    assert page.locator("h1").inner_text() == "Servicio inventado 07"
    tab_to(cora, "Edit")
    page.keyboard.press("Enter")
    page.wait_for_url("**/edit/")
    tab_to(cora, "", "id_hours")
    page.keyboard.press("Control+A")
    page.keyboard.type("by keyboard")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/services/\d+/$"))
    assert "by keyboard" in text(cora)


def tab_to(visit: Watched, label: str, name: str = "") -> None:
    """Go on with Tab until something is in focus; whatever is in focus must show it."""
    for _ in range(120):
        visit.page.keyboard.press("Tab")
        there = visit.page.evaluate(FOCUS)
        assert there["seen"] or there["tag"] == "BODY", f"nobody sees where the focus is: {there}"
        if there["id"] == name if name else there["text"] == label:
            return
    pytest.fail(f"“{label or name}” cannot be reached")


def test_without_scripts(visit: Visitors) -> None:
    cora = visit("coordinator", script=False)
    page = cora.page
    cora.open(SERVICES)
    page.locator("#search").fill("inventado 1")
    press(cora, "Show")
    assert page.locator("tbody tr").count() == 15  # 10 to 19, and 01 to 51
    press(cora, "Show all")
    first = page.locator("tbody tr").first.inner_text()
    press(cora, "Further")
    assert "Page 2" in text(cora)
    assert page.locator("tbody tr").first.inner_text() != first
    press(cora, "Earlier")
    assert page.locator("tbody tr").first.inner_text() == first
    page.get_by_role("columnheader", name="Name").get_by_role("link").click()
    assert page.get_by_role("columnheader", name="Name").get_attribute("aria-sort") == "descending"
    page.get_by_label("Kind").select_option(label="Shelter")
    press(cora, "Show")
    assert {one.inner_text() for one in page.locator("tbody tr td:nth-child(3)").all()} == {"Shelter"}
    press(cora, "Add")
    page.locator("#id_organisation").select_option(label="Here")
    page.locator("#id_name").fill("Without scripts")
    page.locator("#id_kind").select_option(label="Shelter")
    page.locator("#id_area").select_option(label="Oaxaca")
    press(cora, "Save")
    assert page.locator("h1").inner_text() == "Without scripts"
    press(cora, "Edit")
    page.locator("#id_hours").fill("every day")
    press(cora, "Save")
    assert "every day" in text(cora)


def test_somebody_looks_for_help_on_a_phone(visit: Visitors) -> None:
    somebody = visit(width=360, language="es")
    somebody.open("/es/")
    somebody.page.get_by_role("link", name="Dónde pedir ayuda").first.click()
    look(somebody, "story-help")
    page = somebody.page
    assert page.locator("a[href^='tel:']").first.is_visible(), "a number to dial stands on the page"
    assert page.get_by_role("link", name="Salir rápido").is_visible()
    page.locator("main form select").first.select_option(index=1)
    page.locator("main form button[type=submit]").click()
    look(somebody, "story-help-found")
    assert page.context.cookies() == [], "nobody is remembered"


def test_an_entry_is_verified_by_a_link(visit: Visitors, inhabited: House) -> None:
    cora, somebody = visit("coordinator"), visit(width=360)
    cora.open("/en/directory/verify/")
    cora.page.get_by_role("checkbox", name=re.compile("inventado 01")).check()
    press(cora, "Send the link")
    look(cora, "story-asked")
    until(lambda: any("inventado 01" in one for one in inhabited.mail()), cora)
    [letter] = [one for one in inhabited.mail() if "inventado 01" in one]
    found = re.search(r"http\S+/verify/link/\S+", letter)
    assert found
    somebody.page.goto(found[0])
    look(somebody, "story-verify")
    assert "Servicio inventado 01" in text(somebody)
    somebody.page.get_by_role("radio").first.check()
    somebody.page.locator("main button[type=submit]").click()
    assert somebody.page.url.endswith("/directory/verify/thanks/")
    look(somebody, "story-thanks")
    somebody.page.goto(found[0])
    look(somebody, "story-link-used")
    assert somebody.page.locator("form input[type=radio]").count() == 0, "a link answers once"
    cora.open(f"{SERVICES}?q=inventado+01")
    press(cora, "Servicio inventado 01")
    cora.page.locator("main a", has_text="History").click()
    look(cora, "story-verified")
    assert "the site itself" in text(cora), "nobody with an account wrote it"
