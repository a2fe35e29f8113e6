"""The policy, enumerated purely: every role, action, kind and reach, without a database."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from types import SimpleNamespace
from typing import Any

import pytest

from cobijo.web.core.access.context import Access, Glass
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.grants import ACTIONS, GRANTS, Reach, granted, granting, may
from cobijo.web.core.access.kinds import kinds, register_kind, value
from cobijo.web.core.access.policy import check, decide
from cobijo.web.core.access.second_line import SETTINGS, settings_of
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import MUST_HAVE_MFA, REACHES_CHILDREN, SENTENCES, Role
from cobijo.web.core.audit.models import Event
from tests.web.demo_note import Note

HERE, THERE = 1, 2
DESK, COLLEAGUES, TRAY, FOREIGN = 11, 12, 13, 21
PROTECTED = ("note", "remark")
pytestmark = pytest.mark.usefixtures("notes")


def access(*roles: Role, **more: Any) -> Access:
    return Access(
        **{
            "account_id": 7, "organisation_id": HERE, "roles": frozenset(roles), "purpose": "follow_case",
            "scopes": (DESK, COLLEAGUES, TRAY), "own": frozenset({DESK}), **more,
        }
    )  # fmt: skip


def record(
    scope: int = DESK, *, owner: int = 7, organisation: int = HERE, area: str = "MX-OAX", pk: int = 5
) -> Any:
    """Something that answers every lookup that a kind may have."""
    place = SimpleNamespace(organisation_id=THERE if scope == FOREIGN else HERE)
    theirs = SimpleNamespace(organisation_id=organisation)
    activity = SimpleNamespace(line=SimpleNamespace(owner_id=organisation))
    return SimpleNamespace(
        pk=pk, scope_id=scope, scope=place, account_id=owner, asked_by_id=owner, by_id=owner, person_id=owner,
        area=area, organisation_id=organisation, handled_by_id=organisation, owner_id=organisation,
        member_id=organisation, note_id=5, service=theirs, account=theirs, request=theirs, actor=theirs,
        assessment=theirs, line=activity.line, activity=activity, indicator=SimpleNamespace(activity=activity),
    )  # fmt: skip


#: Where a record can lie, seen from the person who asks.
PLACES = {
    "own": record(DESK),
    "colleague's": record(COLLEAGUES, owner=8),
    "stranger's": record(FOREIGN, owner=9, organisation=THERE, area="MX-PUE"),
}
REACHED = {
    Reach.OWN: {"own"},
    Reach.ORGANISATION: {"own", "colleague's"},
    Reach.AREA: {"own", "colleague's"},
    Reach.NATIONAL: {"own", "colleague's", "stranger's"},
}


def test_the_record_answers_every_lookup_that_a_kind_has() -> None:
    """Else a cell of the table would be refused for want of an answer, and the refusal would prove nothing."""
    for kind in kinds().values():
        for lookup in (kind.owner, kind.organisation, kind.area):
            assert lookup is None or value(PLACES["own"], lookup) is not None, (kind.name, lookup)


@pytest.mark.parametrize("role", list(Role))
def test_every_role_action_kind_and_place_is_as_the_table_says(role: Role) -> None:
    """The table, read by a second and simpler reader, gives the same answer in every cell."""
    cells = 0
    for action, (name, kind), (place, thing) in product(ACTIONS, kinds().items(), PLACES.items()):
        if kind.owner == "pk" or kind.organisation == "pk":
            continue  # an account and an organisation are themselves the owner: below
        who = access(role, organisation_area="MX-OAX")
        reached = set()
        for grant in granted(role, action, name):
            if grant.reach == Reach.OWN and not kind.protected and kind.owner is None:
                continue
            if grant.reach == Reach.ORGANISATION and kind.organisation is None:
                continue
            if grant.reach == Reach.AREA and kind.area is None:
                continue
            reached |= REACHED[grant.reach] & ({"own", "colleague's"} if kind.protected else set(PLACES))
        assert decide(who, action, name, thing).allowed == (place in reached), (role, action, name, place)
        assert decide(who, action, name).allowed == bool(granted(role, action, name))
        cells += 1
    assert cells > 100


def test_no_context_and_no_role_give_nothing() -> None:
    for action, name in product(ACTIONS, kinds()):
        assert decide(None, action, name).code == "access.sign_in"
        assert not decide(access(), action, name, PLACES["own"]).allowed


def test_what_is_not_known_is_refused_even_to_the_system() -> None:
    system = Access(0, 0, frozenset(), via="system")
    assert decide(system, "list", "note").allowed
    assert decide(system, "list", "unheard_of").code == "access.kind_unknown"
    assert decide(system, "erase", "note").code == "access.kind_unknown"


def test_nobody_but_who_works_with_children_reaches_a_protected_kind() -> None:
    for role, kind in product(set(Role) - REACHES_CHILDREN, PROTECTED):
        assert not any(granted(role, action, kind) for action in ACTIONS)


def test_what_lies_elsewhere_is_never_reached_whatever_the_roles() -> None:
    everything = access(*Role)
    for action, kind in product(ACTIONS, PROTECTED):
        assert not decide(everything, action, kind, PLACES["stranger's"]).allowed


def test_two_roles_do_not_lend_each_other_their_reach() -> None:
    """A caseworker adds on the own desk; being supervisor too, she sees the colleague's desk and adds nothing there."""
    both = access(Role.CASEWORKER, Role.SUPERVISOR)
    assert decide(both, "add", "note", record(DESK)).allowed
    assert decide(both, "see", "note", record(COLLEAGUES)).allowed
    assert not decide(both, "add", "note", record(COLLEAGUES)).allowed


def test_names_need_a_purpose() -> None:
    who = access(Role.CASEWORKER, purpose="")
    assert decide(who, "see_identity", "note", record()).code == "access.purpose_missing"
    assert "child_name" not in (decide(who, "see", "note", record()).fields or {"child_name"})
    assert decide(access(Role.CASEWORKER), "see", "note", record()).fields is None
    receiving = access(Role.RECEIVING_SERVICE)
    assert decide(receiving, "see", "note", record()).fields == frozenset(
        field.name for field in Note._meta.concrete_fields
    ) - {"child_name"}


def test_break_glass_opens_one_record_to_be_read_and_nothing_else() -> None:
    glass = (Glass(1, "note", 5, FOREIGN),)
    who = access(Role.CASEWORKER, glass=glass)
    for action in ("list", "see", "see_identity", "history"):
        assert decide(who, action, "note", record(FOREIGN)).code == "access.under_glass"
        assert decide(who, action, "remark", record(FOREIGN, pk=77)).allowed  # lies under the note
    for action in set(ACTIONS) - {"list", "see", "see_identity", "history"}:
        assert not decide(who, action, "note", record(FOREIGN)).allowed
    assert not decide(who, "see", "note", record(FOREIGN, pk=6)).allowed
    assert not decide(who, "see", "note", record(22)).allowed  # moved meanwhile


def test_an_emergency_widens_where_a_role_reaches_and_never_what_it_is_for() -> None:
    """The role that broke the glass has ended; another one of the same person reads no notes."""
    glass = (Glass(1, "note", 5, FOREIGN),)
    who = access(Role.RECEIVING_SERVICE, glass=glass)
    assert decide(who, "see", "note", record(FOREIGN)).allowed
    for action, kind in (("see_identity", "note"), ("history", "note"), ("see", "remark")):
        assert not decide(who, action, kind, record(FOREIGN)).allowed
    analyst = access(Role.ANALYST, glass=glass)
    for action in ACTIONS:
        assert not decide(analyst, action, "note", record(FOREIGN)).allowed
    assert "note" not in settings_of(analyst)[SETTINGS.index("glass_kinds")]
    assert settings_of(who)[SETTINGS.index("glass_kinds")] == "{note}"


def test_a_drop_takes_rows_and_gives_none_back() -> None:
    who = access(Role.HEALTH_WORKER, scopes=(), own=frozenset(), drops=(FOREIGN,))
    assert decide(who, "add", "note", record(FOREIGN)).allowed
    for action in set(ACTIONS) - {"add"}:
        assert not decide(who, action, "note", record(FOREIGN)).allowed
    assert not decide(replace(who, drops=()), "add", "note", record(FOREIGN)).allowed


def test_a_token_narrows_and_never_widens() -> None:
    who = access(Role.CASEWORKER, only=frozenset({"see:note", "list:event"}))
    assert decide(who, "see", "note", record()).allowed
    assert decide(who, "change", "note", record()).code == "access.token_may_not"
    assert not decide(who, "list", "event").allowed


@pytest.mark.parametrize(
    ("bound", "home", "lies", "allowed"),
    [
        ("MX-OAX", "", "MX-OAX", True),
        ("MX-OAX", "", "MX-OAX-067", True),
        ("MX-OAX", "", "MX-OA", False),
        ("MX-OAX", "", "MX-OAXACA", False),
        ("MX-OAX", "MX-PUE", "MX-PUE", False),
        ("", "MX-PUE", "MX-PUE", True),
        ("", "MX-PUE", "MX-OAX", False),
        ("", "", "MX-OAX", True),
        ("MX-OAX", "", None, False),
    ],
)
def test_areas(bound: str, home: str, lies: str | None, allowed: bool) -> None:
    register_kind("placed", model=Event, area="area")
    try:
        with granting({Role.COORDINATOR: may("change", "placed", Reach.AREA)}):
            areas = frozenset({(Role.COORDINATOR, bound)} if bound else ())
            who = access(Role.COORDINATOR, areas=areas, organisation_area=home)
            assert decide(who, "change", "placed", SimpleNamespace(pk=1, area=lies)).allowed is allowed
    finally:
        from cobijo.web.core.access.kinds import forget_kind

        forget_kind("placed")


def test_a_person_sees_the_own_account_and_an_administrator_all() -> None:
    mine, theirs = Account(pk=7, organisation_id=HERE), Account(pk=8, organisation_id=THERE)
    assert decide(access(Role.CASEWORKER), "change", "account", mine).allowed
    assert not decide(access(Role.CASEWORKER), "change", "account", theirs).allowed
    assert decide(access(Role.ADMINISTRATOR), "change", "account", theirs).allowed


def test_the_error_carries_what_the_audit_needs() -> None:
    with pytest.raises(Forbidden) as caught:
        check(access(Role.CASEWORKER), "see", "note", record(FOREIGN))
    assert (caught.value.code, caught.value.action, caught.value.kind, caught.value.ids) == (
        "access.other_organisation", "see", "note", (5,),
    )  # fmt: skip
    with pytest.raises(Forbidden, match="not_assigned"):
        check(access(Role.CASEWORKER), "see", "note", record(COLLEAGUES))


def test_every_refusal_has_a_sentence() -> None:
    from cobijo.sentences import catalogue

    codes = {f"access.may_not_{action}" for action in ACTIONS}
    codes |= {"access.sign_in", "access.kind_unknown", "access.token_may_not", "access.purpose_missing"}
    codes |= {"access.other_organisation", "access.not_assigned", "access.out_of_reach"}
    assert codes <= catalogue().keys()


def test_every_role_has_a_sentence_and_a_row() -> None:
    assert set(SENTENCES) == set(GRANTS) == set(Role)
    assert REACHES_CHILDREN < MUST_HAVE_MFA
    assert Role.ADMINISTRATOR in MUST_HAVE_MFA
