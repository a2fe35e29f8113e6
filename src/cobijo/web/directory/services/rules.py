"""What must be so of a service."""

from __future__ import annotations

from django.utils import timezone

from cobijo.errors import InputProblem
from cobijo.web.core.access.context import Access
from cobijo.web.directory.services.models import Service


def check_service(by: Access, service: Service, row: int) -> None:
    """Ages in order, no day that is still to come, an open organisation, a hidden address that is not public."""
    if service.age_from is not None and service.age_to is not None and service.age_from > service.age_to:
        raise InputProblem("services.ages", row=row)
    today = timezone.localdate()
    if any(day is not None and day > today for day in (service.capacity_on, service.verified_on)):
        raise InputProblem("services.day_to_come", row=row)
    if service._state.adding and not service.organisation.active:
        raise InputProblem("services.organisation_closed", row=row)
