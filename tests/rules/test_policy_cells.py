"""Every cell of role × action × kind × place: the policy's decision and the policy's list against a second reader."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.db import connection

from cobijo.web.core.access.context import Access, acting_as, acting_as_system
from cobijo.web.core.access.grants import ACTIONS
from cobijo.web.core.access.kinds import Kind, kind_of, kinds
from cobijo.web.core.access.policy import decide, visible
from cobijo.web.core.access.second_line import READING
from cobijo.web.core.accounts.roles import Role
from tests.rules import oracle
from tests.rules.factories import example_of, examples, make
from tests.rules.world import ELSEWHERE, HERE_AREA, PLACES, THERE_AREA, World

pytestmark = pytest.mark.usefixtures("notes")
HERE, THERE, ME, COLLEAGUE, STRANGER = 1, 2, 7, 8, 9
SCOPES = {name: number for number, name in enumerate(PLACES, 11)}
KINDS = sorted({*kinds(), "note", "remark"})


def me(role: Role, **more: Any) -> Access:
    works, oversees = oracle.WORKS_AT.get(role, set()), oracle.OVERSEES.get(role, set())
    said: dict[str, Any] = {
        "account_id": ME, "organisation_id": HERE, "organisation_area": HERE_AREA, "roles": frozenset({role}),
        "purpose": "follow_case", "own": frozenset(SCOPES[one] for one in works),
        "scopes": tuple(sorted(SCOPES[one] for one in works | oversees)),
    }  # fmt: skip
    return Access(**said | more)


def stand_in(kind: Kind, place: str) -> Any:
    """A record that lies in a place, without a database: something under each lookup of its kind."""
    away = place in ELSEWHERE
    thing = SimpleNamespace(pk=5)
    facts = [
        (kind.owner, ME if place == "own" else STRANGER if away else COLLEAGUE),
        (kind.organisation, THERE if away else HERE),
        (kind.area, THERE_AREA if away else HERE_AREA),
        ("scope_id" if kind.protected else None, SCOPES[place]),
    ]
    for lookup, fact in facts:
        if lookup is None:
            continue
        *steps, last = lookup.split("__")
        at = thing
        for step in steps:
            if not hasattr(at, step):
                setattr(at, step, SimpleNamespace())
            at = getattr(at, step)
        setattr(at, last, fact)
    return thing


def test_every_kind_has_an_example() -> None:
    for kind in kinds():
        example_of(kind)


def test_every_example_is_of_a_kind_that_is_there() -> None:
    assert set(examples()) <= set(kinds())


def test_what_a_kind_bears_is_what_it_registered() -> None:
    for name, kind in kinds().items():
        bears = example_of(name).bears
        assert kind.protected == ("scope" in bears), f"{name}: scope"
        if not kind.protected:
            assert bool(kind.owner) == ("owner" in bears), f"{name}: owner"
            assert bool(kind.organisation) == ("organisation" in bears), f"{name}: organisation"
            assert bool(kind.area) == ("area" in bears), f"{name}: area"


@pytest.mark.parametrize("bound", ["", HERE_AREA, THERE_AREA])
@pytest.mark.parametrize("role", list(Role))
def test_every_decision_is_as_a_second_reader_reads_the_table(role: Role, bound: str) -> None:
    cells = 0
    who = me(role, areas=frozenset({(role, bound)} if bound else ()))
    for name, kind in kinds().items():
        for action in ACTIONS:
            expected = oracle.reached(role, action, name, bound=bound)
            found = {place for place in PLACES if decide(who, action, name, stand_in(kind, place)).allowed}
            assert found == expected, (role, action, name, bound)
            assert decide(who, action, name).allowed == oracle.holds(role, action, name)
            assert not any(decide(None, action, name, stand_in(kind, place)) for place in PLACES)
            assert not any(
                decide(me(role, only=frozenset()), action, name, stand_in(kind, place)) for place in PLACES
            )
            cells += len(PLACES)
    assert cells == len(kinds()) * len(ACTIONS) * len(PLACES)


@pytest.mark.parametrize("role", list(Role))
def test_which_fields_are_seen_is_as_a_second_reader_reads_the_table(role: Role) -> None:
    for name, kind in kinds().items():
        for place, purpose in ((place, purpose) for place in PLACES for purpose in ("", "follow_case")):
            if place not in oracle.reached(role, "see", name):
                continue
            seen = decide(me(role, purpose=purpose), "see", name, stand_in(kind, place)).fields
            names_too = bool(purpose) and place in oracle.reached(role, "see_identity", name)
            if place not in oracle.reached(role, "see", name, whole=True):
                assert seen == kind.public_fields, (role, name, place)
            elif not kind.identity_fields or names_too:
                assert seen is None, (role, name, place)
            else:
                assert seen is not None
                assert not seen & kind.identity_fields, (role, name, place)


@pytest.mark.parametrize("role", list(Role))
def test_without_a_purpose_no_identity_is_seen(role: Role) -> None:
    for name, kind in kinds().items():
        who = me(role, purpose="")
        assert not any(decide(who, "see_identity", name, stand_in(kind, place)) for place in PLACES)


@pytest.mark.django_db(databases=["default", "keys"])
@pytest.mark.parametrize("name", KINDS)
def test_a_list_holds_what_the_second_reader_expects_and_the_decision_agrees(world: World, name: str) -> None:
    """With real records and the scopes that a person really gets: the table, `visible` and `decide` say the same."""
    kind, sample = kind_of(name), example_of(name)
    assert kind is not None
    with acting_as_system("test", scopes="all"):
        records = {(one.name, one.number): make(name, one) for one in world.everywhere()}
    rows = kind.model._base_manager.filter(pk__in=[one.pk for one in records.values()])
    for role, account in world.people.items():
        own = {place: records[one.name, one.number] for place, one in world.places(role).items()}
        others = {one.pk for (place, _number), one in records.items() if place == "own"}
        others -= {one.pk for one in own.values()}
        # The database shows a guarded row to whoever may read it, and not for being allowed to add such rows.
        guarded = connection.vendor == "postgresql" and kind.protected
        readable = {place for one in READING for place in oracle.reached(role, one, name)}
        for action in ACTIONS:
            expected = oracle.reached(role, action, name)
            shown = expected & readable if guarded else expected
            with acting_as(account, "test") as access:
                listed = set(visible(access, name, rows, action).values_list("pk", flat=True))
            assert listed - others == {own[place].pk for place in shown}, (role, action)
            if not sample.itself:
                # The other roles' own records are a colleague's to this person.
                assert listed & others == (others if "colleague" in shown else set()), (role, action)
            for place, record in own.items():
                assert decide(access, action, name, record).allowed == (place in expected), (
                    role,
                    action,
                    place,
                )
