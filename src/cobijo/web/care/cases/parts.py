"""What goes before the child's record does, because its purpose has a time of keeping of its own.

Each room says in `ready()` of which of its rows a time runs, from which day, and what is emptied with them:
`register_part(…)`. The pack says how long. What was sealed is emptied, its past and its blind tokens are destroyed,
days become years; codes stay, so that the figures of past years do not change. The child's one key stays as well, so a
backup still opens it until it is thrown away; where one is brought back, the next night empties it again. For the
same reason nothing outlasts the record: what the pack keeps for longer goes with it, unless a hold keeps both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from cobijo.web.care.cases.rules import tables, today
from cobijo.web.care.children.models import SAYS_SOMETHING, Child, Past
from cobijo.web.care.children.sheets import sheet_of
from cobijo.web.care.children.years import to_years
from cobijo.web.care.pack import Retention
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.kinds import kind_of
from cobijo.web.core.access.policy import visible
from cobijo.web.core.dates import months_after
from cobijo.web.core.vault import indexing

AT_ONCE = 50  # rows in one transaction
ROUNDS = 20  # such transactions in a night: the clocks that wait behind it are those of children at risk
SHOWN = 50
#: So long before it goes, supervisors read of it, and can hold the record if it is still needed.
TOLD_BEFORE = timedelta(days=60)
ITSELF = "pk"


@dataclass(frozen=True)
class Part:
    """Of which rows a time runs, from when, and what goes with each.

    `begun`: the rows whose time began by a day, each with that day as `began`. `emptied` and `removed`: kinds, and how
    each finds its row (`ITSELF`: it is the row). `cleared`: what goes of the plain fields of a kind that is emptied.
    """

    purpose: str  # of the pack's table
    starts: str  # what the table calls the day from which the time runs; where a pack says otherwise, nothing goes
    kind: str
    begun: Callable[[date], QuerySet[Any]]
    emptied: Mapping[str, str] = field(default_factory=dict)
    removed: Mapping[str, str] = field(default_factory=dict)
    cleared: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    past: type[Past] | None = None

    @property
    def rule(self) -> Retention | None:
        found = (one for one in tables().retention if one.purpose == self.purpose)
        return next((one for one in found if one.starts == self.starts), None)


@dataclass(frozen=True)
class Going:
    """Something of a child's that goes by itself, and when."""

    child: Child
    rule: Retention
    day: date


_parts: list[Part] = []


def register_part(part: Part) -> None:
    """Called in `AppConfig.ready()`; saying it twice changes nothing."""
    if part not in _parts:
        _parts.append(part)


def parts() -> Iterator[tuple[Part, Retention]]:
    """Those of which the pack says how long, in the order in which they were registered."""
    for part in _parts:
        rule = part.rule
        if rule is not None:
            yield part, rule


def months_of(rule: Retention) -> int:
    """After how many months it goes by itself. Where the pack wants a review, its whole time is waited for."""
    return rule.months + (rule.review_months if rule.after == "review" else 0)


def going_soon(access: Access) -> list[Going]:
    """What goes within `TOLD_BEFORE`, or is looked at by the pack's wish; the next first, a child once a purpose.

    Nothing of a record under a legal hold is among them.
    """
    found: dict[tuple[int, str], Going] = {}
    for part, rule in parts():
        told = max(
            months_after(today() + TOLD_BEFORE, -months_of(rule)), months_after(today(), -_looked_at(rule))
        )
        rows = _begun(access, part, told).select_related("child").order_by("began", "pk")
        for row in rows[:SHOWN]:
            day = max(months_after(row.began, months_of(rule)), today())
            known = found.get((row.child_id, rule.purpose))
            if known is None or day < known.day:
                found[row.child_id, rule.purpose] = Going(row.child, rule, day)
    return sorted(found.values(), key=lambda one: (one.day, one.child.pk, one.rule.purpose))


def due(access: Access) -> dict[str, int]:
    """By purpose, how many rows are over today."""
    found: Counter[str] = Counter()
    for part, rule in parts():
        found[rule.purpose] += _begun(access, part, _last(rule)).count()
    return dict(found)


def erase_parts() -> int:
    """The job: of how many rows something was emptied. A second run finds nothing."""
    return sum(in_rounds(partial(_erase, part, rule)) for part, rule in list(parts()))


def in_rounds(once: Callable[[], int]) -> int:
    """Call it, a transaction each, until one finds fewer than `AT_ONCE`; how many all found together."""
    total = 0
    for _round in range(ROUNDS):
        found = once()
        total += found
        if found < AT_ONCE:
            break
    return total


def _erase(part: Part, rule: Retention) -> int:
    with acting_as_system("retention", scopes="all") as access:
        rows = _begun(access, part, _last(rule)).select_for_update(of=("self",)).order_by("began", "pk")
        ids = [one.pk for one in rows[:AT_ONCE]]
        for kind, lookup in part.removed.items():
            _remove_kind(access, part, kind, _rows(kind, lookup, ids))
        for kind, lookup in part.emptied.items():
            _empty_kind(access, part, kind, _rows(kind, lookup, ids).filter(SAYS_SOMETHING))
    return len(ids)


def _rows(kind: str, lookup: str, ids: Sequence[int]) -> QuerySet[Any]:
    rows: QuerySet[Any] = _model(kind)._default_manager.filter(**{f"{lookup}__in": ids})
    return rows.order_by("pk")


def _empty_kind(access: Access, part: Part, kind: str, rows: QuerySet[Any]) -> None:
    listed = list(rows.only("pk", "key_id"))
    if not listed:
        return
    ids = [one.pk for one in listed]
    _forget_past(part, kind, ids)
    if sheet_of(kind).indexed:
        indexing.remove_tokens(kind, listed)
    emptied = _model(kind)._default_manager.filter(pk__in=ids)
    emptied.update(sealed=b"", **part.cleared.get(kind, {}))
    to_years(emptied)
    _told(access, part, kind, ids)


def _remove_kind(access: Access, part: Part, kind: str, rows: QuerySet[Any]) -> None:
    ids = list(rows.values_list("pk", flat=True))
    if ids:
        _forget_past(part, kind, ids)
        rows.order_by().delete()
        _told(access, part, kind, ids)


def _forget_past(part: Part, kind: str, ids: Sequence[int]) -> None:
    if part.past is not None:
        part.past._default_manager.filter(kind=kind, record_id__in=ids).delete()


def _told(access: Access, part: Part, kind: str, ids: Sequence[int]) -> None:
    detail = {"reason": "retention", "purpose": part.purpose}
    audit.record("erase", kind, ids, access=access, detail=detail)


def _begun(access: Access, part: Part, day: date) -> QuerySet[Any]:
    """Rows whose time began by that day and of which something is still there, of children under no hold."""
    there = Q()
    for kind, lookup in part.emptied.items():
        if lookup == ITSELF:
            there |= SAYS_SOMETHING
        else:
            there |= Q(
                Exists(_model(kind)._default_manager.filter(SAYS_SOMETHING, **{lookup: OuterRef("pk")}))
            )
    rows = part.begun(day).filter(there, child__hold="", child__erased_at=None)
    return visible(access, part.kind, rows, "review")


def _last(rule: Retention) -> date:
    """What began by then is over today."""
    day: date = today()
    return months_after(day, -months_of(rule))


def _looked_at(rule: Retention) -> int:
    """From which month on supervisors look at it, where the pack wants that."""
    return rule.months if rule.after == "review" else months_of(rule)


def _model(kind: str) -> Any:
    known = kind_of(kind)
    if known is None:
        raise ValueError(f"no kind is called {kind}")
    return known.model
