"""Police and immigration hold no role about children, whoever gives it; prosecutors receive packets only."""

from __future__ import annotations

import pytest

from cobijo.errors import InputProblem
from cobijo.sentences import catalogue
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.grants import GRANTS
from cobijo.web.core.accounts import services
from cobijo.web.core.accounts.models import Account, Holding, Invitation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.accounts.rules import READS_CHILDREN
from cobijo.web.directory.organisations import services as organisations
from tests.web.people import People, organisation, person

pytestmark = pytest.mark.django_db
ABOUT_CHILDREN = {"child", "concern", "case", "packet", "consent", "match", "child_event"}


def test_every_role_that_reads_about_children_is_held_back() -> None:
    reads = {
        role
        for role, grants in GRANTS.items()
        for one in grants
        if one.kind in ABOUT_CHILDREN and one.action in {"list", "see", "see_identity"}
    }
    assert reads == READS_CHILDREN


@pytest.mark.parametrize(
    ("kind", "role", "allowed"),
    [
        ("police", Role.CASEWORKER, False), ("police", Role.RECEIVING_SERVICE, False),
        ("police", Role.SUPERVISOR, False),
        ("migration", Role.RECEIVING_SERVICE, False), ("migration", Role.DATA_STEWARD, False),
        ("police", Role.PROGRAMME_OFFICER, True), ("prosecution", Role.RECEIVING_SERVICE, True),
        ("prosecution", Role.CASEWORKER, False), ("prosecution", Role.SUPERVISOR, False),
        ("child_protection", Role.CASEWORKER, True), ("government", Role.DATA_STEWARD, True),
    ],
)  # fmt: skip
def test_roles_by_kind_of_organisation(people: People, kind: str, role: Role, allowed: bool) -> None:
    there = organisation("there", kind=kind)
    pablo = person("Pablo", Role.COMPANY_CONTACT, of=there)
    rows = [{"email": "new@there.example", "organisation": there, "roles": [role]}]
    if allowed:
        with acting_as(people.adela, "") as by:
            services.invite(by=by, rows=rows)
            services.give_roles(by=by, rows=[{"account": pablo, "role": role}])
        return
    for write, row in (
        (services.invite, rows),
        (services.give_roles, [{"account": pablo, "role": role}]),
    ):
        with acting_as(people.adela, "") as by, pytest.raises(InputProblem) as refused:
            write(by=by, rows=row)
        assert refused.value.code == "accounts.no_children_for_kind"
        assert refused.value.code in catalogue()
    assert not Invitation.objects.exists()
    assert not Holding.objects.filter(account=pablo, role=role).exists()


@pytest.mark.parametrize(
    ("role", "kind", "allowed"),
    [
        (Role.CASEWORKER, "police", False), (Role.DATA_STEWARD, "migration", False),
        (Role.SUPERVISOR, "prosecution", False), (Role.RECEIVING_SERVICE, "police", False),
        (Role.RECEIVING_SERVICE, "prosecution", True), (Role.COMPANY_CONTACT, "police", True),
        (Role.CASEWORKER, "government", True),
    ],
)  # fmt: skip
def test_no_organisation_becomes_of_a_kind_that_its_roles_may_not_have(
    people: People, role: Role, kind: str, allowed: bool
) -> None:
    there = organisation("there", kind="child_protection")
    holder = person("Pablo", role, of=there)
    row = {"pk": there.pk, "version": 0, "kind": kind}
    with acting_as(people.adela, "") as by:
        if not allowed:
            with pytest.raises(InputProblem) as refused:
                organisations.change(by=by, rows=[row])
            assert refused.value.code == "accounts.kind_with_roles"
            assert refused.value.code in catalogue()
            there.refresh_from_db()
            assert there.kind == "child_protection"
            ids = list(Holding.objects.filter(account=holder, ended_at=None).values_list("pk", flat=True))
            services.end_roles(by=by, ids=ids)
        organisations.change(by=by, rows=[row])
    there.refresh_from_db()
    assert there.kind == kind


def test_an_invitation_from_before_the_change_gives_no_such_role(people: People) -> None:
    there = organisation("there", kind="child_protection")
    with acting_as(people.adela, "") as by:
        rows = [{"email": "new@there.example", "organisation": there, "roles": [Role.CASEWORKER]}]
        [invited] = services.invite(by=by, rows=rows)
        organisations.change(by=by, rows=[{"pk": there.pk, "version": 0, "kind": "police"}])
    with pytest.raises(InputProblem) as refused:
        services.accept_invitation(secret=invited.secret, name="Pía", password="a long quiet river 7")
    assert refused.value.code == "accounts.invitation_not_for_kind"
    assert refused.value.code in catalogue()
    assert not Account.objects.filter(email="new@there.example").exists()
    assert Invitation.objects.get().used_at is None


def test_roles_are_given_by_the_kind_that_is_and_not_that_was(people: People) -> None:
    there = organisation("there", kind="child_protection")
    pablo = person("Pablo", Role.COMPANY_CONTACT, of=there)  # read before the change
    with acting_as(people.adela, "") as by:
        organisations.change(by=by, rows=[{"pk": there.pk, "version": 0, "kind": "police"}])
        assert pablo.organisation.kind == "child_protection"
        with pytest.raises(InputProblem) as refused:
            services.give_roles(by=by, rows=[{"account": pablo, "role": Role.CASEWORKER}])
    assert refused.value.code == "accounts.no_children_for_kind"
