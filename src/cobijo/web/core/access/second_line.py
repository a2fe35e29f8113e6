"""What the database is told of whoever acts: the places, and which kinds of record are read, added and changed there.

It comes from the same table of grants as every decision, so the second line hides what the policy hides. A kind is
told among those of all the person's places, or of the own places only; one that is not told has no rows.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from cobijo.web.core.access.grants import ACTIONS, granted, kinds_granted
from cobijo.web.core.access.kinds import Kind, kinds, protected_kinds

if TYPE_CHECKING:
    from cobijo.web.core.access.context import Access

EVERY_KIND = frozenset("*")
#: What makes new rows. Everything else that is done to a record starts with reading it.
ADDING = frozenset({"add", "import"})
READING = frozenset(ACTIONS) - ADDING
#: An import and a service that adds also mend rows, where these may be read: an approval is used up, a plan replaced.
CHANGING = frozenset({"change", "remove", "review"}) | ADDING
#: What an open break-glass allows on its record: to look, with a purpose, and nothing that lasts.
UNDER_GLASS = frozenset({"list", "see", "see_identity", "history"})
SETTINGS = (
    "account", "organisation", "purpose", "scopes", "own", "drops", "reads", "reads_own", "adds", "adds_own",
    "changes", "changes_own", "glass", "glass_kinds", "glass_scopes",
)  # fmt: skip
#: Told where nobody acts: the database shows nothing.
NOBODY = ("",) * len(SETTINGS)


def settings_of(access: Access) -> tuple[str, ...]:
    """A value for each of `SETTINGS`, as text."""
    told = {
        "account": str(access.account_id),
        "organisation": str(access.organisation_id),
        "purpose": access.purpose,
        "scopes": _array(access.scopes),
        "own": _array(access.own),
        "drops": _array(access.drops),
        **{name: _array(found) for name, found in _kinds_told(access).items()},
        **{name: _array(found) for name, found in _glass_told(access).items()},
    }
    return tuple(told.get(name, "{}") for name in SETTINGS)


def _kinds_told(access: Access) -> dict[str, frozenset[str]]:
    if access.is_system:
        return dict.fromkeys(("reads", "adds", "changes"), EVERY_KIND)
    reads, may_read = _kinds(access, READING)
    adds, may_add = _kinds(access, ADDING)
    changes, may_change = _kinds(access, CHANGING)
    changes, may_change = changes & reads, may_change & may_read  # nobody changes unseen
    return {
        "reads": reads, "reads_own": may_read - reads, "adds": adds, "adds_own": may_add - adds,
        "changes": changes, "changes_own": may_change - changes,
    }  # fmt: skip


def _kinds(access: Access, actions: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Guarded kinds reached in all of the person's places, and those reached in some."""
    found = [kinds_granted(role, actions, access.only) for role in access.roles]
    guarded = protected_kinds()
    everywhere = guarded.intersection(frozenset().union(*(beyond for beyond, _any in found)))
    return everywhere, guarded.intersection(frozenset().union(*(anywhere for _beyond, anywhere in found)))


def _glass_told(access: Access) -> dict[str, set[str] | set[int]]:
    """Records that are open in an emergency, as kind:record:place; which kinds that opens; where they lie."""
    if not access.glass:
        return {}
    open_kinds = {one.kind for one in access.glass}
    return {
        "glass": {f"{one.kind}:{one.record_id}:{one.scope_id}" for one in access.glass},
        "glass_kinds": {name for name, kind in kinds().items() if _opened(access, kind, open_kinds)},
        "glass_scopes": {one.scope_id for one in access.glass},
    }


def _opened(access: Access, kind: Kind, open_kinds: Collection[str]) -> bool:
    """Where the person's roles read such records at all: it widens where they reach, never what they are for."""
    reads = any(granted(role, action, kind.name) for role in access.roles for action in UNDER_GLASS)
    below = kind.under is not None and kind.under[0] in open_kinds
    only = access.only
    limited = only is not None and not any(f"{action}:{kind.name}" in only for action in UNDER_GLASS)
    return kind.protected and (below or kind.name in open_kinds) and reads and not limited


def _array(found: Collection[int] | Collection[str]) -> str:
    """An array as PostgreSQL reads it. Kinds are names in code, without a quote or a comma."""
    return "{" + ",".join(str(one) for one in sorted(found)) + "}"
