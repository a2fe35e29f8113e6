"""What must be so of a service."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.core.access.context import Access
from cobijo.web.directory.services.models import Service

ASKED_AT_MOST_EVERY = timedelta(days=3)


def check_service(by: Access, service: Service, row: int) -> None:
    """Ages in order, no day that is still to come, an open organisation, a hidden address that is not public."""
    if service.age_from is not None and service.age_to is not None and service.age_from > service.age_to:
        raise InputProblem("services.ages", row=row)
    today = timezone.localdate()
    if any(
        day is not None and day > today
        for day in (service.capacity_on, service.verified_on, service.ended_on)
    ):
        raise InputProblem("services.day_to_come", row=row)
    if service._state.adding and not service.organisation.active:
        raise InputProblem("services.organisation_closed", row=row)
    if service._state.adding and _there(service):
        raise InputProblem("services.twice", row=row)


def _there(service: Service) -> bool:
    same = Service.objects.filter(organisation=service.organisation_id, name=service.name)
    return same.filter(area=service.area, municipality=service.municipality).exists()


def check_askable(service: Service, now: datetime) -> None:
    """An entry that is offered, and that nobody was asked about in the last days: people are not pestered."""
    if service.ended_on is not None or not service.organisation.active:
        raise InputProblem("services.not_offered", name=service.name)
    if service.verify_links.filter(made_at__gt=now - ASKED_AT_MOST_EVERY).exists():
        raise InputProblem("services.asked_lately", name=service.name, days=ASKED_AT_MOST_EVERY.days)
