"""What is counted before something is allowed, counted by one after the other."""

from __future__ import annotations

from django.db import connection


def wait_turn(what: str, number: int) -> None:
    """Until this transaction ends, whoever counts the same waits: many at once do not slip through.

    `what` and `number` say what is counted and of whom. On SQLite a transaction has the only lock there is.
    """
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s), %s)", [what, number])
