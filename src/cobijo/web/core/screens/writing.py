"""The three writes of an ordinary register, for a room's `services.py`: check, write, keep history, audit, check again.

A room adds its rules: `add_rows(by=by, kind="service", rows=rows, rule=check_service)`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import ProtectedError, RestrictedError

from cobijo.errors import CobijoError, InputProblem
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.errors import Forbidden
from cobijo.web.core.access.kinds import kind_of
from cobijo.web.core.access.policy import Deciding, check, visible
from cobijo.web.core.screens import history
from cobijo.web.core.screens.cleaning import Cleaning
from cobijo.web.core.screens.sealed_writing import Sealing

#: By, the record as it would be (`record.sealed_values`: the sealed fields that this write gives), the row's number.
Rule = Callable[[Access, Any, int], None]


class Stale(CobijoError):
    """Somebody else edited the record meanwhile. Nothing was written; `record` is what it says now."""

    def __init__(self, kind: str, record: Any, started_from: int) -> None:
        super().__init__("screens.stale", kind=kind)
        self.record = record
        self.started_from = started_from


def add_rows(
    *, by: Access, kind: str, rows: Sequence[Mapping[str, Any]], rule: Rule | None = None
) -> list[Any]:
    """Add records: one transaction, one event. What the model keeps sealed is a field of the row like any other."""
    model = _model(kind)
    check(by, "add", kind)
    deciding = Deciding(by, "add", kind)
    cleaning = Cleaning(model._meta.concrete_fields)
    sealing = Sealing(kind)

    def new() -> Iterator[tuple[Any, dict[str, Any]]]:
        for number, row in enumerate(rows, 1):
            plain, identity = sealing.divided(row, number)
            record = model(**plain)
            _sign(record, by, made=True)
            record.sealed_values = identity  # for the rule; never stored
            deciding.check(record)
            cleaning.record(record, plain, number)
            if rule is not None:
                rule(by, record, number)
            yield record, identity

    with transaction.atomic():
        with _constraints():
            if sealing.fields is None:
                made = [record for record, _identity in new()]
                model._default_manager.bulk_create(made, batch_size=500)
                history.keep(by=by, action="add", kind=kind, records=made)
            else:
                made = sealing.write(by, new(), len(rows))
        audit.record("add", kind, [one.pk for one in made], access=by)
        _check_again(by, "add", kind, made)
    return made


def change_rows(
    *, by: Access, kind: str, rows: Sequence[Mapping[str, Any]], rule: Rule | None = None
) -> list[Any]:
    """Change records. Each row has pk, version (the one the person started from) and the fields to change."""
    check(by, "change", kind)
    cleaning = Cleaning(_model(kind)._meta.concrete_fields)
    sealing = Sealing(kind)
    with transaction.atomic():
        found = _found(by, kind, [row["pk"] for row in rows])
        changed, names = [], set()
        for number, row in enumerate(rows, 1):
            record = found[int(row["pk"])]
            check(by, "change", kind, record)
            if record.version != int(row["version"]):
                raise Stale(kind, record, int(row["version"]))
            plain, identity = sealing.divided(row, number)
            differing = {
                name: value
                for name, value in plain.items()
                if name not in {"pk", "version"} and getattr(record, name) != value
            }
            anew = sealing.differing(by, record, identity)
            if not differing and not anew:
                continue
            before = getattr(record, "scope_id", None)
            record.sealed_values = anew
            for name, value in differing.items():
                setattr(record, name, value)
            check(by, "change", kind, record)
            cleaning.record(record, differing, number)
            if rule is not None:
                rule(by, record, number)
            record.version += 1
            _sign(record, by)
            sealing.again(record, anew)
            with _constraints():
                record.save()
            if getattr(record, "scope_id", None) != before:
                sealing.moved(record)
            names |= {*differing, *anew}
            changed.append(record)
        if changed:
            history.keep(by=by, action="change", kind=kind, records=changed)
            detail = {"fields": sorted(names)}
            audit.record("change", kind, [one.pk for one in changed], access=by, detail=detail)
            _check_again(by, "change", kind, changed)
    return changed


def remove_rows(*, by: Access, kind: str, rows: Sequence[Mapping[str, Any]]) -> int:
    """Remove records of which each row has pk and version; what they said stays in the history."""
    check(by, "remove", kind)
    with transaction.atomic():
        found = _found(by, kind, [row["pk"] for row in rows])
        for row in rows:
            record = found[int(row["pk"])]
            check(by, "remove", kind, record)
            if record.version != int(row["version"]):
                raise Stale(kind, record, int(row["version"]))
            record.version += 1
        history.keep(by=by, action="remove", kind=kind, records=list(found.values()))
        audit.record("remove", kind, sorted(found), access=by)
        Sealing(kind).forgotten(list(found.values()))
        try:
            _model(kind)._default_manager.filter(pk__in=list(found)).delete()
        except (ProtectedError, RestrictedError) as problem:
            raise InputProblem("screens.still_used") from problem
    return len(found)


def _model(kind: str) -> Any:
    known = kind_of(kind)
    if known is None:
        raise Forbidden("access.kind_unknown", kind=kind)
    return known.model


def _found(by: Access, kind: str, ids: Sequence[Any]) -> dict[int, Any]:
    """The records that the person may see, locked until the end of the transaction."""
    rows = visible(by, kind, _model(kind)._default_manager.filter(pk__in=ids), "see")
    found = {one.pk: one for one in rows.select_for_update(of=("self",))}
    if any(int(one) not in found for one in ids):
        raise InputProblem("screens.gone")
    return found


def _sign(record: Any, by: Access, *, made: bool = False) -> None:
    names = {one.attname for one in record._meta.concrete_fields}
    if made and "made_by_id" in names:
        record.made_by_id = by.by_id
    if "changed_by_id" in names:
        record.changed_by_id = by.by_id


def _check_again(by: Access, action: str, kind: str, records: Sequence[Any]) -> None:
    """As the database now has them, before it is for good: nobody saves a record out of the own reach."""
    ids = [one.pk for one in records]
    rows = visible(by, kind, _model(kind)._default_manager.filter(pk__in=ids), action)
    if rows.count() == len(ids):
        return
    for record in _model(kind)._default_manager.filter(pk__in=ids):
        check(by, action, kind, record)


@contextmanager
def _constraints() -> Iterator[None]:
    """A constraint of the database becomes a sentence, and the transaction stays usable."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as problem:
        raise InputProblem("screens.constraint") from problem
