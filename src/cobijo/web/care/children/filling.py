"""The report of core fields that nobody fills: counts only, of one organisation or of each.

Sealed parts are opened to be counted and are shown to nobody: all of them, so it is the work of a job at night, and
the page shows what that found and when. Below a number of records nothing is kept, since a rare field would then
point at a child.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.functional import Promise

from cobijo.errors import CobijoError
from cobijo.web.care.children.fields import CORE_FIELDS, FieldDeclaration, fields_of
from cobijo.web.care.children.models import FieldCount
from cobijo.web.core import audit
from cobijo.web.core.access.context import Access, acting_as_system
from cobijo.web.core.access.kinds import kind_of
from cobijo.web.core.access.models import Scope
from cobijo.web.core.access.policy import check, visible
from cobijo.web.core.accounts.models import Account, Organisation
from cobijo.web.core.jobs.models import Job, State
from cobijo.web.core.jobs.services import enqueue
from cobijo.web.core.vault import sealing

if TYPE_CHECKING:
    from cobijo.web.core.jobs.running import Context

COUNT = "children.count_fields"  # the kind of job
AT_ONCE = 200  # records that are opened in one transaction
AGAIN_AFTER = timedelta(hours=20)
NIGHT = range(1, 5)  # hours, local time
FEW = 50  # records, below which a report would say nothing of a field and too much of a child
RARELY = 5  # per cent: a field filled less often is proposed for removal
#: Values with which a field begins: they say that nobody has said anything.
NOTHING = (None, "", "unknown", "not_said")


@dataclass(frozen=True)
class Filled:
    """How many of the records have a field filled. `propose_removal`: so few that one should stop asking for it."""

    kind: str
    name: str
    label: str | Promise
    purpose: str | Promise
    filled: int
    of: int

    @property
    def enough(self) -> bool:
        return self.of >= FEW

    @property
    def propose_removal(self) -> bool:
        return self.enough and self.filled * 100 < RARELY * self.of


@dataclass(frozen=True)
class Report:
    """Of one organisation, the least filled first. `fields` is empty where there are too few records."""

    organisation: str
    fields: tuple[Filled, ...]
    counted_at: datetime | None = None
    failed_at: datetime | None = None  # since then it could not be counted, because the vault is locked

    @property
    def told(self) -> tuple[Filled, ...]:
        """The fields of which enough records are there."""
        return tuple(one for one in self.fields if one.enough)


# --- What was counted ------------------------------------------------------------------------------------------------


def own(access: Access) -> Report:
    """Of the own organisation, as last counted."""
    check(access, "review", "child")
    organisation = Organisation.objects.get(pk=access.organisation_id)
    return _report(organisation, FieldCount.objects.filter(organisation=organisation).first())


def of_all(access: Access) -> list[Report]:
    """Of each organisation that has enough records or could not be counted, for the data steward."""
    check(access, "list", "match")
    rows = FieldCount.objects.filter(organisation__active=True).select_related("organisation")
    reports = [_report(one.organisation, one) for one in rows.order_by("organisation__name")]
    return [one for one in reports if one.told or one.failed_at]


def _report(organisation: Organisation, row: FieldCount | None) -> Report:
    if row is None:
        return Report(organisation.name, ())
    declared = {(one.kind, one.name): one for one in CORE_FIELDS}
    found = [
        Filled(kind, name, declared[kind, name].label, declared[kind, name].purpose, filled, of)
        for kind, name, filled, of in row.filled
        if (kind, name) in declared
    ]
    found.sort(key=lambda one: (one.filled / one.of if one.of else 1, one.kind, one.name))
    return Report(organisation.name, tuple(found), row.counted_at, row.failed_at)


# --- Counting --------------------------------------------------------------------------------------------------------


def ask(*, access: Access, by: Account, everywhere: bool = False) -> Job:
    """Have it counted anew, by whoever may read the report; where that is being done already, it is not done twice."""
    check(access, *(("list", "match") if everywhere else ("review", "child")))
    arguments = {} if everywhere else {"organisation": access.organisation_id}
    going = Job.objects.filter(kind=COUNT, asked_by=by, state__in=(State.WAITING, State.RUNNING))
    for one in going:
        if one.arguments == arguments:
            return one
    return enqueue(by=by, kind=COUNT, arguments=arguments)


def at_night() -> bool:
    """Called by the worker every hour: asks for the night's count, and for the first one at once. Whether it did."""
    site = Job.objects.filter(kind=COUNT, asked_by=None)
    if timezone.localtime().hour not in NIGHT and site.exists():
        return False
    if site.filter(made_at__gt=timezone.now() - AGAIN_AFTER).exists():
        return False
    enqueue(by=None, kind=COUNT)
    return True


def run(context: Context) -> None:
    """The job: every organisation, or the one that asked."""
    only = context.arguments.get("organisation")
    organisations = Organisation.objects.filter(active=True).order_by("pk")
    listed = list(organisations.filter(pk=only) if only is not None else organisations)
    if not sealing.is_open():
        _could_not(listed)
    total, done = _records(None if only is None else listed), 0

    def told(rows: int) -> None:
        nonlocal done
        done += rows
        context.progress("children.counting_fields", done, max(total, done))

    for organisation in listed:
        count(organisation, told)
    context.say("children.fields_counted", organisations=len(listed))


def count(organisation: Organisation, told: Callable[[int], None] = lambda rows: None) -> None:
    """Count one organisation's records and keep the numbers. Raises where the vault is locked meanwhile."""
    places = _places([organisation])
    found: list[tuple[str, str, int, int]] = []
    for kind in _kinds():
        counts, of = Counter[str](), 0
        for page in _pages(kind, places):
            if any(one.condition == "locked" for one in page.opened):
                _could_not([organisation])
            of += page.add(counts)
            told(len(page.rows))
        if of >= FEW:
            found += [(kind, one.name, counts[one.name], of) for one in fields_of(kind)]
    with acting_as_system("count_fields") as system:
        kept = {"counted_at": timezone.now(), "failed_at": None, "filled": found}
        FieldCount.objects.update_or_create(organisation=organisation, defaults=kept)
        detail = {"organisation": organisation.pk, "fields": len(found)}
        audit.record("count_fields", "child", [], access=system, detail=detail)


def _could_not(organisations: Collection[Organisation]) -> None:
    """What was counted before stays, and beside it that it could not be counted now."""
    for one in organisations:
        FieldCount.objects.update_or_create(organisation=one, defaults={"failed_at": timezone.now()})
    raise CobijoError("children.fields_locked")


@dataclass(frozen=True)
class _Page:
    kind: str
    rows: list[Any]
    opened: list[sealing.Opened]

    def add(self, counts: Counter[str]) -> int:
        """Add to the counts which fields are filled; how many records that were. What is erased counts as none."""
        declared, total = fields_of(self.kind), 0
        for row, one in zip(self.rows, self.opened, strict=True):
            plain = one.plain
            if isinstance(plain, Mapping):
                total += 1
                counts.update(each.name for each in declared if _is_filled(_value(row, plain, each)))
        return total


def _pages(kind: str, places: list[int]) -> Iterator[_Page]:
    """All records of a kind in some places, a page a transaction."""
    known: Any = kind_of(kind)
    last = 0
    while True:
        with acting_as_system("count_fields", scopes=places) as system:
            rows = visible(system, kind, known.model._default_manager.filter(pk__gt=last), "review")
            page = list(rows.order_by("pk")[:AT_ONCE])
            opened = sealing.unseal_many((row.key_id, row.place(), row.sealed) for row in page)
        if not page:
            return
        last = page[-1].pk
        yield _Page(kind, page, opened)


def _records(organisations: Collection[Organisation] | None) -> int:
    """How many there are to open, for the progress. `None`: of all."""
    places: Any = "all" if organisations is None else _places(organisations)
    with acting_as_system("count_fields", scopes=places) as system:
        models: list[Any] = [kind_of(kind) for kind in _kinds()]
        return sum(
            visible(system, kind, one.model._default_manager.all(), "review").count()
            for kind, one in zip(_kinds(), models, strict=True)
        )


def _kinds() -> list[str]:
    return list(dict.fromkeys(one.kind for one in CORE_FIELDS))


def _places(organisations: Collection[Organisation]) -> list[int]:
    return list(Scope.objects.filter(organisation__in=organisations).values_list("pk", flat=True))


def _value(row: Any, plain: Mapping[str, Any], field: FieldDeclaration) -> Any:
    return getattr(row, field.name) if field.sealing is None else plain.get(field.name)


def _is_filled(value: Any) -> bool:
    return value not in NOTHING and value != [] and value != {}
