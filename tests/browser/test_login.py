"""The story of the first administrator: link, password, second factor, codes, out, and in again; axe on every page."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.browser.conftest import Watched
from tests.browser.looking import at_rest, axe_faults
from tests.browser.test_public_site import width_of_page

pytestmark = pytest.mark.needs("chromium")
PASSWORD = "faro nube maíz y barco"
INIT = """
import django, sys
django.setup()
from cobijo.web.core.accounts.commands import init
from cobijo.web.core.accounts.models import Holding
Holding.objects.all().delete()
print(init(sys.argv[1], address=sys.argv[2], language=sys.argv[3]))
"""
SHOTS = os.environ.get("COBIJO_TEST_SHOTS")  # a folder: what the story saw, to be looked at


def invited(data: Path, email: str, address: str, language: str) -> str:
    """The link that `cobijo init` prints, from a process of its own."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("COBIJO_", "DJANGO_"))
    }
    run = subprocess.run(
        [sys.executable, "-c", INIT, email, address, language],
        env=environment
        | {"COBIJO_DATA_DIR": str(data), "DJANGO_SETTINGS_MODULE": "cobijo.web.settings"}
        | {"PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return run.stdout.strip().splitlines()[-1]


def digits(secret: str) -> str:
    """What an authenticator app shows now; waits where the same digits were just used."""
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def look(visit: Watched, name: str) -> None:
    width = visit.page.viewport_size["width"] if visit.page.viewport_size else 0
    visit.page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    if SHOTS:
        visit.page.screenshot(path=f"{SHOTS}/{width}-{name}.png", full_page=True)
    assert at_rest(visit.page, lambda: axe_faults(visit.page)) == [], name
    assert width_of_page(visit) <= width, name


@pytest.mark.parametrize(("size", "language"), [("wide", "en"), ("phone", "es")])
def test_invited_person_comes_in_and_comes_back(
    request: pytest.FixtureRequest, size: str, language: str
) -> None:
    visit: Watched = request.getfixturevalue(size)
    page, data = visit.page, visit.site.folder.parents[1] / "data"
    email = f"eva-{size}@example.org"
    page.goto(invited(data, email, visit.site.address, language))
    look(visit, "invitation")
    page.locator("button[type=submit]").first.click()
    look(visit, "invitation-missing")
    page.locator("#id_name").fill("Eva Pérez")
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_again").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    assert page.url.endswith("/account/second-factor/required/")
    look(visit, "required")
    visit.open(f"/{language}/people/")
    assert page.url.endswith("/account/second-factor/required/")
    page.locator("main a.btn-primary").click()
    look(visit, "app")
    secret = page.locator(".secret").inner_text()
    page.locator("#id_code").fill(digits(secret))
    page.locator("main button[type=submit]").click()
    assert page.url.endswith("/account/second-factor/codes/")
    look(visit, "codes")
    code = page.locator(".codes li").first.inner_text()
    for path in (
        "account/", "account/second-factor/", "account/second-factor/keys/", "account/second-factor/keys/add/",
        "account/second-factor/app/remove/", "account/second-factor/codes/new/", "account/second-factor/confirm/",
        "account/keys/new/", "account/password/", "people/", "people/invite/", "account/logout/",
    ):  # fmt: skip
        visit.open(f"/{language}/{path}")
        look(visit, path.strip("/").replace("/", "-"))
    page.locator("main button[type=submit]").click()
    assert page.url.endswith("/account/login/")
    look(visit, "login")
    page.locator("#id_login").fill(email.upper())
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main button[type=submit]").click()
    assert page.url.endswith("/account/second-factor/show/")
    look(visit, "show")
    page.locator("#id_code").fill(code)
    page.locator("main button[type=submit]").first.click()
    assert page.url.endswith("/work/")
    visit.open(f"/{language}/people/")
    page.get_by_role("link", name="Eva Pérez").first.click()
    look(visit, "person")
    assert visit.elsewhere() == []
    assert [one for one in visit.complaints if "422" not in one] == []


def test_an_old_link_is_calm(plain: Watched) -> None:
    plain.open("/es/account/invitation/no-such-secret/")
    assert "no es" in plain.page.locator("main").inner_text() or plain.page.locator("h1").count() == 1
