"""Adding and changing rows that hold something sealed: check, rules, seal, write, history, audit, check again.

The same steps as `screens.writing`, for kinds that have a sheet. A row is flat: plain and sealed fields side by side.
A row of which `child` is given lies where the child lies and is sealed with the child's key.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction

from cobijo.errors import CobijoError, InputProblem
from cobijo.web.care.children import sheets
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.models import Scope, ScopeKind
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens import bulk, history, writing
from cobijo.web.core.screens.cleaning import Cleaning
from cobijo.web.core.screens.writing import Stale
from cobijo.web.core.vault import indexing
from cobijo.web.core.vault.models import Sealed
from cobijo.web.core.vault.places import reserve_ids
from cobijo.web.core.vault.sealing import new_keys, seal_rows, unseal

#: by, the record as it would be, its sealed part as it would be, the row's number
Rule = Callable[[Access, Any, Mapping[str, Any], int], None]


def own_desk(by: Access) -> int:
    """The id of the person's own desk, made at first need."""
    return Scope.objects.get_or_create(
        kind=ScopeKind.DESK, organisation_id=by.organisation_id, holder_id=by.account_id
    )[0].pk


def add_sealed(
    *,
    by: Access,
    kind: str,
    rows: Sequence[Mapping[str, Any]],
    rule: Rule | None = None,
    detail: Mapping[str, Any] | None = None,
) -> list[Any]:
    """Add records with a sealed part: one transaction, one event. A row without a child needs `scope_id`."""
    check(by, "add", kind)
    model: Any = writing._model(kind)
    cleaning = Cleaning(model._meta.concrete_fields)
    made, bodies = [], []
    with transaction.atomic():
        fresh = iter(new_keys(sum("child" not in row or row["child"] is None for row in rows)))
        for number, (pk, row) in enumerate(zip(reserve_ids(model, len(rows)), rows, strict=True), 1):
            record, body = _new(model, kind, pk, row, fresh, number)
            writing._sign(record, by, made=True)
            check(by, "add", kind, record)
            cleaning.record(record, row, number)
            if rule is not None:
                rule(by, record, body, number)
            made.append(record)
            bodies.append(body)
        seal_rows(made, bodies)
        with writing._constraints():
            # Reads nothing back: some kinds are written by people who may not read them.
            bulk.insert_records(made)
        if sheets.sheet_of(kind).indexed:
            indexing.add_tokens(kind, made, bodies)
        keep(by, "add", kind, made)
        audit.record("add", kind, [one.pk for one in made], access=by, detail=detail)
        writing._check_again(by, "add", kind, made)
    return made


def _new(
    model: Any, kind: str, pk: int, row: Mapping[str, Any], fresh: Iterator[UUID], number: int
) -> tuple[Any, dict[str, Any]]:
    plain, sealed = sheets.split(kind, row)
    child = plain.get("child")
    if child is not None:
        plain = {**plain, "key_id": child.key_id, "scope_id": child.scope_id}
    else:
        plain = {**plain, "key_id": next(fresh)}
    body = {**sheets.sheet_of(kind).defaults, **sheets.clean(kind, sealed, number)}
    return model(pk=pk, **plain), body


def change_sealed(
    *,
    by: Access,
    kind: str,
    rows: Sequence[Mapping[str, Any]],
    rule: Rule | None = None,
    action: str = "change",
    event: str = "change",
) -> list[Any]:
    """Change records. Each row has pk, version (the one the person started from) and the fields to change.

    A sealed field that is not in the row stays as it is. Raises `Stale` where somebody else was faster: nothing is put
    together here, whatever the field (see `conflicts`). `event` is what the audit calls it.
    """
    check(by, action, kind)
    cleaning = Cleaning(writing._model(kind)._meta.concrete_fields)
    with transaction.atomic():
        found = writing._found(by, kind, [row["pk"] for row in rows])
        changed, names = [], set()
        for number, row in enumerate(rows, 1):
            record = found[int(row["pk"])]
            check(by, action, kind, record)
            check_not_emptied(record)
            if record.version != int(row["version"]):
                raise Stale(kind, record, int(row["version"]))
            differing = _apply(record, kind, row, number, cleaning)
            if not differing:
                continue
            check(by, action, kind, record)
            if rule is not None:
                rule(by, record, body_of(record) if kind in sheets.sheets() else {}, number)
            names |= differing
            changed.append(record)
        save(by, kind, changed, names, event=event)
        writing._check_again(by, action, kind, changed)
    return changed


def _apply(record: Any, kind: str, row: Mapping[str, Any], number: int, cleaning: Cleaning) -> set[str]:
    """Put a row's fields into the record; the names of those that differ."""
    plain, sealed = sheets.split(kind, {n: v for n, v in row.items() if n not in {"pk", "version"}})
    differing = {name for name, value in plain.items() if getattr(record, name) != value}
    for name in differing:
        setattr(record, name, plain[name])
    cleaning.record(record, differing, number)
    if sealed:
        before = body_of(record)
        cleaned = sheets.clean(kind, sealed, number)
        body = {name: value for name, value in before.items() if name not in sealed} | cleaned
        if body != before:
            differing |= {name for name in sealed if before.get(name) != body.get(name)}
            seal_rows([record], [body])
            if sheets.sheet_of(kind).indexed:
                indexing.replace_tokens(kind, [record], [body])
    return differing


def save(
    by: Access,
    kind: str,
    records: Sequence[Any],
    names: Collection[str],
    *,
    event: str,
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Write changed records, their history and the event. For services that changed them by a rule of their own."""
    if not records:
        return
    for record in records:
        record.version += 1
        writing._sign(record, by)
        with writing._constraints():
            record.save()
    keep(by, "change", kind, records)
    ids = [one.pk for one in records]
    told = ({"fields": sorted(names)} if names else {}) | dict(detail or {})
    audit.record(event, kind, ids, access=by, detail=told or None)


def keep(by: Access, action: str, kind: str, records: Sequence[Any]) -> None:
    """Into the history, where the kind has one. A kind whose rows are only added is its own history."""
    known = sheets.sheets().get(kind)
    if known is None or known.revised:
        history.keep(by=by, action=action, kind=kind, records=records)


def body_of(record: Any) -> dict[str, Any]:
    """The sealed part, for a service that needs it to write. Showing it is for `vault.queries.identities`."""
    plain = unseal(record.key_id, record.place(), record.sealed)
    return dict(plain) if isinstance(plain, dict) else {}


def check_not_emptied(record: Any) -> None:
    """What was erased when its own time of keeping was over (see `cases.parts`) is not written on again."""
    if isinstance(record, Sealed) and not record.sealed:
        raise InputProblem("children.emptied")


def locked(by: Access, kind: str, ids: Sequence[Any], action: str = "change") -> dict[int, Any]:
    """Records that the person may change, held until the end of the transaction."""
    check(by, action, kind)
    found = writing._found(by, kind, ids)
    for record in found.values():
        check(by, action, kind, record)
    return found


def fresh(kind: str, record: Any, row: Mapping[str, Any]) -> None:
    """Raises `Stale` where the row started from another version; a row without one started from what is there."""
    if "version" in row and record.version != int(row["version"]):
        raise Stale(kind, record, int(row["version"]))


@contextmanager
def attempt(by: Access, action: str, kind: str, ids: Collection[Any] = ()) -> Iterator[None]:
    """Undo what was begun and write down that it was tried, where a rule says no.

    It must be the outermost of what is undone: whoever opens a transaction around it and lets the error out of that
    one, but not out of `acting_as`, undoes the event too. A `Forbidden` is written down by the site.
    """
    from cobijo.web.core.access.errors import Forbidden

    try:
        with transaction.atomic():
            yield
    except Forbidden:
        raise
    except CobijoError as problem:
        audit.put_on_record(problem, access=by, action=action, kind=kind, ids=ids)
        raise
