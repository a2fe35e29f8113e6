"""Which rows a person reaches, by the policy and by the database: the second line never shows more than the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from cobijo.web.core.access.context import acting_as, acting_as_system, current, entered, handing_to
from cobijo.web.core.access.database import prepare_role, unguarded_tables
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.models import Protected, Scope, protected_tables
from cobijo.web.core.access.policy import decide, visible
from cobijo.web.core.access.scopes import desk_of, tray_of
from cobijo.web.core.accounts.models import Account, Holding, Organisation
from cobijo.web.core.accounts.roles import Role
from tests.web.demo_note import Note
from tests.web.guard import ReadWithoutAccess, as_owner
from tests.web.people import People, person

pytestmark = [pytest.mark.usefixtures("notes"), pytest.mark.django_db]


@pytest.fixture
def rows(people: People, notes: None) -> dict[str, int]:
    """One note on every desk and in every tray."""
    places = {
        "ana": desk_of(people.ana), "berta": desk_of(people.berta), "carla": desk_of(people.carla),
        "tray": people.tray, "foreign_tray": tray_of(people.hospital.pk),
    }  # fmt: skip
    return {
        name: Note.objects.create(scope=scope, title=name, made_by=people.ana, changed_by=people.ana).pk
        for name, scope in places.items()
    }


REACH = {
    "ana": {"ana"},
    "berta": {"berta"},
    "carla": {"carla"},
    "sofia": {"ana", "berta", "tray"},
    "hugo": set(),
    "rita": {"tray"},
    "adela": set(),
    "aura": set(),
}


@pytest.mark.parametrize("name", sorted(REACH))
def test_a_person_lists_what_the_policy_allows(people: People, rows: dict[str, int], name: str) -> None:
    with acting_as(getattr(people, name), "test") as access:
        seen = set(visible(access, "note", Note.objects.all()).values_list("title", flat=True))
    assert seen == REACH[name]


@pytest.mark.parametrize("name", sorted(REACH))
def test_the_list_and_the_decision_say_the_same(people: People, rows: dict[str, int], name: str) -> None:
    with acting_as_system("test", scopes="all"):
        every = list(Note.objects.select_related("scope"))
    for action in ("list", "see", "see_identity", "change", "export", "history"):
        with acting_as(getattr(people, name), "test") as access:
            listed = set(visible(access, "note", Note.objects.all(), action).values_list("pk", flat=True))
            assert listed == {one.pk for one in every if decide(access, action, "note", one)}


@pytest.mark.parametrize("name", sorted(REACH))
def test_with_the_policy_switched_off_the_database_shows_no_row_that_it_hides(
    on_postgresql: None, people: People, rows: dict[str, int], name: str
) -> None:
    """Nothing of the application's policy is asked here: the plain table, as the application's role."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == ("cobijo_app", False, False)
    with acting_as(getattr(people, name), "test"):
        assert set(Note.objects.values_list("title", flat=True)) == REACH[name]
        hidden = [pk for title, pk in rows.items() if title not in REACH[name]]
        assert Note.objects.filter(pk__in=hidden).update(title="taken") == 0
        assert Note.objects.filter(pk__in=hidden).delete() == (0, {})
        with pytest.raises(DatabaseError), transaction.atomic():
            Note.objects.create(
                scope=desk_of(people.carla if name != "carla" else people.ana), title="planted"
            )


def plain_sql() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT title FROM (TABLE demo_note) AS whole")
        return {title for [title] in cursor.fetchall()}


def test_a_kind_that_is_reached_at_the_own_places_only_shows_no_other_place(
    on_postgresql: None, people: People, rows: dict[str, int]
) -> None:
    """Someone with two roles: one reaches the whole organisation, and only the other may see such records."""
    with acting_as(people.sofia, "test") as access:
        both = replace(access, roles=frozenset({Role.CASEWORKER}), own=frozenset({desk_of(people.ana).pk}))
        with entered(both):
            assert plain_sql() == {"ana"}
            assert set(visible(both, "note", Note.objects.all()).values_list("title", flat=True)) == {"ana"}
            assert Note.objects.update(title="ana") == 1


def test_a_role_that_has_nothing_to_do_with_a_kind_sees_none_of_it_in_its_own_team(
    on_postgresql: None, people: People, rows: dict[str, int]
) -> None:
    nadia = person("Nadia", Role.ANALYST, of=people.refuge)
    team = Scope.objects.create(kind="shared", organisation=people.refuge, name="figures")
    team.members.add(nadia, people.ana)
    with acting_as(people.ana, "test") as by:
        Note.objects.create(scope=team, title="ours", changed_by_id=by.by_id)
    with acting_as(nadia, "test") as access:
        assert access.scopes == (team.pk,)
        assert plain_sql() == set()
        with pytest.raises(DatabaseError), transaction.atomic():
            Note.objects.create(scope=team, title="planted")
    with acting_as(people.ana, "test"):
        assert plain_sql() == {"ana", "ours"}


def test_a_key_to_the_api_shows_no_kind_beyond_its_actions(
    on_postgresql: None, people: People, rows: dict[str, int]
) -> None:
    for only, seen in (((), set()), (("add:note", "list:service"), set()), (("list:note",), {"ana"})):
        with acting_as(people.ana, "test", via="api", only=only):
            assert plain_sql() == seen
            assert Note.objects.update(title="ana") == 0


def test_without_a_context_there_are_no_rows_and_no_error(on_postgresql: None, rows: dict[str, int]) -> None:
    with connection.cursor() as cursor:
        for scopes in (None, "", "{}"):
            if scopes is not None:
                cursor.execute("SELECT set_config('app.scopes', %s, true)", [scopes])
            cursor.execute("SELECT count(*) FROM (TABLE demo_note) AS hidden")
            assert cursor.fetchone()[0] == 0


def test_the_owner_of_the_tables_is_held_by_them_too(on_postgresql: None) -> None:
    assert unguarded_tables() == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE tableowner = 'cobijo_app'")
        assert cursor.fetchone()[0] == 0


def test_preparing_the_role_may_be_repeated(on_postgresql: None) -> None:
    with as_owner():
        prepare_role()
        prepare_role()


def test_an_inner_context_ends_and_the_outer_goes_on(people: People, rows: dict[str, int]) -> None:
    def titles() -> set[str]:
        access = current()
        assert access is not None
        return set(visible(access, "note", Note.objects.all()).values_list("title", flat=True))

    with acting_as(people.ana, "outer"):
        with acting_as(people.carla, "inner"):
            assert titles() == {"carla"}
        assert titles() == {"ana"}
        with pytest.raises(RuntimeError), acting_as(people.carla, "inner"):
            raise RuntimeError
        assert titles() == {"ana"}
        with pytest.raises(DatabaseError), acting_as(people.carla, "inner"), connection.cursor() as cursor:
            cursor.execute("SELECT nonsense FROM nowhere")
        assert titles() == {"ana"}
    assert current() is None
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('app.scopes', true)")
            assert cursor.fetchone()[0] == ""


# --- Drops ---------------------------------------------------------------------------------------------------------


def test_a_health_worker_hands_in_and_reads_nothing_back(people: People, rows: dict[str, int]) -> None:
    with acting_as(people.hugo, "report_concern"):
        with handing_to(people.tray.pk) as by:
            made = Note.objects.create(
                scope=people.tray, title="concern", made_by_id=by.by_id, changed_by_id=by.by_id
            )
            assert decide(by, "add", "note", made)
            assert not decide(by, "see", "note", made)
            assert not visible(by, "note", Note.objects.all()).exists()
            if connection.vendor == "postgresql":  # of the whole tray, only what Hugo wrote a moment ago
                assert list(Note.objects.values_list("title", flat=True)) == ["concern"]
        if connection.vendor == "postgresql":
            assert not Note.objects.exists()
    with acting_as(people.sofia, "triage") as by:
        assert visible(by, "note", Note.objects.filter(title="concern")).exists()


def test_a_case_is_handed_to_another_organisation(people: People, rows: dict[str, int]) -> None:
    there = tray_of(people.hospital.pk)
    with acting_as(people.ana, "refer") as by:
        with handing_to(there.pk) as by:
            Note.objects.filter(pk=rows["ana"]).update(scope=there, changed_by_id=by.by_id)
        assert not visible(by, "note", Note.objects.filter(pk=rows["ana"])).exists()
        if connection.vendor == "postgresql":
            assert not Note.objects.filter(pk=rows["ana"]).exists()
            with pytest.raises(DatabaseError), transaction.atomic():
                Note.objects.create(scope=there, title="without a drop", changed_by_id=by.by_id)


def test_a_drop_takes_only_the_kinds_that_the_person_adds(on_postgresql: None, people: People) -> None:
    with (
        acting_as(people.adela, "test"),
        handing_to(people.tray.pk) as by,
        pytest.raises(DatabaseError),
        transaction.atomic(),
    ):
        Note.objects.create(scope=people.tray, title="planted", changed_by_id=by.by_id)


def test_nothing_is_put_on_a_desk_elsewhere(people: People) -> None:
    with acting_as(people.ana, "refer"):
        with pytest.raises(Forbidden, match="hand_to_trays_only"), handing_to(desk_of(people.carla).pk):
            pass
        with handing_to(desk_of(people.berta).pk) as by:
            assert by.drops == (desk_of(people.berta).pk,)
        assert current() is not None
        assert current().drops == ()  # type: ignore[union-attr]


def test_handing_over_needs_somebody() -> None:
    with pytest.raises(RuntimeError), handing_to(1):
        pass


# --- Who reaches what ----------------------------------------------------------------------------------------------


def test_a_role_that_ended_a_moment_ago_gives_nothing(people: People, rows: dict[str, int]) -> None:
    from django.utils import timezone

    Holding.objects.filter(account=people.ana).update(ended_at=timezone.now())
    with acting_as(people.ana, "test") as access:
        assert (access.roles, access.scopes) == (frozenset(), ())


def test_a_closed_account_and_a_closed_organisation_reach_nothing(people: People) -> None:
    Account.objects.filter(pk=people.ana.pk).update(is_active=False)
    with acting_as(Account.objects.get(pk=people.ana.pk), "test") as access:
        assert (access.roles, access.scopes) == (frozenset(), ())
    Organisation.objects.filter(pk=people.hospital.pk).update(active=False)
    with acting_as(Account.objects.get(pk=people.carla.pk), "test") as access:
        assert (access.roles, access.scopes) == (frozenset(), ())


def test_a_team_reaches_what_it_shares(people: People) -> None:
    team = Scope.objects.create(kind="shared", organisation=people.refuge, name="night shift")
    team.members.add(people.ana)
    with acting_as(people.ana, "test") as access:
        assert access.own == {team.pk, desk_of(people.ana).pk}
    with acting_as(people.berta, "test") as access:
        assert team.pk not in access.scopes


def test_an_area_bound_is_lifted_by_the_same_role_without_one(people: People) -> None:
    cora = person("Cora", Role.COORDINATOR, of=people.refuge, area="MX-OAX")
    with acting_as(cora, "test") as access:
        assert access.areas_of(Role.COORDINATOR) == {"MX-OAX"}
    Holding.objects.create(account=cora, role=Role.COORDINATOR)
    with acting_as(cora, "test") as access:
        assert access.areas_of(Role.COORDINATOR) == frozenset()


# --- The guard of the tests ----------------------------------------------------------------------------------------


def test_reading_a_protected_row_without_a_context_fails_the_test(rows: dict[str, int]) -> None:
    for read in (
        lambda: Note.objects.exists(),
        lambda: Note.objects.update(title="x"),
        lambda: Note.objects.all()._raw_delete(using="default"),
    ):
        with pytest.raises(ReadWithoutAccess):
            read()


def test_every_subclass_is_guarded() -> None:
    def below(model: type) -> Iterator[type]:
        for one in model.__subclasses__():
            yield one
            yield from below(one)

    # A proof brings an app of its own; where its file was only collected, it is no app of this site.
    here = {app.label for app in apps.get_app_configs()}
    concrete = {
        one._meta.db_table  # type: ignore[attr-defined]
        for one in below(Protected)
        if not one._meta.abstract and one._meta.app_label in here  # type: ignore[attr-defined]
    }
    assert concrete <= protected_tables()
    assert "demo_note" in protected_tables()
