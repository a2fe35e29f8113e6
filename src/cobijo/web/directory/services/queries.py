"""Which services a person sees, and which of the own ones nobody verified for long."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from cobijo.web.core import country
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide, visible
from cobijo.web.core.accounts.roles import Role
from cobijo.web.core.screens.clocks import Due
from cobijo.web.directory.services.models import OFFERED, Service, VerifyLink

STALE = timedelta(days=180)
NAMED = 20  # of the stale ones, on the work page
KEEPERS = frozenset({Role.COORDINATOR, Role.DATA_STEWARD})


def services(access: Access) -> QuerySet[Service]:
    """The services that may be listed."""
    return visible(access, "service", Service.objects.select_related("organisation", "verified_by"))


def to_verify(access: Access) -> Iterator[Due]:
    """The own organisation's entries that nobody verified for half a year."""
    if not decide(access, "change", "service"):
        return
    mine = Service.objects.filter(organisation_id=access.organisation_id, ended_on=None)
    rows = visible(access, "service", mine, "change")
    for one in rows.filter(_not_verified()).order_by("verified_on", "pk")[:NAMED]:
        last = one.verified_on or timezone.localdate(one.made_at)
        yield Due("services.verify", {"name": one.name}, reverse("service:edit", args=[one.pk]), last + STALE)


def offered(access: Access) -> QuerySet[Service]:
    """Those that somebody can be sent to, for choices and pages: of open organisations, and still offered."""
    return services(access).filter(OFFERED)


def stale(access: Access) -> QuerySet[Service]:
    """Entries that are offered, that this person may change, and that nobody verified for half a year."""
    rows = Service.objects.select_related("organisation").filter(OFFERED)
    return visible(access, "service", rows.filter(_not_verified()), "change").order_by(
        F("verified_on").asc(nulls_first=True), "pk"
    )


def to_ask(access: Access) -> Iterator[Due]:
    """For those who keep the country's directory: that there are entries to ask about."""
    if not access.roles & KEEPERS or not decide(access, "change", "service"):
        return
    count = stale(access).order_by().count()
    if count:
        yield Due("services.to_ask", {"count": count}, reverse("services:ask"))


def links_of(rows: Collection[Service]) -> dict[int, VerifyLink]:
    """The link sent last about each entry."""
    found = VerifyLink.objects.filter(service__in=[one.pk for one in rows]).order_by("made_at")
    return {one.service_id: one for one in found}


def _not_verified() -> Q:
    return Q(verified_on=None) | Q(verified_on__lt=timezone.localdate() - STALE)


def areas(access: Access) -> list[tuple[str, str]]:
    """The pack's areas, in the reader's language."""
    return list(country.area_names(get_language() or "es").items())
