"""A SQLite store into a backup and out of it: SQLite's own backup call, which is consistent while others write."""

from __future__ import annotations

import errno
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from cobijo.errors import InputProblem
from cobijo.web.operations.parcels import Writes, begin

#: Rows that no backup takes: sessions, and the keys of files in the outbox, which no backup takes either.
FORGOTTEN = {
    "django_session": "DELETE FROM django_session",
    "jobs_storedfile": "UPDATE jobs_storedfile SET key = x'', expires_at = '2000-01-01 00:00:00'",
}


def take(database: Path, target: Writes, scratch: Path) -> dict[str, Any]:
    """Put a consistent copy of a database into the backup; returns its part of the manifest."""
    copy = scratch / "copy.sqlite3"
    try:
        with (
            closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True, timeout=60)) as source,
            closing(sqlite3.connect(copy, isolation_level=None)) as kept,
        ):
            source.backup(kept)  # all pages in one read: writers go on in the log meanwhile
            kept.execute("PRAGMA journal_mode = DELETE")
            kept.execute("PRAGMA secure_delete = ON")
            there = set(_tables(kept))
            for table, statement in FORGOTTEN.items():
                if table in there:
                    kept.execute(statement)
            kept.execute("VACUUM")
            manifest = examine(kept)
        parcel = begin(target, "sqlite3")
        with copy.open("rb") as file:
            while block := file.read(1 << 20):
                parcel.write(block)
        parcel.end()
    except sqlite3.OperationalError as problem:
        if problem.sqlite_errorname.startswith(("SQLITE_FULL", "SQLITE_IOERR")):
            raise OSError(errno.ENOSPC, "no room for the copy") from problem
        raise InputProblem("operations.database_damaged") from problem
    finally:
        for left in scratch.glob("copy.sqlite3*"):
            left.unlink()
    return manifest


def put_back(blocks: Iterator[bytes], path: Path) -> None:
    """Write the database of a backup to a path."""
    with path.open("xb") as file:
        for block in blocks:
            file.write(block)


def check(path: Path, manifest: dict[str, Any]) -> None:
    """Every table as it was, by its hash; the file sound by SQLite's own examination."""
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        if examine(database)["tables"] != manifest["tables"]:
            raise InputProblem("operations.backup_differs")


def examine(database: sqlite3.Connection) -> dict[str, Any]:
    """Rows and hash of every table, after SQLite has found the file sound."""
    try:
        sound = database.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if sound != "ok" or database.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise InputProblem("operations.database_damaged")
        tables = {name: _table(database, name) for name in _tables(database)}
    except sqlite3.DatabaseError as problem:
        raise InputProblem("operations.database_damaged") from problem
    return {"vendor": "sqlite", "tables": tables}


def _tables(database: sqlite3.Connection) -> list[str]:
    rows = database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    )
    return [name for (name,) in rows]


def _table(database: sqlite3.Connection, name: str) -> dict[str, Any]:
    columns = database.execute(f'PRAGMA table_info("{name}")').fetchall()
    key = [f'"{column[1]}"' for column in sorted(columns, key=lambda one: one[5]) if column[5]] or ["rowid"]
    digest, count = hashlib.sha256(json.dumps([column[1] for column in columns]).encode()), 0
    for row in database.execute(f'SELECT * FROM "{name}" ORDER BY {", ".join(key)}'):  # noqa: S608 - names of tables
        digest.update(json.dumps([_plain(value) for value in row]).encode())
        count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


def _plain(value: Any) -> Any:
    return {"bytes": value.hex()} if isinstance(value, bytes) else value
