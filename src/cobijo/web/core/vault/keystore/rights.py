"""The key store on PostgreSQL: its tables have an owner, the application only uses them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from django.db import connections
from psycopg import sql

from cobijo.web.core.vault.router import KEYS

_RIGHTS = (
    "GRANT USAGE ON SCHEMA public TO {role}",
    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}",
    "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}",
    "REVOKE DELETE ON keystore_subjectkey, keystore_kekrow, keystore_erasedkey FROM {role}",
    "REVOKE UPDATE ON keystore_erasedkey FROM {role}",
    "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {role}",
)


def give_rights(environment: Mapping[str, str] = os.environ) -> None:
    """Give the role of `KEYS_DATABASE_URL` what it needs and no more. Run as the owner, after migrations."""
    connection = connections[KEYS]
    parts = urlsplit(environment.get("KEYS_DATABASE_URL", ""))
    if connection.vendor != "postgresql" or not parts.username:
        return
    role = unquote(parts.username)
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = %s", [role])
        if cursor.fetchone()[0]:
            return  # it owns its store: a small house
        for statement in _RIGHTS:
            cursor.execute(sql.SQL(statement).format(role=sql.Identifier(role)))
