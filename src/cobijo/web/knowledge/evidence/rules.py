"""What must be so of a source, a figure and a series: each rule says row, field and mend in one sentence."""

from __future__ import annotations

from cobijo.errors import InputProblem
from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.knowledge.evidence import saying
from cobijo.web.knowledge.evidence.models import (
    ALLOWED,
    DEFINED_ONLY,
    Contradiction,
    Figure,
    Indicator,
    IndicatorValue,
    Rating,
    Source,
    State,
)


def check_source(by: Access, source: Source, row: int) -> None:
    """A short name that no other source has, and a day that lies in its year."""
    if Source.objects.exclude(pk=source.pk).filter(code=source.code).exists():
        raise InputProblem("evidence.code_taken", row=row, code=source.code)
    if source.day is not None and source.day.year != source.year:
        raise InputProblem("evidence.day_not_in_year", row=row, year=source.year)


def check_figure(by: Access, figure: Figure, row: int) -> None:
    """It says what is counted, where, when and how many, and all of it in order."""
    if not figure.concept:
        raise InputProblem("evidence.no_concept", row=row)
    if figure.concept not in saying.shipped().concepts:
        raise InputProblem("evidence.concept_unknown", row=row, value=figure.concept)
    if figure.period_from is None or figure.period_until is None:
        raise InputProblem("evidence.no_period", row=row)
    if figure.period_from > figure.period_until:
        raise InputProblem("evidence.period_order", row=row)
    check_place(figure.area, row)
    if figure.area_part and figure.area != country.pack().country:
        raise InputProblem("evidence.part_of_state", row=row)
    if figure.area_part and figure.area_part not in saying.parts():
        raise InputProblem("evidence.part_unknown", row=row)
    _check_numbers(figure, row)
    if figure.age_from is not None and figure.age_to is not None and figure.age_from > figure.age_to:
        raise InputProblem("evidence.ages_order", row=row)
    if figure.repeats_id is not None and figure.repeats_id == figure.pk:
        raise InputProblem("evidence.repeats_itself", row=row)
    if Figure.objects.exclude(pk=figure.pk).filter(code=figure.code).exists():
        raise InputProblem("evidence.code_taken", row=row, code=figure.code)


def _check_numbers(figure: Figure, row: int) -> None:
    value, low, high = figure.value, figure.low, figure.high
    if value is None and low is None:
        raise InputProblem("evidence.nothing_said", row=row)
    if low is not None and high is not None and low > high:
        raise InputProblem("evidence.range_upside_down", row=row)
    if high is not None and low is None:
        raise InputProblem("evidence.range_half", row=row)
    if value is not None and ((low is not None and value < low) or (high is not None and value > high)):
        raise InputProblem("evidence.value_outside", row=row)
    named = [one for one in (value, low, high) if one is not None]
    if min(named) < 0:
        raise InputProblem("evidence.negative", row=row)
    if figure.unit == "percent" and max(named) > 100:
        raise InputProblem("evidence.percent_over", row=row)


def check_place(area: str, row: int) -> None:
    """The world, the country, or a state of it. A place below the state is refused, whatever its figure."""
    pack = country.pack()
    if not area:
        raise InputProblem("evidence.no_area", row=row)
    if any(area.startswith(f"{state}-") for state in pack.area_by_code):
        raise InputProblem("evidence.area_below_state", row=row, value=area)
    country.check_area(area, row, saying.WORLD, pack.country)


def check_rating(by: Access, rating: Rating, row: int) -> None:
    check_place(rating.area, row)
    same = Rating.objects.filter(scheme=rating.scheme, area=rating.area, year=rating.year)
    if same.exclude(pk=rating.pk).exists():
        raise InputProblem("evidence.rated_already", row=row, year=rating.year)


def check_indicator(by: Access, indicator: Indicator, row: int) -> None:
    """Two factors are definitions and never have a series; every series has a licence."""
    if indicator.factor in DEFINED_ONLY:
        raise InputProblem("evidence.defined_only", row=row)
    if Indicator.objects.exclude(pk=indicator.pk).filter(code=indicator.code).exists():
        raise InputProblem("evidence.code_taken", row=row, code=indicator.code)


def check_value(by: Access, value: IndicatorValue, row: int) -> None:
    check_place(value.area, row)
    same = IndicatorValue.objects.filter(indicator=value.indicator_id, area=value.area, year=value.year)
    if same.exclude(pk=value.pk).exists():
        raise InputProblem("evidence.value_already", row=row, area=value.area, year=value.year)


def check_step(contradiction: Contradiction, to: State) -> None:
    """A contradiction goes only where the table of its states lets it."""
    if to not in ALLOWED[contradiction.state]:
        raise InputProblem(
            "evidence.not_from_here", state=str(State(contradiction.state).label), to=str(to.label)
        )
