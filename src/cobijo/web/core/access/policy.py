"""May this person do this to this record, and which fields may be seen? Everything asks here; nothing decides alone.

`decide` is a pure function of the context, the table of grants and the record. `visible` says the same to the database,
so a list shows exactly the records that `decide` would let be listed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models
from django.db.models import Q, QuerySet

from cobijo.errors import Param
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden as Forbidden
from cobijo.web.core.access.grants import ACTIONS, Grant, Reach, granted
from cobijo.web.core.access.kinds import Kind, kind_of, value
from cobijo.web.core.access.kinds import register_kind as register_kind
from cobijo.web.core.access.second_line import UNDER_GLASS
from cobijo.web.core.accounts.roles import Role

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Decision:
    """Yes or no, why, and which fields. `fields` is None where all may be seen."""

    allowed: bool
    code: str = "access.allowed"
    params: Mapping[str, Param] = field(default_factory=dict)
    fields: frozenset[str] | None = None

    def __bool__(self) -> bool:
        return self.allowed


def decide(access: Access | None, action: str, kind: str, record: Any = None) -> Decision:
    """Decide one action. Without a record: whether there is anything of this kind to do it to at all."""
    known = kind_of(kind)
    if known is None or action not in ACTIONS:
        return Decision(False, "access.kind_unknown", {"kind": kind, "action": action})
    if access is None:
        return Decision(False, "access.sign_in")
    if access.is_system:
        return Decision(True)
    if access.only is not None and f"{action}:{kind}" not in access.only:
        return Decision(False, "access.token_may_not", {"action": action, "kind": kind})
    if action == "see_identity" and not access.purpose:
        return Decision(False, "access.purpose_missing")
    held = list(_held(access, action, kind))
    if record is None:
        reaching = held
    else:
        reaching = [pair for pair in held if _reaches(access, *pair, known, record, action)]
        if held and not reaching and action in UNDER_GLASS and _under_glass(access, known, record):
            return Decision(True, "access.under_glass", fields=_fields(access, known, action, record, []))
    if not held:
        return Decision(False, f"access.may_not_{action}")
    if not reaching:
        return Decision(False, _why_not(access, known, record))
    return Decision(True, fields=_fields(access, known, action, record, reaching))


def check(access: Access | None, action: str, kind: str, record: Any = None) -> Decision:
    """The same, for services: raises `Forbidden` where `decide` says no."""
    decision = decide(access, action, kind, record)
    if not decision.allowed:
        key = getattr(record, "pk", None)
        raise Forbidden(
            decision.code,
            action=action,
            kind=kind,
            ids=() if key is None else (key if isinstance(key, int) else str(key),),
            **{name: param for name, param in decision.params.items() if name not in {"action", "kind"}},
        )
    return decision


class Deciding:
    """`decide` for many records of one kind: asked once for all that lie in one place, as far as grants can tell."""

    def __init__(self, access: Access | None, action: str, kind: str) -> None:
        self._asked = access, action, kind
        # A broken glass opens one record, whatever lies beside it.
        self._glass = access is not None and bool(access.glass)
        known = kind_of(kind)
        lookups = () if known is None else _lookups(known)
        self._lookups = tuple(one for one in lookups if one is not None)
        self._made: dict[tuple[Any, ...], Decision] = {}

    def __call__(self, record: Any) -> Decision:
        if self._glass:
            return decide(*self._asked, record)
        place = tuple(value(record, one) for one in self._lookups)
        if place not in self._made:
            self._made[place] = decide(*self._asked, record)
        return self._made[place]

    def check(self, record: Any) -> Decision:
        """Raises `Forbidden`, which names the record, where the answer is no."""
        decision = self(record)
        return decision if decision else check(*self._asked, record)


def _lookups(kind: Kind) -> tuple[str | None, ...]:
    """All that a grant looks at in a record."""
    return ("scope_id",) if kind.protected else (kind.owner, kind.organisation, kind.area)


def visible(
    access: Access | None, kind: str, queryset: QuerySet[M], action: str = "list", *, whole: bool = False
) -> QuerySet[M]:
    """The records of a queryset that the person may list. Every function in a `queries.py` ends with it.

    `whole`: only those of which more than the public fields may be seen, so that a search tells nothing hidden.
    """
    known = kind_of(kind)
    if known is None or access is None:
        return queryset.none()
    if access.is_system:
        return queryset.filter(_lies_in(access.scopes)) if known.protected else queryset
    if access.only is not None and f"{action}:{kind}" not in access.only:
        return queryset.none()
    if action == "see_identity" and not access.purpose:
        return queryset.none()
    held = [(role, grant) for role, grant in _held(access, action, kind) if not (whole and grant.public_only)]
    reached = [_condition(access, role, grant, known) for role, grant in held]
    conditions = [one for one in reached if one is not None]
    if any(one == Q() for one in conditions):
        return queryset
    if held and known.protected and action in UNDER_GLASS:  # it widens where, never what
        conditions += _glass_conditions(access, known)
    if not conditions:
        return queryset.none()
    either = conditions[0]
    for one in conditions[1:]:
        either |= one
    return queryset.filter(either)


# --- How far a grant reaches -------------------------------------------------------------------------------------


def _held(access: Access, action: str, kind: str) -> Iterator[tuple[Role, Grant]]:
    for role in sorted(access.roles):
        for grant in granted(role, action, kind):
            yield role, grant


def _reaches(access: Access, role: Role, grant: Grant, kind: Kind, record: Any, action: str) -> bool:
    if kind.protected:
        scope = value(record, "scope_id")
        if action == "add" and scope in access.drops:
            return True
        return scope in (access.own if grant.reach == Reach.OWN else access.scopes)
    if not _in_areas(_bounds(access, role, grant, kind), kind, record):
        return False
    if grant.reach == Reach.OWN:
        return kind.owner is not None and value(record, kind.owner) == access.account_id
    if grant.reach == Reach.ORGANISATION:
        return kind.organisation is not None and value(record, kind.organisation) == access.organisation_id
    return True


def _condition(access: Access, role: Role, grant: Grant, kind: Kind) -> Q | None:
    """The same as `_reaches`, for the database. None: nothing; an empty condition: everything."""
    if kind.protected:
        reached = access.own if grant.reach == Reach.OWN else access.scopes
        return _lies_in(reached) if reached else None
    if grant.reach == Reach.OWN:
        condition = Q(**{kind.owner: access.account_id}) if kind.owner else None
    elif grant.reach == Reach.ORGANISATION:
        condition = Q(**{kind.organisation: access.organisation_id}) if kind.organisation else None
    else:
        condition = Q()
    bounds = _bounds(access, role, grant, kind)
    if condition is None or not bounds:
        return condition
    if kind.area is None:
        return None
    within = Q()
    for area in sorted(bounds):
        within |= Q(**{kind.area: area}) | Q(**{f"{kind.area}__startswith": f"{area}-"})
    return condition & within


def _bounds(access: Access, role: Role, grant: Grant, kind: Kind) -> frozenset[str]:
    """Areas outside of which the grant does not reach; empty: no bound."""
    bounds = access.areas_of(role)
    if grant.reach == Reach.AREA:
        return bounds or frozenset({access.organisation_area} - {""})
    return bounds if kind.area else frozenset()


def _in_areas(bounds: Collection[str], kind: Kind, record: Any) -> bool:
    if not bounds:
        return True
    lies = value(record, kind.area) if kind.area else None
    return lies is not None and any(lies == area or lies.startswith(f"{area}-") for area in bounds)


def _under_glass(access: Access, kind: Kind, record: Any) -> bool:
    if not kind.protected:
        return False
    places = {(one.kind, one.record_id, one.scope_id) for one in access.glass}
    scope = value(record, "scope_id")
    if (kind.name, getattr(record, "pk", None), scope) in places:
        return True
    return kind.under is not None and (kind.under[0], value(record, kind.under[1]), scope) in places


def _glass_conditions(access: Access, kind: Kind) -> list[Q]:
    conditions = [Q(pk=one.record_id, scope_id=one.scope_id) for one in access.glass if one.kind == kind.name]
    if kind.under is not None:
        above, lookup = kind.under
        conditions += [
            Q(**{lookup: one.record_id}, scope_id=one.scope_id) for one in access.glass if one.kind == above
        ]
    return conditions


def _fields(
    access: Access, kind: Kind, action: str, record: Any, reaching: list[tuple[Role, Grant]]
) -> frozenset[str] | None:
    if reaching and all(grant.public_only for _role, grant in reaching):
        return kind.public_fields
    if not kind.identity_fields or action == "see_identity":
        return None
    if decide(access, "see_identity", kind.name, record).allowed:
        return None
    return kind.fields() - kind.identity_fields


def _why_not(access: Access, kind: Kind, record: Any) -> str:
    theirs = value(record, kind.organisation) if kind.organisation else None
    if theirs is not None and theirs != access.organisation_id:
        return "access.other_organisation"
    if kind.protected:
        return "access.not_assigned"
    return "access.out_of_reach"


class _Any(models.Func):
    """`column = ANY(array)`: one parameter, whatever the number of scopes, so the database keeps one plan."""

    output_field = models.BooleanField()
    conditional = True

    def __init__(self, lookup: str, ids: Collection[int]) -> None:
        super().__init__(models.F(lookup))
        self.ids = sorted(ids)

    @property
    def identity(self) -> tuple[Any, ...]:
        return (*super().identity, ("ids", tuple(self.ids)))

    def as_sql(  # type: ignore[override]
        self, compiler: Any, connection: Any, **extra: Any
    ) -> tuple[str, list[Any]]:
        column, params = compiler.compile(self.source_expressions[0])
        if connection.vendor == "postgresql":
            # Row-level security finds the rows by the index. Were this an index condition too, the planner would take
            # the two for independent, expect far too few rows, and read and sort them all for the first page.
            return f"{column} + 0 = ANY(%s::bigint[])", [*params, self.ids]
        marks = ",".join(["%s"] * len(self.ids))
        return f"{column} IN ({marks})", [*params, *self.ids]


def _lies_in(scopes: Collection[int]) -> Q:
    return Q(_Any("scope_id", scopes)) if scopes else Q(pk__in=())
