"""What a register keeps sealed: its fields, how a page reads them (one event), and how a record is found by them.

A model says it once; the fields are never columns, only what their forms and labels are made of:

    class Child(Sealed, Protected):
        sealed_fields = SealedFields(
            given=models.CharField(_("given names"), max_length=80),
            birth_date=models.DateField(_("date of birth"), null=True, blank=True),
        )
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.kinds import kind_of, kinds
from cobijo.web.core.access.policy import Deciding, visible
from cobijo.web.core.vault import places, queries
from cobijo.web.core.vault.errors import Locked
from cobijo.web.core.vault.queries import Identity

Field = models.Field[Any, Any]


class SealedFields(Mapping[str, Field]):
    """The fields that lie together in the sealed part of a row, in the order of their naming."""

    def __init__(
        self, *, called_by: Sequence[str] = ("given", "surname1", "surname2"), **fields: Field
    ) -> None:
        self._fields = fields
        self.called_by = tuple(one for one in called_by if one in fields)  # together they make a name
        for name, one in fields.items():
            one.set_attributes_from_name(name)

    def __getitem__(self, name: str) -> Field:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def value(self, name: str, kept: Any) -> Any:
        """What a form takes, from what was sealed."""
        return kept if kept is None else self._fields[name].to_python(kept)


def as_json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def sealed_fields(model: Any) -> SealedFields | None:
    """The sealed fields of a model; None where it has none."""
    found = getattr(model, "sealed_fields", None)
    return found if isinstance(found, SealedFields) else None


@dataclass(repr=False)
class Past:
    """An earlier version of a record: the same record to the policy and the audit, its older bytes to the vault."""

    record: Any
    key_id: UUID
    sealed: bytes
    sealed_version: int

    def __getattr__(self, name: str) -> Any:  # pk, scope_id, whatever a lookup of the kind asks for
        if name.startswith("_") or name == "record":
            raise AttributeError(name)
        return getattr(self.record, name)

    def place(self) -> str:
        return places.place(type(self.record), "sealed", self.record.pk, self.sealed_version)


def attach(access: Access, kind: str, records: Sequence[Any], purpose: str = "") -> None:
    """Read the identities of a page into `record.identity`: those that may be seen, in one batch, with one event.

    Where it may not be seen `identity` is None. A kind without sealed fields costs nothing.
    """
    known = kind_of(kind)
    fields = sealed_fields(known.model) if known is not None else None
    if fields is None:
        return
    for one in records:
        one.identity = None
    deciding = Deciding(access, "see_identity", kind)
    may = [one for one in records if deciding(one)]
    if not may:
        return
    read = queries.identities(access, may, fields=tuple(fields), purpose=purpose or access.purpose, kind=kind)
    for one, found in zip(may, read, strict=True):
        one.identity = found


def identity_of(record: Any) -> Identity | None:
    """What `attach` read, where it could be opened."""
    found: Identity | None = getattr(record, "identity", None)
    return found if found is not None and found.condition == "open" else None


def name_of(record: Any) -> str:
    """What the record is called on a page: by its name where that was read, else by what its `__str__` says."""
    found, fields = identity_of(record), sealed_fields(type(record))
    if found is None or fields is None:
        return str(record)
    return " ".join(str(found[one]) for one in fields.called_by if found.get(one)) or str(record)


def past_values(access: Access, kind: str, record: Any, rows: Sequence[Any]) -> list[Identity]:
    """What earlier versions (rows of the history) said of who it is; audited as a reading of the record."""
    fields = sealed_fields(type(record))
    assert fields is not None
    past: list[Any] = [Past(record, one.key_id, bytes(one.sealed), one.sealed_version) for one in rows]
    return queries.identities(access, past, fields=tuple(fields), purpose=access.purpose, kind=kind)


# --- Finding -----------------------------------------------------------------------------------------------------

_YEAR = re.compile(r"(?:^|\D)((?:19|20)\d\d)(?:\D|$)")
_OFFICIAL = re.compile(r"(?=\w*\d)\w{8,}")


def known_of(words: str) -> dict[str, Any]:
    """What somebody typed, as the blind index takes it: a name, a year or date of birth, an official id."""
    name: list[str] = []
    known: dict[str, Any] = {}
    for word in words.split():
        year = _YEAR.search(word)
        if year is not None and not any(one.isalpha() for one in word):
            known["birth_year"] = int(year[1])
        elif _OFFICIAL.fullmatch(word):
            known["official_id"] = word
        elif not word.isdigit():
            name.append(word)
    return {"name": " ".join(name), **known}


def by_identity(access: Access, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """A register's `search`: through the blind index, and only among records whose identity may be seen.

    To find somebody by a name is to learn the name. The best come first in `best_first`, since a list has an order of
    its own.
    """
    kind = next((name for name, one in kinds().items() if one.model is rows.model), "")
    return visible(access, kind, rows.filter(pk__in=_ids(access, kind, words)), "see_identity")


def best_first(access: Access, kind: str, records: Sequence[Any], words: str) -> list[Any]:
    """Records that `by_identity` found, those that fit best first."""
    order = {one: place for place, one in enumerate(_ids(access, kind, words))}
    return sorted(records, key=lambda one: order.get(one.pk, len(order)))


def _ids(access: Access, kind: str, words: str) -> list[int]:
    try:
        return queries.find(access, "search", kind=kind, **known_of(words))
    except Locked:  # the page says why nothing is found
        return []
