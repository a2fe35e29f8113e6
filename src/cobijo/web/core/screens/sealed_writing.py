"""The sealed half of a write: numbers and keys for new rows, seals, blind tokens. Nothing of it for ordinary kinds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.kinds import kind_of
from cobijo.web.core.access.policy import check
from cobijo.web.core.screens import bulk, history
from cobijo.web.core.screens.identity import sealed_fields
from cobijo.web.core.vault import indexing
from cobijo.web.core.vault.places import reserve_ids
from cobijo.web.core.vault.sealing import new_keys, seal_rows, unseal


class Sealing:
    """One batch of writes on one kind."""

    def __init__(self, kind: str) -> None:
        known = kind_of(kind)
        self.kind = kind
        self.model: Any = known.model if known is not None else None
        self.fields = sealed_fields(self.model)
        self.indexed = kind in indexing.indexes()

    def divided(self, row: Mapping[str, Any], number: int) -> tuple[Mapping[str, Any], dict[str, Any]]:
        """The columns of a row, and what is to be sealed of it, checked."""
        if self.fields is None:
            return row, {}
        sealed = {name: row[name] for name in self.fields if name in row}
        plain = {name: value for name, value in row.items() if name not in self.fields}
        return plain, self.fields.sealed(sealed, number)

    def write(self, by: Access, records: Sequence[Any], identities: Sequence[dict[str, Any]]) -> None:
        """Give new rows their numbers and keys, seal them, and write them, their history and their tokens.

        The database writes one thing while the next is prepared: tokens first, since it is longest at them. Raises
        `Locked` where the vault is.
        """
        if not records:
            return
        keys = new_keys(len(records))
        for record, pk, key in zip(records, reserve_ids(self.model, len(records)), keys, strict=True):
            record.pk, record.key_id = pk, key
        with bulk.ahead():
            if self.indexed:
                indexing.add_tokens(self.kind, records, identities)
            seal_rows(records, identities)
            bulk.insert_records(records)
            history.keep(by=by, action="add", kind=self.kind, records=records)

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
