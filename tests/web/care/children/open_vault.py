"""An open vault, for every test of the care wing that asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from cobijo.web.core.vault import custody, ring


@pytest.fixture
def open_vault(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A key file of the test's own; gives it."""
    settings.KEK_FILE = tmp_path / "kept" / "kek.txt"
    settings.KEK_COMMAND = ""
    _fresh()
    custody.make_kek()
    yield settings.KEK_FILE
    _fresh()


def _fresh() -> None:
    """As a process that has just started."""
    custody._held = None
    ring.forget()
    ring._pulse, ring._pulse_at = None, 0.0
