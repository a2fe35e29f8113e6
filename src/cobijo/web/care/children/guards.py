"""What the database itself refuses in this wing, as migration operations: changed decisions, unknown steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import migrations, router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

#: Where a row lies may change, since a child goes to another desk with all that is about it.
MOVES = frozenset({"scope_id"})


def added_only(app: str, model: str) -> migrations.RunPython:
    """Rows are added, and moved with their child; nothing else of them changes, and none is removed."""

    def forwards(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if not router.allow_migrate(editor.connection.alias, app):
            return
        meta = apps.get_model(app, model)._meta
        columns = ", ".join(f'"{one.column}"' for one in meta.concrete_fields if one.column not in MOVES)
        for statement in _added_only(meta.db_table, columns, editor.connection.vendor):
            editor.execute(statement, params=None)

    return migrations.RunPython(forwards, migrations.RunPython.noop)


def only_steps(app: str, model: str, steps: Mapping[str, Collection[str]]) -> migrations.RunPython:
    """A row's state goes only from where to where the table says."""

    def forwards(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if not router.allow_migrate(editor.connection.alias, app):
            return
        table = apps.get_model(app, model)._meta.db_table
        allowed = " OR ".join(
            f"(OLD.state = '{one}' AND NEW.state = '{to}')"
            for one, tos in steps.items()
            for to in sorted(tos)
        )
        wrong = f"OLD.state <> NEW.state AND NOT ({allowed})"
        if editor.connection.vendor == "postgresql":
            editor.execute(
                "CREATE OR REPLACE FUNCTION cobijo_only_steps() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                " RAISE EXCEPTION 'no step of the table: % to %', OLD.state, NEW.state; END $$",
                params=None,
            )
            editor.execute(
                f'CREATE TRIGGER only_steps BEFORE UPDATE OF state ON "{table}" FOR EACH ROW'
                f" WHEN ({wrong}) EXECUTE FUNCTION cobijo_only_steps()",
                params=None,
            )
            return
        editor.execute(
            f'CREATE TRIGGER "only_steps_{table}" BEFORE UPDATE OF state ON "{table}" WHEN {wrong}'
            " BEGIN SELECT RAISE(ABORT, 'no step of the table'); END",
            params=None,
        )

    return migrations.RunPython(forwards, migrations.RunPython.noop)


def _added_only(table: str, columns: str, vendor: str) -> list[str]:
    if vendor == "postgresql":
        # Not named append_only: whoever holds that name loses the right to UPDATE, and a move is one.
        return [
            "CREATE OR REPLACE FUNCTION cobijo_added_only() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RAISE EXCEPTION '% is added to, never changed', TG_TABLE_NAME; END $$",
            f'CREATE TRIGGER added_only_update BEFORE UPDATE OF {columns} ON "{table}"'
            " FOR EACH STATEMENT EXECUTE FUNCTION cobijo_added_only()",
            f'CREATE TRIGGER added_only_delete BEFORE DELETE OR TRUNCATE ON "{table}"'
            " FOR EACH STATEMENT EXECUTE FUNCTION cobijo_added_only()",
        ]
    return [
        f'CREATE TRIGGER "append_only_{event.split()[0].lower()}_{table}" BEFORE {event} ON "{table}"'
        f" BEGIN SELECT RAISE(ABORT, '{table} is added to, never changed'); END"
        for event in (f"UPDATE OF {columns}", "DELETE")
    ]
