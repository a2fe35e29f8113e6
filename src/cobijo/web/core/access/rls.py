"""The second line: row-level security and append-only tables, as migration operations.

On SQLite `enable_rls` does nothing: SQLite has no such thing, and is for the demonstration and one laptop. The
append-only triggers hold on both.
"""

from __future__ import annotations

from typing import Any

from django.db import router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_ARRAY = "COALESCE(NULLIF(current_setting('app.{name}', true), '')::bigint[], '{{}}')"
_SCOPES, _DROPS = _ARRAY.format(name="scopes"), _ARRAY.format(name="drops")
# Each setting is read in a sub-select, so once a statement and not once a row: with 500 scopes and 250,000 rows that
# is 0.2 s instead of 11 s.
SCOPES = f"(SELECT {_SCOPES})::bigint[]"
REACH = f"(SELECT {_SCOPES} || {_DROPS})::bigint[]"
NO_DROPS = f"(SELECT cardinality({_DROPS}) = 0)"
ACCOUNT = "(SELECT NULLIF(NULLIF(current_setting('app.account', true), ''), '0')::bigint)"


def enable_rls(table: str, *, author: str | None = "changed_by_id") -> RowLevelSecurity:
    """Guard a table row by row on its `scope_id`. Without a context there are no rows, and never an error.

    `author` names the column with the account that wrote the row last. PostgreSQL reads a row back when it writes it
    (INSERT … RETURNING, UPDATE … WHERE), so a row put into a drop must be readable by its author while the drop is
    open. A table without such a column (None) takes drops only by an INSERT that returns nothing.
    """
    return RowLevelSecurity(table, author)


def append_only(table: str) -> AppendOnly:
    """Let rows be added to a table and never changed or removed, whoever asks."""
    return AppendOnly(table)


class _OnDatabase(Operation):
    """An operation that changes the database and leaves the models alone."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        return None


class RowLevelSecurity(_OnDatabase):
    def __init__(self, table: str, author: str | None = "changed_by_id") -> None:
        self.table = table
        self.author = author

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if not router.allow_migrate(schema_editor.connection.alias, app_label):
            return  # the key store is another database, without these tables
        if schema_editor.connection.vendor == "postgresql":
            for statement in guard_sql(self.table, author=self.author):
                schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if not router.allow_migrate(schema_editor.connection.alias, app_label):
            return
        if schema_editor.connection.vendor == "postgresql":
            for policy in POLICIES:
                schema_editor.execute(f'DROP POLICY IF EXISTS {policy} ON "{self.table}"')
            schema_editor.execute(f'ALTER TABLE "{self.table}" DISABLE ROW LEVEL SECURITY')

    def describe(self) -> str:
        return f"Row-level security on {self.table}"


class AppendOnly(_OnDatabase):
    def __init__(self, table: str) -> None:
        self.table = table

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if not router.allow_migrate(schema_editor.connection.alias, app_label):
            return
        for statement in append_only_sql(self.table, schema_editor.connection.vendor):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if not router.allow_migrate(schema_editor.connection.alias, app_label):
            return
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f'DROP TRIGGER IF EXISTS append_only ON "{self.table}"')
        else:
            for event in ("update", "delete"):
                schema_editor.execute(f'DROP TRIGGER IF EXISTS "append_only_{event}_{self.table}"')

    def describe(self) -> str:
        return f"Rows of {self.table} are added, never changed or removed"


POLICIES = ("rows_read", "rows_added", "rows_changed", "rows_removed")


def guard_sql(table: str, *, author: str | None) -> list[str]:
    """Statements that put a table under row-level security, its owner included."""
    reached, into = f"scope_id = ANY ({SCOPES})", f"scope_id = ANY ({REACH})"
    read = reached if author is None else f'{into} AND ({NO_DROPS} OR "{author}" = {ACCOUNT} OR {reached})'
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY rows_read ON "{table}" FOR SELECT USING ({read})',
        f'CREATE POLICY rows_added ON "{table}" FOR INSERT WITH CHECK ({into})',
        f'CREATE POLICY rows_changed ON "{table}" FOR UPDATE USING ({reached}) WITH CHECK ({into})',
        f'CREATE POLICY rows_removed ON "{table}" FOR DELETE USING ({reached})',
    ]


def append_only_sql(table: str, vendor: str) -> list[str]:
    """Triggers that refuse UPDATE, DELETE and, where it exists, TRUNCATE."""
    if vendor == "postgresql":
        return [
            "CREATE OR REPLACE FUNCTION cobijo_append_only() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME; END $$",
            f'CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON "{table}"'
            " FOR EACH STATEMENT EXECUTE FUNCTION cobijo_append_only()",
        ]
    return [
        f'CREATE TRIGGER "append_only_{event}_{table}" BEFORE {event.upper()} ON "{table}"'
        f" BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for event in ("update", "delete")
    ]
