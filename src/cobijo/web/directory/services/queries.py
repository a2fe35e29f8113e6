"""Which services a person sees, and which of the own ones nobody verified for long."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from functools import lru_cache

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language

from cobijo.engine.pack import load_pack
from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import decide, visible
from cobijo.web.core.screens.clocks import Due
from cobijo.web.directory.services.models import Service

STALE = timedelta(days=180)
NAMED = 20  # of the stale ones, on the work page


def services(access: Access) -> QuerySet[Service]:
    """The services that may be listed."""
    return visible(access, "service", Service.objects.select_related("organisation", "verified_by"))


def to_verify(access: Access) -> Iterator[Due]:
    """The own organisation's entries that nobody verified for half a year."""
    if not decide(access, "change", "service"):
        return
    old = timezone.localdate() - STALE
    rows = visible(
        access, "service", Service.objects.filter(organisation_id=access.organisation_id), "change"
    )
    stale = rows.filter(Q(verified_on=None) | Q(verified_on__lt=old)).order_by("verified_on", "pk")
    for one in stale[:NAMED]:
        last = one.verified_on or timezone.localdate(one.made_at)
        yield Due("services.verify", {"name": one.name}, reverse("service:edit", args=[one.pk]), last + STALE)


def areas(access: Access) -> list[tuple[str, str]]:
    """The pack's areas, in the reader's language."""
    return list(_areas(get_language() or "es"))


@lru_cache(maxsize=8)
def _areas(language: str) -> tuple[tuple[str, str], ...]:
    areas = load_pack(getattr(settings, "PACK", "mexico")).areas
    return tuple((area.code, area.names.get(language) or area.short) for area in areas)
