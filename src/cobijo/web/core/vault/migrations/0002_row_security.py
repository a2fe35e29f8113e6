"""Tokens are guarded row by row. Two functions of the owner look past it: one answers yes or no, one forgets the erased."""

from __future__ import annotations

from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from cobijo.web.core.access.rls import enable_rls_by_kind

# Every token costs one look into the index, found or not, and all are looked up: the time says nothing of the answer.
# The owner is under row-level security too (FORCE); its policy opens only while these functions run, which set
# app.definer for themselves and take it back. Whoever else sets it gains nothing: the policy is the owner's alone.
# set_config needs no right; `SET app.definer` on the function would need a superuser or GRANT SET ON PARAMETER.
_SQL = """
CREATE POLICY definer ON {schema}.vault_blindtoken TO CURRENT_USER
    USING (current_setting('app.definer', true) = 'on');
CREATE FUNCTION {schema}.vault_match(purpose text, tokens bytea[]) RETURNS boolean
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    answer boolean;
BEGIN
    PERFORM set_config('app.definer', 'on', true);
    SELECT count(*) FILTER (WHERE asked.hit) > 0 INTO answer
    FROM (
        SELECT EXISTS (
            SELECT 1 FROM {schema}.vault_blindtoken kept WHERE kept.token = one.token AND kept.purpose = $1
        ) AS hit
        FROM unnest($2) AS one (token)
    ) AS asked;
    PERFORM set_config('app.definer', '', true);
    RETURN answer;
END $$;
CREATE FUNCTION {schema}.vault_forget(keys uuid[]) RETURNS bigint
    LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    count_gone bigint;
BEGIN
    PERFORM set_config('app.definer', 'on', true);
    WITH gone AS (
        DELETE FROM {schema}.vault_blindtoken kept
        USING {schema}.vault_erasure erased
        WHERE kept.key_id = erased.key_id AND erased.key_id = ANY ($1)
        RETURNING 1
    )
    SELECT count(*) INTO count_gone FROM gone;
    PERFORM set_config('app.definer', '', true);
    RETURN count_gone;
END $$;
REVOKE EXECUTE ON FUNCTION {schema}.vault_match(text, bytea[]), {schema}.vault_forget(uuid[]) FROM PUBLIC;
"""
_BACK = """
DROP FUNCTION IF EXISTS {schema}.vault_forget(uuid[]);
DROP FUNCTION IF EXISTS {schema}.vault_match(text, bytea[]);
DROP POLICY IF EXISTS definer ON {schema}.vault_blindtoken;
"""


def _run(editor: BaseDatabaseSchemaEditor, sql: str) -> None:
    if editor.connection.vendor != "postgresql":
        return
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT quote_ident(current_schema())")
        schema = cursor.fetchone()[0]
        cursor.execute(sql.format(schema=schema))


def forwards(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    _run(editor, _SQL)


def backwards(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    _run(editor, _BACK)


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_initial")]

    operations = [
        enable_rls_by_kind("vault_blindtoken", author=None),
        migrations.RunPython(forwards, backwards),
    ]
