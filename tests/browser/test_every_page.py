"""Every page of the site, as somebody who may open it: at a desk in English and on a small phone in Spanish.

The pages come from the URLconf and the registers (`tests/browser/country/filling.py`), so nobody adds one unseen.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import House, Watched, visitors_of
from tests.browser.looking import failed, faults

pytestmark = pytest.mark.needs("chromium")


def test_every_page_can_be_opened_by_somebody(inhabited: House) -> None:
    assert {one["name"]: one["missing"] for one in inhabited.pages if one["missing"]} == {}
    assert len(inhabited.pages) > 70


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
