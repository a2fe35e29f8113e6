"""10,000 events by eight processes at once; then whatever is done to them is found, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from benchmarks.audit_writers import _run, database, measure

SETUP = "import django, json, sys\nfrom pathlib import Path\ndjango.setup()\n"
LOOK = (
    SETUP + "from cobijo.web.core.audit.verifying import verify\n"
    "path = Path(sys.argv[1]) if len(sys.argv) > 1 else None\n"
    "print(json.dumps(sorted({one.code for one in verify(checkpoint=path)})))"
)
CHECKPOINT = (
    SETUP + "from cobijo.web.core.audit.commands import audit_checkpoint\naudit_checkpoint(Path({path!r}))"
)
#: What somebody with every right in the database does, and what is found then.
DONE = {
    "one byte changed": (
        ["UPDATE audit_event SET ids = '[777]'::jsonb WHERE id = (SELECT min(id) + 5000 FROM audit_event)"],
        ["audit.altered"],
    ),
    "one row removed": (
        ["DELETE FROM audit_event WHERE id = (SELECT min(id) + 5000 FROM audit_event)"], ["audit.missing"],
    ),
    "two rows swapped": (
        [
            "UPDATE audit_event SET id = -1 WHERE id = (SELECT event_id FROM audit_seal WHERE number = 3000)",
            "UPDATE audit_event SET id = (SELECT event_id FROM audit_seal WHERE number = 3000)"
            " WHERE id = (SELECT event_id FROM audit_seal WHERE number = 7000)",
            "UPDATE audit_event SET id = (SELECT event_id FROM audit_seal WHERE number = 7000) WHERE id = -1",
        ],
        ["audit.reordered"],
    ),
    "the last hundred cut off with their seals and the checkpoint": (
        [
            "DELETE FROM audit_event WHERE id IN (SELECT event_id FROM audit_seal WHERE number > 9900)",
            "DELETE FROM audit_seal WHERE number > 9900",
            "DELETE FROM audit_checkpoint",
        ],
        ["audit.head_lost"],
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def chain() -> Iterator[dict[str, str]]:
    """Written once; every test leaves it as it was."""
    with database() as environment:
        found = measure(environment)
        assert (found.events, found.sealed, found.findings) == (10_000, 10_000, [])
        yield environment


@pytest.mark.prove
@pytest.mark.needs("postgresql")
@pytest.mark.parametrize("what", DONE)
def test_whatever_is_done_to_ten_thousand_events_is_found(chain: dict[str, str], what: str, tmp_path) -> None:  # type: ignore[no-untyped-def]
    import subprocess
    import sys

    import psycopg

    statements, expected = DONE[what]
    kept = tmp_path / "head.json"
    _run(CHECKPOINT.format(path=str(kept)), chain)

    def look() -> list[str]:
        done = subprocess.run(
            [sys.executable, "-c", LOOK, str(kept)], env=chain, capture_output=True, text=True, check=True
        )
        return list(json.loads(done.stdout))

    assert look() == []
    tables = ("audit_event", "audit_seal", "audit_checkpoint")
    with psycopg.connect(chain["MIGRATE_DATABASE_URL"], autocommit=True) as owner:
        owner.execute("SET session_replication_role = replica")
        for table in tables:
            owner.execute(f"CREATE TEMPORARY TABLE kept_{table} AS TABLE {table}")
        for statement in statements:
            assert owner.execute(statement).rowcount > 0
        assert look() == expected, what
        for table in tables:
            owner.execute(f"TRUNCATE {table}")
            owner.execute(f"INSERT INTO {table} SELECT * FROM kept_{table}")
    assert look() == []
