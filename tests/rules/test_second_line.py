"""The database alone, with nothing of the application's policy asked: plain SQL, as the application's own role.

Generated over all tables that are guarded row by row, times a person of every role.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from cobijo.web.core.access.context import acting_as, acting_as_system
from cobijo.web.core.access.models import protected_tables
from cobijo.web.core.accounts.roles import Role
from tests.rules import oracle
from tests.rules.factories import row_of
from tests.rules.world import ELSEWHERE, World
from tests.web.guard import as_owner

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.usefixtures("notes", "on_postgresql"),
]
#: The site's own tables and the two of the examples; what other tests bring along is theirs to prove.
OWN = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("cobijo.")}
TABLES = sorted((protected_tables() & OWN) | {"demo_note", "demo_remark"})

#: Tables that name a scope and are not guarded: who opened what in an emergency (a kind of its own), and the
#: codes of children and packets, because whoever types a code has no context yet (hashes, ids, nothing about anybody).
OPEN_ON_PURPOSE = {"access_breakglass", "sharing_code"}


@contextmanager
def owning() -> Iterator[None]:
    """As the owner of the tables, past every guard: to fill them and to count what is really there."""
    with as_owner(), acting_as_system("test", scopes="all"):
        yield


def rows(sql: str, params: Any = ()) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return list(cursor.fetchall())


def changed(sql: str, params: Any = ()) -> int:
    """Rows that a statement changed; refused with an error is none."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, params)
            return int(cursor.rowcount)
    except DatabaseError:
        return 0


def filled(world: World, table: str) -> dict[int, str]:
    """A row in every place; which scope is which place."""
    with owning():
        for at in world.everywhere():
            row_of(table)(at)
    return {at.scope.pk: at.name for at in world.everywhere()}


def people(world: World) -> Iterator[tuple[Role, Any, set[int]]]:
    """Role, account, and the scopes that it reaches by the second reader."""
    for role, account in world.people.items():
        names = oracle.WORKS_AT.get(role, set()) | oracle.OVERSEES.get(role, set())
        reached = {world.place(role, name).scope.pk for name in names}
        if role in oracle.OVERSEES:
            reached |= {at.scope.pk for at in world.everywhere() if at.name not in ELSEWHERE}
        yield role, account, reached


def test_the_role_has_no_way_around(db: None) -> None:
    [[name, superuser, bypass]] = rows(
        "SELECT current_user::text, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
    )
    assert (name, superuser, bypass) == ("cobijo_app", False, False)
    guarded = {
        table: (on, forced, owner)
        for table, on, forced, owner in rows(
            "SELECT relname, relrowsecurity, relforcerowsecurity, relowner::regrole::text FROM pg_class"
            " WHERE relkind = 'r' AND relname = ANY (%s)",
            [TABLES],
        )
    }
    assert set(guarded) == set(TABLES)
    for table, (on, forced, owner) in guarded.items():
        assert on, table
        assert forced, table
        assert owner != "cobijo_app", table


def test_every_table_with_a_scope_is_guarded() -> None:
    """A table that says where a row lies, and is guarded by nothing, would be a way around."""
    with_scope = {
        model._meta.db_table for model in apps.get_models()
        if any(field.column == "scope_id" for field in model._meta.concrete_fields)
    }  # fmt: skip
    assert with_scope - protected_tables() - OPEN_ON_PURPOSE == set()


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_seen_beyond_the_places_of_a_person(world: World, table: str) -> None:
    places = filled(world, table)
    with owning():
        everything = {one for [one] in rows(f'SELECT DISTINCT scope_id FROM "{table}"')}
    assert everything >= set(places)
    for role, account, reached in people(world):
        with acting_as(account, "test"):
            assert {one for [one] in rows(f'SELECT scope_id FROM "{table}"')} == reached, role


@pytest.mark.parametrize("table", TABLES)
def test_no_row_is_written_beyond_the_places_of_a_person(world: World, table: str) -> None:
    filled(world, table)
    with owning():
        names = [one for [one] in rows(
            "SELECT column_name::text FROM information_schema.columns WHERE table_name = %s"
            " AND is_generated = 'NEVER' ORDER BY ordinal_position", [table],
        )]  # fmt: skip
    columns = ", ".join(f'"{one}"' for one in names)
    marks = ", ".join(["%s"] * len(names))
    for role, account, reached in people(world):
        hidden = sorted({at.scope.pk for at in world.everywhere()} - reached)
        with owning():
            before = rows(f'SELECT count(*) FROM "{table}"')
            there = rows(f'SELECT {columns} FROM "{table}" WHERE scope_id = ANY (%s)', [hidden])[0]
        with acting_as(account, "test"):
            assert (
                changed(f'UPDATE "{table}" SET scope_id = scope_id WHERE scope_id = ANY (%s)', [hidden]) == 0
            )
            assert changed(f'DELETE FROM "{table}" WHERE scope_id = ANY (%s)', [hidden]) == 0
            assert changed(f'UPDATE "{table}" SET scope_id = %s', [hidden[0]]) == 0, "moved away unseen"
            with (
                pytest.raises(DatabaseError, match=r"row-level security|permission denied"),
                transaction.atomic(),
            ):
                rows(f'INSERT INTO "{table}" ({columns}) VALUES ({marks}) RETURNING 1', there)
        with owning():
            assert rows(f'SELECT count(*) FROM "{table}"') == before, role


@pytest.mark.parametrize("table", TABLES)
def test_without_a_context_there_are_no_rows_and_no_error(world: World, table: str) -> None:
    filled(world, table)
    for scopes in (None, "", "{}"):
        if scopes is not None:
            rows("SELECT set_config('app.scopes', %s, true)", [scopes])
        # Spelled so that the tests' own guard, which looks for reads without a context, lets it through.
        assert rows(f"SELECT count(*) FROM (TABLE {table}) AS hidden") == [(0,)]
