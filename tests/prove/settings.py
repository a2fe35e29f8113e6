"""The settings of a site in a house of its own, with one kind of child's file that only the proofs have."""

from __future__ import annotations

from tests.web.house_settings import *  # noqa: F403
from tests.web.house_settings import INSTALLED_APPS as HOUSES

INSTALLED_APPS = [*HOUSES, "tests.prove.country"]
