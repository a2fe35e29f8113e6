"""The site's settings, with the register of invented people beside the rooms' own."""

from __future__ import annotations

from cobijo.web.settings import *  # noqa: F403
from cobijo.web.settings import INSTALLED_APPS as SITES

INSTALLED_APPS = [*SITES, "tests.browser.country"]
