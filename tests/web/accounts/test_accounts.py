"""Organisations, invitations, roles, keys to the API: what is allowed, what is refused, what is recorded."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import authenticate
from django.db import IntegrityError, transaction
from django.utils import timezone

from cobijo.errors import InputProblem, Refused
from cobijo.web.core.access.context import Access, acting_as, acting_as_system
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.models import Scope, ScopeKind
from cobijo.web.core.accounts import services
from cobijo.web.core.accounts.models import Account, Holding, Invitation, Organisation, Token
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.audit.models import Event
from cobijo.web.operations.inside import end_ways_in
from tests.web.people import People, person

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


def invite(by: Access, people: People, email: str = "nina@refuge.example", **more: Any) -> services.Invited:
    row = {"email": email, "organisation": people.refuge, "roles": [Role.CASEWORKER], **more}
    return services.invite(by=by, rows=[row])[0]


def test_the_first_administrator_comes_by_a_link_and_there_is_no_password_anywhere() -> None:
    first = services.invite_first_administrator(email="Una@Example.org")
    again = services.invite_first_administrator(email="una@example.org")
    with pytest.raises(InputProblem, match="invitation_expired"):
        services.find_invitation(first.secret)
    account = services.accept_invitation(secret=again.secret, name="Una", password=PASSWORD)
    assert (account.email, account.roles(), account.must_have_mfa) == (
        "una@example.org", {Role.ADMINISTRATOR}, True,
    )  # fmt: skip
    assert account.password.startswith("argon2")
    with pytest.raises(Refused, match="already_set_up"):
        services.invite_first_administrator(email="eva@example.org")


def test_an_invitation_works_once(people: People) -> None:
    with acting_as(people.adela, "") as by:
        made = invite(by, people)
    assert made.secret not in str(Invitation.objects.values())
    account = services.accept_invitation(secret=made.secret, name=" Nina ", password=PASSWORD, language="es")
    assert (account.name, account.organisation, account.roles()) == ("Nina", people.refuge, {Role.CASEWORKER})
    assert Scope.objects.filter(kind=ScopeKind.DESK, holder=account).exists()
    assert authenticate(username="nina@refuge.example", password=PASSWORD) == account
    with pytest.raises(InputProblem, match="invitation_used"):
        services.accept_invitation(secret=made.secret, name="Nina", password=PASSWORD)


def test_a_restored_site_lets_nobody_in_by_what_its_copy_remembers(people: People) -> None:
    with acting_as(people.adela, "") as by:
        invited = invite(by, people)
        row = {"name": "a script", "actions": ["list:organisation"]}
        [key] = services.issue_token(by=by, rows=[row])
    assert end_ways_in() == 2
    with pytest.raises(InputProblem, match="invitation_expired"):
        services.find_invitation(invited.secret)
    assert services.token_of(key.secret) is None


def test_an_invitation_that_fails_can_be_tried_again(people: People) -> None:
    with acting_as(people.adela, "") as by:
        made = invite(by, people)
    for name, password, code in (("", PASSWORD, "name_missing"), ("Nina", "short", "password_weak")):
        with pytest.raises(InputProblem, match=code):
            services.accept_invitation(secret=made.secret, name=name, password=password)
    assert services.accept_invitation(secret=made.secret, name="Nina", password=PASSWORD).pk


def test_an_invitation_ends(people: People) -> None:
    with acting_as(people.adela, "") as by:
        made, withdrawn = invite(by, people), invite(by, people, "olga@refuge.example")
        services.withdraw_invitations(by=by, ids=[withdrawn.invitation.pk])
    Invitation.objects.filter(pk=made.invitation.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    for one in (made, withdrawn):
        with pytest.raises(InputProblem, match="invitation_expired"):
            services.find_invitation(one.secret)
    with pytest.raises(InputProblem, match="invitation_unknown"):
        services.find_invitation("guessed")


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"email": "ANA@refuge.example"}, "email_taken"),
        ({"email": "nobody"}, "email_wrong"),
        ({"roles": []}, "roles_missing"),
        ({"roles": ["king"]}, "role_unknown"),
    ],
)
def test_a_wrong_invitation_is_said(people: People, row: dict[str, Any], code: str) -> None:
    with acting_as(people.adela, "") as by, pytest.raises(InputProblem, match=code):
        invite(by, people, **row)


def test_only_an_administrator_keeps_accounts(people: People) -> None:
    for somebody in (people.ana, people.sofia, people.aura):
        with acting_as(somebody, "") as by:
            with pytest.raises(Forbidden):
                invite(by, people)
            with pytest.raises(Forbidden):
                services.close_accounts(by=by, ids=[people.berta.pk])
            with pytest.raises(Forbidden):
                services.give_roles(by=by, rows=[{"account": people.berta, "role": Role.SUPERVISOR}])


def test_roles_are_given_and_end_and_stay_readable(people: People) -> None:
    with acting_as(people.adela, "") as by:
        [made] = services.give_roles(by=by, rows=[{"account": people.berta, "role": "supervisor"}])
        with pytest.raises(InputProblem, match="role_held"):
            services.give_roles(by=by, rows=[{"account": people.berta, "role": "supervisor"}])
        with pytest.raises(InputProblem, match="area_not_for_role"):
            services.give_roles(by=by, rows=[{"account": people.ana, "role": "supervisor", "area": "MX-OAX"}])
        assert people.berta.roles() == {Role.CASEWORKER, Role.SUPERVISOR}
        services.end_roles(by=by, ids=[made.pk])
    assert people.berta.roles() == {Role.CASEWORKER}
    made.refresh_from_db()
    assert (made.given_by, made.ended_by) == (people.adela, people.adela)


def test_nobody_lifts_or_closes_oneself(people: People) -> None:
    with acting_as(people.adela, "") as by:
        with pytest.raises(Refused, match="roles_to_self"):
            services.give_roles(by=by, rows=[{"account": people.adela, "role": Role.SUPERVISOR}])
        with pytest.raises(Refused, match="close_self"):
            services.close_accounts(by=by, ids=[people.adela.pk])


def test_the_last_administrator_stays(people: People) -> None:
    holding = Holding.objects.get(account=people.adela)
    with acting_as(people.adela, "") as by, pytest.raises(Refused, match="last_administrator"):
        services.end_roles(by=by, ids=[holding.pk])
    second = person("Alma", Role.ADMINISTRATOR, of=people.refuge)
    with acting_as(second, "") as by:
        assert services.end_roles(by=by, ids=[holding.pk]) == 1


def test_a_closed_account_has_nothing_left(people: People) -> None:
    with acting_as(people.ana, "") as by:
        key = services.issue_token(by=by, rows=[{"name": "a script", "actions": ["list:organisation"]}])[0]
    with acting_as(people.adela, "") as by:
        assert services.close_accounts(by=by, ids=[people.ana.pk]) == 1
    ana = Account.objects.get(pk=people.ana.pk)
    assert (ana.is_active, ana.roles(), ana.has_usable_password()) == (False, frozenset(), False)
    assert services.token_of(key.secret) is None


# --- Keys to the API -----------------------------------------------------------------------------------------------


def test_a_key_is_shown_once_and_ends(people: People) -> None:
    with acting_as(people.ana, "") as by:
        made = services.issue_token(by=by, rows=[{"name": "a script", "actions": ["list:organisation"]}])[0]
    assert made.secret not in str(Token.objects.values())
    found = services.token_of(made.secret)
    assert found is not None
    assert (found.account, found.actions) == (people.ana, ["list:organisation"])
    with acting_as(people.berta, "") as by, pytest.raises(Forbidden):
        services.revoke_token(by=by, ids=[made.token.pk])
    with acting_as(people.ana, "") as by:
        assert services.revoke_token(by=by, ids=[made.token.pk]) == 1
    assert services.token_of(made.secret) is None


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ({"actions": ["list:event"]}, "token_actions"),  # not hers
        ({"actions": ["erase:organisation"]}, "token_actions"),
        ({"actions": []}, "token_actions"),
        ({"days": 366}, "token_too_long"),
        ({"days": 0}, "token_too_long"),
    ],
)
def test_a_key_never_exceeds_its_owner(people: People, row: dict[str, Any], code: str) -> None:
    with acting_as(people.ana, "") as by, pytest.raises(InputProblem, match=code):
        services.issue_token(by=by, rows=[{"name": "a script", "actions": ["list:organisation"], **row}])


def test_a_key_is_noted_at_most_once_a_minute(people: People, django_assert_num_queries: Any) -> None:
    with acting_as(people.ana, "") as by:
        made = services.issue_token(by=by, rows=[{"name": "a script", "actions": ["list:organisation"]}])[0]
    with django_assert_num_queries(2):
        services.token_of(made.secret)
    with django_assert_num_queries(1):
        services.token_of(made.secret)


# --- What holds in the database, and what is recorded --------------------------------------------------------------


def test_the_database_holds_the_rules_too(people: People) -> None:
    for wrong in (
        lambda: Account.objects.create(email="Big@x.example", name="x", organisation=people.refuge),
        lambda: Account.objects.create(email="ana@refuge.example", name="x", organisation=people.refuge),
        lambda: Holding.objects.create(account=people.ana, role=Role.CASEWORKER),
        lambda: Holding.objects.create(account=people.ana, role="auditor", ended_by=people.adela),
        lambda: Scope.objects.create(kind="tray", organisation=people.refuge),
        lambda: Scope.objects.create(kind="desk", organisation=people.refuge),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong()


def test_one_event_a_batch_without_a_name_in_it(people: People) -> None:
    with acting_as_system("init") as by:
        rows = [{"code": f"org-{n}", "name": f"Organisation {n}", "kind": "ngo"} for n in range(3)]
        made = services.create_organisations(by=by, rows=rows)
    with acting_as(people.adela, "") as by:
        invitation = invite(by, people).invitation
    add, invited = Event.objects.order_by("pk")
    assert (add.action, add.kind, add.ids, add.count, add.via) == (
        "add", "organisation", [one.pk for one in made], 3, "system",
    )  # fmt: skip
    assert (invited.account_id, invited.ids, invited.detail) == (
        people.adela.pk, [invitation.pk], {"roles": ["caseworker"]},
    )  # fmt: skip
    assert "nina" not in str(Event.objects.values())
    assert Organisation.objects.filter(code__startswith="org-").count() == 3
