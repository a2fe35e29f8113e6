"""Places: what sealed bytes are bound to, and row numbers known before the row is there."""

from __future__ import annotations

from django.db import connections, models, router, transaction


def place(model: type[models.Model], field: str, row: int, version: int) -> str:
    """`model|field|row|version`. A row without a number has no place yet: see `reserve_ids`."""
    if row is None:
        raise ValueError("a row needs its number before it is sealed: reserve_ids")
    return f"{model._meta.label_lower}|{field}|{row}|{version}"


def reserve_ids(model: type[models.Model], count: int) -> list[int]:
    """Numbers for new rows, to be given at `bulk_create`; numbers not used are gaps, as after a rollback.

    On SQLite the transaction must have taken its write lock (`IMMEDIATE`, as the settings say), so that nobody else
    gets the same ones.
    """
    connection = connections[router.db_for_write(model)]
    table, column = model._meta.db_table, str(model._meta.pk.column)
    if count < 1:
        return []
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', column, count],
            )
            return [number for (number,) in cursor.fetchall()]
        if not connection.in_atomic_block:
            raise transaction.TransactionManagementError("reserve_ids needs a transaction")
        quoted = connection.ops.quote_name(table)
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        kept = cursor.fetchone()
        cursor.execute(f"SELECT COALESCE(MAX({connection.ops.quote_name(column)}), 0) FROM {quoted}")  # noqa: S608
        last = max(int(kept[0]) if kept else 0, int(cursor.fetchone()[0]))
    return list(range(last + 1, last + count + 1))
