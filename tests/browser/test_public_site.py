"""Stories of people who come to the public site, in a real browser; axe-core looks at every page they see."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.browser.conftest import Watched
from tests.browser.looking import axe_faults
from tests.web.shared import sample

pytestmark = pytest.mark.needs("chromium")

PAGES = ("", "estimates", "tables", "method", "report")
LANGUAGES = ("es", "en")
REFUSED = {"refused": {"code": "population.unheard_of", "params": {}}}
#: Pages that are not of every day: waiting, broken, absent, refused, with hidden totals.
OTHER_STATES: dict[str, Any] = {
    "awaits sign-off": sample(invented=False),
    "unreadable": "{",
    "missing": None,
    "refused": sample(estimate=REFUSED, estimates=[{"method": "chao", **REFUSED}], disagreement={}),
    "hidden": sample(observed=None),
}


def width_of_page(watched: Watched) -> int:
    return int(watched.page.evaluate("document.documentElement.scrollWidth"))


def open_all(watched: Watched) -> None:
    """Unfold what is folded, so that it is looked at too."""
    watched.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", ["wide", "phone"])
def test_every_page_is_accessible_fits_and_asks_for_nothing_elsewhere(
    request: pytest.FixtureRequest, size: str, language: str
) -> None:
    visit: Watched = request.getfixturevalue(size)
    width = visit.page.viewport_size["width"] if visit.page.viewport_size else 0
    for page in PAGES:
        visit.open(f"/{language}/{page}")
        open_all(visit)
        assert axe_faults(visit.page) == [], page
        assert width_of_page(visit) <= width, page
        broken = "[...document.images].filter((one) => !one.naturalWidth).map((one) => one.src)"
        assert visit.page.evaluate(broken) == []
    assert visit.elsewhere() == []
    assert visit.complaints == []


@pytest.mark.parametrize("state", OTHER_STATES)
@pytest.mark.parametrize("size", ["wide", "phone"])
def test_unusual_pages_are_accessible_too(request: pytest.FixtureRequest, size: str, state: str) -> None:
    visit: Watched = request.getfixturevalue(size)
    visit.site.show(OTHER_STATES[state])
    for path in ("/es/", "/en/", "/en/estimates"):
        visit.open(path)
        assert axe_faults(visit.page) == [], path
        assert width_of_page(visit) <= (1280 if size == "wide" else 360)
    assert visit.complaints == []


def test_a_lost_reader_finds_back(wide: Watched) -> None:
    wide.open("/es/no-hay")
    assert axe_faults(wide.page) == []
    wide.page.get_by_role("link", name="Ir al panorama", exact=True).click()
    assert wide.page.url.endswith("/es/")


def test_a_journalist_finds_the_figure_its_interval_and_the_table(wide: Watched) -> None:
    wide.open("/en/")
    assert "children were seen" in wide.page.get_by_role("heading", level=1).inner_text()
    wide.page.get_by_role("link", name="Estimates", exact=True).click()
    assert wide.page.get_by_text("The estimate we give").is_visible()
    wide.page.get_by_role("link", name="Tables", exact=True).click()
    with wide.page.expect_download() as download:
        wide.page.get_by_role("link", name="Download this table").first.click()
    assert download.value.suggested_filename == "area.csv"


def test_a_reader_changes_the_language_and_stays_on_the_page(phone: Watched) -> None:
    phone.open("/es/method")
    phone.page.get_by_role("link", name="English").click()
    assert phone.page.url.endswith("/en/method")
    assert phone.page.locator("html").get_attribute("lang") == "en"


def test_the_report_opens_in_both_languages_under_its_own_policy(wide: Watched) -> None:
    for language in LANGUAGES:
        wide.open(f"/{language}/report")
        wide.page.locator("main .btn-primary").click()
        assert wide.page.locator("html").get_attribute("lang") == language
        assert wide.page.evaluate("getComputedStyle(document.body).margin") is not None
    assert wide.elsewhere() == []
    assert wide.complaints == []


@pytest.mark.parametrize("how", ["click", "keyboard"])
def test_a_reader_in_danger_leaves_and_back_does_not_return(wide: Watched, how: str) -> None:
    wide.page.route("https://*.wikipedia.org/**", lambda route: route.fulfill(body="<h1>Portada</h1>"))
    wide.page.goto("about:blank")
    wide.open("/es/tables")
    if how == "click":
        wide.page.get_by_role("link", name="Salir rápido").click()
    else:
        for _ in range(3):
            wide.page.keyboard.press("Escape")
    wide.page.wait_for_url("https://es.wikipedia.org/")
    wide.page.go_back()
    assert wide.page.url == "about:blank"


def test_the_way_out_stays_in_reach(phone: Watched) -> None:
    phone.open("/es/tables")
    phone.page.evaluate("window.scrollTo(0, 2000)")
    box = phone.page.get_by_role("link", name="Salir rápido").bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 100


def test_everything_is_there_without_javascript(plain: Watched) -> None:
    for language in LANGUAGES:
        for page in PAGES:
            plain.open(f"/{language}/{page}")
            assert plain.page.get_by_role("heading", level=1).is_visible()
    plain.open("/es/tables")
    plain.page.get_by_text("combinaciones se ocultan").click()
    assert plain.page.locator(".hidden-list").is_visible()
    link = plain.page.get_by_role("link", name="Salir rápido")
    assert link.get_attribute("href") == "https://es.wikipedia.org/"
    assert not plain.page.get_by_text("Oprimir Esc").is_visible()


def test_a_keyboard_reaches_the_page_first_and_sees_where_it_is(wide: Watched) -> None:
    wide.open("/en/")
    wide.page.keyboard.press("Tab")
    skip = wide.page.get_by_role("link", name="Skip to the page")
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    wide.page.keyboard.press("Enter")
    assert wide.page.evaluate("document.activeElement.id") == "main"


def test_twice_the_text_size_still_fits(wide: Watched) -> None:
    """200 % zoom of a 1280 px window is a window of 640 px."""
    wide.page.set_viewport_size({"width": 640, "height": 400})
    for page in PAGES:
        wide.open(f"/es/{page}")
        assert width_of_page(wide) <= 640, page


def test_no_text_is_smaller_than_sixteen_pixels(phone: Watched) -> None:
    small = """[...document.querySelectorAll("body *")].filter((one) =>
      [...one.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim()) &&
      parseFloat(getComputedStyle(one).fontSize) < 15.9 && one.checkVisibility()
    ).map((one) => one.outerHTML)"""
    for page in PAGES:
        phone.open(f"/es/{page}")
        assert phone.page.evaluate(small) == [], page


def test_what_is_printed_is_the_page_without_its_frame(wide: Watched) -> None:
    wide.open("/es/")
    wide.page.emulate_media(media="print")
    assert not wide.page.get_by_role("link", name="Salir rápido").is_visible()
    assert wide.page.get_by_text("Datos inventados").first.is_visible()


def test_health_is_for_machines(wide: Watched) -> None:
    wide.open("/health")
    assert json.loads(wide.page.locator("body").inner_text())["status"] == "ok"
