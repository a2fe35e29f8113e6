"""Counts of who does what where. Closed organisations never count; nothing is read of a service but what is public.

Each page asks the database once, or twice, however many services there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import BooleanField, Case, F, Q, QuerySet, Value, When
from django.db.models import Count as Number
from django.utils import timezone

from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import check
from cobijo.web.directory.coverage.models import NATIONAL, Child, Count, Counts, Group, Offer, Overlap, Shared
from cobijo.web.directory.services import queries as directory
from cobijo.web.directory.services.models import OFFERED, ForWhom, Service

LISTED = 200  # national services named on the page


def open_services(access: Access) -> QuerySet[Service]:
    """The services that somebody can be sent to: still offered, by an organisation that is open."""
    check(access, "list", "coverage")
    return directory.services(access).filter(OFFERED)


def for_age(rows: QuerySet[Service], age: int | None) -> QuerySet[Service]:
    """Those that take a child of this age; no bound means any age."""
    if age is None:
        return rows
    return rows.filter(Q(age_from=None) | Q(age_from__lte=age), Q(age_to=None) | Q(age_to__gte=age))


def counts(access: Access, child: Child | None = None) -> Counts:
    """How many services of each kind there are in each area, for a child."""
    wanted = child or Child()
    rows = (
        for_age(open_services(access), wanted.age)
        .annotate(
            verified=Case(
                When(verified_on__gte=timezone.localdate() - directory.STALE, then=Value(True)),
                default=Value(False),
                output_field=BooleanField(),
            )
        )
        .order_by()
        .values_list("kind", "area", "for_whom", "disability", "any_papers", "verified")
        .annotate(number=Number("pk"))
    )
    groups = tuple(group for group in (Group(*row) for row in rows) if group.takes(wanted))
    cells: defaultdict[tuple[str, str], Count] = defaultdict(Count)
    for group in groups:
        cell = cells[group.kind, group.area]
        if group.verified:
            cell.verified += group.number
        else:
            cell.stale += group.number
    return Counts(tuple(area.code for area in country.pack().areas), groups, dict(cells))


def national(access: Access, child: Child | None = None) -> list[Service]:
    """The services for the whole country, by kind and name."""
    wanted = child or Child()
    rows = for_age(open_services(access).filter(area=NATIONAL), wanted.age)
    if wanted.whom:
        rows = rows.filter(for_whom__in=(ForWhom.ANY, wanted.whom))
    if wanted.disability:
        rows = rows.filter(disability=True)
    if wanted.any_papers:
        rows = rows.filter(any_papers=True)
    return list(rows.order_by("kind", "name", "pk")[:LISTED])


def overlaps(
    access: Access, kind: str = "", area: str | None = None, child: Child | None = None
) -> list[Overlap]:
    """Where several organisations do the same for the same children in one area.

    The place is the state: where in it a service lies is not for everybody to see. A service for the whole country
    overlaps only with another one; else each of them would overlap with everything.
    """
    wanted = child or Child()
    rows = open_services(access)
    if kind:
        rows = rows.filter(kind=kind)
    if area is not None:
        rows = rows.filter(area=area)
    if wanted.whom:
        rows = rows.filter(for_whom__in=(ForWhom.ANY, wanted.whom))
    adult = country.pack().population.under_age
    found: defaultdict[tuple[str, str], list[Offer]] = defaultdict(list)
    values = for_age(rows, wanted.age).order_by("area", "kind", "organisation__name", "name", "pk")
    for pk, of_kind, where, name, who, who_id, whom, low, high in values.values_list(
        "pk",
        "kind",
        "area",
        "name",
        F("organisation__name"),
        "organisation_id",
        "for_whom",
        "age_from",
        "age_to",
    ):
        ages = range(low or 0, min(adult, adult if high is None else high + 1))
        found[where, of_kind].append(Offer(pk, name, who, who_id, whom, ages))
    made = [
        Overlap(of_kind, where, tuple(_shared(offers, adult, wanted)))
        for (where, of_kind), offers in found.items()
        if len({one.organisation_id for one in offers}) > 1
    ]
    place = {
        code: number for number, code in enumerate([NATIONAL, *(one.code for one in country.pack().areas)])
    }
    return sorted((one for one in made if one.shared), key=lambda one: (place.get(one.area, 999), one.kind))


def _shared(offers: Iterable[Offer], adult: int, child: Child) -> Iterator[Shared]:
    """Ages at which several organisations serve the same sex, put together while the same offers serve them."""
    spans: defaultdict[tuple[range, tuple[Offer, ...]], set[str]] = defaultdict(set)
    for sex in (child.whom,) if child.whom else ("girls", "boys"):
        of_sex = [one for one in offers if sex in one.sexes()]
        start, before = 0, ()  # type: int, tuple[Offer, ...]
        for age in range(adult + 1):
            here = tuple(one for one in of_sex if age in one.ages) if age < adult else ()
            if len({one.organisation_id for one in here}) < 2:
                here = ()
            if here != before:
                if before:
                    spans[range(start, age), before].add(sex)
                start, before = age, here
    for (ages, who), sexes in sorted(spans.items(), key=lambda one: (one[0][0].start, sorted(one[1]))):
        if child.age is not None and child.age not in ages:
            continue
        yield Shared(ForWhom.ANY if len(sexes) == 2 else sexes.pop(), ages, who)
