"""What a plan is made of, from its name to what became of it."""

from cobijo.web.coordination.plans.models.money import Budget, Funder
from cobijo.web.coordination.plans.models.plan import Line, Objective, Plan
from cobijo.web.coordination.plans.models.reports import Evaluation, ProgressReport, Rating, Reading
from cobijo.web.coordination.plans.models.work import Activity, Indicator, Target

__all__ = (
    "Activity", "Budget", "Evaluation", "Funder", "Indicator", "Line", "Objective", "Plan", "ProgressReport", "Rating",
    "Reading", "Target",
)  # fmt: skip
