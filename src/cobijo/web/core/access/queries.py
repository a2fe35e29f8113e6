"""Who can see a record, and which emergency accesses wait for a review."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.grants import Reach, granted
from cobijo.web.core.access.kinds import Kind, kind_of, value
from cobijo.web.core.access.models import BreakGlass, Scope, ScopeKind
from cobijo.web.core.access.policy import decide, visible
from cobijo.web.core.access.scopes import access_of
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.accounts.roles import Role


@dataclass(frozen=True)
class Seer:
    """A person who can see the record, and why, as a code of the page: desk, team, organisation, glass."""

    account: Account
    why: str
    names_too: bool  # whether the person may also see who it is about


def broken_glass(access: Access) -> QuerySet[BreakGlass]:
    """Emergency accesses that the person may see: the own ones and, for a supervisor, the organisation's."""
    rows = visible(access, "break_glass", BreakGlass.objects.all())
    return rows.select_related("account", "reviewed_by", "scope").order_by("-opened_at")


def to_review(access: Access) -> QuerySet[BreakGlass]:
    """Those that wait for this person's review."""
    rows = visible(access, "break_glass", BreakGlass.objects.filter(reviewed_at=None), "review")
    return rows.exclude(account_id=access.account_id).select_related("account").order_by("opened_at")


def record_of(access: Access, kind: str, record_id: str) -> tuple[Kind, Any] | None:
    """The kind and the record, if the person may see it."""
    known = kind_of(kind)
    if known is None:
        return None
    try:
        rows = visible(access, kind, known.model._default_manager.filter(pk=record_id), "see")
        record = rows.first()
    except (ValueError, TypeError):
        return None
    return (known, record) if record is not None and decide(access, "see", kind, record) else None


def who_can_see(kind: Kind, record: Any) -> list[Seer]:
    """Everybody who reaches a record that lies in a scope, by asking the policy about each who might."""
    scope = Scope.objects.get(pk=record.scope_id)
    asked = [
        (account, access_of(account, "who_can_see")) for account in _might_see(scope, kind.name, record.pk)
    ]
    return [
        Seer(account, _why(account, access, scope), decide(access, "see_identity", kind.name, record).allowed)
        for account, access in asked
        if decide(access, "see", kind.name, record)
    ]


def roles_that_see(kind: Kind, record: Any) -> Iterator[tuple[Role, Reach, bool]]:
    """For a record that lies in no scope: which roles see it, how far each reaches, and whether only what is public."""
    for role in Role:
        widest: dict[Reach, bool] = {}
        for grant in granted(role, "see", kind.name):
            widest[grant.reach] = widest.get(grant.reach, True) and grant.public_only
        for reach, public_only in widest.items():
            yield role, reach, public_only


def organisation_of(kind: Kind, record: Any) -> int | None:
    """The organisation that a record belongs to, where its kind says so."""
    found = value(record, kind.organisation) if kind.organisation else None
    return found if isinstance(found, int) else None


def _might_see(scope: Scope, kind: str, record_id: int) -> QuerySet[Account]:
    """Everybody of the scope's organisation, and whoever broke the glass: others have no way in."""
    glass = Q(organisation_id=scope.organisation_id) | Q(
        pk__in=BreakGlass.objects.filter(
            kind=kind, record_id=record_id, scope=scope, ends_at__gt=timezone.now()
        ).values("account_id")
    )
    return Account.objects.filter(glass, is_active=True).select_related("organisation").order_by("name", "pk")


def _why(account: Account, access: Access, scope: Scope) -> str:
    if scope.pk not in access.scopes:
        return "glass"
    if scope.kind == ScopeKind.DESK and scope.holder_id == account.pk:
        return "desk"
    if scope.kind == ScopeKind.SHARED and scope.pk in access.own:
        return "team"
    if scope.kind == ScopeKind.TRAY and scope.pk in access.own:
        return "tray"
    return "organisation"
