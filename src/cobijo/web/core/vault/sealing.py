"""Seal what is a child's, unseal it for a while, and say whether that is possible at all.

(key_id,) = new_keys(1)
row.sealed = seal(key_id, row.place(), {"given": "…"})
unseal(key_id, row.place(), row.sealed)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias
from uuid import UUID

from django.db import DatabaseError
from django.utils.translation import get_language

from cobijo.errors import Param
from cobijo.sentences import render
from cobijo.web.core.vault import custody, envelope, ring
from cobijo.web.core.vault.envelope import Plain
from cobijo.web.core.vault.errors import Altered, Erased, Locked
from cobijo.web.core.vault.keystore.models import KekRow
from cobijo.web.core.vault.models import Sealed
from cobijo.web.core.vault.places import place as place
from cobijo.web.core.vault.places import reserve_ids as reserve_ids
from cobijo.web.core.vault.ring import new_keys as new_keys

Item: TypeAlias = tuple[UUID, str, bytes | memoryview]
Condition: TypeAlias = Literal["open", "erased", "lost", "altered", "locked"]


@dataclass(frozen=True)
class Opened:
    """One unsealed thing, or why it is not. Its text never shows in a traceback or a log."""

    condition: Condition
    plain: Plain | None = field(default=None, repr=False)


@dataclass(frozen=True)
class State:
    """Whether identities can be shown; `code` has a sentence that says what is missing and the mend."""

    open: bool
    code: str = "vault.is_open"
    params: Mapping[str, Param] = field(default_factory=dict)

    @property
    def sentence(self) -> str:
        """What a page says, in the reader's language."""
        return render(self.code, self.params, (get_language() or "en")[:2])


def state() -> State:
    """Whether there is a KEK and it is the one that this key store asks for."""
    try:
        keks = custody.keks()
        expected = KekRow.objects.filter(current=True).values_list("pk", flat=True).first()
        if expected is not None and expected not in keks.all:
            ring.kek_with(expected)
    except Locked as problem:
        return State(False, problem.code, problem.params)
    except DatabaseError:
        return State(False, "vault.store_missing")
    return State(True)


def is_open() -> bool:
    """Without the KEK the site runs, shows no identity and says so."""
    return state().open


def seal(key_id: UUID, place: str, plain: Plain) -> bytes:
    """Seal for one place (see `places.place`). Raises `Locked`, or `Erased` where the key was destroyed."""
    return seal_many([(key_id, place, plain)])[0]


def unseal(key_id: UUID, place: str, sealed: bytes | memoryview) -> Plain:
    """What was sealed for this place. Raises `Locked`, `Erased`, or `Altered` where it is not what was sealed here."""
    opened = unseal_many([(key_id, place, sealed)])[0]
    if opened.condition == "locked":
        raise Locked(state().code)
    if opened.plain is None:
        raise (
            Altered("vault.altered") if opened.condition == "altered" else Erased(f"vault.{opened.condition}")
        )
    return opened.plain


def seal_many(items: Iterable[tuple[UUID, str, Plain]]) -> list[bytes]:
    """Seal many at once: one look at the key store."""
    listed = list(items)
    keys = ring.keys_of({one for one, _place, _plain in listed})
    sealed = []
    for one, where, plain in listed:
        key = keys.get(one)
        if key is None:
            raise Erased("vault.erased" if one in keys else "vault.lost")
        sealed.append(envelope.seal(key, where, plain))
    return sealed


def unseal_many(items: Iterable[Item]) -> list[Opened]:
    """Unseal many at once, in their order; one that does not open stops none of the others."""
    listed = list(items)
    try:
        keys = ring.keys_of({one for one, _place, _sealed in listed})
    except Locked:
        return [Opened("locked")] * len(listed)
    opened = []
    for one, where, sealed in listed:
        key = keys.get(one)
        if key is None:
            opened.append(Opened("erased" if one in keys else "lost"))
            continue
        try:
            opened.append(Opened("open", envelope.unseal(key, where, bytes(sealed))))
        except Altered:
            opened.append(Opened("altered"))
    return opened


def seal_rows(rows: Sequence[Sealed], identities: Sequence[dict[str, Any]]) -> None:
    """Seal whole identities into rows that have their number and key; the caller saves `sealed`, `sealed_version`."""
    for row in rows:
        row.sealed_version += 1
    sealed = seal_many((row.key_id, row.place(), plain) for row, plain in zip(rows, identities, strict=True))
    for row, body in zip(rows, sealed, strict=True):
        row.sealed = body
