"""Police and immigration hold no role about children, whoever gives it; prosecutors receive packets only."""

from __future__ import annotations

import pytest

from cobijo.errors import InputProblem
from cobijo.sentences import catalogue
from cobijo.web.core.access.context import acting_as
from cobijo.web.core.access.grants import GRANTS
from cobijo.web.core.accounts import services
from cobijo.web.core.accounts.models import Holding, Invitation
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.accounts.rules import READS_CHILDREN
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
