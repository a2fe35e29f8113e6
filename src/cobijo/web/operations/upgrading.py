"""Bringing a site up to date: its tables, on SQLite here and on PostgreSQL as their owner."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cobijo.errors import CobijoError, Refused, WrongUsage


def bring_up_to_date() -> None:
    """Migrate every database and give the application's role its rights. May be repeated."""
    from django.conf import settings
    from django.core.management import call_command

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        for alias in settings.DATABASES:
            call_command("migrate", database=alias, verbosity=0, interactive=False)
        return
    if not os.environ.get("MIGRATE_DATABASE_URL"):
        raise WrongUsage("operations.upgrade_needs_owner")
    # The owner's connection needs its own process: this one may already be connected as the application.
    environment = os.environ | {"COBIJO_AS_OWNER": "1"}
    command = [sys.executable, "-m", "cobijo.web", "prepare_database", "-v0"]
    done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)  # noqa: S603
    if done.returncode:
        raise CobijoError("operations.step_failed", stage=command[-2])


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


def make_tables_or_check() -> None:
    """On SQLite the tables of this version; PostgreSQL's are its owner's, by `cobijo upgrade`, and are only checked."""
    from django.conf import settings

    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        bring_up_to_date()
    else:
        check_up_to_date()


@dataclass(frozen=True)
class Upgraded:
    """What an upgrade did: the backup it made first, the migrations it ran."""

    backup: str | None
    migrations: tuple[str, ...]


def upgrade(folder: Path, recipient: Path | str) -> Upgraded:
    """`cobijo upgrade`: back up, bring the tables up to date, check. Stop web and workers before, start them after.

    Where there is nothing to change, nothing is backed up either. Raises `Refused`, naming the backup, where the
    site is not sound afterwards.
    """
    from cobijo.web.operations.backup import backup

    waiting = tuple(pending())
    if not waiting:
        return Upgraded(None, ())
    made = None
    if _has_content():
        made = folder / f"before-upgrade-{datetime.now(UTC):%Y%m%d-%H%M%S}"
        backup(made, recipient)
    bring_up_to_date()
    findings = unsound()
    if findings:
        raise Refused("operations.upgrade_refused", count=len(findings), file=made.name if made else "")
    return Upgraded(None if made is None else str(made), waiting)


def unsound() -> list[str]:
    """What is wrong with the site as it stands, as codes; empty is sound."""
    from django.core.checks import ERROR, run_checks

    from cobijo.web.core.access.database import unguarded_tables
    from cobijo.web.core.audit.commands import audit_verify

    found = [f"check.{one.id}" for one in run_checks() if one.level >= ERROR]
    found += [f"pending.{one}" for one in pending()]
    found += [f"unguarded.{one}" for one in unguarded_tables()]
    return found + [one.code for one in audit_verify().findings if one.code != "audit.unsealed"]


def _has_content() -> bool:
    """A new site has no tables yet, and nothing to lose."""
    from django.db import connection

    return "accounts_account" in connection.introspection.table_names()
