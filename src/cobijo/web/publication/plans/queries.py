"""The public's only door to the plans. It fails closed: a draft is nobody's to read.

Of a plan come out its lines, owners, days, states, money and both sides' ratings; never a report, its evidence or who
wrote it.
"""

from __future__ import annotations

from django.db.models import QuerySet

from cobijo.web.coordination.plans.models import Budget, Evaluation, Line, Objective, Plan, Rating
from cobijo.web.coordination.plans.page import Page, page_of
from cobijo.web.coordination.plans.states import PUBLIC


def plans() -> QuerySet[Plan]:
    """Those in force, evaluated or closed, the latest first."""
    return Plan.objects.filter(state__in=PUBLIC).select_related("predecessor")


def plan(code: str) -> Plan | None:
    return plans().filter(code=code).first()


def page(of: Plan) -> Page:
    return page_of(of, Objective.objects.all(), Line.objects.all(), Budget.objects.all())


def ratings(of: Plan) -> QuerySet[Rating]:
    return Rating.objects.filter(line__objective__plan=of)


def evaluations(of: Plan) -> QuerySet[Evaluation]:
    return of.evaluations.order_by("due_on")
