"""Who is acting, and for what purpose: held for one transaction, told to the database, asked by everything else.

`with acting_as(account, purpose):` opens a transaction and the context, in requests and in jobs alike. On PostgreSQL
the same facts are set for the transaction, where the row-level policies read them; without them no protected row is
visible. A streamed body would be produced after the transaction has ended, so exports are jobs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from django.db import DatabaseError, connection, transaction

from cobijo.errors import CobijoError
from cobijo.web.core import prepared
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.second_line import NOBODY, SETTINGS, settings_of
from cobijo.web.core.accounts.roles import Role

if TYPE_CHECKING:
    from cobijo.web.core.accounts.models import Account

Via = Literal["web", "api", "job", "cli", "system"]
SYSTEM = 0  # the account id of the system itself; no account has it


class Glass(NamedTuple):
    """An open break-glass: one record of one kind, lying in one scope."""

    id: int
    kind: str
    record_id: int
    scope_id: int


@dataclass(frozen=True)
class Access:
    """What the policy needs to know of whoever acts. Made by `acting_as`, never by hand outside tests."""

    account_id: int
    organisation_id: int
    roles: frozenset[Role]
    scopes: tuple[int, ...] = ()  # ids, ascending: where the protected rows lie that the roles reach
    purpose: str = ""  # a code; empty where no identity is read
    via: Via = "web"
    own: frozenset[int] = (
        frozenset()
    )  # those of `scopes` that are the own desk, the own teams, the tray to work from
    areas: frozenset[tuple[Role, str]] = frozenset()  # roles bound to an area; others have no bound
    organisation_area: str = ""
    glass: tuple[Glass, ...] = ()
    drops: tuple[int, ...] = ()  # scopes to put rows into without reading them back
    only: frozenset[str] | None = None  # "action:kind" that an API token is limited to; None: no such limit

    @property
    def is_system(self) -> bool:
        return self.account_id == SYSTEM

    @property
    def by_id(self) -> int | None:
        """For `made_by_id` and `changed_by_id`: null is the system."""
        return self.account_id or None

    @property
    def grants(self) -> tuple[int, ...]:
        """Ids of the open break-glass."""
        return tuple(one.id for one in self.glass)

    @cached_property
    def told(self) -> tuple[str, ...]:
        """What the database is told of it, whenever this context begins or goes on."""
        return settings_of(self)

    def areas_of(self, role: Role) -> frozenset[str]:
        """Areas to which a role is bound; empty: no bound."""
        return frozenset(area for held, area in self.areas if held == role)


_current: ContextVar[Access | None] = ContextVar("access", default=None)


def current() -> Access | None:
    """The context of this transaction, if there is one."""
    return _current.get()


@contextmanager
def acting_as(
    account: Account, purpose: str, *, via: Via = "web", only: Collection[str] | None = None
) -> Iterator[Access]:
    """Act as a person: a transaction in which the database knows who it is. The innermost context holds.

    `only` limits it to some "action:kind", as an API token does.
    """
    from cobijo.web.core.access.scopes import access_of

    with _refusals_kept(), transaction.atomic():
        access = access_of(account, purpose, via=via)
        if only is not None:
            access = replace(access, only=frozenset(only))
        with entered(access):
            yield access


@contextmanager
def acting_as_system(reason: str, *, scopes: Collection[int] | Literal["all"] = ()) -> Iterator[Access]:
    """Act as the system itself: `cobijo init`, sealer, reaper, key rotation. `reason` is a code and is audited.

    It reaches the protected rows of the named scopes; with none named, none.
    """
    from cobijo.web.core.access.models import Scope

    with _refusals_kept(), transaction.atomic():
        reached = Scope.objects.values_list("pk", flat=True) if scopes == "all" else scopes
        access = Access(
            account_id=SYSTEM,
            organisation_id=0,
            roles=frozenset(),
            scopes=tuple(sorted(int(one) for one in reached)),
            purpose=reason,
            via="system",
        )
        with entered(access):
            yield access


@contextmanager
def _refusals_kept() -> Iterator[None]:
    """Around a transaction: a refusal that was on record in it is written again, since the rollback took it along."""
    try:
        yield
    except CobijoError as problem:
        if problem.on_record is not None:
            problem.on_record()
        raise


@contextmanager
def handing_to(*scope_ids: int) -> Iterator[Access]:
    """Inside a service: let rows be put into scopes that the person does not reach, and only put.

    A health worker's concern, a transfer to another organisation. In the block, of those scopes' rows only the ones
    are visible that this person changed last, since the database must read back what it has just written; after the
    block, none. Another organisation is reached at its tray, never at a desk.
    """
    access = current()
    if access is None:
        raise RuntimeError("handing_to outside of acting_as")
    _check_drops(access, scope_ids)
    wider = replace(access, drops=tuple(sorted({*access.drops, *scope_ids})))
    with entered(wider):
        yield wider


def _check_drops(access: Access, scope_ids: Collection[int]) -> None:
    from cobijo.web.core.access.models import Scope, ScopeKind

    if access.is_system:
        return
    found = {one.pk: one for one in Scope.objects.filter(pk__in=scope_ids)}
    for scope_id in scope_ids:
        scope = found.get(scope_id)
        if scope is None or (
            scope.organisation_id != access.organisation_id and scope.kind != ScopeKind.TRAY
        ):
            raise Forbidden("access.hand_to_trays_only", action="change", kind="scope", ids=(scope_id,))


@contextmanager
def entered(access: Access) -> Iterator[None]:
    """Set a context that is already made. Needs an open transaction; `acting_as` is the usual way in."""
    before = _current.get()
    token = _current.set(access)
    try:
        _tell_database(access)
        yield
    except BaseException:
        _current.reset(token)
        with suppress(
            DatabaseError
        ):  # where the transaction is already broken, its end takes the settings away
            _tell_database_again(before)
        raise
    else:
        _current.reset(token)
        _tell_database_again(before)


def _tell_database_again(before: Access | None) -> None:
    """An inner context has ended: the outer transaction goes on as who it was. The end of the outermost forgets all."""
    if connection.needs_rollback:  # the settings of what is undone go with it
        return
    if before is not None or connection.savepoint_ids:
        _tell_database(before)


def _tell_database(access: Access | None) -> None:
    if connection.vendor == "postgresql":
        prepared.execute(_TELL, NOBODY if access is None else access.told)


_TELL = "SELECT " + ", ".join(f"set_config('app.{name}', %s, true)" for name in SETTINGS)
