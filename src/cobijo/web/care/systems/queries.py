"""Reads of this room: the agreements under which records travel, and the files so far."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from cobijo.web.care.cases.models import Case
from cobijo.web.care.sharing.agreements import active
from cobijo.web.care.sharing.models import SharingAgreement
from cobijo.web.care.systems.models import Exchange
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import visible


def agreements(access: Access) -> QuerySet[SharingAgreement]:
    """The own agreements that let records travel today."""
    return active(access.organisation_id, None, "records").select_related("organisation", "other")


def exchanges(access: Access) -> QuerySet[Exchange]:
    rows = Exchange.objects.select_related("organisation", "other", "by")
    return visible(access, "exchange", rows.order_by("-at", "-pk"))


def to_send(access: Access, since: date | None, until: date | None) -> QuerySet[Case]:
    """The cases that a file holds: those within reach that were opened in these days. Of an erased child none."""
    rows = Case.objects.filter(child__erased_at=None)
    if since is not None:
        rows = rows.filter(opened_on__gte=since)
    if until is not None:
        rows = rows.filter(opened_on__lte=until)
    return visible(access, "case", rows.select_related("child"), "export").order_by("pk")
