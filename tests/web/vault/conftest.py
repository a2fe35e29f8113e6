"""A vault to test with: a key file in a folder of the test's own, and a kind of record that has an identity."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from cobijo.web.core.vault import custody, ring
from tests.web.vault.folder import registered


@pytest.fixture
def kek_file(tmp_path: Path, settings: Settings) -> Path:
    """Where the key would be; there is none yet."""
    settings.KEK_FILE = tmp_path / "kept" / "kek.txt"
    settings.KEK_COMMAND = ""
    _fresh()
    return settings.KEK_FILE


@pytest.fixture
def vault(kek_file: Path) -> Iterator[Path]:
    """An open vault and the kind "folder"; gives the key file."""
    custody.make_kek()
    with registered():
        yield kek_file
    _fresh()


def _fresh() -> None:
    """As a process that has just started."""
    custody._held = None
    ring.forget()
    ring._pulse, ring._pulse_at = None, 0.0
