"""Duties, findings and self-assessments, as far as a person may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from cobijo.web.coordination.duties.capabilities import capabilities
from cobijo.web.coordination.duties.models import Answer, Assessment, Compliance, Duty
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import visible


def duties(access: Access) -> QuerySet[Duty]:
    return visible(access, "duty", Duty.objects.all())


def findings(access: Access) -> QuerySet[Compliance]:
    return visible(access, "compliance", Compliance.objects.select_related("duty"))


def assessments(access: Access) -> QuerySet[Assessment]:
    return visible(access, "self_assessment", Assessment.objects.select_related("organisation"))


def answers(access: Access) -> QuerySet[Answer]:
    return visible(access, "assessed_capability", Answer.objects.select_related("assessment"))


def open_assessments(access: Access) -> QuerySet[Assessment]:
    return assessments(access).filter(finished_on=None)


def named_capabilities(access: Access) -> list[tuple[str, str]]:
    return [(one.code, f"{one.number}. {one.name}") for one in capabilities().values()]


def latest(access: Access) -> dict[tuple[int, str], Compliance]:
    """What holds now of each duty in each state; where nothing was found, there is none."""
    rows = findings(access).order_by("on", "pk")
    return {(one.duty_id, one.area): one for one in rows}
