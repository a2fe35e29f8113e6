"""Steps of backup and restore that need the site itself: `python -m cobijo.web.operations.inside VERB`."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from typing import Any
from uuid import UUID

from cobijo.errors import CobijoError
from cobijo.web.operations.troubles import named


def erasures() -> list[dict[str, str]]:
    """Every erasure that either store knows of."""
    from django.db import connections

    from cobijo.web.core.vault.services import ledger

    there = {name for alias in connections for name in connections[alias].introspection.table_names()}
    if "accounts_account" not in there:
        raise CobijoError("operations.no_site")
    if not {"vault_erasure", "keystore_erasedkey"} <= there:
        return []  # a site of a version before there was a vault
    return [{"key": str(one.key_id), "at": one.at.isoformat(), "reason": one.reason} for one in ledger()]


def tables() -> None:
    """Make the tables of a backup's version in an empty database."""
    from django.db import connections
    from django.db.migrations.executor import MigrationExecutor

    asked = json.load(sys.stdin)
    executor = MigrationExecutor(connections[asked["alias"]])
    wanted = [tuple(one) for one in asked["migrations"]]
    known = executor.loader.graph.nodes
    if any(one not in known for one in wanted):
        raise CobijoError("operations.backup_newer")
    executor.migrate(wanted)


def settle() -> dict[str, Any]:
    """Before a restored site may open: tables forward, erasures made true again, unfinished work ended."""
    from django.db import transaction

    from cobijo.web.core.audit.commands import seal_all
    from cobijo.web.core.vault import custody
    from cobijo.web.core.vault.errors import Locked
    from cobijo.web.core.vault.services import Line, replay_erasures
    from cobijo.web.operations.upgrading import bring_up_to_date

    lines = [
        Line(UUID(one["key"]), datetime.fromisoformat(one["at"]), one["reason"])
        for one in json.load(sys.stdin)
    ]
    bring_up_to_date()
    replayed = replay_erasures(also=lines)
    with transaction.atomic():
        ended = _end_jobs()
    ways = end_ways_in()
    try:
        held = bool(custody.keks())
    except Locked:
        held = False
    seal_all()
    return {
        "erasures": replayed.lines,
        "keys_destroyed": replayed.keys,
        "jobs_ended": ended,
        "ways_in_ended": ways,
        "key_encryption_key": held,
    }


def _end_jobs() -> int:
    """What waited at the time of the backup is done by now or no longer wanted; its mail may have left already."""
    from django.utils import timezone
    from django_tasks_db.models import DBTaskResult

    from cobijo.web.core.jobs.models import Job, Post, State, Worker

    DBTaskResult.objects.all().delete()
    Worker.objects.all().delete()
    Post.objects.all().delete()
    return Job.objects.filter(state__in=(State.WAITING, State.RUNNING)).update(
        state=State.FAILED, code="jobs.restored", ended_at=timezone.now(), lease_until=None, private=None
    )


def end_ways_in() -> int:
    """Keys, codes and invitations may have been taken back after the copy was made: all are given anew.

    A code that opened its packet once since then would open it again.
    """
    from django.contrib.sessions.models import Session
    from django.utils import timezone

    from cobijo.web.core.access.context import acting_as_system
    from cobijo.web.core.accounts.models import Invitation, Token
    from cobijo.web.core.audit.services import record
    from cobijo.web.core.reactions import react

    now = timezone.now()
    with acting_as_system("restore", scopes="all") as access:
        Session.objects.all().delete()
        ended = Token.objects.filter(revoked_at=None).update(revoked_at=now)
        ended += Invitation.objects.filter(used_at=None, expires_at__gt=now).update(expires_at=now)
        react("site_restored", by=access)
        record("restore", "site", [], access=access)
    return ended


VERBS = {"erasures": erasures, "tables": tables, "settle": settle}


def main() -> int:
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cobijo.web.settings")
    try:
        django.setup()
        answer: dict[str, Any] = {"result": VERBS[sys.argv[1]]()}
    except Exception as trouble:
        problem = named(trouble)
        if problem is None:
            raise
        answer = {"problem": problem.code, "params": problem.params, "exit_code": problem.exit_code}
    sys.stdout.write(json.dumps(answer) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
