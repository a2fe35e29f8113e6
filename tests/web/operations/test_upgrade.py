"""Upgrading: the backup comes first, the check comes last."""

from __future__ import annotations

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
