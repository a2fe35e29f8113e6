"""Fixtures of the site's tests: a published folder and a client that reads it."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests.web.shared import publish


@pytest.fixture
def public(tmp_path: Path, settings: Settings) -> Path:
    """A whole published folder that the site serves."""
    settings.PUBLIC_DIR = publish(tmp_path / "out" / "public")
    return settings.PUBLIC_DIR


@pytest.fixture
def reader() -> Client:
    """Somebody at a browser who is not logged in, because nobody can be."""
    return Client(headers={"host": "localhost"}, raise_request_exception=False)
