"""Networks and their members, as far as a person may see them."""

from __future__ import annotations

from django.db.models import QuerySet

from cobijo.web.core.access.context import Access
from cobijo.web.core.access.policy import visible
from cobijo.web.directory.networks.models import Membership, Network


def networks(access: Access) -> QuerySet[Network]:
    return visible(access, "network", Network.objects.all())


def memberships(access: Access) -> QuerySet[Membership]:
    return visible(access, "membership", Membership.objects.select_related("network", "member"))
