"""What every test may ask for, and what happens where the machine lacks it.

A test marked `needs("chromium")` is not run where there is no Chromium; the last lines of the run name each
missing thing once. Under `CI=true` the same test fails instead: there, nothing may be missing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from functools import lru_cache

import pytest

# Playwright keeps an event loop alive in the thread that used it; tests of the database may follow there.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
MISSING = "needs "


@lru_cache(maxsize=1)
def chromium_path() -> str | None:
    """The browser's program, from `COBIJO_CHROMIUM` or the path."""
    given = os.environ.get("COBIJO_CHROMIUM")
    return given or next((found for name in CHROMIUM if (found := shutil.which(name))), None)


@lru_cache(maxsize=1)
def postgresql_answers() -> bool:
    """A PostgreSQL that tests may use: `COBIJO_TEST_DATABASE_URL`, or one that answers on this machine."""
    if os.environ.get("COBIJO_TEST_DATABASE_URL"):
        return True
    asker = shutil.which("pg_isready")
    return bool(asker) and subprocess.run([asker, "-q"], check=False).returncode == 0


#: What a test may need: whether it is there, and what to install where it is not.
NEEDS: dict[str, tuple[Callable[[], object], str]] = {
    "chromium": (chromium_path, "install chromium (Debian: apt install chromium)"),
    "postgresql": (postgresql_answers, "start PostgreSQL, or set COBIJO_TEST_DATABASE_URL"),
}


def pytest_runtest_setup(item: pytest.Item) -> None:
    for mark in item.iter_markers("needs"):
        for what in mark.args:
            there, mend = NEEDS[what]
            if there():
                continue
            if os.environ.get("CI") == "true":
                pytest.fail(f"{MISSING}{what}: {mend}", pytrace=False)
            pytest.skip(f"{MISSING}{what}: {mend}")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """One line for each thing that was missing; from the reports, so it holds with several workers too."""
    counts: Counter[str] = Counter()
    for report in terminalreporter.stats.get("skipped", []):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        reason = reason.removeprefix("Skipped: ")
        if reason.startswith(MISSING):
            counts[reason.removeprefix(MISSING)] += 1
    for reason, count in sorted(counts.items()):
        what, _, mend = reason.partition(": ")
        terminalreporter.write_line(
            f"not run: {count} tests, because there is no {what}; {mend}", yellow=True
        )
