"""What every page must be, looked at in a real browser: axe-core's rules, the width, one heading, no failure."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import TypeVar

import axe_playwright_python
from playwright.sync_api import Error, Page, Response

from tests.browser.conftest import Watched

T = TypeVar("T")
SHOTS = os.environ.get("COBIJO_TEST_SHOTS")  # a folder: what was seen, to be looked at
#: Says what the answer was and not that something is broken: a form sent back, a conflict, a refusal.
MEANT = re.compile(r"status of (403|404|409|422)")


@cache
def axe_script() -> str:
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")


FAULTS = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.flatMap(
  (one) => one.nodes.map((node) => `axe ${one.id}: ${node.target} ${node.html.slice(0, 160)}`))"""
#: What sticks out to the right, and is not in a box of its own that scrolls.
WIDE = """() => {
  if (document.documentElement.scrollWidth <= innerWidth) return [];
  const out = (one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".scroll, .table-responsive");
  const found = [...document.querySelectorAll("body *")].filter(out).slice(0, 4);
  return ["the page scrolls sideways", ...found.map((one) => `too wide: ${one.outerHTML.slice(0, 160)}`)];
}"""
UNFOLD = "document.querySelectorAll('main details').forEach((one) => { one.open = true })"
HEADS = "[...document.querySelectorAll('h1')].map((one) => one.innerText.trim())"


def axe_faults(page: Page) -> list[str]:
    """What axe-core finds, every rule it has (best practices too)."""
    page.evaluate(f"() => {{ {axe_script()} }}")
    return list(page.evaluate(FAULTS))


def at_rest(page: Page, seen: Callable[[], T]) -> T:
    """A click returns before its answer has come: where the page goes away while it is seen, the next one is seen."""
    for _ in range(3):
        page.wait_for_load_state()
        page.evaluate("window.lookedAt = true")
        try:
            return seen()
        except Error:
            page.wait_for_load_state()
            if page.evaluate("window.lookedAt === true"):
                raise
    raise AssertionError(f"{page.url} moves on by itself and cannot be looked at")


def faults(visit: Watched, name: str = "") -> list[str]:
    """Everything that is wrong with the page as it stands; an empty list is what every test wants."""
    page = visit.page

    def seen() -> list[str]:
        page.evaluate(UNFOLD)
        if SHOTS and name:
            width = page.viewport_size["width"] if page.viewport_size else 0
            page.screenshot(path=f"{SHOTS}/{width}-{name.replace(':', '-')}.png", full_page=True)
        return axe_faults(page) + list(page.evaluate(WIDE))

    found = at_rest(page, seen)
    heads = page.evaluate(HEADS)
    if len(heads) != 1 or not heads[0]:
        found.append(f"one heading is wanted, there are {heads}")
    asked = re.search(r"/(es|en)/", page.url)
    if asked and page.locator("html").get_attribute("lang") != asked[1]:
        found.append("the page says another language than its address")
    found += [f"asked for {one}" for one in visit.elsewhere()]
    found += [one for one in visit.complaints if not MEANT.search(one)]
    visit.asked.clear()
    visit.complaints.clear()
    return found


def failed(answer: Response | None, status: int = 200) -> list[str]:
    """Whether the page was answered as it should be."""
    return [] if answer is not None and answer.status == status else [f"answered {answer and answer.status}"]


def look(visit: Watched, name: str) -> None:
    """One step of a story: the page must be right."""
    found = faults(visit, name)
    assert found == [], f"{name}: {found}"
