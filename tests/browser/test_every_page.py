"""Every page of the site, as somebody who may open it: at a desk in English and on a small phone in Spanish.

The pages come from the URLconf and the registers (`tests/browser/country/filling.py`), so nobody adds one unseen.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import House, Watched, visitors_of
from tests.browser.country.child import WORKER
from tests.browser.country.filling import OF_A_CHILD
from tests.browser.looking import failed, faults
from tests.rules.addresses import patterns

pytestmark = pytest.mark.needs("chromium")


def test_every_page_can_be_opened_by_somebody(inhabited: House) -> None:
    assert {one["name"]: one["missing"] for one in inhabited.pages if one["missing"]} == {}
    assert len(inhabited.pages) > 150


def test_nothing_of_a_child_is_left_out(inhabited: House) -> None:
    """Of every address in the rooms of a child's file a page is opened, or it only takes what is posted."""
    swept = {one["name"].partition(" ")[0] for one in inhabited.pages}
    rooms = {name for name, _pattern in patterns() if name.startswith(OF_A_CHILD)}
    left = {name for name in rooms - swept if not name.startswith("api:")}
    assert left <= {
        "cases:step", "sharing:wish",  # only posted to
        "case:detail", "child:detail", "concern:detail",  # the room's own page has the same address
        "agreement:export",
    }  # fmt: skip


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "es")])
def test_every_page_is_accessible_fits_and_complains_of_nothing(
    browser: Browser, inhabited: House, width: int, language: str
) -> None:
    """Zero findings of axe, no sideways scrolling, one heading, no request elsewhere, no report of the policy."""
    found: dict[str, list[str]] = {}
    with visitors_of(browser, inhabited) as visit:
        windows: dict[str, Watched] = {}
        for one in inhabited.pages:
            if one["missing"]:
                continue
            who = one["who"]
            if who not in windows:
                windows[who] = visit(who, width=width, language=language)
            path = f"/{language}/" + one["path"].split("/", 2)[2]
            answer = windows[who].page.goto(f"{inhabited.address}{path}")
            wrong = failed(answer) + faults(windows[who], one["name"])
            if wrong:
                found[one["name"]] = wrong
    assert found == {}


@pytest.mark.parametrize(("width", "language"), [(1280, "en"), (360, "es")])
def test_a_childs_own_page_is_accessible_fits_and_keeps_nothing(
    browser: Browser, inhabited: House, width: int, language: str
) -> None:
    """Opened as a child opens it: with its code, at the door without an account."""
    with visitors_of(browser, inhabited) as visit:
        window = visit(width=width, language=language)
        door = window.page.goto(f"{inhabited.address}/{language}/n/")
        assert failed(door) + faults(window, f"own-door-{language}") == []
        window.page.locator("input[name=code]").fill(inhabited.opens["own"])
        window.page.locator("main form button").first.click()
        assert faults(window, f"own-{language}") == []
        assert window.page.url == f"{inhabited.address}/{language}/n/"
        said = window.page.locator("body").inner_text()
        assert "Clinic" in said
        for hidden in ("Rocio", WORKER, "Sala", "Procuradur", "inventado/1", "Hermana"):
            assert hidden not in said, hidden


def test_a_closed_door_and_an_empty_list_are_pages_too(browser: Browser, inhabited: House) -> None:
    with visitors_of(browser, inhabited) as visit:
        for width, language in ((1280, "en"), (360, "es")):
            window = visit("company_contact", width=width, language=language)
            for path, status in (
                ("people/", 403), ("directory/services/new/", 200), ("directory/services/999999/", 404),
                ("directory/services/?q=zzz", 200), ("work/", 200), ("jobs/", 200), ("imports/", 200),
            ):  # fmt: skip
                answer = window.page.goto(f"{inhabited.address}/{language}/{path}")
                assert failed(answer, status) + faults(window) == [], path
