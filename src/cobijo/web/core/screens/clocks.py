"""What is due: every room registers its clocks, the work page shows them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from django.utils import timezone

from cobijo.errors import Param
from cobijo.web.core.access.context import Access


@dataclass(frozen=True)
class Due:
    """One thing to do: the code of its sentence, where to do it, until when."""

    code: str
    params: Mapping[str, Param] = field(default_factory=dict)
    url: str = ""
    due: date | None = None
    level: Literal["usual", "urgent"] = "usual"

    @property
    def overdue(self) -> bool:
        return self.due is not None and self.due < timezone.localdate()


Clock = Callable[[Access], Iterable[Due]]
_clocks: dict[str, Clock] = {}


def register_clock(name: str, clock: Clock) -> None:
    """Called in `AppConfig.ready()`. The clock reads through the room's `queries`, with few queries and a limit."""
    if name in _clocks and _clocks[name] is not clock:
        raise ValueError(f"two clocks are called {name}")
    _clocks[name] = clock


def clocks() -> dict[str, Clock]:
    return dict(_clocks)


def due_for(access: Access) -> list[Due]:
    """Everything due for a person: the urgent and the longest overdue first."""
    found = [one for clock in list(_clocks.values()) for one in clock(access)]
    return sorted(found, key=lambda one: (one.level != "urgent", one.due or date.max, one.code, one.url))
