"""The application's own role on PostgreSQL: it owns nothing, sees only what row-level security shows, and cannot
change what is append-only."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from django.db import connection
from psycopg import sql

from cobijo.errors import WrongUsage

ROLE = "cobijo_app"


def application_role(environment: Mapping[str, str] = os.environ) -> tuple[str, str | None]:
    """Name and password of the role that `DATABASE_URL` connects as."""
    parts = urlsplit(environment.get("DATABASE_URL", ""))
    if not parts.scheme.startswith("postgres") or not parts.username:
        return ROLE, None
    return unquote(parts.username), unquote(parts.password) if parts.password else None


def prepare_role(name: str = ROLE, password: str | None = None) -> None:
    """Create the application's role, or mend it, and give it what it needs and no more. May be repeated.

    Run as the owner of the tables, after every migration: tables that are append-only are found by their trigger.
    """
    if connection.vendor != "postgresql":
        return
    role = sql.Identifier(name)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper OR rolbypassrls, current_user = rolname FROM pg_roles WHERE rolname = %s", [name]
        )
        found = cursor.fetchone()
        if found is not None and found[1]:
            raise WrongUsage("operations.owner_is_application")
        if found is None:
            # Two may do this at once; the second finds it done.
            cursor.execute(
                sql.SQL(
                    "DO $do$ BEGIN CREATE ROLE {role} LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE;"
                    " EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $do$"
                ).format(role=role)
            )
        elif found[0]:
            cursor.execute(sql.SQL("ALTER ROLE {role} NOSUPERUSER NOBYPASSRLS").format(role=role))
        if password is not None:
            cursor.execute(
                sql.SQL("ALTER ROLE {role} PASSWORD {password}").format(
                    role=role, password=sql.Literal(password)
                )
            )
        for statement in _RIGHTS:
            cursor.execute(sql.SQL(statement).format(role=role))
        cursor.execute(
            "SELECT c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid"
            " JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE t.tgname = 'append_only' AND n.nspname = current_schema()"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(
                sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {table} FROM {role}").format(
                    table=sql.Identifier(table), role=role
                )
            )
        cursor.execute(
            sql.SQL("REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}").format(role=role)
        )
        # What looks past row-level security in its owner's name is for the application alone.
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace"
            " WHERE p.prosecdef AND n.nspname = current_schema()"
        )
        for (function,) in cursor.fetchall():
            known = sql.SQL(function)  # as the database itself writes it, quoted where it must be
            cursor.execute(sql.SQL("REVOKE ALL ON FUNCTION {f} FROM PUBLIC").format(f=known))
            cursor.execute(sql.SQL("GRANT EXECUTE ON FUNCTION {f} TO {role}").format(f=known, role=role))


_RIGHTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "REVOKE CREATE ON SCHEMA public FROM {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "REVOKE TRUNCATE, TRIGGER, REFERENCES ON ALL TABLES IN SCHEMA public FROM {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role}",
    "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {role}",
)


def unguarded_tables() -> list[str]:
    """Tables that should be under forced row-level security and are not; empty is right. PostgreSQL only."""
    from cobijo.web.core.access.models import protected_tables

    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relrowsecurity AND relforcerowsecurity"
        )
        guarded = {name for (name,) in cursor.fetchall()}
    return sorted(protected_tables() - guarded)
