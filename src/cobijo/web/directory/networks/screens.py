"""The registers of networks and of their members."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from cobijo.web.core.screens.register import Group, Register, register_screens
from cobijo.web.directory.networks import queries, services
from cobijo.web.directory.networks.models import Membership, Network

NETWORKS = register_screens(
    Register(
        kind="network", path="directory/networks", section=_("Directory"), title=_("Networks"),
        lead=_("Organisations that act together under one name."),
        empty=_("No network is entered yet. Add one, or load the country pack’s by: cobijo manage load_directory."),
        model=Network, queries=queries.networks, columns=("name", "abbreviation", "website"),
        groups=(
            Group(_("Who it is"), ("name", "code", "abbreviation", "about", "website")),
            Group(_("How we know"), ("source",)),
        ),
        add=services.add, change=services.change, remove=services.remove,
        search=("name", "abbreviation"), sort="name",
    )
)  # fmt: skip

MEMBERSHIPS = register_screens(
    Register(
        kind="membership", path="directory/memberships", section=_("Directory"), title=_("Members of networks"),
        part_of="network",
        lead=_("Which organisation belongs to which network, since when and as what."),
        empty=_("No membership is entered yet. Add the network first, then its members one by one or by a table."),
        model=Membership, queries=queries.memberships, columns=("network", "member", "role", "since", "until"),
        groups=(Group(_("Who belongs to what"), ("network", "member", "role", "since", "until")),),
        add=services.add_members, change=services.change_members, remove=services.remove_members,
        filters=("network", "role"), sort="network",
    )
)  # fmt: skip
