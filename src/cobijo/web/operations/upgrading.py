"""Bringing a site up to date: its tables, on SQLite here and on PostgreSQL as their owner."""

from __future__ import annotations

import os
import subprocess
import sys

from cobijo.errors import WrongUsage


def bring_up_to_date() -> None:
    """Migrate every database and give the application's role its rights. May be repeated."""
    from django.conf import settings
    from django.core.management import call_command

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        for alias in settings.DATABASES:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        return
    # The owner's connection needs its own process: this one may already be connected as the application.
    environment = os.environ | {"COBIJO_AS_OWNER": "1"}
    for words in _as_owner(tuple(settings.DATABASES)):
        subprocess.run([sys.executable, "-m", "cobijo.web", *words], env=environment, check=True)  # noqa: S603


def _as_owner(aliases: tuple[str, ...]) -> list[list[str]]:
    others = [["migrate", "--database", alias, "-v0"] for alias in aliases if alias != "default"]
    return [*others, ["vault", "prepare"], ["prepare_database", "-v0"]]


def pending() -> list[str]:
    """Migrations that were not run yet, as `alias app.name`; empty is up to date."""
    from django.conf import settings
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    found = []
    for alias in settings.DATABASES:
        executor = MigrationExecutor(connections[alias])
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        found += [f"{alias} {one.app_label}.{one.name}" for one, _backwards in plan]
    return found


def check_up_to_date() -> None:
    """Raises one sentence where the tables belong to another version of Cobijo than this."""
    if pending():
        raise WrongUsage("operations.not_up_to_date")
