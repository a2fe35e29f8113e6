"""What the database itself refuses in this wing, as migration operations: changed decisions, unknown steps."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db import migrations, models, router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

#: Where a row lies may change, since a child goes to another desk with all that is about it.
MOVES = frozenset({"scope_id"})
#: What `added_only` makes for a table.
ON_POSTGRESQL = ("added_only_update", "added_only_delete", "added_only_blanked")
ON_SQLITE = ("append_only_update", "append_only_delete", "added_only_blanked")


def added_only(app: str, model: str, *, blanked: Collection[str] = ()) -> migrations.RunPython:
    """Rows are added, and moved with their child; nothing else of them changes, and none is removed.

    `blanked`: what an erasure takes away. Of a day or a time its year may stay, of a text and of what is sealed
    nothing; no other change of these.
    """

    def forwards(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if not router.allow_migrate(editor.connection.alias, app):
            return
        meta = apps.get_model(app, model)._meta
        vendor = editor.connection.vendor
        free = MOVES | set(blanked)
        columns = ", ".join(f'"{one.column}"' for one in meta.concrete_fields if one.column not in free)
        statements = _added_only(meta.db_table, columns, vendor)
        if blanked:
            fields = [meta.get_field(name) for name in sorted(blanked)]
            statements.append(_only_blanked(meta.db_table, fields, vendor))
        for statement in statements:
            editor.execute(statement, params=None)

    return migrations.RunPython(forwards, migrations.RunPython.noop)


def blanked_anew(app: str, model: str, *, blanked: Collection[str]) -> migrations.RunPython:
    """Instead of what an earlier `added_only` said of the same table: what may be taken away is another set now."""

    def forwards(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if not router.allow_migrate(editor.connection.alias, app):
            return
        table = apps.get_model(app, model)._meta.db_table
        if editor.connection.vendor == "postgresql":
            dropped = [f'DROP TRIGGER IF EXISTS {name} ON "{table}"' for name in ON_POSTGRESQL]
        else:
            dropped = [f'DROP TRIGGER IF EXISTS "{name}_{table}"' for name in ON_SQLITE]
        for statement in dropped:
            editor.execute(statement, params=None)
        added_only(app, model, blanked=blanked).code(apps, editor)

    return migrations.RunPython(forwards, migrations.RunPython.noop)


def only_steps(
    app: str, model: str, steps: Mapping[str, Collection[str]], *, column: str = "state"
) -> migrations.RunPython:
    """A row's state goes only from where to where the table says."""

    def forwards(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        if not router.allow_migrate(editor.connection.alias, app):
            return
        table = apps.get_model(app, model)._meta.db_table
        allowed = " OR ".join(
            f"(OLD.{column} = '{one}' AND NEW.{column} = '{to}')"
            for one, tos in steps.items()
            for to in sorted(tos)
        )
        wrong = f"OLD.{column} <> NEW.{column} AND NOT ({allowed})"
        if editor.connection.vendor == "postgresql":
            editor.execute(
                "CREATE OR REPLACE FUNCTION cobijo_only_steps() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
                " RAISE EXCEPTION 'no step of the table of %', TG_TABLE_NAME; END $$",
                params=None,
            )
            editor.execute(
                f'CREATE TRIGGER only_steps BEFORE UPDATE OF {column} ON "{table}" FOR EACH ROW'
                f" WHEN ({wrong}) EXECUTE FUNCTION cobijo_only_steps()",
                params=None,
            )
            return
        editor.execute(
            f'CREATE TRIGGER "only_steps_{table}" BEFORE UPDATE OF {column} ON "{table}" WHEN {wrong}'
            " BEGIN SELECT RAISE(ABORT, 'no step of the table'); END",
            params=None,
        )

    return migrations.RunPython(forwards, migrations.RunPython.noop)


def _only_blanked(table: str, fields: Sequence[Any], vendor: str) -> str:
    """Refuses every change of these columns but to what is left of them. An empty one stays empty."""
    same = "IS NOT DISTINCT FROM" if vendor == "postgresql" else "IS"
    allowed = " AND ".join(
        f'(NEW."{one.column}" {same} OLD."{one.column}" OR NEW."{one.column}" {same} {_left(one, vendor)})'
        for one in fields
    )
    named = ", ".join(f'"{one.column}"' for one in fields)
    if vendor == "postgresql":
        return (
            f'CREATE TRIGGER added_only_blanked BEFORE UPDATE OF {named} ON "{table}" FOR EACH ROW'
            f" WHEN (NOT ({allowed})) EXECUTE FUNCTION cobijo_added_only()"
        )
    return (
        f'CREATE TRIGGER "added_only_blanked_{table}" BEFORE UPDATE OF {named} ON "{table}"'
        f" WHEN NOT ({allowed}) BEGIN SELECT RAISE(ABORT, '{table} is added to, never changed'); END"
    )


def _left(field: Any, vendor: str) -> str:
    """What an erasure leaves of a field, in SQL."""
    old = f'OLD."{field.column}"'
    on_postgresql = vendor == "postgresql"
    if isinstance(field, models.DateTimeField):  # before DateField, of which it is one
        if on_postgresql:
            return f"(date_trunc('year', {old} AT TIME ZONE 'UTC') AT TIME ZONE 'UTC')"
        return f"(substr({old}, 1, 4) || '-01-01 00:00:00')"
    if isinstance(field, models.DateField):
        if on_postgresql:
            return f"make_date(EXTRACT(YEAR FROM {old})::int, 1, 1)"
        return f"(substr({old}, 1, 4) || '-01-01')"
    if isinstance(field, models.BinaryField):
        return "''::bytea" if on_postgresql else "x''"
    return "''"


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
