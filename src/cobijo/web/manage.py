"""`cobijo manage …`: Django's own commands with this site's settings."""

from __future__ import annotations

import os
from collections.abc import Sequence


def main(argv: Sequence[str]) -> int:
    """Run one management command, such as `["migrate"]` or `["check", "--deploy"]`; returns the exit code."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cobijo.web.settings")
    if list(argv[:1]) == ["collectstatic"]:
        os.environ.setdefault("COBIJO_STATIC", "gathered")
    if set(argv[:1]) & {"migrate", "prepare_database", "flush"}:
        os.environ["COBIJO_AS_OWNER"] = "1"  # tables are changed by their owner: MIGRATE_DATABASE_URL
    from django.core.management import execute_from_command_line

    from cobijo.web.data import data_dir, make_ready

    make_ready(data_dir())
    try:
        execute_from_command_line(["cobijo manage", *argv])
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else 1
    return 0
