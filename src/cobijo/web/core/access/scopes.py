"""Which scopes a person reaches: the only place where roles become rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils import timezone

from cobijo.web.core.access.context import Access, Glass, Via
from cobijo.web.core.access.models import BreakGlass, Scope, ScopeKind
from cobijo.web.core.accounts.roles import Role

if TYPE_CHECKING:
    from cobijo.web.core.accounts.models import Account

#: Roles that reach every desk, every team and the tray of their organisation.
WHOLE_ORGANISATION = frozenset({Role.SUPERVISOR})
#: Roles that reach their own desk and their teams.
OWN_DESK = frozenset({Role.CASEWORKER, Role.RECEIVING_SERVICE})
#: Roles that work from the tray, where what others sent arrives.
TRAY = frozenset({Role.RECEIVING_SERVICE})
#: Roles that reach rows only where they are members of a team.
TEAMS = frozenset({Role.ANALYST, Role.DATA_STEWARD})


def access_of(account: Account, purpose: str, *, via: Via = "web") -> Access:
    """Roles, areas, scopes and open break-glass of a person, read now: a role ended a second ago gives nothing."""
    held: list[tuple[str, str, str]] = []
    glass: list[Glass] = []
    if account.is_active:
        now = account.holdings.filter(ended_at=None, account__organisation__active=True)
        held = list(now.values_list("role", "area", "account__organisation__area"))
    if held:
        glass = [
            Glass(*row)
            for row in BreakGlass.objects.filter(account=account, ends_at__gt=timezone.now()).values_list(
                "pk", "kind", "record_id", "scope_id"
            )
        ]
    roles = frozenset(Role(role) for role, _area, _where in held)
    unbounded = {role for role, area, _where in held if not area}
    scopes, own = scopes_of(account, roles)
    return Access(
        account_id=account.pk,
        organisation_id=account.organisation_id,
        roles=roles,
        scopes=tuple(sorted(scopes)),
        own=frozenset(own),
        purpose=purpose,
        via=via,
        areas=frozenset((Role(role), area) for role, area, _where in held if role not in unbounded),
        organisation_area=held[0][2] if held else "",
        glass=tuple(glass),
    )


def scopes_of(account: Account, roles: frozenset[Role]) -> tuple[set[int], set[int]]:
    """Ids of the scopes that the roles open: (all, those of them that are the person's own)."""
    if not roles & (WHOLE_ORGANISATION | OWN_DESK | TEAMS):
        return set(), set()
    mine = Q(kind=ScopeKind.SHARED, members=account)
    if roles & (OWN_DESK | WHOLE_ORGANISATION):
        mine |= Q(kind=ScopeKind.DESK, holder=account)
    if roles & TRAY:
        mine |= Q(kind=ScopeKind.TRAY)
    here = Scope.objects.filter(organisation_id=account.organisation_id)
    own = set(here.filter(mine).values_list("pk", flat=True))
    if not roles & WHOLE_ORGANISATION:
        return own, own
    return set(here.values_list("pk", flat=True)), own


def desk_of(account: Account) -> Scope:
    """The desk of a person, made at first need."""
    return Scope.objects.get_or_create(
        kind=ScopeKind.DESK, organisation_id=account.organisation_id, holder=account
    )[0]


def tray_of(organisation_id: int) -> Scope:
    """The tray of an organisation, made at first need."""
    return Scope.objects.get_or_create(kind=ScopeKind.TRAY, organisation_id=organisation_id)[0]
