"""What is due: every room registers its clocks, the work page shows them together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Literal

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
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


# --- Many kinds in one query ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One row of something due, as codes: which record, what its sentence says, when."""

    pk: int
    code: str
    word: str
    more: str
    at: datetime | None  # of a day: its first moment here

    @property
    def day(self) -> date | None:
        return timezone.localdate(self.at) if self.at is not None else None


@dataclass(frozen=True)
class Part:
    """Rows of one kind, sorted and scoped, and which of their columns make a `Line`; the first `limit` of them."""

    rows: QuerySet[Any]
    pk: str
    code: str = ""
    word: str = ""
    more: str = ""
    at: str = ""
    limit: int = 20


def lines(parts: Mapping[str, Part]) -> dict[str, list[Line]]:
    """What a room has due, of all kinds, in one query: the work page asks every room, and most have nothing."""
    asked: list[str] = []
    params: list[Any] = []
    for name, part in parts.items():
        said = (part.code, part.word, part.more, part.at)
        rows: Any = part.rows.values_list(*dict.fromkeys((part.pk, *filter(None, said))))[: part.limit]
        try:
            sql, values = rows.query.sql_with_params()
        except EmptyResultSet:  # nothing of this kind is within the person's reach
            continue
        # Cast out here: as expressions of the ORM, the columns took a third of the time of the work page.
        columns = ", ".join(["%s", _as(part.pk, "bigint"), *(_as(one, "text") for one in said)])
        asked.append(f"SELECT {columns} FROM ({sql}) AS part_{len(asked)}")  # noqa: S608 - the ORM's own
        params += [name, *values]
    found: dict[str, list[Line]] = {name: [] for name in parts}
    if asked:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(asked), params)
            for name, pk, code, word, more, at in cursor.fetchall():
                found[name].append(Line(pk, code, word, more, _moment(at)))
    return found


def _as(column: str, kind: str) -> str:
    return f"CAST({connection.ops.quote_name(column)} AS {kind})" if column else "''"


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    at = datetime.fromisoformat(text)
    if len(text) == len("2026-01-01"):
        return timezone.make_aware(at)
    return at if at.tzinfo is not None else at.replace(tzinfo=UTC)  # as SQLite keeps it
