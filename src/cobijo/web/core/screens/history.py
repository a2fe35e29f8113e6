"""History: every edit leaves what the record then said, and is shown as the difference to the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.kinds import kind_of
from cobijo.web.core.access.policy import check
from cobijo.web.core.accounts.models import Account
from cobijo.web.core.screens.models import Revision, RevisionBase

_tables: dict[str, type[RevisionBase]] = {}
#: Bookkeeping that the history itself says.
UNSAID = frozenset({"id", "version", "made_by", "made_at", "changed_by", "changed_at", "scope"})
SEALED = ("key_id", "sealed", "sealed_version")


@dataclass(frozen=True)
class Edit:
    """One edit: who, when, and of each field that differs what it said before and after (as kept)."""

    number: int
    at: datetime
    who: str
    action: str
    differences: tuple[tuple[str, Any, Any], ...]


def register_revisions(kind: str, table: type[RevisionBase]) -> None:
    """The table of a protected kind's history (a `ProtectedRevision`)."""
    _tables[kind] = table


def table_of(kind: str) -> type[RevisionBase]:
    """Where a kind's history lies; a protected kind never shares the open table."""
    known = kind_of(kind)
    if known is not None and known.protected and kind not in _tables:
        raise ValueError(f"{kind} is protected, so its history needs a protected table of its own")
    return _tables.get(kind, Revision)


def plain(record: models.Model, name: str) -> Any:
    """What a field says, as JSON can hold it: dates as text, other records as their id."""
    field = record._meta.get_field(name)
    value = field.value_from_object(record)  # type: ignore[union-attr]
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def snapshot(record: models.Model) -> dict[str, Any]:
    """All that an edit may change, as kept. Sealed bytes are copied apart, never said."""
    names = [one.name for one in record._meta.concrete_fields if not isinstance(one, models.BinaryField)]
    return {name: plain(record, name) for name in names if name not in UNSAID and name not in SEALED}


def keep(*, by: Access, action: str, kind: str, records: Sequence[Any]) -> None:
    """Keep what the records say now; in the transaction of the edit."""
    table = table_of(kind)
    now = timezone.now()
    extra = [name for name in ("scope_id", *SEALED) if hasattr(table, name)]
    rows = [
        table(
            kind=kind,
            record_id=one.pk,
            number=one.version,
            at=now,
            account_id=by.account_id,
            action=action,
            values=snapshot(one),
            **{name: getattr(one, name) for name in extra},
        )
        for one in records
    ]
    table._default_manager.bulk_create(rows, batch_size=500)
    if "scope_id" in extra and action == "change":
        for one in records:  # the past follows the record to where it lies now
            lies: dict[str, Any] = {"scope_id": one.scope_id}
            table._default_manager.filter(kind=kind, record_id=one.pk).exclude(**lies).update(**lies)


def values_at(kind: str, record: Any, number: int) -> dict[str, Any] | None:
    """What the record said in an earlier version, where that is known."""
    rows = table_of(kind)._default_manager.filter(kind=kind, record_id=record.pk, number=number)
    found: dict[str, Any] | None = rows.values_list("values", flat=True).first()
    return found


def edits(access: Access, kind: str, record: Any, limit: int = 200) -> list[Edit]:
    """The edits of a record, newest first, with the fields that the person may see."""
    fields = check(access, "history", kind, record).fields
    seen = check(access, "see", kind, record).fields
    rows = list(
        table_of(kind)
        ._default_manager.filter(kind=kind, record_id=record.pk)
        .order_by("-number")[: limit + 1]
    )
    who = dict(
        Account.objects.filter(pk__in={one.account_id for one in rows if one.account_id}).values_list(
            "pk", "name"
        )
    )
    found = []
    for place, row in enumerate(rows[:limit]):
        before = rows[place + 1].values if place + 1 < len(rows) else {}
        differences = tuple(
            (name, before.get(name), value)
            for name, value in row.values.items()
            if before.get(name) != value
            and (fields is None or name in fields)
            and (seen is None or name in seen)
            and not (row.action == "add" and value in (None, "", [], False))
        )
        found.append(Edit(row.number, row.at, who.get(row.account_id, ""), row.action, differences))
    return found
