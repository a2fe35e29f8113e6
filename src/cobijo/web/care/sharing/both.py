"""The two rows of a referral, held together: the only place where one side's step writes the other side's row.

It acts as the system for that moment, because neither side reaches the other. Referral before packet, always: two who
act at once wait for each other and never for ever.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.care.children import sheets
from cobijo.web.care.sharing.models import Code, Packet, Referral
from cobijo.web.care.sharing.models.codes import CodeKind
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.vault.sealing import seal_rows
from cobijo.web.core.vault.services import destroy_keys


@contextmanager
def pair(referral_id: int, reason: str) -> Iterator[tuple[Referral, Packet | None]]:
    """Both rows, locked, for the rest of the caller's transaction. `reason` is a code."""
    with acting_as_system(reason, scopes="all"):
        rows = Referral.objects.select_related("child", "consent", "recipient")
        referral = rows.select_for_update(of=("self",)).filter(pk=referral_id).first()
        if referral is None:
            raise InputProblem("screens.gone")
        packet = Packet.objects.select_for_update().filter(referral_id=referral_id).first()
        yield referral, packet


def write(by: Access, row: Referral | Packet, body: Mapping[str, Any] | None = None) -> None:
    """Save one of the two, with its sealed part anew where there is one."""
    if body is not None:
        seal_rows([row], [dict(body)])
    row.version += 1
    row.changed_by_id = by.by_id
    row.save()


def destroy(by: Access, packet: Packet, reason: str) -> None:
    """Nothing of a packet stays: its row, its codes, and its key, which takes it out of every backup too."""
    Code.objects.filter(kind=CodeKind.PACKET, packet_id=packet.pk).update(revoked_at=timezone.now())
    destroy_keys(by=by, ids=[packet.key_id], reason=reason)
    Packet.objects.filter(pk=packet.pk).delete()


def empty(by: Access, packet: Packet, reason: str) -> None:
    """What it says is destroyed; that there was one stays, for whoever still has to answer."""
    destroy_keys(by=by, ids=[packet.key_id], reason=reason)
    packet.held, packet.sealed = False, b""
    write(by, packet)


def cleaned(name: str, text: Any, number: int) -> str:
    """A question, an answer, a note: within bounds, without an address, not empty."""
    kept = sheets.clean("referral", {name: text}, number)
    if not kept.get(name):
        raise InputProblem("sharing.words_missing", row=number)
    return str(kept[name])
