"""What must be so before an account, a role or a key is given: each rule raises one sentence."""

from __future__ import annotations

from collections.abc import Collection

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone

from cobijo.errors import InputProblem, Refused
from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.grants import ACTIONS
from cobijo.web.core.access.policy import decide
from cobijo.web.core.accounts.models import Account, Holding, Invitation, Organisation, OrganisationKind
from cobijo.web.core.accounts.roles import REACH_IS_NO_AREA, Role


def check_email(email: str, row: int) -> str:
    """An address in small letters that nobody here has yet."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as problem:
        raise InputProblem("accounts.email_wrong", row=row) from problem
    if Account.objects.filter(email=email).exists():
        raise InputProblem("accounts.email_taken", row=row)
    return email


def check_roles(roles: Collection[str], row: int) -> list[Role]:
    """At least one, and each known."""
    if not roles:
        raise InputProblem("accounts.roles_missing", row=row)
    if set(roles) - set(Role.values):
        raise InputProblem("accounts.role_unknown", row=row)
    return sorted({Role(role) for role in roles})


def check_area(role: Role, area: str, row: int) -> None:
    """A state of the country, or none; a role that reaches desks has none, since the bound would hold nothing back.

    An area that does not exist would leave the person in front of empty lists, and nobody would know why.
    """
    if area and role in REACH_IS_NO_AREA:
        raise InputProblem("accounts.area_not_for_role", row=row)
    country.check_area(area, row, "")


#: Roles that read what is written about children.
READS_CHILDREN = frozenset({Role.CASEWORKER, Role.SUPERVISOR, Role.RECEIVING_SERVICE, Role.DATA_STEWARD})
#: Kinds whose people read nothing about a child; a prosecution office receives the packets of cases and no more.
READS_NOTHING = frozenset({OrganisationKind.POLICE, OrganisationKind.MIGRATION})
PACKETS_ONLY = frozenset({OrganisationKind.PROSECUTION})


def check_role_of_kind(role: Role, organisation: Organisation, row: int) -> None:
    """No role about children for police and immigration, whoever gives it."""
    if not _fits(role, organisation.kind):
        raise InputProblem("accounts.no_children_for_kind", row=row, name=organisation.name)


def check_kind_for_roles(organisation: Organisation, row: int) -> None:
    """An organisation of this kind keeps its people's roles: such a role is ended first, it never changes sides."""
    held = Holding.objects.filter(account__organisation=organisation.pk, ended_at=None)
    if not all(_fits(role, organisation.kind) for role in held.values_list("role", flat=True).distinct()):
        raise InputProblem("accounts.kind_with_roles", row=row, name=organisation.name)


def _fits(role: str, kind: str) -> bool:
    if role not in READS_CHILDREN:
        return True
    return kind not in READS_NOTHING and (kind not in PACKETS_ONLY or role == Role.RECEIVING_SERVICE)


def check_open(organisation: Organisation) -> None:
    if not organisation.active:
        raise Refused("accounts.organisation_closed")


def check_invitation(invitation: Invitation | None) -> Invitation:
    """It exists, was not used, has not expired; its organisation is open, and of a kind for its roles still."""
    if invitation is None:
        raise InputProblem("accounts.invitation_unknown")
    if invitation.used_at is not None:
        raise InputProblem("accounts.invitation_used")
    if invitation.expires_at <= timezone.now():
        raise InputProblem("accounts.invitation_expired")
    check_open(invitation.organisation)
    if not all(_fits(role, invitation.organisation.kind) for role in invitation.roles):
        raise InputProblem("accounts.invitation_not_for_kind")
    return invitation


def check_password(password: str, account: Account) -> None:
    try:
        validate_password(password, account)
    except ValidationError as problem:
        raise InputProblem("accounts.password_weak") from problem


def check_not_self(by: Access, accounts: Collection[int], code: str) -> None:
    """Two people see what gives power: nobody gives roles to, or closes, the own account."""
    if by.account_id in accounts:
        raise Refused(code)


def check_administrator_stays(leaving: Collection[int]) -> None:
    """After these holdings end, somebody active is still administrator."""
    ending = Holding.objects.filter(pk__in=leaving, role=Role.ADMINISTRATOR, ended_at=None)
    if not ending.exists():
        return
    staying = Holding.objects.filter(
        role=Role.ADMINISTRATOR, ended_at=None, account__is_active=True, account__organisation__active=True
    ).exclude(pk__in=leaving)
    if not staying.exists():
        raise Refused("accounts.last_administrator")


def check_token_actions(by: Access, actions: Collection[str], row: int) -> list[str]:
    """A key may do what its owner may do, at most."""
    for action in actions:
        verb, _, kind = action.partition(":")
        if verb not in ACTIONS or (verb != "see_identity" and not decide(by, verb, kind).allowed):
            raise InputProblem("accounts.token_actions", row=row, action=action[:40])
    if not actions:
        raise InputProblem("accounts.token_actions", row=row, action="")
    return sorted(set(actions))
