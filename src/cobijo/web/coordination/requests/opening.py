"""Which requests everybody who signs in may read: one table, asked of the database and of one record alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from operator import eq
from typing import Any

from django.db.models import Q
from django.utils import timezone

#: A public request was looked at for known children within this time, or it is shown to nobody. The worker looks every
#: hour (`clocks.look_again`); where it stands still, or the vault stays locked, the page of public requests empties.
LOOKED_WITHIN = timedelta(hours=6)

#: Field, how it is looked up, and with what (now). A request is open where all of it holds.
OPEN: tuple[tuple[str, str, Callable[[], Any]], ...] = (
    ("public", "exact", lambda: True),
    ("sent_on", "isnull", lambda: False),
    ("withheld_on", "isnull", lambda: True),
    ("looked_at", "gt", lambda: timezone.now() - LOOKED_WITHIN),
)
#: What the database means by these lookups, of a value that is at hand.
HOLDS: Mapping[str, Callable[[Any, Any], bool]] = {
    "exact": eq,
    "isnull": lambda value, empty: (value is None) == empty,
    "gt": lambda value, than: value is not None and value > than,
}


def open_now() -> Q:
    """The table as a condition of a query."""
    return Q(**{f"{field}__{lookup}": asked() for field, lookup, asked in OPEN})


def is_open(request: Any) -> bool:
    """The same of one record, as it was read."""
    return all(HOLDS[lookup](getattr(request, field), asked()) for field, lookup, asked in OPEN)
