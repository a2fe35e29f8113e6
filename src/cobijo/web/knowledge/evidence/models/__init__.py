"""The room's tables."""

from __future__ import annotations

from cobijo.web.knowledge.evidence.models.contradictions import (
    ALLOWED,
    Choice,
    Contradiction,
    ContradictionKind,
    ReportChoice,
    State,
)
from cobijo.web.knowledge.evidence.models.figures import (
    WORLD,
    Bound,
    Figure,
    Grade,
    Measure,
    Source,
    SourceKind,
    Status,
    Unit,
)
from cobijo.web.knowledge.evidence.models.series import (
    DEFINED_ONLY,
    Factor,
    Indicator,
    IndicatorValue,
    Rating,
)

__all__ = [
    "ALLOWED",
    "DEFINED_ONLY",
    "WORLD",
    "Bound",
    "Choice",
    "Contradiction",
    "ContradictionKind",
    "Factor",
    "Figure",
    "Grade",
    "Indicator",
    "IndicatorValue",
    "Measure",
    "Rating",
    "ReportChoice",
    "Source",
    "SourceKind",
    "State",
    "Status",
    "Unit",
]
