"""The vault's long work and its clock; the vault lies below this room and cannot ask for them itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cobijo.web.core.jobs.running import Context


def rotate(context: Context) -> None:
    """A new key-encryption key while people work; cut off anywhere, it goes on where it was."""
    from cobijo.web.core.vault.rotation import rotate as go

    done = go(progress=context.progress, cancelled=context.cancelled)
    context.say("jobs.rotated", keys=done.keys)


def reindex(context: Context) -> None:
    """Blind indexes under a new secret."""
    from cobijo.web.core.vault.reindexing import reindex as go

    context.say("jobs.reindexed", records=go(progress=context.progress))


def settle() -> None:
    """An erasure whose process died before the key store heard of it is made good."""
    from cobijo.web.core.vault.services import replay_erasures, unsettled

    if unsettled():
        replay_erasures()
