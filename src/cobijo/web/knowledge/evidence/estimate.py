"""Our own estimate, to stand beside what others said. Whoever publishes it says here how it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class OwnEstimate:
    """What the published picture estimates, with its interval (`high` None: no upper end) and whom it counts."""

    total: float
    low: float
    high: float | None
    since: date
    until: date
    under_age: int
    status: str  # in words of the reader
    method: str
    invented: bool


Provider = Callable[[], OwnEstimate | None]
_providers: list[Provider] = []


def register_estimate(provider: Provider) -> None:
    """Called once, in the `ready()` of the wing that publishes."""
    if provider not in _providers:
        _providers.append(provider)


def own_estimate() -> OwnEstimate | None:
    """The estimate that is published now; None where there is none, or none may be shown."""
    for provider in _providers:
        found = provider()
        if found is not None:
            return found
    return None
