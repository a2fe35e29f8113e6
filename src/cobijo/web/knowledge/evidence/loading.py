"""What the country pack brings along: sources, figures and ratings, each with its citation. May be repeated."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from django.db import transaction

from cobijo.web.core.access.context import Access
from cobijo.web.knowledge.evidence import services
from cobijo.web.knowledge.evidence.models import Contradiction, Figure, Rating, Source
from cobijo.web.knowledge.evidence.saying import shipped


class Loaded(NamedTuple):
    """How many of each were new."""

    sources: int
    figures: int
    ratings: int
    contradictions: int


@transaction.atomic
def load_evidence(*, by: Access) -> Loaded:
    """Add what the pack has and the register has not. What is there already, or was edited, is left alone."""
    read = shipped()
    before = Contradiction.objects.count()
    there = set(Source.objects.values_list("code", flat=True))
    sources = [one.in_main(read.language) for code, one in read.sources.items() if code not in there]
    if sources:
        services.add_sources(by=by, rows=sources)
    by_code = Source.objects.in_bulk(
        {str(one.values["source"]) for one in (*read.figures.values(), *read.ratings)}, field_name="code"
    )
    figures = _figures(by, by_code)
    rated = set(Rating.objects.values_list("scheme", "area", "year"))
    ratings = [
        {**one.in_main(read.language), "source": by_code[one.values["source"]]}
        for one in read.ratings
        if (one.values["scheme"], one.values["area"], one.values["year"]) not in rated
    ]
    if ratings:
        services.add_ratings(by=by, rows=ratings)
    return Loaded(len(sources), figures, len(ratings), Contradiction.objects.count() - before)


def _figures(by: Access, sources: Mapping[str, Source]) -> int:
    """Those that repeat another one come after it."""
    read = shipped()
    there = set(Figure.objects.values_list("code", flat=True))
    waiting = {code: one for code, one in read.figures.items() if code not in there}
    number = len(waiting)
    while waiting:
        ready = {code: one for code, one in waiting.items() if one.values["repeats"] not in waiting}
        if not ready:  # a circle: each of them repeats another one that is not there yet
            return number - len(waiting)
        rows = [_row(one.in_main(read.language), sources) for one in ready.values()]
        services.add_figures(by=by, rows=rows)
        waiting = {code: one for code, one in waiting.items() if code not in ready}
    return number


def _row(said: dict[str, Any], sources: Mapping[str, Source]) -> dict[str, Any]:
    repeats = Figure.objects.get(code=said["repeats"]) if said["repeats"] else None
    return {**said, "source": sources[said["source"]], "repeats": repeats, "public": True}


def load_at_demonstration(*, by: Access, accounts: Mapping[Any, Any]) -> None:
    """The figures of the study are real and published, so the demonstration shows them as they are."""
    load_evidence(by=by)
