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
from cobijo.web.core.screens import bulk
from cobijo.web.core.screens.identity import past_values, sealed_fields
from cobijo.web.core.screens.models import Revision, RevisionBase

_tables: dict[str, type[RevisionBase]] = {}
#: Bookkeeping that the history itself says.
UNSAID = frozenset({"id", "version", "made_by", "made_at", "changed_by", "changed_at", "scope"})
WROTE = ("add", "change", "remove")
SEALED = ("key_id", "sealed", "sealed_version")


@dataclass(frozen=True)
class Edit:
    """One edit: who, when, and of each field that differs what it said before and after (as kept).

    `sealed`: it changed who the record says it is about; what it said then is read by `revealed` only.
    """

    number: int
    at: datetime
    who: str
    action: str
    differences: tuple[tuple[str, Any, Any], ...]
    sealed: bool = False


def register_revisions(kind: str, table: type[RevisionBase]) -> None:
    """The table of a protected kind's history (a `ProtectedRevision`, or a `SealedRevision` where it is sealed)."""
    known = kind_of(kind)
    if known is not None and sealed_fields(known.model) and not hasattr(table, "sealed_version"):
        raise ValueError(f"{kind} is sealed, so its history needs a SealedRevision")
    _tables[kind] = table


def table_of(kind: str) -> type[RevisionBase]:
    """Where a kind's history lies; a protected kind never shares the open table."""
    known = kind_of(kind)
    if known is not None and known.protected and kind not in _tables:
        raise ValueError(f"{kind} is protected, so its history needs a protected table of its own")
    return _tables.get(kind, Revision)


def plain(record: models.Model, name: str) -> Any:
    """What a field says, as JSON can hold it: dates as text, other records as their id."""
    return _plain(record._meta.get_field(name), record)


def _plain(field: Any, record: models.Model) -> Any:
    value = field.value_from_object(record)
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _kept(model: Any) -> list[Any]:
    """The fields of a model that a history keeps. Sealed bytes are copied apart, never said."""
    return [
        one
        for one in model._meta.concrete_fields
        if not isinstance(one, models.BinaryField) and one.name not in UNSAID and one.name not in SEALED
    ]


def snapshot(record: models.Model) -> dict[str, Any]:
    """All that an edit may change, as kept."""
    return {one.name: _plain(one, record) for one in _kept(type(record))}


def keep(*, by: Access, action: str, kind: str, records: Sequence[Any]) -> None:
    """Keep what the records say now; in the transaction of the edit."""
    if not records:
        return
    table = table_of(kind)
    now = timezone.now()
    extra = [name for name in ("scope_id", *SEALED) if hasattr(table, name)]
    fields = _kept(type(records[0]))
    rows = [
        {
            "kind": kind,
            "record_id": one.pk,
            "number": one.version,
            "at": now,
            "account_id": by.account_id,
            "action": action,
            "values": {field.name: _plain(field, one) for field in fields},
            **{name: getattr(one, name) for name in extra},
        }
        for one in records
    ]
    bulk.insert(table, rows)
    if "scope_id" in extra and action == "change":
        _follow(table, kind, records)


def writers(
    kind: str, *, since: datetime | None = None, actions: Sequence[str] = WROTE, **of: Any
) -> set[int]:
    """Who wrote in records of a kind (0: the site itself). `of` says in which: `record_id=7`, `values__report=3`."""
    rows = table_of(kind)._default_manager.filter(kind=kind, action__in=actions, **of)
    if since is not None:
        rows = rows.filter(at__gt=since)
    return set(rows.values_list("account_id", flat=True))


def versions(kind: str, record_id: int) -> list[tuple[int, datetime, dict[str, Any]]]:
    """All that a record said, from the first on: who wrote it, when, and its values as kept."""
    rows = table_of(kind)._default_manager.filter(kind=kind, record_id=record_id).order_by("number")
    return list(rows.values_list("account_id", "at", "values"))


def wrote(access: Access, kind: str) -> models.Exists:
    """The condition that this person wrote in a record, however early: whoever did approves nothing of it."""
    mine = table_of(kind)._default_manager.filter(
        kind=kind, action__in=WROTE, record_id=models.OuterRef("pk"), account_id=access.account_id
    )
    return models.Exists(mine)


def _follow(table: type[RevisionBase], kind: str, records: Sequence[Any]) -> None:
    """The past lies where the record lies now."""
    places: dict[int, list[int]] = {}
    for one in records:
        places.setdefault(one.scope_id, []).append(one.pk)
    for scope_id, ids in places.items():
        lies: dict[str, Any] = {"scope_id": scope_id}
        table._default_manager.filter(kind=kind, record_id__in=ids).exclude(**lies).update(**lies)


def values_at(kind: str, record: Any, number: int, access: Access | None = None) -> dict[str, Any] | None:
    """What the record said in an earlier version, where that is known; with `access`, what was sealed in it too."""
    row = table_of(kind)._default_manager.filter(kind=kind, record_id=record.pk, number=number).first()
    if row is None:
        return None
    values = dict(row.values)
    if access is not None and hasattr(row, "sealed_version"):
        [past] = past_values(access, kind, record, [row])
        values |= past
    return values


def edits(access: Access, kind: str, record: Any, limit: int = 200) -> list[Edit]:
    """The edits of a record, newest first, with the fields that the person may see."""
    fields = check(access, "history", kind, record).fields
    seen = check(access, "see", kind, record).fields
    rows: list[Any] = list(_rows(kind, record).defer(*_bytes(kind))[: limit + 1])
    who = dict(
        Account.objects.filter(pk__in={one.account_id for one in rows if one.account_id}).values_list(
            "pk", "name"
        )
    )
    found = []
    for place, row in enumerate(rows[:limit]):
        earlier = rows[place + 1] if place + 1 < len(rows) else None
        before = earlier.values if earlier is not None else {}
        differences = tuple(
            (name, before.get(name), value)
            for name, value in row.values.items()
            if before.get(name) != value
            and (fields is None or name in fields)
            and (seen is None or name in seen)
            and not (row.action == "add" and value in (None, "", [], False))
        )
        sealed = _bytes(kind) != () and (earlier is None or earlier.sealed_version != row.sealed_version)
        who_did = who.get(row.account_id, "")
        found.append(Edit(row.number, row.at, who_did, row.action, differences, sealed))
    return found


def revealed(access: Access, kind: str, record: Any, number: int) -> list[tuple[str, Any, Any]]:
    """What one edit changed of the sealed fields, before and after: a reading of the identity, and on record as one."""
    check(access, "history", kind, record)
    rows = list(_rows(kind, record).filter(number__lte=number)[:2])
    if not rows or rows[0].number != number:
        return []
    read = past_values(access, kind, record, rows)
    after, before = read[0], read[1] if len(read) > 1 else {}
    names = sealed_fields(type(record)) or ()
    return [
        (name, before.get(name), after.get(name))
        for name in names
        if (before.get(name) or "") != (after.get(name) or "")
    ]


def _rows(kind: str, record: Any) -> Any:
    return table_of(kind)._default_manager.filter(kind=kind, record_id=record.pk).order_by("-number")


def _bytes(kind: str) -> tuple[str, ...]:
    """The bytes that a list of edits need not read."""
    return ("sealed",) if hasattr(table_of(kind), "sealed_version") else ()
