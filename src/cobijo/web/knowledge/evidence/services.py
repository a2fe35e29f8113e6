"""Writes on sources, figures, ratings and series; whoever writes a figure has its contradictions looked for at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db import transaction

from cobijo.errors import InputProblem
from cobijo.web.core.access.context import Access
from cobijo.web.core.screens.writing import add_rows, change_rows, remove_rows
from cobijo.web.directory.organisations.rules import check_each_once
from cobijo.web.knowledge.evidence import contradicting
from cobijo.web.knowledge.evidence.models import (
    Contradiction,
    Figure,
    Indicator,
    IndicatorValue,
    Rating,
    ReportChoice,
    Source,
)
from cobijo.web.knowledge.evidence.rules import (
    check_figure,
    check_indicator,
    check_rating,
    check_source,
    check_value,
)

Rows = Sequence[Mapping[str, Any]]


def add_sources(*, by: Access, rows: Rows) -> list[Source]:
    """Rows of the fields of a source."""
    check_each_once((row.get("code") for row in rows), "evidence.code_twice")
    return add_rows(by=by, kind="source", rows=rows, rule=check_source)


def change_sources(*, by: Access, rows: Rows) -> list[Source]:
    """Rows of pk, version and the fields to change."""
    return change_rows(by=by, kind="source", rows=rows, rule=check_source)


def remove_sources(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version; a source that gives figures stays."""
    return remove_rows(by=by, kind="source", rows=rows)


@transaction.atomic
def add_figures(*, by: Access, rows: Rows) -> list[Figure]:
    """Rows of the fields of a figure. What contradicts them is opened in the same transaction."""
    check_each_once((row.get("code") for row in rows), "evidence.code_twice")
    made: list[Figure] = add_rows(by=by, kind="figure", rows=rows, rule=check_figure)
    _look_again(by, made)
    return made


@transaction.atomic
def change_figures(*, by: Access, rows: Rows) -> list[Figure]:
    """Rows of pk, version and the fields to change. What is no longer contradicted is said to be gone, not deleted."""
    changed: list[Figure] = change_rows(by=by, kind="figure", rows=rows, rule=check_figure)
    _look_again(by, changed)
    return changed


def _look_again(by: Access, figures: Sequence[Figure]) -> None:
    """A key to the API is for figures; what a rule makes of them is asked of the person alone."""
    contradicting.look_again(by=replace(by, only=None), only={one.pk for one in figures})


def remove_figures(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version: for what was entered by mistake. One that stands in a contradiction stays."""
    ids = [row["pk"] for row in rows]
    held = Contradiction.objects.filter(first__in=ids) | Contradiction.objects.filter(second__in=ids)
    if held.exists():
        raise InputProblem("evidence.contradicted_stays")
    return remove_rows(by=by, kind="figure", rows=rows)


def add_ratings(*, by: Access, rows: Rows) -> list[Rating]:
    """Rows of scheme, source, area, year and the grade given."""
    check_each_once(
        ((row.get("scheme"), row.get("area"), row.get("year")) for row in rows), "evidence.rated_twice"
    )
    return add_rows(by=by, kind="rating", rows=rows, rule=check_rating)


def change_ratings(*, by: Access, rows: Rows) -> list[Rating]:
    """Rows of pk, version and the fields to change."""
    return change_rows(by=by, kind="rating", rows=rows, rule=check_rating)


def add_indicators(*, by: Access, rows: Rows) -> list[Indicator]:
    """Rows of the fields of a series: factor, name, unit, source, licence."""
    check_each_once((row.get("code") for row in rows), "evidence.code_twice")
    return add_rows(by=by, kind="factor_series", rows=rows, rule=check_indicator)


def change_indicators(*, by: Access, rows: Rows) -> list[Indicator]:
    """Rows of pk, version and the fields to change."""
    return change_rows(by=by, kind="factor_series", rows=rows, rule=check_indicator)


def remove_indicators(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version; a series that has values stays."""
    return remove_rows(by=by, kind="factor_series", rows=rows)


def add_values(*, by: Access, rows: Rows) -> list[IndicatorValue]:
    """Rows of indicator, area, year and value."""
    places = ((getattr(row.get("indicator"), "pk", None), row.get("area"), row.get("year")) for row in rows)
    check_each_once(places, "evidence.value_twice")
    return add_rows(by=by, kind="factor_value", rows=rows, rule=check_value)


def change_values(*, by: Access, rows: Rows) -> list[IndicatorValue]:
    """Rows of pk, version and the fields to change."""
    return change_rows(by=by, kind="factor_value", rows=rows, rule=check_value)


def remove_values(*, by: Access, rows: Rows) -> int:
    """Rows of pk and version: for what was loaded by mistake."""
    return remove_rows(by=by, kind="factor_value", rows=rows)


def add_choices(*, by: Access, rows: Rows) -> list[ReportChoice]:
    """Rows of contradiction, report, choice and reason: what one report does. It must be explained first."""
    return contradicting.decide(by=by, rows=rows)


def change_choices(*, by: Access, rows: Rows) -> list[ReportChoice]:
    """Rows of pk, version and the fields to change; the history keeps what was decided before."""
    return change_rows(by=by, kind="report_choice", rows=rows)
