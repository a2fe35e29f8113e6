"""What tests hold on to: no protected row is read without a context, and on PostgreSQL a test runs as the application.

The body of a test (not its fixtures) runs under both. `as_owner()` steps out of the role where a test must.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from typing import Any

from django.db import DatabaseError, connection, connections, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import TransactionTestCase

from cobijo.web.core.access.context import current
from cobijo.web.core.access.database import ROLE, prepare_role
from cobijo.web.core.access.models import protected_tables
from cobijo.web.core.access.rls import guard_sql
from cobijo.web.core.access.row_rules import Conditions

READS = re.compile(r"^\s*(WITH\b|SELECT\b|UPDATE\b|DELETE\b|\()", re.IGNORECASE)


class ReadWithoutAccess(AssertionError):
    """A protected table was read outside of `acting_as`."""


def refuse_unguarded(tables: frozenset[str]) -> Callable[..., Any]:
    """An execute wrapper that fails SELECT, UPDATE and DELETE on protected tables without a context."""
    names = {f'"{table}"' for table in tables}

    def wrapper(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        text = str(sql)
        if current() is None and READS.match(text) and any(name in text for name in names):
            raise ReadWithoutAccess(text[:300])
        return execute(sql, params, many, context)

    return wrapper


@contextmanager
def body_of_a_test(*, uses_database: bool) -> Iterator[None]:
    """Around the body of every test of the site."""
    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(refuse_unguarded(protected_tables())))
        if uses_database and connection.vendor == "postgresql":
            stack.enter_context(as_application())
        yield


@contextmanager
def as_application() -> Iterator[None]:
    """On PostgreSQL: as the role that owns nothing, under row-level security. On SQLite there is nothing to do."""
    with _role(f"SET ROLE {ROLE}"):
        yield


@contextmanager
def as_owner() -> Iterator[None]:
    """On PostgreSQL: as the owner, past row-level security."""
    with _role("RESET ROLE"):
        yield


@contextmanager
def _role(statement: str) -> Iterator[None]:
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        before = cursor.fetchone()[0]
        cursor.execute(statement)
    try:
        yield
    finally:
        # Where the transaction is broken, its end takes the role away as well.
        with suppress(DatabaseError, transaction.TransactionManagementError), connection.cursor() as cursor:
            cursor.execute("RESET ROLE" if before == "none" else f"SET ROLE {before}")


def make_table(model: type[models.Model], rows: Conditions | None = None) -> None:
    """The table of a model that only tests have, under row-level security where `rows` says which. May be repeated."""
    if model._meta.db_table in connection.introspection.table_names():
        return
    with connection.schema_editor() as editor:
        editor.create_model(model)
        if connection.vendor == "postgresql" and rows is not None:
            for statement in guard_sql(model._meta.db_table, rows):
                editor.execute(statement, params=None)


def prepare_database() -> None:
    """Once a test run, after the migrations."""
    prepare_role()


@contextmanager
def without_append_only(used: BaseDatabaseWrapper | None = None) -> Iterator[None]:
    """Lower the triggers: for the end of a test that emptied its tables, and for tests that tamper."""
    used = used or connection
    with used.cursor() as cursor:
        if used.vendor == "postgresql":
            cursor.execute("SET session_replication_role = replica")
            try:
                yield
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")
            return
        cursor.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'append_only%'"
        )
        triggers = cursor.fetchall()
        for name, _sql in triggers:
            cursor.execute(f'DROP TRIGGER "{name}"')
        try:
            yield
        finally:
            for _name, sql in triggers:
                cursor.execute(sql)


#: Of Django itself and the same for every test: made after the migrations, and asked for by name.
KEPT = frozenset({"django_migrations", "django_content_type", "auth_permission"})


def empty_quickly() -> None:
    """Tests with real transactions leave rows behind. Emptied is what has any: Django empties every table, which takes
    PostgreSQL half a second a test. The audit is emptied too, which it would refuse otherwise."""

    def _fixture_teardown(self: TransactionTestCase) -> None:
        for alias in self._databases_names(include_mirrors=False):  # type: ignore[attr-defined]
            used = connections[alias]
            with used.constraint_checks_disabled(), without_append_only(used), used.cursor() as cursor:
                cursor.execute(_filled(alias))
                for (table,) in cursor.fetchall():
                    cursor.execute(f"DELETE FROM {used.ops.quote_name(table)}")

    TransactionTestCase._fixture_teardown = _fixture_teardown  # type: ignore[attr-defined]


@cache
def _filled(alias: str) -> str:
    """Asks which tables have rows."""
    used = connections[alias]
    tables = used.introspection.django_table_names(only_existing=True, include_views=False)
    return " UNION ALL ".join(
        f"SELECT '{one}' WHERE EXISTS (SELECT 1 FROM {used.ops.quote_name(one)})"
        for one in tables
        if one not in KEPT
    )
