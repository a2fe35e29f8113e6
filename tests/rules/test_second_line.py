"""The database alone, with nothing of the application's policy asked: plain SQL, as the application's own role.

Generated over all tables that are guarded row by row and the kinds that lie in them, times a person of every role,
times every place. What the database shows with the policy switched off is what the second reader of the grants
expects, and what the policy itself shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from cobijo.web.core.access.context import Glass, acting_as, acting_as_system, entered
from cobijo.web.core.access.kinds import kind_of, value
from cobijo.web.core.access.models import protected_tables
from cobijo.web.core.access.policy import visible
from cobijo.web.core.access.second_line import SETTINGS, UNDER_GLASS
from cobijo.web.core.accounts.roles import Role
from tests.rules import oracle
from tests.rules.factories import kinds_in, row_of
from tests.rules.world import World
from tests.web.guard import as_owner

pytestmark = [
    pytest.mark.django_db(databases=["default", "keys"]),
    pytest.mark.usefixtures("notes", "on_postgresql"),
]
#: The site's own tables and the two of the examples; what other tests bring along is theirs to prove.
OWN = {model._meta.db_table for model in apps.get_models() if model.__module__.startswith("cobijo.")}
TABLES = sorted((protected_tables() & OWN) | {"demo_note", "demo_remark"})
CELLS = [(table, kind) for table in TABLES for kind in kinds_in(table)]
READING = ("list", "see", "see_identity", "change", "remove", "export", "history", "review")
ADDING = ("add", "import")
WRITING = ("change", "remove", "review", *ADDING)

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


def filled(world: World, table: str, kind: str) -> set[int]:
    """A row in every place: the places."""
    with owning():
        for at in world.everywhere():
            row_of(table, kind)(at)
    return {at.scope.pk for at in world.everywhere()}


@dataclass(frozen=True)
class Reach:
    """The places in which a role reads, adds and changes records of a kind, by the second reader."""

    reads: set[int]
    adds: set[int]
    changes: set[int]


def people(world: World, kind: str) -> Iterator[tuple[Role, Any, Reach]]:
    for role, account in world.people.items():

        def places(actions: Iterable[str], role: Role = role) -> set[int]:
            names = {name for action in actions for name in oracle.reached(role, action, kind)}
            found = {world.place(role, name).scope.pk for name in names}
            # Another role's desk is a colleague's to this person.
            return found | ({one.scope.pk for one in world.own.values()} if "colleague" in names else set())

        reads = places(READING)
        yield role, account, Reach(reads, places(ADDING), places(WRITING) & reads)


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


@pytest.mark.parametrize(("table", "kind"), CELLS)
def test_the_database_shows_what_the_policy_shows(world: World, table: str, kind: str) -> None:
    places = filled(world, table, kind)
    known = kind_of(kind)
    assert known is not None
    seen = f'SELECT DISTINCT scope_id FROM "{table}"' + (" WHERE kind = %s" if lies_apart(table) else "")
    with owning():
        assert {one for [one] in rows(seen, [kind] * lies_apart(table))} >= places
    for role, account, reach in people(world, kind):
        with acting_as(account, "test") as access:
            assert {one for [one] in rows(seen, [kind] * lies_apart(table))} == reach.reads, role
            of_policy = (
                set(
                    visible(access, kind, known.model._base_manager.all(), action).values_list(
                        "scope_id", flat=True
                    )
                )
                for action in READING
            )
            assert reach.reads == set().union(*of_policy), role


def lies_apart(table: str) -> bool:
    """Whether it is a history or an index, whose rows name their kind themselves."""
    return table.endswith("revision") or table == "vault_blindtoken"


@pytest.mark.parametrize(("table", "kind"), CELLS)
def test_no_row_is_written_beyond_what_a_person_may_write(world: World, table: str, kind: str) -> None:
    places = filled(world, table, kind)
    with owning():
        names = [one for [one] in rows(
            "SELECT column_name::text FROM information_schema.columns WHERE table_name = %s"
            " AND is_generated = 'NEVER' ORDER BY ordinal_position", [table],
        )]  # fmt: skip
    columns = ", ".join(f'"{one}"' for one in names)
    marks = ", ".join(["%s"] * len(names))
    of_kind = f" AND kind = '{kind}'" if lies_apart(table) else ""
    for role, account, reach in people(world, kind):
        fixed = sorted(places - reach.changes)
        closed = sorted(places - reach.adds - (reach.changes if lies_apart(table) else set()))
        with owning():
            before = rows(f'SELECT count(*), sum(scope_id) FROM "{table}"')
            there = rows(f'SELECT {columns} FROM "{table}" WHERE scope_id = ANY (%s){of_kind}', [closed])[0]
        with acting_as(account, "test"):
            assert (
                changed(
                    f'UPDATE "{table}" SET scope_id = scope_id WHERE scope_id = ANY (%s){of_kind}', [fixed]
                )
                == 0
            )
            assert changed(f'DELETE FROM "{table}" WHERE scope_id = ANY (%s){of_kind}', [fixed]) == 0
            assert changed(f'UPDATE "{table}" SET scope_id = %s', [fixed[0]]) == 0, "moved away unseen"
            with (
                pytest.raises(DatabaseError, match=r"row-level security|permission denied"),
                transaction.atomic(),
            ):
                rows(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', there)
        with owning():
            assert rows(f'SELECT count(*), sum(scope_id) FROM "{table}"') == before, role


@pytest.mark.parametrize(("table", "kind"), CELLS)
def test_a_person_changes_the_rows_that_may_be_changed(world: World, table: str, kind: str) -> None:
    """A guard that hid too much would let a service's UPDATE change nothing, and say nothing."""
    filled(world, table, kind)
    of_kind = f" AND kind = '{kind}'" if lies_apart(table) else ""
    for role, account, reach in people(world, kind):
        for scope_id in sorted(reach.changes):
            with acting_as(account, "test"):
                held = rows(f'SELECT 1 FROM "{table}" WHERE scope_id = %s{of_kind} FOR UPDATE', [scope_id])
            assert held, (role, scope_id)


@pytest.mark.parametrize(("table", "kind"), CELLS)
def test_an_emergency_opens_one_record_and_no_other_row_of_its_place(
    world: World, table: str, kind: str
) -> None:
    """Of a colleague's desk the database shows what the policy shows: what lies under the open record, and of that
    only what the role reads on its own desk. It widens where a role reaches, never what it is for."""
    known, there = kind_of(kind), world.shared["colleague"]
    read = {one for one in UNDER_GLASS if list(oracle.reached(Role.CASEWORKER, one, kind))}
    assert known is not None
    number = "record_id" if lies_apart(table) else "id"
    with owning():
        made = [row_of(table, kind)(replace(there, number=200 + one)) for one in range(2)]
        ids = [getattr(one, "record_id", one.pk) if lies_apart(table) else one.pk for one in made]
        record = known.model._base_manager.get(pk=ids[0])
    above, key = kind, record.pk
    if known.under is not None and value(record, known.under[1]) is not None:
        above, key = known.under[0], value(record, known.under[1])
    seen = f'SELECT {number} FROM "{table}"' + (" WHERE kind = %s" if lies_apart(table) else "")
    for glass_kind, glass_key, opened in ((above, key, ids[:1]), (kind, 0, []), ("match", key, [])):
        glass = Glass(1, glass_kind, glass_key, there.scope.pk)
        with acting_as(world.people[Role.CASEWORKER], "test") as access:
            inside = replace(access, glass=(glass,))
            with entered(inside):
                shown = visible(inside, kind, known.model._base_manager.all(), "see")
                assert list(shown.values_list("pk", flat=True)) == (opened if "see" in read else [])
                there_now = {one for [one] in rows(seen, [kind] * lies_apart(table))}
                assert sorted(there_now) == (opened if read else [])
                assert changed(f'UPDATE "{table}" SET scope_id = scope_id') == 0


@pytest.mark.parametrize("table", TABLES)
def test_without_a_context_there_are_no_rows_and_no_error(world: World, table: str) -> None:
    filled(world, table, kinds_in(table)[0])
    for setting in ("", "{}", None):
        for name in SETTINGS if setting is not None else ():
            rows("SELECT set_config(%s, %s, true)", [f"app.{name}", setting])
        # Spelled so that the tests' own guard, which looks for reads without a context, lets it through.
        assert rows(f"SELECT count(*) FROM (TABLE {table}) AS hidden") == [(0,)]
        rows(
            "SELECT set_config('app.scopes', %s, true)",
            ["{" + ",".join(str(at.scope.pk) for at in world.everywhere()) + "}"],
        )
        assert rows(f"SELECT count(*) FROM (TABLE {table}) AS hidden") == [(0,)], "places without kinds"
