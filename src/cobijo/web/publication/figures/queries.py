"""The public's only door to the figures. It fails closed: nobody is signed in, so there is no policy to ask.

A figure comes out only if somebody said that it may; a contradiction only if both its figures do.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Count, Q, QuerySet

from cobijo.web.knowledge.evidence.estimate import OwnEstimate
from cobijo.web.knowledge.evidence.models import Contradiction, Figure, Rating, State
from cobijo.web.knowledge.evidence.queries import weighed
from cobijo.web.publication.public import words
from cobijo.web.publication.public.queries import published

MOST = 200  # figures of one concept on a page


def figures(concept: str) -> list[Figure]:
    """The figures of one concept that everybody may see, the oldest first."""
    rows = Figure.objects.filter(public=True, concept=concept).select_related("source", "repeats")
    return list(rows.order_by("period_from", "code")[:MOST])


def figure(concept: str, code: str) -> Figure | None:
    rows = Figure.objects.filter(public=True, concept=concept, code=code)
    return rows.select_related("source", "repeats").first()


def concepts() -> list[tuple[str, int]]:
    """What is counted, with the number of public figures of each."""
    rows = Figure.objects.filter(public=True).order_by().values_list("concept").annotate(number=Count("pk"))
    return sorted(((str(code), int(number)) for code, number in rows), key=lambda one: (-one[1], one[0]))


def against(ids: Sequence[int]) -> list[Contradiction]:
    """What contradicts these figures, the gravest first."""
    rows: QuerySet[Contradiction] = Contradiction.objects.filter(first__public=True, second__public=True)
    rows = rows.exclude(state=State.GONE).filter(Q(first__in=ids) | Q(second__in=ids))
    return weighed(list(rows.select_related("first__source", "second__source")))


def ratings() -> list[Rating]:
    return list(Rating.objects.select_related("source").order_by("scheme", "area", "year"))


def published_estimate() -> OwnEstimate | None:
    """What the published picture estimates; None where none may be shown, or where it refused to estimate."""
    picture = published().picture
    if picture is None or picture.estimate.total is None or picture.estimate.interval is None:
        return None
    return OwnEstimate(
        total=picture.estimate.total,
        low=picture.estimate.interval.low,
        high=picture.estimate.interval.high,
        since=picture.since,
        until=picture.until,
        under_age=picture.under_age,
        status=words.status(picture.status),
        method=words.method_name(picture.estimate),
        invented=True,  # without sign-off, only invented pictures are shown at all
    )
