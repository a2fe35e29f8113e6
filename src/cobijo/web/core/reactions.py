"""What must happen further up the house when something happens below: an explicit list, in order, in one transaction.

A wing says in its `AppConfig.ready()`: `on("account_closed", hand_over_desks)`. A service below says
`react("account_closed", by=by, ids=[…])` and does not know who listens. A reaction that fails undoes the whole.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Reaction = Callable[..., None]
_reactions: dict[str, list[Reaction]] = {}


def on(happening: str, reaction: Reaction) -> None:
    """Add a reaction at the end of the list; saying it twice changes nothing."""
    known = _reactions.setdefault(happening, [])
    if reaction not in known:
        known.append(reaction)


def react(happening: str, /, *, by: Any, **what: Any) -> None:
    """Run the reactions to a happening, in the order in which they were added."""
    for reaction in _reactions.get(happening, ()):
        reaction(by=by, **what)


def reactions() -> dict[str, tuple[str, ...]]:
    """The list, to be read: which function runs when."""
    return {
        happening: tuple(f"{one.__module__}.{one.__qualname__}" for one in known)
        for happening, known in sorted(_reactions.items())
    }
