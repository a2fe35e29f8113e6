"""The blind index of a kind of record: which purposes it serves and how its tokens are written, moved and removed.

An app says once, in `ready()`, how the identity of its records is to be found:

    register_index("child", model=Child, purposes=("search",), known=lambda identity: {"given": identity["given"], …})
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from cobijo.web.core.vault import blind, ring
from cobijo.web.core.vault.models import BlindToken, Sealed

Known = Callable[[Mapping[str, Any]], Mapping[str, Any]]


@dataclass(frozen=True)
class Index:
    """How records of one kind are found. `known` turns an identity into the parameters of `blind.forms`."""

    kind: str
    model: type[Sealed]
    purposes: tuple[str, ...]
    known: Known


class Entry(NamedTuple):
    """The tokens of one record for one purpose; an import makes a million tokens."""

    tokens: list[bytes]
    record_id: int
    scope_id: int
    key_id: UUID
    purpose: str
    epoch: int


_indexes: dict[str, Index] = {}
CHUNK = 5_000
AT_ONCE = 10_000  # entries of one statement on PostgreSQL, in the order of its index


def register_index(kind: str, *, model: type[Sealed], purposes: Sequence[str], known: Known) -> None:
    """Make the index of a kind known; called in `AppConfig.ready()`."""
    _indexes[kind] = Index(kind, model, tuple(purposes), known)


def index_of(kind: str) -> Index:
    return _indexes[kind]


def indexes() -> dict[str, Index]:
    return dict(sorted(_indexes.items()))


def tokens(purpose: str, **known: Any) -> list[bytes]:
    """The tokens of what is known of a child, under the epoch in use; for `queries.match` and tests."""
    secret = ring.index_secrets()[0].secret
    return list(blind.tokens(blind.purpose_key(secret, purpose), blind.forms(**known)))


def search_tokens(purpose: str, **known: Any) -> dict[bytes, int]:
    """The same under every epoch that is searched (two during a re-indexing), each with its weight."""
    found: dict[bytes, int] = {}
    forms = blind.forms(**known)
    for one in ring.index_secrets():
        found |= blind.tokens(blind.purpose_key(one.secret, purpose), forms)
    return found


class Tokens:
    """Writes the tokens of one batch: what several have in common is made once. Rows are `Sealed`, with a scope."""

    def __init__(self, kind: str) -> None:
        self._index = index_of(kind)
        now = ring.index_secrets()[0]
        self._epoch = now.epoch
        self._makers = {one: blind.Maker(blind.purpose_key(now.secret, one)) for one in self._index.purposes}

    def add(
        self, rows: Sequence[Any], identities: Sequence[Mapping[str, Any]], *, known: bool = False
    ) -> int:
        """Write the tokens of some records; returns how many.

        `known`: the records are not new, so that some tokens may stand there already; looking for each costs half as
        much again.
        """
        entries: list[Entry] = []
        for row, identity in zip(rows, identities, strict=True):
            forms = blind.forms(**self._index.known(identity))
            if forms:
                entries += [
                    Entry(maker(forms), row.pk, row.scope_id, row.key_id, purpose, self._epoch)
                    for purpose, maker in self._makers.items()
                ]
        for start in range(0, len(entries), AT_ONCE):
            _insert(self._index.kind, entries[start : start + AT_ONCE], known)
        return sum(len(one.tokens) for one in entries)


def add_tokens(kind: str, rows: Sequence[Any], identities: Sequence[Mapping[str, Any]]) -> int:
    """Write the tokens of new records; returns how many."""
    return Tokens(kind).add(rows, identities)


def replace_tokens(kind: str, rows: Sequence[Any], identities: Sequence[Mapping[str, Any]]) -> int:
    """The tokens of records whose identity changed: the old ones go, in the same transaction."""
    remove_tokens(kind, rows)
    return Tokens(kind).add(rows, identities, known=True)


def remove_tokens(kind: str, rows: Iterable[Any]) -> int:
    """Records that are removed while the child stays (an erasure removes tokens by itself)."""
    listed = list(rows)
    return BlindToken.objects.filter(
        key_id__in={row.key_id for row in listed}, kind=kind, record_id__in={row.pk for row in listed}
    ).delete()[0]


def move_tokens(kind: str, rows: Iterable[Any], scope_id: int) -> int:
    """Records that went to another scope: their tokens go with them."""
    listed = list(rows)
    return BlindToken.objects.filter(
        key_id__in={row.key_id for row in listed}, kind=kind, record_id__in={row.pk for row in listed}
    ).update(scope_id=scope_id)


def forget_tokens(key_ids: Collection[UUID]) -> int:
    """Remove every token of erased children, in whatever scope; only keys of the ledger are touched."""
    ids = list(key_ids)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT vault_forget(%s::uuid[])", [ids])
            return int(cursor.fetchone()[0])
    return sum(
        BlindToken.objects.filter(key_id__in=ids[start : start + CHUNK]).delete()[0]
        for start in range(0, len(ids), CHUNK)
    )


def _insert(kind: str, entries: Sequence[Entry], known: bool = False) -> None:
    if connection.vendor == "postgresql":
        # One JSON text, the tokens of a record in one piece: written out one by one, they cost more than their index.
        told = [
            {"r": e.record_id, "s": e.scope_id, "k": str(e.key_id), "p": e.purpose, "e": e.epoch,
             "t": b"".join(e.tokens).hex()}
            for e in entries
        ]  # fmt: skip
        with connection.cursor() as cursor:
            # In the order of the index: each page of it is then touched once a statement, not once a token (a fifth of
            # the time and of the log for 65,000 tokens among 14 million).
            # No columns named after ON CONFLICT: naming them would ask for the right to read the row back.
            where_known = " ON CONFLICT DO NOTHING" if known else ""
            cursor.execute(
                "INSERT INTO vault_blindtoken (kind, record_id, scope_id, key_id, purpose, epoch, token)"  # noqa: S608
                " SELECT %s, u.r, u.s, u.k, u.p, u.e, decode(substr(u.t, place, %s), 'hex') AS token"
                " FROM json_to_recordset(%s::json)"
                " AS u (r bigint, s bigint, k uuid, p text, e smallint, t text),"
                f" generate_series(1, length(u.t), %s) AS place ORDER BY token{where_known}",
                [kind, 2 * blind.LENGTH, json.dumps(told), 2 * blind.LENGTH],
            )
        return
    BlindToken.objects.bulk_create(
        [
            BlindToken(
                token=token,
                kind=kind,
                record_id=e.record_id,
                scope_id=e.scope_id,
                key_id=e.key_id,
                purpose=e.purpose,
                epoch=e.epoch,
            )
            for e in entries
            for token in e.tokens
        ],
        batch_size=CHUNK,
        ignore_conflicts=known,
    )
