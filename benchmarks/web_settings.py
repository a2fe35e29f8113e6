"""The site's settings with the register under measure beside the site's own."""

from __future__ import annotations

from cobijo.web.settings import *  # noqa: F403
from cobijo.web.settings import INSTALLED_APPS as SITES

INSTALLED_APPS = [*SITES, "benchmarks.web_kind.Kind"]
