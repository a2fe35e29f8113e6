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

from cobijo.web.core.access import row_rules


def enable_rls(
    table: str,
    kind: str,
    *,
    author: str | None = "changed_by_id",
    under: tuple[str, str] | None = None,
) -> RowLevelSecurity:
    """Guard a table whose rows are records of one kind, row by row on its `scope_id`.

    Without a context there are no rows, and never an error. `under` is what the kind was registered with.

    `author` names the column with the account that wrote the row last. PostgreSQL reads a row back when it writes it
    (INSERT … RETURNING, UPDATE … WHERE), so a row put into a drop must be readable by its author while the drop is
    open. A table without such a column (None) takes drops only by an INSERT that returns nothing.
    """
    return RowLevelSecurity(table, row_rules.of_one_kind(kind, author=author, under=under))


def enable_rls_by_kind(table: str, *, author: str | None, key_of: str | None = None) -> RowLevelSecurity:
    """The same for a table whose rows say in `kind` and `record_id` what they belong to: histories, blind tokens.

    `key_of` names the guarded table of the records under which those lie, whose key their `key_id` is.
    """
    return RowLevelSecurity(table, row_rules.of_many_kinds(table, author=author, key_of=key_of))


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
    def __init__(self, table: str, conditions: row_rules.Conditions) -> None:
        self.table = table
        self.conditions = conditions

    def database_forwards(
        self, app_label: str, schema_editor: BaseDatabaseSchemaEditor, from_state: Any, to_state: Any
    ) -> None:
        if not router.allow_migrate(schema_editor.connection.alias, app_label):
            return  # the key store is another database, without these tables
        if schema_editor.connection.vendor == "postgresql":
            for statement in guard_sql(self.table, self.conditions):
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


def guard_sql(table: str, rows: row_rules.Conditions) -> list[str]:
    """Statements that put a table under row-level security, its owner included."""
    return [
        f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
        f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
        f'CREATE POLICY rows_read ON "{table}" FOR SELECT USING ({rows.read})',
        f'CREATE POLICY rows_added ON "{table}" FOR INSERT WITH CHECK ({rows.added})',
        f'CREATE POLICY rows_changed ON "{table}" FOR UPDATE USING ({rows.changed}) WITH CHECK ({rows.becomes})',
        f'CREATE POLICY rows_removed ON "{table}" FOR DELETE USING ({rows.changed})',
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
