"""What must be so of a network and of a membership."""

from __future__ import annotations

from cobijo.errors import InputProblem
from cobijo.web.core.access.context import Access
from cobijo.web.directory.networks.models import Membership, Network


def check_network(by: Access, network: Network, row: int) -> None:
    """A name and a short name that no other network has."""
    others = Network.objects.exclude(pk=network.pk)
    if others.filter(code=network.code).exists():
        raise InputProblem("networks.code_taken", row=row)
    if others.filter(name=network.name).exists():
        raise InputProblem("networks.name_taken", row=row)


def check_membership(by: Access, membership: Membership, row: int) -> None:
    """Days in order, an open organisation when it is new, and no second one at the same time."""
    since, until = membership.since, membership.until
    if since is not None and until is not None and since > until:
        raise InputProblem("networks.days", row=row)
    if membership._state.adding and not membership.member.active:
        raise InputProblem("organisations.closed", row=row)
    same = Membership.objects.filter(network=membership.network_id, member=membership.member_id)
    if until is None and same.filter(until=None).exclude(pk=membership.pk).exists():
        raise InputProblem("networks.member_already", row=row)
