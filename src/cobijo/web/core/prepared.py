"""The two statements that every transaction of the site runs, prepared once a connection.

Django writes the parameters into the text, which the database then parses and plans anew: five times the work for an
event of the audit. Only for statements without a model's rows: query counters and execute wrappers do not see them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db import connection


def execute(statement: str, params: Sequence[Any]) -> tuple[Any, ...]:
    """Run a statement that returns one row, in the transaction that is open; errors are Django's."""
    if connection.vendor != "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(statement, params)
            return cursor.fetchone() or ()
    import psycopg

    connection.ensure_connection()
    connection.validate_no_broken_transaction()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement, params, prepare=True)
        return cursor.fetchone() or ()
