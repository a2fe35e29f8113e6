"""The sealed half of a write: numbers and keys for new rows, seals, blind tokens. Nothing of it for ordinary kinds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.kinds import kind_of
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens import bulk, history
from cobijo.web.core.screens.cleaning import Cleaning
from cobijo.web.core.screens.identity import as_json, sealed_fields
from cobijo.web.core.vault import indexing
from cobijo.web.core.vault.places import reserve_ids
from cobijo.web.core.vault.sealing import new_keys, seal_rows, unseal

SOME = 1_000


class Sealing:
    """One batch of writes on one kind."""

    def __init__(self, kind: str) -> None:
        known = kind_of(kind)
        self.kind = kind
        self.model: Any = known.model if known is not None else None
        self.fields = sealed_fields(self.model)
        self.indexed = kind in indexing.indexes()
        self._cleaning = Cleaning((self.fields or {}).values())

    def divided(self, row: Mapping[str, Any], number: int) -> tuple[Mapping[str, Any], dict[str, Any]]:
        """The columns of a row, and what is to be sealed of it, checked."""
        if self.fields is None:
            return row, {}
        sealed = {
            name: as_json(self._cleaning.value(name, row[name], number))
            for name in self.fields
            if name in row
        }
        return {name: value for name, value in row.items() if name not in self.fields}, sealed

    def write(self, by: Access, rows: Iterable[tuple[Any, dict[str, Any]]], count: int) -> list[Any]:
        """Give new records, each with its identity, numbers and keys; write them, sealed, with tokens and history.

        Some at a time: the database writes those while the next are prepared, and reads nothing in between. A key is
        made once its record was found right. Raises `Locked` where the vault is.
        """
        numbers = iter(reserve_ids(self.model, count))
        coming, made = iter(rows), []
        tokens = indexing.Tokens(self.kind) if self.indexed else None
        with bulk.ahead():
            while some := list(islice(coming, SOME)):
                records = [record for record, _identity in some]
                identities = [identity for _record, identity in some]
                for record, key in zip(records, new_keys(len(records)), strict=True):
                    record.pk, record.key_id = next(numbers), key
                if tokens is not None:
                    tokens.add(records, identities)
                seal_rows(records, identities)
                bulk.insert_records(records)
                history.keep(by=by, action="add", kind=self.kind, records=records)
                made += records
        return made

    def differing(self, by: Access, record: Any, identity: Mapping[str, Any]) -> dict[str, Any]:
        """The sealed fields that a change really changes. Whoever may not read an identity cannot overwrite it."""
        if not identity:
            return {}
        check(by, "see_identity", self.kind, record)
        before = _body(record)
        return {name: value for name, value in identity.items() if (before.get(name) or "") != (value or "")}

    def again(self, record: Any, differing: Mapping[str, Any]) -> None:
        """Seal a record anew with what differs, and write its tokens anew; the caller saves it."""
        if not differing:
            return
        body = {**_body(record), **differing}
        seal_rows([record], [body])
        if self.indexed:
            indexing.replace_tokens(self.kind, [record], [body])

    def moved(self, record: Any) -> None:
        """A record that was put elsewhere takes its tokens along."""
        if self.indexed:
            indexing.move_tokens(self.kind, [record], record.scope_id)

    def forgotten(self, records: Sequence[Any]) -> None:
        """Removed records are found no more; their keys stay, because their history is sealed with them."""
        if self.indexed and self.fields is not None:
            indexing.remove_tokens(self.kind, records)


def _body(record: Any) -> dict[str, Any]:
    found = unseal(record.key_id, record.place(), record.sealed)
    return dict(found) if isinstance(found, dict) else {}
