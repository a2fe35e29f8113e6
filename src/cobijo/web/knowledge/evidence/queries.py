"""Sources, figures and what is found between them, as far as a person may see them."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import visible
from cobijo.web.knowledge.evidence.comparing import Said
from cobijo.web.knowledge.evidence.models import (
    Contradiction,
    ContradictionKind,
    Figure,
    Indicator,
    IndicatorValue,
    Rating,
    ReportChoice,
    Source,
    State,
)

#: The gravest first; what is not comparable is the most common and comes last.
ORDER = (
    ContradictionKind.INCOMPATIBLE,
    ContradictionKind.IMPOSSIBLE_CHANGE,
    ContradictionKind.REPEATED,
    ContradictionKind.SAME_VALUE,
    ContradictionKind.NOT_COMPARABLE,
)


def sources(access: Access) -> QuerySet[Source]:
    return visible(access, "source", Source.objects.all())


def figures(access: Access) -> QuerySet[Figure]:
    return visible(access, "figure", Figure.objects.select_related("source", "repeats"))


def ratings(access: Access) -> QuerySet[Rating]:
    return visible(access, "rating", Rating.objects.select_related("source"))


def indicators(access: Access) -> QuerySet[Indicator]:
    return visible(access, "factor_series", Indicator.objects.select_related("source"))


def values(access: Access) -> QuerySet[IndicatorValue]:
    return visible(access, "factor_value", IndicatorValue.objects.select_related("indicator"))


def contradictions(access: Access) -> QuerySet[Contradiction]:
    rows = Contradiction.objects.select_related("first__source", "second__source", "explained_by")
    return visible(access, "contradiction", rows)


def choices(access: Access) -> QuerySet[ReportChoice]:
    return visible(access, "report_choice", ReportChoice.objects.select_related("contradiction"))


def between(figure_ids: Sequence[int], rows: QuerySet[Contradiction]) -> QuerySet[Contradiction]:
    """Those in which one of these figures stands, and which are still there."""
    held = rows.exclude(state=State.GONE)
    return held.filter(first__in=figure_ids) | held.filter(second__in=figure_ids)


def weighed(found: list[Contradiction]) -> list[Contradiction]:
    """The gravest first, then those that lie farthest apart."""
    rank = {kind: place for place, kind in enumerate(ORDER)}
    return sorted(found, key=lambda one: (rank[ContradictionKind(one.kind)], -(one.times or 0), one.pk))


def as_said(figure: Figure) -> Said:
    """A figure as it is compared."""

    def plain(number: object) -> float | None:
        return None if number is None else float(str(number))

    return Said(
        id=figure.pk,
        source=figure.source_id,
        concept=figure.concept,
        unit=figure.unit,
        status=figure.status,
        ages=(figure.age_from, figure.age_to),
        area=figure.area,
        area_part=figure.area_part,
        since=figure.period_from,
        until=figure.period_until,
        period_said=figure.period_said,
        measure=figure.measure,
        bound=figure.bound,
        value=plain(figure.value),
        low=plain(figure.low),
        high=plain(figure.high),
        repeats=figure.repeats_id,
    )
