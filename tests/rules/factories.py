"""An example of every kind of record. Whoever adds a kind adds five lines here, and the whole matrix covers it.

    @example("permit", bears="owner, organisation")
    def permit(at: Place) -> Permit:
        return Permit.objects.create(holder=at.owner, organisation=at.organisation, code=f"p{at.number}")

`bears` says what a record of the kind tells about whose it is: owner, organisation, area, or scope (it lies in scopes
and is guarded row by row). It is written down here a second time on purpose: the matrix believes this and not what the
room registered, so a lookup that was left out or points to the wrong column turns up as a wrong cell.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import models
from django.utils import timezone

from cobijo.web.core.vault.models import Sealed
from cobijo.web.core.vault.places import reserve_ids
from cobijo.web.core.vault.sealing import new_keys, seal_rows
from tests.rules.world import Place

FACTS = frozenset({"owner", "organisation", "area", "scope"})


@dataclass(frozen=True)
class Example:
    kind: str
    bears: frozenset[str]
    make: Callable[[Place], Any]
    itself: bool  # the record is the person or the organisation: there is one a place already


_examples: dict[str, Example] = {}


def example(
    kind: str, *, bears: str, itself: bool = False
) -> Callable[[Callable[[Place], Any]], Callable[[Place], Any]]:
    """Register a function that makes one record of a kind in a place."""
    facts = frozenset(bears.replace(",", " ").split())
    assert facts <= FACTS, f"{kind}: a record can bear {', '.join(sorted(FACTS))} and nothing else"

    def register(make: Callable[[Place], Any]) -> Callable[[Place], Any]:
        _examples[kind] = Example(kind, facts, make, itself)
        return make

    return register


def example_of(kind: str) -> Example:
    """The factory of a kind, or a sentence that says what to add."""
    found = _examples.get(kind)
    assert found is not None, (
        f"The kind “{kind}” has no example, so nobody knows who reaches it. Add a function with "
        f'@example("{kind}", bears="…") to tests/rules/factories.py: it makes one record in the place that it is given.'
    )
    return found


def examples() -> dict[str, Example]:
    return dict(sorted(_examples.items()))


def make(kind: str, at: Place) -> Any:
    """One record, read back as the database has it."""
    made = example_of(kind).make(at)
    return type(made)._base_manager.get(pk=made.pk)


# --- The core's own kinds ----------------------------------------------------------------------------------------


@example("account", bears="owner, organisation", itself=True)
def account(at: Place) -> Any:
    return at.owner


@example("organisation", bears="organisation, area", itself=True)
def organisation(at: Place) -> Any:
    return at.organisation


@example("holding", bears="owner, organisation")
def holding(at: Place) -> Any:
    from cobijo.web.core.accounts.models import Holding

    ended = timezone.now()  # a role of the past, so that the example gives its owner nothing
    return Holding.objects.create(account=at.owner, role="publisher", area=f"MX-{at.number}", ended_at=ended)


@example("invitation", bears="organisation")
def invitation(at: Place) -> Any:
    from cobijo.web.core.accounts.models import Invitation

    return Invitation.objects.create(
        email=f"guest{at.number}@example.org", organisation=at.organisation, roles=["publisher"],
        secret_hash=at.number.to_bytes(32, "big"), expires_at=timezone.now() + timedelta(days=2),
    )  # fmt: skip


@example("token", bears="owner, organisation")
def token(at: Place) -> Any:
    from cobijo.web.core.accounts.models import Token

    return Token.objects.create(
        account=at.owner, name=f"key {at.number}", secret_hash=at.number.to_bytes(32, "big"),
        actions=["list:service"], expires_at=timezone.now() + timedelta(days=2),
    )  # fmt: skip


@example("event", bears="owner, organisation")
def event(at: Place) -> Any:
    from cobijo.web.core.access.context import Access, entered
    from cobijo.web.core.audit.services import record

    with entered(Access(at.owner.pk, at.organisation.pk, frozenset())) as _none:
        return record("see", "service", [at.number])


@example("job", bears="owner, organisation")
def job(at: Place) -> Any:
    from cobijo.web.core.jobs.models import Job

    return Job.objects.create(kind="screens.export", asked_by=at.owner, organisation=at.organisation)


@example("break_glass", bears="owner, organisation")
def break_glass(at: Place) -> Any:
    from cobijo.web.core.access.models import BreakGlass

    ended = timezone.now() - timedelta(hours=1)  # over, so that the example opens nothing to its owner
    return BreakGlass.objects.create(
        account=at.owner, kind="note", record_id=1, scope=at.scope, reason="an example of one", ends_at=ended
    )


# --- Kinds that only tests have ----------------------------------------------------------------------------------


@example("note", bears="scope")
def note(at: Place) -> Any:
    from tests.web.demo_note import Note

    return Note.objects.create(
        scope=at.scope, title=f"note {at.number}", child_name="Xóchitl", made_by=at.owner, changed_by=at.owner
    )


@example("remark", bears="scope")
def remark(at: Place) -> Any:
    from tests.web.demo_note import Remark

    return Remark.objects.create(
        scope=at.scope, note=note(at), text=f"remark {at.number}", made_by=at.owner, changed_by=at.owner
    )


# --- The directory -----------------------------------------------------------------------------------------------


@example("service", bears="organisation, area")
def service(at: Place) -> Any:
    from cobijo.web.directory.services.models import Service

    return Service.objects.create(
        organisation=at.organisation, name=f"Casa {at.number}", kind="shelter", area=at.area
    )


# --- Guarded tables whose rows name their kind themselves ---------------------------------------------------------

#: table -> its kinds, and how a row is made that belongs to a record
_rows: dict[str, tuple[tuple[str, ...], Callable[[Place, str, Any], Any]]] = {}


def row(
    table: str, *kinds: str
) -> Callable[[Callable[[Place, str, Any], Any]], Callable[[Place, str, Any], Any]]:
    """Register a function that makes one row of a history or an index, of a record of one of these kinds."""

    def register(make: Callable[[Place, str, Any], Any]) -> Callable[[Place, str, Any], Any]:
        _rows[table] = (kinds, make)
        return make

    return register


def kinds_in(table: str) -> tuple[str, ...]:
    """The kinds of record whose rows lie in a guarded table."""
    from cobijo.web.core.access.kinds import kinds

    if table in _rows:
        return _rows[table][0]
    found = tuple(name for name, kind in kinds().items() if kind.model._meta.db_table == table)
    # The kinds of the tests are known while a test runs.
    return found or (table.removeprefix("demo_"),)


def row_of(table: str, kind: str) -> Callable[[Place], Any]:
    """How to make a row of a guarded table: by its kind's example, or by a function of its own."""
    assert kind in _examples, (
        f"The table “{table}” is guarded row by row, and nothing tries to get past its guard. Register its kind and "
        f'give that an @example, or add a function with @row("{table}", …) to tests/rules/factories.py.'
    )
    if table not in _rows:
        return _examples[kind].make
    return lambda at: _rows[table][1](at, kind, _examples[kind].make(at))


@row("vault_blindtoken", "child", "concern", "note")
def blind_token(at: Place, kind: str, record: Any) -> Any:
    from cobijo.web.core.vault.models import BlindToken

    return BlindToken.objects.create(
        token=at.number.to_bytes(16, "big"), kind=kind, record_id=record.pk, scope_id=at.scope.pk,
        key_id=getattr(record, "key_id", UUID(int=at.number)), purpose="search", epoch=1,
    )  # fmt: skip


# --- A model's row, filled in ------------------------------------------------------------------------------------


def filled(model: type[models.Model], at: Place, **given: Any) -> Any:
    """A row with something in every field that must hold something; `given` says what a rule of the table asks for.

    Who is the place's owner, an organisation is its organisation, a scope its scope; what else a row points to is made
    in the same place.
    """
    said: dict[str, Any] = dict(given)
    for field in model._meta.concrete_fields:
        if field.name in said or field.attname in said:
            continue
        if field.is_relation:
            if not field.null or field.name in {"made_by", "changed_by"}:
                said[field.name] = _pointed_to(field, at)
        elif field.name in {"key_id", "sealed"} and issubclass(model, Sealed):
            continue
        elif not (field.null or field.has_default() or field.primary_key or getattr(field, "auto_now", False)
                  or getattr(field, "auto_now_add", False)):  # fmt: skip
            said[field.name] = _something(field, at)
    made = model(**said)
    if isinstance(made, Sealed):
        # Really sealed, under the child's key or one of its own, so that pages that show a name have one to show.
        child = said.get("child")
        made.key_id = child.key_id if child is not None else new_keys(1)[0]
        made.pk = reserve_ids(model, 1)[0]
        seal_rows([made], [{"given": f"Xóchitl {at.number}"}])
    made.save(force_insert=True)
    return made


def _pointed_to(field: Any, at: Place) -> Any:
    model = field.related_model
    of = {"Account": at.owner, "Organisation": at.organisation, "Scope": at.scope}
    if model.__name__ in of:
        return of[model.__name__]
    table = model._meta.db_table
    return row_of(table, kinds_in(table)[0])(at)


def _something(field: Any, at: Place) -> Any:
    if field.choices and not field.blank:
        return next(code for code, _words in field.flatchoices if code not in ("", None))
    if isinstance(field, models.UUIDField):
        return UUID(int=at.number)
    if isinstance(field, models.BinaryField):
        return at.number.to_bytes(16, "big")
    if isinstance(field, models.DateTimeField):
        return timezone.now()
    if isinstance(field, models.DateField):
        return timezone.localdate()
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.IntegerField):
        return at.number
    return "" if field.blank else f"x{at.number}"[: field.max_length or 80]
