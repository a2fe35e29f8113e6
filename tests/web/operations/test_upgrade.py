"""Upgrading: the backup comes first, the check comes last."""

from __future__ import annotations

import json
from pathlib import Path

from cobijo.web.operations import box
from tests.web.house import house

UPGRADE = (
    "from pathlib import Path\nfrom dataclasses import asdict\n"
    "from cobijo.web.operations.upgrading import upgrade\n"
    "answer = asdict(upgrade(Path({folder!r}), Path({key!r})))"
)


def test_an_upgrade_backs_up_migrates_and_checks(tmp_path: Path) -> None:
    box.make_key(tmp_path / "key")
    ask = UPGRADE.format(folder=str(tmp_path / "backups"), key=str(tmp_path / "key" / "backup.public"))
    with house(tmp_path / "site", migrated=False) as site:
        first = site.ask(ask)
        assert first["backup"] is None  # a new site has nothing to lose
        assert len(first["migrations"]) > 10
        assert site.ask(ask) == {"backup": None, "migrations": []}
        site.manage("migrate", "jobs", "zero", "-v0")
        third = site.ask(ask)
        assert Path(third["backup"]).exists()
        assert third["migrations"][0].startswith("default jobs.")


#: The tables as each room first made them. Nothing was released before, so this is the oldest site there can be;
#: from the first release on, its schema is kept beside this test and restored here instead.
OLDEST = """
from django.db import connections, transaction
from django.db.migrations.executor import MigrationExecutor
for alias in connections:
    executor = MigrationExecutor(connections[alias])
    graph = executor.loader.graph
    if alias == "keys":
        executor.migrate([one for one in graph.leaf_nodes() if one[0] == "keystore"])
        continue
    ours = {app for app, _name in graph.nodes if graph.nodes[(app, _name)].__module__.startswith("cobijo.")}
    first = [one for one in graph.root_nodes() if one[0] in ours]
    others = [one for one in graph.leaf_nodes() if one[0] not in ours]
    for one in [*others, *first]:
        executor = MigrationExecutor(connections[alias])
        if one not in executor.loader.applied_migrations:  # a room may need a later state of another one
            executor.migrate([one])
with connections["default"].cursor() as cursor:
    cursor.execute("INSERT INTO accounts_organisation (code, name, kind, area, active)"
                   " VALUES ('old', 'From before', 'ngo', '', %s)", [True])
from cobijo.web.core.access.database import application_role, prepare_role
from cobijo.web.operations.upgrading import pending
prepare_role(*application_role())
answer = pending()
"""
AFTER = """
from cobijo.web.core.accounts.models import Organisation
from cobijo.web.operations.upgrading import pending, unsound
answer = [pending(), unsound(), list(Organisation.objects.values_list("code", "name"))]
"""


def test_the_oldest_site_is_upgraded_by_the_command(tmp_path: Path) -> None:
    """A backup first, every change to the tables, what was there still there, row-level security and triggers sound."""
    box.make_key(tmp_path / "key")
    with house(tmp_path / "site", migrated=False) as site:
        site.environment["COBIJO_AS_OWNER"] = "1"  # as `cobijo manage migrate` of that day
        waiting = site.ask(OLDEST)
        del site.environment["COBIJO_AS_OWNER"]
        assert {"default audit.0002_append_only", "default vault.0002_row_security"} <= set(waiting)
        said = site.cobijo(
            "upgrade",
            "--to",
            str(tmp_path / "key" / "backup.public"),
            "--backups",
            str(tmp_path / "backups"),
            "--json",
        )
        done = json.loads(said)
        assert done["migrations"] == len(waiting)
        assert Path(done["backup"]).stat().st_size > 0
        assert site.ask(AFTER) == [[], [], [["old", "From before"]]]
