"""A PostgreSQL store into a backup and out of it, by COPY in one snapshot: no other program is needed.

Rows under row-level security are all taken: as a role that is above it, or, as the tables' owner (who is under it too),
with every scope named. A row in no scope at all would be left out; that is counted, and such a backup is not made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from cobijo.errors import InputProblem, Refused
from cobijo.web.operations.parcels import Writes, begin

#: Tables of which no row is taken, and columns of which nothing is taken.
NO_ROWS = frozenset({"django_session", "django_migrations"})
EMPTIED = {
    ("jobs_storedfile", "key"): "''::bytea",
    ("jobs_storedfile", "expires_at"): "'2000-01-01Z'::timestamptz",
}
_PLAIN = (
    "SET timezone = 'UTC'", "SET datestyle = 'ISO'", "SET intervalstyle = 'postgres'",
    "SET extra_float_digits = 3", "SET bytea_output = 'hex'", "SET client_encoding = 'UTF8'",
)  # fmt: skip


@contextmanager
def connected(settings: Mapping[str, Any]) -> Iterator[psycopg.Connection[Any]]:
    """A connection from Django's settings of a database; what it says never repeats a password."""
    try:
        connection = psycopg.connect(
            dbname=settings["NAME"],
            user=settings["USER"] or None,
            password=settings["PASSWORD"] or None,
            host=settings["HOST"] or None,
            port=settings["PORT"] or None,
            autocommit=True,
            **settings.get("OPTIONS", {}),
        )
    except psycopg.OperationalError:
        raise InputProblem("operations.database_unreachable") from None
    with connection:
        for statement in _PLAIN:
            connection.execute(statement)
        yield connection


def take(settings: Mapping[str, Any], target: Writes) -> dict[str, Any]:
    """Put every table, as of one moment, into the backup; returns its part of the manifest."""
    with connected(settings) as connection, connection.transaction():
        connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        _see_everything(connection)
        names = _tables(connection)
        tables = {}
        for name in names:
            parcel = begin(target, f"table {name}")
            tables[name] = _copy_out(connection, name, parcel.write, empty=True)
            parcel.end()
        return {
            "vendor": "postgresql",
            "tables": tables,
            "sequences": _sequences(connection, names),
            "migrations": _migrations(connection),
        }


def _see_everything(connection: psycopg.Connection[Any]) -> None:
    row = connection.execute(
        "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if row is not None and row[0]:
        connection.execute("SET LOCAL row_security = off")
        return
    there = connection.execute("SELECT to_regclass('access_scope') IS NOT NULL").fetchone()
    if there is None or not there[0]:
        return
    connection.execute(
        "SELECT set_config('app.reads', '{*}', true),"
        " set_config('app.scopes', (SELECT COALESCE(array_agg(id), '{}')::text FROM access_scope), true)"
    )
    guarded = connection.execute(
        "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity"
        " AND relnamespace = current_schema()::regnamespace"
    ).fetchall()
    owned = connection.execute(
        "SELECT bool_and(pg_has_role(relowner, 'USAGE')) FROM pg_class"
        " WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace"
    ).fetchone()
    if guarded and (owned is None or not owned[0]):
        raise Refused("operations.backup_needs_owner")


def _tables(connection: psycopg.Connection[Any]) -> list[str]:
    rows = connection.execute(
        "SELECT tablename FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename"
    )
    return [name for (name,) in rows if name not in NO_ROWS]


def _columns(connection: psycopg.Connection[Any], table: str) -> list[str]:
    rows = connection.execute(
        "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped"
        " AND attgenerated = '' ORDER BY attname",
        [_quoted(table)],
    )
    return [name for (name,) in rows]


def _key(connection: psycopg.Connection[Any], table: str) -> list[str]:
    rows = connection.execute(
        "SELECT a.attname FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (number, place)"
        " JOIN pg_attribute a ON a.attnum = k.number WHERE i.indrelid = %s::regclass AND a.attrelid = i.indrelid"
        " AND i.indisprimary ORDER BY k.place",
        [_quoted(table)],
    )
    return [name for (name,) in rows]


def _copy_out(connection: psycopg.Connection[Any], table: str, write: Any, *, empty: bool) -> dict[str, Any]:
    columns = _columns(connection, table)
    chosen = [
        sql.SQL(EMPTIED[table, name]) if empty and (table, name) in EMPTIED else sql.Identifier(name)
        for name in columns
    ]
    order = [sql.Identifier(name) for name in _key(connection, table) or columns]
    query = sql.SQL("COPY (SELECT {} FROM {} ORDER BY {}) TO STDOUT").format(
        sql.SQL(", ").join(chosen), sql.Identifier(table), sql.SQL(", ").join(order)
    )
    digest, rows = hashlib.sha256(",".join(columns).encode() + b"\n"), 0
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for block in copy:
            digest.update(block)
            rows += bytes(block).count(b"\n")
            write(block)
    return {"rows": rows, "sha256": digest.hexdigest(), "columns": columns}


def _sequences(connection: psycopg.Connection[Any], names: list[str]) -> dict[str, int]:
    found = {}
    for table in names:
        for column in _columns(connection, table):
            row = connection.execute(
                "SELECT pg_get_serial_sequence(%s, %s)", [_quoted(table), column]
            ).fetchone()
            if row is None or row[0] is None:
                continue
            last = connection.execute(f"SELECT last_value FROM {row[0]}").fetchone()  # noqa: S608
            found[f"{table}.{column}"] = last[0] if last else 1
    return found


def _migrations(connection: psycopg.Connection[Any]) -> list[list[str]]:
    return [list(row) for row in connection.execute("SELECT app, name FROM django_migrations ORDER BY id")]


def _quoted(table: str) -> str:
    return '"' + table.replace('"', '""') + '"'


# --- Back into tables that `migrate` has made, as their owner


def is_empty(settings: Mapping[str, Any]) -> bool:
    with connected(settings) as connection:
        return not _tables(connection)


@contextmanager
def putting_back(settings: Mapping[str, Any]) -> Iterator[psycopg.Connection[Any]]:
    """One transaction in which every table is empty and takes rows; at its end all guards stand again."""
    with connected(settings) as connection, connection.transaction():
        names = _tables(connection)
        guarded = {
            name
            for (name,) in connection.execute(
                "SELECT relname FROM pg_class WHERE relforcerowsecurity"
                " AND relnamespace = current_schema()::regnamespace"
            )
        }
        for name in names:
            connection.execute(_alter(name, "DISABLE TRIGGER USER"))
            if name in guarded:
                connection.execute(_alter(name, "NO FORCE ROW LEVEL SECURITY"))
        everything = sql.SQL(", ").join(sql.Identifier(name) for name in names)
        connection.execute(sql.SQL("TRUNCATE {} CASCADE").format(everything))
        yield connection
        connection.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in names:
            connection.execute(_alter(name, "ENABLE TRIGGER USER"))
            if name in guarded:
                connection.execute(_alter(name, "FORCE ROW LEVEL SECURITY"))


def _alter(table: str, what: str) -> sql.Composed:
    return sql.SQL("ALTER TABLE {} " + what).format(sql.Identifier(table))


def copy_in(connection: psycopg.Connection[Any], table: str, blocks: Iterator[bytes]) -> None:
    query = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, _columns(connection, table)))
    )
    with connection.cursor() as cursor, cursor.copy(query) as copy:
        for block in blocks:
            copy.write(block)


def check(connection: psycopg.Connection[Any], manifest: Mapping[str, Any]) -> None:
    """Every table as it was, by its hash; then the sequences go on after what they had given."""
    for name, facts in manifest["tables"].items():
        if _copy_out(connection, name, lambda block: None, empty=False) != facts:
            raise InputProblem("operations.backup_differs")
    for place, last in manifest["sequences"].items():
        table, _, column = place.rpartition(".")
        connection.execute(
            "SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [_quoted(table), column, last]
        )
