"""The site's settings with the tests' own kinds of work beside the site's."""

from __future__ import annotations

from cobijo.web.settings import *  # noqa: F403
from cobijo.web.settings import INSTALLED_APPS as SITES

INSTALLED_APPS = [*SITES, "tests.web.kinds"]
