"""The tables of a new site are those that Django's own `migrate` makes, to the letter."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.prove
MIGRATE = """
import sys
import django
django.setup()
from django.core.management import call_command
from django.core.management.commands import migrate
command = migrate.Command() if sys.argv[1] == "django" else "migrate"
for alias in ("default", "keys"):
    call_command(command, database=alias, verbosity=0)
"""


def tables(folder: Path, way: str) -> dict[str, list[str]]:
    folder.mkdir()
    environment = os.environ | {
        "COBIJO_DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "cobijo.web.settings",
    }
    subprocess.run([sys.executable, "-c", MIGRATE, way], env=environment, check=True)
    found = {}
    for name in ("cobijo", "keys"):
        with sqlite3.connect(folder / f"{name}.sqlite3") as database:
            found[name] = sorted(sql for (sql,) in database.execute("SELECT sql FROM sqlite_master") if sql)
    return found


def test_both_ways_make_the_same_tables(tmp_path: Path) -> None:
    ours, theirs = tables(tmp_path / "ours", "ours"), tables(tmp_path / "theirs", "django")
    assert len(ours["cobijo"]) > 100
    assert ours == theirs
