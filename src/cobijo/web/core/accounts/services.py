"""Writes on organisations, accounts, roles, invitations and keys to the API: keyword-only, `by` first, many at once.

Each checks the policy, its rules, writes in one transaction and records one event for the batch.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any, NamedTuple

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from cobijo.errors import InputProblem, Refused
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.policy import check
from cobijo.web.core.access.scopes import OWN_DESK, desk_of, tray_of
from cobijo.web.core.accounts import rules
from cobijo.web.core.accounts.models import Account, Holding, Invitation, Organisation, Token
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.reactions import react

INVITATION_LASTS = timedelta(days=7)
TOKEN_LASTS = timedelta(days=90)
TOKEN_LASTS_AT_MOST = timedelta(days=365)
TOKEN_PREFIX = "cob_"  # noqa: S105 - what a key looks like, so that a leaked one is found by its look


class Invited(NamedTuple):
    """An invitation and its secret, which is shown once: in the link of the e-mail, or on the terminal."""

    invitation: Invitation
    secret: str


class Issued(NamedTuple):
    """A key to the API and its secret, which is shown once."""

    token: Token
    secret: str


# --- Organisations -----------------------------------------------------------------------------------------------


@transaction.atomic
def create_organisations(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Organisation]:
    """Rows of code, name, kind and, optionally, area; each organisation gets its tray."""
    check(by, "add", "organisation")
    made = []
    for number, row in enumerate(rows, 1):
        if Organisation.objects.filter(code=row["code"]).exists():
            raise InputProblem("accounts.code_taken", row=number)
        organisation = Organisation(
            code=row["code"], name=row["name"], kind=row["kind"], area=row.get("area", "")
        )
        organisation.full_clean()
        organisation.save(force_insert=True)
        tray_of(organisation.pk)
        made.append(organisation)
    audit.record("add", "organisation", [one.pk for one in made], access=by)
    return made


# --- Invitations: the only way in --------------------------------------------------------------------------------


@transaction.atomic
def invite(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Invited]:
    """Rows of email, organisation and roles. The caller sends each secret to its address, and to nowhere else."""
    check(by, "add", "invitation")
    made = []
    for number, row in enumerate(rows, 1):
        rules.check_open(row["organisation"])
        roles = rules.check_roles(row["roles"], number)
        for role in roles:
            rules.check_role_of_kind(role, row["organisation"], number)
        secret = secrets.token_urlsafe(32)
        invitation = Invitation.objects.create(
            email=rules.check_email(row["email"], number),
            organisation=row["organisation"],
            roles=[role.value for role in roles],
            secret_hash=_hash(secret),
            by_id=by.by_id,
            expires_at=timezone.now() + INVITATION_LASTS,
        )
        made.append(Invited(invitation, secret))
    ids = [one.invitation.pk for one in made]
    roles = sorted({role for one in made for role in one.invitation.roles})
    audit.record("add", "invitation", ids, access=by, detail={"roles": roles})
    return made


def find_invitation(secret: str) -> Invitation:
    """The invitation of a link that may still be used; else one sentence says why not."""
    found = Invitation.objects.select_related("organisation").filter(secret_hash=_hash(secret)).first()
    return rules.check_invitation(found)


@transaction.atomic
def accept_invitation(*, secret: str, name: str, password: str, language: str = "") -> Account:
    """Make the account of an invitation, once: of two who try at the same moment, one finds it used."""
    invitation = find_invitation(secret)
    invitation.organisation = _locked_organisations({invitation.organisation_id})[invitation.organisation_id]
    rules.check_invitation(invitation)
    if not Invitation.objects.filter(pk=invitation.pk, used_at=None).update(used_at=timezone.now()):
        raise InputProblem("accounts.invitation_used")
    if not name.strip():
        raise InputProblem("accounts.name_missing")
    account = Account(
        email=rules.check_email(invitation.email, 1),
        name=name.strip(),
        organisation=invitation.organisation,
        language=language,
    )
    rules.check_password(password, account)
    account.password = make_password(password)
    account.full_clean(exclude=["password"])
    account.save(force_insert=True)
    Invitation.objects.filter(pk=invitation.pk).update(account=account)
    with acting_as_system("invitation") as system:
        for role in invitation.roles:
            _give(account, Role(role), "", invitation.by_id)
        audit.record("add", "account", [account.pk], access=system, detail={"roles": invitation.roles})
    return account


@transaction.atomic
def withdraw_invitations(*, by: Access, ids: Collection[int]) -> int:
    """Make links that were not used yet useless."""
    check(by, "remove", "invitation")
    now = timezone.now()
    count = Invitation.objects.filter(pk__in=ids, used_at=None, expires_at__gt=now).update(expires_at=now)
    audit.record("remove", "invitation", sorted(ids), access=by)
    return count


@transaction.atomic
def invite_first_administrator(*, email: str, organisation: str = "Cobijo", code: str = "cobijo") -> Invited:
    """`cobijo init`: an organisation to begin with and a link for its first administrator. No password exists anywhere.

    May be repeated until the invitation was used: the link asked for last is the one that works.
    """
    if Holding.objects.filter(role=Role.ADMINISTRATOR, ended_at=None).exists():
        raise Refused("accounts.already_set_up")
    with acting_as_system("init") as by:
        home = Organisation.objects.filter(code=code).first()
        if home is None:
            row = {"code": code, "name": organisation, "kind": "government"}
            home = create_organisations(by=by, rows=[row])[0]
        waiting = Invitation.objects.filter(by=None, used_at=None, expires_at__gt=timezone.now())
        withdraw_invitations(by=by, ids=list(waiting.values_list("pk", flat=True)))
        invited = {"email": email, "organisation": home, "roles": [Role.ADMINISTRATOR]}
        return invite(by=by, rows=[invited])[0]


# --- Roles -------------------------------------------------------------------------------------------------------


@transaction.atomic
def give_roles(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Holding]:
    """Rows of account, role and, optionally, area."""
    check(by, "add", "holding")
    rules.check_not_self(by, {row["account"].pk for row in rows}, "accounts.roles_to_self")
    there = _locked_organisations({row["account"].organisation_id for row in rows})
    made = []
    for number, row in enumerate(rows, 1):
        account, area = row["account"], row.get("area", "")
        [role] = rules.check_roles([row["role"]], number)
        rules.check_area(role, area, number)
        rules.check_role_of_kind(role, there[account.organisation_id], number)
        if not account.is_active:
            raise Refused("accounts.account_closed")
        if Holding.objects.filter(account=account, role=role, area=area, ended_at=None).exists():
            raise InputProblem("accounts.role_held", row=number)
        made.append(_give(account, role, area, by.by_id))
    detail = {"accounts": [one.account_id for one in made], "roles": [str(one.role) for one in made]}
    audit.record("add", "holding", [one.pk for one in made], access=by, detail=detail)
    react("roles_given", by=by, holdings=made)
    return made


def _locked_organisations(ids: Collection[int]) -> dict[int, Organisation]:
    """As they are now, and of the same kind until the roles are given: a change of kind waits for them."""
    rows = Organisation.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    return {one.pk: one for one in rows}


@transaction.atomic
def end_roles(*, by: Access, ids: Collection[int]) -> int:
    """End holdings from now on; they stay readable."""
    check(by, "change", "holding")
    rules.check_administrator_stays(ids)
    ending = list(Holding.objects.filter(pk__in=ids, ended_at=None))
    _end(ending, by)
    detail = {"accounts": [one.account_id for one in ending], "roles": [str(one.role) for one in ending]}
    audit.record("remove", "holding", [one.pk for one in ending], access=by, detail=detail)
    react("roles_ended", by=by, holdings=ending)
    return len(ending)


@transaction.atomic
def close_accounts(*, by: Access, ids: Collection[int]) -> int:
    """Close accounts for good: roles and keys to the API end; an open session ends with its next click."""
    check(by, "remove", "account")
    rules.check_not_self(by, ids, "accounts.close_self")
    holdings = list(Holding.objects.filter(account__in=ids, ended_at=None))
    rules.check_administrator_stays([one.pk for one in holdings])
    _end(holdings, by)
    Token.objects.filter(account__in=ids, revoked_at=None).update(revoked_at=timezone.now())
    closing = list(Account.objects.filter(pk__in=ids, is_active=True).values_list("pk", flat=True))
    Account.objects.filter(pk__in=closing).update(is_active=False, password=make_password(None))
    audit.record("remove", "account", closing, access=by)
    react("account_closed", by=by, ids=closing)
    return len(closing)


def _give(account: Account, role: Role, area: str, given_by: int | None) -> Holding:
    if role in OWN_DESK or role == Role.SUPERVISOR:
        desk_of(account)
    return Holding.objects.create(account=account, role=role, area=area, given_by_id=given_by)


def _end(holdings: Sequence[Holding], by: Access) -> None:
    Holding.objects.filter(pk__in=[one.pk for one in holdings]).update(
        ended_at=timezone.now(), ended_by_id=by.by_id
    )


# --- Keys to the API ---------------------------------------------------------------------------------------------


@transaction.atomic
def issue_token(*, by: Access, rows: Sequence[Mapping[str, Any]]) -> list[Issued]:
    """Rows of name, actions ("list:service", …) and, optionally, days. Always for whoever asks."""
    check(by, "add", "token")
    made = []
    for number, row in enumerate(rows, 1):
        lasts = timedelta(days=row["days"]) if "days" in row else TOKEN_LASTS
        if not timedelta(0) < lasts <= TOKEN_LASTS_AT_MOST:
            raise InputProblem("accounts.token_too_long", most=TOKEN_LASTS_AT_MOST.days)
        secret = TOKEN_PREFIX + secrets.token_urlsafe(32)
        token = Token.objects.create(
            account_id=by.account_id,
            name=row["name"],
            actions=rules.check_token_actions(by, row["actions"], number),
            secret_hash=_hash(secret),
            expires_at=timezone.now() + lasts,
        )
        made.append(Issued(token, secret))
    detail = {"actions": sorted({action for one in made for action in one.token.actions})}
    audit.record("add", "token", [one.token.pk for one in made], access=by, detail=detail)
    return made


@transaction.atomic
def revoke_token(*, by: Access, ids: Collection[int]) -> int:
    """End keys at once: the own ones, or, for an administrator, anybody's."""
    tokens = list(Token.objects.select_related("account").filter(pk__in=ids, revoked_at=None))
    for token in tokens:
        check(by, "remove", "token", token)
    Token.objects.filter(pk__in=[one.pk for one in tokens]).update(revoked_at=timezone.now())
    audit.record("remove", "token", [one.pk for one in tokens], access=by)
    return len(tokens)


def token_of(secret: str) -> Token | None:
    """The key that a request shows, if it holds now; notes its use at most once a minute."""
    now = timezone.now()
    token = (
        Token.objects.select_related("account__organisation")
        .filter(secret_hash=_hash(secret), revoked_at=None, expires_at__gt=now, account__is_active=True)
        .first()
    )
    if token is not None and (token.last_used_at is None or now - token.last_used_at > timedelta(minutes=1)):
        Token.objects.filter(pk=token.pk).update(last_used_at=now)
    return token


def _hash(secret: str) -> bytes:
    """Secrets are 256 random bits, so one round of SHA-256 is enough: there is nothing to guess."""
    return sha256(secret.encode()).digest()
