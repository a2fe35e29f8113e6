"""Kinds of record: what the policy must know of a model. A kind that nobody registered is refused."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.functional import Promise


@dataclass(frozen=True)
class Kind:
    """Where a record of this kind says whose it is. Lookups are Django's, such as `scope__organisation_id`."""

    name: str
    model: type[models.Model]
    title: str | Promise
    protected: bool  # lies in scopes, under row-level security
    owner: str | None  # lookup of the account whose own record it is
    organisation: str | None  # lookup of its organisation
    area: str | None  # lookup of the pack's area code
    under: tuple[str, str] | None  # (kind, lookup) of the record it belongs to: break-glass reaches down
    public_fields: frozenset[str]  # all that a grant "public only" shows
    identity_fields: frozenset[str]  # hidden unless `see_identity` is allowed

    def fields(self) -> frozenset[str]:
        """Names of all fields that a page may show."""
        own = {field.name for field in self.model._meta.concrete_fields}
        return frozenset(own) | self.public_fields | self.identity_fields


_kinds: dict[str, Kind] = {}


def register_kind(
    name: str,
    *,
    model: type[models.Model],
    protected: bool = False,
    title: str | Promise | None = None,
    owner: str | None = None,
    organisation: str | None = None,
    area: str | None = None,
    under: tuple[str, str] | None = None,
    public_fields: Collection[str] = (),
    identity_fields: Collection[str] = (),
) -> Kind:
    """Make a kind known to the policy; called in `AppConfig.ready()`. What it may be used for stands in `grants.py`.

    A lookup that is left out fails closed: without `organisation`, no grant "within the organisation" reaches it.
    """
    if protected and not getattr(model, "row_guard", False):
        raise ValueError(f"{name}: protected, but its table is not guarded (Protected, or row_guard = True)")
    if getattr(model, "row_guard", False) and not protected:
        raise ValueError(f"{name}: its table is guarded, so it must be registered as protected")
    kind = Kind(
        name=name,
        model=model,
        title=title or model._meta.verbose_name or name,
        protected=protected,
        owner=owner,
        organisation="scope__organisation_id" if protected else organisation,
        area=area,
        under=under,
        public_fields=frozenset(public_fields),
        identity_fields=frozenset(identity_fields),
    )
    known = _kinds.get(name)
    if known is not None and known.model is not model:
        raise ValueError(f"two kinds are called {name}")
    _kinds[name] = kind
    return kind


def kind_of(name: str) -> Kind | None:
    """The kind of that name, or None: the policy refuses what it does not know."""
    return _kinds.get(name)


def kinds() -> dict[str, Kind]:
    """All kinds, by name."""
    return dict(sorted(_kinds.items()))


def protected_kinds() -> frozenset[str]:
    """Names of the kinds that lie in scopes."""
    return frozenset(name for name, kind in _kinds.items() if kind.protected)


def forget_kind(name: str) -> None:
    """For tests that register a kind of their own."""
    _kinds.pop(name, None)


def value(record: Any, lookup: str) -> Any:
    """What a record says under a lookup: `scope__organisation_id` walks from the record to its scope."""
    for step in lookup.split("__"):
        record = getattr(record, step, None)
        if record is None:
            return None
    return record
